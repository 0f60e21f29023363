package record

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxCommand is how long a command may be, in bytes.
const maxCommand = 1 << 20

// shellWords reads the words of the command that begins at a byte of text, as bash does
// (Bash manual, 3.1.2), or as cmd and the C library of Windows do where the command is
// written for them. end is where the command ends; ok is false where a quotation mark is
// open, and end then behind the first line.
func shellWords(text string, at int) (words []string, end int, ok bool) {
	s := shell{text: text[:min(len(text), at+maxCommand)], at: at}
	if s.windows() {
		ok = s.cmd()
	} else {
		ok = s.bash()
	}
	if !ok {
		line, _, _ := strings.Cut(text[at:], "\n")
		return nil, min(len(text), at+len(line)+1), false
	}
	return s.words, s.at, true
}

// A shell reads one command.
type shell struct {
	text  string
	at    int
	words []string
	word  []byte
	in    bool // a word has begun
}

// windows reports whether the command is for cmd: browsers quote with ^" there, or end its
// first line with ^.
func (s *shell) windows() bool {
	line, _, _ := strings.Cut(s.text[s.at:], "\n")
	return strings.Contains(line, `^"`) || strings.HasSuffix(strings.TrimRight(line, "\r "), " ^")
}

func (s *shell) put(b ...byte) { s.word, s.in = append(s.word, b...), true }

func (s *shell) end() {
	if s.in {
		s.words = append(s.words, strings.ToValidUTF8(string(s.word), "\ufffd"))
	}
	s.word, s.in = s.word[:0], false
}

func (s *shell) bash() bool {
	for s.at < len(s.text) {
		c := s.text[s.at]
		s.at++
		switch c {
		case ' ', '\t', '\r':
			s.end()
		case '\n', ';', '&', '|':
			s.end()
			return true
		case '<', '>': // the word after it is a file
			if _, err := strconv.Atoi(string(s.word)); err == nil {
				s.word, s.in = s.word[:0], false
			}
			s.end()
			s.file()
		case '\\':
			if s.at == len(s.text) {
				break
			}
			if strings.HasPrefix(s.text[s.at:], "\r\n") {
				s.at++
			}
			if c := s.text[s.at]; c != '\n' {
				s.put(c)
			}
			s.at++
		case '\'', '"':
			if !s.quoted(c) {
				return false
			}
		case '$':
			if s.at < len(s.text) && s.text[s.at] == '\'' {
				if s.at++; !s.ansi() {
					return false
				}
				continue
			}
			s.put(c)
		default:
			s.put(c)
		}
	}
	s.end()
	return true
}

// file steps over the name of a file that the shell would open.
func (s *shell) file() {
	s.at += len(s.text[s.at:]) - len(strings.TrimLeft(s.text[s.at:], "<>& \t"))
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n;&|", s.text[s.at]) < 0 {
		s.at++
	}
}

// quoted reads up to the quotation mark that closes.
func (s *shell) quoted(mark byte) bool {
	s.in = true
	for s.at < len(s.text) {
		c := s.text[s.at]
		s.at++
		switch {
		case c == mark:
			return true
		case c == '\\' && mark == '"' && s.at < len(s.text) && strings.IndexByte("\\\"$`\n", s.text[s.at]) >= 0:
			if s.text[s.at] != '\n' {
				s.put(s.text[s.at])
			}
			s.at++
		default:
			s.put(c)
		}
	}
	return false
}

// ansi reads $'...' (Bash manual, 3.1.2.4), as browsers write what has a control character,
// an exclamation mark or an apostrophe.
func (s *shell) ansi() bool {
	s.in = true
	for s.at < len(s.text) {
		c := s.text[s.at]
		s.at++
		if c == '\'' {
			return true
		}
		if c != '\\' || s.at == len(s.text) {
			s.put(c)
			continue
		}
		c = s.text[s.at]
		s.at++
		if i := strings.IndexByte(`abeEfnrtv\'"?`, c); i >= 0 {
			s.put("\a\b\x1b\x1b\f\n\r\t\v\\'\"?"[i])
			continue
		}
		digits, base := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c], 16
		if '0' <= c && c <= '7' {
			digits, base = 3, 8
			s.at--
		}
		n := 0
		for n < digits && s.at+n < len(s.text) {
			if _, err := strconv.ParseUint(s.text[s.at+n:s.at+n+1], base, 8); err != nil {
				break
			}
			n++
		}
		v, err := strconv.ParseUint(s.text[s.at:s.at+n], base, 32)
		switch s.at += n; {
		case err != nil:
			s.put('\\', c)
		case c == 'u' || c == 'U':
			s.put(utf8.AppendRune(nil, rune(v))...)
		default:
			s.put(byte(v))
		}
	}
	return false
}

// cmd reads for cmd first: ^ takes the meaning from what follows, and a newline after it is
// kept only when another comes. Then as Windows programs take a line apart, but that \\ is
// always one \, as browsers double it everywhere.
func (s *shell) cmd() bool {
	var line []byte
	quoted := false
	for done := false; s.at < len(s.text) && !done; {
		c := s.text[s.at]
		s.at++
		switch {
		case c == '\r':
		case c == '\n', !quoted && (c == '&' || c == '|'):
			done = true
		case c == '^' && !quoted:
			for s.at < len(s.text) && s.text[s.at] == '\r' {
				s.at++
			}
			if s.at == len(s.text) {
				break
			}
			if c = s.text[s.at]; c != '\n' {
				line = append(line, c)
			} else if rest := strings.TrimPrefix(s.text[s.at+1:], "\r"); strings.HasPrefix(rest, "\n") {
				line = append(line, '\n')
				s.at = len(s.text) - len(rest)
			}
			s.at++
		default:
			quoted = quoted != (c == '"')
			line = append(line, c)
		}
	}
	quoted = false
	for i := 0; i < len(line); i++ {
		c := line[i]
		next := byte(0)
		if i+1 < len(line) {
			next = line[i+1]
		}
		switch {
		case c == '\\' && (next == '"' || next == '\\'), c == '"' && quoted && next == '"':
			s.put(next)
			i++
		case c == '"':
			quoted, s.in = !quoted, true
		case !quoted && (c == ' ' || c == '\t'):
			s.end()
		default:
			s.put(c)
		}
	}
	s.end()
	return !quoted
}
