package listing

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
)

// A table ties the moments of a server to the lines of its listing. It is written
// at the end of the listing's file, in comments that the page does not show: those
// that begin with "#:" in Python and with "//:" elsewhere. One is "key: value":
//
//	with: FILE         the listing goes on with that file, whose ties hold too
//	check: SPOT        and keep, read, …: see the fields of a table
//	on SWITCH …: SPOT  the line of these switches; any-CHOICE stands for all of one choice
//	profiles: ID …     what follows holds for these profiles only
//	always: SWITCH …   what their login does, whatever the switches say
//	login SWITCH …: FUNCTION|TURN|USER
//
// The first login of which all switches are on counts; the last has none. See the
// fields of a login: "|USER" is left out where it is "".
type table struct {
	profiles []string
	files    []string
	always   defence.Set
	logins   []login

	check            spot // the password is right
	keep, read       spot // a value is written, and the user read
	pay              spot // a transfer
	secret           spot // the signing secrets
	leave            spot // a user logs out
	keeping          spot // the same, and the record stays, if the server can do that
	open, openStrict spot // where the session comes from, if the listing spells it out
	saved, signed    spot // where the session is saved, and its cookie signed, likewise
	switches         []setting
}

// A login is one of the listing's functions that log a user in.
type login struct {
	when defence.Set
	in   string // the function
	turn string // the line on what becomes of the session that the visitor brought
	user string // the line that writes the user; "" when turn does that too
}

// A setting is the line of a switch that is on.
type setting struct {
	any  defence.Set // one of these
	spot spot
}

// spots returns the fields that a tie sets, by its key.
func (t *table) spots() map[string]*spot {
	return map[string]*spot{
		"check": &t.check, "keep": &t.keep, "read": &t.read, "pay": &t.pay, "secret": &t.secret,
		"leave": &t.leave, "keeping": &t.keeping, "open": &t.open, "open-strict": &t.openStrict,
		"saved": &t.saved, "signed": &t.signed,
	}
}

// separate takes the ties out of a file's text.
func separate(file string) (text string, ties []tie) {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(file) {
		n++
		rest, ok := strings.CutPrefix(line, "#:")
		if !ok {
			rest, ok = strings.CutPrefix(line, "//:")
		}
		if !ok {
			b.WriteString(line)
			continue
		}
		key, value, _ := strings.Cut(rest, ": ")
		ties = append(ties, tie{n, strings.TrimSpace(key), strings.TrimSuffix(value, "\n")})
	}
	return b.String(), ties
}

// A tie is a line "key: value" of a file.
type tie struct {
	line       int
	key, value string
}

// read returns the tables of a file, one for each of its "profiles" ties; a file
// that only others go on with has none. ties returns those of a file. An error
// begins "file:line: ".
func read(file string, ties func(file string) ([]tie, error)) ([]table, error) {
	shared := table{files: []string{file}}
	var out []table
	own, err := ties(file)
	if err != nil {
		return nil, err
	}
	for _, x := range own {
		t := &shared
		if len(out) > 0 {
			t = &out[len(out)-1]
		}
		switch x.key {
		case "with":
			err = t.include(x.value, ties)
		case "profiles":
			t := shared
			t.profiles, t.switches = strings.Fields(x.value), slices.Clone(shared.switches)
			out = append(out, t)
		default:
			err = t.set(x)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, x.line, err)
		}
	}
	return out, nil
}

// include adds a file and its ties.
func (t *table) include(file string, ties func(file string) ([]tie, error)) error {
	t.files = append(t.files, file)
	more, err := ties(file)
	if err != nil {
		return err
	}
	for _, x := range more {
		if err := t.set(x); err != nil {
			return fmt.Errorf("%s:%d: %w", file, x.line, err)
		}
	}
	return nil
}

// set sets the field that x is about.
func (t *table) set(x tie) error {
	if s, ok := t.spots()[x.key]; ok {
		*s = spot(x.value)
		return nil
	}
	key, words, _ := strings.Cut(x.key, " ")
	if key == "always" {
		words = x.value
	}
	on, err := switches(words)
	if err != nil {
		return err
	}
	switch key {
	case "always":
		t.always = on
	case "on":
		t.switches = append(t.switches, setting{on, spot(x.value)})
	case "login":
		p := strings.Split(x.value+"|", "|")
		if len(p) < 3 || len(p) > 4 {
			return fmt.Errorf("a login is FUNCTION|TURN or FUNCTION|TURN|USER, not %q", x.value)
		}
		t.logins = append(t.logins, login{on, p[0], p[1], p[2]})
	default:
		return fmt.Errorf("there is no tie %q", x.key)
	}
	return nil
}

// switches returns the set of the switches named in text.
func switches(text string) (defence.Set, error) {
	var all defence.Set
	for _, word := range strings.Fields(text) {
		if choice, ok := strings.CutPrefix(word, "any-"); ok && defence.Choice(choice).Set() != 0 {
			all |= defence.Choice(choice).Set()
			continue
		}
		one, err := defence.Parse(word)
		if err != nil {
			return 0, err
		}
		all |= one
	}
	return all, nil
}
