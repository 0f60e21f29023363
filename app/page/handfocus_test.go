package page

import (
	"slices"
	"testing"

	"fixlab/lab/event"
)

// Where the focus goes as a list or a cookie's form closes: to nothing that the key which
// closed it would press.
func TestHandFocus(t *testing.T) {
	shop := empty(t).then(Act{"alice get /"})
	jar := JarOf(event.Alice)
	for _, test := range []struct {
		name string
		from Model
		msg  Msg
		to   string
	}{
		{"a cookie is edited", shop, EditCookie{event.Alice, 0}, "cookie-value"},
		{"one is added", shop, EditCookie{event.Alice, -1}, "cookie-name"},
		{"the form is left", shop.then(EditCookie{event.Alice, 0}), CloseCookie{}, jar},
		{"it is saved", shop.then(EditCookie{event.Alice, 0}), SaveCookie{}, jar},
		{"a cookie is deleted", shop, ClearCookie{event.Alice, 0}, jar},
		{"a list is closed", shop.then(OpenMenu(HabitMenu)), Escape{}, "habits"},
		{"a habit is done", shop.then(OpenMenu(HabitMenu)), Act(habit("blog")), "habits"},
		{"a lesson is taken over", ParseFragment("1/signed-id-toss/none/3"), TakeOver{}, headingID},
		{"back to the lesson", ParseFragment("1/signed-id-toss/none/3").then(TakeOver{}), Follow("1/signed-id-toss/none/3"), headingID},
		{"a link", shop, Click{event.Alice, "Log in", 1}, ShownPage(event.Alice)},
		{"a form", shop.then(Act{"alice get /login"}), Submit{event.Alice, 1, nil}, ShownPage(event.Alice)},
		{"a button", shop.then(Act{"alice get /login"}), Push{Submit{event.Alice, 1, nil}, buttonNamed(shop.then(Act{"alice get /login"}), 1)}, ShownPage(event.Alice)},
		{"back", shop.then(Act{"alice get /login"}), Do{event.Alice, "back"}, ShownPage(event.Alice)},
		{"a cookie is copied", shop, CopyCookie{event.Alice, 0}, CookieButton("copy", event.Alice, 0)},
		{"a challenge", shop, OpenGoal("make-it-happen"), goalID},
		{"a list is left", shop.then(OpenMenu(ScriptMenu)), MenuLeft{}, ""},
	} {
		next, effects := test.from.Update(test.msg)
		if next.Hand.Menu != "" {
			t.Errorf("%s: the list %s is open", test.name, next.Hand.Menu)
		}
		at := slices.IndexFunc(effects, func(e Effect) bool { _, ok := e.(Focus); return ok })
		if at < 0 && test.to != "" || at >= 0 && effects[at] != Effect(Focus{ID: test.to}) {
			t.Errorf("%s: %v, want the focus at %q", test.name, effects, test.to)
		}
	}
}

// Who sits at Alice's browser gets up where that is not granted.
func TestGetsUp(t *testing.T) {
	m := empty(t).then(SitDown(true), Act{"alice get /"})
	if !m.Hand.Sits {
		t.Error("she got up")
	}
	barred := "title: X\nprofile: signed-id\ngrants: nothing\n\nalice get /\n"
	if m = m.then(Opened(barred), PlayOffer{}); m.Hand.Sits {
		t.Error("she sits where she may not")
	}
	if m = m.then(GoTo{event.Alice, "/login"}); len(steps(m)) != 2 || m.Notice != "" {
		t.Errorf("%q, %s", steps(m), m.Notice)
	}
}

// Enter takes a word when the list was asked for, or gone along in.
func TestAsked(t *testing.T) {
	m := empty(t)
	written := m.Scenario.Text + "\nalice g"
	typed := m.then(Edit{Text: written, Caret: len(written), Offer: true})
	if typed.Hand.Asked || !typed.then(PickWord(1)).Hand.Asked || !typed.then(Edit{Text: written, Caret: len(written), Offer: true, Asked: true}).Hand.Asked {
		t.Error("Enter takes what it should not, or not what it should")
	}
}
