package page

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"fixlab/app/words"
	"fixlab/lab/server"
	"fixlab/lab/server/owntest"
)

// spoken returns what the live region says after msg, "" for nothing.
func (m Model) spoken(msg Msg) (Model, string) {
	says := ""
	next, effects := m.Update(msg)
	for _, e := range effects {
		if a, is := e.(After); is {
			if s, is := a.Msg.(Speak); is {
				says = s.Text
			}
		}
	}
	return next, says
}

// What a step changes on the server and in the browsers is said, and nothing else is.
func TestChangesAreSaid(t *testing.T) {
	m := begin(t, "learn/signed-is-not-yours/act")
	for n, want := range []string{
		"Session K1 belongs to nobody, new. Mallory’s cookie sid is K1, signed, new.",
		"",
		"",
		"Alice’s cookie sid is K1, signed, new.",
		"Session K1 belongs to Alice, changed.",
		"Hijacked. The server took Mallory for Alice.",
	} {
		caption := m.Learn.Trace.Label(m.Learn.Trace.Frames[n].Step.Caption)
		var says string
		if m, says = m.spoken(Onward{}); !strings.HasSuffix(says, strings.TrimSpace(caption+" "+want)) && !strings.Contains(says, caption+" "+want) || want == "" && !strings.HasSuffix(says, caption) {
			t.Errorf("step %d: said is %q, want %q", n+1, says, caption+" "+want)
		}
	}
	for _, lesson := range Course() {
		for stage, s := range Stages(lesson) {
			if s.Kind != AtAct {
				continue
			}
			l := Learn{}.open(lesson).at(stage)
			for i := range l.Trace.Frames {
				said := strings.Join(changesAt(l.Trace, i), " ")
				for _, r := range words.StoreRows(l.Trace, i) {
					if has := strings.Contains(said, "Session "+l.Trace.Label(r.Key)+" "); has != (r.Change != words.Same) {
						t.Errorf("%s, step %d: session %s is %q, said is %q", lesson.Name, i+1, l.Trace.Label(r.Key), r.Change, said)
					}
				}
				if regexp.MustCompile(`\w{29}`).MatchString(said) {
					t.Errorf("%s, step %d: said is %q", lesson.Name, i+1, said)
				}
			}
		}
	}
}

// What is said of an answer, of the defences, of a framework, of a bet that is made too
// early, and before everything is forgotten.
func TestAnswersAreSaid(t *testing.T) {
	m := begin(t, "")
	m, says := m.spoken(Commit(true))
	if says != "Pick an answer first." || m.Learn.Stage != 0 {
		t.Errorf("a bet without an answer: said is %q", says)
	}
	if m, says = m.spoken(Commit(false)); says != "Pick an answer first." {
		t.Errorf("again: said is %q", says)
	}
	if m, says = m.spoken(PickOption(1)); says != "" {
		t.Errorf("then an answer: said is %q", says)
	}
	for m = m.then(Commit(true)); m.Learn.At().Kind != AtAsk; {
		m = m.then(Onward{})
	}
	question := m.Learn.says()
	for i := range m.Learn.Places() {
		next, says := m.spoken(PickOption(i + 1))
		want := map[bool]string{true: "", false: "Not this one. "}[next.Learn.Told.Right]
		if says != want+next.Learn.Told.Text || strings.Contains(says, question) {
			t.Errorf("answer %d: said is %q", i+1, says)
		}
	}
	// A term that is explained goes with the answer that it stands in.
	for i := range m.Learn.Places() {
		next, says := m.then(PickOption(1+(i+1)%len(m.Learn.Places())), Explain("session id")).spoken(PickOption(i + 1))
		if !strings.HasSuffix(says, next.Learn.Told.Text) || next.Learn.Term != "" {
			t.Errorf("answer %d after a term: said is %q", i+1, says)
		}
	}
	if _, says = m.then(Lessons(true)).spoken(Forget{}); says != "Press once more to forget everything" {
		t.Errorf("from the list of lessons: before all is forgotten is said %q", says)
	}
	for m.Learn.At().Kind != AtStop {
		m = m.then(Onward{})
	}
	m, says = m.then(PickOption(2)).spoken(Onward{})
	for i, s := range m.Learn.Lesson.Course.Stops[0].Cards {
		word, _ := words.Ending(m.Learn.Stops[i].Verdict)
		bet := map[bool]string{true: ", your bet"}[i == 1]
		if !strings.Contains(says, s.Title+bet+": "+word+". "+s.Why) {
			t.Errorf("%s: said is %q", s.Title, says)
		}
	}
	for m.Learn.At().Kind != AtCard {
		m = m.then(Onward{})
	}
	if m, says = m.spoken(Forget{}); says != "Press once more to forget everything" {
		t.Errorf("before all is forgotten is said %q", says)
	}
	if _, says = m.spoken(Lessons(true)); says != "" {
		t.Errorf("when it is not, then is said %q", says)
	}
	if _, says = m.spoken(Forget{}); says != "All progress on this device is forgotten." {
		t.Errorf("when it is, then is said %q", says)
	}

	own := Learn{}.open(Course()[len(Course())-1])
	own = own.at(slices.IndexFunc(Stages(own.Lesson), func(s Stage) bool { return s.Kind == AtOwn }))
	for _, p := range server.Profiles {
		a, known := owntest.For(p.ID)
		want := "? " + RotatesWords(a.Rotates) + "."
		if v, ok := OwnLogin(own.Lesson, p.ID); ok {
			word, _ := words.Ending(v)
			want = "? Login written by hand: " + RotatesWords(a.Rotates) + ". The framework’s own login: " + word + "."
		}
		if says := PickFramework(p.ID).learn(own).says(); known && (!strings.HasPrefix(says, p.Plain()+". ") || !strings.HasSuffix(says, want)) {
			t.Errorf("of %s is said %q", p.ID, says)
		}
	}
}

// A term that is explained is said; when it is closed, nothing is. It is gone after the
// next step, and with Escape.
func TestTermsAreSaid(t *testing.T) {
	m := begin(t, "learn/signed-is-not-yours/act").then(Onward{})
	term := m.Learn.Lesson.Course.Terms[0]
	m, says := m.spoken(Explain(term))
	if !strings.HasPrefix(says, term+": ") {
		t.Errorf("said is %q", says)
	}
	for _, msg := range []Msg{Escape{}, Explain(term)} {
		next, says := m.spoken(msg)
		if next.Learn.Term != "" || says != "" {
			t.Errorf("%T: explained is %q, said is %q", msg, next.Learn.Term, says)
		}
	}
	if next := m.then(Onward{}); next.Learn.Term != "" {
		t.Errorf("after a step %q is explained", next.Learn.Term)
	}
}

// What the keys do in the course, by what has the focus.
func TestLearnKeys(t *testing.T) {
	act := begin(t, "learn/signed-is-not-yours/act").then(Onward{}, Onward{})
	act.View.Letters = true
	last := len(act.Learn.Trace.Frames)
	asked := act.then(ToStep(last), Onward{})
	if asked.Learn.At().Kind != AtAsk {
		t.Fatal(asked.Fragment())
	}
	for _, test := range []struct {
		m       Model
		key, on string
		want    Msg
	}{
		{act, "ArrowRight", "", Onward{}},
		{act, "ArrowRight", "way", Onward{}},
		{act, "ArrowLeft", "way", Backward{}},
		{act, "ArrowRight", "button", nil}, // the help's, for one
		{act, "ArrowRight", "link", nil},
		{act, "ArrowRight", "region", nil},
		{act, "ArrowRight", "steps", ToDot(3)},
		{act, "ArrowDown", "steps", ToDot(3)},
		{act, "ArrowLeft", "steps", ToDot(1)},
		{act, "ArrowUp", "steps", ToDot(1)},
		{act, "Home", "steps", ToDot(1)},
		{act, "End", "steps", ToDot(last)},
		{act, "End", "", nil},
		{act, "p", "", Lead("present/signed-is-not-yours/act/2")},
		{act, "?", "", Help(true)},
		{asked, "ArrowRight", "", nil},
		{asked, "ArrowRight", "button", nil},
		{asked, "ArrowRight", "way", nil},
		{asked, "ArrowLeft", "", nil},
	} {
		if got := Shortcut(test.m, Press{Key: test.key, On: test.on}); got != test.want {
			t.Errorf("%s: %s on %q is %T %v, want %T %v", test.m.Fragment(), test.key, test.on, got, got, test.want, test.want)
		}
	}
}

// Every stage has a title of its own, and the result has another than the steps. Before
// the first bet no title hints at how it ends.
func TestStageTitles(t *testing.T) {
	for _, lesson := range Course() {
		seen := map[string]int{}
		for i, s := range Stages(lesson) {
			l := Learn{}.open(lesson).at(i)
			seen[l.Where()]++
			if hints := strings.HasPrefix(l.Where(), lesson.Title); hints == l.First() {
				t.Errorf("%s, stage %d is called %q", lesson.Name, i, l.Where())
			}
			if s.Kind == AtAct {
				l.Step = len(l.Trace.Frames)
				seen[l.Where()]++
			}
		}
		for title, n := range seen {
			if n > 1 {
				t.Errorf("%s: %d stages are called %q", lesson.Name, n, title)
			}
		}
	}
}
