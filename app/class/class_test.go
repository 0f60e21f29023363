package class

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"fixlab/lab/ask"
	"fixlab/lab/goal"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// worked returns the work of somebody who has bet on the first option everywhere, sure of
// each, and has solved all by the worked solutions of her own incident.
func worked(t testing.TB, name string, l Link) Work {
	t.Helper()
	w := Work{Name: name, Day: "2026-11-25", Goals: map[string]Goal{}, Bets: map[string][]Bet{}}
	for _, x := range course().goals {
		w.Goals[x.id] = Goal{Solved: true, Tries: 1, Win: workedWin(t, x, l.Seed(name, 0))}
	}
	for _, b := range course().bets {
		w.Bets[b.lesson.Name] = append(w.Bets[b.lesson.Name], Bet{b.bet().Options[0].Text, true})
	}
	return w
}

func workedWin(t testing.TB, x item, seed string) (win Win) {
	t.Helper()
	at := scenarios.Ground(x.s, seed)
	a, err := goal.Worked(x.goal(), at)
	if err != nil {
		t.Fatal(err)
	}
	switch x.goal().May.Kind {
	case script.MayScript:
		win.Script = x.begun(a.Steps)
	case script.MaySwitches, script.MayOff:
		win.On = &a.On
	case script.MayPoint:
		for i, q := range x.s.Course.Asks {
			tr, err := at.Play(nil, q.Row())
			if err != nil {
				t.Fatal(err)
			}
			for n, p := range ask.Candidates(tr, q.Point.Kind) {
				if right, _ := ask.Judge(tr, q, p); right && len(win.Points) == i {
					win.Points = append(win.Points, n+1)
				}
			}
		}
	case script.MayPatch:
		win.Patch = a.Patch
	case script.MayRevoke:
		win.Seed, win.Revoked = seed, a.Revoked
	case script.MayClaims:
		win.Claims = a.Claims
	}
	return win
}

// classLink is that of the tests.
var classLink = Link{Class: "Course of November", Phrase: "blue kettle 42", Variants: true, Hide: true}

// thirty returns the codes of a class of thirty, each with scripts and an incident of her
// own, and hints and bets that differ.
func thirty(t testing.TB, l Link) (codes []string, all []Work) {
	t.Helper()
	base := worked(t, "", l)
	for i := range 30 {
		w := base
		w.Name, w.Goals, w.Bets = fmt.Sprintf("Learner %d", i+1), maps.Clone(base.Goals), map[string][]Bet{}
		for n, x := range course().goals {
			g := w.Goals[x.id]
			g.Hints, g.Tries = (i+n)%4, 1+(i*n)%5
			switch x.goal().May.Kind {
			case script.MayScript:
				g.Win.Script = ownScript(x.id, i)
			case script.MayRevoke:
				g.Win = workedWin(t, x, l.Seed(w.Name, 0))
			}
			w.Goals[x.id] = g
		}
		for n, b := range course().bets {
			options := b.bet().Options
			w.Bets[b.lesson.Name] = append(w.Bets[b.lesson.Name], Bet{options[(i+n)%len(options)].Text, (i+n)%2 == 0})
		}
		codes, all = append(codes, Make(w, l)), append(all, w)
	}
	return codes, all
}

// ownScript is what the i-th learner has written, in her own words.
func ownScript(id string, i int) string {
	loot := fmt.Sprintf("mine%d", i)
	lines := map[string][]string{
		"make-it-happen": {"mallory get /", "mallory copy " + loot, "mallory serve https://blog.shop.example/ <script>document.cookie=\"$cookie=$" + loot + "; Domain=shop.example; Path=/\"</script>", "alice get https://blog.shop.example/", "alice post /login user=alice password=correct-horse", "mallory get /profile"},
		"get-in-anyway": {"mallory get /", "mallory copy " + loot, "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$" + loot + "; Domain=shop.example; Path=/sso; Secure", fmt.Sprintf("mallory serve https://blog.shop.example/ <a href=\"https://shop.example/sso\">Prize %d</a>", i),
			"alice get https://blog.shop.example/", fmt.Sprintf("alice click Prize %d", i), "alice submit user=alice ticket=ticket-for-alice", "mallory get /profile"},
		"test-the-article/1": {"mallory post /login user=mallory password=hunter2", "alice get /login", "alice submit user=alice password=correct-horse", "mallory get /profile"},
		"test-the-article/2": {"mallory paste $cookie=chosen", "mallory post /login user=mallory password=hunter2"},
	}[id]
	for _, x := range course().goals {
		if x.id == id {
			if i%2 == 1 && id == "test-the-article/1" {
				lines[1], lines[2] = "alice post /login user=alice password=correct-horse", "alice get /profile"
			}
			return script.Append(x.begun(nil), lines...)
		}
	}
	panic(id)
}

// BenchmarkThirty reads the codes of a class of thirty; the budget is 2 s in a browser.
func BenchmarkThirty(b *testing.B) {
	codes, _ := thirty(b, classLink)
	text := strings.Join(codes, "\n")
	longest := 0
	for _, c := range codes {
		longest = max(longest, len(c))
	}
	for b.Loop() {
		r := NewReader(classLink)
		for _, f := range Find(text) {
			r = r.Read(f)
		}
	}
	b.ReportMetric(float64(longest), "characters")
}
