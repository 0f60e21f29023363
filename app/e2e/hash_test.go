//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// A run is the same run in every browser: every lesson (every third unless thorough),
// every other one with a new key at login, has the hash that it has here, which is the
// one that it has in Node.
func TestHash(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	sameHashes(t, func(script string) (hashes string) {
		b.eval(script, &hashes)
		return hashes
	})
}

func firefoxHash(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "")
	sameHashes(t, f.eval)
}

// sameHashes compares the hashes here with those in an open page, for which eval
// returns what a script comes to.
func sameHashes(t *testing.T, eval func(script string) string) {
	t.Helper()
	lessons, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	var links, want []string
	for i, s := range some(lessons, 3) {
		on := defence.Sample(i % 2)
		trace, err := lab.Run(s, on)
		if err != nil {
			t.Fatal(err)
		}
		links = append(links, fmt.Sprintf("#1/%s/%s/2", s.Name, on))
		want = append(want, trace.Hash())
	}
	list, err := json.Marshal(links)
	if err != nil {
		t.Fatal(err)
	}
	// The page follows each link, and its hash is read when it has settled.
	got := strings.Split(eval(fmt.Sprintf(`(async () => {
		const settle = %s, moved = %s, hashes = [];
		for (const link of %s) {
			await moved("hashchange", () => location.hash = link);
			await settle(link);
			hashes.push(document.documentElement.dataset.hash);
		}
		return hashes.join();
	})()`, settle, moved, list)), ",")
	if len(got) != len(links) {
		t.Fatalf("%d hashes of %d runs: %q", len(got), len(links), got)
	}
	for i, link := range links {
		if got[i] != want[i] {
			t.Errorf("%s: the hash is %q, here %q", link, got[i], want[i])
		}
	}
}
