package audit

import (
	"slices"
	"strings"

	"fixlab/lab/audit/token"
	"fixlab/lab/sign"
)

// A carrier is a cookie that may be the session, or several that only count together.
type carrier struct {
	names []string
	token token.Token // of the value after the login, or the last one
}

// value is what the browser holds of a carrier's cookies: the value of one, a pair as
// token.Recognise reads it, and a token that was cut in two in one piece. "" where the first
// is not there.
func (c carrier) value(of func(name string) string) string {
	first := of(c.names[0])
	if first == "" || len(c.names) == 1 || of(c.names[1]) == "" {
		return first
	}
	if second := c.names[1]; strings.HasSuffix(second, ".sig") {
		return c.names[0] + "=" + first + "; " + second + "=" + of(second)
	}
	return first + "." + of(c.names[1])
}

func (c carrier) title() string {
	names := make([]string, len(c.names))
	for i, n := range c.names {
		names[i] = printable(n, 60)
	}
	return strings.Join(names, " and ")
}

// maxCarriers bounds how many cookies are taken for the session.
const maxCarriers = 8

// carriers returns the cookies that look like the session: those that are recognised by
// shape and name; where there are none, those that go to private pages, or to the pages
// after the login, and look like an id or were set at the login. why says which.
func (v *view) carriers() (list []carrier, sure bool, why string) {
	at := len(v.own) - 1
	if v.login.from >= 0 {
		at = v.login.to
	}
	all := v.grouped(at)
	for _, c := range all {
		if len(list) < maxCarriers && c.token.Role == token.Session && !v.idle(c) {
			list = append(list, c)
		}
	}
	if len(list) > 0 {
		return list, true, "Shape and name are those of a session. Whether the server lets in by it alone, a recording cannot show."
	}
	if v.login.from < 0 {
		return nil, false, ""
	}
	for _, want := range []struct {
		fits func(c carrier) bool
		why  string
	}{
		{func(c carrier) bool { return v.reaches(c, true) && likeID(c.token) }, "A guess: it goes to the private page and looks like an id. Its name and shape are not those of a known session."},
		{func(c carrier) bool { return v.reaches(c, false) && likeID(c.token) }, "A guess: it goes to the pages after the login and looks like an id. Its name and shape are not those of a known session."},
		{func(c carrier) bool { return v.reaches(c, false) && v.setIn(c, v.login) }, "A guess: the login set it, and it goes to the pages after it. It does not look like an id."},
	} {
		for _, c := range all {
			if len(list) < maxCarriers && (c.token.Role == token.Unknown || c.token.Role == token.LoginState) && want.fits(c) {
				list = append(list, c)
			}
		}
		if len(list) > 0 {
			return list, false, want.why
		}
	}
	return nil, false, ""
}

func likeID(t token.Token) bool {
	return token.LooksLikeID(t.ID) || t.Signed || t.Sealed || t.Payload != "" && len(t.IDs()) > 0
}

// idle reports whether a cookie is gone at the login and does not come back: a leftover.
func (v *view) idle(c carrier) bool {
	if v.login.from < 0 {
		return false
	}
	return v.landed(c.names[0], v.login) == "" && v.before(c.names[0], v.login.from) == ""
}

// reaches reports whether a cookie is sent after the login: to a private page, or to any.
func (v *view) reaches(c carrier, private bool) bool {
	end := len(v.own)
	if v.logout >= 0 {
		end = v.logout
	}
	for i := v.login.from + 1; i < end; i++ {
		if _, sent := v.own[i].sent[c.names[0]]; sent && (!private || v.private(i)) {
			return true
		}
	}
	return false
}

func (v *view) setIn(c carrier, s span) bool {
	for i := s.from; i <= s.to; i++ {
		if value := v.own[i].set[c.names[0]]; value != "" {
			return true
		}
	}
	return false
}

// grouped returns the site's cookies with what they were recognised as at an exchange:
// NAME and NAME.sig as one, and a JWT whose signature lies in a cookie of its own as one.
func (v *view) grouped(at int) []carrier {
	latest := func(name string) string {
		if s := v.after(name, at); s != "" {
			return s
		}
		for _, h := range slices.Backward(v.history[name]) {
			if h.value != "" {
				return h.value
			}
		}
		return ""
	}
	partner := map[string]string{}
	for _, name := range v.names {
		if of, ok := token.SignatureOf(name, latest(name)); ok && slices.Contains(v.names, of) {
			partner[of] = name
		}
	}
	halves := 0
	for _, name := range v.names {
		if v.token(name, latest(name)).Format != "JWT without its signature" || halves == maxCarriers {
			continue
		}
		halves++
		for _, other := range v.names {
			if s := latest(other); other != name && (len(s) == 43 || len(s) == 64 || len(s) == 86 || len(s) == 342) && sign.Only(s, sign.URLDigits) && v.together(name, other) {
				partner[name] = other
			}
		}
	}
	var list []carrier
	for _, name := range v.names {
		if slices.ContainsFunc(v.names, func(of string) bool { return partner[of] == name }) {
			continue
		}
		c := carrier{names: []string{name}}
		if p := partner[name]; p != "" {
			c.names = append(c.names, p)
		}
		c.token = v.token(name, c.value(latest))
		list = append(list, c)
	}
	return list
}

// together reports whether two cookies were set by one answer.
func (v *view) together(a, b string) bool {
	return slices.ContainsFunc(v.own, func(o seenExchange) bool { return o.set[a] != "" && o.set[b] != "" })
}
