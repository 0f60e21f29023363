package audit

import (
	"net/url"
	"slices"
	"strings"

	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// Grades of a guess that an exchange is a login.
const (
	noLogin = iota
	maybeLogin
	likelyLogin
	sureLogin
)

// grade says how much an exchange looks like a login: it posts a password; it is called
// one and posts something; or it returns from a login elsewhere.
func (v *view) grade(i int) int {
	x, u := v.rec.Exchanges[i], v.own[i].url
	if u == nil {
		return noLogin
	}
	posts := x.Method == "POST" || x.Method == "PUT" || x.Method == "PATCH"
	switch passwords := count(x.Fields, PasswordField); {
	case posts && passwords == 1:
		return sureLogin
	case posts && passwords > 1: // a sign-up, or a change of the password
		return likelyLogin
	case posts && LoginWord(u.Path):
		return likelyLogin
	case isCallback(x, u):
		return maybeLogin
	}
	return noLogin
}

// MayBeLogin reports whether an exchange can be named as the login: it posts something, or
// comes back from a login elsewhere.
func MayBeLogin(x Exchange) bool {
	switch x.Method {
	case "GET":
		u, ok := cookie.ParseURL(nil, x.URL)
		return ok && isCallback(x, u)
	case "HEAD", "OPTIONS", "":
		return false
	}
	return true
}

func count(list []string, is func(string) bool) (n int) {
	for _, s := range list {
		if is(s) {
			n++
		}
	}
	return n
}

// isCallback reports whether an exchange comes back from a login elsewhere: OAuth and
// OpenID Connect (code and state), CAS (ticket), SAML (SAMLResponse), WS-Federation.
func isCallback(x Exchange, u *url.URL) bool {
	q := u.Query()
	return q.Has("code") && q.Has("state") || q.Has("ticket") && anyWord(u.Path, "cas login callback sso") ||
		slices.Contains(x.Fields, "SAMLResponse") || slices.Contains(x.Fields, "wresult") || slices.Contains(x.Fields, "id_token")
}

// anyWord reports whether a path has one of the words in it, written with or without
// separators.
func anyWord(path, words string) bool {
	low := strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(path))
	return slices.ContainsFunc(strings.Fields(words), func(w string) bool { return strings.Contains(low, w) })
}

// failedLogin reports whether the answer to a login says that it did not go through: it is
// an error, or it leads back to where the login was posted.
func failedLogin(x Exchange, u *url.URL) bool {
	if x.Status >= 400 {
		return true
	}
	to, ok := cookie.ParseURL(u, x.Location)
	return ok && x.Location != "" && x.Status >= 300 && to.Path == u.Path && !isCallback(x, u)
}

func isLogout(x Exchange, u *url.URL) bool {
	return LogoutWord(u.Path) || x.Method == "DELETE" && anyWord(u.Path, "session")
}

// isFactor reports whether an exchange posts a second factor. A field called code may be a
// coupon's: then the path must speak of a login.
func isFactor(x Exchange, u *url.URL) bool {
	about := anyWord(u.Path, "otp mfa 2fa factor verif challenge login signin auth")
	return x.Method == "POST" && slices.ContainsFunc(x.Fields, func(field string) bool {
		return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(field), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }), func(w string) bool {
			return slices.Contains(strings.Fields("otp totp mfa 2fa onetimepassword otpcode"), w) ||
				about && slices.Contains(strings.Fields("code passcode tan pin authenticator verificationcode token"), w)
		})
	})
}

// find marks the moments of the recording: the login that was named or the first that is
// the surest and went through, the next one, and the first logout after it.
func (v *view) find() {
	first := v.opt.Login
	if first < 0 || first >= len(v.own) || !v.own[first].ours {
		first = v.guess()
	}
	grade := maybeLogin
	if first >= 0 {
		grade = max(v.grade(first), maybeLogin)
		v.login = v.follow(first)
	}
	for i, x := range v.rec.Exchanges {
		o := v.own[i]
		switch {
		case !o.ours:
		case i == first:
			v.moment[i] = Login
			if v.grade(i) == maybeLogin {
				v.moment[i] = Callback
			}
		case isLogout(x, o.url):
			v.moment[i] = Logout
			if v.logout < 0 && first >= 0 && i > v.login.to {
				v.logout = i
			}
		case v.grade(i) >= grade && failedLogin(x, o.url):
			v.moment[i] = LoginFailed
		case v.grade(i) >= grade && first >= 0 && i > v.login.to:
			v.moment[i] = LoginAgain
			if v.again.from < 0 {
				v.again = v.follow(i)
			}
		case i > v.login.from && i <= v.login.to && isFactor(x, o.url):
			v.moment[i] = SecondFactor
		}
	}
	v.findPages()
}

// guess returns the first exchange of the best grade that went through, -1 for none.
func (v *view) guess() int {
	for _, grade := range []int{sureLogin, likelyLogin, maybeLogin} {
		for i, x := range v.rec.Exchanges {
			if v.own[i].ours && v.grade(i) == grade && !failedLogin(x, v.own[i].url) && !isLogout(x, v.own[i].url) {
				return i
			}
		}
	}
	return -1
}

// maxHops is how many redirects a login is followed over.
const maxHops = 20

// follow returns the exchanges of a login: it, where its redirects lead, and a second
// factor among the next requests, with its own.
func (v *view) follow(i int) span {
	s := span{i, v.hops(i)}
	for k, seen := s.to+1, 0; k < len(v.own) && seen < 12; k++ {
		if !v.own[k].ours {
			continue
		}
		seen++
		x := v.rec.Exchanges[k]
		u := v.own[k].url
		if isFactor(x, u) && v.grade(k) < sureLogin && !failedLogin(x, u) {
			s.to = v.hops(k)
			break
		}
		if isLogout(x, u) || v.grade(k) >= likelyLogin && !isFactor(x, u) {
			break
		}
	}
	return s
}

func (v *view) hops(i int) int {
	for range maxHops {
		x := v.rec.Exchanges[i]
		to, ok := cookie.ParseURL(v.own[i].url, x.Location)
		if !ok || x.Location == "" || x.Status < 300 || x.Status > 399 {
			return i
		}
		next := -1
		for k := i + 1; k < len(v.own) && k < i+200; k++ {
			if u := v.own[k].url; v.own[k].ours && u.Host == to.Host && u.Path == to.Path {
				next = k
				break
			}
		}
		if next < 0 {
			return i
		}
		i = next
	}
	return i
}

// findPages takes the page that was named for a private one; else those that open after
// the login and did not before it, or after the logout.
func (v *view) findPages() {
	if v.opt.Private != "" {
		path, _, _ := strings.Cut(v.opt.Private, "?")
		if u, ok := cookie.ParseURL(nil, path); ok {
			path = u.Path
		}
		v.pages[path] = true
		return
	}
	open, shut := map[string]bool{}, map[string]bool{}
	for i, x := range v.rec.Exchanges {
		o := v.own[i]
		if !o.ours || x.Method != "GET" || v.login.from < 0 {
			continue
		}
		in := i >= v.login.from && (v.logout < 0 || i < v.logout)
		switch {
		case in && x.Status >= 200 && x.Status < 300:
			open[o.url.Path] = true
		case !in && (x.Status == 401 || x.Status == 403 || x.Status >= 300 && x.Status < 400 && anyWord(x.Location, "login signin anmelden auth sso")):
			shut[o.url.Path] = true
		}
	}
	for path := range open {
		if shut[path] {
			v.pages[path] = true
		}
	}
}

// private reports whether an exchange opened a private page.
func (v *view) private(i int) bool {
	x, o := v.rec.Exchanges[i], v.own[i]
	return o.ours && v.pages[o.url.Path] && x.Status >= 200 && x.Status < 300
}

// shownPath is the path of a private page, "" for none: the first by name.
func (v *view) shownPath() string {
	best := ""
	for p := range v.pages {
		if best == "" || p < best {
			best = p
		}
	}
	return best
}

// printable is a text from outside as it can be shown, and no longer than that.
func printable(s string, most int) string {
	var b strings.Builder
	for part := range slices.Chunk([]rune(strings.ToValidUTF8(s, "·")), 40) {
		if b.Len() >= most {
			b.WriteRune('…')
			break
		}
		b.WriteString(token.Printable(string(part)))
	}
	return b.String()
}
