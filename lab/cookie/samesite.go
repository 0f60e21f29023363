package cookie

import (
	"net/url"
	"strings"
)

// A reach says how far a request is from being the site's own: each step
// carries all that the steps below it carry, and more.
type reach int

const (
	crossSite  reach = iota // only SameSite=None
	laxUnsafe               // a cross-site top-level POST: and cookies without SameSite, while fresh
	lax                     // a cross-site top-level GET: and Lax
	strictSite              // the site itself, or the person: and Strict
)

// A view is a request as the rules see it, worked out once for all cookies.
type view struct {
	u       *url.URL
	host    string
	path    string
	port    uint16
	secure  bool // a trustworthy origin
	script  bool
	reach   reach
	offers  reach  // as reach, for what is set: redirects do not count
	topHost string // of the top-level document
	topTLS  bool
	loose   bool // sites have no scheme
	apart   bool // a document of another site lies between it and the top
	third   bool // the top-level document is of another site, whose jar this is, or the document that asks is in a sandbox
}

// look judges a request. It reports false for a URL that has no cookies.
func (j *Jar) look(u *url.URL, from Context) (v view, ok bool) {
	if u.Scheme != "https" && u.Scheme != "http" && !j.off(ruleScheme) {
		return v, false
	}
	v = view{u: u, host: hostOf(u), path: pathOf(u), port: portOf(u), secure: u.Scheme == "https", script: from.API == Script,
		loose: !j.has(schemeful)}
	if j.has(encodesBar) && strings.IndexByte(v.path, '|') >= 0 {
		v.path = strings.ReplaceAll(v.path, "|", "%7C")
	}
	v.topHost, v.topTLS = v.host, v.secure
	top := from.Top
	if top == "" && !from.TopLevel && !v.script {
		top = from.Initiator
	}
	if !from.TopLevel && top != "" {
		var host string
		v.topTLS, host = splitOrigin(top)
		v.topHost = host
	}
	for origin := range strings.SplitSeq(from.Between, " ") {
		v.apart = v.apart || origin != "" && !j.sameSite(origin, &v)
	}
	v.reach = j.reach(&v, from, top)
	v.offers = v.reach
	if j.has(taints) && from.via != "" && from.via != site(v.host) {
		v.reach = min(v.reach, lax)
		if !from.TopLevel {
			v.reach = crossSite
		} else if !safe(from.Method) {
			v.reach = laxUnsafe
		}
	}
	v.third = j.has(ownJars) && (v.foreign() || !from.TopLevel && from.Initiator == "null")
	if Loopback(v.host) && !j.off(ruleLoopback) {
		v.secure = true
	}
	return v, v.host != ""
}

// reach applies 6265bis-22 5.2, but for redirects: a request is same-site when
// both who started it and the document it is for are of the URL's site, scheme
// included. The hops of a redirect do not count here (see taints), only who started
// it; the method counts at each hop (5.6.7.1).
func (j *Jar) reach(v *view, from Context, top string) reach {
	own := func(origin string) bool { return origin == "" || j.sameSite(origin, v) }
	switch {
	case v.script:
		// 6265bis-22 5.8.2: a document in a cross-site frame is not of the site.
		if from.TopLevel || own(top) && !v.apart || j.off(ruleFrameScript) {
			return strictSite
		}
		return crossSite
	case from.TopLevel:
		switch {
		case own(from.Initiator):
			return strictSite
		case safe(from.Method) || j.off(ruleMethod):
			return lax
		}
		return laxUnsafe
	case own(top) && own(from.Initiator) && !v.apart:
		return strictSite
	}
	return crossSite
}

// safe reports whether a method only reads (RFC 9110 9.2.1).
func safe(method string) bool {
	switch method {
	case "", "GET", "HEAD", "OPTIONS", "TRACE":
		return true
	}
	return false
}

// sameSite reports whether origin and the request are of one site, scheme
// included (6265bis-22 5.2).
func (j *Jar) sameSite(origin string, v *view) bool {
	tls, host := splitOrigin(origin)
	if tls != (v.u.Scheme == "https") && !v.loose {
		return false
	}
	if host == v.host {
		return host != ""
	}
	// One site has its last two labels in common: most others end here.
	return host != "" && lastTwo(host) == lastTwo(v.host) && site(host) == site(v.host)
}

// lastTwo returns what stands behind the last dot but one.
func lastTwo(host string) string {
	at := strings.LastIndexByte(host, '.')
	if at > 0 {
		at = strings.LastIndexByte(host[:at], '.')
	}
	return host[at+1:]
}

// splitOrigin takes "https://host:port" apart. An opaque origin, as "null",
// has no host.
func splitOrigin(origin string) (tls bool, host string) {
	scheme, host, ok := strings.Cut(origin, "://")
	if !ok {
		return false, ""
	}
	if i := strings.IndexByte(host, '/'); i >= 0 {
		host = host[:i]
	}
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return scheme == "https", lower(host)
}

func portOf(u *url.URL) uint16 {
	if p := u.Port(); p != "" {
		n, _, _ := digits(p, len(p))
		return uint16(n)
	}
	if u.Scheme == "https" {
		return 443
	}
	return 80
}

// partition returns the key under which this request keeps partitioned
// cookies: the top-level site, and whether a cross-site frame lies between
// (CHIPS).
func (v *view) partition() (key string, ancestor bool) {
	scheme := "http://"
	if v.topTLS {
		scheme = "https://"
	}
	return scheme + site(v.topHost), v.foreign()
}

// foreign reports whether the top-level document or one between is of another site.
func (v *view) foreign() bool {
	return v.apart || v.topTLS != (v.u.Scheme == "https") && !v.loose || site(v.topHost) != site(v.host)
}

// inPartition reports whether e is in this request's partition. It allocates nothing.
func (v *view) inPartition(e *Entry) bool {
	tls, host := splitOrigin(e.Partition)
	return tls == v.topTLS && host == site(v.topHost) && e.ancestor == v.foreign()
}
