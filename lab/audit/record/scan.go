package record

import (
	"strings"

	"fixlab/lab/codec"
)

// maxDepth is how deep JSON may nest.
const maxDepth = 200

// A scanner goes through JSON text once, from front to back, and keeps what it is asked
// for: a HAR of 33 MB is read without a tree of it, and one that breaks off is read up to
// there. What is stepped over is checked for its brackets and strings only.
type scanner struct {
	text string
	at   int
	bad  string // what is wrong at byte at; "" so far nothing
}

func (s *scanner) fail(what string) {
	if s.bad == "" {
		if s.bad = what; s.at >= len(s.text) {
			s.bad = "the text ends here, in the middle"
		}
	}
}

func (s *scanner) space() {
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at]) >= 0 {
		s.at++
	}
}

// next steps over space and then over c, if it is there.
func (s *scanner) next(c byte) bool {
	s.space()
	if s.bad != "" || s.at >= len(s.text) || s.text[s.at] != c {
		return false
	}
	s.at++
	return true
}

// object calls member for each member of the object that comes, which must step over the
// value. A value of another kind is stepped over.
func (s *scanner) object(member func(key string)) {
	if !s.next('{') {
		s.skip()
		return
	}
	if s.next('}') {
		return
	}
	s.members(member)
}

// members goes through the members of an object from the first of them on.
func (s *scanner) members(member func(key string)) {
	for s.bad == "" {
		key, ok := s.quoted()
		if !ok {
			s.fail("no name of a member")
			return
		}
		if !s.next(':') {
			s.fail("no colon")
			return
		}
		member(key)
		if s.next('}') {
			return
		}
		if !s.next(',') {
			s.fail("no comma")
		}
	}
}

// array calls element for each element of the array that comes, which must step over it.
// A value of another kind is stepped over.
func (s *scanner) array(element func()) {
	if !s.next('[') {
		s.skip()
		return
	}
	if !s.next(']') {
		s.elements(element)
	}
}

// elements goes through the elements of an array from the first of them on.
func (s *scanner) elements(element func()) {
	for s.bad == "" {
		if element(); s.next(']') {
			return
		}
		if !s.next(',') {
			s.fail("no comma")
		}
	}
}

// str returns the string that comes. A value of another kind is stepped over, and "".
func (s *scanner) str() string {
	text, ok := s.quoted()
	if !ok {
		s.skip()
	}
	return text
}

// quoted returns the string that comes, valid UTF-8 and a copy; ok is false where none comes.
func (s *scanner) quoted() (text string, ok bool) {
	if s.space(); s.bad != "" || s.at >= len(s.text) || s.text[s.at] != '"' {
		return "", false
	}
	from := s.at
	if s.over(); s.bad != "" {
		return "", true
	}
	raw := s.text[from+1 : s.at-1]
	if strings.IndexByte(raw, '\\') >= 0 {
		v, err := codec.ParseJSON(s.text[from:s.at])
		if err != nil {
			s.at = from
			s.fail("a string with a wrong escape")
			return "", true
		}
		raw, _ = v.(string)
	}
	return strings.ToValidUTF8(strings.Clone(raw), "\ufffd"), true
}

// over steps over the string that begins here.
func (s *scanner) over() {
	from := s.at
	for s.at++; ; s.at++ {
		i := strings.IndexByte(s.text[s.at:], '"')
		if i < 0 {
			s.at = len(s.text)
			s.fail("")
			return
		}
		s.at += i
		slashes := 0
		for s.at-slashes-1 > from && s.text[s.at-slashes-1] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			s.at++
			return
		}
	}
}

// whole returns the number that comes, if it is a whole one of at most nine digits, else 0.
func (s *scanner) whole() int {
	s.space()
	from := s.at
	s.skip()
	n := 0
	for _, c := range []byte(s.text[from:s.at]) {
		if c < '0' || c > '9' || s.at-from > 9 {
			return 0
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// yes reports whether the value that comes is true.
func (s *scanner) yes() bool {
	s.space()
	from := s.at
	s.skip()
	return s.bad == "" && s.text[from:s.at] == "true"
}

// skip steps over the value that comes.
func (s *scanner) skip() {
	var open [maxDepth]byte
	depth := 0
	for s.bad == "" {
		if s.space(); s.at >= len(s.text) {
			s.fail("")
			return
		}
		switch c := s.text[s.at]; {
		case c == '{' || c == '[':
			if depth == maxDepth {
				s.fail("nested more than 200 deep")
				return
			}
			open[depth] = c + 2 // what closes it
			depth++
			s.at++
		case depth > 0 && c == open[depth-1]:
			depth--
			s.at++
		case c == '"':
			s.over()
		case depth > 0 && (c == ',' || c == ':'):
			s.at++
		case !s.literal():
			s.fail("no value")
		}
		if depth == 0 {
			return
		}
	}
}

// literal steps over a number or a word, and reports whether there was one.
func (s *scanner) literal() bool {
	from := s.at
	for s.at < len(s.text) {
		c := s.text[s.at]
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' {
			break
		}
		s.at++
	}
	return s.at > from
}
