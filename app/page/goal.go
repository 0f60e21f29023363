package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fixlab/app/text"
	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/goal"
	"fixlab/lab/incident"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A Task is the challenge that is played, and how far the learner has come with it. The
// zero Task is none.
type Task struct {
	Challenge *script.Scenario
	N         int // which of its goals

	Verdict goal.Verdict // of the last try; nil before the first
	Fault   string       // why it could not be judged
	Tries   int          // of this goal
	Hints   int          // that were shown
	Draft   Answer
	Seed    string             // of the incident
	In      *incident.Incident // nil where there is none

	at     goal.Ground
	judged Run // what Verdict is about, where it is about a run
}

// An Answer is what the learner has picked, where a challenge is answered by picking.
type Answer struct {
	Points  []int // for each question, an option from 1; 0 for none
	Patch   string
	Revoked []string
	Claims  []goal.Claimed
	Said    []bool // which of Claims she has said anything of
}

// Goal is the goal that is played.
func (t Task) Goal() *script.Goal { return &t.Challenge.Course.Goals[t.N] }

// On reports whether a challenge is played.
func (t Task) On() bool { return t.Challenge != nil }

// ByScript reports whether it is answered by acting.
func (t Task) ByScript() bool { return t.On() && t.Goal().May.Kind == script.MayScript }

// Kind is what the answer is made of.
func (t Task) Kind() script.MayKind { return t.Goal().May.Kind }

// Solved reports whether the last try has won.
func (t Task) Solved() bool { return t.Verdict != nil && t.Verdict.Wins() }

// ID is the goal's name in the progress: that of the challenge, and which of several.
func (t Task) ID() string {
	if len(t.Challenge.Course.Goals) > 1 {
		return t.Challenge.Name + "/" + strconv.Itoa(t.N+1)
	}
	return t.Challenge.Name
}

// task returns the task of what m shows: that of before where it is the same.
func (m Model) task() Task {
	if m.Page != "" || m.Scenario == nil {
		return m.Task
	}
	c, n := m.challenge()
	if c == "" {
		return Task{}
	}
	if m.Task.On() && m.Task.Challenge.Name == c && m.Task.N == n {
		return m.Task
	}
	s, err := scenarios.Challenge(c)
	if err != nil {
		panic("the page: " + err.Error()) // our own challenges parse; their tests say so
	}
	t := Task{Challenge: s, N: n, Seed: m.Seed}
	g := t.Goal()
	t.Draft = Answer{Points: make([]int, len(s.Course.Asks)), Claims: make([]goal.Claimed, len(g.Claims)), Said: make([]bool, len(g.Claims))}
	if g.May.Kind == script.MayRevoke {
		t.In = incident.New(t.Seed)
	}
	t.at = scenarios.Ground(s, t.Seed)
	if kept, ok := m.Learn.Progress.Challenges[t.ID()]; ok {
		t.Hints = kept.Hints
		if g.Tries > 0 && !kept.Solved { // a reload is no way to more of them
			t.Tries = min(kept.Tries, g.Tries)
		}
	}
	return t
}

// challenge returns the name of the challenge that is shown and which of its goals, "" for
// none: that of a script's header, or the lesson itself, with the goal that is no script's.
func (m Model) challenge() (name string, n int) {
	if m.ByHand() {
		if m.Scenario.Challenge == "" {
			return "", 0
		}
		s, n, err := scenarios.GoalOf(m.Scenario.Challenge)
		if err != nil {
			return "", 0
		}
		return s.Name, n
	}
	if !scenarios.IsChallenge(m.Scenario.Name) {
		return "", 0
	}
	goals := m.Scenario.Course.Goals
	i := slices.IndexFunc(goals, func(g script.Goal) bool { return g.May.Kind != script.MayScript })
	return m.Scenario.Name, max(0, i)
}

// A GoalMsg is a message to the challenge that is played.
type GoalMsg interface{ goal(Model) Model }

type (
	// OpenGoal opens a goal of a challenge, as Task.ID names it.
	OpenGoal string
	// TryGoal has the answer judged.
	TryGoal struct{}
	// GoalRests judges a run that has changed, unless it has changed once more.
	GoalRests int
	// NextHint shows one hint more.
	NextHint struct{}
	// Restart begins the goal anew: another incident, and all tries.
	Restart struct{}
	// PickPoint picks an option, from 1, for a question.
	PickPoint struct{ N, Option int }
	PickPatch string
	// PickSession picks a session of the incident, or no longer.
	PickSession struct {
		Session string
		On      bool
	}
	// PickClaim says of a claim whether it is true, PickRow attaches a run to it.
	PickClaim struct {
		N    int
		True bool
	}
	PickRow struct {
		N   int
		Row string
	}
)

func (o OpenGoal) goal(m Model) Model {
	s, n, err := scenarios.GoalOf(string(o))
	if err != nil {
		return m.tell(err.Error() + ".")
	}
	g := &s.Course.Goals[n]
	on, _, err := script.ParseRow(g.Row())
	if err != nil {
		panic("the page: " + err.Error()) // our own challenges parse; their tests say so
	}
	m.Hand, m.Task, m.View.Sheet = m.left(), Task{}, NoSheet
	if g.May.Kind == script.MayScript {
		m.Defences = on &^ s.Fixed()
		next := m.script(script.SetKey(s.Source(), "challenge", string(o)))
		next.Hand.undo, next.Hand.redo = nil, nil
		return next
	}
	m.Page, m.Step = "", 0
	m.View.Playing = false
	return m.play(s, on&^s.Fixed())
}

func (TryGoal) goal(m Model) Model { return m.judged() }

func (r GoalRests) goal(m Model) Model {
	if int(r) != m.judging || !m.Task.judgedByRun() {
		return m
	}
	return m.judged()
}

// judgedByRun reports whether the answer is the run that is shown: it is judged as it
// changes. Any other answer is judged when the learner says so.
func (t Task) judgedByRun() bool {
	if !t.On() {
		return false
	}
	k := t.Kind()
	return k == script.MayScript || k == script.MaySwitches || k == script.MayOff
}

// judged returns m with its answer judged.
func (m Model) judged() Model {
	t := &m.Task
	if !t.On() || m.Hand.Drafting {
		return m
	}
	if missing := m.missing(); missing != "" {
		return m.tell(missing)
	}
	t.Tries++
	a := goal.Answer{On: m.Defences, Patch: t.Draft.Patch, Revoked: t.Draft.Revoked, Claims: t.Draft.Claims, Try: t.Tries}
	at := t.at
	switch t.Kind() {
	case script.MayScript:
		if key := scenarios.Otherwise(m.Scenario, t.Challenge); key != "" {
			t.Tries--
			t.Verdict, t.Fault = nil, text.T("goal.other-header", "key", key)
			return m
		}
		a.Steps = m.Scenario.Steps
		at = scenarios.Ground(t.Challenge, "") // what it remembers of other scripts is of no use
	case script.MayPoint:
		for i, options := range m.Options() {
			a.Points = append(a.Points, options[t.Draft.Points[i]-1])
		}
	case script.MayPatch, script.MayRevoke, script.MayClaims:
		a.On, _, _ = script.ParseRow(t.Goal().Row())
	}
	v, err := goal.Judge(t.Goal(), a, at)
	t.Fault = ""
	if err != nil { // it is no try
		t.Tries--
		t.Fault = withoutFile(err)
		t.Verdict = nil
		return m
	}
	t.Verdict, t.judged = v, m.Run
	m.Learn = m.Learn.keepGoal(t.ID(), m.answered(v.Wins()))
	return m
}

// missing says what the learner has not picked yet, "" for nothing.
func (m Model) missing() string {
	t := m.Task
	switch t.Kind() {
	case script.MayPoint:
		if slices.Contains(t.Draft.Points, 0) {
			return text.T("goal.pick-both")
		}
	case script.MayPatch:
		if t.Draft.Patch == "" {
			return text.T("goal.pick-patch")
		}
	case script.MayClaims:
		for i, c := range t.Draft.Claims {
			if !t.Draft.Said[i] || c.Row == "" {
				return text.T("goal.pick-claims")
			}
		}
	}
	return ""
}

// Options are what can be pointed at for each question of the challenge.
func (m Model) Options() (all [][]ask.Place) {
	for _, q := range m.Task.Challenge.Course.Asks {
		all = append(all, ask.Candidates(m.Trace, q.Point.Kind))
	}
	return all
}

// Rows are the runs that can be attached to a claim.
func (t Task) Rows() (rows []string) {
	for _, w := range t.Challenge.Wants {
		rows = append(rows, w.Row())
	}
	return rows
}

func (NextHint) goal(m Model) Model {
	if t := &m.Task; t.On() && t.Hints < len(t.Goal().Hints) {
		t.Hints++
		m.Learn = m.Learn.keepGoal(t.ID(), func(d *Done) { d.Hints = max(d.Hints, t.Hints) })
	}
	return m
}

func (Restart) goal(m Model) Model {
	id := m.Task.ID()
	if m.Task.In != nil {
		m.Seed = m.Task.Seed + "+"
	}
	m.Task = Task{}
	m = OpenGoal(id).goal(m)
	m.Task = m.task()
	m.Task.Tries = 0
	return m
}

func (p PickPoint) goal(m Model) Model {
	if d := &m.Task.Draft; p.N < len(d.Points) && p.Option >= 1 && p.Option <= len(m.Options()[p.N]) {
		d.Points = slices.Clone(d.Points)
		d.Points[p.N] = p.Option
		m.Step = m.Options()[p.N][p.Option-1].Frame
	}
	return m
}

// A patch is played at once, so that it can be looked at.
func (p PickPatch) goal(m Model) Model {
	for _, patch := range m.Task.Goal().Patches {
		if patch.Name == string(p) {
			m.Task.Draft.Patch = string(p)
			on, _ := defence.Parse(patch.Row)
			return m.play(m.Scenario, on&^m.Scenario.Fixed())
		}
	}
	return m
}

func (p PickSession) goal(m Model) Model {
	d := &m.Task.Draft
	list := slices.DeleteFunc(slices.Clone(d.Revoked), func(s string) bool { return s == p.Session })
	if p.On {
		list = append(list, p.Session)
	}
	d.Revoked = list
	return m
}

func (p PickClaim) goal(m Model) Model {
	if d := &m.Task.Draft; p.N < len(d.Claims) {
		d.Claims, d.Said = slices.Clone(d.Claims), slices.Clone(d.Said)
		d.Claims[p.N].True, d.Said[p.N] = p.True, true
	}
	return m
}

// The run that is attached is shown.
func (p PickRow) goal(m Model) Model {
	d := &m.Task.Draft
	if p.N >= len(d.Claims) || !slices.Contains(m.Task.Rows(), p.Row) {
		return m
	}
	d.Claims = slices.Clone(d.Claims)
	d.Claims[p.N].Row = p.Row
	on, with, err := scenarios.ParseRow(p.Row)
	if err != nil {
		return m
	}
	s, err := scenarios.Play{Lesson: m.Task.Challenge.Name, On: on, With: with}.Arrange(m.Task.Challenge)
	if err != nil {
		return m.tell(err.Error() + ".")
	}
	return m.play(s, on&^s.Fixed())
}

// A Done is what was done for a goal of a challenge.
type Done struct {
	Solved bool   `json:"solved,omitempty"`
	Hints  int    `json:"hints,omitempty"`
	Tries  int    `json:"tries,omitempty"`  // up to the one that solved it
	Answer string `json:"answer,omitempty"` // what solved it: the link to the run, or what was picked
}

// longestAnswer bounds what is kept of an answer, in bytes.
const longestAnswer = 4 << 10

// answered returns what a judged answer changes in what is kept of the goal.
func (m Model) answered(wins bool) func(*Done) {
	t := m.Task
	return func(d *Done) {
		if d.Solved { // what solved it first stays
			return
		}
		d.Tries++
		if !wins {
			return
		}
		d.Solved, d.Hints = true, t.Hints
		switch t.Kind() {
		case script.MayPatch:
			d.Answer = t.Draft.Patch
		case script.MayRevoke:
			d.Answer = strings.Join(t.Draft.Revoked, " ")
		case script.MayPoint, script.MayClaims:
		default:
			if link := "#" + m.LinkAt(m.Step); len(link) <= longestAnswer {
				d.Answer = link
			}
		}
	}
}

// keepGoal returns l with what is kept of a goal changed.
func (l Learn) keepGoal(id string, change func(*Done)) Learn {
	d := l.Progress.Challenges[id]
	was := d
	if change(&d); d == was {
		return l
	}
	l.Progress.Challenges = maps.Clone(l.Progress.Challenges)
	if l.Progress.Challenges == nil {
		l.Progress.Challenges = map[string]Done{}
	}
	l.Progress.Challenges[id] = d
	if l.today != "" {
		l.Progress.Day = l.today
	}
	l.Progress.changes++
	return l
}

// Kept is what is kept of the goal that is played.
func (m Model) Kept() Done { return m.Learn.Progress.Challenges[m.Task.ID()] }

// NextGoal is the goal after the one that is played, "" after the last.
func (m Model) NextGoal() string {
	all := GoalIDs()
	if i := slices.Index(all, m.Task.ID()); i >= 0 && i+1 < len(all) {
		return all[i+1]
	}
	return ""
}

// GoalIDs are the goals of all challenges, in order.
func GoalIDs() (ids []string) {
	for _, s := range Challenges() {
		for n := range s.Course.Goals {
			ids = append(ids, Task{Challenge: s, N: n}.ID())
		}
	}
	return ids
}

// Locked reports whether no switch can be thrown: a challenge is answered otherwise.
func (m Model) Locked() bool {
	return m.Task.On() && m.Page == "" && m.Task.Kind() != script.MaySwitches && m.Task.Kind() != script.MayOff
}

// Challenges are all challenges, in order.
var Challenges = sync.OnceValue(func() []*script.Scenario {
	all, err := scenarios.Challenges()
	if err != nil {
		panic("the page: " + err.Error()) // our own challenges parse; their tests say so
	}
	return all
})

// Denied are the verbs that the challenge does not grant whoever sits at a browser.
func (m Model) Denied(browser string) (verbs []string) {
	if !m.Task.ByScript() {
		return nil
	}
	who, at, _ := strings.Cut(m.Hand.Sitter(browser), "@")
	for _, v := range script.Verbs {
		if !m.Task.Goal().May.Grants(script.Step{Who: who, At: at, Verb: v.Name}) {
			verbs = append(verbs, v.Name)
		}
	}
	return verbs
}

// Challenge is the first goal that is not solved yet, by its ID, and the title of its
// challenge; "" when all are.
func (l Learn) Challenge() (id, title string) {
	for _, s := range Challenges() {
		for n := range s.Course.Goals {
			if id := (Task{Challenge: s, N: n}).ID(); !l.Progress.Challenges[id].Solved {
				return id, s.Title
			}
		}
	}
	return "", ""
}

// SolvedGoals are the goals that were solved, by their IDs.
func (m Model) SolvedGoals() (ids []string) {
	for id, d := range m.Learn.Progress.Challenges {
		if d.Solved {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
