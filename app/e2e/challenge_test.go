//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"fixlab/app/class"
	"fixlab/lab/ask"
	"fixlab/lab/goal"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

const (
	solvedNow = "document.querySelector('#goal').dataset.solved"
	told      = "document.querySelector('#told')?.innerText ?? ''"
)

// Every challenge is solved through the page by its worked solution, and is not before; a
// reload keeps that.
func TestChallenges(t *testing.T) {
	t.Parallel()
	b := open(t, "#learn")
	seed := b.value("localStorage.getItem('fixlab/1/seed')")
	if seed == "" {
		t.Fatal("the learner has no seed of her own")
	}
	all, err := scenarios.Challenges()
	if err != nil {
		t.Fatal(err)
	}
	goals := 0
	for _, s := range all {
		for n := range s.Course.Goals {
			id := s.Name
			if len(s.Course.Goals) > 1 {
				id = fmt.Sprintf("%s/%d", s.Name, n+1)
			}
			goals++
			b.follow("challenge/" + id)
			b.settled()
			b.is(solvedNow, "false")
			b.is(told, "")
			solve(b, s, n, class.Link{}.Seed(seed, 0))
			b.until(solvedNow + " === 'true'")
			b.is(told, "")
			b.is(fmt.Sprintf("JSON.parse(localStorage.getItem('fixlab/progress')).challenges[%q].solved", id), "true")
			if b.t.Failed() {
				t.Fatalf("at %s: %s", id, b.value("document.querySelector('#goal-part').innerText"))
			}
		}
	}
	if goals != 14 {
		t.Errorf("there are %d goals", goals)
	}
	// What solved one can be seen again.
	b.follow("challenge/make-it-happen")
	b.settled()
	b.click("#show-goal")
	b.settled()
	b.click("#goal-kept")
	b.settled()
	b.until(solvedNow + " === 'true'")
}

// solve gives the worked solution of a goal by what stands on the page.
func solve(b *tab, s *script.Scenario, n int, seed string) {
	b.t.Helper()
	g := &s.Course.Goals[n]
	a, err := goal.Worked(g, scenarios.Ground(s, seed))
	if err != nil {
		b.t.Fatal(err)
	}
	switch g.May.Kind {
	case script.MayScript:
		var lines []string
		for _, step := range a.Steps {
			lines = append(lines, step.String())
		}
		// The header says which challenge it is; the steps are typed in its place.
		b.eval(fmt.Sprintf(`(() => { const f = document.querySelector('#script'); f.focus();
			f.value = f.value.split('\n\n')[0] + '\n\n' + %q + '\n'; f.dispatchEvent(new Event('input', {bubbles: true})); f.dispatchEvent(new Event('change', {bubbles: true})) })(), 0`, strings.Join(lines, "\n")), nil)
		b.settled()
	case script.MaySwitches, script.MayOff:
		start, _, err := script.ParseRow(g.Row())
		if err != nil {
			b.t.Fatal(err)
		}
		b.click("#show-defences")
		b.settled()
		for _, info := range ((start &^ s.Fixed()) ^ a.On).Infos() {
			b.eval("document.querySelectorAll('details').forEach((d) => d.open = true), 0", nil)
			id := "#switch-" + info.Name
			if info.Choice != "" && !a.On.Has(info.Set) {
				id = "#choice-" + string(info.Choice) + "-none"
			}
			b.click(id)
			b.settled()
		}
	case script.MayPatch:
		b.click("#patch-" + a.Patch)
		b.click("#try")
	case script.MayRevoke:
		for _, session := range a.Revoked {
			b.click("#end-" + session)
		}
		b.click("#try")
	case script.MayClaims:
		for i, c := range a.Claims {
			b.click(fmt.Sprintf("#claim-%d-%v", i+1, c.True))
			b.eval(fmt.Sprintf("(() => { const s = document.querySelector('#claim-%d-run'); s.value = %q; s.dispatchEvent(new Event('change', {bubbles: true})) })(), 0", i+1, c.Row), nil)
			b.settled()
		}
		b.click("#try")
	case script.MayPoint:
		t, err := scenarios.Play{Lesson: s.Name}.Run()
		if err != nil {
			b.t.Fatal(err)
		}
		for i, q := range s.Course.Asks {
			for k, p := range ask.Candidates(t, q.Point.Kind) {
				if right, _ := ask.Judge(t, q, p); right {
					b.click(fmt.Sprintf("#point-%d-%d", i+1, k+1))
					break
				}
			}
		}
		b.click("#try")
	}
	b.settled()
}
