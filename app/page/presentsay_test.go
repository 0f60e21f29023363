package page

import (
	"slices"
	"strings"
	"testing"

	"fixlab/app/text"
)

// spoken is what the live region says after a message.
func spoken(m Model, msg Msg) (Model, string) {
	m, effects := m.Update(msg)
	for _, e := range effects {
		if after, is := e.(After); is {
			if s, is := after.Msg.(Speak); is {
				return m, s.Text
			}
		}
	}
	return m, ""
}

// Who does not see the wall hears all that counts there: in which lesson she is, what stands
// on a card, which number was right, that nobody has voted, and what comes next.
func TestWallIsHeard(t *testing.T) {
	for _, test := range []struct {
		at   string
		msg  Msg
		want string
	}{
		{"signed-is-not-yours", Cue{Do: CueReveal}, "Revealed. Nobody has voted."},
		{"two-rotations/again", Cue{Do: CueOn}, "So it is: No."},
		{"two-rotations/again", Cue{Do: CueGo, N: 28}, "Next: Two rows, one ghost"},
		{"two-rotations/card", Cue{Do: CueOn}, "Two rows, one ghost: Login writes"},
		{"two-rotations/ask", Cue{Do: CueReveal}, "signed with the new secret. So it is: 3."},
		{"two-rotations/ask-3", Cue{Do: CueOn}, "Right. "},
		{"two-rotations/stop/2", Cue{Do: CueBack}, "What would stop it? A new signing secret. What was signed"},
	} {
		if _, says := spoken(wall(t, "present/"+test.at), test.msg); !strings.Contains(says, test.want) {
			t.Errorf("%s, %v: it says %q, want %q in it", test.at, test.msg, says, test.want)
		}
	}
	// Before the first bet of all its lesson's title would hint.
	if _, says := spoken(wall(t, "present/"+Course()[1].Name), Cue{Do: CueBack}); strings.HasPrefix(says, Course()[0].Title) {
		t.Errorf("back at the first lesson it says %q", says)
	}
	last := wall(t, "present/"+Course()[len(Course())-1].Name+"/again")
	last, _ = spoken(last, Cue{Do: CueReveal})
	last, says := spoken(last, Cue{Do: CueOn})
	if !strings.Contains(says, text.T("present.over")) {
		t.Errorf("at the end of the course it says %q", says)
	}
	// Begun anew where something is revealed, that is what is said.
	shown, _ := spoken(wall(t, "present/two-rotations/ask"), Cue{Do: CueReveal})
	shown, says = spoken(shown, Cue{Do: CueAnew})
	if says != text.T("present.begun-anew") {
		t.Errorf("begun anew, it says %q", says)
	}
	if _, says = spoken(shown, Cue{Do: CueUndo}); says != text.T("present.undone") {
		t.Errorf("taken back, it says %q", says)
	}
}

// The wall is behind the notes then, and is not heard: they say all that it says.
func TestNotesAreHeard(t *testing.T) {
	p := paired(t, "present/signed-is-not-yours")
	for _, c := range []Cue{{CueVote, 0, 5}, {CueMore, 1, 1}, {Do: CueReveal}, {Do: CueAnew}, {Do: CueUndo}, {Do: CueAnew}, {CueMore, 1, 1}, {Do: CueOn}, {Do: CueZoom, N: 1}, {Do: CueBlank}, {Do: CueBlank}} {
		p.notes.unsaid, p.wall.unsaid = "", ""
		p.tell(false, c)
		if p.wall.unsaid == "" || p.notes.unsaid != p.wall.unsaid {
			t.Errorf("%v: the wall says %q, the notes say %q", c, p.wall.unsaid, p.notes.unsaid)
		}
	}
	p = paired(t, "present/"+Course()[len(Course())-1].Name+"/card")
	if p.tell(false, Cue{Do: CueOn}); p.notes.unsaid != text.T("present.over") {
		t.Errorf("at the end of the course the notes say %q", p.notes.unsaid)
	}
	// Nor are they without a focus when what had it is gone.
	_, effects := p.notes.Update(Heard("7-7 wall\nat present/signed-is-not-yours/act/1\nid 7-7\n"))
	if !slices.ContainsFunc(effects, func(e Effect) bool { return e == Hold(headingID) }) {
		t.Errorf("at another slide the notes have the browser do %v", effects)
	}
}

// What is wrong with the link for the class is said as it comes and goes.
func TestClassLinkIsHeard(t *testing.T) {
	m, _ := Start("teach", Settings{Here: "http://127.0.0.1/"})
	for _, test := range []struct {
		msg  Msg
		want string
	}{
		{ClassField{"address", "ftp://lab"}, text.T("teach.address-wrong")},
		{ClassField{"address", "https://lab.example.org/"}, text.T("teach.no-phrase")},
		{ClassField{"phrase", "blue kettle"}, text.T("teach.link-there")},
		{ClassField{"name", "7a"}, ""},
	} {
		var says string
		if m, says = spoken(m, test.msg); says != test.want {
			t.Errorf("%v: it says %q, want %q", test.msg, says, test.want)
		}
	}
}

// A change taken back is said each time.
func TestTakenBackIsHeard(t *testing.T) {
	m, _ := Start("teach/45", Settings{})
	for _, msg := range []Msg{EditPlan(true), MoveItem{N: 1, By: 1}, CutItem(0)} {
		m = m.then(msg)
	}
	m, first := spoken(m, BackPlan{})
	_, second := spoken(m, BackPlan{})
	if first == "" || second == "" || first == second {
		t.Errorf("taken back it says %q, and once more %q", first, second)
	}
}
