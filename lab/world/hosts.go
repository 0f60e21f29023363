package world

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A resource is what Mallory put at a URL.
type resource struct {
	header http.Header
	body   string
	page   string // what a window shows: body, and what the host has around it; see dressed
	status int    // 0 for 200, or 302 with a Location
}

// serve puts a header or HTML at a URL: on a host of Mallory's, or, as a
// network attacker, at any plain http URL.
func (w *World) serve(at, text string) error {
	u, err := w.memo.address(at)
	if err != nil {
		return err
	}
	if u.Scheme == "https" && u.Hostname() != event.BlogHost && u.Hostname() != event.EvilHost {
		return fmt.Errorf("mallory cannot answer for %s: want %s, %s or an http URL", u.Scheme+"://"+u.Host, event.BlogHost, event.EvilHost)
	}
	c := &resource{header: http.Header{}}
	if old := w.served[w.memo.page(u)]; old != nil {
		c.header, c.body, c.status = old.header.Clone(), old.body, old.status
	}
	w.served[w.memo.page(u)] = c
	word, value, _ := strings.Cut(text, " ")
	if name, ok := script.HeaderName(word); ok {
		if name == "Status" { // as a CGI script says it (RFC 3875 6.3.3)
			if c.status, err = strconv.Atoi(value); err != nil || c.status < 200 || c.status > 599 {
				return fmt.Errorf("%q is no status: want a number from 200 to 599", value)
			}
		} else {
			c.header.Add(name, value)
		}
		if http.CanonicalHeaderKey(name) == "Set-Cookie" {
			w.learn(event.ValueOf(value), "she made it up")
		}
	} else {
		if text, err = w.memo.repeated(text); err != nil {
			return err
		}
		if c.body += text + "\n"; len(c.body) > maxValue {
			return limit("%s has more than 64 KiB", page(u))
		}
		w.learnPage(text)
	}
	c.page = c.dressed(u.Hostname())
	w.did("mallory", func() string { return "puts on " + page(u) + ": " + event.Quoted(text) })
	return nil
}

// remove takes away what Mallory put at a URL.
func (w *World) remove(at string) error {
	u, err := w.memo.address(at)
	if err != nil {
		return err
	}
	if w.served[w.memo.page(u)] == nil {
		w.did("mallory", func() string { return "has nothing on " + page(u) + " to take away" })
		return nil
	}
	delete(w.served, w.memo.page(u))
	w.did("mallory", func() string { return "takes away what she put on " + page(u) })
	return nil
}

// learnPage notes the values that Mallory wrote into a page's links and forms:
// what alice's browser sends from there is no news to her.
func (w *World) learnPage(text string) {
	for _, value := range w.memo.written(text) {
		w.learn(value, "she made it up")
	}
}

// roundTrip carries a request to whoever answers it: Mallory, when she is on
// the way of plain http or it is her host, the cache, or the host itself.
func (w *World) roundTrip(req *http.Request, r request) (*http.Response, error) {
	c := w.served[w.memo.page(r.url)]
	if w.hers = c != nil; w.hers {
		if w.person == event.Alice {
			w.catch(req)
		}
		if r.from.TopLevel && (r.loads == "" || r.loads == "form") {
			return w.wire.do(window{c}, req), nil
		}
		return w.wire.do(c, req), nil
	}
	if r.url.Scheme == "https" && r.url.Hostname() == event.NewsHost {
		return nil, fmt.Errorf("%s does not answer over https", event.NewsHost)
	}
	front := w.caching && r.method == "GET" && w.memo.page(r.url) == "https://"+event.ShopHost+"/"
	if front && w.cached != nil {
		return w.wire.do(w.cached, req), nil
	}
	host, ok := w.net[r.url.Hostname()]
	if !ok {
		return w.net.RoundTrip(req) // which says so
	}
	res := w.wire.do(host, req)
	if !front {
		return res, nil
	}
	body, err := bodyOf(res)
	if err != nil {
		return nil, err
	}
	w.cached = &resource{header: res.Header.Clone(), body: body}
	res.Body = io.NopCloser(strings.NewReader(body))
	w.log(&event.Event{Who: event.ShopHost, Kind: event.Did, Text: "its cache keeps this answer for everybody"})
	return res, nil
}

// catch notes the cookies that alice's browser sends to Mallory herself, and what
// alice types into her pages.
func (w *World) catch(req *http.Request) {
	for pair := range strings.SplitSeq(req.Header.Get("Cookie"), "; ") {
		if _, value, ok := strings.Cut(pair, "="); ok {
			w.learn(value, "Alice's browser sent it to her")
		}
	}
	for _, f := range w.fields {
		if f.By == event.Alice {
			w.learn(f.Value, "Alice typed it into a page of hers")
		}
	}
}

// ServeHTTP answers with what Mallory put there, or the cache has kept.
func (c *resource) ServeHTTP(rw http.ResponseWriter, _ *http.Request) { c.serve(rw, c.body) }

// A window is a resource that is opened in the whole window.
type window struct{ *resource }

// ServeHTTP answers with the page.
func (c window) ServeHTTP(rw http.ResponseWriter, _ *http.Request) { c.serve(rw, c.page) }

func (c *resource) serve(rw http.ResponseWriter, body string) {
	for name, values := range c.header {
		rw.Header()[name] = values
	}
	if rw.Header().Get("Content-Type") == "" {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	status := http.StatusOK
	if rw.Header().Get("Location") != "" {
		status = http.StatusFound
	}
	if c.status != 0 {
		status = c.status
	}
	rw.WriteHeader(status)
	io.WriteString(rw, body)
}
