package page

import (
	"slices"

	"fixlab/app/class"
	"fixlab/app/text"
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

	of     *script.Scenario // what was shown as it was found
	tried  int              // counts what was judged of it
	at     goal.Ground
	judged Run // what Verdict is about, where it is about a run
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

// UsedUp reports whether there are no tries left: the goal can only be begun again.
func (t Task) UsedUp() bool {
	most := t.Goal().Tries
	return most > 0 && t.Tries >= most && !t.Solved()
}

// ID is the goal's name in the progress: that of the challenge, and which of several.
func (t Task) ID() string { return class.GoalID(t.Challenge, t.N) }

// task returns the task of what m shows: that of before where it is the same.
func (m Model) task() Task {
	if m.Page != "" || m.Scenario == nil {
		return m.Task
	}
	if m.Task.On() && m.Task.of == m.Scenario {
		return m.Task
	}
	c, n := m.challenge()
	if c == "" {
		return Task{}
	}
	if m.Task.On() && m.Task.Challenge.Name == c && m.Task.N == n {
		m.Task.of = m.Scenario
		return m.Task
	}
	s, err := scenarios.Challenge(c)
	if err != nil {
		panic("the page: " + err.Error()) // our own challenges parse; their tests say so
	}
	t := Task{Challenge: s, N: n, Seed: m.Learn.Class.Seed(m.Seed, m.again), of: m.Scenario}
	g := t.Goal()
	t.Draft = Answer{Points: make([]int, len(s.Course.Asks)), Claims: make([]goal.Claimed, len(g.Claims)), Said: make([]bool, len(g.Claims))}
	if g.May.Kind == script.MayRevoke {
		t.In = incident.New(t.Seed)
	}
	t.at = scenarios.Ground(s, t.Seed)
	if kept, ok := m.Learn.Progress.Challenges[t.ID()]; ok {
		t.Hints = min(kept.Hints, m.HintsOf(g))
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
	if int(r) != m.judging || !m.Task.ByRun() {
		return m
	}
	return m.judged()
}

// ByRun reports whether the answer is the run that is shown: it is judged as it
// changes. Any other answer is judged when the learner says so.
func (t Task) ByRun() bool {
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
	if t.UsedUp() {
		return m.tell(text.T("goal.used-up"))
	}
	if missing := m.missing(); missing != "" {
		return m.tell(missing)
	}
	t.Tries++
	t.tried++
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

func (NextHint) goal(m Model) Model {
	if t := &m.Task; t.On() && t.Hints < m.HintsOf(t.Goal()) {
		t.Hints++
		m.Learn = m.Learn.keepGoal(t.ID(), func(d *Done) { d.Hints = max(d.Hints, t.Hints) })
	}
	return m
}

func (Restart) goal(m Model) Model {
	id := m.Task.ID()
	if m.Task.In != nil {
		m.again++
	}
	m.Task = Task{}
	m = OpenGoal(id).goal(m)
	m.Task = m.task()
	m.Task.Tries = 0
	return m
}

// NextGoal is the goal after the one that is played, "" after the last.
func (m Model) NextGoal() string {
	all := class.Goals()
	if i := slices.Index(all, m.Task.ID()); i >= 0 && i+1 < len(all) {
		return all[i+1]
	}
	return ""
}

// Locked reports whether no switch can be thrown: a challenge is answered otherwise.
func (m Model) Locked() bool {
	return m.Task.On() && m.Page == "" && m.Task.Kind() != script.MaySwitches && m.Task.Kind() != script.MayOff
}
