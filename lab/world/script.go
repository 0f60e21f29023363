package world

import "strings"

// maxAssignments is how often one script may write a cookie.
const maxAssignments = 500

// assignments returns what a script assigns to document.cookie, in order, and
// what cookieStore.set comes to. With the variables that hold their values these
// are the statements that the lab's browsers run: texts, variables and sums of
// them. other reports whether the script holds anything else; it ends there.
func assignments(script string) (lines []string, other bool) {
	r := scriptReader{rest: script}
	for {
		r.rest = skipped(r.rest)
		if r.rest == "" {
			return r.lines, false
		}
		if !r.statement() || !r.ended() || len(r.lines) > maxAssignments {
			return r.lines[:min(len(r.lines), maxAssignments)], true
		}
	}
}

// skipped returns s without the empty statements and the comments it begins with,
// <!-- and a line with --> among them (ECMAScript B.1.1).
func skipped(s string) string {
	for {
		s = strings.TrimLeft(s, "; \t\r\n")
		end := "\n"
		switch {
		case strings.HasPrefix(s, "/*"):
			end = "*/"
		case strings.HasPrefix(s, "//"), strings.HasPrefix(s, "<!--"), strings.HasPrefix(s, "-->"):
		default:
			return s
		}
		if _, rest, ok := strings.Cut(s[2:], end); ok || end == "\n" {
			s = rest
		} else {
			return s
		}
	}
}

// A scriptReader runs a script statement by statement.
type scriptReader struct {
	rest  string
	lines []string
	vars  map[string]scriptValue
}

// A scriptValue is what a variable holds.
type scriptValue struct {
	text string
	raw  bool // a number or undefined: a sum of two such is arithmetic
}

// statement runs the next one. It reports false when it is of no kind that it knows.
func (r *scriptReader) statement() bool {
	for _, word := range []string{"var", "let", "const"} {
		if rest, ok := strings.CutPrefix(r.rest, word); ok && strings.TrimLeft(rest, " \t\r\n") != rest {
			r.rest = rest
			return r.declaration()
		}
	}
	if r.cut("void(") {
		return r.statement() && r.cut(")")
	}
	for r.cut("window.") || r.cut("self.") || r.cut("globalThis.") {
	}
	switch {
	case r.cut("document.cookie"):
		v, ok := r.assigned()
		r.lines = append(r.lines, v.text)
		if !ok {
			r.lines = r.lines[:len(r.lines)-1]
		}
		return ok
	case r.cut("cookieStore.set("):
		name, ok := r.sum()
		if !ok || !r.cut(",") {
			return false
		}
		value, ok := r.sum()
		if !ok || !r.cut(")") {
			return false
		}
		// Cookie Store 3.3: such a cookie is for all paths, Strict, and Secure.
		r.lines = append(r.lines, name.text+"="+value.text+"; Path=/; SameSite=Strict; Secure")
		return true
	}
	name := r.name()
	if _, known := r.vars[name]; !known {
		return false
	}
	v, ok := r.assigned()
	r.vars[name] = v
	return ok
}

// declaration reads "a = 'x', b" behind var.
func (r *scriptReader) declaration() bool {
	for {
		name := r.name()
		if name == "" {
			return false
		}
		v := scriptValue{"undefined", true}
		if after := strings.TrimLeft(r.rest, " \t\r\n"); strings.HasPrefix(after, "=") {
			var ok bool
			if v, ok = r.assigned(); !ok {
				return false
			}
		}
		if r.vars == nil {
			r.vars = map[string]scriptValue{}
		}
		r.vars[name] = v
		if !r.cut(",") {
			return true
		}
	}
}

// assigned reads "= expression".
func (r *scriptReader) assigned() (scriptValue, bool) {
	if !r.cut("=") {
		return scriptValue{}, false
	}
	return r.sum()
}

// sum reads one or more terms with + between them.
func (r *scriptReader) sum() (scriptValue, bool) {
	v, ok := r.term()
	for ok && r.cut("+") {
		var next scriptValue
		if next, ok = r.term(); v.raw && next.raw {
			return v, false
		}
		v = scriptValue{v.text + next.text, false}
	}
	return v, ok
}

// term reads a text, a whole number or a variable.
func (r *scriptReader) term() (v scriptValue, ok bool) {
	r.rest = strings.TrimLeft(r.rest, " \t\r\n")
	if r.rest != "" && strings.IndexByte("\"'`", r.rest[0]) >= 0 {
		v.text, r.rest, ok = quotedText(r.rest)
		return v, ok
	}
	name := r.name()
	if v, ok = r.vars[name]; ok {
		return v, true
	}
	return scriptValue{name, true}, name != "" && strings.Trim(name, "0123456789") == "" && (name[0] != '0' || name == "0") && len(name) < 16
}

// name reads the letters and digits that come next, "" when there are none.
func (r *scriptReader) name() string {
	r.rest = strings.TrimLeft(r.rest, " \t\r\n")
	n := 0
	for n < len(r.rest) && (r.rest[n] == '$' || wordAt(r.rest, n)) {
		n++
	}
	name := r.rest[:n]
	r.rest = r.rest[n:]
	return name
}

// cut takes what is written in text off the front, with space before it or without.
func (r *scriptReader) cut(text string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(r.rest, " \t\r\n"), text)
	if ok {
		r.rest = rest
	}
	return ok
}

// ended reports whether the statement ends here.
func (r *scriptReader) ended() bool {
	tail := strings.TrimLeft(r.rest, " \t")
	return tail == "" || strings.IndexByte(";\r\n", tail[0]) >= 0
}

// quotedText cuts a JavaScript string off the front of s. Of the escapes it
// knows the backslash before a character that stands for itself.
func quotedText(s string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == s[0]:
			return b.String(), s[i+1:], true
		case s[i] == '\\' && i+1 < len(s):
			if i++; strings.IndexByte("bfnrtuvx0123456789", s[i]) >= 0 {
				return "", "", false
			}
		}
		b.WriteByte(s[i])
	}
	return "", "", false
}
