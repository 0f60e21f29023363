package cookie

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A corpusCase is one line of a corpus.
type corpusCase struct {
	rules Rules

	ID, Group, Session string
	Given              []step
	Request            step
	Expect             struct {
		Cookie              *string
		Hops                []*string
		DocumentCookie      *string
		FrameDocumentCookie *string
		Withheld            []withheld
		JarCount            *int
		Jar                 []jarRow
		Verdict             *verdict
		Steps               []*struct {
			Cookie              *string
			DocumentCookie      *string
			FrameDocumentCookie *string
			UpgradedTo          string
			Rejected            []struct {
				Set     string
				Reasons []string
			}
		}
	}
}

type withheld struct {
	Name, Value string
	Reasons     []string
}

type verdict struct {
	Values      []string
	First, Last string
}

type jarRow struct {
	Name, Value, Domain, Path string
	HostOnly, Secure          bool
	HTTPOnly                  bool `json:"httpOnly"`
	SameSite, Priority        string
	Partition                 string
	Session                   bool
	ExpiresInDays             *int
}

// text is the row as one comparable line.
func (r jarRow) text() string {
	days := "?"
	if r.ExpiresInDays != nil {
		days = fmt.Sprint(*r.ExpiresInDays)
	}
	r.ExpiresInDays = nil
	return fmt.Sprintf("%+v %s days", r, days)
}

// A corpus is what one browser was seen to do.
type corpus struct {
	Browser string // as it calls itself, "firefox/153.7.0"; "" is Chromium
	Cases   []corpusCase
}

func readCorpus(t testing.TB, name string) corpus {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all corpus
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Cases) == 0 {
		t.Fatalf("%s: no cases", name)
	}
	for i := range all.Cases {
		if all.Cases[i].rules = Chromium; strings.HasPrefix(strings.ToLower(all.Browser), "firefox") {
			all.Cases[i].rules = Firefox
		}
	}
	return all
}

var corpora = []string{"testdata/chromium-cookies.json", "testdata/chromium-cookies-2a.json", "testdata/chromium-cookies-2b.json", "testdata/chromium-more.json", "testdata/jar-faults.json", "testdata/firefox-cookies.json", "testdata/firefox-more.json"}

// raced are cases that hang on a race in the browser, and what raced.
var raced = map[string]string{
	"expiry/already-expired-new-cookie-not-stored": "Max-Age=0 ends in the millisecond it begins: stored when this was recorded, in none of 60 tries since",
}

// partial are the groups that need whole lists of which the lab has a part: the
// public suffixes, and the top-level domains for which Chromium tries https first.
var partial = []string{"suffix-other", "https-first"}

func TestCorpus(t *testing.T) {
	names := corpora
	if more := os.Getenv("COOKIE_CORPUS"); more != "" {
		names = append(slices.Clone(names), more)
	}
	for _, name := range names {
		all := readCorpus(t, name)
		agree, beyond, result := 0, map[string]int{}, ""
		for _, c := range all.Cases {
			switch wrong := c.play(0, 0); {
			case wrong == "":
				agree++
			case slices.Contains(partial, c.Group):
				beyond[c.Group]++
			case raced[c.ID] != "" && all.Browser != "":
				result += fmt.Sprintf(", %s does not (%s)", c.ID, raced[c.ID])
			default:
				t.Errorf("%s: %s", c.ID, wrong)
			}
		}
		result = fmt.Sprintf("%s, %s: %d of %d cases agree", name, cmp.Or(all.Browser, "Chromium"), agree, len(all.Cases)) + result
		for _, group := range partial {
			if beyond[group] > 0 {
				result += fmt.Sprintf(", %d of %s do not", beyond[group], group)
			}
		}
		t.Log(result)
		if !testing.Verbose() {
			fmt.Println(result)
		}
	}
}

// play runs the case with some rules and traits switched off and says what first differs
// from what was observed, "" for nothing.
func (c *corpusCase) play(skip uint64, lacks trait) string {
	b := newBrowser(c.rules, skip)
	b.jar.lacks = lacks
	for i, s := range c.Given {
		saw := b.run(s)
		if i >= len(c.Expect.Steps) || c.Expect.Steps[i] == nil {
			continue
		}
		want := c.Expect.Steps[i]
		switch {
		case !same(saw.cookie(), want.Cookie):
			return fmt.Sprintf("step %d sent %s, want %s", i, show(saw.cookie()), show(want.Cookie))
		case want.DocumentCookie != nil && !same(saw.document, want.DocumentCookie):
			return fmt.Sprintf("step %d reads %s, want %s", i, show(saw.document), show(want.DocumentCookie))
		case want.FrameDocumentCookie != nil && !same(saw.frame, want.FrameDocumentCookie):
			return fmt.Sprintf("step %d reads %s in the frame, want %s", i, show(saw.frame), show(want.FrameDocumentCookie))
		case saw.upgraded != want.UpgradedTo:
			return fmt.Sprintf("step %d was upgraded to %q, want %q", i, saw.upgraded, want.UpgradedTo)
		}
		// Every reason that was reported must be ours, and every reason of ours
		// that Chromium reports must be there. It keeps eight at most, and none
		// for document.cookie or what a pop-up window loads.
		for _, r := range want.Rejected {
			k := slices.IndexFunc(saw.refused, func(f refused) bool { return f.line == trim(r.Set) })
			if k < 0 {
				return fmt.Sprintf("step %d took %q, want %v", i, r.Set, r.Reasons)
			}
			if why := saw.refused[k].why; why.DevTools != "" && !slices.Contains(r.Reasons, why.DevTools) {
				return fmt.Sprintf("step %d refused %q for %s, want %v", i, r.Set, why.DevTools, r.Reasons)
			}
		}
		if s.Context == "http" && s.Via != "open" && len(want.Rejected) < 8 {
			for _, f := range saw.refused {
				if f.why.DevTools != "" && !slices.ContainsFunc(want.Rejected, func(r struct {
					Set     string
					Reasons []string
				}) bool {
					return trim(r.Set) == f.line
				}) {
					return fmt.Sprintf("step %d refused %q for %s, want it taken", i, f.line, f.why.DevTools)
				}
			}
		}
	}

	saw, want := b.run(c.Request), c.Expect
	if !same(saw.cookie(), want.Cookie) {
		return fmt.Sprintf("sent %s, want %s", show(saw.cookie()), show(want.Cookie))
	}
	if want.Hops != nil && !slices.EqualFunc(saw.hops, want.Hops, same) {
		return fmt.Sprintf("%d hops sent otherwise than wanted", len(saw.hops))
	}
	if want.FrameDocumentCookie != nil && !same(saw.frame, want.FrameDocumentCookie) {
		return fmt.Sprintf("frame reads %s, want %s", show(saw.frame), show(want.FrameDocumentCookie))
	}
	if want.DocumentCookie != nil && saw.final != nil {
		read := Header(getOf(&b.jar, b.now, saw.final, Context{API: Script}))
		if read != *want.DocumentCookie {
			return fmt.Sprintf("document.cookie is %q, want %q", read, *want.DocumentCookie)
		}
	}
	if wrong := c.withheld(&saw); wrong != "" {
		return wrong
	}
	if got := c.verdict(&saw); want.Verdict != nil && !equalVerdict(got, *want.Verdict) {
		return fmt.Sprintf("verdict %+v, want %+v", got, *want.Verdict)
	}
	if n := len(b.jar.All()); want.JarCount != nil && n != *want.JarCount {
		return fmt.Sprintf("%d cookies in the jar, want %d", n, *want.JarCount)
	}
	return c.contents(b)
}

// withheld compares what was held back. Chromium's protocol tells only of the
// site's own cookies, in no other partition, and nothing of a request in a
// pop-up window.
func (c *corpusCase) withheld(saw *sight) string {
	if c.Request.Via == "open" {
		return ""
	}
	var got []string
	for _, w := range saw.held {
		if w.DevTools != "" && site(w.Domain) == site(hostOf(saw.final)) && !c.filler(w.Name) {
			got = append(got, w.Name+"="+w.Value+" "+w.DevTools)
		}
	}
	// Ours names one reason. Of several that Chromium gives, one that is not
	// another cookie's of the same name and value will do.
	var want []string
	left := slices.Clone(got)
	held := slices.Clone(c.Expect.Withheld)
	slices.SortStableFunc(held, func(a, b withheld) int { return len(a.Reasons) - len(b.Reasons) })
	for _, w := range held {
		for i, r := range w.Reasons {
			line := w.Name + "=" + w.Value + " " + r
			if k := slices.Index(left, line); k >= 0 {
				left = slices.Delete(left, k, k+1)
			} else if i < len(w.Reasons)-1 {
				continue
			}
			want = append(want, line)
			break
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Sprintf("withheld %q, want %q", got, want)
	}
	return ""
}

var filler = regexp.MustCompile(`^[fg]\d+$`)

func (c *corpusCase) filler(name string) bool { return c.Group == "evict" && filler.MatchString(name) }

func (c *corpusCase) contents(b *browser) string {
	if c.Expect.Jar == nil {
		return ""
	}
	var got, want []string
	for _, e := range b.jar.All() {
		if c.filler(e.Name) {
			continue
		}
		r := jarRow{
			Name: e.Name, Value: e.Value, Domain: e.Domain, Path: e.Path, HostOnly: e.HostOnly,
			Secure: e.Secure, HTTPOnly: e.HTTPOnly, SameSite: e.SameSite.String(),
			Partition: e.Partition, Session: e.Expires.IsZero(),
		}
		if c.rules == Firefox { // its tools tell of no partition
			r.Partition = ""
		}
		if !e.HostOnly {
			r.Domain = "." + e.Domain
		}
		if e.Priority != Medium {
			r.Priority = e.Priority.String()
		}
		for _, w := range c.Expect.Jar {
			if w.ExpiresInDays != nil && !r.Session && c.nameOf(w) == r.Name && w.Domain == r.Domain && w.Path == r.Path {
				days := int(math.Round(e.Expires.Sub(b.now).Hours() / 24))
				r.ExpiresInDays = &days
			}
		}
		got = append(got, r.text())
	}
	for _, r := range c.Expect.Jar {
		r.Name = c.nameOf(r)
		want = append(want, r.text())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Sprintf("jar holds\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	return ""
}

// nameOf returns the name of a cookie that was seen: Firefox's tools tell it in Latin-1.
func (c *corpusCase) nameOf(r jarRow) string {
	if c.rules == Firefox {
		return fromLatin1(r.Name)
	}
	return r.Name
}

// fromLatin1 returns the text whose bytes were read as one character each.
func fromLatin1(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

// verdict says whose session ids the request carried.
func (c *corpusCase) verdict(saw *sight) verdict {
	v := verdict{Values: []string{}, First: "none", Last: "none"}
	if saw.cookie() == nil {
		return v
	}
	for pair := range strings.SplitSeq(*saw.cookie(), "; ") {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasSuffix(name, "sid") && name != c.Session {
			continue
		}
		v.Values = append(v.Values, value)
		v.Last = "victim"
		if strings.HasPrefix(value, "ATT") {
			v.Last = "attacker"
		}
		if len(v.Values) == 1 {
			v.First = v.Last
		}
	}
	return v
}

func equalVerdict(a, b verdict) bool {
	return slices.Equal(a.Values, b.Values) && a.First == b.First && a.Last == b.Last
}

func same(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func show(s *string) string {
	if s == nil {
		return "nothing"
	}
	if len(*s) > 300 {
		return fmt.Sprintf("%q…", (*s)[:300])
	}
	return fmt.Sprintf("%q", *s)
}
