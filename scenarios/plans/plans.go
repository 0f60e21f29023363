// Package plans holds running orders: what a class does, minute by minute. Each is a
// text, so that a trainer can keep it, send it and read it.
//
//	plan: 45
//	title: A lesson
//	minutes: 45
//
//	do: Lesson 1
//	takes: 5
//	how: bet with hands, clicker, point at the step
//	open: present/signed-is-not-yours
//
//	do: Challenge 6 in pairs
//	takes: 4
//	open: challenge/fix-it
//	late: leave out
//
// An item begins with its line "do"; how, open and late may be missing. A line that
// begins with # is a comment.
package plans

import (
	"embed"
	"strings"
	"sync"
	"unicode"
)

// A Plan is a running order.
type Plan struct {
	Name    string // of the one that it was made from: "20", "45" or "90"
	Title   string
	Minutes int // that there are
	Items   []Item
}

// An Item is one thing that the class does.
type Item struct {
	Minutes   int
	What, How string
	Link      string // what it opens, see Links
	Optional  bool   // left out when the class is late
}

// Bounds of a plan. A text is counted in bytes.
const (
	MostItems   = 60
	MostText    = 200
	MostMinutes = 600 // of an item, and of a plan
	MostBytes   = 16 << 10
)

// Files are the pages beside the lab that an item can open.
var Files = []string{"handout.html", "key.html", "questions.html", "notes.html"}

// Links are what the item opens: fragments of the lab, or Files.
func (i Item) Links() []string { return strings.Fields(i.Link) }

// Total is how long all items take.
func (p Plan) Total() (minutes int) {
	for _, i := range p.Items {
		minutes += i.Minutes
	}
	return minutes
}

// Spare is how much of Total may be left out.
func (p Plan) Spare() (minutes int) {
	for _, i := range p.Items {
		if i.Optional {
			minutes += i.Minutes
		}
	}
	return minutes
}

// From is the minute in which item n begins.
func (p Plan) From(n int) (minute int) { return Plan{Items: p.Items[:n]}.Total() }

// Equal reports whether p and o say the same.
func (p Plan) Equal(o Plan) bool { return p.Text() == o.Text() }

// Clean returns a text as a plan can hold it: in one line, without what cannot be shown,
// and not too long.
func Clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if !shown(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	return strings.ToValidUTF8(text[:min(len(text), MostText)], "")
}

func shown(r rune) bool { return r == ' ' || unicode.IsPrint(r) }

//go:embed *.txt
var files embed.FS

// All returns the project's own running orders, shortest first. Nobody writes to them.
func All() []Plan {
	readAll.Do(func() {
		for _, name := range []string{"20", "45", "90"} {
			b, err := files.ReadFile(name + ".txt")
			if err != nil {
				panic("plans: " + err.Error())
			}
			p, err := Parse(string(b))
			if err != nil {
				panic("plans: " + name + ".txt: " + err.Error()) // our own parse; their tests say so
			}
			all = append(all, p)
		}
	})
	return all
}

var (
	readAll sync.Once
	all     []Plan
)
