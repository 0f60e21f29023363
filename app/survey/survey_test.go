package survey

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/explore"
	"fixlab/scenarios"
)

// answered carries a job out to its end.
func answered(t *testing.T, j Job) []Answer {
	t.Helper()
	var out []Answer
	for a := range (Runs{}).Do(j) {
		if a.Kind == "error" {
			t.Fatal(a.Error)
		}
		if a.Kind != "" {
			out = append(out, a)
		}
	}
	return out
}

// The sets that stop everything do, and without one of their switches they do not.
func TestRemedies(t *testing.T) {
	all := answered(t, Job{Kind: "explore", For: "x", Play: scenarios.Play{Lesson: scenarios.Open}})
	var sp *Space
	for _, a := range all {
		if a.Kind == "space" {
			sp = a.Space
		}
	}
	succeed := func(goal int, d defence.Set) (n int) {
		for _, r := range scenarios.Routes {
			with := Lesson().Setup
			with.Route = r.Name
			s, err := scenarios.Arrange(Lesson(), with)
			if err != nil {
				t.Fatal(err)
			}
			run, err := lab.Run(s, d)
			if err != nil {
				t.Fatal(err)
			}
			if Goals[goal].Bad(&explore.Result{Outcome: run.Verdict.Outcome}) {
				n++
			}
		}
		return n
	}
	if !sp.Ended || sp.Played != sp.Attacks || sp.Sets <= sp.Runs || len(sp.Remedies) != len(Goals) {
		t.Fatalf("%+v", sp)
	}
	for goal, list := range sp.Remedies {
		if len(list) == 0 {
			t.Errorf("nothing for %q", Goals[goal].Title)
		}
		for _, r := range list {
			if n := succeed(goal, r.Set); n > 0 {
				t.Errorf("under %s %d attacks succeed", r.Set, n)
			}
			for _, d := range defence.All {
				if r.Set.Has(d.Set) && succeed(goal, r.Set&^d.Set) == 0 {
					t.Errorf("%s does without %s", r.Set, d.Name)
				}
			}
		}
	}
}

// A memoized run is the run, whatever was played before.
func TestRuns(t *testing.T) {
	s, err := scenarios.Get(scenarios.Open)
	if err != nil {
		t.Fatal(err)
	}
	runs := Runs{}
	for n := range 150 {
		d := defence.Sample(n)
		with := s.Setup
		with.Route = scenarios.Routes[n%4].Name
		played, err := scenarios.Arrange(s, with)
		if err != nil {
			t.Fatal(err)
		}
		got, err := runs.ending(played, d)
		if err != nil {
			t.Fatal(err)
		}
		run, err := lab.Run(played, d)
		if err != nil {
			t.Fatal(err)
		}
		if want := (Ending{run.Verdict.Outcome, run.Verdict.Frame, run.Verdict.Holds(event.Broken)}); got != want {
			t.Errorf("%s over %s: %v, want %v", d, with.Route, got, want)
		}
	}
	if runs.made() >= 150 {
		t.Errorf("%d runs for 150 questions", runs.made())
	}
}

func TestWhy(t *testing.T) {
	reason := func(play scenarios.Play) *Why {
		t.Helper()
		all := answered(t, Job{Kind: "why", For: "x", Play: play})
		if len(all) != 2 || all[0].Why == nil {
			t.Fatalf("%s: %+v", play, all)
		}
		return all[0].Why
	}
	for _, text := range []string{"signed-id-toss", "signed-id-toss/rotate", "any-route/rotate+strict@django-db+xss", "trapped-in-mallorys-account"} {
		play := parsed(t, text)
		w := reason(play)
		s, err := play.Scenario()
		if err != nil {
			t.Fatal(err)
		}
		now, err := lab.Run(s, play.On)
		if err != nil {
			t.Fatal(err)
		}
		// Exactly the switches of Alone change the outcome.
		for _, d := range defence.All {
			run, err := lab.Run(s, play.On.Flip(d.Set))
			if err != nil {
				t.Fatal(err)
			}
			differs := run.Verdict.Outcome != now.Verdict.Outcome
			at := slices.IndexFunc(w.Alone, func(o Otherwise) bool { return o.Throw == d.Set })
			if differs != (at >= 0) {
				t.Errorf("%s: with %s thrown it is %s", play, d.Name, run.Verdict.Outcome)
			}
			if at >= 0 && (w.Alone[at].To.Outcome != run.Verdict.Outcome || w.Alone[at].On != play.On.Flip(d.Set)) {
				t.Errorf("%s: %s comes to %+v", play, d.Name, w.Alone[at])
			}
		}
		// Without the needless steps it ends the same.
		if w.Needed > 0 {
			short := *s
			short.Steps = nil
			for i, step := range s.Steps {
				if !slices.Contains(w.Needless, i) {
					short.Steps = append(short.Steps, step)
				}
			}
			run, err := lab.Run(&short, play.On)
			if err != nil || run.Verdict.Outcome != now.Verdict.Outcome {
				t.Errorf("%s without %v: %v, %v", play, w.Needless, run, err)
			}
		}
	}
	both := reason(parsed(t, "signed-id-toss/rotate+bind-device"))
	if len(both.Alone) != 0 || len(both.Together) == 0 || both.Together[0].Throw != defence.Rotate|defence.BindDevice {
		t.Errorf("two that would each do: %+v", both)
	}
}

func parsed(t *testing.T, text string) scenarios.Play {
	t.Helper()
	p, err := scenarios.ParsePlay(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A switch that changes the cookie's name stops who writes the old one: that is told apart
// from what stops the attack under any name.
func TestWhyByName(t *testing.T) {
	const head = "title: T\nprofile: signed-id\n"
	const twoCookies = "title: T\nprofile: cookie-session\n"
	const attack = `
mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ Set-Cookie: NAME=$loot; Domain=shop.example; Path=/; Secure
alice get https://blog.shop.example/
alice post /login user=alice password=correct-horse
mallory get /profile
`
	reason := func(text, row string) *Why {
		t.Helper()
		on, _, err := scenarios.ParseRow(row)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(text, twoCookies) {
			text = head + text
		}
		own, err := scenarios.Own(text)
		if err != nil {
			t.Fatal(err)
		}
		return answered(t, Job{Kind: "why", For: "x", Play: scenarios.Play{Lesson: own.Name, On: on}})[0].Why
	}
	set := func(n int, at func(int) defence.Set) (all defence.Set) {
		for i := range n {
			all |= at(i)
		}
		return all
	}
	for _, test := range []struct {
		name, text, row string
		alone, byName   defence.Set
		was, new        string // of the first by name
	}{
		{"by $cookie", strings.ReplaceAll(attack, "NAME", "$cookie"), "none", defence.HostPrefix | defence.HostHTTPPrefix, 0, "", ""},
		{"by its name", strings.ReplaceAll(attack, "NAME", "sid"), "none", defence.HostPrefix | defence.HostHTTPPrefix, defence.SecurePrefix, "sid", "__Secure-sid"},
		{"by a name with a prefix", strings.ReplaceAll(attack, "NAME", "__Secure-sid"), "secure-prefix", defence.HostPrefix | defence.HostHTTPPrefix, defence.SecurePrefix, "__Secure-sid", "sid"},
		{"by the old name", strings.ReplaceAll(attack, "NAME", "sid"), "secure-prefix", 0, defence.SecurePrefix, "sid", "__Secure-sid"},
		{"at Alice's own browser", `
mallory get /
mallory copy loot sid
mallory@alice paste sid=$loot
alice post /login user=alice password=correct-horse
mallory get /profile
`, "none", 0, defence.Prefix.Set(), "sid", "__Secure-sid"},
		{"in a script", `
mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ <script>document.cookie="sid=$loot; Domain=shop.example; Path=/; Secure"</script>
alice get https://blog.shop.example/
alice post /login user=alice password=correct-horse
mallory get /profile
`, "none", defence.HostPrefix | defence.HostHTTPPrefix, defence.SecurePrefix, "sid", "__Secure-sid"},
		{"in two cookies", twoCookies + `
alice get /
alice post /login user=alice password=correct-horse
alice copy mine session
alice copy sig session.sig
alice post /logout
alice paste session=$mine
alice paste session.sig=$sig
alice get /profile
`, "none", 0, defence.Prefix.Set(), "session", "__Secure-session"},
	} {
		w := reason(test.text, test.row)
		alone := set(len(w.Alone), func(i int) defence.Set { return w.Alone[i].Throw }) & defence.Prefix.Set()
		byName := set(len(w.ByName), func(i int) defence.Set { return w.ByName[i].Throw })
		if alone != test.alone || byName != test.byName {
			t.Errorf("%s: alone %s, by name %s; want %s and %s", test.name, alone, byName, test.alone, test.byName)
		}
		for i, by := range w.ByName {
			if i == 0 && (by.Was != test.was || by.New != test.new) || !by.Ends.Outcome.Harm() {
				t.Errorf("%s: %+v", test.name, by)
			}
		}
		for _, o := range w.Together {
			if o.Throw == defence.SecurePrefix {
				t.Errorf("%s: together: %s", test.name, o.Throw)
			}
		}
	}
}
