package script

import (
	"slices"
	"strings"
	"testing"
)

// challenge is a whole one; tests break it.
const challenge = `title: T
profile: signed-id
on: forgotten-path

alice get /

-- card --
goal: You do it.
minutes: 4
take: It is so.

-- goal --
say: Do it.
may: mallory get copy let; mallory@alice paste; alice get click
tries: 2
need: ends hijacked, shown alice at last does alice get, shown basket=ring at does alice post, gone $loot, signed chosen, costs <= 1, typed alice shop.example
hint: A nudge.
hint: Where to look.
hint: The solution.
habit: reads | alice get https://blog.shop.example/ | alice click Come in
habit: comes | alice get /
sent: alice get $link
script: solved
fails: start none
fails: only rotate
fails: everything
why: It does nothing.

-- goal --
say: Now with switches.
may: switches off
start: rotate+strict@xss
suite: S
suite: J
suite: @fresh+xss
need: with rotate: not ends hijacked, script solved: ends defended, switches <= 1
minimal: No switch can be left out.
hint: 1
hint: 2
hint: 3
solve: rotate
also: flush

-- goal --
say: Choose.
may: patch
need: ends defended
patch: A = rotate : login makes a new id : so
patch: B = clear+strict : login empties it
hint: 1
hint: 2
hint: 3
solve: rotate

-- goal --
say: True?
may: claims
claim: It lets her in. | none@django-db | ends hijacked, not with rotate: ends defended
claim: It helps. | strict | ends defended
hint: 1
hint: 2
hint: 3

-- goal --
say: End them.
may: revoke
need: revokes every, revokes only
hint: 1
hint: 2
hint: 3

-- script solved --
# She opens it.
mallory get /

mallory copy loot
`

func TestGoal(t *testing.T) {
	s, err := Parse("x", challenge)
	if err != nil {
		t.Fatal(err)
	}
	c := s.Course
	if len(c.Goals) != 5 || len(s.Steps) != 1 {
		t.Fatalf("%d goals, %d steps", len(c.Goals), len(s.Steps))
	}
	g := c.Goals[0]
	if g.Say != "Do it." || g.Line != 12 || g.Tries != 2 || len(g.Need) != 7 || g.Hints[2] != "The solution." || g.Script != "solved" || g.Why != "It does nothing." || g.Row() != "none" || g.Solved() != "none" {
		t.Errorf("%+v", g)
	}
	if len(g.Habits) != 2 || g.Habits[0].Name != "reads" || g.Habits[0].Steps[1].String() != "alice click Come in" {
		t.Errorf("%+v", g.Habits)
	}
	if sent := g.Sends("https://evil.test/"); len(sent) != 2 || sent[0].String() != "mallory let link=https://evil.test/" || sent[1].String() != "alice get $link" {
		t.Errorf("%v", sent)
	}
	if !slices.Equal(g.Fails, []Trial{{24, "start", "none"}, {25, "only", "rotate"}, {26, "", Everything}}) {
		t.Errorf("%+v", g.Fails)
	}
	for _, test := range []struct {
		step string
		want bool
	}{{"mallory get /", true}, {"mallory post /", false}, {"mallory@alice get /", false}, {"mallory@alice paste x=y", true}, {"alice@mallory get /", false}, {"alice@alice get /", true}, {"alice paste x=y", false}, {"server deploy", false}} {
		step, err := parseStep(test.step)
		if err != nil || g.May.Grants(step) != test.want {
			t.Errorf("%s: granted %v, %v", test.step, !test.want, err)
		}
	}
	if h := c.Goals[1]; h.May.Kind != MayOff || !slices.Equal(h.Suites, []string{"S", "J", "@fresh+xss"}) || h.Minimal == "" || h.Row() != "rotate+strict@xss" || h.Solved() != "rotate" || h.Also[0].Row != "flush" || h.Also[0].Line != 42 {
		t.Errorf("%+v", h)
	}
	if p := c.Goals[2].Patches; len(p) != 2 || p[0] != (Patch{"A", "rotate", "login makes a new id : so"}) {
		t.Errorf("%+v", p)
	}
	if cl := c.Goals[3].Claims; len(cl) != 2 || cl[0].Row != "none@django-db" || cl[0].Line != 58 || len(cl[0].Holds) != 2 {
		t.Errorf("%+v", cl)
	}
	if steps := c.ScriptOf("solved"); len(steps) != 2 || steps[0].Caption != "She opens it." || steps[1].Line != 76 || c.ScriptOf("other") != nil {
		t.Errorf("%+v", steps)
	}
	var rows []string
	for _, row := range c.Rows {
		rows = append(rows, row)
	}
	if got, want := strings.Join(rows, " "), "none rotate+strict@xss none@fresh+xss rotate rotate flush rotate clear+strict rotate none@django-db rotate strict"; got != want {
		t.Errorf("rows\n got %s\nwant %s", got, want)
	}
}

// TestGoalErrors breaks one thing of a whole challenge at a time.
func TestGoalErrors(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"-- goal --\nsay: Do", "-- gaol --\nsay: Do", `x.txt:12: unknown section "gaol", did you mean "goal"?`},
		{"say: Do it.\n", "", `x.txt:12: a section "goal" needs a line "say: TEXT"`},
		{"say: Do it.\n", "say: Do it.\nlater: More.\n", `x.txt:14: unknown key "later" in the section "goal"`},
		{"tries: 2", "trie: 2", `x.txt:15: unknown key "trie" in the section "goal", did you mean "tries"?`},
		{"tries: 2", "tries: two", `x.txt:15: "two" is not a number of tries from 1 to 10`},
		{"tries: 2", "tries: 2\ntries: 3", `x.txt:16: a second "tries" in the section "goal"`},
		{"may: mallory get copy let; mallory@alice paste; alice get click\n", "", `x.txt:19: "alice get https://blog.shop.example/" is not granted: write "alice get" into "may", which stands before it`},
		{"may: revoke\n", "", `x.txt:64: a section "goal" needs a line "may: WHO VERB`},
		{"mallory get copy", "mallory get cpoy", `x.txt:14: unknown verb "cpoy", did you mean "copy"?`},
		{"mallory get copy", "malory get copy", `x.txt:14: unknown actor "malory", did you mean "mallory"?`},
		{"mallory get copy", "mallory route", `x.txt:14: "route" stands for steps of the lesson and cannot be granted`},
		{"; alice get", "; alice serve", `x.txt:14: "serve" is not something alice does`},
		{"; alice get click", "; server get", `x.txt:14: "get" is not something server does`},
		{"; alice get", "; mallory get", `x.txt:14: mallory is granted something twice: write it in one group`},
		{"mallory@alice paste", "alice@alice paste", `x.txt:14: alice sits at her own browser anyhow: write alice`},
		{"mallory@alice paste", "mallory", `x.txt:14: want "WHO VERB …; WHO VERB …" or switches, `},
		{"may: switches off", "may: swiches", `x.txt:31: want "WHO VERB …; WHO VERB …" or switches, switches off, point, patch, revoke, claims, got "swiches", did you mean "switches"?`},
		{"ends hijacked, shown", "ends hijackd, shown", `x.txt:16: unknown outcome "hijackd", did you mean "hijacked"?`},
		{"shown alice at last", "shown alice last", `x.txt:16: want "shown ACCOUNT at EVENT" or "shown NAME=VALUE at EVENT", got "shown alice last does alice get"`},
		{"at last does", "at lats does", `x.txt:16: want an event`},
		{"gone $loot", "gone loot", `x.txt:16: want "gone $NAME", got "gone loot"`},
		{"typed alice shop.example", "typed alcie shop.example", `x.txt:16: nobody is called "alcie"`},
		{"typed alice shop.example", "typed alice", `x.txt:16: want "typed WHO HOST", got "typed alice"`},
		{"typed alice", "tpyed alice", `x.txt:16: unknown term "tpyed", did you mean "typed"?`},
		{"hint: Where to look.\n", "", `x.txt:12: a goal has three hints, not 2`},
		{"| alice click Come in", "| mallory get /", `x.txt:20: it is Alice who does it, and not mallory`},
		{"| alice click Come in", "| alice clikc Come in", `x.txt:20: unknown verb "clikc", did you mean "click"?`},
		{"| alice click Come in", "| alice post /login user=a", `x.txt:20: "alice post /login user=a" is not granted: write "alice post" into "may", which stands before it`},
		{"habit: comes |", "habit: reads |", `x.txt:21: two habits "reads"`},
		{"habit: comes | alice get /", "habit: comes", `x.txt:21: want "who verb …", got ""`},
		{"sent: alice get $link", "sent: alice get /", `x.txt:22: Alice does nothing with the link: no line has $link`},
		{"copy let;", "copy;", `x.txt:22: "mallory let link=" is not granted: write "mallory let" into "may"`},
		{"script: solved", "script: solvd", `x.txt:12: no section is "-- script solvd --", did you mean "solved"?`},
		{"fails: only rotate", "fails: olny rotate", `x.txt:25: want a row such as rotate@xss, got "olny" before "rotate"`},
		{"fails: start none", "fails: start nnoe", `x.txt:24: unknown switch "nnoe"`},
		{"need: ends hijacked, shown alice at last does alice get, shown basket=ring at does alice post, gone $loot, signed chosen, costs <= 1, typed alice shop.example\n", "", `x.txt:12: a section "goal" needs a line "need: PREDICATE"`},
		{"need: ends hijacked, ", "need: revokes only, ", `x.txt:12: a learner who may not "revoke" ends no session`},
		{"start: rotate+strict@xss\n", "", `x.txt:29: nothing is on that could be switched off: want a line "start: ROW"`},
		{"start: rotate+strict@xss", "start: rotat", `x.txt:32: unknown switch "rotat"`},
		{"start: rotate+strict@xss", "start: forgotten-path", `x.txt:32: forgotten-path is on in every run of this lesson: leave it out`},
		{"also: flush", "also: forgotten-path", `x.txt:42: forgotten-path is on in every run of this lesson: leave it out`},
		{"suite: S\n", "suite: s\n", `x.txt:33: want a suite such as @xss, S or J, got "s"`},
		{"suite: S\n", "suite: J\n", `x.txt:34: the suite "J" twice`},
		{"suite: @fresh", "suite: fresh", `x.txt:35: want a suite such as @xss, S or J, got "fresh+xss"`},
		{"script solved: ends defended", "script solvd: ends defended", `x.txt:29: no section is "-- script solvd --", did you mean "solved"?`},
		{"script solved: ends defended", "script solved ends defended", `x.txt:36: want "script NAME: TERM", got "script solved ends defended"`},
		{"script solved: ends defended", "script solved: with strict: ends defended", `x.txt:36: a term of a script is about its run, and "with strict: ends defended" is about another`},
		{"patch: B = clear", "patch: A = clear", `x.txt:49: two patches "A"`},
		{"patch: B = clear+strict :", "patch: B : clear+strict", `x.txt:49: want "patch: NAME = SWITCHES : TEXT"`},
		{"patch: B = clear+strict", "patch: B = clear@xss", `x.txt:49: a patch changes switches, and "clear@xss" a setup`},
		{"patch: B = clear+strict", "patch: B = claer", `x.txt:49: unknown switch "claer", did you mean "clear"?`},
		{"patch: B = clear+strict : login empties it\n", "", `x.txt:44: want two lines "patch: …" at least, got 1`},
		{"may: patch", "may: switches", `x.txt:44: a learner who may not "patch" chooses from no patch`},
		{"need: ends defended\npatch", "need: ends defended\nminimal: Yes.\npatch", `x.txt:44: only of switches one can be left out`},
		{"It helps. | strict |", "It helps. |", `x.txt:59: want "claim: TEXT | ROW | PREDICATE"`},
		{"It helps. | strict |", "It helps. | stirct |", `x.txt:59: unknown switch "stirct", did you mean "strict"?`},
		{"| strict | ends defended", "| strict | end defended", `x.txt:59: unknown term "end", did you mean "ends"?`},
		{"may: claims", "may: point", `x.txt:55: a learner who may not "claims" chooses from no claim`},
		{"may: revoke", "may: point", `x.txt:64: a learner is to point at something, and no section "ask" asks for it`},
		{"revokes only", "revokes olny", `x.txt:67: want "revokes every" or "revokes only", got "revokes olny", did you mean "only"?`},
		{"-- script solved --", "-- script so-lved --", `x.txt:72: "so-lved" does not name a script: want letters and digits`},
		{"-- script solved --\n", "-- script solved --\n-- script solved --\n", `x.txt:73: a second script "solved"`},
		{"-- script solved --\n", "-- script other --\n-- script solved --\n", `x.txt:72: the script "other" has no steps`},
		{"-- script solved --\n", "-- script other --\nalice get /\n-- script solved --\n", `x.txt:72: no goal has the script "other"`},
		{"mallory copy loot", "mallory cpoy loot", `x.txt:76: unknown verb "cpoy", did you mean "copy"?`},
		{"fails: everything\n", "", ``},
	} {
		text := strings.Replace(challenge, test.old, test.new, 1)
		if text == challenge {
			t.Errorf("%q is not in the challenge", test.old)
		}
		_, err := Parse("x", text)
		if test.want == "" && err == nil {
			continue
		}
		if err == nil || test.want == "" || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q\n got %v\nwant %s", test.new, err, test.want)
		}
	}
	if _, err := Parse("x", head+"alice get /\n\n-- script a --\nalice get /\n"); err == nil || !strings.Contains(err.Error(), `a course begins with a section "card"`) {
		t.Errorf("a script without a card: %v", err)
	}
}

// TestParseSteps: steps alone, and no section behind them.
func TestParseSteps(t *testing.T) {
	steps, err := ParseSteps("answer", "# She comes.\nalice get /\n\nmallory copy x\n")
	if err != nil || len(steps) != 2 || steps[0].Caption != "She comes." || steps[1].Line != 4 {
		t.Errorf("%+v, %v", steps, err)
	}
	for text, want := range map[string]string{
		"alice get /\nalice gte /\n":               `answer.txt:2: unknown verb "gte", did you mean "get"?`,
		"alice get /\n-- want --\nnone hijacked\n": `answer.txt:2: unknown actor "--"`,
	} {
		if _, err := ParseSteps("answer", text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
