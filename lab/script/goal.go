package script

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Goal is a task, and what wins it: all that Need says, of the answer's own run and of
// those of its suites, within what May grants. No answer is stored but for the tests, so
// any that brings it about wins. Package goal judges one.
type Goal struct {
	Line    int
	Say     string
	May     May
	Start   string   // the ROW that it begins with, "" for the lesson as it stands
	Tries   int      // a later try does not win; 0 for any number
	Suites  []string // other runs in which Need must hold too: "@SETUP", SuiteWays or SuiteJourneys
	Need    Predicate
	Minimal string   // "" unless no switch of the answer may be one that could be left out
	Hints   []string // three: a nudge, where to look, the worked solution
	Habits  []Habit  // what Alice does when she is asked to
	Sent    []Step   // what she does with a link that she is sent: $link
	Patches []Patch
	Claims  []Claim

	Script string  // the worked solution: a Script of the course; "" for the lesson's own steps
	Solve  string  // its ROW, as Start
	Also   []Trial // others that win
	Fails  []Trial // some that must not
	Why    string  // and why they must not

	rows []rowAt // all that it names but Start, Solve where they are empty, and what trials take away
}

// The suites that a lab brings along.
const (
	SuiteWays     = "S" // every way in that the server is open to
	SuiteJourneys = "J" // what Alice does on any day; Need is not asked of it
)

// A Habit is what Alice does when she is asked to, under the name by which she is.
type Habit struct {
	Name  string
	Steps []Step
}

// A Patch is a change of the server that can be chosen.
type Patch struct {
	Name string // "A"
	Row  string // its switches, as a want table has them
	Text string
}

// A Claim is something that is said of the run of Row, and is true if Holds holds there.
type Claim struct {
	Line  int
	Text  string
	Row   string
	Holds Predicate
}

// A Trial is an answer of which it is known whether it wins.
type Trial struct {
	Line int
	From string // "start": the lesson's own steps instead of the worked solution; "only": without the switches of the lesson's own server; ""
	Row  string // as of a Goal's Start, or Everything
}

// String returns t as its line has it.
func (t Trial) String() string { return strings.TrimSpace(t.From + " " + t.Row) }

// Everything is every defence at once, as a Trial's Row.
const Everything = "everything"

// A Script is steps with a name, besides those of the lesson.
type Script struct {
	Name  string
	Line  int
	Steps []Step
}

// ScriptOf returns the steps of the script of that name, nil when there is none.
func (c *Course) ScriptOf(name string) []Step {
	if i := slices.IndexFunc(c.Scripts, func(s Script) bool { return s.Name == name }); i >= 0 {
		return c.Scripts[i].Steps
	}
	return nil
}

// Sends returns the steps of Alice's getting a link and doing with it what g says: it is
// Mallory who writes the link.
func (g *Goal) Sends(link string) []Step {
	write := Step{Who: "mallory", Verb: "let", Args: []string{"link=" + link}}
	return append([]Step{write}, g.Sent...)
}

// Row is the row that g begins with: "none" for the lesson as it stands.
func (g *Goal) Row() string { return rowOf(g.Start) }

// Solved is the row of the worked solution: "none" for the lesson as it stands.
func (g *Goal) Solved() string { return rowOf(g.Solve) }

// A rowAt is a row of a goal, and the line that it stands on.
type rowAt struct {
	line int
	row  string
}

// reads notes a row of g, if it is one.
func (g *Goal) reads(row string, err error) (string, error) {
	g.rows = append(g.rows, rowAt{row: row})
	return row, err
}

// needs reads a predicate, and notes the rows that it compares with.
func (g *Goal) needs(text string) (Predicate, error) {
	p, err := ParsePredicate(text)
	for row := range p.rows {
		g.reads(row, nil)
	}
	return p, err
}

const scriptSection = "script NAME"

// goal is the one whose section is open.
func goal(c *Course) *Goal { return last(c.Goals) }

// plain is a key of a goal that sets a text and may be left out.
func plain(name, args, does string, field func(*Goal) *string) SectionKey {
	return SectionKey{name, args, does, false, false, func(c *Course, _, value string) error {
		*field(goal(c)) = value
		return nil
	}}
}

// rowKey is a key of a goal whose value is a ROW.
func rowKey(name, does string, field func(*Goal) *string) SectionKey {
	return SectionKey{name, "ROW", does, false, false, func(c *Course, _, value string) (err error) {
		g := goal(c)
		*field(g), err = g.reads(row(value))
		return err
	}}
}

// trials is a key of a goal whose values are trials.
func trials(name, does string, field func(*Goal) *[]Trial) SectionKey {
	return SectionKey{name, "[start|only] ROW|everything", does, true, false, func(c *Course, _, value string) error {
		g := goal(c)
		t, err := parseTrial(value)
		if t.From != "only" && t.Row != Everything {
			g.reads(t.Row, nil)
		}
		*field(g) = append(*field(g), t)
		return err
	}}
}

var goalSection = Section{"goal", "makes the lesson a challenge: a task, and what wins it", []SectionKey{
	text("say", "TEXT", "is the task", func(c *Course) *string { return &goal(c).Say }),
	{"may", "WHO VERB …; …|" + strings.Join(mayWords, "|"), "is what a learner may do: who may do what in a script, or what else an answer is made of", false, true, func(c *Course, _, value string) (err error) {
		goal(c).May, err = parseMay(value)
		return err
	}},
	rowKey("start", "is the row that it begins with", func(g *Goal) *string { return &g.Start }),
	{"tries", "N", "says how many tries there are", false, false, func(c *Course, _, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 10 {
			return fmt.Errorf("%q is not a number of tries from 1 to 10", value)
		}
		goal(c).Tries = n
		return nil
	}},
	{"suite", "@SETUP|S|J", "is another run in which what is needed must hold: in that setup, by every way in that the server is open to (S); or Alice at her own business, unharmed and served (J)", true, false, func(c *Course, _, value string) error {
		g := goal(c)
		words, at := strings.CutPrefix(value, "@")
		switch {
		case value != SuiteWays && value != SuiteJourneys && (!at || words == "" || strings.ContainsAny(words, " @")):
			return fmt.Errorf("want a suite such as @xss, S or J, got %q", value)
		case slices.Contains(g.Suites, value):
			return fmt.Errorf("the suite %q twice", value)
		}
		if g.Suites = append(g.Suites, value); words != value {
			g.reads("none"+value, nil)
		}
		return nil
	}},
	{"need", "PREDICATE", "is what must hold", false, false, func(c *Course, _, value string) (err error) {
		goal(c).Need, err = goal(c).needs(value)
		return err
	}},
	plain("minimal", "TEXT", "has an answer win only when no switch of it can be left out, and says so", func(g *Goal) *string { return &g.Minimal }),
	{"hint", "TEXT", "is one of three: a nudge, where to look, the worked solution", true, true, func(c *Course, _, value string) error {
		goal(c).Hints = append(goal(c).Hints, value)
		return nil
	}},
	{"habit", "NAME | LINE | …", "is what Alice does when she is asked to", true, false, func(c *Course, _, value string) error {
		name, lines, _ := strings.Cut(value, " | ")
		h := Habit{Name: strings.TrimSpace(name)}
		if slices.ContainsFunc(goal(c).Habits, func(o Habit) bool { return o.Name == h.Name }) {
			return fmt.Errorf("two habits %q", h.Name)
		}
		var err error
		h.Steps, err = goal(c).alices(lines)
		goal(c).Habits = append(goal(c).Habits, h)
		return err
	}},
	{"sent", "LINE | …", "is what Alice does with a link that she is sent, which is $link", false, false, func(c *Course, _, value string) (err error) {
		g := goal(c)
		if g.Sent, err = g.alices(value); err == nil && !strings.Contains(value, "$link") {
			err = fmt.Errorf("Alice does nothing with the link: no line has $link")
		}
		if err == nil {
			err = g.May.allows(g.Sends("")[0])
		}
		return err
	}},
	{"patch", "NAME = SWITCHES : TEXT", "is one of several changes of the server to choose from", true, false, func(c *Course, _, value string) (err error) {
		name, rest, _ := strings.Cut(value, " = ")
		on, text, ok := strings.Cut(rest, " : ")
		p := Patch{Name: strings.TrimSpace(name), Text: strings.TrimSpace(text)}
		if !ok || !IsName(p.Name) || p.Text == "" {
			return fmt.Errorf("want \"patch: NAME = SWITCHES : TEXT\", got %q", value)
		}
		if slices.ContainsFunc(goal(c).Patches, func(o Patch) bool { return o.Name == p.Name }) {
			return fmt.Errorf("two patches %q", p.Name)
		}
		if p.Row, err = goal(c).reads(row(strings.TrimSpace(on))); err == nil && strings.Contains(p.Row, "@") {
			err = fmt.Errorf("a patch changes switches, and %q a setup", p.Row)
		}
		goal(c).Patches = append(goal(c).Patches, p)
		return err
	}},
	{"claim", "TEXT | ROW | PREDICATE", "is said of a run: a learner says whether it is true, and shows it by a run with that server and those switches", true, false, func(c *Course, _, value string) (err error) {
		parts := strings.Split(value, " | ")
		if len(parts) != 3 {
			return fmt.Errorf("want \"claim: TEXT | ROW | PREDICATE\", got %q", value)
		}
		claim := Claim{Text: strings.TrimSpace(parts[0])}
		if claim.Row, err = goal(c).reads(row(strings.TrimSpace(parts[1]))); err == nil {
			claim.Holds, err = goal(c).needs(strings.TrimSpace(parts[2]))
		}
		goal(c).Claims = append(goal(c).Claims, claim)
		return err
	}},
	plain("script", "NAME", "names the script that is the worked solution, where it is not the lesson's own steps", func(g *Goal) *string { return &g.Script }),
	rowKey("solve", "is the row of the worked solution", func(g *Goal) *string { return &g.Solve }),
	trials("also", "is another row that wins", func(g *Goal) *[]Trial { return &g.Also }),
	trials("fails", "is a row that must not win; with \"start\" the lesson's own steps are played, with \"only\" without the switches of its own server", func(g *Goal) *[]Trial { return &g.Fails }),
	plain("why", "TEXT", "says why not", func(g *Goal) *string { return &g.Why }),
}}

// parseTrial reads "[start|only] ROW|everything".
func parseTrial(text string) (t Trial, err error) {
	t.Row = text
	if from, rest, ok := strings.Cut(text, " "); ok && (from == "start" || from == "only") {
		t.From, t.Row = from, rest
	}
	if t.Row != Everything {
		_, err = row(t.Row)
	}
	return t, err
}

// alices reads steps of Alice's that are joined by " | ", and that g grants.
func (g *Goal) alices(lines string) (steps []Step, err error) {
	for _, line := range strings.Split(lines, " | ") {
		step, err := parseStep(line)
		if err == nil && step.Who != "alice" {
			err = fmt.Errorf("it is Alice who does it, and not %s", step.Who)
		}
		if err == nil {
			err = g.May.allows(step)
		}
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// script opens the section of a script.
func (p *parser) script(name string) error {
	switch {
	case !IsName(name):
		return fmt.Errorf("%q does not name a script: want letters and digits", name)
	case slices.ContainsFunc(p.course.Scripts, func(s Script) bool { return s.Name == name }):
		return fmt.Errorf("a second script %q", name)
	}
	p.course.Scripts = append(p.course.Scripts, Script{Name: name, Line: p.line})
	p.into, p.caption, p.read = &last(p.course.Scripts).Steps, nil, (*parser).steps
	return nil
}
