package cookie

import (
	"net/url"
	"strings"
)

// hostOf returns the canonical host of u: lower case, no port, IPv6 in
// brackets (6265bis-22 5.1.2).
func hostOf(u *url.URL) string {
	host := lower(u.Hostname())
	if strings.IndexByte(host, ':') >= 0 {
		return "[" + host + "]"
	}
	return host
}

// lower lowers the letters of ASCII and allocates only when there is one to lower.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for k, c := range b {
				if 'A' <= c && c <= 'Z' {
					b[k] = c + 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// isIP reports whether a canonical host is an address, which has no parent domain.
func isIP(host string) bool {
	if strings.HasPrefix(host, "[") {
		return true
	}
	dots := 0
	for _, c := range []byte(host) {
		switch {
		case c == '.':
			dots++
		case c < '0' || c > '9':
			return false
		}
	}
	return dots == 3
}

// Loopback reports whether a host, in small letters and without its port, is this machine by
// its very name: browsers ask no name server about it (RFC 6761 6.3), and trust it as if it
// were https. An address of IPv6 may stand in brackets.
func Loopback(host string) bool {
	name := strings.TrimSuffix(host, ".")
	return name == "localhost" || strings.HasSuffix(name, ".localhost") ||
		strings.HasPrefix(host, "127.") && isIP(host) || host == "[::1]" || host == "::1"
}

// covers reports whether host domain-matches domain (6265bis-22 5.1.3).
func covers(domain, host string) bool {
	if len(host) <= len(domain) {
		return host == domain
	}
	return strings.HasSuffix(host, domain) && host[len(host)-len(domain)-1] == '.' && !isIP(host)
}

// spans reports whether a Domain cookie of domain goes to host. Chromium keeps each
// registrable domain's cookies apart, and so none of amazonaws.com goes to
// a.s3.amazonaws.com, whose suffix is s3.amazonaws.com.
func (j *Jar) spans(domain, host string) bool {
	return covers(domain, host) && (len(domain) == len(host) || !j.has(ownDomain) || len(domain) >= len(j.site(host)))
}

// site is site of the host; the jar remembers the last, since all its cookies are
// asked about one.
func (j *Jar) site(host string) string {
	if j.asked != host || j.answer == "" {
		j.asked, j.answer = host, site(host)
	}
	return j.answer
}

// registrable returns the part of host that somebody registered, its public
// suffix and one label more; "" when host is an address or itself a suffix.
func registrable(host string) string {
	name := strings.TrimSuffix(host, ".")
	if name == "" || isIP(name) {
		return ""
	}
	start := len(name) - len(suffixOf(name))
	if start == 0 {
		return ""
	}
	start = strings.LastIndexByte(name[:start-1], '.') + 1
	if start < len(name) && name[start] == '.' {
		return ""
	}
	return host[start:]
}

// site returns the registrable domain of host, or host where there is none.
func site(host string) string {
	if r := registrable(host); r != "" {
		return r
	}
	return host
}

// suffixOf returns the public suffix of a name. Any top-level domain is one,
// known or not; and so is what stands behind a wildcard, where the list says
// nothing of it (observed in Chromium 156).
func suffixOf(name string) string {
	for at := 0; ; {
		tail := name[at:]
		dot := strings.IndexByte(tail, '.')
		if dot < 0 || isSuffix(tail) || isWildcard(tail) {
			return tail
		}
		if isException(tail) {
			return tail[dot+1:]
		}
		if isWildcard(tail[dot+1:]) {
			return tail
		}
		at += dot + 1
	}
}

// domain turns a Domain attribute into the domain to store and whether it is
// for that host alone (6265bis-22 5.6.3, 5.7 steps 7 to 10).
func (j *Jar) domain(attr, host string) (domain string, hostOnly bool, r rule) {
	if !isASCII(attr) {
		if mapped, ok := toASCII(attr); j.has(mapsDomain) && ok && mapped != "" {
			attr = mapped
		} else if !j.off(ruleDomainASCII) {
			return "", false, ruleDomainASCII
		}
	}
	if attr == "" {
		return host, true, pass
	}
	domain = lower(strings.TrimPrefix(attr, "."))
	switch {
	case domain == "":
		if !j.has(dotIsDomain) {
			return host, true, pass
		}
		return "", false, ruleDomainMatch
	case isIP(host):
		// The draft keeps a domain cookie; with an address it makes no difference.
		if domain == host {
			return host, true, pass
		}
		return "", false, ruleDomainMatch
	case registrable(domain) == "" && !j.off(ruleDomainSuffix):
		if domain == host {
			return host, true, pass
		}
		return "", false, ruleDomainSuffix
	case !j.spans(domain, host) && !j.off(ruleDomainMatch):
		return "", false, ruleDomainMatch
	}
	return domain, false, pass
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// defaultPath returns the path of a cookie that names none (6265bis-22 5.1.4).
func defaultPath(path string) string {
	if i := strings.LastIndexByte(path, '/'); i > 0 && path[0] == '/' {
		return path[:i]
	}
	return "/"
}

// pathCovers reports whether path path-matches the cookie's (6265bis-22
// 5.1.4). Neither is decoded.
func pathCovers(cookie, path string) bool {
	if !strings.HasPrefix(path, cookie) {
		return false
	}
	return len(path) == len(cookie) || strings.HasSuffix(cookie, "/") || path[len(cookie)] == '/'
}

// pathOf returns the path of u as it stands on the wire, see ParseURL.
func pathOf(u *url.URL) string {
	if u.RawPath != "" {
		return u.RawPath
	}
	if p := u.EscapedPath(); p != "" {
		return p
	}
	return "/"
}
