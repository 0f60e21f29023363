package cookie

// prefixed returns the rule of the name's prefix that the cookie breaks
// (6265bis-22 5.4, 5.7 steps 20 to 22; LC 4.1.3 and 5.4.3 for the two __Http-).
// Prefixes count in any case. __Host- needs a Path=/ that is written out, but in
// Firefox: a default path of / does not do.
//
// The draft leaves it to step 13 that a Secure cookie comes from a secure
// origin; Chromium asks here as well, so that its reason is the prefix.
func (j *Jar) prefixed(l *line, v *view, trusted bool) rule {
	secure := l.secure && (trusted || !j.has(trustPrefix))
	bad := func(r rule, cond bool) bool { return cond && !j.off(r) }
	name := l.name
	if name == "" {
		if j.hiddenPrefix(l.value) && !j.off(ruleHiddenPrefix) {
			return ruleHiddenPrefix
		}
		return pass
	}
	if !foldPrefix(name, "__") {
		return pass
	}
	hostHTTP := foldPrefix(name, "__host-http-")
	switch {
	case foldPrefix(name, "__secure-") && bad(ruleSecurePrefix, !secure):
		return ruleSecurePrefix
	case j.has(httpPrefixes) && (hostHTTP || foldPrefix(name, "__http-")) && bad(ruleHTTPPrefix, !secure || !l.httpOnly):
		return ruleHTTPPrefix
	case !foldPrefix(name, "__host-"):
		return pass
	case bad(ruleHostPrefixSecure, !secure):
		return ruleHostPrefixSecure
	case bad(ruleHostPrefixDomain, j.hasDomain(l, v)):
		return ruleHostPrefixDomain
	case bad(ruleHostPrefixPath, l.path != "/" && !(j.has(outcomes) && pathFor(l, v) == "/")):
		return ruleHostPrefixPath
	}
	return pass
}

// hasDomain reports whether a line names a domain that __Host- forbids.
func (j *Jar) hasDomain(l *line, v *view) bool {
	if j.has(outcomes) {
		_, hostOnly, _ := j.domain(l.domain, v.host)
		return !hostOnly
	}
	return l.domain != "" && !(isIP(v.host) && l.domain == v.host)
}

// hiddenPrefix reports whether a nameless cookie's value would read, in the
// Cookie header, as the name of a prefixed one.
func (j *Jar) hiddenPrefix(value string) bool {
	return foldPrefix(value, "__secure-") || foldPrefix(value, "__host-") ||
		j.has(httpPrefixes) && foldPrefix(value, "__http-")
}

// hostable reports whether the line's name could begin with __Host-, were it
// Secure.
func (j *Jar) hostable(l line, v *view) bool {
	const prefix = "__Host-"
	length := len(prefix) + len(l.name) + len(l.value)
	if foldPrefix(l.name, "http-") {
		l.name = prefix + "Http-"
	} else {
		l.name = prefix
	}
	l.secure = true
	return v.secure && length <= maxPair && j.prefixed(&l, v, true) == pass
}
