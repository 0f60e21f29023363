package page

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab/script"
	"fixlab/scenarios"
)

// wall returns the page that a class sees at a fragment that must be in order.
func wall(t *testing.T, fragment string) Model {
	t.Helper()
	m, _ := Start(fragment, Settings{Letters: true, Tab: "7-7"})
	if m.Notice != "" || m.Page != PresentPage {
		t.Fatalf("%s: page %q, %s", fragment, m.Page, m.Notice)
	}
	return m
}

func pressed(m Model, keys ...string) Model {
	for _, k := range keys {
		if msg := Shortcut(m, Press{Key: k}); msg != nil {
			m = m.then(msg)
		}
	}
	return m
}

// A lesson is shown from its first bet to what to take along. Each slide has a link of its
// own, and nothing tells how a run ends, or what decides it, before its last step.
func TestDecks(t *testing.T) {
	for _, s := range Course() {
		d := deckOf(s)
		if d[0].Kind != ShowsBet || d[len(d)-1].Kind != ShowsTake || d[len(d)-2].Kind != ShowsAgain {
			t.Errorf("%s begins with %d and ends with %d", s.Name, d[0].Kind, d[len(d)-1].Kind)
		}
		names, ended, cards := map[string]bool{}, map[string]bool{}, 0
		for i, slide := range d {
			if names[slide.Name] || !isKey(s.Name+"/"+slide.Name) || len(s.Name+"/"+slide.Name) > longestKey {
				t.Errorf("%s: the name %q", s.Name, slide.Name)
			}
			names[slide.Name] = true
			m := wall(t, "present/"+s.Name+"/"+slide.Name)
			if m.Present.At != i || i > 0 && m.Fragment() != "present/"+s.Name+"/"+slide.Name {
				t.Errorf("%s/%s is slide %d, %s", s.Name, slide.Name, m.Present.At, m.Fragment())
			}
			if m.Present.Caption() == "" || strings.Contains(m.Present.Caption(), "present.") {
				t.Errorf("%s/%s says %q", s.Name, slide.Name, m.Present.Caption())
			}
			switch slide.Kind {
			case ShowsStep:
				ended[slide.Row] = ended[slide.Row] || slide.Last
			case ShowsCode:
				if !ended[slide.Row] {
					t.Errorf("%s/%s comes before the end of that run", s.Name, slide.Name)
				}
			case ShowsCard:
				cards++
			case ShowsAnswer:
				if s.Course.Bets[slide.N].OfOneRun() || cards == 0 {
					t.Errorf("%s/%s: the run says it", s.Name, slide.Name)
				}
			}
			if slide.Hides() && m.Present.Shown() {
				t.Errorf("%s/%s is not hidden", s.Name, slide.Name)
			}
		}
		for _, b := range s.Course.Bets {
			told := b.OfOneRun() || slices.ContainsFunc(d, func(o Slide) bool { return o.Kind == ShowsAnswer && s.Course.Bets[o.N].Line == b.Line })
			if !told {
				t.Errorf("%s never tells what holds of %q", s.Name, b.Ask)
			}
		}
	}
}

// With PageDown alone one comes through the whole course, past everything that is hidden,
// and with PageUp back to its beginning.
func TestClickerThroughCourse(t *testing.T) {
	m := wall(t, "present")
	var want, got []string
	for _, s := range Course() {
		for _, slide := range deckOf(s) {
			want = append(want, s.Name+"/"+slide.Name)
		}
	}
	at := func() string { return m.Present.Lesson.Name + "/" + m.Present.Slide().Name }
	got = append(got, at())
	for n := 0; m.Present.over == 0 && n < 2*len(want); n++ {
		was := m
		if m = pressed(m, "PageDown"); at() != was.Present.Lesson.Name+"/"+was.Present.Slide().Name {
			got = append(got, at())
			if was.Present.Slide().Hides() && !was.Present.Shown() {
				t.Errorf("%s was left hidden", was.Fragment())
			}
		} else if m.Present.Shown() == was.Present.Shown() && m.Present.over == 0 {
			t.Fatalf("PageDown does nothing at %s", at())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the slides are %q, want %q", got, want)
	}
	for i := len(want) - 2; i >= 0; i-- {
		if m = pressed(m, "PageUp"); at() != want[i] {
			t.Fatalf("PageUp leads to %s, want %s", at(), want[i])
		}
	}
	if m = pressed(m, "PageUp"); at() != want[0] || m.Present.over != 2 {
		t.Errorf("before the first slide is %s", at())
	}
}

// What a clicker sends counts wherever the focus is; letters may be off, and in a field
// of votes digits are digits, but letters are what they are elsewhere.
func TestPresentKeys(t *testing.T) {
	m := wall(t, "present/signed-is-not-yours/act/3")
	on, back := Cue{Do: CueOn}, Cue{Do: CueBack}
	for _, focus := range []string{"", "text", "choice", "range", "radio", "check", "button", "link", "way", "steps", "region"} {
		for key, want := range map[string]Msg{"PageDown": on, "PageUp": back, "ArrowRight": on, "ArrowDown": on, "ArrowLeft": back, "ArrowUp": back} {
			if focus == "choice" && strings.HasPrefix(key, "Arrow") {
				want = nil // a list's own
			}
			for _, state := range []Model{m, m.then(Help(true)), m.then(Letters(false)), m.then(Cue{Do: CueBlank}), m.then(Cue{Do: CueZoom, N: 1})} {
				if got := Shortcut(state, Press{Key: key, On: focus}); got != want {
					t.Errorf("%s on %q is %v, want %v", key, focus, got, want)
				}
			}
		}
	}
	for _, test := range []struct {
		key, on string
		off     bool
		want    Msg
	}{
		{"v", "", false, Cue{Do: CueReveal}}, {"V", "button", false, Cue{Do: CueReveal}}, {"v", "text", false, Cue{Do: CueReveal}}, {"v", "text", true, nil}, {"v", "choice", false, nil}, {"v", "", true, nil},
		{"1", "", false, Cue{Do: CueZoom, N: 1}}, {"2", "", false, Cue{Do: CueZoom, N: 2}}, {"3", "button", false, Cue{Do: CueZoom, N: 3}}, {"0", "", false, Cue{Do: CueZoom}},
		{"1", "text", false, nil}, {"1", "", true, nil},
		{"b", "", false, Cue{Do: CueBlank}}, {"b", "text", false, Cue{Do: CueBlank}}, {".", "text", false, Cue{Do: CueBlank}}, {"Backspace", "text", false, nil}, {".", "", false, Cue{Do: CueBlank}}, {"b", "", true, nil},
		{"n", "", false, OpenNotes{}}, {"p", "", false, Lead("learn/signed-is-not-yours/act/3")}, {"?", "", false, Help(true)},
		{" ", "", false, on}, {" ", "button", false, nil}, {"Enter", "", false, on}, {"Enter", "link", false, nil}, {" ", "region", true, on},
		{"Escape", "", true, Escape{}}, {"x", "", false, nil}, {"Tab", "", false, nil},
	} {
		m.View.Letters = !test.off
		if got := Shortcut(m, Press{Key: test.key, On: test.on}); got != test.want {
			t.Errorf("%q on %q, off %v: %#v, want %#v", test.key, test.on, test.off, got, test.want)
		}
	}
}

// Behind the blank nothing moves, and the same key or Escape comes back to what was there.
func TestBlankStands(t *testing.T) {
	for _, at := range []string{"act/6", "bet", "stop/1", "again"} {
		m := pressed(wall(t, "present/signed-is-not-yours/"+at), "b")
		was := m.Present
		if !was.Blank {
			t.Fatalf("%s: no blank", at)
		}
		m = pressed(m, "PageDown", "PageUp", "ArrowRight", " ", "Enter", "v", "1", "2", "0", "n", "p", "x")
		for _, c := range []Cue{{Do: CueOn}, {Do: CueBack}, {Do: CueGo, N: 3}, {Do: CueReveal}, {Do: CueZoom, N: 2}, {Do: CueAnew}} {
			m = m.then(Heard("7-7 cue\n" + c.String()))
		}
		if p := m.Present; p.link() != was.link() || p.keeps() != was.keeps() || p.Zoom != was.Zoom {
			t.Errorf("%s: behind the blank it went to %s, %s", at, p.link(), p.keeps())
		}
		for _, key := range []string{"b", ".", "Escape"} {
			if back := pressed(m, key); back.Present.Blank || back.Present.link() != was.link() {
				t.Errorf("%s: %s leads to %s, blank %v", at, key, back.Present.link(), back.Present.Blank)
			}
		}
	}
}

// The votes are those of each slide; the same bet again shows the difference, and to begin
// anew can be undone.
func TestVotesAreKept(t *testing.T) {
	m := wall(t, "present/signed-is-not-yours")
	m = m.then(Cue{CueVote, 0, 9}, Cue{CueMore, 1, 1}, Cue{CueMore, 1, 5}, Cue{CueMore, 0, -1}, Cue{CueVote, 2, 7}, Cue{CueVote, -1, 7})
	if now, _ := m.Present.Counts(); !slices.Equal(now, []int{8, 2}) {
		t.Fatalf("votes %v", now)
	}
	m = m.then(Cue{CueMore, 1, -1}, Cue{CueMore, 1, -1}, Cue{CueMore, 1, -1}, Cue{CueVote, 0, 99999})
	if now, _ := m.Present.Counts(); !slices.Equal(now, []int{mostVotes, 0}) {
		t.Fatalf("votes %v", now)
	}
	m = m.then(Cue{CueVote, 0, 4}, Cue{CueVote, 1, 18})
	m = m.then(Follow("present/signed-is-not-yours/act/6"))
	if now, _ := m.Present.Counts(); !slices.Equal(now, []int{4, 18}) || m.Present.Holds() != -1 {
		t.Errorf("at the hidden result: %v, %d holds", now, m.Present.Holds())
	}
	if m = m.then(Cue{Do: CueReveal}); m.Present.Holds() != 0 || !strings.Contains(m.Present.saysShown(), "Yes: 4; No: 18") {
		t.Errorf("at the result %d holds: %s", m.Present.Holds(), m.Present.saysShown())
	}
	m = m.then(Follow("present/signed-is-not-yours/again"), Cue{CueVote, 0, 20}, Cue{CueVote, 1, 2}, Cue{Do: CueReveal})
	if now, first := m.Present.Counts(); !slices.Equal(now, []int{20, 2}) || !slices.Equal(first, []int{4, 18}) {
		t.Errorf("again: %v after %v", now, first)
	}
	for _, want := range []string{"Yes: 20, 4 before, 16 more", "No: 2, 18 before, 16 fewer"} {
		if says := m.Present.saysShown(); !strings.Contains(says, want) {
			t.Errorf("again it says %q, want %q in it", says, want)
		}
	}

	for _, none := range []Cue{{CueVote, 0, 0}, {CueVote, 1, 0}} {
		m = m.then(none)
	}
	if says := m.Present.saysShown(); strings.Contains(says, "before") {
		t.Errorf("nobody voted again, and it says %q", says)
	}
	m = m.then(Cue{CueVote, 0, 20}, Cue{CueVote, 1, 2})

	kept := m.Present.keeps()
	again, _ := Start("present/signed-is-not-yours/again", Settings{Present: kept, Tab: "8-8"})
	if again.Present.keeps() != kept || again.Present.id != "7-7" || !again.Present.Shown() {
		t.Errorf("after a reload it is\n%s, want\n%s", again.Present.keeps(), kept)
	}
	anew := again.then(Cue{Do: CueAnew})
	if now, first := anew.Present.Counts(); Voted(now) || Voted(first) || anew.Present.Shown() || anew.Present.Before == "" {
		t.Error("begun anew, there are votes")
	}
	if back := anew.then(Cue{Do: CueUndo}); back.Present.keeps() != kept {
		t.Errorf("undone it is\n%s", back.Present.keeps())
	}
	if m := wall(t, "present/signed-is-not-yours/act/2"); m.then(Cue{CueVote, 0, 3}).Present.keeps() != m.Present.keeps() {
		t.Error("there are votes where nobody votes")
	}
}

// What a storage holds may be anything.
func TestKeptIsBounded(t *testing.T) {
	for _, kept := range []string{
		"votes signed-is-not-yours/bet -1 3\nvotes <b> 1 2\nvotes a 1\nvotes a 1 2 3 4 5\nvotes a 1000 2\nvotes a x y\nshown A!\nclock -1 2\nclock 1\nitem a\nitem a 1\nitem A! 1 2\nitem a -1 2\nitem\nid <script>\nnonsense\n\n",
		strings.Repeat("shown a\n", longestWall), "votes " + strings.Repeat("a", longestKey+1) + " 1 2", "\x00\xff",
	} {
		if got := (Present{}).with(kept).keeps(); got != "" {
			t.Errorf("%.40q is taken for %q", kept, got)
		}
	}
	if got := (Present{}).with("blank\nclock 5 60\nitem three-defences 2 61\nshown a/b-2\nvotes a/bet 1 2 3\n").keeps(); got != "blank\nclock 5 60\nitem three-defences 2 61\nshown a/b-2\nvotes a/bet 1 2 3\n" {
		t.Errorf("it keeps %q", got)
	}
	if p := (Present{counts: map[string][]int{"signed-is-not-yours/bet": {1, 2, 3}}}).open(Course()[0]); len(p.counted(p.Slide())) != 2 {
		t.Error("a bet has more votes than options")
	}
}

// P leads there and back: from a step of Learn, from Play, from a script, and from a page.
func TestToPresentAndBack(t *testing.T) {
	own, err := scenarios.Own("title: <b>Mine</b>\nprofile: signed-id\n\nmallory get /\n\nalice post /login user=alice password=correct-horse\n")
	if err != nil {
		t.Fatal(err)
	}
	script := ScriptPage + "/" + strings.TrimPrefix(own.Name, "~") + "/none/2"
	for from, to := range map[string]string{
		"1/signed-id-toss/rotate/3":       "present/1/signed-id-toss/rotate/3",
		"1/any-route/none/2/xss":          "present/1/any-route/none/2/xss",
		"learn/signed-is-not-yours/act/2": "present/signed-is-not-yours/act/2",
		"learn/three-defences":            "present/three-defences",
	} {
		m, _ := Start(from, Settings{Letters: true})
		m = pressed(m, "p")
		if m.Fragment() != to || m.Notice != "" {
			t.Errorf("%s: P leads to %s: %s", from, m.Fragment(), m.Notice)
		}
		if m = pressed(m, "p"); m.Fragment() != from || m.Notice != "" {
			t.Errorf("%s: P leads back to %s: %s", from, m.Fragment(), m.Notice)
		}
	}
	m := wall(t, "present/"+script)
	if m.Fragment() != "present/"+script || len(m.Present.Slides) != 2 || m.Present.Lesson != nil {
		t.Errorf("a script is shown as %s", m.Fragment())
	}
	for n, caption := range []string{"Mallory: Open the shop", "Alice: Log in"} {
		p := m.Present.at(n)
		if p.Caption() != caption {
			t.Errorf("step %d is called %q", n+1, p.Caption())
		}
	}
	for _, broken := range []string{"present/2/AAAA", "present/2", "present/1/nothing/none/1", "present/nothing", "present/signed-is-not-yours/x", "present/signed-is-not-yours/act/99", "present/signed-is-not-yours/act/1/2", "present/1/signed-id-toss/none/77"} {
		if m, _ := Start(broken, Settings{}); m.Notice == "" || m.Page != PresentPage || len(m.Present.Slides) == 0 {
			t.Errorf("#%s: %q, %d slides", broken, m.Notice, len(m.Present.Slides))
		}
	}
	if m := wall(t, "present/signed-is-not-yours/stop/2"); pressed(m, "p").Fragment() != "learn/signed-is-not-yours/act" || pressed(m, "p").Notice != "" {
		t.Errorf("before the bet P leads to %s: %s", pressed(m, "p").Fragment(), pressed(m, "p").Notice)
	}
}

// Every question has its right answer among what can be pointed at.
func TestAsksAreAnswered(t *testing.T) {
	for _, s := range Course() {
		for i, slide := range deckOf(s) {
			if slide.Kind != ShowsAsk {
				continue
			}
			p := (Present{}).open(s).at(i)
			a := s.Course.Asks[slide.N]
			right := p.Right()
			if a.Point.Kind != script.PointCode && !slices.Contains(p.Learn(Progress{}).Places(), right) {
				t.Errorf("%s, %q: %v is not among the places", s.Name, a.Ask, right)
			}
		}
	}
}

// Who leaves the wall and comes back finds it where it was, unless she went on in Learn.
func TestPresentComeBack(t *testing.T) {
	for _, link := range []string{"signed-is-not-yours", "signed-is-not-yours/act/3", "signed-is-not-yours/ask", "signed-is-not-yours/stop/2", "signed-is-not-yours/card"} {
		m := wall(t, "present/"+link)
		m = m.then(Follow(LinkFromPresent(m)))
		if got := LinkToPresent(m); got != "present/"+link {
			t.Errorf("left at %s it comes back to %s", link, got)
		}
	}
	m := wall(t, "present/signed-is-not-yours/ask")
	for link, want := range map[string]string{
		"learn/signed-is-not-yours": "present/signed-is-not-yours",
		"learn/which-moment":        "present/which-moment",
	} {
		if got := LinkToPresent(m.then(Follow(link))); got != want {
			t.Errorf("from %s it leads to %s, want %s", link, got, want)
		}
	}
}
