package page

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// begin returns the page as it comes up with that link.
func begin(t *testing.T, link string) Model {
	t.Helper()
	m, _ := Start(link, Settings{})
	if m.Notice != "" {
		t.Fatalf("#%s: %s", link, m.Notice)
	}
	return m
}

// Every lesson can be gone through to its card, and then comes the next.
func TestLearnThrough(t *testing.T) {
	m := begin(t, "")
	for i, lesson := range Course() {
		if m.Learn.Lesson.Name != lesson.Name || m.Learn.Stage != 0 || m.Learn.Number() != i+1 {
			t.Fatalf("lesson %d is %s at stage %d", i+1, m.Learn.Lesson.Name, m.Learn.Stage)
		}
		var kinds []Kind
		for n := 0; n < 200 && m.Learn.At().Kind != AtCard; n++ {
			l := m.Learn
			if kinds = append(kinds, l.At().Kind); l.At().Kind == AtBet {
				m = m.then(PickOption(1), Commit(true))
			} else {
				m = m.then(Onward{})
			}
			if again := reloaded(m); again.Fragment() != m.Fragment() || again.Notice != "" {
				t.Fatalf("%s opened is %s: %s", m.Fragment(), again.Fragment(), again.Notice)
			}
		}
		for _, k := range []Kind{AtBet, AtAct, AtAsk, AtStop} {
			if !slices.Contains(kinds, k) {
				t.Errorf("%s has no stage %s", lesson.Name, k)
			}
		}
		if r := m.Learn.Progress.Lessons[lesson.Name]; !r.Done || len(r.Bets) != len(lesson.Course.Bets) || !r.Bets[0].Sure {
			t.Errorf("%s: kept is %+v", lesson.Name, r)
		}
		if m = m.then(Onward{}); i == len(Course())-1 && m.Learn.At().Kind != AtCard {
			t.Errorf("after the last lesson comes %s", m.Fragment())
		}
	}
}

// reloaded opens m's link with m's progress.
func reloaded(m Model) Model {
	next, _ := Start(m.Fragment(), Settings{Progress: m.Learn.Progress.String()})
	return next
}

// What comes after a bet is not reached by a link before the bet is made.
func TestBetFirst(t *testing.T) {
	for _, lesson := range Course() {
		for stage, name := range stageNamesOf(lesson) {
			if stage < 2 {
				continue
			}
			m, _ := Start("learn/"+lesson.Name+"/"+name, Settings{})
			if m.Learn.Stage != 0 || !strings.Contains(m.Notice, "the bet comes first") {
				t.Errorf("%s/%s opens at stage %d: %s", lesson.Name, name, m.Learn.Stage, m.Notice)
			}
		}
	}
	// Its run may be watched to its end instead.
	m := begin(t, "learn/signed-is-not-yours/act")
	m = m.then(ToStep(len(m.Learn.Trace.Frames)))
	if !m.Learn.Ended() || m.then(Onward{}).Learn.At().Kind != AtAsk || reloaded(m.then(Onward{})).Notice != "" {
		t.Errorf("after its last step the run leads to %s", m.then(Onward{}).Fragment())
	}
}

// An answer is judged by the run: each place of each question, exactly the right one is.
func TestPointing(t *testing.T) {
	for _, lesson := range Course() {
		for stage, s := range Stages(lesson) {
			if s.Kind != AtAsk {
				continue
			}
			l := Learn{}.open(lesson).at(stage)
			right := 0
			for i := range l.Places() {
				told := PickOption(i + 1).learn(l).Told
				if told.Text == "" {
					t.Errorf("%s, %q: nothing is said of place %d", lesson.Name, lesson.Course.Asks[s.N].Ask, i+1)
				}
				if told.Right && !strings.HasPrefix(told.Text, "Right too. ") {
					right++
				}
			}
			if right != 1 {
				t.Errorf("%s, %q: %d of %d places are right", lesson.Name, lesson.Course.Asks[s.N].Ask, right, len(l.Places()))
			}
		}
	}
}

// What the browser kept, and what a file holds, is read back; what cannot be read
// changes nothing, and is put aside.
func TestProgress(t *testing.T) {
	m := begin(t, "").then(PickOption(2), Commit(false), PickFramework("django-db"))
	text := m.Learn.Progress.String()
	back := begin(t, "learn/signed-is-not-yours").then(Uploaded(text))
	if p := back.Learn.Progress; !reflect.DeepEqual(p.Lessons, m.Learn.Progress.Lessons) || p.Framework != "django-db" || back.Learn.Made(0) != m.Learn.Progress.Lessons["signed-is-not-yours"].Bets[0] {
		t.Errorf("loaded is %s", back.Learn.Progress)
	}
	for _, wrong := range []string{"", "{", `{"version": 9}`, `[]`, strings.Repeat(" ", largestProgress) + text} {
		if w := m.then(Uploaded(wrong)); w.Learn.Progress.String() != text || !strings.Contains(w.Notice, "was not loaded") {
			t.Errorf("%.20q: %s", wrong, w.Notice)
		}
		if wrong == "" {
			continue // nothing was kept
		}
		if _, effects := Start("", Settings{Progress: wrong}); !slices.Contains(effects, Effect(Store{ProgressSetting + "/unread", wrong})) {
			t.Errorf("%.20q: kept, and unreadable: %v", wrong, effects)
		}
	}
	if again := m.then(Onward{}, Uploaded(text)); again.Notice != "Progress loaded." {
		t.Errorf("of what was loaded is said %q", again.Notice)
	}
	if m = m.then(Forget{}); !m.Learn.Forgets || m.Learn.Made(0) == (Made{}) {
		t.Error("all is forgotten at once")
	}
	if m = m.then(Lessons(false), Forget{}); m.Learn.Made(0) == (Made{}) {
		t.Error("all is forgotten though something else was done in between")
	}
	if m = m.then(Forget{}); m.Notice != "All progress on this device is forgotten." || m.Learn.Made(0) != (Made{}) || m.Learn.Progress.Framework != "" {
		t.Errorf("forgotten is %s", m.Learn.Progress)
	}
}

// What was bet before the page ran is taken over.
func TestBetBefore(t *testing.T) {
	for bet, want := range map[string]struct {
		picked, stage int
		made          Made
	}{
		"":        {0, 0, Made{}},
		"2":       {2, 0, Made{}},
		"2/sure":  {0, 1, Made{Option: "No", Sure: true}},
		"1/guess": {0, 1, Made{Option: "Yes"}},
		"9/sure":  {},
		"9":       {},
		"0":       {},
		"+1":      {},
		"1/":      {},
		"1/maybe": {},
		"/sure":   {},
		"x":       {},
	} {
		m, effects := Start("", Settings{Bet: bet})
		made := want.made != Made{}
		if slices.Contains(effects, Effect(Visit{m.Fragment(), false})) != made || slices.Contains(effects, Effect(StoreProgress(m.Learn.Progress.String()))) != made {
			t.Errorf("%q: %v", bet, effects)
		}
		if l := m.Learn; l.Stage != want.stage || l.Made(0) != want.made || l.Stage == 0 && l.Picked != want.picked {
			t.Errorf("%q: stage %d, picked %d, made %+v", bet, l.Stage, l.Picked, l.Made(0))
		}
		if m, _ := Start("learn/which-moment", Settings{Bet: bet}); m.Learn.Picked != 0 || m.Learn.Stage != 0 {
			t.Errorf("%q is taken for a bet of another lesson: %s", bet, m.Fragment())
		}
		kept := `{"version": 1, "lessons": {"signed-is-not-yours": {"done": true}}}`
		if m, _ := Start("", Settings{Bet: bet, Progress: kept}); (m.Learn.Number() == 1) != (want.picked > 0 || made) {
			t.Errorf("%q: who has been through the first lesson begins at %s", bet, m.Fragment())
		}
	}
}

// Who comes back on another day is asked a question or two from before, and then goes
// on where she left.
func TestResume(t *testing.T) {
	m, _ := Start("", Settings{Day: "2026-01-30"})
	for range 100 {
		if m.Learn.At().Kind == AtBet {
			m = m.then(PickOption(1), Commit(true))
		}
		if m = m.then(Onward{}); m.Learn.Number() == 3 {
			break
		}
	}
	kept := m.Learn.Progress
	same, _ := Start("", Settings{Day: "2026-01-30", Progress: kept.String()})
	if same.Learn.Number() != 3 || same.Learn.Stage != 0 || same.Learn.Asked {
		t.Errorf("on the same day it begins at %s", same.Fragment())
	}
	next, _ := Start("", Settings{Day: "2026-01-31", Progress: kept.String()})
	for _, lesson := range []string{"which-moment", "signed-is-not-yours"} {
		if l := next.Learn; !l.Asked || l.Lesson.Name != lesson || l.At().Kind != AtAsk {
			t.Fatalf("the next day it asks at %s", next.Fragment())
		}
		next = next.then(PickOption(1), Onward{})
	}
	if l := next.Learn; l.Asked || l.Number() != 3 || l.Stage != 0 || l.Progress.Day != "2026-01-31" {
		t.Errorf("then it goes on at %s", next.Fragment())
	}
	if again, _ := Start("", Settings{Day: "2026-01-31", Progress: next.Learn.Progress.String()}); again.Learn.Asked {
		t.Error("it asks twice a day")
	}
	// What is forgotten, or replaced by a file, is not asked about.
	for _, msg := range []Msg{Uploaded(Progress{}.String()), Forget{}} {
		asked, _ := Start("", Settings{Day: "2026-01-31", Progress: kept.String()})
		if asked = asked.then(Lessons(true), msg, msg, Follow("learn/signed-is-not-yours"), PickOption(1), Commit(true), Onward{}); asked.Fragment() != "learn/signed-is-not-yours/act/1" {
			t.Errorf("after %T it goes on at %s", msg, asked.Fragment())
		}
		asked, _ = Start("", Settings{Day: "2026-01-31", Progress: kept.String()})
		if asked = asked.then(Lessons(true), msg, msg); asked.Learn.Asked || asked.Learn.Due != nil || asked.Learn.Progress.Day != "2026-01-31" {
			t.Errorf("after %T it still asks: %+v", msg, asked.Learn.Due)
		}
	}
	// Back to the address that the page was opened with is back to where she goes on.
	if back := same.then(PickOption(1), Commit(true), Follow("")); back.Learn.Number() != 3 || back.Learn.Stage != 0 {
		t.Errorf("back is at %s", back.Fragment())
	}
	// A clock that was wrong once is right again on the next day.
	wrong := kept
	wrong.Day = "9999-12-31"
	late, effects := Start("", Settings{Day: "2026-01-31", Progress: wrong.String()})
	if late.Learn.Asked || !slices.ContainsFunc(effects, func(e Effect) bool {
		s, ok := e.(StoreProgress)
		return ok && strings.Contains(s.Over(wrong.String()), "2026-01-31")
	}) {
		t.Errorf("a day in the future stays: %v", effects)
	}
	if betting, _ := Start("", Settings{Day: "2026-01-31", Progress: kept.String(), Bet: "1"}); betting.Learn.Number() != 1 || betting.Learn.Picked != 1 {
		t.Errorf("who has begun to bet is at %s", betting.Fragment())
	}
}

// A double click leaves no stage: what the first click brought is seen. Back from what
// follows a run comes to its result.
func TestDoubleClick(t *testing.T) {
	m := begin(t, "").then(PickOption(1), Commit(true))
	last := len(m.Learn.Trace.Frames)
	for range last {
		m = m.then(Onward{Twice: true})
	}
	if !m.Learn.Ended() {
		t.Fatalf("two quick clicks are not two steps: %s", m.Fragment())
	}
	for range 20 {
		if again := m.then(Onward{Twice: true}); again.Fragment() != m.Fragment() || again.Learn.Stops != nil && m.Learn.Stops == nil {
			t.Errorf("a double click leads from %s to %s", m.Fragment(), again.Fragment())
		}
		was := m
		if m = m.then(Onward{}); was.Learn.At().Kind == AtAct && m.then(Backward{}).Fragment() != was.Fragment() {
			t.Errorf("back from %s is %s", m.Fragment(), m.then(Backward{}).Fragment())
		}
	}
}

// Another tab picks a framework while a line is pointed at: what is pointed at stays right,
// or nothing is.
func TestFrameworkElsewhere(t *testing.T) {
	for _, lesson := range Course() {
		m := begin(t, "learn/"+lesson.Name)
		for ; m.Learn.At().Kind != AtCard; m = m.then(PickOption(1), Commit(true), Onward{}) {
			if l := m.Learn; l.At().Kind != AtAsk || lesson.Course.Asks[l.At().N].Point.Kind != script.PointCode {
				continue
			}
			for i := range m.Learn.Places() {
				for _, p := range server.Profiles {
					picked := m.then(PickOption(i + 1))
					there := picked.Learn.Progress
					there.Framework = p.ID
					l := picked.then(Elsewhere(there.String())).Learn
					right := picked.Learn.Told.Right
					if l.Progress.Framework != p.ID || (l.Picked > 0) != right || l.Told.Right != right {
						t.Fatalf("%s, place %d, then %s: %d is picked, right %v", m.Fragment(), i+1, p.ID, l.Picked, l.Told.Right)
					}
					if right {
						if again := (PickOption(l.Picked)).learn(l); !again.Told.Right {
							t.Errorf("%s, then %s: place %d is not right", m.Fragment(), p.ID, l.Picked)
						}
					}
				}
			}
		}
	}
}

// Escape closes the list of lessons, and the focus goes to what opened it.
func TestEscapeFromLessons(t *testing.T) {
	open := begin(t, "learn/which-moment").then(Lessons(true))
	closed, effects := open.Update(Escape{})
	if !open.Learn.Menu || closed.Learn.Menu || !slices.Contains(effects, Effect(Focus{ID: "lessons"})) {
		t.Errorf("open %t, then %t with %v", open.Learn.Menu, closed.Learn.Menu, effects)
	}
}

// Before the course was looked at its messages find it at its beginning.
func TestMessagesBeforeTheCourse(t *testing.T) {
	for _, messages := range [][]Msg{
		{PickOption(1)}, {Commit(true)}, {PickOption(1), Commit(true), Onward{}}, {Onward{}}, {Backward{}}, {ToStep(1)}, {ToDot(1)},
		{LessonsLeft{}}, {Lessons(true)}, {Explain("session id")}, {PickFramework("flask")},
		{SaveProgress{}}, {LoadProgress{}}, {Uploaded(progressOf("Yes"))}, {Forget{}, Forget{}}, {Elsewhere(progressOf("Yes"))},
	} {
		m := ParseFragment("1/signed-id-toss/none/3").then(messages...)
		if l := m.Learn; m.Page != "" || l.Lesson != nil && l.Lesson != Course()[0] {
			t.Errorf("%#v leads to %s", messages, m.Fragment())
		}
		m.then(Follow("learn"), Follow("claims"))
	}
}

// TestOtherSwitch: the line of another switch that would have ended the attack by a new key
// is no mistake, in the lab's own code and in that of any framework.
func TestOtherSwitch(t *testing.T) {
	asked, found := 0, map[string]int{}
	for _, lesson := range Course() {
		for stage, at := range Stages(lesson) {
			if at.Kind != AtAsk || lesson.Course.Asks[at.N].Point.String() != "code shop.example ask rotate is off" {
				continue
			}
			asked++
			a, own := lesson.Course.Asks[at.N], Learn{}.open(lesson).at(stage)
			for _, p := range append([]server.Profile{{ID: NoFramework}}, server.Profiles...) {
				if otherSwitch(t, lesson.Name+", "+p.ID, a, PickFramework(p.ID).learn(own)) {
					found[p.ID]++
				}
			}
		}
	}
	if asked < 4 || found[NoFramework] < 3 || found["flask"] < 3 {
		t.Errorf("%d questions, flush is among their answers %v times", asked, found)
	}
}

// otherSwitch reports whether flush can be pointed at.
func otherSwitch(t *testing.T, name string, a script.Ask, l Learn) bool {
	t.Helper()
	answer, flush := false, false
	for i, at := range l.Places() {
		told := PickOption(i + 1).learn(l).Told
		answer = answer || told.Text == a.Right
		if e := ask.EventAt(l.Trace, at); e.Kind == event.Ask && e.Switch == defence.Flush {
			flush = true
			if !told.Right || !strings.HasPrefix(told.Text, "Right too. ") {
				t.Errorf("%s: flush is answered with %+v", name, told)
			}
		}
	}
	if !answer {
		t.Errorf("%s: nobody can point at the answer itself", name)
	}
	return flush
}
