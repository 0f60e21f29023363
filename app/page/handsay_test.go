package page

import (
	"strings"
	"testing"
)

// says is what the live region is to say after msg.
func (m Model) says(msg Msg) (Model, string) {
	next, effects := m.Update(msg)
	says := ""
	for _, e := range effects {
		if after, is := e.(After); is {
			if s, is := after.Msg.(Speak); is {
				says = s.Text
			}
		}
	}
	return next, says
}

// What is done by hand is said with what came of it, and the same once more is said again.
func TestHandIsSaid(t *testing.T) {
	lesson := ParseFragment("1/signed-id-toss/none/4")
	m, said := lesson.says(TakeOver{})
	if !strings.HasPrefix(said, "You have taken over") || !strings.Contains(said, "The 5 later steps of the lesson are not in it. Step 4 of 4: ") {
		t.Errorf("taken over: %q", said)
	}
	if _, said := lesson.says(Act{"alice get /login"}); !strings.HasPrefix(said, "You have taken over") || !strings.Contains(said, "Step 5 of 5: Alice: GET /login → 200 OK. The page is “Log in”. ") {
		t.Errorf("taken over by an act: %q", said)
	}
	m, said = m.says(Act{"alice get /login"})
	if said != "Step 5 of 5: Alice: GET /login → 200 OK. The page is “Log in”. The server saved K1: an anonymous session." {
		t.Errorf("an act: %q", said)
	}
	for _, want := range []string{"Undone. Step 4 of 4: ", "Undone. Step 3 of 3: "} {
		if m, said = m.says(TakeBack{}); !strings.HasPrefix(said, want) {
			t.Errorf("%q, want %q", said, want)
		}
	}
	if m, said = m.says(Again{}); !strings.HasPrefix(said, "Done again. Step 4 of 4: ") {
		t.Errorf("done again: %q", said)
	}
	m, said = m.then(By(-2)).says(Act{"mallory get /profile"})
	if !strings.HasPrefix(said, "Step 3 of 3: Mallory: GET /profile") || !strings.HasSuffix(said, " Undo brings them back.") {
		t.Errorf("a fork: %q", said)
	}
	_, harm := begunHijack(t).says(Act{"mallory get /profile"})
	if !strings.HasSuffix(harm, "So far: Hijacked.") {
		t.Errorf("a hijack: %q", harm)
	}
	m, once := m.says(Act{"mallory get https://nowhere.example/"})
	if _, twice := m.says(Act{"mallory get https://nowhere.example/"}); once == "" || once != twice {
		t.Errorf("once %q, twice %q", once, twice)
	}
}

// begunHijack is a script that lacks the last step.
func begunHijack(t *testing.T) Model {
	t.Helper()
	m := ParseFragment("1/signed-id-toss/none/8").then(TakeOver{})
	if m.Trace.Verdict.Outcome == "hijacked" {
		t.Fatal("it is done already")
	}
	return m
}

// A challenge is told as it opens; a try is told with its number, and a solved one says so.
func TestGoalIsSaid(t *testing.T) {
	m, said := ParseFragment("").says(Follow("challenge/point-at-the-cause"))
	if !strings.Contains(said, "Challenge: ") || !strings.Contains(said, m.Task.Goal().Say) {
		t.Errorf("opened: %q", said)
	}
	if m, said = m.says(TryGoal{}); said != m.Notice || said == "" {
		t.Errorf("nothing is picked: %q", said)
	}
	wrong := 0
	for i := range m.Options()[0] { // some place is wrong
		if next := m.then(PickPoint{0, i + 1}, PickPoint{1, 1}, TryGoal{}); !next.Task.Solved() {
			wrong = i + 1
			break
		}
	}
	m = m.then(PickPoint{0, wrong}, PickPoint{1, 1})
	m, first := m.says(TryGoal{})
	_, second := m.says(TryGoal{})
	if !strings.HasPrefix(first, "Try 1 of 2. ") || !strings.HasPrefix(second, "Try 2 of 2. ") {
		t.Errorf("%q, then %q", first, second)
	}
	m, hint := m.says(NextHint{})
	if want := "Hint 1: " + m.Task.Goal().Hints[0]; hint != want {
		t.Errorf("%q, want %q", hint, want)
	}
}

// What is wrong with the text is said once, when she has stopped typing; the words that fit
// when they are asked for.
func TestEditorIsSaid(t *testing.T) {
	m := empty(t)
	wrong := m.Written() + "\nalice gte /\n"
	m, said := m.says(Edit{Text: wrong, Caret: len(wrong), Offer: true})
	if said != "" {
		t.Errorf("while she types: %q", said)
	}
	if _, said = m.says(EditRests(m.Hand.typing + 1)); said != "" {
		t.Errorf("she types on: %q", said)
	}
	m, said = m.says(EditRests(m.Hand.typing))
	if !strings.HasPrefix(said, "Line 5: ") && !strings.HasPrefix(said, "Line 6: ") || !strings.Contains(said, `"get"`) {
		t.Errorf("at rest: %q", said)
	}
	m = m.then(Edit{Text: wrong + "# more", Caret: 3})
	if m, said = m.says(EditRests(0)); said != "" {
		t.Errorf("the same once more: %q", said)
	}
	_, effects := m.Update(ToFault(0))
	caret := -1
	for _, e := range effects {
		if c, is := e.(Caret); is {
			caret = c.At
		}
	}
	if caret < 0 || !strings.HasPrefix(m.Written()[caret:], "gte") {
		t.Errorf("the caret is at %d", caret)
	}
	at := len(wrong) - len(" gte /\n")
	if _, said = m.says(Edit{Text: m.Written(), Caret: at, Offer: true, Asked: true}); !strings.Contains(said, "Escape closes the list") {
		t.Errorf("words are asked for: %q", said)
	}
	if _, said = m.says(Edit{Text: m.Written(), Caret: 0, Offer: true, Asked: true}); said == "" {
		t.Error("that there are none is not said")
	}
}
