// Package goal judges answers to the goals of challenges. It plays runs and compares
// nothing with a stored answer: whatever brings about what a goal needs, by what the goal
// grants, wins. It knows no lesson; a Ground plays the runs.
package goal

import (
	"fmt"

	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// An Answer is what a learner hands in. What a goal does not ask for stays empty.
type Answer struct {
	Steps   []script.Step // her script; empty for the challenge's own steps
	On      defence.Set   // the switches as she has them; those of the challenge's own server may be among them
	Points  []ask.Place   // for each question of the challenge, in order
	Patch   string        // a name
	Revoked []string      // sessions of the incident
	Claims  []Claimed     // for each claim, in order
	Try     int           // which try it is, from 1
}

// A Claimed is what a learner says of a claim.
type Claimed struct {
	True bool
	Row  string // the run that shows it; "" when none is attached
}

// A Ground is the lab that answers are tried in.
type Ground struct {
	Challenge *script.Scenario
	Play      func(steps []script.Step, row string) (*lab.Trace, error) // plays steps, or the challenge's own when nil, as row says
	Suite     func(name string, steps []script.Step) ([]Trip, error)    // the runs of a suite of a goal
	Fixated   []string                                                  // the sessions of the incident that are
}

// A Trip is one run of a suite.
type Trip struct {
	Name string           // "@xss", or of a journey "two-tabs"
	Need script.Predicate // what must hold of a journey; nil for what the goal needs
	Play func(on defence.Set) (*lab.Trace, error)
}

// A Kind says what a part of a verdict is about.
type Kind int

// The kinds of parts.
const (
	Granted  Kind = iota // the answer does only what is granted: of a step that is not, Frame is its index; of switches, Off are those
	Known                // no value that the server made is typed out, which only somebody who sees all screens could
	InTime               // it comes within the tries
	Pointed              // the place for question N is right
	Judged               // claim N is judged rightly
	Attached             // the run that is attached to claim N is of that server with those switches, and shows what is so
	Needed               // Term holds of the run
	Minimal              // no switch can be left out; where it does not hold, Off can
)

// A Part is one thing that must hold of an answer for it to win.
type Part struct {
	Kind  Kind
	Term  script.Term // Needed: what must hold
	Suite string      // Needed: the suite that the run belongs to; "" for the answer's own run
	Run   string      // Needed: which run of a suite, or which script; Attached: the row
	N     int         // Pointed: an index of the course's questions; Judged and Attached: of the claims
	Off   defence.Set // Granted and Minimal: see there
	Says  string      // Pointed: the lesson's own words for that answer
	Holds bool
	Frame int        // the step that shows it; of Known, as of Granted, an index of the answer's steps, an index of Trace.Frames; below 0 for none
	Trace *lab.Trace // the run that shows it, nil for none
}

// A Verdict is all parts of an answer's judgement, in the order of the goal.
type Verdict []Part

// Wins reports whether every part holds.
func (v Verdict) Wins() bool { return v.Fails() == nil }

// Fails returns the parts that do not hold.
func (v Verdict) Fails() (parts []Part) {
	for _, p := range v {
		if !p.Holds {
			parts = append(parts, p)
		}
	}
	return parts
}

// Judge says of every part of g whether it holds of a. The error is that of a step or a row
// that cannot be played, or of a run without a verdict.
func Judge(g *script.Goal, a Answer, at Ground) (Verdict, error) {
	start, with, err := script.ParseRow(g.Row())
	if err != nil {
		return nil, err
	}
	if a.On &^= at.Challenge.Fixed(); len(a.Steps) == 0 {
		a.Steps = nil
	}
	j := judging{g: g, a: a, at: at, with: with}
	j.granted(start)
	if g.Tries > 0 {
		j.add(Part{Kind: InTime, Holds: a.Try <= g.Tries, Frame: -1})
	}
	switch g.May.Kind {
	case script.MayPoint:
		err = j.pointed()
	case script.MayClaims:
		err = j.claimed()
	}
	if err == nil && g.May.Kind == script.MayScript {
		err = j.known()
	}
	if err == nil {
		err = j.needed(j.a.On)
	}
	if err == nil && g.Minimal != "" && j.parts.Wins() {
		err = j.minimal()
	}
	return j.parts, err
}

// A judging is one answer on its way to a verdict.
type judging struct {
	g     *script.Goal
	a     Answer
	at    Ground
	with  string // the setup of the answer's own run
	parts Verdict
}

func (j *judging) add(p Part) { j.parts = append(j.parts, p) }

// row plays the answer's steps as a row says.
func (j *judging) row(row string) (*lab.Trace, error) { return whole(j.at.Play(j.a.Steps, row)) }

// whole returns t if it has a verdict.
func whole(t *lab.Trace, err error) (*lab.Trace, error) {
	if err == nil && t.Cut != "" {
		err = fmt.Errorf("no verdict: %s", t.Cut)
	}
	return t, err
}

// needed adds what must hold of the runs under on.
func (j *judging) needed(on defence.Set) error {
	for _, term := range j.g.Need {
		p := Part{Kind: Needed, Term: term}
		if term.Word == script.TermRevokes {
			p.Holds, p.Frame = j.revokes(term), -1
			j.add(p)
			continue
		}
		if err := j.weigh(p, term, on); err != nil {
			return err
		}
	}
	for _, suite := range j.g.Suites {
		trips, err := j.at.Suite(suite, j.a.Steps)
		if err != nil {
			return err
		}
		for _, trip := range trips {
			if err := j.trip(suite, trip, on); err != nil {
				return err
			}
		}
	}
	return nil
}

// weigh adds p, which is about a term of the goal's own.
func (j *judging) weigh(p Part, term script.Term, on defence.Set) error {
	steps := j.a.Steps
	if term.Word == script.TermScript {
		p.Run = term.Text
		steps = j.at.Challenge.Course.ScriptOf(term.Text)
		not := term.Not
		term = *term.In
		term.Not = term.Not != not
	}
	t, err := whole(j.at.Play(steps, script.Row(on, j.with)))
	if err != nil {
		return err
	}
	return j.weighed(p, term, t)
}

// weighed adds p: whether term holds of t.
func (j *judging) weighed(p Part, term script.Term, t *lab.Trace) error {
	f, err := ask.Weigh(term, t, j.row)
	p.Holds, p.Frame, p.Trace = f.Holds, f.Frame, f.Run
	j.add(p)
	return err
}

// trip adds what must hold of one run of a suite.
func (j *judging) trip(suite string, trip Trip, on defence.Set) error {
	t, err := whole(trip.Play(on))
	if err != nil {
		return err
	}
	need := trip.Need
	if need == nil {
		need = j.g.Need
	}
	for _, term := range need {
		if trip.Need == nil && !ofRun(term.Word) {
			continue
		}
		if err := j.weighed(Part{Kind: Needed, Term: term, Suite: suite, Run: trip.Name}, term, t); err != nil {
			return err
		}
	}
	return nil
}

// ofRun reports whether a term is about the run alone, and so must hold of a suite's too.
func ofRun(w script.Word) bool {
	switch w {
	case script.TermEnds, script.TermDecides, script.TermHas, script.TermKey, script.TermShown, script.TermGone, script.TermSigned, script.TermTyped, script.TermCosts:
		return true
	}
	return false
}

// minimal adds whether a switch can be left out of an answer that wins otherwise.
func (j *judging) minimal() error {
	p := Part{Kind: Minimal, Holds: true, Frame: -1}
	for _, info := range j.a.On.Infos() {
		less := judging{g: j.g, a: j.a, at: j.at, with: j.with}
		if err := less.needed(j.a.On &^ info.Set); err != nil {
			return err
		}
		if less.parts.Wins() {
			p.Holds = false
			p.Off |= info.Set
		}
	}
	j.add(p)
	return nil
}
