package page

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fixlab/scenarios/plans"
)

// posted returns what effects say to the other windows.
func posted(effects []Effect) (out []string) {
	for _, e := range effects {
		if p, is := e.(Post); is {
			out = append(out, string(p))
		}
	}
	return out
}

// A pair is a wall and the notes, which hear all that the other says.
type pair struct{ wall, notes Model }

// tell has one of the two be told something, and both hear what comes of it.
func (p *pair) tell(wall bool, msg Msg) {
	var effects []Effect
	if wall {
		p.wall, effects = p.wall.Update(msg)
	} else {
		p.notes, effects = p.notes.Update(msg)
	}
	for _, says := range posted(effects) {
		p.tell(!wall, Heard(says))
	}
}

func paired(t *testing.T, wallAt string) *pair {
	t.Helper()
	p := &pair{wall: wall(t, wallAt)}
	var effects []Effect
	p.notes, effects = Start("notes/7-7", Settings{Letters: true, Tab: "9-9"})
	for _, says := range posted(effects) {
		p.tell(true, Heard(says))
	}
	return p
}

func (p *pair) same(t *testing.T, what string) {
	t.Helper()
	a, b := p.wall.Present, p.notes.Present
	if a.link() != b.link() || a.Zoom != b.Zoom || strings.ReplaceAll(a.keeps(), "id "+a.id+"\n", "") != strings.ReplaceAll(b.keeps(), "id "+b.id+"\n", "") {
		t.Errorf("%s: the wall is at %s, %d, the notes at %s, %d\n%s\n%s", what, a.link(), a.Zoom, b.link(), b.Zoom, a.keeps(), b.keeps())
	}
}

// The notes follow the wall in all that it does, and all that they do is done at the wall.
func TestNotesFollow(t *testing.T) {
	p := paired(t, "present/signed-is-not-yours/act/2")
	p.same(t, "at first")
	for _, c := range []Cue{{Do: CueOn}, {Do: CueBack}, {Do: CueGo, N: 0}, {CueVote, 0, 5}, {CueMore, 1, 1}, {Do: CueReveal}, {Do: CueGo, N: 2}, {Do: CueZoom, N: 2},
		{Do: CueBlank}, {Do: CueOn}, {Do: CueBlank}, {Do: CueClock, To: 1000}, {CueItem, 3, 60}, {Do: CueZero}, {CueItem, 2, 5}, {Do: CueGo, N: 99}, {Do: CueOn}, {Do: CueBack}, {Do: CueAnew}, {Do: CueUndo}} {
		for _, wall := range []bool{true, false} {
			p.tell(wall, c)
			p.same(t, strings.TrimSpace(c.String()))
		}
	}
	if p.wall.Present.Clock != (Clock{}) || p.notes.Hour().N != 2 {
		t.Errorf("the clock is %v, the item %d", p.wall.Present.Clock, p.notes.Hour().N)
	}
	p.tell(true, Lead("present/1/signed-id-toss/rotate/3"))
	p.same(t, "at a run")
	if p.notes.Present.Lesson != nil || p.notes.Present.Caption() != p.wall.Present.Caption() {
		t.Errorf("the notes show %q", p.notes.Present.Caption())
	}
	p.tell(true, Lead("present/three-defences/stop/2"))
	p.same(t, "at another lesson")
}

// A wall that is loaded anew says where it is; notes that are ask.
func TestNotesSurviveReloads(t *testing.T) {
	p := paired(t, "present/signed-is-not-yours")
	p.tell(false, Cue{CueVote, 0, 5})
	p.tell(false, Cue{Do: CueOn})
	kept, at := p.wall.Present.keeps(), p.wall.Fragment()

	var effects []Effect
	p.notes, effects = Start("notes/7-7", Settings{Tab: "9-9"})
	for _, says := range posted(effects) {
		p.tell(true, Heard(says))
	}
	p.same(t, "the notes anew")

	p.wall, effects = Start(at, Settings{Present: kept, Tab: "8-8"})
	for _, says := range posted(effects) {
		p.tell(false, Heard(says))
	}
	p.same(t, "the wall anew")
	p.tell(false, Cue{Do: CueOn})
	p.same(t, "and on")

	// A wall that is closed is missed, and another is found.
	alone := p.notes
	for range lostAfter + 1 {
		alone = alone.then(Beat(5))
	}
	if !alone.Notes.Lost() || p.notes.Notes.Lost() {
		t.Error("a wall that does not answer is not missed")
	}
	p.notes, p.wall = alone, wall(t, "present/three-defences")
	p.wall.Present.id = "5-5"
	p.tell(false, Beat(6))
	p.same(t, "another wall")
	if p.notes.Notes.Lost() || p.notes.Notes.Wall != "5-5" {
		t.Errorf("the notes follow %q", p.notes.Notes.Wall)
	}
}

// What the notes ask each second moves nothing in the other tabs of the lab.
func TestHeardElsewhere(t *testing.T) {
	m, _ := Start("1/signed-id-toss/none/3", Settings{})
	m.View.Playing, m.View.Gliding = true, true
	if m, _ := m.Update(Heard("any hello")); !m.View.Gliding {
		t.Error("each step of the player is in the history")
	}
}

// What comes from another window may be anything: it changes nothing that it should not.
func TestHeardIsChecked(t *testing.T) {
	p := paired(t, "present/signed-is-not-yours/act/2")
	for _, text := range []string{
		"", "\n", "x", "7-7", "7-7 wall", "7-7 cue", "7-7 cue\non", "7-7 cue\non 0 0 0", "7-7 cue\nfly 0 0", "7-7 cue\ngo a b", "7-7 cue\ngo 99999999999999999999 0",
		"6-6 cue\non 0 0", "<b> cue\non 0 0", "7-7 wall\nat present/", "7-7 wall\nat present/nothing", "7-7 wall\nat learn/signed-is-not-yours", "7-7 wall\nblank",
		"6-6 wall\nat present/three-defences", "7-7 wall\nat present/1/signed-id-toss/none/99", "7-7 wall\nat present/2/AAAA/none/1", strings.Repeat("7-7 cue\non 0 0", longestScript),
	} {
		wall, notes := p.wall.then(Heard(text)), p.notes.then(Heard(text))
		if wall.Present.link() != p.wall.Present.link() || wall.Present.keeps() != p.wall.Present.keeps() || notes.Present.link() != p.notes.Present.link() || notes.Notes.Wall != "7-7" {
			t.Errorf("%.60q leads to %s and %s", text, wall.Fragment(), notes.Present.link())
		}
	}
	// Bounds of what is well written.
	for text, want := range map[string]string{"go -5 0": "signed-is-not-yours", "go 5000 0": "signed-is-not-yours/card"} {
		if m := p.wall.then(Heard("7-7 cue\n" + text + "\n")); m.Present.link() != want {
			t.Errorf("%s leads to %s", text, m.Present.link())
		}
	}
	if m, _ := Start("notes/<script>", Settings{}); m.Notes.Wall != "" || m.Notice == "" {
		t.Errorf("a link names the wall %q", m.Notes.Wall)
	}
}

// The clock runs while it is looked at, stands, and goes on.
func TestClock(t *testing.T) {
	c := Clock{}.toggled(100)
	if c.At(100) != 0 || c.At(160) != 60 || c.At(50) != 0 {
		t.Errorf("it shows %d, %d", c.At(100), c.At(160))
	}
	c = c.toggled(160)
	if c.At(1000) != 60 {
		t.Errorf("it stands at %d", c.At(1000))
	}
	if c = c.toggled(200); c.At(210) != 70 {
		t.Errorf("it goes on to %d", c.At(210))
	}
	m, effects := Start("notes", Settings{})
	if want := []Effect{Post("any hello"), TellTime(0)}; !reflect.DeepEqual(effects[len(effects)-2:], want) {
		t.Errorf("at first: %v", effects)
	}
	m, effects = m.Update(Beat(77))
	if want := []Effect{Post("any hello"), TellTime(beat)}; m.Notes.Now != 77 || !reflect.DeepEqual(effects, want) {
		t.Errorf("at a beat: %v, %d", effects, m.Notes.Now)
	}
	if _, effects = m.then(Lead("claims")).Update(Beat(78)); slices.ContainsFunc(effects, func(e Effect) bool { _, is := e.(TellTime); return is }) {
		t.Errorf("elsewhere the clock is looked at: %v", effects)
	}
}

// What the wall has the browser do.
func TestPresentEffects(t *testing.T) {
	m := wall(t, "present/signed-is-not-yours")
	at := func(rest string) Post { return Post("7-7 wall\nat present/signed-is-not-yours" + rest) }
	for _, test := range []struct {
		name string
		m    Model
		msg  Msg
		want []Effect
	}{
		{"on", m, Cue{Do: CueOn}, []Effect{Visit{"present/signed-is-not-yours/act/1", true}, After{sayAfter, Speak{1, m.then(Cue{Do: CueOn}).Present.says()}},
			Title("2 of 14, Signed is not yours · Fixation Lab"), at("/act/1\nid 7-7\n"), Hold("page-title")}},
		{"a vote", m, Cue{CueMore, 1, 1}, []Effect{After{sayAfter, Speak{1, "No: 1"}}, KeepTab{"fixlab/1/present", "id 7-7\nvotes signed-is-not-yours/bet 0 1\n"},
			at("\nid 7-7\nvotes signed-is-not-yours/bet 0 1\nvoted 1\n"), Hold("page-title")}},
		{"blank", m, Cue{Do: CueBlank}, []Effect{After{sayAfter, Speak{1, "The screen is blank. Press B or Escape to come back."}}, KeepTab{"fixlab/1/present", "id 7-7\nblank\n"},
			at("\nid 7-7\nblank\n"), Focus{ID: "blank"}}},
		{"nothing to enlarge", m, Cue{Do: CueZoom, N: 1}, []Effect{Hold("page-title")}},
		{"notes", m, OpenNotes{}, []Effect{Hold("page-title"), OpenWindow{"notes/7-7"}}},
		{"asked", m, Heard("7-7 hello"), []Effect{at("\nid 7-7\n"), Hold("page-title")}},
		{"leave", m, Lead("learn/signed-is-not-yours"), []Effect{Visit{"learn/signed-is-not-yours", false}, After{sayAfter, Speak{1, "Learn"}}, Title("Your bet · Fixation Lab"), Focus{"page-title", true}}},
	} {
		_, got := test.m.Update(test.msg)
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n got %#v\nwant %#v", test.name, got, test.want)
		}
	}
}

// The item that is now follows the lesson on the wall, or what the trainer chose until another
// lesson comes up; what it says of the time follows from the clock alone.
func TestHour(t *testing.T) {
	p := paired(t, "present/signed-is-not-yours")
	at := func(second int64) { p.tell(false, Beat(second)) }
	is := func(what string, n int, left, late int64) {
		t.Helper()
		if h := p.notes.Hour(); h.N != n || h.Item != left || h.Late != late {
			t.Errorf("%s: item %d, %d s left, %d s late; want %d, %d, %d", what, h.N, h.Item, h.Late, n, left, late)
		}
	}
	at(1000)
	// 45 minutes: questions 4, lesson 1: 5, lesson 3: 4, lesson 4: 5, lesson 5: 3, challenges 8 and 4*
	is("before", 1, 300, -240)
	p.tell(false, TurnItem(-1))
	is("back to the questions", 0, 240, 0)
	p.tell(false, TurnItem(-1))
	is("nothing is before", 0, 240, 0)
	p.tell(false, Cue{Do: CueClock, To: 1000})
	at(1300)
	is("a minute too long", 0, -60, 60)
	p.tell(false, TurnItem(1))
	is("lesson 1", 1, 300, 60)
	p.tell(true, Cue{Do: CueOn})
	at(1360)
	is("and a minute of it", 1, 240, 60)
	p.tell(true, Lead("present/three-defences"))
	is("lesson 3 early", 2, 240, -180)
	if p.wall.Present.now.item != 2 || p.wall.Present.now.since != 360 {
		t.Errorf("the wall keeps %v", p.wall.Present.now)
	}
	p.tell(true, Lead("present/which-moment"))
	is("a lesson that is not in it", 2, 240, -180)
	p.tell(false, TurnItem(3))
	is("challenges", 5, 480, 360+480-29*60)
	p.tell(true, Cue{Do: CueOn})
	is("on the same lesson", 5, 480, 360+480-29*60)
	if spare := p.notes.Hour().Spare(); len(spare) != 1 || !spare[0].Optional {
		t.Errorf("%v may be left out", spare)
	}

	// Either may be loaded anew, and the running order is the one that Teach keeps.
	kept := p.wall.Present.keeps()
	if anew := p.wall.Present.with(kept); anew.now != p.wall.Present.now {
		t.Errorf("the wall anew: %v", anew.now)
	}
	long := slices.Clone(p.notes.Teach.Mine)[2]
	var effects []Effect
	p.notes, effects = Start("notes/7-7", Settings{Tab: "9-9", Kept: func(name string) string {
		if name == PlanSetting {
			return long.Text()
		}
		return ""
	}})
	for _, says := range posted(effects) {
		p.tell(true, Heard(says))
	}
	if h := p.notes.Hour(); h.Plan.Minutes != 90 || h.N != 5 {
		t.Errorf("the notes anew: %d minutes, item %d", h.Plan.Minutes, h.N)
	}
	// A running order of one item, while the wall is at the sixth.
	p.notes.Teach.Mine = slices.Clone(p.notes.Teach.Mine)
	p.notes.Teach.Mine[2].Items = p.notes.Teach.Mine[2].Items[:1]
	at(1400)
	if h := p.notes.Hour(); h.N != 0 || len(h.Spare()) != 0 {
		t.Errorf("one item: %d", h.N)
	}
	p.tell(false, Cue{Do: CueZero})
	if p.wall.Present.Clock != (Clock{}) || p.wall.Present.now.item != 0 {
		t.Errorf("from the beginning: %v, %v", p.wall.Present.Clock, p.wall.Present.now)
	}
}

// A duplicated tab keeps what the first does, its name too, until the first one says so: the
// notes stay with that one.
func TestDuplicatedWall(t *testing.T) {
	p := paired(t, "present/signed-is-not-yours")
	p.tell(true, Cue{CueMore, 0, 1})
	twin, effects := Start("present/three-defences", Settings{Present: p.wall.Present.keeps(), Tab: "8-8"})
	if twin.Present.id != "7-7" {
		t.Fatalf("it is %q", twin.Present.id)
	}
	for range 5 { // all that is said is heard by both others
		var answers []string
		for _, says := range posted(effects) {
			p.tell(false, Heard(says))
			var more []Effect
			p.wall, more = p.wall.Update(Heard(says))
			for _, says := range posted(more) {
				p.tell(false, Heard(says))
				answers = append(answers, says)
			}
		}
		effects = nil
		for _, says := range answers {
			var more []Effect
			twin, more = twin.Update(Heard(says))
			effects = append(effects, more...)
		}
	}
	if len(posted(effects)) > 0 {
		t.Errorf("it never ends: %q", posted(effects))
	}
	if p.wall.Present.id != "7-7" || twin.Present.id != "8-8" || twin.Present.Lesson.Name != "three-defences" {
		t.Errorf("the walls are %q and %q", p.wall.Present.id, twin.Present.id)
	}
	p.same(t, "beside a twin")
	if now, _ := twin.Present.open(p.wall.Present.Lesson).Counts(); now[0] != 1 {
		t.Errorf("the twin has the votes %v", now)
	}
}

// An item opens a lesson by any of its links, and none that only has its name in it.
func TestOpensLesson(t *testing.T) {
	for link, want := range map[string]bool{
		"present/two-rows-one-ghost": true, "learn/two-rows-one-ghost/act": true, "challenge/one-switch present/two-rows-one-ghost": true,
		"": false, "challenge/two-rows-one-ghost": false, "present/two-rows-one-ghost-more": false, "1/two-rows-one-ghost/none/1": false,
	} {
		if got := opensLesson(plans.Item{Link: link}, "two-rows-one-ghost"); got != want {
			t.Errorf("%q: %v", link, got)
		}
	}
}
