// Package cookie is the browser's half of cookies: what it takes from a
// Set-Cookie header or from document.cookie, what it keeps, what it sends, and
// for everything refused or withheld, which rule did it.
//
// The text it follows is draft-ietf-httpbis-rfc6265bis-22, called 6265bis-22
// below. The browser it plays is Chromium 156, and a comment says so where the
// two part; where Firefox 153 parts from both, browsers.go says how. LC is
// draft-ietf-httpbis-layered-cookies. There is no clock and no randomness: time
// is a parameter, and the same calls give the same jar.
package cookie

import (
	"net/url"
	"strings"
	"time"
)

// An API is the door a cookie comes through.
type API int

const (
	HTTP   API = iota // a Set-Cookie or Cookie header
	Script            // document.cookie
)

// A SameSite is the value of the SameSite attribute.
type SameSite int

const (
	Default SameSite = iota // no attribute, or one that says nothing: treated as Lax, with a grace of two minutes
	None
	Lax
	Strict
)

func (s SameSite) String() string { return [...]string{"Default", "None", "Lax", "Strict"}[s] }

// A Priority is the value of Chromium's Priority attribute. It is consulted on
// eviction only.
type Priority uint8

const (
	Medium Priority = iota // no attribute
	Low
	High
)

func (p Priority) String() string { return [...]string{"Medium", "Low", "High"}[p] }

// A Context is what the browser knows of a request, or of the document whose
// script runs, besides the URL. Origins are written "https://host" or
// "https://host:port". Context{TopLevel: true} is a typed navigation and
// Context{API: Script} a script in a top-level document.
type Context struct {
	API       API
	Method    string // "" means GET
	Initiator string // the origin that started the request; "" when the browser did, as for a typed URL
	TopLevel  bool   // a top-level navigation
	Top       string // the origin of the top-level document, for sub-resources and frames; "" when TopLevel
	Between   string // the origins of the documents of frames between that and the one that asks, with spaces between them; "null" for a sandboxed one
	via       string // the site that redirected here, "" for none, viaMany for several
}

// viaMany is a Context.via that no host is of.
const viaMany = "*"

// Redirect returns the context of the request that follows a redirect from u
// with this status. Who started it stays; a POST becomes a GET unless the status
// is 307 or 308 (Fetch, HTTP-redirect fetch, step 12).
func (c Context) Redirect(u *url.URL, status int) Context {
	switch by := site(hostOf(u)); c.via {
	case "", by:
		c.via = by
	default:
		c.via = viaMany
	}
	switch {
	case status == 303 && c.Method != "HEAD", (status == 301 || status == 302) && c.Method == "POST":
		c.Method = "GET"
	}
	return c
}

// An Entry is one stored cookie.
type Entry struct {
	Name, Value string
	Domain      string // without a leading dot
	Path        string
	Partition   string // the top-level site whose partition it is in, "https://site.example"; "" when in none
	SetBy       string // the host that set it, followed by " script" if through document.cookie
	Created     time.Time
	Expires     time.Time // zero: a session cookie
	Accessed    time.Time // last sent or set; Chromium moves it at most once a minute
	SameSite    SameSite
	Priority    Priority
	HostOnly    bool // sent to Domain alone, not to its sub-domains
	Secure      bool
	HTTPOnly    bool

	ancestor bool     // the frame of its partition has a cross-site ancestor
	secure   bool     // it came from a trustworthy origin
	port     uint16   // of the origin it came from
	seq      uint64   // tells apart what was created at the same instant
	shown    uint64   // as seq, of when scripts saw it last, see stalePage
	known    byScheme // whether the documents of its site know that it is HttpOnly
}

// Host is the domain as a browser's tools show it: with a dot before it where the cookie
// is for subdomains too.
func (e *Entry) Host() string {
	if e.HostOnly {
		return e.Domain
	}
	return "." + e.Domain
}

// A Refusal is the rule that kept a cookie out of the jar or out of a request.
// It is shared: do not write to it.
type Refusal struct {
	Rule     string // short id, as "host-prefix"
	Section  string // where the rule is written, as "6265bis-22 5.7 step 21"
	Why      string // one plain sentence
	DevTools string // the name Chromium's protocol gives the reason, "" where it reports none
}

func (r Refusal) Error() string { return r.Rule + ": " + r.Why + " (" + r.Section + ")" }

// Withheld is a cookie that is in the jar and is not sent, with the rule that
// holds it back.
type Withheld struct {
	Entry
	Refusal
}

// Header returns the value of the Cookie header that carries es in their
// order, "" for none (6265bis-22 5.8.3 step 6). It is also what
// document.cookie reads. A nameless cookie is its bare value.
func Header(es []*Entry) string {
	n := 0
	for _, e := range es {
		n += len(e.Name) + len(e.Value) + 3
	}
	var b strings.Builder
	b.Grow(n)
	for i := range es {
		if i > 0 {
			b.WriteString("; ")
		}
		if es[i].Name != "" {
			b.WriteString(es[i].Name)
			b.WriteByte('=')
		}
		b.WriteString(es[i].Value)
	}
	return b.String()
}
