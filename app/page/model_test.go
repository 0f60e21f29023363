package page

import (
	"strings"
	"testing"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// at returns the model of a link that must be in order.
func at(t *testing.T, fragment string) Model {
	t.Helper()
	m := ParseFragment(fragment)
	if m.Notice != "" {
		t.Fatalf("%s: %s", fragment, m.Notice)
	}
	return m
}

func TestUpdate(t *testing.T) {
	playing := func(m Model) Model { m.View.Playing = true; return m }
	for _, test := range []struct {
		name   string
		from   string
		set    func(Model) Model
		msg    Msg
		to     string
		visit  string
		notice string // part of it
		check  func(Model) bool
	}{
		{name: "forward", from: "1/signed-id-toss/none/3", msg: By(1), to: "1/signed-id-toss/none/4", visit: push},
		{name: "back", from: "1/signed-id-toss/none/3", msg: By(-1), to: "1/signed-id-toss/none/2", visit: push},
		{name: "not before the first", from: "1/signed-id-toss/none/1", msg: By(-1), to: "1/signed-id-toss/none/1", visit: stay},
		{name: "not behind the last", from: "1/signed-id-toss/none/9", msg: By(1), to: "1/signed-id-toss/none/9", visit: stay},
		{name: "any step", from: "1/signed-id-toss/none/1", msg: Go(6), to: "1/signed-id-toss/none/7", visit: push},
		{name: "far too far", from: "1/signed-id-toss/none/1", msg: Go(700), to: "1/signed-id-toss/none/9", visit: push},
		{name: "next key moment", from: "1/signed-id-toss/none/1", msg: Key(1), to: "1/signed-id-toss/none/4", visit: push},
		{name: "previous key moment", from: "1/signed-id-toss/none/7", msg: Key(-1), to: "1/signed-id-toss/none/6", visit: push},
		{name: "a refusal is a key moment", from: "1/signed-id-toss/host-prefix/1", msg: Key(1), to: "1/signed-id-toss/host-prefix/4", visit: push},

		{name: "on", from: "1/signed-id-toss/none/8", msg: Flip(defence.Rotate), to: "1/signed-id-toss/rotate/8", visit: push,
			check: func(m Model) bool {
				return m.Trace.Verdict.Outcome == event.Defended && m.Trace.Defences == defence.Rotate
			}},
		{name: "off", from: "1/signed-id-toss/rotate+strict/8", msg: Flip(defence.Rotate), to: "1/signed-id-toss/strict/8", visit: push,
			check: func(m Model) bool { return m.Trace.Verdict.Outcome == event.Hijacked }},
		{name: "a lesson", from: "1/signed-id-toss/rotate/8", msg: Open("flask-oracle"), to: "1/flask-oracle/rotate/1", visit: push,
			check: func(m Model) bool { return m.Trace.Scenario.Name == "flask-oracle" }},
		{name: "no such lesson", from: "1/signed-id-toss/rotate/8", msg: Open("flask-orackle"), to: "1/signed-id-toss/rotate/8", visit: stay, notice: `did you mean "flask-oracle"`},
		{name: "reset", from: "1/signed-id-toss/rotate/8", msg: Reset{}, to: "1/signed-id-toss/none/1", visit: push, notice: "Back at step 1",
			check: func(m Model) bool { return m.Undo }},
		{name: "nothing to reset", from: "1/signed-id-toss/none/1", msg: Reset{}, to: "1/signed-id-toss/none/1", visit: stay, notice: "already",
			check: func(m Model) bool { return !m.Undo }},

		{name: "a route", from: "1/any-route/none/3", msg: SetRoute("xss"), to: "1/any-route/none/3/xss", visit: push, // the first step of the route
			check: func(m Model) bool { return m.Trace.Frames[m.Step].Step.File == "routes/xss" }},
		{name: "a route keeps the line", from: "1/any-route/rotate/9/xss-overflow", msg: SetRoute("sibling-https"), to: "1/any-route/rotate/5", visit: push,
			check: func(m Model) bool { return m.Trace.Frames[m.Step].Step.Verb == "post" }},
		{name: "no such route", from: "1/any-route/none/3", msg: SetRoute("xsss"), to: "1/any-route/none/3", visit: stay, notice: `did you mean "xss"`},
		{name: "a source", from: "1/any-route/none/5", msg: SetToken("forged"), to: "1/any-route/none/4/forged", visit: push,
			check: func(m Model) bool { return m.Trace.Frames[m.Step].Step.Verb == "post" }},
		{name: "a jar", from: "1/any-route/none/5", msg: SetJar(true), to: "1/any-route/none/6/visited", visit: push},
		{name: "a browser", from: "1/signed-id-toss/none/5", msg: SetRules(cookie.Tomorrow), to: "1/signed-id-toss/none/5/tomorrow", visit: push,
			check: func(m Model) bool { return m.Trace.Scenario.Browser == cookie.Tomorrow }},
		{name: "Firefox keeps the victim's cookie in front", from: "1/regenerating-promotes-the-attacker/rotate/6", msg: SetRules(cookie.Firefox), to: "1/regenerating-promotes-the-attacker/rotate/6/firefox", visit: push,
			check: func(m Model) bool { return m.Trace.Verdict.Outcome == event.Defended }},
		{name: "a server", from: "1/any-route/none/5", msg: SetServer("django-db"), to: "1/any-route/none/5/django-db", visit: push,
			check: func(m Model) bool {
				return m.Trace.Scenario.Profile == "django-db" && m.Trace.Verdict.Outcome == event.Hijacked
			}},
		{name: "no such server", from: "1/any-route/none/5", msg: SetServer("x"), to: "1/any-route/none/5", visit: stay},
		{name: "no such browser", from: "1/signed-id-toss/none/5", msg: SetRules(7), to: "1/signed-id-toss/none/5", visit: stay},
		{name: "no route to pick", from: "1/flask-oracle/none/5", msg: SetRoute("xss"), to: "1/flask-oracle/none/5", visit: stay},
		{name: "a switch keeps the setup", from: "1/any-route/none/2/xss", msg: Flip(defence.Rotate), to: "1/any-route/rotate/2/xss", visit: push},
		{name: "another lesson has its own", from: "1/any-route/none/2/xss+visited", msg: Open("flask-oracle"), to: "1/flask-oracle/none/1", visit: push},
		{name: "reset the setup", from: "1/any-route/none/1/xss", msg: Reset{}, to: "1/any-route/none/1", visit: push, notice: "own way in"},
		{name: "follow another setup", from: "1/any-route/none/1", msg: Follow("1/any-route/none/1/xss"), to: "1/any-route/none/1/xss", visit: stay,
			check: func(m Model) bool { return m.Trace.Scenario.Route == "xss" }},

		{name: "play", from: "1/signed-id-toss/none/3", msg: Play{}, to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return m.View.Playing }},
		{name: "play again from the end", from: "1/signed-id-toss/none/9", msg: Play{}, to: "1/signed-id-toss/none/1", visit: push,
			check: func(m Model) bool { return m.View.Playing }},
		{name: "pause", from: "1/signed-id-toss/none/3", set: playing, msg: Play{}, to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return !m.View.Playing }},
		{name: "tick", from: "1/signed-id-toss/none/3", set: playing, msg: Tick(0), to: "1/signed-id-toss/none/4", visit: push,
			check: func(m Model) bool { return m.View.Playing }},
		{name: "the next tick", from: "1/signed-id-toss/none/3", set: func(m Model) Model { m.View.Playing, m.View.Gliding = true, true; return m },
			msg: Tick(0), to: "1/signed-id-toss/none/4", visit: replace},
		{name: "the last tick stops", from: "1/signed-id-toss/none/8", set: playing, msg: Tick(0), to: "1/signed-id-toss/none/9", visit: push,
			check: func(m Model) bool { return !m.View.Playing }},
		{name: "a late tick", from: "1/signed-id-toss/none/3", msg: Tick(0), to: "1/signed-id-toss/none/3", visit: stay},
		{name: "a step stops the player", from: "1/signed-id-toss/none/3", set: playing, msg: By(1), to: "1/signed-id-toss/none/4", visit: push,
			check: func(m Model) bool { return !m.View.Playing }},
		{name: "a switch does not", from: "1/signed-id-toss/none/3", set: playing, msg: Flip(defence.Lax), to: "1/signed-id-toss/lax/3", visit: push,
			check: func(m Model) bool { return m.View.Playing }},

		{name: "drag", from: "1/signed-id-toss/none/3", msg: Drag(5), to: "1/signed-id-toss/none/6", visit: push},
		{name: "drag on", from: "1/signed-id-toss/none/3", set: func(m Model) Model { return m.then(Drag(4)) }, msg: Drag(5), to: "1/signed-id-toss/none/6", visit: replace},
		{name: "drag anew", from: "1/signed-id-toss/none/3", set: func(m Model) Model { return m.then(Drag(4)).then(Rest{}) }, msg: Drag(5), to: "1/signed-id-toss/none/6", visit: push},

		{name: "follow", from: "1/signed-id-toss/rotate/8", msg: Follow("1/flask-oracle/none/2"), to: "1/flask-oracle/none/2", visit: stay},
		{name: "follow a broken link", from: "1/signed-id-toss/rotate/8", msg: Follow("1/flask-orackle/none/2"), to: "1/flask-oracle/none/2", visit: replace, notice: `no lesson "flask-orackle"`},
		{name: "a step clears the notice", from: "1/signed-id-toss/rotate/8", set: func(m Model) Model { m.Notice = "x"; return m }, msg: By(1), to: "1/signed-id-toss/rotate/9", visit: push,
			check: func(m Model) bool { return m.Notice == "" }},
		{name: "dismiss", from: "1/signed-id-toss/rotate/8", set: func(m Model) Model { m.Notice = "x"; return m }, msg: Dismiss{}, to: "1/signed-id-toss/rotate/8", visit: stay,
			check: func(m Model) bool { return m.Notice == "" }},

		{name: "messages pause", from: "1/signed-id-toss/none/3", set: playing, msg: Show(Messages), to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return m.View.Sheet == Messages && !m.View.Playing }},
		{name: "escape closes first", from: "1/signed-id-toss/none/3", set: func(m Model) Model { m.View.Sheet = ServerInside; return m }, msg: Escape{}, to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return m.View.Sheet == NoSheet }},
		{name: "faster", from: "1/signed-id-toss/none/3", msg: Pace(9), to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return m.View.Speed == Double }},
		{name: "a sheet closes as it opened", from: "1/signed-id-toss/none/5", set: func(m Model) Model { return m.then(Show(Ending)) }, msg: Show(Ending), to: "1/signed-id-toss/none/5", visit: stay,
			check: func(m Model) bool { return m.View.Sheet == NoSheet }},
		{name: "another sheet takes its place", from: "1/signed-id-toss/none/5", set: func(m Model) Model { return m.then(Show(Ending)) }, msg: Show(Messages), to: "1/signed-id-toss/none/5", visit: stay,
			check: func(m Model) bool { return m.View.Sheet == Messages }},
		{name: "a sheet stays over a step", from: "1/signed-id-toss/none/5", set: func(m Model) Model { return m.then(Show(Messages)) }, msg: By(1), to: "1/signed-id-toss/none/6", visit: push,
			check: func(m Model) bool { return m.View.Sheet == Messages }},
		{name: "a link of the result leads to the browsers", from: "1/signed-id-toss/none/5", set: func(m Model) Model { return m.then(Show(Ending)) }, msg: Follow("1/signed-id-toss/none/7"), to: "1/signed-id-toss/none/7", visit: stay,
			check: func(m Model) bool { return m.View.Sheet == NoSheet }},
		{name: "escape closes the menu", from: "1/signed-id-toss/none/5", set: func(m Model) Model { return m.then(Show(Messages), Menu(true)) }, msg: Escape{}, to: "1/signed-id-toss/none/5", visit: stay,
			check: func(m Model) bool { return !m.View.Menu && m.View.Sheet == Messages }},
	} {
		m := at(t, test.from)
		if test.set != nil {
			m = test.set(m)
		}
		next, effects := m.Update(test.msg)
		if got := next.Fragment(); got != test.to {
			t.Errorf("%s: %s gives %s, want %s", test.name, test.from, got, test.to)
		}
		if got := visited(t, next, effects); got != test.visit {
			t.Errorf("%s: it is to %s the address, want to %s", test.name, got, test.visit)
		}
		if !strings.Contains(next.Notice, test.notice) {
			t.Errorf("%s: notice %q, want %q in it", test.name, next.Notice, test.notice)
		}
		if test.check != nil && !test.check(next) {
			t.Errorf("%s: unexpected model: %+v, notice %q", test.name, next.View, next.Notice)
		}
	}
}

// A switch that is turned back shows the run from before, and another switch or another
// setup none but its own.
func TestFlipBack(t *testing.T) {
	m := at(t, "1/any-route/none/2/xss")
	back := m.then(Flip(defence.Rotate)).then(Flip(defence.Rotate))
	if back.Trace != m.Trace {
		t.Error("the run was played again")
	}
	for what, two := range map[string][]Msg{
		"rotate+strict": {Flip(defence.Rotate), Flip(defence.Strict)},
		"xss-path":      {SetRoute("url-id"), SetRoute("xss-path")},
	} {
		got := m.then(two[0]).then(two[1])
		if want := at(t, got.Fragment()); !strings.Contains(got.Fragment(), what) || got.Trace.Hash() != want.Trace.Hash() {
			t.Errorf("%s: two changes lead to another run than %s", what, got.Fragment())
		}
	}
	for _, fragment := range []string{"1/any-route/rotate/2/xss", "1/any-route/rotate+strict/2/xss", "1/any-route/rotate/2/url-id"} {
		next := back.then(Follow(fragment))
		if want := at(t, fragment); next.Trace.Hash() != want.Trace.Hash() || next.Fragment() != fragment {
			t.Errorf("%s after another run is %s, and not what it is by itself", fragment, next.Fragment())
		}
		back = next.then(Flip(defence.Strict)).then(Flip(defence.Strict))
		if back.Trace.Hash() != next.Trace.Hash() {
			t.Errorf("%s: a switch turned back leads to another run", fragment)
		}
	}
}

// A flipped switch keeps the learner at the same line of the script.
func TestFlipKeepsTheLine(t *testing.T) {
	for lesson, name := range scenarios.Names() {
		m := at(t, "1/"+name+"/none/1")
		for step := range m.Trace.Frames {
			for i, d := range defence.All {
				if (i+step)%5 != lesson%5 { // each switch somewhere in the lesson
					continue
				}
				before := m.then(Go(step))
				after := before.then(Flip(d.Set))
				if a, b := before.Trace.Frames[before.Step].Step.Line, after.Trace.Frames[after.Step].Step.Line; a != b {
					t.Fatalf("%s, %s: line %d became line %d", before.Fragment(), d.Name, a, b)
				}
				if back := after.then(Flip(d.Set)); back.Fragment() != before.Fragment() {
					t.Fatalf("%s, %s twice: %s", before.Fragment(), d.Name, back.Fragment())
				}
			}
		}
	}
}
