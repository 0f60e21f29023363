package cookie

import (
	"strings"
	"time"
)

// date reads an Expires date (6265bis-22 5.1.1): day, month, year and time of
// day in any order between delimiters, always in UTC.
//
// Chromium looks at whole tokens where the draft looks at how they begin, so
// that "1st" is no day there and "1:2:3Z" no time, and takes numbers of a time
// that have any length; and a year before 1601 is a date long past where the
// draft calls it no date. Firefox has geckoDate.
func (j *Jar) date(s string) (time.Time, bool) {
	if j.has(netscapeDates) {
		return geckoDate(s)
	}
	var day, month, year, hour, minute, second int
	var foundDay, foundMonth, foundYear, foundTime bool
	for s != "" {
		var token string
		token, s = dateToken(s)
		if token == "" {
			continue
		}
		if !j.has(wholeTokens) {
			if !foundTime {
				if h, m, sec, rest, ok := clock(token); ok && !startsWithDigit(rest) {
					hour, minute, second, foundTime = h, m, sec, true
					continue
				}
			}
			if n, rest, ok := digits(token, 2); ok && !foundDay && !startsWithDigit(rest) {
				day, foundDay = n, true
			} else if m := monthOf(token); m > 0 && !foundMonth {
				month, foundMonth = m, true
			} else if n, rest, ok := digits(token, 4); ok && !foundYear && !startsWithDigit(rest) && len(token)-len(rest) >= 2 {
				year, foundYear = n, true
			}
			continue
		}
		switch n, whole := number(token); {
		case !startsWithDigit(token):
			if m := monthOf(token); m > 0 && !foundMonth {
				month, foundMonth = m, true
			}
		case strings.Contains(token, ":"):
			if h, m, sec, ok := wholeClock(token); ok && !foundTime {
				hour, minute, second, foundTime = h, m, sec, true
			}
		case !foundDay && len(token) <= 2:
			day, foundDay = n, whole
		case !foundYear && len(token) <= 5:
			year, foundYear = n, whole
		}
	}
	if !foundDay || !foundMonth || !foundYear || !foundTime {
		return time.Time{}, false
	}
	if !j.off(ruleTwoDigitYear) {
		switch {
		case year < 70:
			year += 2000
		case year < 100:
			year += 1900
		}
	}
	if year < 1601 && (!j.has(wholeTokens) || j.off(ruleOldYear)) {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if t.Day() != day || t.Hour() != hour || t.Minute() != minute || t.Second() != second {
		return time.Time{}, false // 30 February, 24:00:00, a leap second
	}
	return t, true
}

func (j *Jar) isDate(s string) bool {
	_, ok := j.date(s)
	return ok
}

// dateToken cuts the first token off s and the delimiter after it.
func dateToken(s string) (token, rest string) {
	for i := range len(s) {
		if dateDelimiter(s[i]) {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func dateDelimiter(c byte) bool {
	return c == '\t' || ' ' <= c && c <= '/' || ';' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// clock reads h:m:s, each of one or two digits, from the start of s.
func clock(s string) (h, m, sec int, rest string, ok bool) {
	if h, rest, ok = digits(s, 2); !ok || !strings.HasPrefix(rest, ":") {
		return 0, 0, 0, s, false
	}
	if m, rest, ok = digits(rest[1:], 2); !ok || !strings.HasPrefix(rest, ":") {
		return 0, 0, 0, s, false
	}
	sec, rest, ok = digits(rest[1:], 2)
	return h, m, sec, rest, ok
}

// wholeClock reads h:m:s, each of any number of digits, and nothing else.
func wholeClock(s string) (h, m, sec int, ok bool) {
	hour, rest, _ := strings.Cut(s, ":")
	minute, second, _ := strings.Cut(rest, ":")
	h, ok = number(hour)
	m, okMinute := number(minute)
	sec, okSecond := number(second)
	return h, m, sec, ok && okMinute && okSecond
}

// number reads s, which must be all digits.
func number(s string) (n int, ok bool) {
	n, rest, ok := digits(s, len(s))
	return n, ok && rest == ""
}

// digits reads a number of one to most digits from the start of s.
func digits(s string, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < most && '0' <= s[i] && s[i] <= '9' {
		if n < 1e9 { // then it stays what it is: out of any range
			n = n*10 + int(s[i]-'0')
		}
		i++
	}
	return n, s[i:], i > 0
}

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// monthOf returns 1 to 12 for a token that begins with a month's three
// letters, 0 for any other.
func monthOf(token string) int {
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	for i := 0; i < len(names); i += 3 {
		if foldPrefix(token, names[i:i+3]) {
			return i/3 + 1
		}
	}
	return 0
}
