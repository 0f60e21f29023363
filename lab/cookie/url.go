package cookie

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// ParseURL reads text as a browser does where a link or a header has a URL,
// relative to base, which may be nil (WHATWG URL 4.4, for http and https): tabs
// and newlines go, \ is /, dot segments are resolved however they are written,
// and a stray % stays. It reports false for another scheme and for a host that
// cannot be.
//
// The path as it stands on the wire is RawPath if there is one, even where
// package url would not take it; else EscapedPath.
func ParseURL(base *url.URL, text string) (*url.URL, bool) {
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(text, "\t\n\r") {
		text = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(text)
	}
	scheme, rest := cutScheme(text)
	rest, fragment, hasFragment := strings.Cut(rest, "#")
	rest, query, hasQuery := strings.Cut(rest, "?")
	rest = strings.ReplaceAll(rest, `\`, "/")

	u := &url.URL{Scheme: scheme}
	if scheme != "" && scheme != "http" && scheme != "https" {
		return nil, false
	}
	switch {
	case scheme != "" && (base == nil || base.Scheme != scheme), strings.HasPrefix(rest, "//"):
		if scheme == "" {
			if base == nil {
				return nil, false
			}
			u.Scheme = base.Scheme
		}
		authority, path := strings.TrimLeft(rest, "/"), ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, path = authority[:i], authority[i:]
		}
		if !setAuthority(u, authority) {
			return nil, false
		}
		setPath(u, "", path)
	case base == nil:
		return nil, false
	default:
		u.Scheme, u.User, u.Host = base.Scheme, base.User, base.Host
		switch {
		case rest == "":
			u.Path, u.RawPath = base.Path, base.RawPath
			if !hasQuery {
				u.RawQuery, u.ForceQuery = base.RawQuery, base.ForceQuery
			}
		case rest[0] == '/':
			setPath(u, "", rest)
		default:
			path := pathOf(base)
			setPath(u, path[:strings.LastIndexByte(path, '/')+1], rest)
		}
	}
	if hasQuery {
		u.RawQuery = encode(query, ` "<>'`)
		u.ForceQuery = query == ""
	}
	if hasFragment {
		raw := encode(fragment, " \"<>`")
		if u.Fragment = Unescape(raw); u.EscapedFragment() != raw {
			u.RawFragment = raw
		}
	}
	return u, true
}

// cutScheme cuts the scheme off text, in lower case; "" when it has none.
func cutScheme(text string) (scheme, rest string) {
	for i := range len(text) {
		switch c := text[i] | 0x20; {
		case 'a' <= c && c <= 'z':
		case text[i] == ':' && i > 0:
			return lower(text[:i]), text[i+1:]
		case i == 0 || !startsWithDigit(text[i:]) && strings.IndexByte("+-.", text[i]) < 0:
			return "", text
		}
	}
	return "", text
}

// setAuthority reads user, password, host and port.
func setAuthority(u *url.URL, text string) bool {
	if i := strings.LastIndexByte(text, '@'); i >= 0 {
		name, password, has := strings.Cut(text[:i], ":")
		if u.User = url.User(Unescape(name)); has {
			u.User = url.UserPassword(Unescape(name), Unescape(password))
		}
		text = text[i+1:]
	}
	host, port := text, ""
	if i := strings.LastIndexByte(text, ':'); i > strings.LastIndexByte(text, ']') {
		host, port = text[:i], text[i+1:]
	}
	n, rest, ok := digits(port, len(port))
	if port != "" && (!ok || rest != "" || n > 65535) {
		return false
	}
	if host, ok = parseHost(host); !ok {
		return false
	}
	if u.Host = host; port != "" && n != map[string]int{"http": 80, "https": 443}[u.Scheme] {
		u.Host += ":" + strconv.Itoa(n)
	}
	return true
}

// parseHost returns the canonical form of a URL's host (WHATWG URL 3.5).
func parseHost(text string) (string, bool) {
	if strings.HasPrefix(text, "[") {
		ip, err := netip.ParseAddr(strings.TrimSuffix(text[1:], "]"))
		if err != nil || !ip.Is6() || ip.Zone() != "" || text[len(text)-1] != ']' {
			return "", false
		}
		host := ip.String()
		if b := ip.As16(); ip.Is4In6() { // package netip writes the end of it as IPv4
			host = "::ffff:" + hex16(b[12:]) + ":" + hex16(b[14:])
		}
		return "[" + host + "]", true
	}
	host, ok := toASCII(Unescape(text))
	if !ok || host == "" {
		return "", false
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if last := labels[len(labels)-1]; !startsWithDigit(last) {
		return host, true
	} else if _, isNumber := ipv4Part(last); !isNumber && strings.Trim(last, "0123456789") != "" {
		return host, true
	}
	return parseIPv4(labels)
}

// hex16 writes two bytes as a part of an IPv6 address.
func hex16(b []byte) string { return strconv.FormatUint(uint64(b[0])<<8|uint64(b[1]), 16) }

// parseIPv4 reads one to four numbers, of which the last fills what is left.
func parseIPv4(parts []string) (string, bool) {
	var ip uint64
	for i, p := range parts {
		n, ok := ipv4Part(p)
		most := uint64(255)
		if i == len(parts)-1 {
			most = 1<<(8*(4-min(i, 3))) - 1
		}
		if !ok || i > 3 || n > most {
			return "", false
		}
		if i < len(parts)-1 {
			n <<= 8 * (3 - i)
		}
		ip += n
	}
	return netip.AddrFrom4([4]byte{byte(ip >> 24), byte(ip >> 16), byte(ip >> 8), byte(ip)}).String(), true
}

// ipv4Part reads a number as C writes it: 10, 012 or 0xa.
func ipv4Part(s string) (uint64, bool) {
	base := 10
	switch {
	case foldPrefix(s, "0x"):
		s, base = "0"+s[2:], 16
	case len(s) > 1 && s[0] == '0':
		base = 8
	}
	n, err := strconv.ParseUint(s, base, 64)
	return n, err == nil
}

// setPath sets the path of u to path, where dir is what it is relative to.
func setPath(u *url.URL, dir, path string) {
	segments := strings.Split(dir+path, "/")[1:]
	var out []string
	for i, s := range segments {
		last := i == len(segments)-1
		switch dots := dotsOf(s); {
		case dots == 2:
			out = out[:max(0, len(out)-1)]
			if last {
				out = append(out, "")
			}
		case dots == 1:
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, encode(s, " \"<>^`{}"))
		}
	}
	raw := "/" + strings.Join(out, "/")
	if u.Path = Unescape(raw); u.EscapedPath() != raw {
		u.RawPath = raw
	}
}

// dotsOf returns 1 or 2 for a segment of so many dots, be they written %2e, and
// 0 for any other.
func dotsOf(s string) (n int) {
	for s != "" {
		switch {
		case s[0] == '.':
			s = s[1:]
		case foldPrefix(s, "%2e"):
			s = s[3:]
		default:
			return 0
		}
		if n++; n > 2 {
			return 0
		}
	}
	return n
}

// encode writes %XX for the bytes of special, for controls and for all beyond ASCII.
func encode(s, special string) string {
	const hex = "0123456789ABCDEF"
	var b []byte
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || strings.IndexByte(special, c) >= 0 {
			b = append(b, '%', hex[c>>4], hex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

// Unescape reads %XX, and leaves a % that is not followed by two digits (WHATWG
// URL 1.3, percent-decode).
func Unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(n))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}
