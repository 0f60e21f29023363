package script

import (
	"slices"
	"strings"

	"fixlab/lab/server"
)

// Naming returns s with another name for a cookie of its server's where a step writes the
// cookie by its name, and not as $cookie; base is the name without a prefix, and name stands
// there in place of it and of the prefix before it. was is the name that the first of them
// wrote, "" when none does: s is returned as it is then.
func (s *Scenario) Naming(base, name string) (renamed *Scenario, was string) {
	out := *s
	out.Steps = slices.Clone(s.Steps)
	for i, step := range s.Steps {
		if !slices.Contains(writesCookie, step.Verb) {
			continue
		}
		args := slices.Clone(step.Args)
		for k, arg := range step.Args {
			first := ""
			if at, alone := namesCookie[step.Verb]; alone && k == at && cookieName(arg, base) == arg {
				args[k], first = name, arg
			} else {
				args[k], first = naming(arg, base, name)
			}
			if was == "" {
				was = first
			}
		}
		out.Steps[i].Args = args
	}
	if was == "" {
		return s, ""
	}
	return &out, was
}

// writesCookie are the verbs that may write a cookie by its name, alone or in a page or a link.
// The fields of a form and the names of variables are something else.
var writesCookie = []string{"paste", "script", "serve", "copy", "forget", "get"}

// namesCookie are the verbs of which one argument is a cookie's name, and nothing else is
// said of it; the others write one with a value, or have it as a text.
var namesCookie = map[string]int{"copy": 1, "forget": 0}

// cookieName returns the name at the end of text that is base with or without a prefix.
func cookieName(text, base string) string {
	rest, ok := strings.CutSuffix(text, base)
	if !ok {
		return ""
	}
	for _, prefix := range server.Prefixes {
		if strings.HasSuffix(rest, prefix) {
			return prefix + base
		}
	}
	return base
}

// naming writes name for every cookie of that name in text that gets a value, or stands in
// quotes as the name of one does in a script. In the query of a URL it is a parameter.
func naming(text, base, name string) (out, was string) {
	var b strings.Builder
	for {
		i := strings.Index(text, base)
		if base == "" || i < 0 {
			return b.String() + text, was
		}
		end := i + len(base)
		is := cookieName(text[:end], base)
		if before := text[:end-len(is)]; setsCookie(before, text[end:]) {
			b.WriteString(before + name)
			if was == "" {
				was = is
			}
		} else {
			b.WriteString(text[:end])
		}
		text = text[end:]
	}
}

// setsCookie reports whether a cookie is named between before and after.
func setsCookie(before, after string) bool {
	if n := len(before); n > 0 {
		escaped := n > 2 && before[n-3] == '%'
		if c := before[n-1:]; strings.ContainsAny(c, "\"'`") && strings.HasPrefix(after, c) {
			return n < 2 || before[n-2] != '=' // that of an element's attribute
		} else if !escaped && (IsName(c) || strings.Contains("-.$?&", c)) {
			return false
		}
	}
	return strings.HasPrefix(after, "=") || strings.HasPrefix(after, "%3D")
}
