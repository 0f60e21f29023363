package class

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Counted reports whether e counts as somebody's work: it is of this class, and once.
func (e Evidence) Counted() bool { return e.State == Fine || e.State == Refused }

// A Misbelief is an option of a bet that does not hold, and how many have bet on it.
type Misbelief struct {
	Lesson string // its title
	Ask    string
	Option string
	Right  string // the option that holds
	Count  int
	Sure   int // how many of them were sure
}

// Misbeliefs returns the wrong options that were bet on, most often first; of those with as
// many the one first of which more were sure.
func Misbeliefs(all []Evidence) (out []Misbelief) {
	for i, w := range course().bets {
		options := w.bet().Options
		right := rights()[i]
		for n, o := range options {
			m := Misbelief{Lesson: w.lesson.Title, Ask: w.bet().Ask, Option: o.Text, Right: options[right].Text}
			for _, e := range all {
				if b := w.of(e.Work); e.Counted() && b.Option == o.Text && n != right {
					m.Count++
					if b.Sure {
						m.Sure++
					}
				}
			}
			if m.Count > 0 {
				out = append(out, m)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Misbelief) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(b.Sure, a.Sure))
	})
	return out
}

// States and statuses as files have them; a page has its own words.
var (
	stateNames  = [...]string{"replayed", "refused", "cut off", "edited", "other class", "other version", "duplicate"}
	statusNames = [...]string{"", "tried", "solved", "claimed", "refused"}
)

// String returns the state as files have it.
func (s State) String() string { return stateNames[s] }

// String returns the status as files have it, "" for Untouched.
func (s Status) String() string { return statusNames[s] }

// verdict says whether she has passed, as files have it.
func (e Evidence) verdict() string {
	switch {
	case !e.Counted():
		return ""
	case e.Passed():
		return "passed"
	}
	return "not passed"
}

// Schema names the form of a CSV and a JSON file.
const Schema = "fxlab.evidence/1"

// CSV returns a table of all that was read: RFC 4180, in UTF-8 with a byte order mark, for
// spreadsheets. No cell is taken for a formula.
func CSV(all []Evidence) string {
	head := strings.Split("schema,class_id,learner,day,content,score,status,predictions_made,predictions_right,sure_wrong,hints", ",")
	for _, suffix := range []string{"", "_tries"} {
		for i := range Challenges() {
			head = append(head, "ch"+twoDigits(i+1)+suffix)
		}
	}
	var b strings.Builder
	b.WriteString("\ufeff")
	record(&b, append(head, "verified", "duplicate", "code"))
	for _, e := range all {
		row := []string{Schema, e.Class, e.Name, e.Day, e.Content}
		states, tries := make([]string, len(Challenges())), make([]string, len(Challenges()))
		if e.Counted() {
			made, right, sureWrong := e.Predictions()
			row = append(row, number(e.Score()), e.verdict(), number(made), number(right), number(sureWrong), number(e.Hints()))
			for i, s := range Challenges() {
				n := 0
				for _, r := range e.of(s) {
					n += r.Goal.Tries
				}
				states[i], tries[i] = e.Status(s).String(), number(n)
			}
		} else {
			row = append(row, "", "", "", "", "", "")
		}
		row = slices.Concat(row, states, tries)
		record(&b, append(row, e.State.String(), e.repeats(), e.Code))
	}
	return b.String()
}

// repeats says which row of a table e repeats: "3", or "like 3"; "" for none.
func (e Evidence) repeats() string {
	switch {
	case e.State == Duplicate:
		return number(e.First + 1)
	case e.Like >= 0:
		return "like " + number(e.Like+1)
	}
	return ""
}

func record(b *strings.Builder, cells []string) {
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if c = harmless(c); strings.ContainsAny(c, partings+"\"\r\n") || c != strings.TrimSpace(c) {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		b.WriteString(c)
	}
	b.WriteString("\r\n")
}

// partings are what stands between two cells in one country or another: where it is not
// the comma, a quote that is not the first in its line keeps nothing together.
const partings = ",;"

// harmless returns a cell that no spreadsheet takes for a formula: a quote stands before
// what one begins with, as it is typed or in full width, behind blanks and quotes too. So it
// does behind what a spreadsheet may take for the end of the cell.
func harmless(cell string) string {
	var b strings.Builder
	for at := 0; ; {
		if isFormula(cell[at:]) {
			b.WriteByte('\'')
		}
		n := strings.IndexAny(cell[at:], partings) + 1
		if n == 0 {
			b.WriteString(cell[at:])
			return b.String()
		}
		b.WriteString(cell[at : at+n])
		at += n
	}
}

func isFormula(cell string) bool {
	rest := strings.TrimLeftFunc(cell, func(c rune) bool {
		return c == '"' || (unicode.IsSpace(c) || !unicode.IsPrint(c)) && c != '\t' && c != '\r' && c != '\n'
	})
	return strings.IndexFunc(rest, func(c rune) bool { return strings.ContainsRune("=+-@\t\r\n＝＋－＠−﹢﹣﹦﹫", c) }) == 0
}
