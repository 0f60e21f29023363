package world

import (
	"net/url"
	"slices"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// A document is a page that a browser has loaded. What it shows is text;
// nothing in it is ever interpreted again by the real page.
type document struct {
	url  *url.URL
	base *url.URL // what its references are relative to
	place
	policy      policy
	refresh     string   // see refreshOf
	refreshBy   string   // who wrote that
	refreshBase *url.URL // what the place in it is relative to
	referrer    string   // its Referrer-Policy
	blocks      []event.Block
	links       []link
	forms       []form
	loads       []load   // in order
	own         []string // the texts and the values in it that are the host's, not of somebody who wrote into its page
	data        []string // those of them that are an item of a list or the value of a field
	options     int      // of its lists, all that it has
}

// A place is where a browser shows a document. The zero place is the whole window.
type place struct {
	top     string // the origin of the top-level document; "" when it is that itself
	between string // the origins of the frames between, see cookie.Context
	opaque  bool   // a sandbox takes its origin away
	mute    bool   // and its scripts
	still   bool   // and its forms
}

// within returns the place of a frame of d with this sandbox.
func (d *document) within(l *load) place {
	p := place{top: d.topOrigin(), between: d.between, opaque: d.opaque, mute: d.mute, still: d.still}
	if d.top != "" {
		p.between = strings.TrimLeft(d.between+" "+d.origin(), " ")
	}
	if l.sandboxed {
		p.sandbox(strings.Fields(l.within))
	}
	return p
}

// sandbox takes away what a sandbox with these words does not allow.
func (p *place) sandbox(words []string) {
	allows := func(word string) bool {
		return slices.ContainsFunc(words, func(s string) bool { return strings.EqualFold(s, word) })
	}
	p.opaque = p.opaque || !allows("allow-same-origin")
	p.mute = p.mute || !allows("allow-scripts")
	p.still = p.still || !allows("allow-forms")
}

// A writer is whose a page is: the host's, or of the person who answered for it;
// and who wrote what into it besides.
type writer struct {
	by           string // "" for the host
	echo, echoBy string // the text of the request's that stands in the page as it came, and whose word it is: see echoed
}

// A link is <a href>. Here and below by is who wrote it, "" for the host.
type link struct{ text, href, target, by string }

// A form is <form> with what of it can be sent.
type form struct {
	method, action, target, id, by string
	controls                       []control
}

// A load is what a browser fetches or runs by itself: an img, an iframe or a
// script; "handler" for an event handler, "unrun" for one that this lab does not
// run, "unloaded" for an element whose content it does not load, "data" for a
// script of another type.
type load struct {
	tag, src        string
	name            string // of an iframe, or of an event handler
	external        bool   // there is a src, if an empty one
	cors            bool   // crossorigin
	text            string // of a script without src, of srcdoc, or of a handler
	written         bool   // srcdoc
	within          string // sandbox
	sandboxed       bool
	nonce           string
	module          bool // a script of that type
	deferred        bool // defer
	onload, onerror string
	policy          policy // of the page up to there
	by              string
}

// echoed notes what a page of the shop's shows of the last request's query as it came:
// whoever wrote that has written in the page. It is no question of likeness: what
// else of the page reads like something in the request is the shop's own.
func (w *World) echoed(u *url.URL, page string) (echo, by string) {
	name := server.Echoed(u.Path)
	if w.hers || name == "" || u.Hostname() != event.ShopHost {
		return "", ""
	}
	for _, f := range w.fields {
		if f.Name == name && f.Value != "" && strings.Contains(page, f.Value) {
			return f.Value, f.By
		}
	}
	return "", ""
}

// link returns the index of the link that a text means, -1 for none: the first with the
// text, blanks counted as one, the one that a number before the text says, "#2 Come in",
// or the last.
func (d *document) link(text string, last bool) int {
	if i := d.nthLink(text, 1, last); i >= 0 {
		return i
	}
	n, rest := script.Nth(strings.Fields(text))
	return d.nthLink(strings.Join(rest, " "), n, last)
}

func (d *document) nthLink(text string, n int, last bool) int {
	at := -1
	for i, l := range d.links {
		if strings.TrimSpace(l.text) != text && oneLine(l.text) != text {
			continue
		}
		if last {
			at = i
		} else if n--; n == 0 {
			return i
		}
	}
	return at
}

// oneLine returns text as a browser shows it, with one blank for many.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// says reports whether a text stands in the page for itself, as an item of a list
// or the value of a field, and is the host's own word.
func (d *document) says(text string) bool { return text != "" && slices.Contains(d.data, text) }

// names reports whether a name stands in the page as a word.
func (d *document) names(name string) bool {
	return slices.ContainsFunc(d.own, func(text string) bool {
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				return false
			}
			i += from
			if from = i + len(name); !wordAt(text, i-1) && !wordAt(text, from) {
				return true
			}
			from = i + 1
		}
	})
}

// wordAt reports whether the byte at i is of a word.
func wordAt(text string, i int) bool {
	return i >= 0 && i < len(text) && (text[i] >= 0x80 || text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' || text[i] >= '0' && text[i] <= '9' || text[i] == '_')
}

// origin returns the document's own.
func (d *document) origin() string {
	if d.opaque {
		return "null"
	}
	return originOf(d.url)
}

func originOf(u *url.URL) string { return u.Scheme + "://" + u.Host }

// topOrigin returns the origin of the document that the address bar names.
func (d *document) topOrigin() string {
	if d.top != "" {
		return d.top
	}
	return d.origin()
}

// resolve returns the http or https URL that a page's href, src or action
// means, nil when it means none. It has no fragment.
func (d *document) resolve(ref string) *url.URL {
	u, ok := cookie.ParseURL(d.base, ref)
	if !ok {
		return nil
	}
	return bare(u)
}

// bare returns u without its fragment.
func bare(u *url.URL) *url.URL {
	u.Fragment, u.RawFragment = "", ""
	return u
}
