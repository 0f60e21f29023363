package page

import (
	"slices"
	"strings"

	"fixlab/app/class"
	"fixlab/app/text"
	"fixlab/scenarios"
)

// CodesSetting is where the browser keeps the codes of a class, where the trainer wants that.
const CodesSetting = "fixlab/1/codes"

// Codes are the completion codes of a class.
type Codes struct {
	Draft string // what is pasted, and not read yet
	Keep  bool   // the browser keeps them
	Says  string // what came of what was pasted last

	read    class.Reader
	left    []class.Found // to be read; they are played one a message
	playing bool          // a ReadCode is on its way
}

type (
	DraftCodes string   // what the trainer has pasted
	ReadCodes  struct{} // play what was pasted
	ReadCode   struct{} // play the next one
	Reread     struct{} // play all again, for the class that is given out now
	ClearCodes struct{}
	KeepCodes  bool
	SaveCodes  string // as "csv", "json" or "xapi"
)

func (d DraftCodes) teach(m Model) Model { m.Teach.Codes.Draft = string(d); return m }

func (ReadCodes) teach(m Model) Model {
	c := &m.Teach.Codes
	found := class.Find(c.Draft)
	if len(found) == 0 {
		c.Says = text.T("codes.none-found")
		m.Teach.said = c.Says
		return m
	}
	if c.Count() == 0 {
		c.read = class.NewReader(m.Teach.Class)
	}
	c.Draft, c.Says = "", ""
	c.left = append(slices.Clip(c.left), found...)
	return m
}

func (ReadCode) teach(m Model) Model {
	c := &m.Teach.Codes
	if c.playing = false; len(c.left) == 0 {
		return m
	}
	c.read, c.left = c.read.Read(c.left[0]), c.left[1:]
	if len(c.left) == 0 {
		c.Says = c.Summary()
		m.Teach.said = c.Says
	}
	return m
}

func (Reread) teach(m Model) Model {
	c := &m.Teach.Codes
	c.left = class.Find(c.text())
	c.read, c.Says = class.NewReader(m.Teach.Class), ""
	return m
}

func (ClearCodes) teach(m Model) Model {
	m.Teach.Codes = Codes{playing: m.Teach.Codes.playing, Says: text.T("codes.cleared")}
	m.Teach.said = m.Teach.Codes.Says
	return m
}

func (k KeepCodes) teach(m Model) Model { m.Teach.Codes.Keep = bool(k); return m }
func (s SaveCodes) teach(m Model) Model { return m }

// Count is how many codes there are, read or not; Left how many are not read yet.
func (c Codes) Count() int { return len(c.read.All()) + len(c.left) }

// Left is like Count.
func (c Codes) Left() int { return len(c.left) }

// All is what the codes come to that were read.
func (c Codes) All() []class.Evidence { return c.read.All() }

// Of is the class that they were read for.
func (c Codes) Of() class.Link { return c.read.Link() }

// Summary says how many codes there are and how many of them count.
func (c Codes) Summary() string {
	counted := 0
	for _, e := range c.All() {
		if e.State == class.Fine {
			counted++
		}
	}
	return text.T("codes.count", "n", c.Count(), "replayed", counted)
}

// text is all of them, as they are kept: a line for each.
func (c Codes) text() string {
	var b strings.Builder
	for _, e := range c.read.All() {
		b.WriteString(strings.Join(strings.Fields(e.Code), " ") + "\n")
	}
	for _, f := range c.left {
		b.WriteString(strings.Join(strings.Fields(f.Text), " ") + "\n")
	}
	return b.String()
}

// work plays the next code, where there is one: one a message, so that the page answers.
func (c Codes) work() (Codes, []Effect) {
	if c.playing || len(c.left) == 0 {
		return c, nil
	}
	c.playing = true
	return c, []Effect{After{0, ReadCode{}}}
}

// effects returns what the browser is to do for the codes.
func (c Codes) effects(was Codes, msg Msg) (out []Effect) {
	if c.Keep && (!was.Keep || c.Count() != was.Count()) {
		out = append(out, Store{CodesSetting, c.text()})
	} else if was.Keep && !c.Keep {
		out = append(out, Store{CodesSetting, ""})
	}
	switch msg := msg.(type) {
	case SaveCodes:
		switch msg {
		case "csv":
			out = append(out, Download{"fixation-lab-class.csv", class.CSV(c.All())})
		case "json":
			out = append(out, Download{"fixation-lab-class.json", class.JSON(c.All(), c.Of())})
		case "xapi":
			out = append(out, Download{"fixation-lab-xapi.json", class.XAPI(c.All())})
		}
	case ReadCodes, ClearCodes, Reread:
		out = append(out, Focus{ID: codesID})
	}
	return out
}

// codesID is the heading of the codes.
const codesID = "codes-title"

// recallCodes returns the codes that the browser keeps, to be played for that class.
func recallCodes(kept string, l class.Link) (c Codes) {
	if kept != "" {
		c.Keep, c.left, c.read = true, class.Find(kept), class.NewReader(l)
	}
	return c
}

// A CodeRow is a line of the table of codes.
type CodeRow struct {
	Name    string
	Counts  bool // it counts as somebody's work: the numbers say something
	Passed  bool
	Score   int
	Solved  int
	Hints   int
	Tries   int
	Right   int // of the bets
	Made    int
	Wrong   int // though she was sure
	Day     string
	Good    bool   // the code is what it should be
	State   string // what it is, in words
	Scripts []CodeScript
}

// A CodeScript is a learner's own script.
type CodeScript struct {
	N    int    // of its challenge
	Goal string // its title
	Link string // that presents it
}

// Rows are the codes that were read.
func (c Codes) Rows() []CodeRow {
	all := c.All()
	rows := make([]CodeRow, len(all))
	for i, e := range all {
		r := CodeRow{Name: e.Name, Day: e.Day, Counts: e.Counted()}
		r.State, r.Good = c.state(e)
		if r.Counts {
			r.Score, r.Passed, r.Solved, r.Hints, r.Tries = e.Score(), e.Passed(), e.Solved(), e.Hints(), e.Tries()
			r.Made, r.Right, r.Wrong = e.Predictions()
			r.Scripts = scriptsOf(e)
		}
		rows[i] = r
	}
	return rows
}

// scriptsOf are the scripts in a code that can be shown.
func scriptsOf(e class.Evidence) (out []CodeScript) {
	for i, s := range class.Challenges() {
		for n := range s.Course.Goals {
			written := e.Goals[class.GoalID(s, n)].Win.Script
			if own, err := scenarios.Own(written); written != "" && err == nil {
				title := s.Title
				if len(s.Course.Goals) > 1 {
					title = text.T("goal.part", "title", title, "n", n+1)
				}
				out = append(out, CodeScript{i + 1, title, presentWord + LinkTo(scenarios.Play{Lesson: own.Name}, 0)})
			}
		}
	}
	return out
}

// state says what a code is, and whether that is as it should be.
func (c Codes) state(e class.Evidence) (says string, good bool) {
	name := func(i int) string {
		if other := c.All()[i].Name; other != "" {
			return other
		}
		return text.T("codes.row", "n", i+1)
	}
	switch e.State {
	case class.Fine:
		if e.Like >= 0 {
			return text.T("codes.like", "name", name(e.Like)), false
		}
		return text.T("codes.replayed"), true
	case class.Refused:
		return text.T("codes.refused", "why", refusal(e)), false
	case class.Duplicate:
		return text.T("codes.copy", "name", name(e.First)), false
	case class.CutOff:
		if e.Wants < 0 {
			return text.T("codes.cut-off"), false
		}
		return text.T("codes.cut-off-at", "n", e.Has, "of", e.Wants), false
	case class.Edited:
		return text.T("codes.edited"), false
	case class.Foreign:
		if strings.Trim(e.Class, "0") == "" {
			return text.T("codes.no-class"), false
		}
		return text.T("codes.foreign"), false
	}
	return text.T("codes.outdated"), false
}

// refusal says which wins of a code were not won again, and why.
func refusal(e class.Evidence) string {
	var all []string
	for i, s := range class.Challenges() {
		for n := range s.Course.Goals {
			at := slices.IndexFunc(e.Results, func(r class.Result) bool { return r.ID == class.GoalID(s, n) })
			if at < 0 || e.Results[at].Status != class.Lost {
				continue
			}
			r := e.Results[at]
			why := ""
			if r.Err != nil {
				why = withoutFile(r.Err)
			} else if len(r.Fails) > 0 {
				why = Task{Challenge: s, N: n}.PartWords(r.Fails[0])
			}
			all = append(all, text.T("codes.not-won", "n", i+1, "why", why))
		}
	}
	return strings.Join(all, " ")
}

// A HeatRow is a challenge, and how many learners are how far with it, by class.Status.
type HeatRow struct {
	Title string
	Count [class.Lost + 1]int
}

// Heat is how the class stands, by challenge; of counts how many learners those are.
func (c Codes) Heat() (rows []HeatRow, of int) {
	for i, s := range class.Challenges() {
		r := HeatRow{Title: text.T("goal.numbered", "n", i+1, "title", s.Title)}
		of = 0
		for _, e := range c.All() {
			if e.Counted() {
				r.Count[e.Status(s)]++
				of++
			}
		}
		rows = append(rows, r)
	}
	return rows, of
}
