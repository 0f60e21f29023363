// Package owntest says what a learner does about login in her own code: what to
// search for, what to write instead, and a test to copy, for each profile.
//
// The tests are files in tests/, put together from the part that asks the
// framework's test client and the part that says what must hold. What `make
// frameworks` runs is what For returns, against the real frameworks.
package owntest

import (
	"embed"
	"path"
	"strings"

	"fixlab/lab/server"
)

//go:embed tests
var tests embed.FS

// An Answer is what becomes of the session id at the login that a profile has when no
// switch is on. The package's tests compare it with the lab's own run.
type Answer string

const (
	Keeps  Answer = "no"    // login goes on with the id that the browser brought
	Renews Answer = "yes"   // login makes a new one
	NoID   Answer = "no id" // the session is in the cookie, and there is nothing to renew
)

// Advice is what there is to know and to do for one profile.
type Advice struct {
	Rotates  Answer
	Search   []Find // in one's own code
	Instead  string // the lines to write there, with a line feed at the end of each
	Language string // of Instead and Test: "Python", "JavaScript" or "Go"
	File     string // what to save Test as
	Test     string // fails while an old cookie opens the account, and says "set-up: …" where it cannot tell
}

// A Find is something to search for.
type Find struct {
	Code  string // as it stands in the source, without the spaces around it
	Means string // what it means for login: one or two sentences
}

// For returns the advice for the profile with that ID; not ok if there is none.
func For(profile string) (a Advice, ok bool) {
	p, known := server.ByID(profile)
	var r *row
	for i := range rows {
		if rows[i].profile == profile {
			r = &rows[i].row
		}
	}
	if !known || r == nil {
		return Advice{}, false
	}
	k := kinds[r.kind]
	return Advice{
		Rotates: r.rotates, Search: r.search, Instead: strings.Join(r.instead, "\n") + "\n",
		Language: k.language, File: k.file(r.asks),
		Test: strings.ReplaceAll(read(k.part(r.kind, "ask"))+read(k.part(r.kind, r.asks)), "@COOKIE@", cookies(p, k)),
	}, true
}

// cookies returns what stands for @COOKIE@: the cookie's name, and where there is a
// second one, its name as the next string of a list.
func cookies(p server.Profile, k kind) string {
	if p.Beside == "" {
		return p.Cookie
	}
	return p.Cookie + `", "` + p.Beside
}

// A kind is a framework's way to test.
type kind struct {
	language, ending string
}

var kinds = map[string]kind{
	"django":  {"Python", ".py"},
	"flask":   {"Python", ".py"},
	"express": {"JavaScript", ".js"},
	"go":      {"Go", ".go.txt"}, // Go that ends in .go would be compiled here
}

// part returns the file of tests/ that holds a part of the kind of that name.
func (k kind) part(name, part string) string {
	return path.Join("tests", name+"_"+part+k.ending)
}

// file returns what a test about "login", "planted" or "logout" is saved as.
func (k kind) file(about string) string {
	switch k.language {
	case "Python":
		return "test_" + about + ".py"
	case "JavaScript":
		return about + ".test.js"
	}
	return about + "_test.go"
}

func read(name string) string {
	data, err := tests.ReadFile(name)
	if err != nil {
		panic("owntest: " + err.Error()) // the package's own tests ask for every profile
	}
	return string(data)
}
