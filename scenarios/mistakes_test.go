package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"fixlab/lab/event"
	"fixlab/lab/script"
)

// mine is a file with a course in which everything holds.
const mine = `title: Mine
profile: signed-id
on: domain-cookie
route: sibling-https

mallory get /
mallory copy loot
mallory route
alice post /login user=alice password=correct-horse
mallory get /profile

-- card --
goal: G.
minutes: 1
take: T.

-- bet --
ask: A?
option: Yes | ends hijacked, key $loot, keeps domain-cookie, switches <= 0
option: No | with rotate: ends hijacked
where: does alice post

-- ask --
ask: A?
point: row shop.example save alice's session
right: R.
wrong row shop.example save an anonymous session: W.
wrong: E.

-- ask --
ask: A?
run: rotate
point: code shop.example ask rotate is on
right: R.
wrong code shop.example unsign is valid: W.
wrong: E.

-- stop --
card: strict | S | S.
card: rotate | R | R.
`

// TestMistakes breaks one thing at a time of what a course says.
func TestMistakes(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"", "", ""},
		{"option: No | with", "option: No | not with", `17: 2 options hold, "Yes" and "No" among them`},
		{"take: T.", "take: T.\nterm: Cookies", ""},
		{"take: T.", "take: T.\nterm: cookie\nterm: sesion id", `17: the glossary has no term "sesion id", the nearest is "session id"`},
		{"keeps domain-cookie", "keeps strict", "17: no option holds: the run ends hijacked at step 5"},
		{"switches <= 0", "moves mallory <= 3", "17: no option holds"},
		{"switches <= 0", "moves mallory <= 4", ""},
		{"key $loot", "key $lot", "17: no option holds"},
		{"ends hijacked, key", "decides does alice get, key", "17: no option holds"},
		{"ends hijacked, key", "decides does alice post, has alice stored sid=, key", ""},
		{"with rotate: ends", "with none@cross-site: ends", ""},
		{"where: does alice post", "where: does alice submit", `17: the run of none has nothing for "does alice submit"`},
		{"save alice's session\nright", "save bob's session\nright", `23: the run of none has nothing for "row shop.example save bob's session"`},
		{"wrong row shop.example save an anonymous", "wrong row shop.example save alice's", `23: "row shop.example save alice's session" is right as well`},
		{"wrong code shop.example unsign is valid: W.", "wrong code shop.example unsign is valid: W.\nwrong code last shop.example unsign is valid: V.", ""},
		{"wrong code shop.example unsign is valid: W.", "wrong code shop.example unsign is valid: W.\nwrong code shop.example unsign is: V.", `30: "code shop.example unsign is" is the same as a mistake before it`},
		{"run: rotate\n", "run: strict\n", `30: the run of strict has nothing for "code shop.example ask rotate is on"`},
		{"card: rotate | R", "card: secure | R", "39: every card comes to hijacked: there is nothing to compare"},
	} {
		text := strings.Replace(mine, test.old, test.new, 1)
		s, err := Parse("mine", text)
		if err != nil {
			t.Errorf("%q: %v", test.new, err)
			continue
		}
		var says []string
		for _, m := range Mistakes(s) {
			says = append(says, fmt.Sprintf("%d: %s", m.Line, m.Says))
		}
		if got := strings.Join(says, "; "); test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
			t.Errorf("%q: %q, want %q", test.new, got, test.want)
		}
	}
	for old, want := range map[string]string{
		"run: rotate\n":      `mine.txt:30: "rotten" is no server, route, source, jar or browser`,
		"card: rotate | R |": `mine.txt:40: "rotten" is no server, route, source, jar or browser`,
	} {
		_, err := Parse("mine", strings.Replace(mine, old, strings.Replace(old, "rotate", "rotate@rotten", 1), 1))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", old, err, want)
		}
	}
}

// TestOwnSwitches: those of a lesson's own server are on in every run, and the learner's
// in none.
func TestOwnSwitches(t *testing.T) {
	s, err := Parse("mine", strings.Replace(mine, "domain-cookie\nroute", "lax+rotate\nroute", 1))
	if err == nil || !strings.Contains(err.Error(), "mine.txt:17: rotate is on in every run") {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(mine, "-- card --")
	if s, err = Parse("mine", strings.Replace(text, "domain-cookie", "lax+rotate", 1)); err != nil {
		t.Fatal(err)
	}
	for _, on := range []string{"none", "rotate", "lax+rotate+strict"} {
		d, _, _ := script.ParseRow(on)
		tr := run(t, s, d)
		if tr.Verdict.Outcome != event.Defended || tr.Defences != d&^s.On || tr.Asked&s.Fixed() != 0 {
			t.Errorf("%s: %s under %s, asked %s", on, tr.Verdict.Outcome, tr.Defences, tr.Asked)
		}
		for _, w := range tr.Verdict.Without {
			if w.Off&s.On != 0 {
				t.Errorf("%s: without %s", on, w.Off)
			}
		}
	}
	d, _, _ := script.ParseRow("samesite-strict")
	if _, err := (Play{s.Name, d, ""}).RunOf(s); err == nil || err.Error() != "this lesson's server has lax, which excludes samesite-strict" {
		t.Error(err)
	}
	var wrong Faults
	if m := Mend(courses(t)[0].Name, "domain-cookie+rotate", "", &wrong); m.On.String() != "rotate" || !wrong.None() {
		t.Errorf("mended to %s: %v", m.On, wrong)
	}
}
