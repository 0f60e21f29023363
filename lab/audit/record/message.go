package record

import (
	"net/url"
	"strings"

	"fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// ask gives an exchange its request, and reports whether the URL is one. A password in the
// URL is noted.
func (x *item) ask(method, address string) bool {
	u, ok := cookie.ParseURL(nil, address)
	if !ok || u.Host == "" {
		return false
	}
	x.Method = method
	if len(method) > 32 || !cookie.IsToken(method) {
		x.Method = "GET"
	}
	if u.User != nil {
		if p, _ := u.User.Password(); p != "" {
			x.secrets = append(x.secrets, "URL, before the host")
		}
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(part, "=")
		if name = unplus(name); value != "" && audit.PasswordField(name) {
			x.secrets = append(x.secrets, "query "+shown(name))
		}
	}
	x.URL = bareURL(u)
	return true
}

// locate gives an exchange the Location of its answer.
func (x *item) locate(location string) {
	if location == "" {
		return
	}
	base, _ := cookie.ParseURL(nil, x.URL) // nil without one: then only an absolute one is read
	if u, ok := cookie.ParseURL(base, location); ok && u.Host != "" {
		x.Location = bareURL(u)
	}
}

// bareURL is u without user, fragment and the values of its query and of the parameters of
// its path (";jsessionid="), their names kept.
func bareURL(u *url.URL) string {
	var b strings.Builder
	b.WriteString(u.Scheme + "://" + u.Host)
	path := u.EscapedPath()
	if u.RawPath != "" {
		path = u.RawPath
	}
	for i, part := range strings.Split(path, ";") {
		if i == 0 {
			b.WriteString(part)
			continue
		}
		name, value, has := strings.Cut(part, "=")
		_, rest, more := strings.Cut(value, "/")
		if b.WriteString(";" + name); has {
			b.WriteString("=")
		}
		if more {
			b.WriteString("/" + rest)
		}
	}
	if u.RawQuery != "" {
		b.WriteString("?")
		for i, part := range strings.Split(u.RawQuery, "&") {
			if i > 0 {
				b.WriteString("&")
			}
			if name, _, has := strings.Cut(part, "="); has {
				b.WriteString(name + "=")
			} else {
				b.WriteString(name)
			}
		}
	}
	s := b.String()
	if len(s) > maxValue {
		s, _, _ = strings.Cut(s, "?")
		s = s[:min(len(s), maxValue)]
	}
	return s
}

// authorization notes an Authorization header, and a password in it (RFC 7617).
func (x *item) authorization(value string) {
	x.Bearer = true
	if scheme, _, ok := strings.Cut(value, " "); ok && strings.EqualFold(scheme, "Basic") {
		x.secrets = append(x.secrets, "header Authorization")
	}
}

// pairs reads the value of a Cookie header (6265bis-22 5.8.3, as a server reads it).
func pairs(value string) (out []audit.Pair) {
	for part := range strings.SplitSeq(value, ";") {
		if part = strings.Trim(part, " \t"); part == "" {
			continue
		}
		name, v, ok := strings.Cut(part, "=")
		if !ok {
			name, v = "", part
		}
		out = append(out, audit.Pair{Name: strings.TrimRight(name, " \t"), Value: strings.TrimLeft(v, " \t")})
	}
	return out
}
