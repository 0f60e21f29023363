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
