//go:build e2e && engines

package e2e

import (
	"strconv"
	"testing"

	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// Every server is played in workers, and comes to what it comes to here.
func TestWholeSpace(t *testing.T) {
	t.Parallel()
	lesson, err := scenarios.Get(scenarios.Open)
	if err != nil {
		t.Fatal(err)
	}
	all, err := scenarios.Everywhere(lesson, script.Setup{})
	if err != nil {
		t.Fatal(err)
	}
	sets := 0
	for _, s := range all {
		p, err := explore.NewPlayer(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Explore(0, scenarios.Switches, func(l explore.Leaf) bool { sets += l.Sets; return true }); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, "#explore")
	b.complete()
	b.click("#explore-wide")
	b.until("document.querySelector('#wide-figures').dataset.ended === 'true'")
	b.is("document.querySelector('#wide-figures').dataset.sets", strconv.Itoa(sets))
}
