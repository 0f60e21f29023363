package scenarios

import (
	"slices"
	"strings"
	"testing"
)

// TestClaims plays every exhibit of every claim: the verdict stands only while
// the runs show what it says.
func TestClaims(t *testing.T) {
	claims := Claims()
	n, count, seen := 0, map[string]int{}, map[string]bool{}
	for i, c := range claims {
		count[c.Article]++
		if seen[c.Text] || c.Text == "" || c.Truth == "" || !slices.Contains(Verdicts, c.Verdict) {
			t.Errorf("claim %d: %q, %s, %q", i+1, c.Text, c.Verdict, c.Truth)
		}
		seen[c.Text] = true
		for _, x := range append([]Exhibit{c.Shown}, c.Against...) {
			if len(x.Sees) == 0 {
				t.Errorf("claim %d, %q: nothing is to be seen", i+1, c.Text)
			}
			if err := x.Holds(); err != nil {
				t.Errorf("claim %d, %q, %s: %v", i+1, c.Text, x.Play, err)
			}
			n++
		}
	}
	if count["Django"] != 21 || count["Flask"] != 17 {
		t.Errorf("%v", count)
	}
	t.Logf("%d claims stand on %d runs", len(claims), n)
}

// TestClaimsBite shows that an exhibit that does not hold is noticed: another
// outcome, a sight turned around, a step that is not there.
func TestClaimsBite(t *testing.T) {
	for i, c := range Claims() {
		for _, other := range []string{"hijacked", "defended"} {
			x := c.Shown
			if x.Outcome = "broken"; other == string(c.Shown.Outcome) {
				continue
			}
			if x.Holds() == nil {
				t.Errorf("claim %d: any outcome will do", i+1)
			}
		}
		for k := range c.Shown.Sees {
			x := c.Shown
			x.Sees = slices.Clone(x.Sees)
			x.Sees[k].Not = !x.Sees[k].Not
			if x.Holds() == nil {
				t.Errorf("claim %d: sight %d is not looked at", i+1, k+1)
			}
		}
		x := c.Shown
		x.At = "alice flies"
		if err := x.Holds(); err == nil || !strings.Contains(err.Error(), "no step") {
			t.Errorf("claim %d: %v", i+1, err)
		}
	}
}

// A line of the claims' files that says nothing is named.
func TestClaimsRefuse(t *testing.T) {
	good := "Signing keeps it confidential.\n  false: It does not.\n\n  any-route/none@django-db | alice post /login | hijacked\n    has save user=alice\n"
	all, err := parseClaims("Django", "x.txt", good+good)
	if err != nil || len(all) != 2 || all[1].Verdict != "false" || len(all[1].Shown.Sees) != 1 || all[1].Against != nil {
		t.Fatalf("%+v, %v", all, err)
	}
	for bad, line := range map[string]string{
		"  false: It is of no claim.\n":                        "x.txt:1:",
		good + "    sees save user=alice\n":                    "x.txt:6:",
		good + "    lacks saved user=alice\n":                  "x.txt:6:",
		good + "   has save user=alice\n":                      "x.txt:6:",
		good + "  any-route/none | hijacked\n":                 "x.txt:6:",
		good + "  any-route/nonsense | alice fly | hijacked\n": "x.txt:6:",
		"It has no verdict.\n  any-route/none\n":               "x.txt:2:",
		"It has no run.\n  true: So it is.\n    has save\n":    "x.txt:3:",
	} {
		if _, err := parseClaims("Django", "x.txt", bad); err == nil || !strings.HasPrefix(err.Error(), line) {
			t.Errorf("%q: %v, want %s", bad, err, line)
		}
	}
}
