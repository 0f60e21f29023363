package ask

import (
	"errors"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

const lesson = `title: T
profile: signed-id
on: domain-cookie

mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure
alice get https://blog.shop.example/
alice post /login user=alice password=correct-horse
alice get /profile
alice post /basket item=tea
mallory get /profile
`

func rows(t *testing.T, text string) Rows {
	t.Helper()
	s, err := script.Parse("x", text)
	if err != nil {
		t.Fatal(err)
	}
	return func(row string) (*lab.Trace, error) {
		on, _, err := script.ParseRow(row)
		if err != nil {
			return nil, err
		}
		return lab.Run(s, on)
	}
}

func played(t *testing.T, text, row string) *lab.Trace {
	t.Helper()
	tr, err := rows(t, text)(row)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func place(t *testing.T, tr *lab.Trace, text string) Place {
	t.Helper()
	e, err := script.ParseEvent(text)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := Find(tr, e)
	if !ok {
		t.Fatalf("no %q", text)
	}
	return p
}

func TestHolds(t *testing.T) {
	all := rows(t, lesson)
	for text, want := range map[string]bool{
		"ends hijacked":                  true,
		"ends defended|hijacked":         true,
		"ends defended":                  false,
		"not ends defended":              true,
		"decides does alice post":        true,
		"decides decides":                true,
		"decides does alice get":         false,
		"has alice stored Domain":        true,
		"has alice refused":              false,
		"key $loot":                      true,
		"key $other":                     false,
		"moves mallory <= 4":             true,
		"moves mallory <= 3":             false,
		"switches <= 0":                  true,
		"keeps domain-cookie":            true,
		"keeps rotate":                   false,
		"with rotate: ends defended":     true,
		"with rotate: switches <= 0":     false,
		"with rotate: not keeps rotate":  false,
		"not with rotate: ends defended": false,
		"ends hijacked, with rotate: keeps rotate, not ends defended": true,
	} {
		p, err := script.ParsePredicate(text)
		if err != nil {
			t.Fatal(err)
		}
		tr, _ := all("none")
		if got, err := Holds(p, tr, all); got != want || err != nil {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestHolding(t *testing.T) {
	all := rows(t, lesson)
	bet := func(options ...string) (b script.Bet) {
		for _, o := range options {
			p, err := script.ParsePredicate(o)
			if err != nil {
				t.Fatal(err)
			}
			b.Options = append(b.Options, script.Option{Text: o, Holds: p})
		}
		return b
	}
	if i, err := Holding(bet("ends defended", "ends hijacked"), all); i != 1 || err != nil {
		t.Error(i, err)
	}
	b := bet("ends defended", "ends hijacked")
	b.Run = "rotate"
	if i, err := Holding(b, all); i != 0 || err != nil {
		t.Error(i, err)
	}
	for _, test := range []struct {
		bet  script.Bet
		want string
	}{
		{bet("ends defended", "ends broken"), "no option holds: the run ends hijacked at step 5"},
		{bet("ends hijacked", "not ends broken"), `2 options hold, "ends hijacked" and "not ends broken" among them`},
		{bet("ends defended", "with strict: ends broken", "ends broken"), "no option holds"},
	} {
		if _, err := Holding(test.bet, all); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
	fails := func(row string) (*lab.Trace, error) {
		if row == "none" {
			return all(row)
		}
		return nil, errors.New("no such row")
	}
	if _, err := Holding(bet("ends hijacked", "with rotate: ends defended"), fails); err == nil || !strings.HasSuffix(err.Error(), "no such row") {
		t.Error(err)
	}
	cut := &lab.Trace{Cut: "x.txt:1: more than one step"}
	if _, err := Holding(bet("ends hijacked", "not ends hijacked"), func(string) (*lab.Trace, error) { return cut, nil }); err == nil || !strings.Contains(err.Error(), "no verdict") {
		t.Error(err)
	}
}

func TestFind(t *testing.T) {
	tr := played(t, lesson, "rotate")
	for text, frame := range map[string]int{
		"decides":                             4,
		"does alice get":                      3,
		"last does alice get":                 5,
		"does mallory get /profile":           7,
		"mallory stored":                      0,
		"shop.example save alice's session":   4,
		"shop.example save K2: alice":         4, // as a reader sees it
		"last shop.example save alice":        6,
		"shop.example delete deleted":         4,
		"mallory learned " + tr.Keys[0]:       0,
		"last alice stored Domain":            6,
		"last shop.example unsign the signat": 7,
	} {
		p := place(t, tr, text)
		if p.Frame != frame {
			t.Errorf("%q: step %d, want %d", text, p.Frame+1, frame+1)
		}
		if step := strings.Contains(text, "does") || text == "decides"; step != (p.Seq < 0) {
			t.Errorf("%q: event %d", text, p.Seq)
		}
	}
	for _, e := range []script.Event{{Does: "alice click"}, {Who: "bob", Kind: event.Stored}, {Who: "alice", Kind: event.Stored, Text: "K9"}} {
		if p, ok := Find(tr, e); ok {
			t.Errorf("%s: %+v", e, p)
		}
	}
}

// TestCandidates: each thing once, and every thing that a learner sees.
func TestCandidates(t *testing.T) {
	tr := played(t, lesson, "none")
	if got := Candidates(tr, script.PointStep); len(got) != 8 || got[7] != (Place{7, -1}) {
		t.Errorf("steps: %v", got)
	}
	// The jars hold one cookie each, the same value at all times: what login sets again
	// differs in its other attributes only.
	var cookies, records []string
	for _, p := range Candidates(tr, script.PointCookie) {
		cookies = append(cookies, EventAt(tr, p).Who)
	}
	if got := strings.Join(cookies, " "); got != "mallory alice" {
		t.Errorf("cookies of %s", got)
	}
	for _, p := range Candidates(tr, script.PointRow) {
		records = append(records, tr.Label(EventAt(tr, p).Text)+string(EventAt(tr, p).Data.JSON()))
	}
	if len(records) != 3 || records[0] == records[1] || !strings.Contains(records[2], "tea") {
		t.Errorf("records %q", records)
	}
	lines := map[string]bool{}
	for _, p := range Candidates(tr, script.PointCode) {
		l, ok := Line(tr, p)
		id := strings.Repeat("+", p.Frame) + l.String()
		if !ok || lines[id] {
			t.Errorf("%s in step %d: %v", l, p.Frame+1, ok)
		}
		lines[id] = true
	}
	for i, f := range tr.Frames {
		for _, e := range f.Events {
			if l, ok := e.Spot("signed_id.go"); ok && !lines[strings.Repeat("+", i)+l.String()] {
				t.Errorf("nobody can point at %s in step %d", l, i+1)
			}
		}
	}
}

// TestJudge: whatever looks the same as the right thing is right.
func TestJudge(t *testing.T) {
	tr := played(t, lesson, "none")
	ask := func(point string, wrong ...string) script.Ask {
		a := script.Ask{Point: thing(t, point), Right: "right", Else: "else"}
		for _, w := range wrong {
			a.Wrong = append(a.Wrong, script.Reply{Thing: thing(t, w), Text: w})
		}
		return a
	}
	for _, test := range []struct {
		ask  script.Ask
		at   Place
		want string
	}{
		{ask("step decides"), Place{4, -1}, "right"},
		{ask("step decides"), place(t, tr, "shop.example save alice's session"), "right"}, // an event of the step
		{ask("step decides", "step does mallory get"), Place{0, -1}, "step does mallory get"},
		{ask("step decides"), Place{0, -1}, "else"},
		{ask("step decides"), Place{99, -1}, "else"},
		// the same cookie, stored again
		{ask("cookie alice stored Domain"), place(t, tr, "last alice stored sid"), "right"},
		{ask("cookie alice stored Domain", "cookie mallory stored sid"), place(t, tr, "mallory stored sid"), "cookie mallory stored sid"},
		{ask("cookie alice stored Domain"), Place{3, -1}, "else"},
		// the same key, and what the record holds
		{ask("row shop.example save alice's"), place(t, tr, "shop.example save alice's"), "right"},
		{ask("row shop.example save alice's"), place(t, tr, "last shop.example save alice's"), "else"}, // with tea
		{ask("row shop.example save alice's"), place(t, tr, "shop.example load found"), "else"},
		// a line in the step, and no other
		{ask("code shop.example ask rotate is off"), place(t, tr, "shop.example ask rotate is off"), "right"},
		{ask("code shop.example ask rotate is off", "code shop.example login alice"), place(t, tr, "shop.example login"), "code shop.example login alice"},
		{ask("code shop.example ask rotate is off"), place(t, tr, "shop.example ask user-first"), "else"},
		{ask("code shop.example unsign is valid"), place(t, tr, "last shop.example unsign is valid"), "else"},
		{ask("code shop.example sign signed"), place(t, tr, "shop.example ask domain-cookie"), "right"}, // both called from one line of signed_id.go
	} {
		right, says := Judge(tr, test.ask, test.at)
		if says != test.want || right != (test.want == "right") {
			t.Errorf("%s, pointed at %+v: %v, %q, want %q", test.ask.Point, test.at, right, says, test.want)
		}
	}
}

// TestToo: the line of a switch that alone would have given login a new key and ended the
// hijack is right where another such line is asked for; the runs say which ones are.
func TestToo(t *testing.T) {
	rotates := thing(t, "code shop.example ask rotate is off")
	for _, test := range []struct {
		row, point, at string
		right          bool
	}{
		{"none", "ask rotate is off", "ask flush is off", true},
		{"none", "ask flush is off", "ask rotate is off", true},
		{"strict", "ask rotate is off", "ask flush is off", true},
		{"none", "ask rotate is off", "ask clear is off", false},      // the key stays
		{"none", "ask rotate is off", "ask user-first is off", false}, // it ends nothing
		{"none", "ask clear is off", "ask rotate is off", false},      // another thing is asked for
		{"none", "login alice", "ask flush is off", false},
		{"keep-old-record", "ask rotate is off", "ask flush is off", false}, // rotation alone would not end it
		{"rotate", "ask flush is off", "ask clear is off", false},           // there is no hijack
	} {
		tr := played(t, lesson, test.row)
		a := script.Ask{Point: thing(t, "code shop.example "+test.point), Right: "right", Else: "else"}
		right, says := Judge(tr, a, place(t, tr, "shop.example "+test.at))
		if right != test.right || right != strings.HasPrefix(says, "Right too. Login issues a new key") || right && !strings.HasSuffix(says, " this run ends defended.") {
			t.Errorf("%s, asked for %q, pointed at %q: %v, %q", test.row, test.point, test.at, right, says)
		}
	}
	// Only in the step that is asked about.
	twice := played(t, lesson+"mallory post /login user=mallory password=hunter2\n", "none")
	right, says := Judge(twice, script.Ask{Point: rotates, Else: "else"}, place(t, twice, "last shop.example ask flush"))
	if right {
		t.Error(says)
	}
}

func thing(t *testing.T, text string) script.Thing {
	t.Helper()
	x, err := script.ParseThing(text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
