package world

import (
	"slices"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A session that is in two cookies is worth nothing without the second. Whoever sets
// the first to what was copied with the second, $cookie=$loot, sets both: with two
// lines where a step is one line, with two assignments in a script.

// What turns returns.
var (
	once    = []bool{false}
	twice   = []bool{false, true}
	another = []bool{true}
)

// turns returns how often a step is done, and whether it is about the second cookie
// then: once, or once for each.
func (w *World) turns(s script.Step) []bool {
	if s.Second {
		return another
	}
	if len(w.beside) == 0 {
		return once
	}
	line := s.Verb == "paste" || s.Verb == "script" || s.Verb == "serve" && len(s.Args) > 1 && strings.EqualFold(s.Args[1], "Set-Cookie:")
	if line && w.sets(strings.Join(s.Args, " ")) {
		return twice
	}
	return once
}

// sets reports whether text, its variables not yet expanded, sets the session cookie
// to a value that was copied with the second one.
func (w *World) sets(text string) bool {
	_, rest, ok := strings.Cut(text, "$cookie")
	if !ok {
		return false
	}
	for _, equals := range []string{"=", "%3D"} {
		if after, ok := strings.CutPrefix(rest, equals); ok {
			return w.besideFirst(after)
		}
	}
	return false
}

// besideFirst reports whether text begins with such a variable.
func (w *World) besideFirst(text string) bool {
	name := strings.TrimLeft(text, "$")
	if name == text {
		return false
	}
	end := strings.IndexFunc(name, func(c rune) bool { return !script.IsName(string(c)) })
	if end >= 0 {
		name = name[:end]
	}
	_, set := w.Vars[name]
	if name == "bait" && !set {
		name = "loot"
	}
	_, ok := w.beside[name]
	return ok
}

// expandPage expands what Mallory serves. In a script, written out or percent-encoded
// in a link, an assignment that sets the session cookie is made for both.
func (w *World) expandPage(text string) (string, error) {
	from, to, semicolon := assignment(text)
	if to < 0 || w.second {
		w.alone(text)
		return w.expand(text)
	}
	out, err := w.expand(text[:to])
	if err == nil && w.sets(text[from:to]) {
		w.second = true
		var again string
		again, err = w.expand(text[from:to])
		w.second = false
		out += semicolon + again
	}
	if err != nil {
		return "", err
	}
	rest, err := w.expandPage(text[to:])
	return out + rest, err
}

// alone says that what Mallory serves names the session cookie and the copied value
// in a way that has room for one cookie.
func (w *World) alone(text string) {
	_, after, ok := strings.Cut(text, "$cookie")
	if !ok || w.second || w.sets(text) {
		return
	}
	if i := strings.IndexByte(after, '$'); i >= 0 && w.besideFirst(after[i:]) {
		w.log(&event.Event{Who: "mallory", Kind: event.Did, Text: "has room for one cookie here: " + w.named(w.Profile.Beside) + " is not in it"})
	}
}

// assignment returns where the first assignment to document.cookie in text stands
// that is written as one string, and the semicolon that ends it; to is -1 when there
// is none.
func assignment(text string) (from, to int, semicolon string) {
	const target = "document.cookie"
	if from = strings.Index(text, target); from < 0 {
		return 0, -1, ""
	}
	at := from + len(target)
	skip := func(all ...string) (found string) {
		i := slices.IndexFunc(all, func(s string) bool { return strings.HasPrefix(text[at:], s) })
		if i < 0 {
			return ""
		}
		at += len(all[i])
		return all[i]
	}
	for skip(" ", "%20") != "" {
	}
	if skip("=", "%3D") == "" {
		return 0, -1, ""
	}
	for skip(" ", "%20") != "" {
	}
	quote := skip(`"`, "'", "`", "%22", "%27", "%60")
	if quote == "" {
		return 0, -1, ""
	}
	end := strings.Index(text[at:], quote)
	if end < 0 {
		return 0, -1, ""
	}
	if semicolon = ";"; strings.HasPrefix(quote, "%") {
		semicolon = "%3B"
	}
	return from, at + end + len(quote), semicolon
}

// keepBeside notes the second cookie's value that belongs to the variable name.
func (w *World) keepBeside(name, value string) {
	if w.beside == nil {
		w.beside = map[string]string{}
	}
	w.beside[name] = value
}

// alias lets a variable that was set to another, as by let bait=$loot, have the
// second cookie too.
func (w *World) alias(s script.Step) {
	if s.Verb != "let" {
		return
	}
	name, value, _ := strings.Cut(strings.Join(s.Args, " "), "=")
	if of, ok := strings.CutPrefix(value, "$"); ok && w.beside[of] != "" {
		w.keepBeside(name, w.beside[of])
	}
}
