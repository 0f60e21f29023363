// Package record reads what a developer has of a login, a HAR, cURL commands, the output
// of curl, raw HTTP or a table of cookies, into exchanges that package audit can look at.
//
// Values that an audit has no use for end here: those of a query, of posted fields and of
// bodies. Of a password only the place is kept.
package record

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fixlab/lab/audit"
)

// What is read at most. A browser keeps no cookie over 4096 bytes (6265bis-22 5.6).
const (
	MaxText     = 200 << 20 // bytes
	maxItems    = 20000     // exchanges
	maxProblems = 100       // after these nothing more is read
	maxValue    = 8192      // bytes of a URL, a header, a cookie
	maxNames    = 200       // cookies, lines of Set-Cookie, field names of one exchange
	maxName     = 200       // bytes of a field's name
)

// Read reads a recording from text, whatever of the following it holds, also several one
// after the other: HAR 1.2 as browsers and proxies write it, cURL commands as copied in a
// browser's tools for bash or cmd, the output of curl -v and curl -i, raw HTTP, and rows of
// the cookie table of Chrome's or Firefox's tools (tab separated).
//
// Exchanges come in the order of their time where the text has one, else as they stand.
// A part that cannot be read is left out, and Problems says where it is. The error says that
// nothing could be read, where, and why.
func Read(text string) (audit.Recording, error) {
	if len(text) > MaxText {
		return audit.Recording{}, fmt.Errorf("the text has %d MB, and at most %d MB are read: record again with fewer pages", len(text)>>20, MaxText>>20)
	}
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return audit.Recording{}, errors.New("byte 0: the text is UTF-16: save it as UTF-8")
	}
	r := &reader{text: strings.TrimPrefix(text, "\ufeff")}
	r.read()
	return r.recording()
}

// A reader gathers what stands in a text.
type reader struct {
	text     string
	at       int // where in text it is
	items    []item
	problems []string
	more     int  // problems that are not listed
	redacted bool // a value of a cookie was replaced by a word
	stripped bool // a HAR of Chrome had no cookie at all
}

// An item is an exchange on its way into a recording.
type item struct {
	audit.Exchange
	kind    audit.Kind
	started time.Time // zero: not known
	secrets []string  // where it holds a password: "field password"
	bare    bool      // Set has no attributes because the source keeps none
	page    bool      // of a command: a page was asked for, not a part of one
	referer string    // of a command, as URL
}

// problem notes what could not be read; the values of the text are no part of it.
func (r *reader) problem(format string, args ...any) {
	if len(r.problems) == maxProblems {
		r.more++
		return
	}
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// full reports whether no more is to be read.
func (r *reader) full() bool { return len(r.items) >= maxItems || r.more > 0 }

// add takes an exchange in, within bounds and free of values that hide what they were.
func (r *reader) add(x item) {
	if r.full() {
		return
	}
	where := fmt.Sprintf("request %d", len(r.items)+1)
	x.Cookies = bound(r, x.Cookies, where, "cookie", func(p audit.Pair) bool { return len(p.Name)+len(p.Value) > maxValue })
	x.Set = bound(r, x.Set, where, "Set-Cookie line", func(s string) bool { return len(s) > maxValue })
	x.Fields = bound(r, x.Fields, where, "field name", func(s string) bool { return len(s) > maxName })
	x.secrets = bound(r, x.secrets, where, "password", func(s string) bool { return len(s) > 2*maxName })
	n := len(x.Cookies) + len(x.Set)
	x.Cookies = slices.DeleteFunc(x.Cookies, func(p audit.Pair) bool { return redacted(p.Value) })
	x.Set = slices.DeleteFunc(x.Set, func(line string) bool {
		pair, _, _ := strings.Cut(line, ";")
		_, value, _ := strings.Cut(pair, "=")
		return redacted(value) || redacted(line)
	})
	r.redacted = r.redacted || n > len(x.Cookies)+len(x.Set)
	x.HSTS, x.Cache = short(x.HSTS), short(x.Cache)
	r.items = append(r.items, x)
	if len(r.items) == maxItems {
		r.problem("after request %d: a recording has at most %d requests, and the rest is left out", maxItems, maxItems)
	}
}

func bound[T any](r *reader, list []T, where, what string, long func(T) bool) []T {
	if i := slices.IndexFunc(list, long); i >= 0 {
		r.problem("%s, %s %d: too long, left out", where, what, i+1)
		list = slices.DeleteFunc(list, long)
	}
	if len(list) > maxNames {
		r.problem("%s: more than %d of the kind %q, the rest is left out", where, maxNames, what)
		list = list[:maxNames]
	}
	return list
}

func short(s string) string {
	if len(s) > maxValue {
		return ""
	}
	return s
}

// redacted reports whether a program that cleans recordings put a word in a value's place,
// as Cloudflare's har-sanitizer does: "[sid redacted]".
func redacted(value string) bool {
	v := strings.ToLower(strings.Trim(value, ` "[]<>`))
	return strings.HasSuffix(v, "redacted") || v == "sanitized" || len(v) > 2 && strings.Trim(v, "*") == ""
}

// recording puts the items in order and says what they lack.
func (r *reader) recording() (audit.Recording, error) {
	if len(r.items) == 0 {
		if len(r.problems) > 0 {
			return audit.Recording{}, errors.New(r.problems[0])
		}
		return audit.Recording{}, errors.New("line 1: no HAR, no cURL command, no output of curl -v or curl -i, no raw HTTP and no cookie table begins here or later")
	}
	items, turned, known := order(r.items)
	if r.items = items; turned {
		r.problem("the commands came newest page first, as Chrome copies them, and were turned round by their Referer")
	}
	for i := range r.items {
		if x := &r.items[i]; i > 0 && x.started.IsZero() {
			x.started = r.items[i-1].started
		}
	}
	slices.SortStableFunc(r.items, func(a, b item) int { return a.started.Compare(b.started) })
	rec := audit.Recording{Kind: r.kind(), Problems: r.problems}
	if r.more > 0 {
		rec.Problems = append(rec.Problems, fmt.Sprintf("more than %d parts could not be read; what comes after them is left out", maxProblems))
	}
	first := r.items[0].started
	var cookies, asked, answered, attributes, moment int
	for i, x := range r.items {
		if x.At = max(0, x.started.Sub(first)); first.IsZero() {
			x.At = 0
		}
		rec.Exchanges = append(rec.Exchanges, x.Exchange)
		for _, s := range x.secrets {
			rec.Passwords = append(rec.Passwords, fmt.Sprintf("request %d, %s", i+1, s))
		}
		cookies += len(x.Cookies) + len(x.Set)
		asked += count(x.Method != "")
		answered += count(x.Status != 0)
		attributes += count(len(x.Set) > 0 && !x.bare)
		moment += count(x.kind == audit.Table)
	}
	lack := func(l audit.Lack, it bool) {
		if it {
			rec.Lacks |= l
		}
	}
	lack(audit.NoCookies, cookies == 0 && (r.stripped || r.redacted))
	lack(audit.NoAnswers, answered == 0)
	lack(audit.NoRequests, asked == 0)
	lack(audit.NoAttributes, attributes == 0 && slices.ContainsFunc(r.items, func(x item) bool { return x.bare }))
	lack(audit.NoOrder, moment == len(r.items) || !known)
	if r.redacted {
		rec.Problems = append(rec.Problems, "values of cookies were replaced by a word such as redacted, and those cookies are left out")
	}
	return rec, nil
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// kind is the form in which most of the exchanges came.
func (r *reader) kind() audit.Kind {
	n := map[audit.Kind]int{}
	for _, x := range r.items {
		n[x.kind]++
	}
	kinds := []audit.Kind{audit.HAR, audit.Verbose, audit.Raw, audit.CURL, audit.Table}
	return slices.MaxFunc(kinds, func(a, b audit.Kind) int { return cmp.Compare(n[a], n[b]) })
}
