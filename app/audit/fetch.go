//go:build !wasm

package audit

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	core "fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// Bounds of one answer.
const (
	maxBody = 2 << 20
	maxHops = 10

	maxWait  = 2 * time.Minute // for which a server may ask before it takes a request again
	maxWaits = 2
)

// A client sends the requests of an audit, one at a time, and writes them down.
type client struct {
	*Config
	base      *url.URL
	http      *http.Transport
	began     time.Time
	exchanges []core.Exchange
	answered  bool     // something came back, once
	refused   []string // cookies that the jar did not take, and why
	bearing   []carrier
}

func newClient(c *Config) (*client, error) {
	base, err := url.Parse(c.URL)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("%q is no http or https address", c.URL)
	}
	base.User, base.Fragment, base.RawQuery = nil, "", ""
	base.Path = cmp.Or(base.Path, "/")
	if last := path.Base(base.Path); !strings.HasSuffix(base.Path, "/") && !strings.Contains(last, ".") {
		base.Path, base.RawPath = base.Path+"/", "" // a folder, as whoever writes -login login means it
	}
	trust := &tls.Config{}
	if c.Roots != nil {
		if trust.RootCAs, err = x509.SystemCertPool(); err != nil {
			trust.RootCAs = x509.NewCertPool()
		}
		if !trust.RootCAs.AppendCertsFromPEM(c.Roots) {
			return nil, errors.New("there is no certificate in what is to be trusted")
		}
	}
	trust.InsecureSkipVerify = c.Insecure && Loopback(base.Hostname())
	made := &client{Config: c, base: base, began: c.Now()}
	made.http = &http.Transport{
		TLSClientConfig: trust, ForceAttemptHTTP2: true, Proxy: proxy,
		DisableKeepAlives:     true, // a server may drop an idle connection just as a login is posted on it
		ResponseHeaderTimeout: c.Timeout, MaxResponseHeaderBytes: 256 << 10,
		DialContext: made.dial,
	}
	return made, nil
}

// An answer is what a navigation comes to: the last of its redirects.
type answer struct {
	url      *url.URL
	asked    url.URL // what was asked for before any redirect
	status   int
	header   http.Header
	body     []byte
	exchange int // its place in the transcript
}

// dial connects as browsers and curl do: a name that ends in .localhost is this machine,
// and no name server is asked (RFC 6761 6.3).
func (c *client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: c.Timeout}
	host, port, err := net.SplitHostPort(address)
	if err != nil || !Loopback(host) || net.ParseIP(host) != nil {
		return d.DialContext(ctx, network, address)
	}
	conn, err := d.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		if six, failed := d.DialContext(ctx, network, net.JoinHostPort("::1", port)); failed == nil {
			return six, nil
		}
	}
	return conn, err
}

// at returns the address of a path of the site.
func (c *client) at(path string) (*url.URL, error) {
	u, err := c.base.Parse(path)
	if err != nil {
		return nil, fmt.Errorf("%q is no path", path)
	}
	return u, nil
}

// A browser is a jar, and what a server sees of who has it.
type browser struct {
	jar    *cookie.Jar
	agent  string // its User-Agent, "" for the audit's own
	bearer string // what it sends as Authorization, "" for nothing
	raw    string // its Cookie header, whatever is in the jar; "": the jar's
	last   *answer
	kept   bool // it is no browser, but what was kept of one

	// link is how its pages carry an id on in their addresses; nil: they do not.
	link func(*url.URL) *url.URL
}

func newBrowser() *browser { return &browser{jar: &cookie.Jar{}} }

// copy returns a browser that holds the same and changes apart from b.
func (b *browser) copy() *browser {
	c := *b
	c.jar, c.last = b.jar.Clone(), nil
	return &c
}

// A posting is what a form or a script sends.
type posting struct {
	kind   string // its content type
	body   []byte
	fields []string // names
	header http.Header
	from   *url.URL // the page that sends it
}

// open opens u as a navigation and follows redirects, as a browser does: each hop's
// cookies are taken, and 301, 302 and 303 after a POST are a GET.
func (c *client) open(ctx context.Context, b *browser, method string, u *url.URL, p *posting) (*answer, error) {
	from := cookie.Context{TopLevel: true, Method: method}
	if p != nil && p.from != nil {
		from.Initiator = p.from.Scheme + "://" + p.from.Host
	}
	asked := *u
	if err := c.refuse(u, p != nil); err != nil {
		return nil, err
	}
	for hop := 0; ; hop++ {
		a, err := c.send(ctx, b, from, u, p)
		for waits := 0; waits < maxWaits && asksToWait(err) > 0; waits++ {
			after := asksToWait(err)
			c.Say(fmt.Sprintf("waiting %v, as %s asks", after, c.path(u)))
			if c.Sleep(ctx, after) != nil {
				return nil, c.over(ctx)
			}
			a, err = c.send(ctx, b, from, u, p)
		}
		if err != nil {
			return nil, err
		}
		b.last, a.asked = a, asked
		c.carriers(b, a)
		location := a.header.Get("Location")
		if a.status < 301 || a.status > 308 || a.status == 304 || location == "" {
			return a, nil
		}
		if hop == maxHops {
			return nil, &failure{says: fmt.Sprintf("%s redirects on and on: after %d redirects there is still no page.", c.path(u), maxHops)}
		}
		next, ok := cookie.ParseURL(u, location)
		if !ok {
			return nil, &failure{says: fmt.Sprintf("%s redirects to what is no http address.", c.path(u))}
		}
		if !c.may(next) {
			return nil, &failure{says: fmt.Sprintf("%s redirects to %s, which this audit may not ask; if it may, say -i-may-test %s.", c.path(u), next.Hostname(), next.Hostname())}
		}
		next.Fragment, next.RawFragment = "", ""
		from = from.Redirect(u, a.status)
		if from.Method != "POST" {
			p = nil
		}
		if err := c.refuse(next, p != nil); err != nil {
			return nil, err
		}
		u = next
	}
}

// send sends one request and takes the cookies of its answer.
func (c *client) send(ctx context.Context, b *browser, from cookie.Context, u *url.URL, p *posting) (*answer, error) {
	if len(c.exchanges) >= c.MaxRequests {
		return nil, &failure{says: fmt.Sprintf("The audit has sent its %d requests; -max-requests allows more.", c.MaxRequests)}
	}
	if ctx.Err() != nil {
		return nil, c.over(ctx)
	}
	// A request that is under way is heard out: a login in it is to be logged out.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.Timeout)
	defer cancel()
	method := cmp.Or(from.Method, "GET")
	var body io.Reader
	if p != nil {
		body = bytes.NewReader(p.body)
	}
	r, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, &failure{says: fmt.Sprintf("%s cannot be asked for: %v.", c.path(u), err)}
	}
	c.dress(r, b, p)
	now := c.Now()
	entries, _ := b.jar.Get(now, u, from)
	line := cookie.Header(entries)
	if b.raw != "" && c.home(u) {
		line = b.raw
	}
	if line != "" {
		r.Header["Cookie"] = []string{line}
	}
	x := core.Exchange{At: now.Sub(c.began), Method: method, URL: masked(u), Bearer: r.Header.Get("Authorization") != ""}
	for _, e := range entries {
		x.Cookies = append(x.Cookies, core.Pair{Name: e.Name, Value: e.Value})
	}
	if p != nil {
		x.Fields = p.fields
	}
	c.exchanges = append(c.exchanges, x)
	written := &c.exchanges[len(c.exchanges)-1]
	res, err := c.http.RoundTrip(r)
	if err != nil {
		return nil, c.broken(ctx, u, err)
	}
	defer res.Body.Close()
	c.answered = true
	data, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	written.Status, written.Set = res.StatusCode, res.Header["Set-Cookie"]
	written.HSTS, written.Cache = res.Header.Get("Strict-Transport-Security"), strings.Join(res.Header["Cache-Control"], ", ")
	if next, ok := cookie.ParseURL(u, res.Header.Get("Location")); ok && res.Header.Get("Location") != "" {
		written.Location = masked(next)
	}
	for _, line := range written.Set {
		if _, err := b.jar.Set(now, u, line, from); err != nil {
			name, _, _ := strings.Cut(line, "=")
			c.refused = append(c.refused, fmt.Sprintf("%s: %v", strings.TrimSpace(name), err))
		}
	}
	a := &answer{url: u, status: res.StatusCode, header: res.Header, body: data, exchange: len(c.exchanges) - 1}
	switch {
	case err != nil:
		return nil, c.broken(ctx, u, err)
	case len(data) > maxBody:
		return nil, &failure{says: fmt.Sprintf("%s answers with more than %d MiB, which is not read.", c.path(u), maxBody>>20)}
	case res.StatusCode == http.StatusTooManyRequests:
		after := retryAfter(res.Header.Get("Retry-After"), now)
		says := fmt.Sprintf("%s answers 429, too many requests: the server limits them.", c.path(u))
		if after > maxWait {
			says += fmt.Sprintf(" It asks to wait for %v.", after)
		}
		return nil, &failure{says: says + " -pause, as 15s, makes the audit slower.", stop: true, after: after}
	case res.StatusCode == http.StatusLocked:
		return nil, &failure{says: fmt.Sprintf("%s answers 423: the account is locked.", c.path(u)), stop: true}
	case res.StatusCode == http.StatusServiceUnavailable:
		return nil, &failure{says: fmt.Sprintf("%s answers 503: the server takes no requests now.", c.path(u)), stop: true}
	}
	return a, nil
}

// jsonType is the content type of JSON.
const jsonType = "application/json"

// dress gives a request the headers of a browser that reads no cache.
func (c *client) dress(r *http.Request, b *browser, p *posting) {
	r.Header.Set("User-Agent", cmp.Or(b.agent, c.UserAgent))
	r.Header.Set("Accept", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8")
	r.Header.Set("Accept-Language", "en")
	r.Header.Set("Cache-Control", "no-cache")
	r.Header.Set("Pragma", "no-cache")
	if b.bearer != "" && c.home(r.URL) {
		r.Header.Set("Authorization", "Bearer "+b.bearer)
	}
	site := "none" // the browser's user did it (Fetch Metadata, 2)
	switch {
	case p == nil:
	case p.from == nil || p.from == elsewhere:
		site = "cross-site"
	default:
		site = "same-origin"
	}
	r.Header.Set("Sec-Fetch-Site", site)
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	r.Header.Set("Sec-Fetch-Dest", "document")
	if p == nil {
		return
	}
	if p.kind == jsonType {
		r.Header.Set("Sec-Fetch-Mode", "cors")
		r.Header.Set("Sec-Fetch-Dest", "empty")
	}
	if p.kind != "" {
		r.Header.Set("Content-Type", p.kind)
	}
	if p.from != nil {
		if r.Method != "GET" {
			r.Header.Set("Origin", p.from.Scheme+"://"+p.from.Host)
		}
		r.Header.Set("Referer", p.from.String())
	}
	for name, values := range p.header {
		r.Header[name] = values
	}
}

// parameter is one in a path, ";jsessionid=ID" (RFC 3986, 3.3).
var parameter = regexp.MustCompile(`(;[^/;=]*=)[^/;]*`)

// text is an answer's body if it is one to be read, in UTF-8.
func (a *answer) text() string {
	kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	if strings.HasPrefix(kind, "image/") || strings.HasPrefix(kind, "video/") {
		return ""
	}
	return strings.ToValidUTF8(string(a.body), "\uFFFD")
}
