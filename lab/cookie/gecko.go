package cookie

import (
	"math"
	"strings"
	"time"
)

// geckoDate reads an Expires date as Gecko does, which asks NSPR's
// PR_ParseTimeString: words are known by how they begin, numbers by their length
// and by what stands around them, and a day that its month does not have is one
// of the next. UTC unless a zone is named.
func geckoDate(s string) (time.Time, bool) {
	d := geckoReader{date: -1, year: -1, hour: -1, minute: -1, second: -1}
	for at := 0; at < len(s); {
		at = d.token(s, at)
		for at < len(s) && strings.IndexByte(" \t,;-+/()[]", s[at]) < 0 {
			at++
		}
		for at < len(s) && (strings.IndexByte(" \t,;/()[]", s[at]) >= 0 || s[at] == '-' && d.skips(s, at)) {
			at++
		}
	}
	if d.month == 0 || d.date < 0 || d.year < 0 || d.year > math.MaxInt16 {
		return time.Time{}, false
	}
	return time.Date(d.year, time.Month(d.month), d.date, max(d.hour, 0), max(d.minute, 0)-d.offset, max(d.second, 0), 0, time.UTC), true
}

// A geckoReader is what was read so far; -1, and month 0, for what was not.
type geckoReader struct {
	month, date, year, hour, minute, second int

	zone   string
	signed bool // the offset was given in digits
	offset int  // of the zone, in minutes
}

// zones are the time zones that NSPR knows, and their offsets in minutes.
var zones = [...]struct {
	name   string
	offset int
}{
	{"ast", -240}, {"bst", 60}, {"cdt", -300}, {"cst", -360}, {"edt", -240}, {"eet", 120}, {"est", -300}, {"gmt", 0}, {"jst", 540},
	{"mdt", -360}, {"met", 60}, {"mst", -420}, {"nst", -210}, {"pdt", -420}, {"pst", -480}, {"utc", 0}, {"ut", 0}, {"wet", 0},
}

// token reads what begins at s[at] and returns where to look for its end.
func (d *geckoReader) token(s string, at int) int {
	switch c := s[at]; {
	case isDigit(c):
		return d.number(s, at)
	case c == '+' || c == '-':
		return d.sign(s, at)
	}
	if m := monthOf(s[at:]); m > 0 && d.month == 0 {
		d.month = m
		return at
	}
	for _, z := range zones {
		if d.zone == "" && foldPrefix(s[at:], z.name) {
			d.zone = z.name
			if !d.signed {
				d.offset = z.offset
			}
			break
		}
	}
	return at
}

// sign reads an offset from UTC, as +0100, +01 or +1.
func (d *geckoReader) sign(s string, at int) int {
	sign := 1
	if s[at] == '-' {
		sign = -1
	}
	at++
	if d.signed || d.zone != "" && d.zone != "gmt" && d.zone != "utc" && d.zone != "ut" {
		return at
	}
	n, rest, _ := digits(s[at:], 9)
	switch len(s) - at - len(rest) {
	case 1, 2:
		n *= 60
	case 4:
		n = n/100*60 + n%100
	default:
		return at
	}
	d.zone, d.signed, d.offset = "gmt", true, sign*n
	return at
}

func (d *geckoReader) number(s string, at int) int {
	n, rest, _ := digits(s[at:], len(s))
	length := len(s) - at - len(rest)
	next := byte(0)
	if rest != "" {
		next = rest[0]
	}
	switch {
	case next == ':':
		return d.clock(s, at, n, length)
	case (next == '/' || next == '-') && len(rest) > 1 && isDigit(rest[1]):
		return d.numeric(s, at)
	case isLetter(next): // 1st
	case length == 5 || length == 4:
		if d.year < 0 {
			d.year = n
		}
	case length == 2 && d.date < 0 && n < 32, length == 1 && d.date < 0:
		d.date = n
	case length == 2 && d.year < 0:
		d.year = century(n)
	}
	return at
}

// clock reads the time of day h:m or h:m:s, and AM or PM behind it.
func (d *geckoReader) clock(s string, at, hour, length int) int {
	if d.hour >= 0 && d.minute >= 0 || length > 2 {
		return at
	}
	at += length + 1
	minute, rest, ok := digits(s[at:], len(s))
	if !ok || len(s)-at-len(rest) > 2 {
		return at
	}
	at = len(s) - len(rest)
	if strings.HasPrefix(rest, ":") {
		at++
	}
	second, rest, ok := digits(s[at:], len(s))
	if len(s)-at-len(rest) > 2 {
		return at
	}
	if !ok {
		second = -1
	}
	at = len(s) - len(rest)
	if half := strings.TrimLeft(rest, " \t"); hour <= 12 {
		switch {
		case foldPrefix(half, "pm") && hour < 12:
			hour += 12
		case foldPrefix(half, "am") && hour == 12:
			hour = 0
		}
	}
	d.hour, d.minute, d.second = hour, minute, second
	return at
}

// numeric reads a date of three numbers, as 6/16/95, 16-6-1995 or 95-06-16, and
// not 1995-06-16.
func (d *geckoReader) numeric(s string, at int) int {
	if d.month != 0 {
		return at
	}
	var n, lengths [3]int
	rest := s[at:]
	for i := range n {
		before := rest
		n[i], rest, _ = digits(rest, len(rest))
		lengths[i] = len(before) - len(rest)
		if i < 2 {
			if rest == "" || rest[0] != '/' && rest[0] != '-' {
				return at
			}
			rest = rest[1:]
		}
	}
	if l := lengths; l[0] > 2 || l[1] == 0 || l[1] > 2 || l[2] == 0 || l[2] == 3 || l[2] > 5 ||
		rest != "" && isLetter(rest[0]) {
		return at
	}
	end := len(s) - len(rest)
	switch {
	case n[0] > 31 || n[0] == 0:
		if n[1] > 12 || n[2] > 31 {
			return at
		}
		d.year, d.month, d.date = century(n[0]), n[1], n[2]
	case n[0] > 12 && n[1] > 12:
	case n[0] > 12:
		d.date, d.month, d.year = n[0], n[1], century(n[2])
	default:
		d.month, d.date, d.year = n[0], n[1], century(n[2])
	}
	return end
}

// skips reports whether the - at s[at] is no sign: no digit follows, or a letter
// stands before it and there is no year yet.
func (d *geckoReader) skips(s string, at int) bool {
	return at+1 >= len(s) || !isDigit(s[at+1]) || at > 0 && isLetter(s[at-1]) && d.year < 0
}

// century completes a year of two digits.
func century(year int) int {
	switch {
	case year < 70:
		return year + 2000
	case year < 100:
		return year + 1900
	}
	return year
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// geckoAge reads a Max-Age as Gecko does: what begins with - is long past, and
// what grows too long counts from there on.
func geckoAge(s string) (n int64, ok bool) {
	if strings.HasPrefix(s, "-") {
		return math.MinInt64 / 10, true
	}
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
		if n > (math.MaxInt64-9)/10 {
			return math.MaxInt64 / 10, true
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, s != ""
}

// geckoRoom makes room for e before it is stored: where a site has 180 cookies
// in one partition, the 31 longest unused that have ended or are not Secure go,
// and if there are none, those that are, but only for a Secure one. It reports
// whether there is room.
func (j *Jar) geckoRoom(e *Entry, now time.Time) bool {
	key := site(e.Domain)
	var plain, secure []*Entry
	for _, o := range j.entries {
		switch {
		case !samePartition(o, e) || o.Domain != e.Domain && (site(o.Domain) != key || j.off(ruleEvictSite)):
		case o.Secure && !j.ended(o, now) && !j.off(ruleEvictSecureLast):
			secure = append(secure, o)
		default:
			plain = append(plain, o)
		}
	}
	if len(plain)+len(secure) < siteMost {
		return true
	}
	j.report.Looked |= SecureAttribute
	if len(plain) == 0 {
		if plain = secure; !e.Secure {
			return false
		}
	}
	j.byUse(plain)
	gone := map[uint64]bool{}
	for _, o := range plain[:min(len(plain), siteMost+1-siteLeave)] {
		gone[o.seq] = true
	}
	j.drop(gone)
	return true
}
