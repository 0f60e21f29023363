package audit

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"fixlab/lab/cookie"
)

// A Fate is what becomes of a value that somebody plants.
type Fate string

const (
	Lands     Fate = "lands"       // the request carries it, and no other value of the cookie
	Shadows   Fate = "shadows"     // the request carries it and the genuine one
	Stopped   Fate = "stopped"     // the request does not carry it
	CannotSay Fate = "cannot tell" // it hangs on the server, and Why says what would tell
)

// A Landing is a fate in one situation, with what decides it.
type Landing struct {
	Fate  Fate
	First bool   // of Shadows: the planted value is sent before the genuine one
	Rule  string // of Stopped, where a browser's rule did it: "host-prefix"
	Where string // where that rule is written: "6265bis-22 5.7 step 21"
	Why   string // a sentence; "" where nothing needs saying
}

// A Way is what one of the lab's routes comes to for a session's cookies in one browser.
type Way struct {
	Route    string  // its name in the lab: "sibling-https"
	Browser  string  // "Chromium" or "Firefox"
	Empty    Landing // the browser has no cookie of the site
	Beside   Landing // it has the genuine cookies
	Exchange int     // whose Set-Cookie line of the first cookie it was computed from; -1 where none was seen
}

// browsers are those that Routes plays.
var browsers = []struct {
	name  string
	rules cookie.Rules
}{{"Chromium", cookie.Chromium}, {"Firefox", cookie.Firefox}}

// Routes computes, with the lab's cookie jars, by which of the lab's routes somebody
// else could put values of hers into these very cookies, so that the login carries
// them: the routes in the lab's order, each once a browser. login is the place of the
// login in exchanges, -1 for none. Where several cookies are needed together, all of
// them must get there.
//
// How a cookie was set is taken from its last Set-Cookie line up to the answer of the
// login, or from its first after that. It is nil where there is no cookie to plant.
func Routes(exchanges []Exchange, session []string, login int) []Way {
	var places []place
	for _, name := range session {
		p, ok := placeOf(exchanges, name, login)
		if !ok {
			return nil
		}
		places = append(places, p)
	}
	if len(places) == 0 {
		return nil
	}
	var ways []Way
	for _, r := range routes {
		for _, b := range browsers {
			way := Way{Route: r.name, Browser: b.name, Exchange: places[0].at}
			for i, p := range places {
				p.rules = b.rules
				empty, beside := r.play(p, false), r.play(p, true)
				if i == 0 {
					way.Empty, way.Beside = empty, beside
				} else {
					way.Empty, way.Beside = worse(way.Empty, empty), worse(way.Beside, beside)
				}
			}
			ways = append(ways, way)
		}
	}
	return ways
}

// good orders landings by what they are worth to who plants.
func (l Landing) good() int {
	switch {
	case l.Fate == Lands:
		return 4
	case l.Fate == Shadows && l.First:
		return 3
	case l.Fate == Shadows:
		return 2
	case l.Fate == CannotSay:
		return 1
	}
	return 0
}

func worse(a, b Landing) Landing {
	if b.good() < a.good() {
		return b
	}
	return a
}

// A place is where a cookie lives: what an attack on it has to do with.
type place struct {
	rules  cookie.Rules
	name   string
	line   string       // the Set-Cookie line that set it; "" where none was seen
	at     int          // the exchange that has it, -1 for none
	set    *url.URL     // whose answer that was
	target *url.URL     // the request that should carry the planted value: the login
	own    cookie.Entry // what line reads as
	hsts   []hstsHeard  // what the browser was told
	cache  string       // Cache-Control beside line
	fields []string     // what the login posts
}

type hstsHeard struct {
	from   *url.URL
	header string
}

// began is when the genuine cookie is set: early enough that no expiry in a
// recording has passed, and late enough that 1970 has.
var began = time.Unix(365*24*60*60, 0).UTC()

// planted is the value that the routes plant.
const planted = "planted-by-somebody-else"

// placeOf gathers what is known of a cookie. It is not ok where no request and no
// answer has it, or the address cannot be read.
func placeOf(exchanges []Exchange, name string, login int) (p place, ok bool) {
	p.name, p.at = name, -1
	for i, x := range exchanges {
		u, good := cookie.ParseURL(nil, x.URL)
		if !good {
			continue
		}
		if x.HSTS != "" {
			p.hsts = append(p.hsts, hstsHeard{u, x.HSTS})
		}
		if i == login {
			p.target, p.fields = u, x.Fields
		}
		if p.set == nil && slices.ContainsFunc(x.Cookies, func(c Pair) bool { return c.Name == name }) {
			p.set = u
		}
		for _, line := range x.Set {
			e, read := cookie.Chromium.Read(began, line)
			if read && e.Name == name && e.Value != "" && (p.line == "" || i <= login) {
				p.line, p.at, p.set, p.own, p.cache = line, i, u, e, x.Cache
			}
		}
	}
	if p.target == nil || p.set != nil && p.target.Hostname() != p.set.Hostname() && !p.reaches() {
		p.target = p.set
	}
	return p, p.set != nil && p.target != nil
}

// reaches reports whether the genuine cookie is sent to the target.
func (p *place) reaches() bool {
	jar := &cookie.Jar{}
	jar.Set(began, p.set, p.line, cookie.Context{TopLevel: true})
	return slices.ContainsFunc(sent(jar, began.Add(time.Second), p.target), func(e *cookie.Entry) bool { return e.Name == p.name })
}

// sent is what the login carries: a form of the site's own posts it.
func sent(jar *cookie.Jar, now time.Time, to *url.URL) []*cookie.Entry {
	es, _ := jar.Get(now, to, cookie.Context{Method: "POST", TopLevel: true, Initiator: to.Scheme + "://" + to.Host})
	return es
}

// site is the domain that the host shares with its siblings: the shortest for which
// the jar lets the host set a cookie that other hosts get too. "" where there is
// none, as for an address and for localhost.
func (p *place) site() string {
	labels := strings.Split(p.target.Hostname(), ".")
	for n := len(labels) - 1; n >= 0; n-- {
		domain := strings.Join(labels[n:], ".")
		jar := &cookie.Jar{Rules: p.rules}
		if _, err := jar.Set(began, p.target, "probe=1; Domain="+domain, cookie.Context{TopLevel: true}); err != nil {
			continue
		}
		if all := jar.All(); len(all) == 1 && !all[0].HostOnly {
			return domain
		}
	}
	return ""
}

// sibling is a host of the site that is not the target's, over a scheme. nil: there
// can be none.
func (p *place) sibling(scheme, label string) *url.URL {
	domain := p.site()
	if domain == "" {
		return nil
	}
	for label+"."+domain == p.target.Hostname() {
		label += "2"
	}
	return &url.URL{Scheme: scheme, Host: label + "." + domain, Path: "/"}
}

// twin is the target's host with another scheme, or a path of its own.
func (p *place) twin(scheme, path string) *url.URL {
	u := *p.target
	if u.Path, u.RawPath, u.RawQuery = path, "", ""; scheme != "" && scheme != u.Scheme {
		u.Scheme, u.Host = scheme, hostOnly(u.Hostname())
	}
	return &u
}

// hostOnly is a host without its port, as it stands in a URL.
func hostOnly(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// paths are the paths that a planted cookie can have, the best first: the login's
// own, which is sent before shorter ones, the genuine cookie's, and the whole site.
func (p *place) paths() []string {
	all := []string{p.target.EscapedPath(), p.own.Path, "/"}
	return slices.Compact(slices.DeleteFunc(all, func(s string) bool { return !strings.HasPrefix(s, "/") }))
}
