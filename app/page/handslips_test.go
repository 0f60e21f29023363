package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/event"
)

// What was typed into a page is gone with the page, whichever way another is shown.
func TestTypedIsOfThePage(t *testing.T) {
	m := empty(t).then(Act{"mallory serve https://evil.test/ <p>x</p><form><input name=a><input name=b></form>", "alice get https://evil.test/"}, Act{"alice get /login"})
	page := m.stateOf(event.Alice).Page
	at := slices.IndexFunc(page, func(b event.Block) bool { return b.Type == "password" })
	id := PageField(event.Alice, at)
	m = m.then(Type{id, "secret"}, Type{AddressField(event.Alice), "typed"})
	if m.Hand.Typed[id] != "secret" {
		t.Fatal(m.Hand.Typed)
	}
	if back := m.then(By(-1)); len(back.Hand.Typed) != 0 {
		t.Errorf("on another page stands %q", back.Hand.Typed)
	}
	if same := m.then(Act{"mallory get /"}); same.Hand.Typed[id] != "secret" {
		t.Errorf("the other browser's act takes it away: %q", same.Hand.Typed)
	}
}

// Undo and Redo go through a text that cannot be played, and the acts before it stay what
// they were.
func TestUndoThroughADraft(t *testing.T) {
	m := empty(t)
	texts := []string{m.Written()}
	for _, line := range []string{"mallory get /", "mallory copy loot", "alice get /"} {
		m = m.then(Act{line})
		texts = append(texts, m.Written())
	}
	for _, bad := range []string{m.Written() + "alice gte /\n", strings.Replace(m.Written(), "alice get /", "alice g /", 1)} {
		drafted := m.then(Edit{Text: bad}, EditRests(0))
		again := drafted.then(TakeBack{}, Again{})
		if !again.Hand.Drafting || again.Written() != bad {
			t.Fatalf("done again it is %q", again.Written())
		}
		back, said := again.says(TakeBack{})
		if back.Written() != texts[3] || !strings.HasPrefix(said, "Undone") {
			t.Errorf("taken back once more it is %q, and said is %q", back.Written(), said)
		}
		if _, said := back.then(Edit{Text: bad}).says(EditRests(0)); said == "" {
			t.Error("the same fault is not said again")
		}
		for i := 2; i >= 0; i-- {
			if back = back.then(TakeBack{}); back.Written() != texts[i] {
				t.Fatalf("act %d taken back: %q, want %q", i+1, back.Written(), texts[i])
			}
		}
	}
}

// A script that only its run refuses is opened in the editor all the same, with the fault at
// its line.
func TestOfferToMend(t *testing.T) {
	text := "title: T\nprofile: signed-id\n\nmallory get /\nalice let away=https://nowhere.example/\nalice get $away\nalice get /\n"
	m := empty(t).then(Opened(text), PlayOffer{})
	if !m.ByHand() || !m.Hand.Drafting || m.Written() != text || len(m.Hand.Faults) != 1 || m.Hand.Faults[0].Line != 6 || m.Page != "" {
		t.Errorf("page %q, %+v, %q, %s", m.Page, m.Hand.Faults, m.Written(), m.Notice)
	}
}

// A value is written by the same name each time, and by none that means something else at
// another step; the names never run out.
func TestNamesOfValues(t *testing.T) {
	m := empty(t).then(Act{"mallory get /"}, Act{"mallory copy mine"}, Act{"mallory copy loot"})
	value := m.Trace.Vars["loot"]
	for range 20 {
		if got := m.written(value); got != "$loot" {
			t.Fatalf("it is written %q", got)
		}
	}
	twice := m.then(Act{"alice get /"}, Act{"alice copy loot"}).then(By(-2))
	if got := twice.written(twice.Trace.Vars["loot"]); strings.HasPrefix(got, "$") {
		t.Errorf("what is another value at this step is written %q", got)
	}
	for range 12 {
		m = m.then(CopyCookie{event.Mallory, 0})
	}
	var names []string
	for _, f := range m.Trace.Frames {
		if name := f.Step.Names(); name != "" {
			if slices.Contains(names, name) {
				t.Fatalf("%s is given twice: %q", name, steps(m))
			}
			names = append(names, name)
		}
	}
	if named := m.then(Act{"mallory let csrftoken=abc"}, OpenSite(true)).then(Publish{"https://evil.test/", "", "<p>$csrftoken</p>"}); named.Notice != "" {
		t.Error(named.Notice)
	}
}

// A cookie's form goes with the cookie.
func TestFormOfNoCookie(t *testing.T) {
	m := empty(t).then(Act{"alice get /"}, EditCookie{event.Alice, 0})
	name := m.Hand.Cookie.Was.Name
	if m = m.then(Act{"mallory get /"}); m.Hand.Cookie.Browser == "" {
		t.Error("it is closed by what has nothing to do with it")
	}
	if m = m.then(Act{"alice forget " + name}); m.Hand.Cookie.Browser != "" {
		t.Error("it is open, and its cookie is gone")
	}
}

// Of many scripts that were seen the oldest are forgotten.
func TestSeenLast(t *testing.T) {
	h := Hand{}
	for n := range mostKnown + 3 {
		h = h.knows(fmt.Sprint(n))
	}
	again := Hand{}.sawBefore(h.Seen())
	for _, hand := range []Hand{h, again} {
		if hand.saw("2") || !hand.saw("3") || !hand.saw(fmt.Sprint(mostKnown+2)) || len(hand.known) != mostKnown {
			t.Errorf("%d are known", len(hand.known))
		}
	}
}
