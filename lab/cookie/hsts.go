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
// when u is plain http on the usual port and its host has a public name. If that
// cannot be reached the browser falls back to u. Firefox was observed with its
// own HTTPS-First off.
func (r Rules) HTTPSFirst(u *url.URL, method string) *url.URL {
	host := hstsName(u)
	if traits[r]&httpsFirst == 0 || u.Scheme != "http" || u.Port() != "" && u.Port() != "80" || method != "" && method != "GET" ||
		isIP(host) || registrable(host) == "" || !isPublicTLD(host[strings.LastIndexByte(host, '.')+1:]) {
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
// unknown ones are skipped, and one given twice voids it all. Chromium
// remembers for a year at most.
func parseHSTS(header string) (age time.Duration, subs, ok bool) {
	const year = 365 * 24 * time.Hour
	var hasAge bool
	for d := range strings.SplitSeq(header, ";") {
		name, value, hasValue := strings.Cut(d, "=")
		name, value = trim(name), trim(value)
		switch {
		case fold(name, "max-age"):
			if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
				value = value[1 : len(value)-1]
			}
			n, rest, good := digits(value, len(value))
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
