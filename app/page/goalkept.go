package page

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fixlab/app/class"
	"fixlab/lab/defence"
	"fixlab/lab/goal"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A Done is what was done for a goal of a challenge.
type Done struct {
	Solved bool   `json:"solved,omitempty"`
	Hints  int    `json:"hints,omitempty"`
	Tries  int    `json:"tries,omitempty"`  // up to the one that solved it
	Answer string `json:"answer,omitempty"` // what solved it: the link to the run, or what was picked; see Task.Win
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
		d.Answer = m.answer()
	}
}

// answer is what solved the goal, as Done has it.
func (m Model) answer() string {
	t := m.Task
	switch t.Kind() {
	case script.MayPatch:
		return t.Draft.Patch
	case script.MayRevoke:
		return t.Seed + " " + strings.Join(t.Draft.Revoked, " ")
	case script.MayPoint:
		points := make([]string, len(t.Draft.Points))
		for i, p := range t.Draft.Points {
			points[i] = strconv.Itoa(p)
		}
		return strings.Join(points, " ")
	case script.MayClaims:
		claims := make([]string, len(t.Draft.Claims))
		for i, c := range t.Draft.Claims {
			claims[i] = strconv.FormatBool(c.True) + " " + c.Row
		}
		return strings.Join(claims, claimEnds)
	}
	if link := "#" + m.LinkAt(m.Step); len(link) <= longestAnswer {
		return link
	}
	return ""
}

// claimEnds stands between two claims in an answer, and in none.
const claimEnds = "; "

// Win is the inverse of answer; the zero Win where what was kept does not say it.
func (t Task) Win(answer string) (w class.Win) {
	words := strings.Fields(answer)
	var unread scenarios.Faults
	link := unescape(strings.Split(strings.TrimPrefix(answer, "#"), "/"), &unread)
	switch t.Kind() {
	case script.MayScript:
		if len(link) > 1 && link[0] == ScriptPage {
			w.Script, _ = scenarios.Text(scenarios.Packed(link[1]))
		}
	case script.MaySwitches, script.MayOff:
		if len(link) > 2 && link[1] == t.Challenge.Name {
			if on, err := defence.Parse(link[2]); err == nil {
				w.On = &on
			}
		}
	case script.MayPatch:
		w.Patch = answer
	case script.MayRevoke:
		if len(words) > 0 && class.IsSeed(words[0]) {
			w.Seed, w.Revoked = words[0], words[1:]
		}
	case script.MayPoint:
		for _, word := range words {
			n, _ := strconv.Atoi(word)
			w.Points = append(w.Points, n)
		}
	case script.MayClaims:
		if answer == "" {
			break
		}
		for claim := range strings.SplitSeq(answer, claimEnds) {
			says, row, _ := strings.Cut(claim, " ")
			w.Claims = append(w.Claims, goal.Claimed{True: says == "true", Row: row})
		}
	}
	return w
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

// Challenge is the first goal that is not solved yet, by its ID, and the title of its
// challenge; "" when all are.
func (l Learn) Challenge() (id, title string) {
	for _, s := range class.Challenges() {
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
