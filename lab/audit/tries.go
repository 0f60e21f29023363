package audit

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/cookie"
)

// A try is one line that reaches a browser.
type try struct {
	from *url.URL // whose answer, or the document whose script
	line string
	how  cookie.Context
	fill bool // a script fills the jar first, a minute after the genuine cookie came
}

// A route is one of the lab's: see scenarios/routes, whose names these are.
type route struct {
	name  string
	tries func(p *place) []try    // the lines that somebody could try, as good as she can make them
	never string                  // why there are no tries, where there are none
	asks  func(p *place) *Landing // what the jar does not decide; nil, or returns nil: it does
	after func(p *place) *Landing // what is left to say where the value lands; nil: nothing
}

// elsewhere is a site of hers.
const elsewhere = "https://evil.test"

var (
	visit    = cookie.Context{TopLevel: true}
	linked   = cookie.Context{TopLevel: true, Initiator: elsewhere}
	scripted = cookie.Context{API: cookie.Script}
)

const noSibling = "The host shares no domain with another one: it is an address, localhost, or a public suffix."

var routes = []route{
	{name: "url-id", asks: says("Nobody can see in a recording whether the server takes an id from an address. Ask for a page with the id in its query, without the cookie.")},
	{name: "form-id", asks: says("Nobody can see in a recording whether the server takes an id from a form. Post one with a field that is called as the cookie is, without the cookie.")},
	{name: "header-injection", tries: func(p *place) (list []try) {
		for _, path := range p.paths() {
			for _, domain := range p.domains() {
				list = append(list, try{p.twin("", "/"), p.cookie(domain, path, "; HttpOnly"), linked, false})
			}
		}
		return list
	}},
	{name: "xss", tries: func(p *place) (list []try) {
		for _, domain := range p.domains() {
			list = append(list, try{p.twin("", "/"), p.cookie(domain, "/", ""), scripted, false})
		}
		return list
	}},
	{name: "xss-path", tries: func(p *place) (list []try) {
		for _, domain := range p.domains() {
			list = append(list, try{p.twin("", "/"), p.cookie(domain, p.paths()[0], ""), scripted, false})
		}
		return list
	}},
	{name: "xss-overflow", tries: func(p *place) (list []try) {
		for _, domain := range p.domains() {
			list = append(list, try{p.twin("", "/"), p.cookie(domain, "/", ""), scripted, true})
		}
		return list
	}},
	{name: "sibling-https", never: noSibling, tries: siblings("https", "blog", visit)},
	{name: "sibling-script", never: noSibling, tries: siblings("https", "blog", scripted)},
	{name: "sibling-http", never: noSibling, tries: siblings("http", "forum", visit)},
	{name: "network-redirect", tries: func(p *place) (list []try) {
		for _, path := range p.paths() {
			list = append(list, try{p.twin("http", "/"), p.plain("", path), cookie.Context{TopLevel: true, Initiator: "http://news.example"}, false})
		}
		return list
	}},
	{name: "network-subdomain", never: noSibling, tries: siblings("http", "invented", cookie.Context{TopLevel: true, Initiator: "http://news.example"})},
	{name: "network-img", tries: func(p *place) []try {
		return []try{{p.twin("http", "/pixel"), p.plain("", "/"), cookie.Context{Initiator: "http://news.example", Top: "http://news.example"}, false}}
	}},
	{name: "shared-computer", asks: func(*place) *Landing {
		return &Landing{Fate: Lands, Why: "Who sits at the browser writes into its jar whatever she likes."}
	}},
	{name: "shared-cache", asks: cacheSays},
	{name: "login-csrf", tries: loginForm(cookie.Context{Method: "POST", TopLevel: true, Initiator: elsewhere}), after: csrfSays},
	{name: "login-csrf-frame", tries: loginForm(cookie.Context{Method: "POST", Initiator: elsewhere, Top: elsewhere}), after: csrfSays},
	{name: "nameless", never: noSibling, tries: renamed("=")},
	{name: "unicode-prefix", never: noSibling, tries: renamed("\u00a0"), after: says("The browser sends a cookie whose name begins with a blank of Unicode. Whether the server takes the blank off is not to be seen here; send it one.")},
	{name: "cross-site", tries: func(p *place) []try {
		evil, _ := url.Parse(elsewhere + "/")
		domain := p.target.Hostname()
		return []try{
			{evil, p.cookie(domain, "/", ""), visit, false},
			{evil, p.cookie(domain, "/", ""), scripted, false},
		}
	}},
}

func says(why string) func(*place) *Landing {
	return func(*place) *Landing { return &Landing{Fate: CannotSay, Why: why} }
}

// cookie is a line of hers, Secure where the site is.
func (p *place) cookie(domain, path, more string) string {
	if p.target.Scheme == "https" {
		more += "; Secure"
	}
	return p.plain(domain, path) + more
}

func (p *place) plain(domain, path string) string {
	line := p.name + "=" + planted + "; Path=" + path
	if domain != "" {
		line += "; Domain=" + domain
	}
	return line
}

// domains are those that a line from the host itself can have: none, and the genuine
// cookie's.
func (p *place) domains() []string {
	if p.own.Domain == "" {
		return []string{""}
	}
	return []string{"", p.own.Domain}
}

// fill is a line that only takes room in the jar.
func (p *place) fill(i int) string {
	filler := place{name: "fill" + strconv.Itoa(i), target: p.target}
	return filler.cookie("", "/", "; Max-Age=600")
}

func siblings(scheme, label string, how cookie.Context) func(*place) []try {
	return func(p *place) (list []try) {
		from := p.sibling(scheme, label)
		if from == nil {
			return nil
		}
		for _, path := range p.paths() {
			line := p.plain(p.site(), path)
			if scheme == "https" {
				line = p.cookie(p.site(), path, "")
			}
			list = append(list, try{from, line, how, false})
		}
		return list
	}
}

// renamed is a sibling's line with something before the name.
func renamed(before string) func(*place) []try {
	return func(p *place) []try {
		list := siblings("https", "blog", visit)(p)
		for i := range list {
			list[i].line = before + list[i].line
		}
		return list
	}
}

// loginForm is the site's own answer to a login that another site sent off: the
// cookie is set as the site sets it, and is that of her own account.
func loginForm(how cookie.Context) func(*place) []try {
	return func(p *place) []try {
		_, attributes, _ := strings.Cut(p.line, ";")
		return []try{{p.set, p.name + "=" + planted + ";" + attributes, how, false}}
	}
}

func csrfSays(p *place) *Landing {
	why := "The browser keeps the cookie. Whether the server takes a login that another site sends is not to be seen here; post one with an Origin of another site and without the anti-CSRF token."
	if i := slices.IndexFunc(p.fields, func(f string) bool {
		low := strings.ToLower(f)
		return strings.Contains(low, "csrf") || strings.Contains(low, "xsrf") || strings.Contains(low, "authenticity") || strings.Contains(low, "verificationtoken")
	}); i >= 0 {
		why = "The browser keeps the cookie. The login posts a field that is called like an anti-CSRF token; whether the server looks at it, and ties it to the browser, is not to be seen here."
	}
	return &Landing{Fate: CannotSay, Why: why}
}

func cacheSays(p *place) *Landing {
	low := strings.ToLower(p.cache)
	switch {
	case p.line == "":
		return &Landing{Fate: CannotSay, Why: "The answer that set the cookie was not seen. Ask whether a cache in front of the site keeps answers with Set-Cookie."}
	case strings.Contains(low, "no-store"), strings.Contains(low, "private"):
		return &Landing{Fate: CannotSay, Why: "The answer that set the cookie tells caches not to keep it. A cache that was told to ignore this is not to be seen here."}
	}
	return &Landing{Fate: CannotSay, Why: "The answer that set the cookie does not tell caches to leave it: it has neither no-store nor private. Whether one is there and keeps it is not to be seen here; ask twice without a cookie and compare."}
}

// play tries a route on an empty jar, or on one with the genuine cookie in it, and
// returns what is best for who plants.
func (r *route) play(p place, beside bool) Landing {
	if r.asks != nil {
		return *r.asks(&p)
	}
	if beside && p.line == "" {
		return Landing{Fate: CannotSay, Why: "How the site sets the cookie was not seen."}
	}
	if (r.name == "login-csrf" || r.name == "login-csrf-frame") && p.line == "" {
		return Landing{Fate: CannotSay, Why: "How the site sets the cookie was not seen."}
	}
	var best *Landing
	for _, t := range r.tries(&p) {
		if l := t.play(&p, beside); best == nil || best.good() < l.good() {
			best = &l
		}
	}
	switch {
	case best == nil:
		return Landing{Fate: Stopped, Why: r.never}
	case r.after != nil && best.good() > 0:
		return *r.after(&p)
	}
	return *best
}

// overflow is how many cookies a script sets to have a browser throw others out.
const overflow = 200

func (t try) play(p *place, beside bool) Landing {
	jar, hsts, now := &cookie.Jar{Rules: p.rules}, cookie.HSTS{}, began
	for _, h := range p.hsts {
		hsts.Note(now, h.from, h.header)
	}
	if beside {
		if _, err := jar.Set(now, p.set, p.line, visit); err != nil {
			return Landing{Fate: CannotSay, Why: "The browser does not take the site’s own cookie: " + refusal(err).Why}
		}
	}
	now = now.Add(10 * time.Minute)
	if up := hsts.Upgrade(now, t.from); up != t.from {
		if !beside { // without a cookie of the site it may never have been there
			return Landing{Fate: CannotSay, Rule: "hsts", Where: "RFC 6797 8.3", Why: "The site sends Strict-Transport-Security for this host: a browser that has seen it asks over https, where she cannot answer. One on its first visit has not, unless it came with a list that has the site."}
		}
		return Landing{Fate: Stopped, Rule: "hsts", Where: "RFC 6797 8.3", Why: "The site sends Strict-Transport-Security for this host, and a browser that has seen it asks over https, where she cannot answer."}
	}
	if t.fill {
		for i := range overflow {
			jar.Set(now, t.from, p.fill(i), t.how)
		}
	}
	_, err := jar.Set(now, t.from, t.line, t.how)
	now = now.Add(time.Second)
	var values []string
	for _, e := range sent(jar, now, p.target) {
		switch {
		case e.Name == p.name, e.Name == "\u00a0"+p.name:
			values = append(values, e.Value)
		case e.Name == "" && strings.HasPrefix(e.Value, p.name+"="):
			values = append(values, strings.TrimPrefix(e.Value, p.name+"="))
		}
	}
	switch at := slices.Index(values, planted); {
	case at >= 0 && len(values) == 1:
		return Landing{Fate: Lands}
	case at >= 0:
		return Landing{Fate: Shadows, First: at == 0, Why: order(at == 0)}
	case err != nil:
		r := refusal(err)
		return Landing{Fate: Stopped, Rule: r.Rule, Where: r.Section, Why: r.Why}
	}
	for _, w := range jar.Withheld(now, p.target, cookie.Context{Method: "POST", TopLevel: true, Initiator: p.target.Scheme + "://" + p.target.Host}) {
		if w.Value == planted {
			return Landing{Fate: Stopped, Rule: w.Rule, Where: w.Section, Why: w.Why}
		}
	}
	return Landing{Fate: Stopped, Why: "The value does not stay in the jar."}
}

func order(first bool) string {
	if first {
		return "Both are sent, the planted one first: a server that reads the first cookie of a name takes it."
	}
	return "Both are sent, the genuine one first: a server that reads the last cookie of a name takes the planted one."
}

func refusal(err error) cookie.Refusal {
	var r *cookie.Refusal
	if errors.As(err, &r) {
		return *r
	}
	return cookie.Refusal{Why: err.Error()}
}
