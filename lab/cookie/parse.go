package cookie

import (
	"math"
	"strings"
	"time"
)

const (
	maxPair      = 4096                 // bytes of name and value together, 6265bis-22 5.6 step 5
	maxAttribute = 1024                 // bytes of an attribute's value, 6265bis-22 5.6 step 6
	maxLifetime  = 400 * 24 * time.Hour // 6265bis-22 5.5
)

// A line is a parsed Set-Cookie line.
type line struct {
	name, value string
	domain      string // as written, with its leading dot
	path        string
	maxAge      string
	expires     string
	sameSite    SameSite
	priority    Priority
	secure      bool
	httpOnly    bool
	partitioned bool
}

// parse reads a Set-Cookie line or what a script assigned to document.cookie
// (6265bis-22 5.6). Of several attributes of one name the last counts, and one
// longer than 1024 bytes does not count at all.
func (j *Jar) parse(s string) (l line, r rule) {
	if hasControl(s, '\t') && !j.off(ruleControl) {
		return l, ruleControl
	}
	pair, rest, more := strings.Cut(s, ";")
	if before, after, ok := strings.Cut(pair, "="); ok {
		l.name, l.value = trim(before), trim(after)
	} else {
		l.value = trim(pair)
		if j.has(needsName) {
			l.name, l.value = l.value, ""
		}
	}
	if l.name == "" && l.value == "" && !j.off(ruleEmpty) {
		return l, ruleEmpty
	}
	if l.name == "" && j.has(needsName) && !j.off(ruleNameless) {
		return l, ruleNameless
	}
	if len(l.name)+len(l.value) > maxPair && !j.off(ruleSize) {
		return l, ruleSize
	}
	tab := hasTab(l.name) || hasTab(l.value)
	for more {
		var av string
		av, rest, more = strings.Cut(rest, ";")
		name, value, _ := strings.Cut(av, "=")
		name, value = trim(name), trim(value)
		tab = tab || hasTab(name) || hasTab(value)
		if len(value) > maxAttribute && !(j.has(flagsAnyLength) && isFlag(name)) && !j.off(ruleAttributeSize) {
			continue
		}
		j.attribute(&l, name, value)
	}
	if tab && j.has(noTab) && !j.off(ruleTab) {
		return l, ruleTab
	}
	return l, pass
}

func (j *Jar) attribute(l *line, name, value string) {
	set := func(to *string, value string) {
		if *to == "" || !j.off(ruleLastAttribute) {
			*to = value
		}
	}
	switch {
	case fold(name, "expires"):
		// 6265bis-22 5.6.1: one that cannot be read is as good as absent.
		if j.has(unreadableHides) || j.isDate(value) {
			set(&l.expires, value)
		}
	case fold(name, "max-age"):
		if _, ok := j.seconds(value); ok || j.has(unreadableHides) {
			set(&l.maxAge, value)
		}
	case fold(name, "domain"):
		set(&l.domain, value)
	case fold(name, "path"):
		set(&l.path, value)
	case fold(name, "secure"):
		l.secure = true
	case fold(name, "httponly"):
		l.httpOnly = true
	case fold(name, "samesite"):
		switch {
		case fold(value, "none"):
			l.sameSite = None
		case fold(value, "lax"):
			l.sameSite = Lax
		case fold(value, "strict"):
			l.sameSite = Strict
		default:
			l.sameSite = Default
		}
	case fold(name, "partitioned"):
		l.partitioned = j.has(partitions)
	case fold(name, "priority"):
		switch {
		case !j.has(priority):
		case fold(value, "low"):
			l.priority = Low
		case fold(value, "high"):
			l.priority = High
		default:
			l.priority = Medium
		}
	}
}

// isFlag reports whether the attribute of this name has no value.
func isFlag(name string) bool {
	return fold(name, "secure") || fold(name, "httponly") || fold(name, "partitioned")
}

// expiry returns when the cookie of l, received at now, ends: the zero time
// for a session cookie. Max-Age beats Expires, and nothing lives longer than
// 400 days (6265bis-22 5.5 and 5.7 step 6).
func (j *Jar) expiry(l *line, now time.Time) time.Time {
	var end time.Time
	age, byAge := j.seconds(l.maxAge)
	date, byDate := time.Time{}, false
	if l.expires != "" {
		date, byDate = j.date(l.expires)
	}
	if byAge && byDate && j.off(ruleMaxAgeFirst) {
		byAge = false
	}
	switch {
	case byAge && age <= 0:
		return time.Unix(0, 0)
	case byAge && age > int64(maxLifetime/time.Second) && !j.off(ruleCap):
		return now.Add(maxLifetime)
	case byAge:
		end = now.Add(time.Duration(min(age, math.MaxInt64/int64(time.Second))) * time.Second)
	case byDate:
		end = date
	default:
		return time.Time{}
	}
	if most := now.Add(maxLifetime); end.After(most) && !j.off(ruleCap) {
		return most
	}
	return end
}

// seconds reads a Max-Age (6265bis-22 5.6.2). What does not fit is as long,
// or as short, as can be.
func (j *Jar) seconds(s string) (n int64, ok bool) {
	if j.has(minusAge) {
		return geckoAge(s)
	}
	digits := s
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") && j.has(plusAge) {
		digits = s[1:]
	}
	if digits == "" {
		return 0, false
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n > (math.MaxInt64-9)/10 {
			n = math.MaxInt64 / 10
			continue
		}
		n = n*10 + int64(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

// trim removes spaces and tabs, and no other space: U+00A0 stays.
func trim(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for s != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}

func hasTab(s string) bool { return strings.IndexByte(s, '\t') >= 0 }

// hasControl reports whether s holds an ASCII control character other than except.
func hasControl(s string, except byte) bool {
	for i := range len(s) {
		if c := s[i]; (c < 0x20 || c == 0x7f) && c != except {
			return true
		}
	}
	return false
}

// fold reports whether s is the lower-case word, letters of ASCII in any case.
func fold(s, word string) bool { return len(s) == len(word) && foldPrefix(s, word) }

// foldPrefix reports whether s begins with the lower-case word, letters of
// ASCII in any case.
func foldPrefix(s, word string) bool {
	if len(s) < len(word) {
		return false
	}
	for i := range len(word) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != word[i] {
			return false
		}
	}
	return true
}
