package world

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/codec"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/session"
)

// A Memo holds what is pure and comes again and again in runs of similar
// scenarios. The zero Memo is empty. What it hands out is shared: nobody writes
// to it. It is not safe for concurrent use.
type Memo struct {
	seeded    string
	seeds     [][32]byte // of the steps, under the seed seeded
	urls      map[string]*url.URL
	pages     map[*url.URL]string
	uris      map[*url.URL]string
	starts    map[[2]string]string
	resolved  map[reference]*url.URL
	documents map[loaded]*document
	contents  map[string]content
	repeats   map[string]string
	writings  map[string][]string
	scripts   map[string]*pageScript
	signed    map[signature]string
	unsigned  map[signature]unsigned

	spare [][]event.Event // see World.Apart
}

// A pageScript is what one assigns to document.cookie.
type pageScript struct {
	lines []string
	other bool // it does something else besides

	runs []scriptRun
}

// A scriptRun is what a script did once, on a page of url in a document of top.
type scriptRun struct {
	profile, who  string // who is the browser
	url           *url.URL
	top           place
	now           time.Time
	before, after *cookie.Jar
	events        []event.Event
	observed      Observed
}

// repeats reports whether o begins as r did, and so ends like it.
func (r *scriptRun) repeats(o *scriptRun) bool {
	return r.profile == o.profile && r.who == o.who && r.url == o.url && r.top == o.top && r.now.Equal(o.now) && r.before.Equal(o.before)
}

// A signature is what a signer's answer depends on.
type signature struct {
	profile, secrets string
	now              int64 // in ns since 1970
	text             string
}

type unsigned struct {
	value string
	err   error
}

type reference struct {
	base *url.URL
	ref  string
}

type loaded struct {
	url  *url.URL
	at   place
	text string
	head head
	of   writer
}

// seed returns what the dice of a step begin with.
func (k *Memo) seed(seed string, step int) [32]byte {
	if seed != k.seeded {
		k.seeded, k.seeds = seed, nil
	}
	for i := len(k.seeds); i <= step; i++ {
		k.seeds = append(k.seeds, sha256.Sum256([]byte(seed+"/"+strconv.Itoa(i))))
	}
	return k.seeds[step]
}

// address is address, memoized.
func (k *Memo) address(text string) (*url.URL, error) {
	if u, ok := k.urls[text]; ok {
		return u, nil
	}
	u, err := address(text)
	if err != nil {
		return nil, err
	}
	return remember(&k.urls, text, u), nil
}

// page is page, memoized.
func (k *Memo) page(u *url.URL) string {
	if p, ok := k.pages[u]; ok {
		return p
	}
	return remember(&k.pages, u, page(u))
}

// uri is u.RequestURI, memoized.
func (k *Memo) uri(u *url.URL) string {
	if text, ok := k.uris[u]; ok {
		return text
	}
	return remember(&k.uris, u, u.RequestURI())
}

// start returns the first words of a request line, as "GET /".
func (k *Memo) start(method, uri string) string {
	words := [2]string{method, uri}
	if text, ok := k.starts[words]; ok {
		return text
	}
	return remember(&k.starts, words, method+" "+uri)
}

// resolve is d.resolve, memoized, with a URL that is the caller's to keep and not to change.
func (k *Memo) resolve(d *document, ref string) *url.URL {
	r := reference{d.base, ref}
	if u, ok := k.resolved[r]; ok {
		return u
	}
	return remember(&k.resolved, r, d.resolve(ref))
}

// document is readDocument, memoized.
func (k *Memo) document(a *arrival, at place) *document {
	l := loaded{a.url, at, a.body, a.head, a.of}
	if d, ok := k.documents[l]; ok {
		return d
	}
	return remember(&k.documents, l, readDocument(a, at))
}

// content is readContent, memoized.
func (k *Memo) content(text string) content {
	if c, ok := k.contents[text]; ok {
		return c
	}
	return remember(&k.contents, strings.Clone(text), readContent(text))
}

// A content is what a server signs or stores: a text, such as a session key, or
// a session's values.
type content struct {
	text   string
	values session.Values // nil when it holds none
}

// readContent reads JSON and gob; everything else is the text that it is.
func readContent(text string) content {
	if v, err := session.ParseValues(text); err == nil {
		return content{text, append(session.Values{}, v...)} // an empty session is one, too
	}
	decoded, err := codec.GobDecode(text)
	if err != nil {
		return content{text: text}
	}
	switch d := decoded.(type) {
	case string:
		return content{text: d}
	case codec.Object:
		v := session.Values{}
		for _, m := range d {
			s, ok := m.Value.(string)
			if !ok {
				s = fmt.Sprint(m.Value)
			}
			v = v.With(m.Key, s)
		}
		return content{text, v}
	}
	return content{text: text}
}

// repeated is repeated, memoized.
func (k *Memo) repeated(text string) (string, error) {
	if t, ok := k.repeats[text]; ok {
		return t, nil
	}
	t, err := repeated(text)
	if err != nil {
		return "", err
	}
	return remember(&k.repeats, text, t), nil
}

// written is written, memoized.
func (k *Memo) written(text string) []string {
	if values, ok := k.writings[text]; ok {
		return values
	}
	return remember(&k.writings, text, written(text))
}

// script returns what a script assigns, memoized.
func (k *Memo) script(text string) *pageScript {
	if s, ok := k.scripts[text]; ok {
		return s
	}
	s := &pageScript{}
	s.lines, s.other = assignments(text)
	return remember(&k.scripts, text, s)
}

// mostKept bounds each of the maps: nothing grows without end.
const mostKept = 4096

func remember[K comparable, V any](m *map[K]V, key K, value V) V {
	if *m == nil || len(*m) >= mostKept {
		*m = map[K]V{}
	}
	(*m)[key] = value
	return value
}
