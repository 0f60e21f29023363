package audit

import (
	"slices"
	"strings"
	"testing"
)

// check returns the check of the plan with that ID.
func check(t *testing.T, id string) Check {
	t.Helper()
	for _, c := range Checks() {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("the plan has no %s", id)
	return Check{}
}

// through returns what is seen when every step can be carried out, every control comes out
// right and the question is answered with who.
func through(c Check, who Who) (seen []Seen) {
	for i, s := range c.Steps {
		x := Seen{Step: i, Exchange: -1}
		if x.Who = s.Want; (s.Do == Look || s.Do == LookEffect) && s.Want == "" {
			x.Who = who
		}
		seen = append(seen, x)
	}
	return seen
}

// TestJudge: an attack worked only when its question is answered with the victim, and
// anything else that goes wrong leaves it inconclusive.
func TestJudge(t *testing.T) {
	for _, c := range Checks() {
		if c.Class == Control {
			continue
		}
		last := c.Steps[len(c.Steps)-1]
		if got := Judge(c, through(c, last.harm())); got.Verdict != Worked || got.Cause == "" {
			t.Errorf("%s, answered with %s: %s, cause %q", c.ID, last.harm(), got.Verdict, got.Cause)
		}
		if got := Judge(c, through(c, Nobody)); got.Verdict != DidNotWork || got.Cause != "" {
			t.Errorf("%s, answered with nobody: %s, cause %q", c.ID, got.Verdict, got.Cause)
		}
		if got := Judge(c, through(c, Unclear)); got.Verdict != Inconclusive {
			t.Errorf("%s, without an answer: %s", c.ID, got.Verdict)
		}
		for i, s := range c.Steps {
			if s.Remark {
				continue
			}
			seen := through(c, last.harm())
			seen[i].Failed = "It broke."
			if got := Judge(c, seen[:i+1]); got.Verdict != Inconclusive || got.Because != "It broke." {
				t.Errorf("%s, step %d failed: %s: %s", c.ID, i, got.Verdict, got.Because)
			}
			if got := Judge(c, through(c, Nobody)[:i]); got.Verdict != Inconclusive {
				t.Errorf("%s, broken off before step %d: %s", c.ID, i, got.Verdict)
			}
			if s.Want == "" {
				continue
			}
			for _, who := range []Who{Nobody, Victim, Attacker, Unclear} {
				seen := through(c, last.harm())
				if seen[i].Who = who; who == s.Want {
					continue
				}
				if got := Judge(c, seen[:i+1]); got.Verdict != Inconclusive {
					t.Errorf("%s, step %d should know %s and knows %s: %s", c.ID, i, s.Want, who, got.Verdict)
				}
			}
		}
	}
}

// TestControls: a control holds only when all of it does.
func TestControls(t *testing.T) {
	for _, id := range []string{"C0", "C1", "C2"} {
		c := check(t, id)
		if got := Judge(c, through(c, "")); got.Verdict != Held {
			t.Errorf("%s: %s", id, got.Verdict)
		}
		if got := Judge(c, nil); got.Verdict != Inconclusive {
			t.Errorf("%s, not carried out: %s", id, got.Verdict)
		}
	}
}

// TestPlan: every jar that a step names was filled by a step before it, each ID stands for
// one check, and the whole fits into the logins that audit.md's servers were measured with.
func TestPlan(t *testing.T) {
	filled := map[string]bool{LastOfVictim: true, LastOfAttacker: true}
	ids := map[string]bool{}
	logins := map[Mode]int{}
	for _, c := range Checks() {
		if ids[c.ID] {
			t.Errorf("two checks are called %s", c.ID)
		}
		ids[c.ID] = true
		asks := false
		for i, s := range c.Steps {
			if s.From != "" && !filled[s.From] {
				t.Errorf("%s, step %d takes from %q, which is not there", c.ID, i, s.From)
			}
			switch s.Do {
			case Visit, Keep, KeepSession, Plant, Invent, Follow, LogInAbroad:
				filled[s.Jar] = true
			case Wait:
			default:
				if !filled[s.Jar] {
					t.Errorf("%s, step %d uses %q, which is not there", c.ID, i, s.Jar)
				}
			}
			if s.Half != "" {
				filled[s.Half] = true
			}
			asks = asks || (s.Do == Look || s.Do == LookEffect) && s.Want == "" && !s.Remark
		}
		if asks == (c.Class == Control) {
			t.Errorf("%s, a %s, asks: %v", c.ID, c.Class, asks)
		}
		if c.Needs&(NeedEffect|NeedFactor|NeedChange) == 0 {
			for m := c.Mode; m <= Full; m++ {
				logins[m] += c.Logins()
			}
		}
		if c.Class != Control && (len(c.Refs) == 0 || c.Cause == "") {
			t.Errorf("%s has no reference or no cause", c.ID)
		}
	}
	if logins[Quick] != 4 || logins[Ordinary] > 15 {
		t.Errorf("the plan takes %d and %d logins", logins[Quick], logins[Ordinary])
	}
}

// TestEnd: the worst of the results says it, and what is open is never taken for good.
func TestEnd(t *testing.T) {
	held := Result{ID: "C0", Class: Control, Verdict: Held}
	one := func(class Class, v Verdict, asked bool) Result {
		return Result{ID: "F1", Title: "A cookie", Class: class, Verdict: v, Asked: asked}
	}
	for _, x := range []struct {
		results []Result
		want    Ending
	}{
		{[]Result{held, one(Attack, DidNotWork, false)}, NoAttackWorked},
		{[]Result{held, one(Attack, NotApplicable, false)}, Unsettled},
		{[]Result{held, one(Attack, NotTried, false), one(Attack, DidNotWork, false)}, NoAttackWorked},
		{[]Result{held, one(Attack, NotTried, true)}, Unsettled},
		{[]Result{held, one(Attack, Inconclusive, false), one(Weakness, Worked, false)}, Unsettled},
		{[]Result{held, one(Attack, Inconclusive, false), one(Attack, Worked, false)}, Vulnerable},
		{[]Result{held, one(Weakness, Worked, false), one(Attack, DidNotWork, false)}, Weak},
		{[]Result{held, one(Weakness, Worked, false)}, Unsettled},
		{[]Result{held, one(Weakness, Inconclusive, false), one(Attack, DidNotWork, false)}, NoAttackWorked},
		{[]Result{{ID: "C0", Class: Control, Verdict: Inconclusive, Because: "It broke."}, one(Attack, Worked, false)}, Unsettled},
		{[]Result{held}, Unsettled},
		{nil, Unsettled},
	} {
		if got, because := End(x.results, []string{"sid"}); got != x.want || because == "" {
			t.Errorf("%v: %s (%s), want %s", x.results, got, because, x.want)
		}
	}
}

// TestEndWithoutSession: where no cookie carries the session nothing can be planted.
func TestEndWithoutSession(t *testing.T) {
	results := []Result{{ID: "C0", Class: Control, Verdict: Held}, {ID: "F1", Class: Attack, Verdict: NotApplicable}}
	if got, because := End(results, nil); got != NoAttackWorked {
		t.Errorf("%s: %s", got, because)
	}
}

// TestFindSession: the fewest cookies that still open the page, with what is likely no
// session left out first.
func TestFindSession(t *testing.T) {
	for _, x := range []struct {
		names []string
		opens func(have func(string) bool) bool
		want  string
		why   bool
	}{
		{[]string{"lang", "sid"}, func(have func(string) bool) bool { return have("sid") }, "sid", false},
		{[]string{"AWSALB", "sess", "sess.sig"}, func(have func(string) bool) bool { return have("sess") && have("sess.sig") }, "sess sess.sig", false},
		{[]string{"remember", "sid"}, func(have func(string) bool) bool { return have("sid") || have("remember") }, "sid", false},
		{[]string{"sid"}, func(func(string) bool) bool { return true }, "", true},
		{[]string{"sid"}, func(func(string) bool) bool { return false }, "", true},
	} {
		got, why, err := FindSession(x.names, func(names []string) (Who, error) {
			if x.opens(func(n string) bool { return slices.Contains(names, n) }) {
				return Victim, nil
			}
			return Nobody, nil
		})
		if err != nil || strings.Join(got, " ") != x.want || (why != "") != x.why {
			t.Errorf("%v: %v, %q, %v; want %s", x.names, got, why, err, x.want)
		}
	}
}

// TestWords: what is said of a check in which there is no attacker does not speak of one.
func TestWords(t *testing.T) {
	for _, id := range []string{"L1", "L2", "L3"} {
		for _, who := range []Who{Victim, Nobody} {
			if got := Judge(check(t, id), through(check(t, id), who)); got.Because == "" || strings.Contains(got.Because, "attacker") {
				t.Errorf("%s, answered with %s: %q", id, who, got.Because)
			}
		}
	}
}
