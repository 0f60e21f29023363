package script

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Taken returns the text of a scenario of its own: the first n steps of s as they are
// played, on the same server. Sections stay behind: they are about the whole of s.
func Taken(s *Scenario, n int) string {
	taken := *s
	taken.Route, taken.Token, taken.Visited, taken.Script = "", "", false, nil
	// The first of two steps, written out, is about both cookies: see Profile.Beside.
	taken.Steps = slices.DeleteFunc(slices.Clone(s.Steps[:n]), func(step Step) bool { return step.Second })
	return taken.Source()
}

// Append returns text with lines added to the end of its steps.
func Append(text string, lines ...string) string {
	all, end := sections(text)
	at := end
	for at > 0 && strings.TrimSpace(all[at-1]) == "" {
		at--
	}
	if at <= header(all) {
		lines = append([]string{""}, lines...)
	}
	rest := all[at:]
	if at == end || len(rest) == 0 {
		rest = append([]string{""}, rest...)
	}
	return strings.Join(slices.Concat(all[:at], lines, rest), "\n")
}

// Cut returns text, which was read as s, with its first n steps only.
func Cut(text string, s *Scenario, n int) string {
	steps := s.Script
	if steps == nil {
		steps = s.Steps
	}
	if n >= len(steps) {
		return text
	}
	all, end := sections(text)
	at := header(all)
	if n > 0 {
		at = steps[n-1].Line
	}
	rest := all[end:]
	if end < len(all) {
		rest = append([]string{""}, rest...)
	}
	if end == len(all) {
		rest = []string{""} // the last line ends
	}
	return strings.Join(slices.Concat(all[:at], rest), "\n")
}

// SetKey returns text with that line in its header, or without one when value is "".
func SetKey(text, key, value string) string {
	all, _ := sections(text)
	end := header(all)
	line := key + ": " + value
	for i := range all[:end] {
		if name, _, _ := strings.Cut(all[i], ":"); name == key {
			if value == "" {
				all = slices.Delete(all, i, i+1)
			} else {
				all[i] = line
			}
			return strings.Join(all, "\n")
		}
	}
	if value == "" {
		return text
	}
	return strings.Join(slices.Insert(all, end, line), "\n")
}

// sections returns the lines of text, and the index of the one that begins its first
// section: their number when there is none.
func sections(text string) (lines []string, first int) {
	lines = strings.Split(text, "\n")
	from := header(lines)
	for i := from; i < len(lines); i++ {
		if isSection(strings.TrimSuffix(lines[i], "\r")) {
			return lines, i
		}
	}
	return lines, len(lines)
}

// header returns the index of the line after the header.
func header(lines []string) int {
	begun := false
	for i, line := range lines {
		switch blank := strings.TrimSpace(line) == ""; {
		case blank && begun:
			return i
		case !blank:
			begun = true
		}
	}
	return len(lines)
}

// Value writes a text so that a field may have it as its value, and gives it back byte for
// byte when it is played. A variable that is named stays one. Of blanks that no variable
// stands for it makes plain ones.
func Value(text string, named func(variable string) bool) string { return written(text, named, true) }

// Rest is Value for what has all the rest of a line: a cookie, a page, the text of a link.
func Rest(text string, named func(variable string) bool) string { return written(text, named, false) }

func written(text string, named func(string) bool, field bool) string {
	var b strings.Builder
	for rest := text; rest != ""; {
		if n := variableAt(rest, named); n > 0 {
			b.WriteString(rest[:n])
			rest = rest[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(rest)
		before, after := text[:len(text)-len(rest)], rest[n:]
		switch {
		case r == '$':
			b.WriteString("${dollar}")
		case r == '\n':
			b.WriteString("${newline}")
		case r == '\u00a0':
			b.WriteString("${nbsp}")
		case unicode.IsSpace(r) && !splits(before, after, field):
			b.WriteString("${space}")
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteString(rest[:n])
		}
		rest = after
	}
	return b.String()
}

// variableAt returns how long the variable is at the head of text, "$loot" or "$$loot"; 0
// where there is none that is named.
func variableAt(text string, named func(string) bool) int {
	after, ok := strings.CutPrefix(text, "$")
	if !ok {
		return 0
	}
	after, _ = strings.CutPrefix(after, "$")
	name, n := Variable(after)
	if n == 0 || !named(name) {
		return 0
	}
	return len(text) - len(after) + n
}

// splits reports whether a plain blank between those comes back when the words of a line
// are joined again: there is one only, and where it stands in a field what follows does
// not read as the next.
func splits(before, after string, field bool) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if before == "" || after == "" || unicode.IsSpace(last) || unicode.IsSpace(next) {
		return false
	}
	word, _, _ := strings.Cut(after, " ")
	return !field || !strings.Contains(word, "=")
}
