package lab

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"fixlab/lab/cookie"
)

// A browser is one person's: its jar and the page it shows.
type browser struct {
	name string
	jar  cookie.Jar
	page Browser
}

// fetch sends a request from b, stores the cookies of the answer and shows the
// page. form is nil for a GET.
func (w *world) fetch(b *browser, u *url.URL, form url.Values) error {
	r := &http.Request{Method: http.MethodGet, URL: u, Host: u.Host, RequestURI: u.RequestURI(),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: http.NoBody}
	from := cookie.Context{Method: http.MethodGet, TopLevel: true} // typed
	body := ""
	if form != nil { // the form stands on a page of the same host
		body = form.Encode()
		r.Method, from.Method = http.MethodPost, http.MethodPost
		from.Initiator = u.Scheme + "://" + u.Host
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	w.withheld(b, u, from)
	if sent := b.jar.Get(w.now, u, from); len(sent) > 0 {
		r.Header.Set("Cookie", cookie.Header(sent))
	}
	w.log(Event{Who: b.name, Kind: Request, Text: r.Method + " " + u.String(),
		Message: &Message{From: b.name, To: u.Hostname(), Start: r.Method + " " + u.RequestURI(), Raw: rawRequest(r, body)}})
	res, err := w.net.RoundTrip(r)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	w.log(Event{Who: u.Hostname(), Kind: Response, Text: res.Status,
		Message: &Message{From: u.Hostname(), To: b.name, Start: res.Status, Raw: rawResponse(res, w.now, string(text))}})
	for _, line := range res.Header["Set-Cookie"] {
		w.store(b, u, line, from)
	}
	b.page = Browser{URL: u.String(), Status: res.StatusCode, Page: blocks(string(text))}
	return nil
}

// store puts a Set-Cookie line or a document.cookie string into b's jar.
func (w *world) store(b *browser, u *url.URL, line string, from cookie.Context) {
	value := valueOf(line)
	if from.API == cookie.HTTP && w.person == "mallory" && u.Hostname() == shopHost {
		w.learn(value, "the server gave it to her")
	}
	err := b.jar.Set(w.now, u, line, from)
	var refusal *cookie.Refusal
	if errors.As(err, &refusal) {
		w.log(Event{Who: b.name, Kind: Refused, Text: line, Value: value, Refusal: refusal})
		return
	}
	w.log(Event{Who: b.name, Kind: Stored, Text: line, Value: value})
}

// withheld writes down the cookies that b has for the site of u and does not send.
func (w *world) withheld(b *browser, u *url.URL, from cookie.Context) {
	for _, c := range b.jar.Withheld(w.now, u, from) {
		if sameHost := c.Domain == u.Hostname() || strings.HasSuffix(u.Hostname(), "."+c.Domain); !sameHost {
			continue // it belongs to another host: nobody expects it
		}
		w.log(Event{Who: b.name, Kind: Withheld, Text: c.Name + "=" + c.Value, Value: c.Value, Refusal: &c.Refusal})
	}
}

// valueOf returns the value of a cookie line.
func valueOf(line string) string {
	pair, _, _ := strings.Cut(line, ";")
	_, value, ok := strings.Cut(pair, "=")
	if !ok {
		value = pair
	}
	return strings.Trim(value, " \t")
}
