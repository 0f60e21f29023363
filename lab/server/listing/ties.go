package listing

import (
	"errors"
	"strconv"
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
// fields of a login: "|USER" is left out where it is "". A file needs check, keep,
// read, secret and leave, and a login without switches; what else is not tied falls
// back to these.
type table struct {
	profiles []string
	files    []file
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

// A file is a file of listings: its text without the ties, and the ties.
type file struct {
	name, text string
	ties       []tie
}

// A tie is a line "key: value" of a file.
type tie struct {
	line       int
	key, value string
}

// separate takes the ties out of a file.
func separate(name, data string) file {
	f := file{name: name}
	n := 0
	for line := range strings.Lines(data) {
		n++
		rest, ok := strings.CutPrefix(line, "#:")
		if !ok {
			rest, ok = strings.CutPrefix(line, "//:")
		}
		if !ok {
			f.text += line
			continue
		}
		key, value, _ := strings.Cut(rest, ": ")
		f.ties = append(f.ties, tie{n, strings.TrimSpace(key), strings.TrimSuffix(value, "\n")})
	}
	return f
}

// fault returns err with the place of x before it.
func (f file) fault(x tie, err error) error {
	return errors.New(f.name + ":" + strconv.Itoa(x.line) + ": " + err.Error())
}

// tables returns the tables of f, one for each of its "profiles" ties; a file that
// only others go on with has none. all are the files that it may go on with. An
// error begins "file:line: ".
func (f file) tables(all []file) ([]table, error) {
	shared := table{files: []file{f}}
	var out []table
	for _, x := range f.ties {
		t := &shared
		if len(out) > 0 {
			t = &out[len(out)-1]
		}
		var err error
		switch x.key {
		case "with":
			err = t.include(x.value, all)
		case "profiles":
			t := shared
			t.profiles = strings.Fields(x.value)
			out = append(out, t)
		default:
			err = t.set(x)
		}
		if err != nil {
			return nil, f.fault(x, err)
		}
	}
	return out, nil
}

// include adds the file of that name and its ties.
func (t *table) include(name string, all []file) error {
	for _, f := range all {
		if f.name != name {
			continue
		}
		t.files = append(t.files, f)
		for _, x := range f.ties {
			if err := t.set(x); err != nil {
				return f.fault(x, err)
			}
		}
		return nil
	}
	return errors.New("there is no file " + strconv.Quote(name))
}

// set sets the field that x is about.
func (t *table) set(x tie) error {
	if s := t.spot(x.key); s != nil {
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
		t.switches = append(t.switches[:len(t.switches):len(t.switches)], setting{on, spot(x.value)})
	case "login":
		in, rest, ok := strings.Cut(x.value, "|")
		if !ok {
			return errors.New("a login is FUNCTION|TURN or FUNCTION|TURN|USER, not " + strconv.Quote(x.value))
		}
		turn, user, _ := strings.Cut(rest, "|")
		t.logins = append(t.logins, login{on, in, turn, user})
	default:
		return errors.New("there is no tie " + strconv.Quote(key))
	}
	return nil
}

// spot returns the field that a tie with that key sets, nil if it sets none.
func (t *table) spot(key string) *spot {
	switch key {
	case "check":
		return &t.check
	case "keep":
		return &t.keep
	case "read":
		return &t.read
	case "pay":
		return &t.pay
	case "secret":
		return &t.secret
	case "leave":
		return &t.leave
	case "keeping":
		return &t.keeping
	case "open":
		return &t.open
	case "open-strict":
		return &t.openStrict
	case "saved":
		return &t.saved
	case "signed":
		return &t.signed
	}
	return nil
}

// switches returns the set of the switches named in text.
func switches(text string) (defence.Set, error) {
	var all defence.Set
	for word := range strings.FieldsSeq(text) {
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
