// Package listing holds each profile's code as it is written in the framework's own
// language, to be read beside the Go that runs. It is not run.
//
// A new listing is a file NAME.py, NAME.js or NAME.go.txt here, with its ties at
// the end: see table. A profile that behaves as another of its framework needs no
// file, but its ID in a "profiles" tie of the other's. Another language has a line
// in files and in languages, and its parser in the tests.
package listing

import (
	"embed"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"fixlab/lab/defence"
)

//go:embed *.py *.js *.go.txt
var files embed.FS

// languages are what a listing may be written in, by the ending of its file. The
// Go of others would be compiled here, so its files end in ".go.txt".
var languages = map[string]string{".py": "Python", ".js": "JavaScript", ".go": "Go"}

// A Listing is the code of one profile, or of several that differ in nothing that
// it shows.
type Listing struct {
	Language string // see languages
	File     string // the name of its first file, such as "django.py"
	Text     string // with a line feed at the end of every line
	*table
}

// A Moment is something that the Go server did, as an event of the trace says.
type Moment struct {
	Kind   string      // the event's: "load", "save", "ask", …
	Switch defence.Set // of an ask
	On     bool        // of an ask: the answer
	Calls  []string    // the server's functions on the stack, innermost first: "Env.rotates", "sessions.Login", …
	Path   string      // of the request, such as "/login"
}

// For returns the listing of the profile with that ID. It is not ok for a profile
// without one, as the lab's own reference server is.
func For(profile string) (l Listing, ok bool) {
	for _, l := range listings() {
		if slices.Contains(l.profiles, profile) {
			return l, true
		}
	}
	return Listing{}, false
}

// read is what listings has read, in the order of the files' names.
var read struct {
	once     sync.Once
	listings []Listing
}

// listings returns every listing. The files are read when it is first called.
func listings() []Listing {
	read.once.Do(func() {
		entries, err := files.ReadDir(".")
		var all []file
		for _, e := range entries {
			data, _ := files.ReadFile(e.Name()) // an embedded file can be read
			all = append(all, separate(e.Name(), string(data)))
		}
		if err == nil {
			read.listings, err = load(all)
		}
		if err != nil {
			panic("listing: " + err.Error()) // the package's own tests read every file
		}
	})
	return read.listings
}

// load returns the listings in files, in their order. An error begins
// "file:line: ".
func load(files []file) ([]Listing, error) {
	var out []Listing
	for _, f := range files {
		tables, err := f.tables(files)
		if err != nil {
			return nil, err
		}
		for _, t := range tables {
			l := Listing{File: strings.TrimSuffix(f.name, ".txt"), table: &t}
			if l.Language = languages[path.Ext(l.File)]; l.Language == "" {
				return nil, errors.New(f.name + ":1: no language ends in " + path.Ext(l.File))
			}
			for _, part := range t.files {
				l.Text += part.text
			}
			out = append(out, l)
		}
	}
	return out, nil
}

// Lines returns the lines of Text, without their line feeds.
func (l Listing) Lines() []string { return strings.Split(strings.TrimSuffix(l.Text, "\n"), "\n") }

// Lit returns the number, from 1, of the line of Text that stands for what happened
// at m when the switches d are on; 0 when the listing has no such line.
func (l Listing) Lit(m Moment, d defence.Set) int { return l.line(l.at(m, d)) }

// A spot is a line, written "function|text": the one that holds the text, in
// the function of that name, or anywhere when the name is "".
type spot string

// line returns where s is, or 0. A function ends at the next empty line.
func (l Listing) line(s spot) int {
	in, held, _ := strings.Cut(string(s), "|")
	n, inside := 0, in == ""
	for text := range strings.Lines(l.Text) {
		n++
		switch {
		case in == "":
		case strings.Contains(text, " "+in+"("):
			inside = inside || begins(text)
			continue
		case text == "\n":
			inside = false
		}
		if inside && strings.Contains(text, held) {
			return n
		}
	}
	return 0
}

// begins reports whether a function begins on the line.
func begins(line string) bool {
	line = strings.TrimPrefix(line, "async ")
	return strings.HasPrefix(line, "def ") || strings.HasPrefix(line, "function ") || strings.HasPrefix(line, "func ")
}

// at returns the spot of what happened at m under d.
func (t *table) at(m Moment, d defence.Set) spot {
	if m.On {
		for _, s := range t.switches {
			if s.any.Has(m.Switch) {
				return s.spot
			}
		}
	}
	page := ""
	if n := len(m.Calls); n > 1 {
		page = m.Calls[n-2] // the last is shop.ServeHTTP
	}
	switch {
	case m.in("Env.Deploy"):
		return t.secret
	case m.Kind == "transfer":
		return t.pay
	case m.Kind == "login" || m.Switch == defence.OriginCheck:
		return t.check
	case t.open != "" && (m.Kind == "load" || m.Kind == "unsign" || m.Switch == defence.Strict):
		if d.Has(defence.Strict) {
			return t.openStrict
		}
		return t.open
	case m.reads():
		return t.read
	case m.Kind == "save" && t.saved != "" && !m.in("Env.retire"):
		return t.saved
	case m.Kind == "sign" && t.signed != "":
		return t.signed
	case page == "shop.enter":
		return t.login(m, d).at(m)
	case page == "shop.logout" && d.Has(defence.KeepAtLogout) && t.keeping != "":
		return t.keeping
	case page == "shop.logout":
		return t.leave
	case page == "shop.secured":
		return t.secret
	}
	return t.keep
}

// in reports whether f is on the stack.
func (m Moment) in(f string) bool { return slices.Contains(m.Calls, f) }

// reads reports whether the server only wants to know what the session holds.
func (m Moment) reads() bool {
	return m.Kind == "whoami" || slices.ContainsFunc(m.Calls, func(call string) bool {
		return call == "shop.closed" || strings.HasSuffix(call, ".Whoami") || strings.HasSuffix(call, ".Values")
	})
}

// login returns the login that d asks for.
func (t *table) login(m Moment, d defence.Set) login {
	d |= t.always
	if d.Has(defence.ForgottenPath) && m.Path != "/login" {
		d &^= defence.Rotate | defence.Flush | defence.FrameworkLogin
	}
	for _, l := range t.logins {
		if d.Has(l.when) {
			return l
		}
	}
	return login{}
}

// at returns the line of the login for what happened at m: what becomes of the
// session that the visitor brought, or the user that is written.
func (l login) at(m Moment) spot {
	writes := m.Kind == "save" || m.Kind == "sign"
	if l.when.Has(defence.KeepOldRecord) { // the user comes first, and the new key last
		writes = m.Kind == "save" && m.in("Env.retire")
	}
	text := l.turn
	if writes && l.user != "" {
		text = l.user
	}
	return spot(l.in + "|" + text)
}
