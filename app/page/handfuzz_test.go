package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fixlab/scenarios"
)

// FuzzEdit: whatever is typed in the editor stays there, and what can be played has a link
// that leads back to it, act and undo included.
func FuzzEdit(f *testing.F) {
	const head = "title: T\nprofile: signed-id\n\n"
	for _, text := range []string{"", head, head + "mallory get /\n", head + "alice post /login user=alice password=correct-horse\n\n-- want --\nnone defended\n",
		"title: T\nprofile: nosuch\n", head + "mallory let a=$a$a\n", head + "alice get /\r\nmallory token\n", "\ufeff" + head + "alice click #2 é\n", head + "-- script x --\nmallory get /\n"} {
		f.Add(text, len(text), "alice get /login")
		f.Add(text, len(text)/2, "mallory serve https://evil.test/ <p>x</p>")
	}
	begun := ParseFragment("1/signed-id-toss/none/1").then(NewScript("signed-id"))
	f.Fuzz(func(t *testing.T, text string, caret int, line string) {
		if !utf8.ValidString(text) || len(text) > 20000 { // a browser's field has no other
			return
		}
		m := begun.then(Edit{Text: text, Caret: caret, Offer: true})
		if m.Written() != text {
			t.Fatalf("%q is typed, and %q stands there", text, m.Written())
		}
		if len(m.Hand.Words) > 0 {
			m.then(PickWord(1), TakeWord(0))
		}
		m = m.then(EditRests(0))
		if m.Written() != text {
			t.Fatalf("%q is typed, and once it rests %q stands there", text, m.Written())
		}
		if m.Hand.Drafting {
			if len(m.Hand.Faults) == 0 {
				t.Fatalf("%q is not played, and nobody says why", text)
			}
			if back := m.then(TakeBack{}); back.Written() != begun.Written() {
				t.Fatalf("taken back it is %q", back.Written())
			} else if again := back.then(Again{}); again.Written() != text {
				t.Fatalf("done again it is %q", again.Written())
			}
			return
		}
		leads(t, m)
		acted := m.then(Act{line})
		if acted.Scenario == m.Scenario { // it cannot be done
			if acted.Written() != text {
				t.Fatalf("an act that cannot be done leaves %q", acted.Written())
			}
			return
		}
		leads(t, acted)
		back := acted.then(TakeBack{})
		if back.Written() != text {
			t.Fatalf("%q, taken back: %q", text, back.Written())
		}
		if again := back.then(Again{}); again.Written() != acted.Written() {
			t.Fatalf("%q, done again: %q", acted.Written(), again.Written())
		}
	})
}

// leads follows the link to m.
func leads(t *testing.T, m Model) {
	t.Helper()
	link := m.Fragment()
	there := m.then(Follow(link))
	if m.Hand.saw(m.Scenario.Name) && there.Fragment() != link || there.Written() != m.Written() {
		t.Fatalf("the link to %q leads to %q: %s", m.Written(), there.Written(), there.Notice)
	}
	afresh := ParseFragment(link)
	if afresh.Page != ScriptPage || afresh.Hand.Offer.Text != m.Written() {
		t.Fatalf("the link to %q offers %q: %s", m.Written(), afresh.Hand.Offer.Text, afresh.Notice)
	}
	if played := afresh.then(PlayOffer{}); played.Written() != m.Written() {
		t.Fatalf("the link to %q plays %q: %s", m.Written(), played.Written(), played.Notice)
	}
}

// FuzzScriptLink: no link to a script breaks the page; what it offers can be played or
// opened, and is then the text of the link.
func FuzzScriptLink(f *testing.F) {
	text := "title: T\nprofile: signed-id\n\nmallory get /\nmallory copy loot\n"
	packed := strings.TrimPrefix(scenarios.NameOf(text), "~")
	for _, rest := range []string{"", packed, packed + "/none/1", packed + "/rotate+strict/2/firefox", packed + "/nosuch/99/what", packed[:len(packed)-3], "signed-id-toss/none/3", "%", "a/b/c/d/e/f", "~" + packed,
		strings.TrimPrefix(scenarios.NameOf("no script"), "~") + "/none/1", strings.TrimPrefix(scenarios.NameOf(""), "~")} {
		f.Add(rest)
	}
	f.Fuzz(func(t *testing.T, rest string) {
		m := ParseFragment("#2/" + rest)
		if m.Fragment() != ParseFragment(m.Fragment()).Fragment() {
			t.Fatalf("the link of %q is %q, and its own %q", rest, m.Fragment(), ParseFragment(m.Fragment()).Fragment())
		}
		if m.Page != ScriptPage {
			return
		}
		offered := m.Hand.Offer.Text
		m = m.then(PlayOffer{})
		if m.Page != "" || m.Written() != offered {
			t.Fatalf("%q offers %q, and plays %q", rest, offered, m.Written())
		}
		m.then(By(1), TakeBack{}, Again{}, Follow("learn"), Follow(m.Fragment()))
	})
}
