package world

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Network is the hosts that exist. It is an http.RoundTripper without
// sockets: a request calls the handler of its host.
type Network map[string]http.Handler

// RoundTrip answers r as the host's handler does. It fails only when there is
// no such host.
func (n Network) RoundTrip(r *http.Request) (*http.Response, error) {
	h, ok := n[r.URL.Hostname()]
	if !ok {
		return nil, fmt.Errorf("no such host %q", r.URL.Hostname())
	}
	return new(exchange).do(h, r), nil
}

// An exchange is a request and its answer. The zero exchange is ready to use,
// and it can be used again when nobody looks at the last answer any more.
type exchange struct {
	request http.Request
	header  http.Header // of the request
	values  [5]string   // in it
	answer  answer

	response http.Response
}

// ask returns an empty request; set sets one of at most five headers of it.
func (x *exchange) ask() (r *http.Request, set func(name, value string)) {
	if x.header == nil {
		x.header = make(http.Header, len(x.values))
	}
	clear(x.header)
	n := 0
	return &x.request, func(name, value string) {
		x.values[n] = value
		n++
		x.header[name] = x.values[n-1 : n : n]
	}
}

// do returns h's answer to r.
func (x *exchange) do(h http.Handler, r *http.Request) *http.Response {
	w := &x.answer
	if w.header == nil {
		w.header = make(http.Header, 4)
	}
	clear(w.header)
	w.status, w.wrote = http.StatusOK, false
	w.body.Reset()
	h.ServeHTTP(w, r)
	x.response = http.Response{
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Status: statusLine(w.status), StatusCode: w.status,
		Header: w.header, Body: w, ContentLength: int64(w.body.Len()), Request: r,
	}
	return &x.response
}

// statusLine returns "200 OK".
func statusLine(status int) string {
	if status == http.StatusOK {
		return "200 OK"
	}
	return strconv.Itoa(status) + " " + http.StatusText(status)
}

// An answer is an http.ResponseWriter that keeps what is written to it, and the
// body of the response made of that.
type answer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if !a.wrote {
		a.status, a.wrote = status, true
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.wrote = true
	return a.body.Write(b)
}

func (a *answer) WriteString(s string) (int, error) {
	a.wrote = true
	return a.body.WriteString(s)
}

func (a *answer) Read(b []byte) (int, error) { return a.body.Read(b) }

func (a *answer) Close() error { return nil }

// bodyOf returns the whole body of r, and closes it.
func bodyOf(r *http.Response) (string, error) {
	if a, ok := r.Body.(*answer); ok {
		return a.body.String(), nil
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return string(body), err
}

// rawRequest returns the text of r as a browser would send it over HTTP/1.1.
func rawRequest(r *http.Request, body string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", r.Method, r.URL.RequestURI(), r.URL.Host)
	writeHeader(&b, r.Header)
	if r.Method == http.MethodPost {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(body))
	}
	return b.String() + "\r\n" + body
}

// rawResponse returns the text of the answer, with the two headers that
// net/http's server adds.
func rawResponse(r *http.Response, now time.Time, body string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %s\r\n", r.Status)
	writeHeader(&b, r.Header)
	fmt.Fprintf(&b, "Date: %s\r\nContent-Length: %d\r\n\r\n%s", now.UTC().Format(http.TimeFormat), len(body), body)
	return b.String()
}

func writeHeader(b *strings.Builder, h http.Header) {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range h[name] {
			fmt.Fprintf(b, "%s: %s\r\n", name, value)
		}
	}
}
