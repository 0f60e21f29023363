package cookie

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// HSTS is what a browser knows of hosts that want https only (RFC 6797). The
// zero HSTS knows none.
type HSTS struct {
	hosts []hstsHost
}

type hstsHost struct {
	name string
	subs bool
	ends time.Time
}

// Note takes the Strict-Transport-Security header of a response from u. Over
// plain http, from an address, and when it cannot be read, it counts for
// nothing; max-age=0 forgets the host. Of several in one response only the first
// is to be noted (RFC 6797 8.1).
func (h *HSTS) Note(now time.Time, u *url.URL, header string) {
	host := hstsName(u)
	age, subs, ok := parseHSTS(header)
	if u.Scheme != "https" || host == "" || isIP(host) || !ok {
		return
	}
	h.hosts = slices.DeleteFunc(h.hosts, func(k hstsHost) bool { return k.name == host })
	if age > 0 {
		h.hosts = append(h.hosts, hstsHost{host, subs, now.Add(age)})
	}
}

// Upgrade returns the URL that a browser asks for in place of u: u itself, or
// its https twin when its host is known (RFC 6797 8.3).
func (h *HSTS) Upgrade(now time.Time, u *url.URL) *url.URL {
	if u.Scheme != "http" || !h.known(now, hstsName(u)) {
		return u
	}
	return withTLS(u)
}

func (h *HSTS) known(now time.Time, host string) bool {
	return slices.ContainsFunc(h.hosts, func(k hstsHost) bool {
		return now.Before(k.ends) && (k.name == host || k.subs && covers(k.name, host))
	})
}

// Clone returns a copy that changes apart from h.
func (h *HSTS) Clone() *HSTS { return &HSTS{slices.Clone(h.hosts)} }

// HTTPSFirst returns the URL that the browser tries first in place of u, for a
// navigation of the top-level document: u itself, or in Chromium its https twin
// when u is plain http on the usual port and its host has a public name, which a
// public suffix like co.uk is too, a top-level domain alone not. If that cannot
// be reached the browser falls back to u. Firefox was observed with its own
// HTTPS-First off.
func (r Rules) HTTPSFirst(u *url.URL, method string) *url.URL {
	host := hstsName(u)
	dot := strings.LastIndexByte(host, '.')
	if traits[r]&httpsFirst == 0 || u.Scheme != "http" || u.Port() != "" && u.Port() != "80" || method != "" && method != "GET" ||
		isIP(host) || dot < 0 || !isPublicTLD(host[dot+1:]) {
		return u
	}
	return withTLS(u)
}

// withTLS returns the https twin of u. Port 80 becomes the usual one, any
// other stays (RFC 6797 8.3 step 5).
func withTLS(u *url.URL) *url.URL {
	s := *u
	s.Scheme = "https"
	s.Host = strings.TrimSuffix(s.Host, ":80")
	return &s
}

func hstsName(u *url.URL) string { return strings.TrimSuffix(hostOf(u), ".") }

// parseHSTS reads the header's directives (RFC 6797 6.1): max-age is required,
// unknown ones are skipped; one given twice or against the grammar voids it all.
// Chromium remembers for a year at most.
func parseHSTS(header string) (age time.Duration, subs, ok bool) {
	const year = 365 * 24 * time.Hour
	var hasAge bool
	for header != "" {
		var d string
		if d, header = cutDirective(header); trim(d) == "" {
			continue
		}
		name, value, hasValue := strings.Cut(d, "=")
		name, value = trim(name), trim(value)
		inner, quoted := unquote(value)
		if !IsToken(name) || hasValue && !quoted && !IsToken(value) {
			return 0, false, false
		}
		switch {
		case fold(name, "max-age"):
			n, rest, good := digits(inner, len(inner))
			if hasAge || !good || rest != "" {
				return 0, false, false
			}
			hasAge, age = true, year
			if n < int(year/time.Second) {
				age = time.Duration(n) * time.Second
			}
		case fold(name, "includesubdomains"):
			if subs || hasValue {
				return 0, false, false
			}
			subs = true
		}
	}
	return age, subs, hasAge
}

// cutDirective cuts s at the first semicolon that is not quoted.
func cutDirective(s string) (d, rest string) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// unquote takes the quotes off s, if it is a quoted string (RFC 9110 5.6.4, without
// escapes).
func unquote(s string) (inner string, quoted bool) {
	if len(s) > 1 && s[0] == '"' && strings.IndexByte(s[1:], '"') == len(s)-2 {
		return s[1 : len(s)-1], true
	}
	return s, false
}

// IsToken reports whether s is a token (RFC 9110 5.6.2).
func IsToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c > '~' || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
