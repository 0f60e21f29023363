package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fixlab/app/class"
)

// learned is the work of a learner who has solved two challenges and bet once, wrongly and
// sure of it.
func learned(t *testing.T, l class.Link) Learn {
	t.Helper()
	m, _ := Start("1/signed-id-toss/none/1", Settings{Seed: "her own", Day: "2026-11-25"})
	m.Learn.Class = l
	for _, id := range []string{"one-switch", "make-it-happen"} {
		m = worked(t, m.then(OpenGoal(id), NextHint{}).rests())
	}
	s := Course()[0]
	for _, o := range s.Course.Bets[0].Options {
		if o.Text != Holding(s, s.Course.Bets[0]) {
			m.Learn.Progress.Lessons = map[string]Record{s.Name: {Bets: []Made{{Option: o.Text, Sure: true}}}}
		}
	}
	return m.Learn
}

// slipped returns a code with another character in its midst.
func slipped(code string) string {
	i := strings.IndexByte(code[40:], ' ') + 42
	if code[i] == '7' {
		return code[:i] + "8" + code[i+1:]
	}
	return code[:i] + "7" + code[i+1:]
}

// replay lets everything be played, a code at a message.
func replay(t *testing.T, m Model, msgs ...Msg) (Model, []Effect) {
	t.Helper()
	var all []Effect
	for n := 0; len(msgs) > 0; n++ {
		if n > 1000 {
			t.Fatalf("the page plays codes for ever: %d are left", m.Teach.Codes.Left())
		}
		var effects []Effect
		m, effects = m.Update(msgs[0])
		msgs = msgs[1:]
		all = append(all, effects...)
		for _, e := range effects {
			if after, is := e.(After); is {
				if next, is := after.Msg.(ReadCode); is {
					msgs = append(msgs, next)
				}
			}
		}
	}
	return m, all
}

// Whatever else happens meanwhile, each code is played once, and one message is on its way.
func TestTeachCodesMeanwhile(t *testing.T) {
	m, _ := Start("teach", Settings{})
	m, effects := replay(t, m, DraftCodes("FX1.0000\nFX1.0001\nFX1.0002"), ReadCodes{}, DraftCodes("more"), KeepCodes(true))
	plays := 0
	for _, e := range effects {
		if after, is := e.(After); is && after.Msg == (ReadCode{}) {
			plays++
		}
	}
	if c := m.Teach.Codes; c.Left() != 0 || len(c.All()) != 3 || c.Draft != "more" || plays != 3 {
		t.Errorf("%d left, %d read in %d messages", c.Left(), len(c.All()), plays)
	}
	m, _ = m.Update(DraftCodes("FX1.0000\nFX1.0001"))
	m, _ = replay(t, m, ReadCodes{}, ClearCodes{}, DraftCodes("FX1.0003"), ReadCodes{})
	if c := m.Teach.Codes; c.Left() != 0 || len(c.All()) != 1 {
		t.Errorf("after they were cleared: %d left, %d read", c.Left(), len(c.All()))
	}
}

// Codes that are pasted are told apart, counted, saved, kept when asked, and cleared.
func TestTeachCodes(t *testing.T) {
	teacher := class.Link{Class: "7A", Phrase: "blue kettle", Hide: true}
	l := learned(t, teacher)
	code := func(name string, of class.Link) string {
		l := l
		l.Name, l.Class = name, of
		return l.Code()
	}
	good := code("Amira", teacher)
	pasted := strings.Join([]string{
		"Hello! " + good + " Amira", code("<img src=x onerror=alert(1)>", teacher), good,
		good[:60] + "\n", slipped(good),
		code("Guest", class.Link{Phrase: "other"}), code("Nobody", class.Link{}), "FX9." + good[4:],
	}, "\n\n")
	m, _ := Start("teach", Settings{})
	m.Teach.Class = teacher
	if next, _ := replay(t, m, DraftCodes("no code"), ReadCodes{}); next.Teach.Codes.Count() != 0 || next.Teach.Codes.Draft != "no code" || next.Teach.Codes.Says == "" {
		t.Errorf("%+v", next.Teach.Codes)
	}
	m, effects := replay(t, m, DraftCodes(pasted), ReadCodes{})
	c := m.Teach.Codes
	var got []string
	for _, r := range c.Rows() {
		got = append(got, r.State)
	}
	want := []string{"replayed", "replayed", "copy of Amira", "cut off", "mistyped or edited", "another class", "made in no class", "another version of the lab"}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) || c.Rows()[i].Good != (want[i] == "replayed") || c.Rows()[i].Counts != (i < 2) {
			t.Errorf("row %d is %q, want %q", i+1, got[i], want[i])
		}
	}
	if r := c.Rows()[0]; r.Name != "Amira" || r.Day != "2026-11-25" || r.Solved != 2 || r.Hints != 2 || r.Made != 1 || r.Wrong != 1 || r.Passed || len(r.Scripts) != 1 {
		t.Errorf("%+v", r)
	}
	if link := c.Rows()[0].Scripts[0].Link; !strings.HasPrefix(link, "present/2/") {
		t.Error(link)
	}
	if rows, of := c.Heat(); of != 2 || len(rows) != len(class.Challenges()) || rows[0].Count[class.Won] != 2 || rows[1].Count[class.Untouched] != 2 {
		t.Errorf("%+v of %d", rows, of)
	}
	if c.Says != "8 codes, 2 of them replayed" || m.Teach.said != c.Says {
		t.Error(c.Says)
	}
	for _, e := range effects {
		if e, is := e.(Store); is && e.Name == CodesSetting {
			t.Errorf("kept, and nobody asked: %v", e)
		}
	}
	for as, file := range map[SaveCodes]Download{"csv": {"fixation-lab-class.csv", class.CSV(c.All())}, "json": {"fixation-lab-class.json", class.JSON(c.All(), teacher)}, "xapi": {"fixation-lab-xapi.json", class.XAPI(c.All())}} {
		if _, effects := m.Update(as); !slices.Contains(effects, Effect(file)) {
			t.Errorf("%s: %v", as, effects)
		}
	}

	kept := storage{}
	keeps, effects := m.Update(KeepCodes(true))
	kept.keep(effects)
	kept[ClassSetting] = writeTaught(teacher, "")
	if again, _ := replay(t, fresh(t, kept), ReadCode{}); !again.Teach.Codes.Keep || fmt.Sprint(states(again)) != fmt.Sprint(got) {
		t.Errorf("kept as %q, read as %q", kept[CodesSetting], states(again))
	}
	_, effects = keeps.Update(ClearCodes{})
	kept.keep(effects)
	if again := fresh(t, kept); again.Teach.Codes.Count() != 0 || again.Teach.Codes.Keep {
		t.Errorf("%q", kept[CodesSetting])
	}

	other, _ := replay(t, m, ClassField{"name", ""}, ClassField{"phrase", "other"}, Reread{})
	if s := states(other); s[0] != "another class" || s[5] != "replayed" {
		t.Errorf("%q", s)
	}
}

func fresh(t *testing.T, kept storage) Model {
	t.Helper()
	m, _ := Start("teach", kept.settings(""))
	return m
}

func states(m Model) (all []string) {
	for _, r := range m.Teach.Codes.Rows() {
		all = append(all, r.State)
	}
	return all
}

// A win that is none is named, with its challenge and why.
func TestTeachRefused(t *testing.T) {
	l := learned(t, class.Link{})
	d := l.Progress.Challenges["one-switch"]
	d.Answer = strings.Replace(d.Answer, strings.Split(d.Answer, "/")[2], "none", 1)
	l.Progress.Challenges["one-switch"] = d
	l.Name = "Eve"
	m, _ := Start("teach", Settings{})
	m, _ = replay(t, m, DraftCodes(l.Code()), ReadCodes{})
	if r := m.Teach.Codes.Rows()[0]; r.Good || r.Solved != 1 || !strings.HasPrefix(r.State, "not won: challenge 3, because") {
		t.Errorf("%+v", r)
	}
}
