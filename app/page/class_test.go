package page

import (
	"slices"
	"strings"
	"testing"

	"fixlab/app/class"
	"fixlab/app/text"
)

var someClass = class.Link{Class: "7A <b>", Phrase: "blue kettle", Hide: true, Variants: true}

func fragmentOf(t *testing.T, l class.Link) string {
	t.Helper()
	f, err := l.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	return classWord + f
}

// storage is what a browser keeps.
type storage map[string]string

func (s storage) keep(effects []Effect) {
	for _, e := range effects {
		if e, is := e.(Store); is {
			s[e.Name] = e.Text
		}
	}
}

func (s storage) settings(seed string) Settings {
	return Settings{Seed: seed, Day: "2026-11-25", Kept: func(name string) string { return s[name] }}
}

// A class link is read once, kept, replaced by another when its learner says so, and left.
func TestJoin(t *testing.T) {
	kept := storage{}
	m, effects := Start(fragmentOf(t, someClass), kept.settings("x"))
	kept.keep(effects)
	if m.Learn.Class != someClass || m.Fragment() != "learn/"+Course()[0].Name || !strings.Contains(m.Notice, someClass.Class) || !slices.Contains(effects, Effect(Visit{m.Fragment(), true})) {
		t.Fatalf("%+v, #%s: %s", m.Learn.Class, m.Fragment(), m.Notice)
	}
	if m, _ = Start("", kept.settings("x")); m.Learn.Class != someClass || m.Notice != "" {
		t.Errorf("kept as %+v: %s", m.Learn.Class, m.Notice)
	}
	other := class.Link{Phrase: "red"}
	m, effects = m.Update(Follow(fragmentOf(t, other)))
	kept.keep(effects)
	if again, _ := Start("", kept.settings("x")); m.Learn.Class != someClass || again.Learn.Class != someClass || m.Page != "code" || !strings.Contains(m.Notice, someClass.Class) {
		t.Errorf("nobody was asked: %+v: %s", m.Learn.Class, m.Notice)
	}
	m, effects = m.Update(ChangeClass{})
	kept.keep(effects)
	if again, _ := Start("", kept.settings("x")); again.Learn.Class != other {
		t.Errorf("kept is %+v", again.Learn.Class)
	}
	m, _ = m.Update(Follow("learn"))
	m, _ = m.Update(Follow(fragmentOf(t, other)))
	if m.Learn.Class != other || m.Learn.ClassName() != text.T("class.unnamed") || !strings.Contains(m.Notice, text.T("class.unnamed")) || m.Page != "learn" {
		t.Errorf("%+v: %s", m.Learn.Class, m.Notice)
	}
	for _, broken := range []string{"", "x", "class/AQ", fragmentOf(t, someClass)[len(classWord):20], "AQ%zz"} {
		next, effects := m.Update(Follow(classWord + broken))
		if next.Learn.Class != other || next.Page != "learn" || next.Notice == "" || !strings.Contains(next.Notice, text.T("class.unnamed")) {
			t.Errorf("%q: %+v: %s", broken, next.Learn.Class, next.Notice)
		}
		kept.keep(effects)
		if fresh, _ := Start(classWord+broken, Settings{}); fresh.Learn.Class.On() || fresh.Page != "learn" || fresh.Notice == "" {
			t.Errorf("%q: %+v: %s", broken, fresh.Learn.Class, fresh.Notice)
		}
	}
	m, effects = m.Update(SetName("  Ben \u202e and Li"))
	kept.keep(effects)
	if m, _ = Start("code", kept.settings("x")); m.Learn.Class != other || m.Learn.Name == "" || strings.Contains(m.Learn.Name, "\u202e") {
		t.Errorf("kept as %+v, %q", m.Learn.Class, m.Learn.Name)
	}
	m, effects = m.Update(LeaveClass{})
	kept.keep(effects)
	if m.Learn.Class.On() || m.Learn.Name != "" || kept[joinedSetting] != "" || kept[nameSetting] != "" {
		t.Errorf("left as %+v, %q, %v", m.Learn.Class, m.Learn.Name, kept)
	}
	kept[joinedSetting] = "what is no link"
	if m, _ = Start("", kept.settings("x")); m.Learn.Class.On() || m.Page != "learn" {
		t.Errorf("%+v", m.Learn.Class)
	}
}

// The language of a class is the page's if there is such a one; who has the page open already
// gets it anew.
func TestClassLanguage(t *testing.T) {
	in := func(lang string) string { l := someClass; l.Lang = lang; return fragmentOf(t, l) }
	m, _ := Start("", Settings{})
	if _, effects := m.Update(Follow(in(text.Pseudo))); !slices.Contains(effects, Effect(Reopen(in(text.Pseudo)))) {
		t.Errorf("%v", effects)
	}
	for _, lang := range []string{"", "en"} {
		if next, _ := m.Update(Follow(in(lang))); next.Learn.Class.Lang != lang || strings.Contains(next.Notice, "language") {
			t.Errorf("%q: %s", lang, next.Notice)
		}
	}
	if next, _ := m.Update(Follow(in("tlh"))); !strings.Contains(next.Notice, "tlh") {
		t.Error(next.Notice)
	}
	none := func(string) string { return "" }
	if got := LanguageOf(in("de"), none); got != "de" {
		t.Error(got)
	}
	if got := LanguageOf("learn", func(string) string { return strings.TrimPrefix(in("de"), classWord) }); got != "de" {
		t.Error(got)
	}
}

// In a class without solutions the last hint is offered nowhere, even where it was shown
// before.
func TestHideSolutions(t *testing.T) {
	for _, id := range class.Goals() {
		before := opened(t, id, "7").then(NextHint{}, NextHint{}, NextHint{})
		all := before.Task.Hints
		m := before.then(Follow(fragmentOf(t, someClass)), OpenGoal(id)).rests()
		for range 4 {
			if m.Task.Hints >= all || m.HintsOf(m.Task.Goal()) != all-1 {
				t.Fatalf("%s: %d hints of %d", id, m.Task.Hints, all)
			}
			m = m.then(NextHint{})
		}
		if last := m.Task.Goal().Hints[all-1]; strings.Contains(m.Live, last) {
			t.Errorf("%s: %s", id, m.Live)
		}
	}
}

// Everything that is solved through the page is in the code, and is won again; in a class and
// in none, and from what was kept.
func TestCodeIsPlayedAgain(t *testing.T) {
	for _, l := range []class.Link{someClass, {Phrase: "the same for all"}, {}} {
		m, _ := Start("1/signed-id-toss/none/1", Settings{Seed: "her own", Day: "2026-11-25"})
		m.Learn.Class = l
		for _, id := range class.Goals() {
			if m = worked(t, m.then(OpenGoal(id), Restart{}).rests()); !m.Task.Solved() {
				t.Fatalf("%s is not solved: %s", id, m.Notice)
			}
		}
		m = m.then(SetName("Amira"))
		progress, err := ParseProgress(m.Learn.Progress.String())
		if err != nil {
			t.Fatal(err)
		}
		m.Learn.Progress = progress
		all := class.Read("My code: "+m.Learn.Code()+" Amira", l)
		if len(all) != 1 || all[0].State != class.Fine || all[0].Name != "Amira" || all[0].Day != "2026-11-25" {
			t.Fatalf("%+v", all)
		}
		for _, r := range all[0].Results {
			if r.Status != class.Won {
				t.Errorf("%s: %s", r.ID, r.Status)
			}
		}
	}
}

// What was kept before answers were kept in full is claimed, and no more.
func TestOldAnswers(t *testing.T) {
	m, _ := Start("code", Settings{Day: "2026-11-25"})
	m.Learn.Name = "Ö"
	old := map[string]string{"ten-minute-incident": "s1 s3", "point-at-the-cause": "", "nothing-to-rotate": "", "one-switch": "#1/elsewhere/none/1", "make-it-happen": "#2/%zz/none/1", "fix-it": "no such"}
	m.Learn.Progress.Challenges = map[string]Done{}
	for id, answer := range old {
		m.Learn.Progress.Challenges[id] = Done{Solved: true, Tries: 1, Answer: answer}
	}
	e := class.Read(m.Learn.Code(), class.Link{})[0]
	for _, r := range e.Results {
		if _, is := old[r.ID]; is && r.Status != class.Claimed {
			t.Errorf("%s: %s", r.ID, r.Status)
		}
	}
	if e.State != class.Fine || e.Score() != 0 {
		t.Errorf("%s, %d points", e.State, e.Score())
	}
	if m.Learn.Name = " "; m.Learn.Code() != "" {
		t.Error("a code without a name")
	}
}
