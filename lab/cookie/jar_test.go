package cookie

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestRegistrable(t *testing.T) {
	for host, want := range map[string]string{
		"site.test": "site.test", "a.b.site.test": "site.test", "site.test.": "site.test.", "test": "", "localhost": "",
		"a.co.uk": "a.co.uk", "b.a.co.uk": "a.co.uk", "co.uk": "", "github.io": "", "a.github.io": "a.github.io",
		"www.ck": "www.ck", "b.ck": "", "a.b.ck": "a.b.ck", "10.0.0.1": "", "[::1]": "", "": "", ".": "", ".test": "",
	} {
		if got := registrable(host); got != want {
			t.Errorf("registrable(%q) = %q, want %q", host, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ text, chromium, draft string }{
		{"Thu, 01 Jan 2026 10:20:30 GMT", "2026-01-01 10:20:30", "2026-01-01 10:20:30"},
		{"01-Jan-26 10:20:30", "2026-01-01 10:20:30", "2026-01-01 10:20:30"},
		{"10:20:30 2026 january 7", "2026-01-07 10:20:30", "2026-01-07 10:20:30"},
		{`"7/jan/2026",1:2:3`, "2026-01-07 01:02:03", "2026-01-07 01:02:03"},
		{"7 Jan 99 1:2:3", "1999-01-07 01:02:03", "1999-01-07 01:02:03"},
		{"7 Jan 69 1:2:3", "2069-01-07 01:02:03", "2069-01-07 01:02:03"},
		{"7 Jan 70 1:2:3", "1970-01-07 01:02:03", "1970-01-07 01:02:03"},
		{"7 Jan 2026 1:2:3 PST", "2026-01-07 01:02:03", "2026-01-07 01:02:03"},
		{"7th Jan 2026 1:2:3 8", "2026-01-08 01:02:03", "2026-01-07 01:02:03"},
		{"7 Jan 2026 1:2:3x", "", "2026-01-07 01:02:03"},
		{"7 Jan 2026 1:2:345", "", ""},
		{"7 Jan 2026 001:2:0003", "2026-01-07 01:02:03", ""},
		{"7 Jan 2026 1:2:3:4", "", "2026-01-07 01:02:03"},
		{"7x Jan 2026 1:2:3", "", "2026-01-07 01:02:03"},
		{"7 Jan 20266 1:2:3", "20266-01-07 01:02:03", ""},
		{"7 Jan 1600 1:2:3", "1600-01-07 01:02:03", ""},
		{"7 Jan 2026 24:00:00", "", ""},
		{"7 Jan 2026 23:59:60", "", ""},
		{"30 Feb 2026 1:2:3", "", ""},
		{"29 Feb 2028 1:2:3", "2028-02-29 01:02:03", "2028-02-29 01:02:03"},
		{"0 Jan 2026 1:2:3", "", ""},
		{"7 Jan 2026 1:2", "", ""},
		{"7 Xyz 2026 1:2:3", "", ""},
		{"7 Jan 1:2:3", "", ""},
		{"", "", ""},
	} {
		for rules, want := range map[Rules]string{Chromium: c.chromium, Draft: c.draft} {
			j := Jar{Rules: rules}
			got := ""
			if d, ok := j.date(c.text); ok {
				got = d.Format("2006-01-02 15:04:05")
			}
			if got != want {
				t.Errorf("%q by rules %d: %q, want %q", c.text, rules, got, want)
			}
		}
	}
}

func TestClone(t *testing.T) {
	b := newBrowser(Chromium, 0)
	u := mustURL("https://site.test/")
	b.jar.Set(b.now, u, "a=1", Context{TopLevel: true})
	c := b.jar.Clone()
	c.Set(b.now, u, "b=1", Context{TopLevel: true})
	c.Get(b.now.Add(time.Hour), u, Context{TopLevel: true})
	all := b.jar.All()
	if len(all) != 1 || !all[0].Accessed.Equal(b.now) || len(c.All()) != 2 {
		t.Errorf("the copy and the original are not apart: %v %v", all, c.All())
	}
	all[0].Value = "x"
	if b.jar.All()[0].Value != "1" {
		t.Error("All is not a copy")
	}
}

func TestSetBy(t *testing.T) {
	b := newBrowser(Chromium, 0)
	b.jar.Set(b.now, mustURL("https://blog.site.test/"), "a=1; Domain=site.test", Context{TopLevel: true})
	b.jar.Set(b.now, mustURL("https://site.test/"), "b=1", Context{API: Script})
	all := b.jar.All()
	if all[0].SetBy != "blog.site.test" || all[1].SetBy != "site.test script" {
		t.Errorf("%q, %q", all[0].SetBy, all[1].SetBy)
	}
}

// The zero Context's script is the document's own, and a typed navigation
// carries everything.
func TestContexts(t *testing.T) {
	b := newBrowser(Chromium, 0)
	u := mustURL("https://site.test/")
	b.jar.Set(b.now, u, "a=1; SameSite=Strict", Context{TopLevel: true})
	for want, list := range map[int][]Context{
		1: {
			{TopLevel: true}, {}, {API: Script}, {API: Script, TopLevel: true},
			{Initiator: "https://site.test", Top: "https://site.test"},
			{API: Script, Top: "https://www.site.test"},
		},
		0: {
			{TopLevel: true, Initiator: "https://evil.test"}, {TopLevel: true, Initiator: "null"},
			{Initiator: "https://evil.test"}, {Initiator: "https://site.test", Top: "https://evil.test"},
			{Initiator: "https://evil.test", Top: "https://site.test"}, {API: Script, Top: "https://evil.test"},
			{API: Script, Top: "http://site.test"},
		},
	} {
		for _, c := range list {
			if got := len(getOf(&b.jar, b.now, u, c)); got != want {
				t.Errorf("%+v: %d cookies, want %d", c, got, want)
			}
		}
	}
}

// suffixList lends the lab's public suffixes to the standard jar.
type suffixList struct{}

func (suffixList) PublicSuffix(domain string) string { return suffixOf(domain) }
func (suffixList) String() string                    { return "the lab's" }

// FuzzStandardJar plays one story in net/http/cookiejar and here and compares
// what is sent, over the subset that both implement: https, visits by the
// person, no SameSite, no prefixes, few cookies. The standard jar keeps the
// creation time of what it replaces, as the draft does; it takes a host-only
// cookie and a Domain one for the same, so that here their names differ.
func FuzzStandardJar(f *testing.F) {
	f.Add(uint64(1))
	f.Add(uint64(2026))
	f.Add(uint64(0xfeed))
	f.Fuzz(func(t *testing.T, seed uint64) {
		rnd := rand.New(rand.NewPCG(seed, 0))
		pick := func(from ...string) string { return from[rnd.IntN(len(from))] }
		standard, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: suffixList{}})
		if err != nil {
			t.Fatal(err)
		}
		ours := Jar{Rules: Draft}
		now := time.Now()
		var story []string
		for range 25 {
			u := mustURL(pick("https", "http") + "://" +
				pick("site.test", "www.site.test", "a.www.site.test", "blog.site.test", "evil.test", "shop.co.uk", "10.0.0.1") +
				pick("/", "/", "/x", "/x/", "/x/y", "/xy", "/a%20b/c"))
			now = now.Add(time.Microsecond)
			if rnd.IntN(3) > 0 {
				line := pick("h", "h", "i")
				domain := pick("", "", "site.test", ".site.test", "www.site.test", "SITE.test", "co.uk", "test", "evil.test", "10.0.0.1")
				if domain != "" && u.Hostname() != "10.0.0.1" {
					line = pick("d", "e")
				}
				line += "=" + pick("1", "2", "long value", `"q"`, "")
				if domain != "" {
					line += "; Domain=" + domain
				}
				line += pick("", "", "; Path=/", "; Path=/x", "; Path=/x/", "; Path=x", "; Path=")
				line += pick("", "", "; Max-Age=1000", "; Max-Age=0", "; Max-Age=-1", "; HttpOnly")
				if u.Scheme == "https" && line[0] != 'h' && line[0] != 'd' {
					line += "; Secure" // i and e only, and these only over https
				} else if line[0] == 'i' || line[0] == 'e' {
					continue
				}
				c, err := http.ParseSetCookie(line)
				if err != nil {
					continue
				}
				story = append(story, u.String()+" <- "+line)
				standard.SetCookies(u, []*http.Cookie{c})
				ours.Set(now, u, line, Context{TopLevel: true})
				continue
			}
			var want []string
			for _, c := range standard.Cookies(u) {
				value := c.Value
				if c.Quoted {
					value = `"` + value + `"`
				}
				want = append(want, c.Name+"="+value)
			}
			got := Header(getOf(&ours, now, u, Context{TopLevel: true}))
			if got != strings.Join(want, "; ") {
				t.Fatalf("%s sends %q, the standard jar %q, after\n%s", u, got, want, strings.Join(story, "\n"))
			}
		}
	})
}

// FuzzSet offers the jar any line at all: it must not panic, and what it keeps
// must be well-formed.
func FuzzSet(f *testing.F) {
	for i := range rows {
		for line := range strings.SplitSeq(rows[i].lines, "\n") {
			if u, l, ok := strings.Cut(line, " <- "); ok {
				f.Add(strings.Fields(u)[0], l, false, uint8(rows[i].rules))
			}
		}
	}
	f.Fuzz(func(t *testing.T, address, line string, script bool, rules uint8) {
		u, err := url.Parse(address)
		if err != nil {
			return
		}
		from := Context{TopLevel: true}
		if script {
			from.API = Script
		}
		now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
		j := Jar{Rules: Rules(rules) % rulesCount}
		_, err = j.Set(now, u, line, from)
		all := j.All()
		if err != nil && len(all) > 0 || len(all) > 1 {
			t.Fatalf("%v, and yet %+v", err, all)
		}
		for _, e := range all {
			host := hostOf(u)
			switch {
			case e.Name == "" && e.Value == "",
				len(e.Name)+len(e.Value) > maxPair,
				hasControl(e.Name+e.Value+e.Path, '\t'),
				j.has(noTab) && strings.Contains(e.Name+e.Value, "\t"),
				j.has(needsName) && e.Name == "",
				strings.ContainsAny(e.Name, ";=") || strings.Contains(e.Value, ";"),
				e.Name != trim(e.Name) || e.Value != trim(e.Value),
				!strings.HasPrefix(e.Path, "/"),
				!covers(e.Domain, host) || e.HostOnly && e.Domain != host,
				!e.HostOnly && registrable(e.Domain) == "",
				e.Expires.After(now.Add(maxLifetime)),
				!e.Expires.IsZero() && !e.Expires.After(now),
				e.HTTPOnly && script,
				e.SameSite == None && !e.Secure,
				e.Secure && u.Scheme != "https" && !Loopback(host),
				foldPrefix(e.Name, "__host-") && !(e.HostOnly && e.Secure && e.Path == "/"),
				foldPrefix(e.Name, "__secure-") && !e.Secure:
				t.Fatalf("%q stored %+v", line, e)
			}
			// Where it is sent it reads back as itself.
			u.Path, u.RawPath = e.Path, e.Path
			if v, _ := j.look(u, Context{TopLevel: true}); v.path == e.Path {
				if got := getOf(&j, now, u, Context{TopLevel: true}); len(got) != 1 || got[0].Value != e.Value {
					t.Fatalf("%q is not sent to %s: %+v", line, u, e)
				}
			}
		}
	})
}

func tenCookies(tb testing.TB) (*Jar, time.Time, *url.URL) {
	b := newBrowser(Chromium, 0)
	u := mustURL("https://www.shop.example/account/orders")
	for i := range 10 {
		b.tick()
		line := fmt.Sprintf("c%d=value%d; Path=/account; Secure; SameSite=Lax", i, i)
		if i%2 == 0 {
			line += "; Domain=shop.example"
		}
		if _, err := b.jar.Set(b.now, u, line, Context{TopLevel: true}); err != nil {
			tb.Fatal(err)
		}
	}
	return &b.jar, b.now, u
}

func TestGetAllocatesNothingForNothing(t *testing.T) {
	j, now, u := tenCookies(t)
	other := mustURL("https://www.shop.example/elsewhere")
	for what, get := range map[string]func() []*Entry{
		"other path": func() []*Entry { return getOf(j, now, other, Context{TopLevel: true}) },
		"cross-site frame": func() []*Entry {
			return getOf(j, now, u, Context{Initiator: "https://evil.test", Top: "https://evil.test"})
		},
		"script in a frame": func() []*Entry { return getOf(j, now, u, Context{API: Script, Top: "https://evil.test:8443"}) },
	} {
		if n := testing.AllocsPerRun(100, func() {
			if get() != nil {
				t.Fatal("something is sent")
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations", what, n)
		}
	}
}

func BenchmarkSet(b *testing.B) {
	b.ReportAllocs()
	j, now, u := tenCookies(b)
	for b.Loop() {
		if _, err := j.Set(now, u, "c5=value5; Path=/account; Secure; SameSite=Lax; Max-Age=3600", Context{TopLevel: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	j, now, u := tenCookies(b)
	for _, c := range []struct {
		name string
		from Context
		n    int
	}{
		{"typed", Context{TopLevel: true}, 10},
		{"cross-site", Context{TopLevel: true, Initiator: "https://evil.test"}, 10},
		{"nothing", Context{Initiator: "https://evil.test", Top: "https://evil.test"}, 0},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if len(getOf(j, now, u, c.from)) != c.n {
					b.Fatal("wrong number")
				}
			}
		})
	}
}

// getOf returns the cookies of Get.
func getOf(j *Jar, now time.Time, u *url.URL, from Context) []*Entry {
	out, _ := j.Get(now, u, from)
	return out
}
