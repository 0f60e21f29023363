package record

import (
	"cmp"
	"strings"
	"time"

	"fixlab/lab/audit"
)

// A harReader reads one HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). Where a
// program writes it in a way of its own, a comment says which.
type harReader struct {
	scanner
	out     *reader
	creator string
	entries int // begun
	first   int // of out.items that is of this HAR
	now     harEntry
}

// har reads the HAR that begins at r.at, and leaves r.at behind it.
func (r *reader) har() {
	h := harReader{scanner: scanner{text: r.text, at: r.at}, out: r, first: len(r.items)}
	h.object(func(key string) {
		if key == "log" {
			h.object(h.log)
		} else {
			h.skip()
		}
	})
	for h.bad != "" {
		r.problem("byte %d, in entry %d of the HAR: %s", h.at, max(1, h.entries), h.bad)
		if r.full() || !h.resume() {
			break
		}
		if h.next(',') {
			h.elements(h.entry)
		}
	}
	if h.entries == 0 && h.bad == "" {
		r.problem("byte %d: JSON, but no HAR: it has no log with entries", r.at)
	}
	if r.at = h.at; h.bad != "" {
		r.at = len(r.text)
	}
	h.settle()
}

func (h *harReader) log(key string) {
	switch key {
	case "creator":
		h.object(func(key string) {
			if key == "name" {
				h.creator = h.str()
			} else {
				h.skip()
			}
		})
	case "entries":
		h.array(h.entry)
	default:
		h.skip()
	}
}

// resume goes on behind a fault at the next request of an entry, and reads that entry from
// there on. The word in quotes and without a backslash cannot be in a string.
func (h *harReader) resume() bool {
	i := strings.Index(h.text[h.at:], `"request"`)
	if i < 0 {
		return false
	}
	h.at, h.bad = h.at+i, ""
	h.begin()
	h.members(h.member)
	h.end()
	return true
}

func (h *harReader) entry() {
	h.begin()
	h.object(h.member)
	h.end()
}

func (h *harReader) begin() {
	h.entries++
	h.now = harEntry{}
}

// A harEntry is what is kept of an entry while it is read.
type harEntry struct {
	started        time.Time
	asked          bool // the request was read whole
	answered       bool
	cached         bool // it was never sent: the answer was in the browser's cache
	method, url    string
	status         int
	redirect       string
	request, reply harHeaders
	post           post
}

// harHeaders are what is kept of the headers of a message, with the cookies of its array.
type harHeaders struct {
	cookies                           []string // the values of Cookie, or the lines of Set-Cookie
	array                             []harCookie
	location, hsts, cache, authorized string
}

// end takes in what was read of an entry: a request that is whole, and the answer if that is.
func (h *harReader) end() {
	e := &h.now
	if e.cached && h.bad == "" {
		return
	}
	if !e.asked || e.url == "" {
		if h.bad == "" {
			h.out.problem("byte %d: entry %d of the HAR has no request with a URL", h.at, h.entries)
		}
		return
	}
	if scheme, _, ok := strings.Cut(e.url, ":"); ok && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return // data:, blob:, chrome-extension:, ws:
	}
	x := item{kind: audit.HAR, started: e.started}
	if !x.ask(e.method, e.url) {
		h.out.problem("byte %d: entry %d of the HAR has a URL that no browser reads", h.at, h.entries)
		return
	}
	for _, line := range e.request.cookies {
		x.Cookies = append(x.Cookies, pairs(line)...)
	}
	if len(e.request.cookies) == 0 {
		for _, c := range e.request.array {
			x.Cookies = append(x.Cookies, audit.Pair{Name: c.name, Value: c.value})
		}
	}
	if e.request.authorized != "" {
		x.authorization(e.request.authorized)
	}
	x.post(&e.post)
	if e.answered {
		x.Status, x.HSTS, x.Cache = e.status, e.reply.hsts, e.reply.cache
		x.locate(cmp.Or(e.reply.location, e.redirect))
		x.Set, x.bare = e.reply.lines(h.creator)
	}
	h.out.add(x)
}

// settle notes a HAR out of which Chrome left the cookies, as it does unless told otherwise:
// no header and no array has one. An Authorization header would be left out as well.
func (h *harReader) settle() {
	if !strings.EqualFold(h.creator, "WebInspector") || h.first == len(h.out.items) {
		return
	}
	for _, x := range h.out.items[h.first:] {
		if len(x.Cookies)+len(x.Set) > 0 || x.Bearer {
			return
		}
	}
	h.out.stripped = true
}

// stamp reads a time of ISO 8601, zero where it is none.
func stamp(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1970 && t.Year() < 2200 {
			return t
		}
	}
	return time.Time{}
}
