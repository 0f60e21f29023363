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

// A run is the same run in every browser: every lesson, every other one with a new
// key at login, has the hash that it has here, which is the one that it has in Node.
func TestHash(t *testing.T) {
	t.Parallel()
	lessons, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	want := map[string]string{}
	for i, s := range lessons {
		on := defence.Sample(i % 2)
		trace, err := lab.Run(s, on)
		if err != nil {
			t.Fatal(err)
		}
		link := fmt.Sprintf("#1/%s/%s/2", s.Name, on)
		links, want[link] = append(links, link), trace.Hash()
	}
	list, err := json.Marshal(links)
	if err != nil {
		t.Fatal(err)
	}
	// The page follows each link, and its hash is read when it has settled.
	script := fmt.Sprintf(`(async () => {
		const settle = %s, moved = %s, hashes = [];
		for (const link of %s) {
			await moved("hashchange", () => location.hash = link);
			await settle(link);
			hashes.push(document.documentElement.dataset.hash);
		}
		return hashes.join();
	})()`, settle, moved, list)
	check := func(t *testing.T, hashes string) {
		got := strings.Split(hashes, ",")
		if len(got) != len(links) {
			t.Fatalf("%d hashes of %d runs: %q", len(got), len(links), hashes)
		}
		for i, link := range links {
			if got[i] != want[link] {
				t.Errorf("%s: the hash is %q, here %q", link, got[i], want[link])
			}
		}
	}
	t.Run("Chromium", func(t *testing.T) {
		t.Parallel()
		b := open(t, "")
		var hashes string
		b.eval(script, &hashes)
		check(t, hashes)
	})
	t.Run("Firefox", func(t *testing.T) {
		t.Parallel()
		f := startFirefox(t)
		f.visit(serve(t, hosting{}).URL)
		f.eval(`new Promise((done) => {
			const html = document.documentElement, look = () => html.dataset.ready === "true" && done();
			new MutationObserver(look).observe(html, {attributeFilter: ["data-ready"]});
			look();
		})`)
		check(t, f.eval(script))
	})
}
