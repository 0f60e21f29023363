package script

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Section is a part of a scenario file after its steps.
type Section struct {
	Name string
	Does string       // as a clause without a subject
	Keys []SectionKey // its lines are "key: value"; nil for a section of another form
}

// A SectionKey is one line that a section may have.
type SectionKey struct {
	Name string
	Args string // its value, as a usage line has it
	Does string // as a clause without a subject

	many bool // more than once
	need bool // once at least
	set  func(c *Course, rest, value string) error
}

// Sections are all there are.
var Sections = []Section{
	{Name: "want", Does: "says how runs must end: SWITCHES[@SETUP] OUTCOME [KEY] in each line"},
	{Name: "story.md", Does: "tells the rest, in Markdown"},
	{"card", "makes the lesson one of a course", []SectionKey{
		text("goal", "TEXT", "says what a learner can do afterwards", func(c *Course) *string { return &c.Goal }),
		count("minutes", "says how long it takes", func(c *Course) *int { return &c.Minutes }),
		text("take", "TEXT", "is what to take away, in one line", func(c *Course) *string { return &c.Take }),
		{"term", "WORD", "names a word of the glossary", true, false, func(c *Course, _, value string) error {
			if slices.Contains(c.Terms, value) {
				return fmt.Errorf("the term %q twice", value)
			}
			c.Terms = append(c.Terms, value)
			return nil
		}},
		{"own", "frameworks", "has the lesson end with one's own framework: what its login does, and a test", false, false, func(c *Course, _, value string) error {
			if c.Own = value == "frameworks"; !c.Own {
				return fmt.Errorf("a lesson ends with one's own frameworks, not with %q", value)
			}
			return nil
		}},
	}},
	{"bet", "asks before the run", []SectionKey{
		text("ask", "TEXT", "is the question", func(c *Course) *string { return &last(c.Bets).Ask }),
		aRow(func(c *Course) *string { return &last(c.Bets).Run }),
		{"option", "TEXT | PREDICATE", "is an answer, and when it holds", true, true, func(c *Course, _, value string) error {
			at := strings.LastIndex(value, " | ")
			if at < 0 {
				return fmt.Errorf("want \"option: TEXT | PREDICATE\", got %q", value)
			}
			holds, err := ParsePredicate(strings.TrimSpace(value[at+3:]))
			o, b := Option{strings.TrimSpace(value[:at]), holds}, last(c.Bets)
			if slices.ContainsFunc(b.Options, func(x Option) bool { return x.Text == o.Text }) {
				return fmt.Errorf("two options %q", o.Text)
			}
			b.Options = append(b.Options, o)
			return err
		}},
		{"where", "EVENT", "is a step to point at besides", false, false, func(c *Course, _, value string) error {
			e, err := ParseEvent(value)
			last(c.Bets).Where = &e
			return err
		}},
	}},
	{"ask", "asks to point at something in a run", []SectionKey{
		text("ask", "TEXT", "is the question", func(c *Course) *string { return &last(c.Asks).Ask }),
		aRow(func(c *Course) *string { return &last(c.Asks).Run }),
		{"point", "THING", "is what to point at", false, true, func(c *Course, _, value string) (err error) {
			last(c.Asks).Point, err = ParseThing(value)
			return err
		}},
		text("right", "TEXT", "is said when it is pointed at", func(c *Course) *string { return &last(c.Asks).Right }),
		{"wrong", "TEXT", "is said of everything else; \"wrong THING: TEXT\" of one likely mistake", true, true, func(c *Course, rest, value string) error {
			a := last(c.Asks)
			if rest == "" {
				return once(&a.Else, "wrong", value)
			}
			if a.Point == (Thing{}) {
				return fmt.Errorf("\"point\" stands before what is said of a mistake")
			}
			if labelled(rest) {
				return fmt.Errorf("the thing ends at \"%s: \"; name it by other words than %q", rest, rest+": …")
			}
			thing, err := ParseThing(rest)
			if err == nil && thing.Kind != a.Point.Kind {
				err = fmt.Errorf("the question is about a %s, the mistake is a %s", a.Point.Kind, thing.Kind)
			}
			a.Wrong = append(a.Wrong, Reply{thing, value})
			return err
		}},
	}},
	stopSection,
	goalSection,
	{Name: scriptSection, Does: "is steps as those of the file: a worked solution of a goal"},
	{"notes", "is for whoever teaches the lesson", []SectionKey{
		text("goal", "TEXT", "is what the class sees", func(c *Course) *string { return &c.Notes.Goal }),
		text("believe", "TEXT", "is what many believe before", func(c *Course) *string { return &c.Notes.Believe }),
		text("say", "TEXT", "is a sentence to say", func(c *Course) *string { return &c.Notes.Say }),
		text("ask", "TEXT", "is a question to ask", func(c *Course) *string { return &c.Notes.Ask }),
		text("expect", "TEXT", "is the answer to expect", func(c *Course) *string { return &c.Notes.Expect }),
		count("minutes", "says how long it takes", func(c *Course) *int { return &c.Notes.Minutes }),
		text("trap", "TEXT", "is what to leave out, or where people get stuck", func(c *Course) *string { return &c.Notes.Trap }),
	}},
}

func last[T any](list []T) *T { return &list[len(list)-1] }

// text is a key that must be given, once.
func text(name, args, does string, field func(*Course) *string) SectionKey {
	return SectionKey{name, args, does, false, true, func(c *Course, _, value string) error { *field(c) = value; return nil }}
}

// count is a key with a number of minutes.
func count(name, does string, field func(*Course) *int) SectionKey {
	return SectionKey{name, "N", does, false, true, func(c *Course, _, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 60 {
			return fmt.Errorf("%q is not a number of minutes from 1 to 60", value)
		}
		*field(c) = n
		return nil
	}}
}

// aRow is the key for the run that a question is about.
func aRow(field func(*Course) *string) SectionKey {
	return SectionKey{"run", "ROW", "is the run it is about, as the first column of a want table", false, false, func(c *Course, _, value string) (err error) {
		*field(c), err = row(value)
		return err
	}}
}

// Many reports whether a section may have the key more than once.
func (k SectionKey) Many() bool { return k.many }

// names returns the names of a section's keys.
func (s *Section) names() (names []string) {
	for _, k := range s.Keys {
		names = append(names, k.Name)
	}
	return names
}

// labelled reports whether the last word of a text is the label of a session id, such as K2.
func labelled(text string) bool {
	digits, ok := strings.CutPrefix(text[strings.LastIndex(text, " ")+1:], "K")
	_, err := strconv.Atoi(digits)
	return ok && err == nil
}
