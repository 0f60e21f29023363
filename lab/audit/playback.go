package audit

import (
	"slices"
	"strings"

	"fixlab/lab/cookie"
)

// reachable are routes that show most, the best first.
var reachable = []string{"sibling-https", "network-subdomain", "network-redirect", "sibling-http", "xss-path", "xss", "header-injection", "shared-computer"}

// play is the lab's run that comes nearest: the profile of the session's format, the
// switches that were observed, and a route that plants this cookie.
func (v *view) play(r *Observed) string {
	if len(r.Session) == 0 {
		return ""
	}
	list := v.session
	i := slices.IndexFunc(list, func(c carrier) bool { return c.names[0] == r.Session[0] })
	if i < 0 || list[i].token.Profile == "" {
		return ""
	}
	var on []string
	add := func(when bool, name string) {
		if when {
			on = append(on, name)
		}
	}
	add(r.State == Replaced, "rotate")
	add(r.State == OnlyAtLogin, "lazy")
	name := r.Session[0]
	last, seen := v.last[name]
	e := last.entry
	low := strings.ToLower(name)
	host := strings.HasPrefix(low, "__host-")
	switch {
	case strings.HasPrefix(low, "__host-http-"):
		add(true, "host-http-prefix")
	case host:
		add(true, "host-prefix")
	case strings.HasPrefix(low, "__secure-"):
		add(true, "secure-prefix")
	}
	if seen && !v.rec.Lacks.Has(NoAttributes) {
		add(e.HTTPOnly, "httponly")
		add(e.Secure, "secure")
		add(e.SameSite == cookie.Lax, "lax")
		add(e.SameSite == cookie.Strict, "samesite-strict")
		add(e.Domain != "" && !host, "domain-cookie")
	}
	hsts := ""
	for i, x := range v.rec.Exchanges {
		if v.own[i].ours && v.own[i].url.Scheme == "https" && x.HSTS != "" {
			if hsts = "hsts"; strings.Contains(strings.ToLower(x.HSTS), "includesubdomains") {
				hsts = "hsts-subdomains"
				break
			}
		}
	}
	add(hsts != "", hsts)
	if len(on) == 0 {
		on = []string{"none"}
	}
	words := list[i].token.Profile
	if route := reaching(r.Routes); route != "sibling-https" && route != "" { // the lesson's own
		words += "+" + route
	}
	if r.State == OnlyAtLogin {
		words += "+own" // her own, logged in, is what there is to plant
	}
	return "any-route/" + strings.Join(on, "+") + "@" + words
}

// reaching is the first of the reachable routes by which a value gets to the login in
// Chromium, beside the genuine cookie or else on an empty jar; "" where none is known.
func reaching(ways []Way) string {
	for _, beside := range []bool{true, false} {
		for _, name := range reachable {
			if slices.ContainsFunc(ways, func(w Way) bool {
				l := w.Beside
				if !beside || l.Fate == CannotSay {
					l = w.Empty
				}
				return w.Route == name && w.Browser == "Chromium" && l.good() >= 3
			}) {
				return name
			}
		}
	}
	return ""
}

// command is the line that would tell what the recording does not. Names of accounts and of
// the variables with their passwords are to be filled in.
func (v *view) command() string {
	if v.login.from < 0 || v.moment[v.login.from] == Callback {
		return ""
	}
	u := v.own[v.login.from].url
	args := []string{"fixlab", "audit", quote(u.Scheme + "://" + u.Host), "-login", quote(u.EscapedPath()), "-as", "alice:env:PW_A", "-and", "mallory:env:PW_B"}
	private := v.shownPath()
	if private == "" {
		private = "/PRIVATE"
	}
	args = append(args, "-private", quote(private))
	if page := v.begins(); page >= 0 {
		args = append(args, "-start", quote(v.own[page].url.EscapedPath()))
	}
	if h := v.host; !cookie.Loopback(h) {
		args = append(args, "-i-may-test", quote(h))
	}
	return strings.Join(args, " ")
}

// begins is the exchange in which the session begins where that is not the first page: an
// audit must be told. -1 where it need not.
func (v *view) begins() int {
	list := v.session
	if len(list) == 0 || v.login.from < 0 {
		return -1
	}
	name := list[0].names[0]
	first := v.firstSet(name)
	if v.before(name, v.login.from) == "" || first <= v.firstOwn() || first >= v.login.from || v.rec.Exchanges[first].Method != "GET" || v.own[first].url.Path == v.own[v.login.from].url.Path {
		return -1
	}
	return first
}

// quote quotes a word for a POSIX shell where it needs it. Characters that a shell or a
// terminal acts on even so are left out.
func quote(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, printable(s, 200))
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/:.-_%", r)) {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}
