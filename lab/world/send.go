package world

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
)

// A request is what a browser is about to ask for.
type request struct {
	method string
	url    *url.URL
	form   []event.Field // the body of a POST
	query  string        // whose word the query is, "" for the host that wrote the link
	asked  []event.Field // of a form that is sent as a query: its fields, each with its own
	by     string        // who wrote the link or the markup that it comes of, see event.Event.By
	from   cookie.Context

	loads     string // what it is for: "img", "iframe", "script", or "form" for one that is submitted; "" for the rest
	secure    bool   // of a page that came over https
	anonymous bool   // it says Origin: null, as it came by another origin
	referrer  string // the Referrer-Policy of the page

	may       func(u *url.URL) bool // whether it may be redirected there, which says so if not; nil for anywhere
	refreshed int                   // how many pages before sent the browser on
}

// fields returns those of the query and of the body.
func (r *request) fields() []event.Field {
	switch {
	case r.asked != nil:
		return r.asked
	case r.url.RawQuery == "":
		return r.form
	}
	return append(event.Decode(r.url.RawQuery, r.query), r.form...)
}

// hidesOrigin reports whether the page's Referrer-Policy keeps its origin out of
// Origin (Fetch 3.2).
func (r *request) hidesOrigin() bool {
	switch r.referrer {
	case "no-referrer":
		return true
	case "same-origin":
		return r.from.Initiator != originOf(r.url)
	case "origin", "origin-when-cross-origin", "unsafe-url":
		return false
	}
	return r.url.Scheme == "http" && strings.HasPrefix(r.from.Initiator, "https:")
}

// An arrival is the answer that a browser ends up with.
type arrival struct {
	url    *url.URL
	status int
	body   string
	of     writer
	asked  request // the last one that led to it
	head
}

// maxRedirects is Fetch's limit (HTTP-redirect fetch, step 7).
const maxRedirects = 20

// send sends r from b, stores the cookies of every answer, and follows
// redirects: each hop is judged by itself, and who started the first started
// them all.
func (w *World) send(b *browser, r request) (arrival, error) {
	for range maxRedirects + 1 {
		if r.url = w.unmixed(b, &r); r.url == nil {
			return arrival{}, errBlocked
		}
		w.requests++
		w.bytes += len(r.url.RawQuery) + len(r.url.Path)
		for _, f := range r.form {
			w.bytes += len(f.Name) + len(f.Value)
		}
		if err := w.full(); err != nil {
			return arrival{}, err
		}
		r.url = w.secured(b, r)
		r.from.Method = r.method
		req := w.httpRequest(b, r)
		w.opened = opened{}
		res, err := w.roundTrip(req, r)
		if err != nil {
			return arrival{}, err
		}
		body, err := bodyOf(res)
		if err != nil {
			return arrival{}, err
		}
		if w.bytes += len(body); w.bytes > maxBytes {
			return arrival{}, w.full()
		}
		answer := w.message()
		*answer = event.Message{From: r.url.Hostname(), To: b.name, Start: res.Status, Status: res.StatusCode}
		if !w.silent {
			answer.Raw = rawResponse(res, w.now, body)
		}
		of := writer{}
		if w.hers {
			of.by = event.Mallory
		}
		w.log(&event.Event{Who: answer.From, Kind: event.Response, Text: res.Status, Message: answer, By: of.by})
		b.met = b.met || r.url.Scheme == "https" && answer.From == event.ShopHost
		if header := res.Header.Get("Strict-Transport-Security"); header != "" {
			b.hsts.Note(w.now, r.url, header) // of several the first counts
		}
		for _, line := range res.Header["Set-Cookie"] {
			if w.full() != nil {
				break
			}
			w.store(b, r.url, line, r.from)
		}
		location := res.Header.Get("Location")
		if all := res.Header["Location"]; redirects(res.StatusCode) && slices.ContainsFunc(all, func(s string) bool { return s != location }) {
			return arrival{}, fmt.Errorf("%s redirects to several places", r.url) // observed in Chromium 156
		}
		if !redirects(res.StatusCode) || location == "" {
			of.echo, of.echoBy = w.echoed(r.url, body)
			return arrival{r.url, res.StatusCode, body, of, r, headOf(res.Header, body)}, nil
		}
		next := w.memo.resolve(&document{base: r.url}, location)
		if next == nil {
			return arrival{}, fmt.Errorf("%s redirects to %q, which is no http or https URL", r.url, location)
		}
		if r.loads == "form" && (r.method == "GET" || res.StatusCode < http.StatusTemporaryRedirect) {
			r.loads = "" // no body is sent on
		}
		if r.may != nil && !r.may(next) {
			return arrival{}, errBlocked
		}
		// Fetch, HTTP-redirect fetch, step 11; against it Chromium 156 does so wherever the origin changes.
		if left := originOf(r.url); originOf(next) != left && (b.jar.Rules != cookie.Firefox || r.from.Initiator != left) {
			r.anonymous = true
		}
		r.url, r.asked, r.from = next, nil, r.from.Redirect(r.url, res.StatusCode)
		if w.hers && w.person != event.Mallory {
			r.by, r.query = event.Mallory, event.Mallory
		}
		if r.method != r.from.Method {
			r.method, r.form = r.from.Method, nil
		}
	}
	return arrival{}, fmt.Errorf("more than %d redirects", maxRedirects)
}

// redirects reports whether a browser follows Location with this status (Fetch 2.2.3).
func redirects(status int) bool {
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308
}

// errBlocked is said already when it is returned: mixed content, or what a policy
// forbids.
var errBlocked = errors.New("blocked")

// unmixed returns the URL to ask for in place of r's, nil when a page that came
// over https does not ask over plain http: a frame, a script and a form are
// blocked, an image is asked for over https (W3C Mixed Content 4.1 and 4.4; the
// form is observed in Chromium 156, of redirects only where the body goes on).
func (w *World) unmixed(b *browser, r *request) *url.URL {
	if !r.secure || r.url.Scheme == "https" || r.loads == "" {
		return r.url
	}
	text := "loads no " + r.loads + " over plain http into a page that came over https"
	switch r.loads {
	case "img":
		secure := *r.url
		secure.Scheme = "https"
		return &secure
	case "form":
		text = "sends no form over plain http from a page that came over https: the browser warns that the form is not secure"
	}
	w.log(&event.Event{Who: b.name, Kind: event.Did, Text: text})
	return nil
}

// upgraded is what HSTS makes of u.
func (w *World) upgraded(b *browser, u *url.URL) *url.URL {
	if host := u.Hostname(); b.met && u.Scheme == "http" && (host == event.ShopHost || strings.HasSuffix(host, "."+event.ShopHost)) {
		w.Observed.Plain = true
	}
	return b.hsts.Upgrade(w.now, u)
}

// secured returns the URL that the browser asks for in place of r's: its https
// twin if the host is known to want that, or if Chromium tries it first.
func (w *World) secured(b *browser, r request) *url.URL {
	if u := w.upgraded(b, r.url); u != r.url {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "knows by HSTS that " + u.Hostname() + " wants https, and asks for " + u.String()})
		return u
	}
	u := b.jar.Rules.HTTPSFirst(r.url, r.method)
	if !r.from.TopLevel || u == r.url {
		return r.url
	}
	switch {
	case w.served[w.memo.page(r.url)] != nil:
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "tries https first; that fails, and it falls back to http"})
		return r.url
	case w.net[u.Hostname()] == nil || u.Hostname() == event.NewsHost:
		return r.url // nothing answers there
	}
	w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "tries https first, and asks for " + u.String()})
	return u
}

// message returns a Message to write over. Those of a silent run are used again.
func (w *World) message() *event.Message {
	if !w.silent {
		return &event.Message{}
	}
	if len(w.messages) == 0 {
		w.messages = make([]event.Message, 32)
	}
	m := &w.messages[0]
	w.messages = w.messages[1:]
	return m
}

// httpRequest builds the request with the headers that matter here, and writes
// it down.
func (w *World) httpRequest(b *browser, r request) *http.Request {
	req, set := w.wire.ask()
	*req = http.Request{Method: r.method, URL: r.url, Host: r.url.Host, RequestURI: w.memo.uri(r.url), RemoteAddr: b.address,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.wire.header, Body: http.NoBody}
	set("User-Agent", b.agent)
	body := ""
	if r.method == http.MethodPost {
		set("Content-Type", "application/x-www-form-urlencoded")
		origin := r.from.Initiator // Fetch 3.2: with every method but GET and HEAD
		if r.anonymous || r.hidesOrigin() {
			origin = "null"
		}
		set("Origin", origin)
		body = event.Encode(r.form)
		req.Body, req.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	if r.url.Hostname() == event.ShopHost && r.url.Scheme == "https" {
		w.shaped |= defence.BindDevice // a browser proves its key to a server that asked for it
		if w.Defences.Has(defence.BindDevice) {
			set(server.DeviceKey, b.device)
		}
	}
	if !w.silent {
		w.withheld(b, r.url, r.from)
	}
	sent, looked := b.jar.Get(w.now, r.url, r.from)
	w.Observed.Attributes |= looked
	cookies := cookie.Header(sent)
	if cookies != "" {
		set("Cookie", cookies)
	}
	w.fields, w.sent = r.fields(), r
	e := event.Event{Who: b.name, Kind: event.Request, Message: w.message()}
	if r.by != w.person {
		e.By = r.by
	}
	*e.Message = event.Message{From: b.name, To: r.url.Hostname(), Start: w.memo.start(r.method, req.RequestURI), Initiator: r.from.Initiator, Cookies: cookies, Fields: w.fields, Query: len(w.fields) - len(r.form)}
	if !w.silent {
		e.Message.URL, e.Message.Raw = r.url.String(), rawRequest(req, body)
		e.Text = r.method + " " + e.Message.URL
	}
	w.log(&e)
	return req
}

// store puts a Set-Cookie line or a document.cookie string into b's jar, and
// writes down which session cookie had to go for it.
func (w *World) store(b *browser, u *url.URL, line string, from cookie.Context) {
	value := event.ValueOf(line)
	if from.API == cookie.HTTP && w.person == event.Mallory && u.Hostname() == event.ShopHost {
		w.learn(value, "the server gave it to her")
	}
	report, err := b.jar.Set(w.now, u, line, from)
	w.Observed.Attributes |= report.Looked
	if from.API == cookie.HTTP && !w.hers { // the server wrote it, as the switches say
		w.Observed.Attributes |= report.Line
	}
	if refusal, ok := err.(*cookie.Refusal); ok {
		w.log(&event.Event{Who: b.name, Kind: event.Refused, Text: line, Line: line, Value: value, Refusal: refusal})
		return
	}
	if !w.Observed.Unprefixed {
		w.Observed.Unprefixed = w.unprefixed(u, line, from, report)
	}
	if report.Ended {
		w.did(b.name, func() string { return "deletes a cookie, as this line has ended: " + event.Quoted(line) })
		last := &w.Events[len(w.Events)-1]
		last.Act, last.Line = event.Dropped, line
		return
	}
	if value != "" || !w.silent { // no verdict hangs on nothing
		w.log(&event.Event{Who: b.name, Kind: event.Stored, Text: line, Line: line, Value: value})
	}
	if n := report.Evicted; n > 0 {
		w.log(&event.Event{Who: b.name, Kind: event.Evicted, Text: fmt.Sprintf("throws out %d cookies of this site to make room", n)})
	}
}

// unprefixed reports whether the jar could refuse the line, which it has
// obeyed, if the session cookie had the prefix __Host-. What the shop makes
// itself would then be Secure; not so what a request talks it into.
func (w *World) unprefixed(u *url.URL, line string, from cookie.Context, report cookie.Report) bool {
	pair, _, _ := strings.Cut(line, ";")
	name, _, ok := strings.Cut(pair, "=")
	if name = strings.Trim(name, " \t"); !ok || name == "" { // nameless: it may read like another
		return strings.Contains(pair, w.Profile.Cookie)
	}
	if !strings.HasPrefix(name, w.Profile.Cookie) {
		return false
	}
	own := from.API == cookie.HTTP && !w.hers && u.Hostname() == event.ShopHost && !strings.Contains(u.RawQuery, w.Profile.Cookie) && !strings.Contains(u.RawQuery, "%")
	return !report.Hostable || !report.Secure && !own
}

// withheld writes down the cookies that b has for the site of u and does not send.
func (w *World) withheld(b *browser, u *url.URL, from cookie.Context) {
	for _, c := range b.jar.Withheld(w.now, u, from) {
		if sameHost := c.Domain == u.Hostname() || strings.HasSuffix(u.Hostname(), "."+c.Domain); !sameHost {
			continue // it belongs to another host: nobody expects it
		}
		w.log(&event.Event{Who: b.name, Kind: event.Withheld, Text: c.Name + "=" + c.Value, Line: c.Name + "=" + c.Value, Value: c.Value, Refusal: &c.Refusal})
	}
}
