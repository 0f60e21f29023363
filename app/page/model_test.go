package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
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
	projector := func(m Model) Model { m.View.Projector = true; return m }
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
		{name: "next key moment", from: "1/signed-id-toss/none/1", msg: Key(1), to: "1/signed-id-toss/none/7", visit: push},
		{name: "previous key moment", from: "1/signed-id-toss/none/7", msg: Key(-1), to: "1/signed-id-toss/none/1", visit: push},
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

		{name: "follow", from: "1/signed-id-toss/rotate/8", set: projector, msg: Follow("1/flask-oracle/none/2"), to: "1/flask-oracle/none/2", visit: stay,
			check: func(m Model) bool { return m.View.Projector }},
		{name: "follow a broken link", from: "1/signed-id-toss/rotate/8", msg: Follow("1/flask-orackle/none/2"), to: "1/flask-oracle/none/2", visit: replace, notice: `no lesson "flask-orackle"`},
		{name: "a step clears the notice", from: "1/signed-id-toss/rotate/8", set: func(m Model) Model { m.Notice = "x"; return m }, msg: By(1), to: "1/signed-id-toss/rotate/9", visit: push,
			check: func(m Model) bool { return m.Notice == "" }},
		{name: "dismiss", from: "1/signed-id-toss/rotate/8", set: func(m Model) Model { m.Notice = "x"; return m }, msg: Dismiss{}, to: "1/signed-id-toss/rotate/8", visit: stay,
			check: func(m Model) bool { return m.Notice == "" }},

		{name: "messages pause", from: "1/signed-id-toss/none/3", set: playing, msg: Show(Messages), to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return m.View.Sheet == Messages && !m.View.Playing }},
		{name: "blank", from: "1/signed-id-toss/none/3", set: projector, msg: Blank{}, to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return m.View.Blank }},
		{name: "blank needs the projector", from: "1/signed-id-toss/none/3", msg: Blank{}, to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return !m.View.Blank }},
		{name: "escape closes first", from: "1/signed-id-toss/none/3", set: func(m Model) Model { m.View.Sheet, m.View.Projector = ServerInside, true; return m }, msg: Escape{}, to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return m.View.Sheet == NoSheet && m.View.Projector }},
		{name: "then leaves the projector", from: "1/signed-id-toss/none/3", set: projector, msg: Escape{}, to: "1/signed-id-toss/none/3", visit: stay,
			check: func(m Model) bool { return !m.View.Projector }},
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

func TestBrokenLinks(t *testing.T) {
	for _, test := range []struct{ in, out, notice string }{
		{"", "learn/signed-is-not-yours", ""},
		{"#", "learn/signed-is-not-yours", ""},
		{"#1/flask-oracle/rotate+strict/4", "1/flask-oracle/rotate+strict/4", ""},
		{"1/flask-oracle/strict+rotate/4", "1/flask-oracle/rotate+strict/4", ""}, // another order is no mistake
		{"1/flask-oracle", "1/flask-oracle/none/1", ""},
		{"1/flask-oracle/rotate", "1/flask-oracle/rotate/1", ""},
		{"1/flask%2Doracle/rotate%2Bstrict/4", "1/flask-oracle/rotate+strict/4", ""},
		{"2/flask-oracle/rotate/4", "1/flask-oracle/rotate/4", `version "2"`},
		{"flask-oracle/rotate/4", "1/flask-oracle/rotate/4", "does not begin with 1/"},
		{"1/flask-orackle/rotate/4", "1/flask-oracle/rotate/4", `no lesson "flask-orackle"`},
		{"1/nothing-like-it/rotate/4", "1/signed-id-toss/rotate/4", `no lesson "nothing-like-it"`},
		{"1//rotate/4", "1/signed-id-toss/rotate/4", `no lesson ""`},
		{"1/flask-oracle/rotat+strict/4", "1/flask-oracle/rotate+strict/4", `no switch "rotat"`},
		{"1/flask-oracle/host-prefix+rotate+secure-prefix/4", "1/flask-oracle/rotate+host-prefix/4", `the switch "secure-prefix" excludes one before it`},
		{"1/flask-oracle/what/4", "1/flask-oracle/none/4", `no switch "what"`},
		{"1/flask-oracle//4", "1/flask-oracle/none/4", `no switch ""`},
		{"1/flask-oracle/none/0", "1/flask-oracle/none/1", `no step "0" among the 9`},
		{"1/flask-oracle/none/-3", "1/flask-oracle/none/1", `no step "-3"`},
		{"1/flask-oracle/none/10", "1/flask-oracle/none/9", `no step "10"`},
		{"1/flask-oracle/none/99999999999999999999", "1/flask-oracle/none/1", "is not a step"},
		{"1/flask-oracle/none/four", "1/flask-oracle/none/1", `"four" is not a step`},
		{"1/any-route/none/4/xss/matrix", "1/any-route/none/4/xss", "more parts than five"},
		{"1/any-route/none/4/", "1/any-route/none/4", ""},
		{"1/any-route/none/4/draft+visited+own+xss", "1/any-route/none/4/xss+own+visited+draft", ""}, // another order is no mistake
		{"1/any-route/none/4/sibling-https+trap+fresh+chromium", "1/any-route/none/4", ""},           // the lesson's own
		{"1/any-route/none/4/xsss+visited", "1/any-route/none/4/visited", `no server, route, source, jar or browser "xsss"`},
		{"1/any-route/rotat/400/xss+none", "1/any-route/rotate/9/xss", `no server, route, source, jar or browser "none"`},
		{"1/any-route/none/4/xss++draft", "1/any-route/none/4/xss+draft", `browser ""`},
		{"1/flask-oracle/none/4/xss", "1/flask-oracle/none/4", `this lesson does not leave "xss" open`},
		{"1/flask-oracle/none/4/visited+own+tomorrow", "1/flask-oracle/none/4/tomorrow", `does not leave "visited" open`},
		{"1/%zz/none/4", "1/signed-id-toss/none/4", `"%zz" is not written correctly`},
		{"main", "1/signed-id-toss/none/1", "does not begin with 1/"},
		{"1/<img src=x>/none/1", "1/signed-id-toss/none/1", `no lesson "<img src=x>"`},
		{"1/\xff\xfe/none/1", "1/signed-id-toss/none/1", `no lesson "\xff\xfe"`},
	} {
		m := ParseFragment(test.in)
		if got := m.Fragment(); got != test.out {
			t.Errorf("%q gives %s, want %s", test.in, got, test.out)
		}
		switch {
		case test.notice == "" && m.Notice != "":
			t.Errorf("%q: unexpected notice %q", test.in, m.Notice)
		case !strings.Contains(m.Notice, test.notice):
			t.Errorf("%q: notice %q, want %q in it", test.in, m.Notice, test.notice)
		case test.notice != "" && !strings.Contains(m.Notice, "Shown instead: “"+m.Scenario.Title+"”"):
			t.Errorf("%q: the notice does not say what is shown: %q", test.in, m.Notice)
		}
	}
}

// Every link of every lesson leads back to itself.
func TestRoundTrip(t *testing.T) {
	all, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for i, s := range all {
		for n := range 6 {
			set := defence.Sample(6*i + n) // a different sample for each lesson
			m := Model{}.play(s, set)
			if n%2 == 1 { // and of the setups
				k := n / 2
				m = m.then(SetRoute(scenarios.Routes[k%len(scenarios.Routes)].Name)).then(SetToken(scenarios.Tokens[k%len(scenarios.Tokens)].Name)).
					then(SetJar(k%3 == 0)).then(SetRules(cookie.Rules(k % len(script.Browsers))))
			}
			for step := range m.Trace.Frames {
				m.Step = step
				got := ParseFragment("#" + m.Fragment())
				if got.Notice != "" || got.Scenario.Name != s.Name || got.Scenario.Setup != m.Scenario.Setup || got.Defences != m.Defences || got.Step != step || got.Fragment() != m.Fragment() {
					t.Fatalf("%s gives %s: %s", m.Fragment(), got.Fragment(), got.Notice)
				}
				links++
			}
		}
	}
	if links < 1000 {
		t.Errorf("only %d links tried", links)
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

func FuzzFragment(f *testing.F) {
	for _, seed := range []string{"", "#", "1/signed-id-toss/none/8", "#1/flask-oracle/rotate+strict/4", "2/flask-oracle/none/1",
		"1/flask-orackle/rotat/99", "1/%zz/%/%2", "1/a/b/c/d/e/f", "////", "1/signed-id-toss/+/-1", "1/\xff/none/9e9", "1/signed-id-toss/none/08"} {
		f.Add(seed)
	}
	for _, begin := range links {
		f.Add(begin + "a+b/%1/\u202e+x+yy+zz+none/vs/%e2%80%ae")
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		m := ParseFragment(fragment)
		if m.Scenario == nil || m.Trace == nil || m.Step < 0 || m.Step >= len(m.Trace.Frames) || m.Trace.Defences != m.Defences || m.Trace.Scenario.Name != m.Scenario.Name {
			t.Fatalf("%q: no page: %+v", fragment, m)
		}
		if !utf8.ValidString(m.Notice) {
			t.Fatalf("%q: the notice is not text: %q", fragment, m.Notice)
		}
		if fault := badNotice(m.Notice); fault != "" {
			t.Fatalf("%q: %s: %q", fragment, fault, m.Notice)
		}
		again := ParseFragment(m.Fragment())
		if again.Notice != "" || again.Fragment() != m.Fragment() {
			t.Fatalf("%q: %s leads to %s: %s", fragment, m.Fragment(), again.Fragment(), again.Notice)
		}
	})
}

func TestShortcuts(t *testing.T) {
	m := at(t, "1/signed-id-toss/none/3")
	projector := m.then(Projector{})
	for _, test := range []struct {
		name string
		m    Model
		k    Press
		off  bool // letters off
		want Msg
	}{
		{"right", m, Press{Key: "ArrowRight"}, false, By(1)},
		{"right with letters off", m, Press{Key: "ArrowRight"}, true, By(1)},
		{"right on a button", m, Press{Key: "ArrowRight", On: "button"}, false, By(1)},
		{"right in the slider", m, Press{Key: "ArrowRight", On: "range"}, false, nil},
		{"right in a region", m, Press{Key: "ArrowRight", On: "region"}, false, nil},
		{"right in a choice", m, Press{Key: "ArrowRight", On: "choice"}, false, nil},
		{"shift left", m, Press{Key: "ArrowLeft", Shift: true}, false, Key(-1)},
		{"home", m, Press{Key: "Home"}, false, Go(0)},
		{"end", m, Press{Key: "End"}, false, Go(8)},
		{"end in the slider", m, Press{Key: "End", On: "range"}, false, nil},
		{"down in the list", m, Press{Key: "ArrowDown", On: "steps"}, false, By(1)},
		{"down elsewhere", m, Press{Key: "ArrowDown"}, false, nil},
		{"space", m, Press{Key: " "}, false, Play{}},
		{"space on a button", m, Press{Key: " ", On: "button"}, false, nil},
		{"right in a radio group", m, Press{Key: "ArrowRight", On: "radio"}, false, nil},
		{"home in a radio group", m, Press{Key: "Home", On: "radio"}, false, nil},
		{"space in a radio group", m, Press{Key: " ", On: "radio"}, false, nil},
		{"three in a radio group", m, Press{Key: "3", On: "radio"}, false, Flip(defence.Strict)},
		{"space on a switch", m, Press{Key: " ", On: "check"}, false, nil},
		{"one", m, Press{Key: "1"}, false, Flip(defence.Rotate)},
		{"zero", m, Press{Key: "0"}, false, Flip(defence.KeepOldRecord)},
		{"one on a switch", m, Press{Key: "1", On: "check"}, false, Flip(defence.Rotate)},
		{"one with letters off", m, Press{Key: "1"}, true, nil},
		{"one in a text", m, Press{Key: "1", On: "text"}, false, nil},
		{"why", m, Press{Key: "w"}, false, Why(true)},
		{"Why", m, Press{Key: "W", Shift: true}, false, Why(true)},
		{"messages", m, Press{Key: "i"}, false, Show(Messages)},
		{"messages with letters off", m, Press{Key: "i"}, true, nil},
		{"projector", m, Press{Key: "p"}, false, Projector{}},
		{"projector on a page", linked(t, "claims"), Press{Key: "p"}, false, Projector{}},
		{"projector on a page with letters off", linked(t, "claims"), Press{Key: "p"}, true, nil},
		{"projector in a page's text", linked(t, "sign"), Press{Key: "p", On: "text"}, false, nil},
		{"reset", m, Press{Key: "r"}, false, Reset{}},
		{"the verdict", m, Press{Key: "v"}, false, ToVerdict{}},
		{"help", m, Press{Key: "?", Shift: true}, false, Help(true)},
		{"help on a page", linked(t, "claims"), Press{Key: "?"}, false, Help(true)},
		{"help with letters off", m, Press{Key: "?"}, true, nil},
		{"help in a text", m, Press{Key: "?", On: "text"}, false, nil},
		{"right while the help is open", m.then(Help(true)), Press{Key: "ArrowRight"}, false, nil},
		{"right in the dialog behind the verdict", m.then(Why(true)), Press{Key: "ArrowRight"}, false, nil},
		{"page down", m, Press{Key: "PageDown"}, false, nil},
		{"page down at the projector", projector, Press{Key: "PageDown"}, false, By(1)},
		{"page up at the projector", projector, Press{Key: "PageUp"}, false, By(-1)},
		{"page down on the slider at the projector", projector, Press{Key: "PageDown", On: "range"}, false, By(1)},
		{"page down on a list at the projector", projector, Press{Key: "PageDown", On: "choice"}, false, By(1)},
		{"page down in the help at the projector", projector.then(Help(true)), Press{Key: "PageDown"}, false, nil},
		{"page down behind the blank", projector.then(Blank{}), Press{Key: "PageDown"}, false, nil},
		{"right behind the blank", projector.then(Blank{}), Press{Key: "ArrowRight"}, false, nil},
		{"b behind the blank", projector.then(Blank{}), Press{Key: "b"}, false, Blank{}},
		{"dot", m, Press{Key: "."}, false, nil},
		{"dot at the projector", projector, Press{Key: "."}, false, Blank{}},
		{"escape", m, Press{Key: "Escape"}, true, Escape{}},
		{"another letter", m, Press{Key: "x"}, false, nil},
		{"a letter of another script", m, Press{Key: "ж"}, false, nil},
		{"tab", m, Press{Key: "Tab"}, false, nil},
	} {
		test.m.View.Letters = !test.off
		if got := Shortcut(test.m, test.k); got != test.want {
			t.Errorf("%s: %#v, want %#v", test.name, got, test.want)
		}
	}
}
