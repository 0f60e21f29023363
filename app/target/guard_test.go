//go:build !wasm

package target

import (
	"bytes"
	"html"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// A sent request is what a page makes its visitor's browser send.
type sent struct {
	says, method, path string
	header             string // "Name: value" joined by "|"; $own is the target's origin, $host its host
	status             int    // of the answer
	planted            bool   // whether it has a Set-Cookie
}

// answers sends every request to a target and compares what comes.
func answers(t *testing.T, at Place, all []sent) {
	t.Helper()
	own := strings.NewReplacer("$own", at.base, "$host", strings.TrimPrefix(at.base, "http://"))
	for _, s := range all {
		r, err := http.NewRequest(s.method, at.base+s.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.method == "POST" {
			r.Body = io.NopCloser(strings.NewReader("user=mallory&password=hunter2&item=gnome"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		for line := range strings.SplitSeq(own.Replace(s.header), "|") {
			if name, value, _ := strings.Cut(line, ": "); name == "Host" {
				r.Host = value
			} else if name != "" {
				r.Header.Set(name, value)
			}
		}
		res, err := dialing(at.Addr()).Do(r)
		if err != nil {
			t.Errorf("%s: %v", s.says, err)
			continue
		}
		page, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Errorf("%s: %v", s.says, err)
		}
		if planted := res.Header["Set-Cookie"] != nil; res.StatusCode != s.status || planted != s.planted {
			t.Errorf("%s: %s, planted: %v; want %d, %v\n%s", s.says, res.Status, planted, s.status, s.planted, page)
		}
		if refused := res.StatusCode == 421 || res.StatusCode == 403; refused && (!bytes.Contains(page, []byte(at.base)) || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain")) {
			t.Errorf("%s: the refusal is %q", s.says, page)
		}
	}
}

// attacking are the requests of a website that attacks who runs a target.
var attacking = []sent{
	{"an img plants", "GET", "/prefs?name=sid&value=x", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: image|Sec-Fetch-Mode: no-cors", 403, false},
	{"a link plants", "GET", "/prefs?name=sid&value=x", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: document|Sec-Fetch-Mode: navigate", 403, false},
	{"the path is written otherwise", "GET", "/%70refs?name=sid&value=x", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: document", 403, false},
	{"a link runs a script", "GET", "/search?q=%3Cscript%3E", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: document|Sec-Fetch-Mode: navigate", 403, false},
	{"a frame", "GET", "/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: iframe|Sec-Fetch-Mode: navigate", 403, false},
	{"an img opens sessions", "GET", "/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: image", 403, false},
	{"a fetch reads", "GET", "/profile", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: empty|Origin: https://evil.example", 403, false},
	{"a form logs in", "POST", "/login", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: document|Origin: https://evil.example", 403, false},
	{"a program at another port of the host", "POST", "/basket", "Sec-Fetch-Site: same-site|Sec-Fetch-Dest: document", 403, false},
	{"a browser without Sec-Fetch-Site: a form", "POST", "/signup", "Origin: https://evil.example|User-Agent: Mozilla/5.0", 403, false},
	{"a form in a sandbox", "POST", "/login", "Origin: null|User-Agent: Mozilla/5.0", 403, false},
	{"an img with its referrer", "GET", "/prefs?name=sid&value=x", "Referer: https://evil.example/x|User-Agent: Mozilla/5.0", 403, false},
	{"the own origin as a prefix", "POST", "/login", "Origin: $own.evil.example", 403, false},
	{"the own host over https", "POST", "/login", "Origin: https://$host", 403, false},
}

// rebinding are requests under a name that was pointed at the target's address.
var rebinding = []sent{
	{"another name", "GET", "/", "Host: evil.example", 421, false},
	{"another name at the port", "GET", "/prefs?name=sid&value=x", "Host: evil.example:8080|Sec-Fetch-Site: same-origin", 421, false},
	{"localhost", "GET", "/", "Host: localhost:8080", 421, false},
	{"its own page's form", "POST", "/login", "Host: evil.example|Origin: http://evil.example|Sec-Fetch-Site: same-origin", 421, false},
}

// honest are the requests of the target's own pages, of who types its address, of a
// link to it and of other programs.
var honest = []sent{
	{"curl", "GET", "/prefs?name=sid&value=x", "", 200, true},
	{"curl at the login", "POST", "/login", "", 200, true},
	{"typed", "GET", "/login", "Sec-Fetch-Site: none|Sec-Fetch-Dest: document", 200, true},
	{"a link of its own", "GET", "/prefs?name=currency&value=EUR", "Sec-Fetch-Site: same-origin|Sec-Fetch-Dest: document|Referer: $own/", 200, true},
	{"a form of its own", "POST", "/login", "Sec-Fetch-Site: same-origin|Origin: $own", 200, true},
	{"the same without Sec-Fetch-Site", "POST", "/login", "Origin: $own|User-Agent: Mozilla/5.0", 200, true},
	{"its own link without it", "GET", "/prefs?name=currency&value=EUR", "Referer: $own/|User-Agent: Mozilla/5.0", 200, true},
	{"typed without it", "GET", "/login", "User-Agent: Mozilla/5.0", 200, true},
	{"a link elsewhere to the front page", "GET", "/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Dest: document|Sec-Fetch-Mode: navigate", 200, true},
}

// unnamed are requests of which a browser does not say whether a page led to them.
var unnamed = []sent{
	{"typed, or redirected to by what was typed", "GET", "/prefs?name=sid&value=x", "Sec-Fetch-Site: none|Sec-Fetch-Dest: document|User-Agent: Mozilla/5.0", 403, false},
	{"the same with a script", "GET", "/search?q=%3Cscript%3E&x=\"><script>", "Sec-Fetch-Site: none|Sec-Fetch-Dest: document", 403, false},
	{"an img without its referrer, or typed without Sec-Fetch-Site", "GET", "/prefs?name=sid&value=x", "User-Agent: Mozilla/5.0", 403, false},
}

// TestTargetAsks: what nobody vouches for is asked about, on a page that no other
// site can frame, and goes on from there.
func TestTargetAsks(t *testing.T) {
	_, at := listening(t, "signed-id", "none")
	for _, s := range unnamed {
		r, err := http.NewRequest(s.method, at.base, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(s.path, "?")
		for line := range strings.SplitSeq(s.header, "|") {
			name, value, _ := strings.Cut(line, ": ")
			r.Header.Set(name, value)
		}
		res, err := dialing(at.Addr()).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		link := `<a href="` + html.EscapeString(s.path) + `">`
		if res.StatusCode != s.status || res.Header["Set-Cookie"] != nil || !bytes.Contains(page, []byte(link)) || bytes.Contains(page, []byte("<script")) {
			t.Errorf("%s: %s, %s\nwant a link %s in\n%s", s.says, res.Status, res.Header["Set-Cookie"], link, page)
		}
		if res.Header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: another site can frame it: %v", s.says, res.Header)
		}
		answers(t, at, []sent{{s.says + ", and the link clicked", "GET", s.path, "Sec-Fetch-Site: same-origin|Sec-Fetch-Dest: document|Referer: $own" + s.path, 200, strings.HasPrefix(s.path, "/prefs")}})
	}
}

// TestTargetRefuses plays the website that attacks who runs a target.
func TestTargetRefuses(t *testing.T) {
	own, err := listen("", false, func(a *net.TCPAddr) (net.Listener, error) { a.Port = 0; return listenTCP(a) })
	if err != nil {
		t.Fatal(err)
	}
	_, shared := listening(t, "signed-id", "none")
	p, _ := server.ByID("signed-id")
	serving(t, own, guard{next: New(p, 0)}, ordinary)
	for _, at := range []Place{own, shared} {
		answers(t, at, attacking)
		answers(t, at, rebinding)
		answers(t, at, honest)
	}
	answers(t, shared, []sent{{"an address that others share", "GET", "/", "Host: " + shared.Addr().String(), 421, false}})
}

// TestTargetCrossSite: asked for, other sites' requests reach the shop; other names
// never do.
func TestTargetCrossSite(t *testing.T) {
	at, err := listen("127.0.0.1:0", false, listenTCP)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := server.ByID("signed-id")
	serving(t, at, guard{next: New(p, 0), crossSite: true}, ordinary)
	answers(t, at, rebinding)
	answers(t, at, honest)
	for _, s := range append(unnamed, attacking...) {
		switch {
		case strings.HasPrefix(s.path, "/profile"):
			s.status = 401
		case strings.HasPrefix(s.path, "/search"):
			s.status = 200
		default:
			s.status, s.planted = 200, true
		}
		answers(t, at, []sent{s})
	}
}

func TestHostOf(t *testing.T) {
	for _, test := range []struct {
		ip   string
		port int
		host string
	}{
		{"127.70.105.120", 8080, "127.70.105.120:8080"},
		{"::ffff:127.70.105.120", 80, "127.70.105.120:80"},
		{"127.0.0.1", 8080, "fixlab.localhost:8080"},
		{"::1", 8080, "fixlab.localhost:8080"},
		{"0.0.0.0", 80, "fixlab.localhost:80"},
		{"192.0.2.1", 8080, "192.0.2.1:8080"},
		{"2001:db8::1", 8080, "[2001:db8::1]:8080"},
	} {
		if host := hostOf(&net.TCPAddr{IP: net.ParseIP(test.ip), Port: test.port}); host != test.host {
			t.Errorf("%s port %d: %s, want %s", test.ip, test.port, host, test.host)
		}
	}
}

// TestTargetPlace: where a target listens, on a machine with and without the address
// that it takes by default, and what its banner says.
func TestTargetPlace(t *testing.T) {
	without := func(a *net.TCPAddr) (net.Listener, error) {
		if !a.IP.Equal(net.IPv4(127, 0, 0, 1)) {
			return nil, &net.OpError{Op: "listen", Err: syscall.EADDRNOTAVAIL}
		}
		return bound{a}, nil
	}
	with := func(a *net.TCPAddr) (net.Listener, error) { return bound{a}, nil }
	for _, test := range []struct {
		addr    string
		exposed bool
		open    func(*net.TCPAddr) (net.Listener, error)
		says    string // parts of the banner, joined by "|"
		not     string // what it must not say
	}{
		{"", false, with, "\nhttp://127.70.105.120:8080\n|deliberately vulnerable|loopback only, at 127.70.105.120:8080|the network cannot|use nothing else|Ctrl-C here, or kill 7, ends it", "EVERYBODY"},
		{"", false, without, "\nhttp://fixlab.localhost:8080\n|This machine has no address 127.70.105.120, so it listens on 127.0.0.1.|shares that address's cookies", "EVERYBODY"},
		{"127.0.0.1:81", false, with, "\nhttp://fixlab.localhost:81\n|shares that address's cookies", "has no address"},
		{"0.0.0.0:82", true, with, "\nhttp://fixlab.localhost:82\n|EVERYBODY who reaches this machine's network can reach it, at 0.0.0.0:82", "loopback only"},
		{"192.0.2.1:83", true, with, "\nhttp://192.0.2.1:83\n|EVERYBODY", "fixlab.localhost"},
	} {
		at, err := listen(test.addr, test.exposed, test.open)
		if err != nil {
			t.Errorf("%q: %v", test.addr, err)
			continue
		}
		p, _ := server.ByID("signed-id")
		banner := New(p, 0).Banner(at, 7)
		for part := range strings.SplitSeq(test.says, "|") {
			if !strings.Contains(banner, part) {
				t.Errorf("%q: no %q in\n%s", test.addr, part, banner)
			}
		}
		if strings.Contains(banner, test.not) {
			t.Errorf("%q: %q in\n%s", test.addr, test.not, banner)
		}
		at.CrossSite = true
		if banner := New(p, defence.Rotate).Banner(at, 7); !strings.Contains(banner, "Pages of OTHER SITES may use all of it") {
			t.Errorf("%q with -cross-site:\n%s", test.addr, banner)
		}
	}
	if _, err := listen("192.0.2.1:84", true, without); err == nil {
		t.Error("an address that was given and is not there is no error")
	}
}

// bound is a listener that nobody reaches, at an address.
type bound struct{ at *net.TCPAddr }

func (b bound) Accept() (net.Conn, error) { return nil, net.ErrClosed }
func (b bound) Addr() net.Addr            { return b.at }
func (b bound) Close() error              { return nil }
