package world

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"fixlab/lab/cookie"
)

// A policy is the Content-Security-Policy headers and meta elements that a page
// has come to have, with commas between them (CSP3). Of the directives it knows
// those that decide about scripts, images, frames and forms, base-uri, sandbox
// and frame-ancestors.
type policy string

// and returns both.
func (p policy) and(text string) policy {
	if p == "" || text == "" {
		return p + policy(text)
	}
	return p + "," + policy(text)
}

// allows reports whether every policy of p has no directive of this kind, or one
// whose words ok takes.
func (p policy) allows(kind string, ok func(sources []string) bool) bool {
	for one := range strings.SplitSeq(string(p), ",") {
		if sources, has := directive(one, kind); has && !ok(sources) {
			return false
		}
	}
	return true
}

// directive returns the sources of kind, or of what stands in for it.
func directive(policy, kind string) (sources []string, has bool) {
	names := []string{kind}
	switch kind {
	case "script-src-elem", "script-src-attr":
		names = append(names, "script-src", "default-src")
	case "frame-src":
		names = append(names, "child-src", "default-src")
	case "img-src":
		names = append(names, "default-src")
	}
	for _, name := range names {
		for d := range strings.SplitSeq(policy, ";") {
			if strings.ContainsFunc(d, func(r rune) bool { return r > unicode.MaxASCII }) {
				continue // it is none (CSP3 2.2.1)
			}
			if words := strings.Fields(d); len(words) > 0 && strings.EqualFold(words[0], name) {
				return words[1:], true
			}
		}
	}
	return nil, false
}

// allowsInline reports whether an inline script of this text and nonce runs (CSP3
// 6.7.3.3).
func (p policy) allowsInline(nonce, text string) bool {
	return p == "" || p.allows("script-src-elem", func(sources []string) bool {
		all, _ := inline(sources)
		return all || nonced(sources, nonce) || hashed(sources, text)
	})
}

// allowsHandler reports whether an event handler of this text runs. No nonce makes
// one run.
func (p policy) allowsHandler(text string) bool { return p.allowsAttribute("script-src-attr", text) }

// allowsJavaScriptURL is allowsHandler for a javascript: URL, whose hash is that
// of the whole URL (observed in Chromium 156 and Firefox 153).
func (p policy) allowsJavaScriptURL(url string) bool {
	return p.allowsAttribute("script-src-elem", url)
}

func (p policy) allowsAttribute(kind, text string) bool {
	return p == "" || p.allows(kind, func(sources []string) bool {
		all, _ := inline(sources)
		return all || slices.ContainsFunc(sources, func(s string) bool { return strings.EqualFold(s, "'unsafe-hashes'") }) && hashed(sources, text)
	})
}

// hashed reports whether sources name a hash of text.
func hashed(sources []string, text string) bool {
	for _, s := range sources {
		name, rest, _ := strings.Cut(s, "-")
		var sum []byte
		switch strings.ToLower(name) {
		case "'sha256":
			h := sha256.Sum256([]byte(text))
			sum = h[:]
		case "'sha384":
			h := sha512.Sum384([]byte(text))
			sum = h[:]
		case "'sha512":
			h := sha512.Sum512([]byte(text))
			sum = h[:]
		default:
			continue
		}
		rest = strings.TrimRight(strings.TrimSuffix(rest, "'"), "=")
		if strings.NewReplacer("-", "+", "_", "/").Replace(rest) == base64.RawStdEncoding.EncodeToString(sum) {
			return true
		}
	}
	return false
}

// allowsFrom reports whether a script may come from u into a page of self (CSP3
// 6.7.2.8), redirected there or not. u is nil for a data: URL.
func (p policy) allowsFrom(self, u *url.URL, nonce string, redirected bool) bool {
	return p == "" || p.allows("script-src-elem", func(sources []string) bool {
		if nonced(sources, nonce) {
			return true
		}
		from := false
		for _, s := range sources {
			if is(s, "'strict-dynamic'") {
				return false
			}
			from = from || source(s, self, u, redirected)
		}
		return from
	})
}

// allowsLoad reports whether a page of self may load u for a directive, redirected
// there or not.
func (p policy) allowsLoad(kind string, self, u *url.URL, redirected bool) bool {
	return p == "" || p.allows(kind, func(sources []string) bool {
		return slices.ContainsFunc(sources, func(s string) bool { return source(s, self, u, redirected) })
	})
}

// inMeta returns what counts of a policy that stands in a meta element (CSP3 3.3).
func inMeta(text string) string {
	var out []string
	for d := range strings.SplitSeq(text, ";") {
		if d = strings.TrimSpace(d); !is(d, "sandbox") && !is(d, "frame-ancestors") {
			out = append(out, d)
		}
	}
	return strings.Join(out, ";")
}

// inline reports whether sources let every inline script run, and whether they
// list nonces or hashes, beside which 'unsafe-inline' is ignored.
func inline(sources []string) (all, listed bool) {
	for _, s := range sources {
		all = all || is(s, "'unsafe-inline'")
		listed = listed || is(s, "'strict-dynamic'")
		for _, prefix := range []string{"'nonce-", "'sha256-", "'sha384-", "'sha512-"} {
			listed = listed || is(s, prefix) && len(s) > len(prefix)+1
		}
	}
	return all && !listed, listed
}

// nonced reports whether sources name this nonce.
func nonced(sources []string, nonce string) bool {
	for _, s := range sources {
		if nonce != "" && is(s, "'nonce-") && s[len("'nonce-"):] == nonce+"'" {
			return true
		}
	}
	return false
}

// source reports whether a source matches u: 'self', *, a scheme, or a host with
// or without scheme, port and path, which counts for nothing after a redirect.
func source(s string, self, u *url.URL, redirected bool) bool {
	switch {
	case u == nil:
		return is(s, "data:") && len(s) == len("data:")
	case strings.EqualFold(s, "'self'"):
		return u.Hostname() == self.Hostname() && (u.Scheme == self.Scheme && u.Port() == self.Port() || u.Scheme == "https" && u.Port()+self.Port() == "")
	case s == "*":
		return true
	case strings.HasSuffix(s, ":"):
		return secureScheme(s[:len(s)-1], u.Scheme)
	}
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		scheme, rest = self.Scheme, s
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	host, path, _ := strings.Cut(rest, "/")
	host, port, _ := strings.Cut(host, ":")
	host = strings.ToLower(host)
	if suffix, any := strings.CutPrefix(host, "*."); any {
		ok = strings.HasSuffix(u.Hostname(), "."+suffix)
	} else {
		ok = host == "*" || u.Hostname() == host
	}
	if !ok || !secureScheme(scheme, u.Scheme) || port != "*" && port != u.Port() && (port != "443" || u.Port() != "") {
		return false
	}
	if path == "" || redirected {
		return true
	}
	path = "/" + cookie.Unescape(path)
	return u.Path == path || strings.HasSuffix(path, "/") && strings.HasPrefix(u.Path, path)
}

// secureScheme reports whether a URL of scheme may come where want is allowed.
func secureScheme(want, scheme string) bool {
	return strings.EqualFold(want, scheme) || strings.EqualFold(want, "http") && scheme == "https"
}

// is reports whether s begins with prefix, which is in lower case.
func is(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
