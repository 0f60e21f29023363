package scenarios

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// A walk writes a script as a learner does, and plays it after every change: in one go,
// and on from a run of before. Both must be the same run.
type walk struct {
	t      *testing.T
	name   string
	random *rand.Rand
	s      *script.Scenario
	steps  []script.Step
	on     defence.Set
	traces []*lab.Trace // of before, nil first
	hashes []string
	cut    int // how many of them a limit ended
	rests  int // how often a run rested
}

func (w *walk) plays(what string) {
	w.t.Helper()
	s := *w.s
	s.Steps = slices.Clone(w.steps)
	was := w.traces[len(w.traces)-1]
	if w.random.IntN(3) == 0 { // any run is still there to go on from
		was = w.traces[w.random.IntN(len(w.traces))]
	}
	want, err := lab.Run(&s, w.on)
	got, again := w.goesOn(was, &s)
	switch {
	case (err == nil) != (again == nil) || err != nil && err.Error() != again.Error():
		w.t.Fatalf("%s, %s: %v, and in one go %v", w.name, what, again, err)
	case err != nil:
		return
	case want.Hash() != got.Hash():
		frame, event := lab.Diverge(got, want)
		w.t.Fatalf("%s, %s: another run, from event %d of step %d; %v, and in one go %v", w.name, what, event, frame, got.Verdict, want.Verdict)
	}
	if got.Cut != "" {
		w.cut++
	}
	w.traces, w.hashes = append(w.traces, got), append(w.hashes, got.Hash())
}

// goesOn plays s on from was, in one go or bit by bit.
func (w *walk) goesOn(was *lab.Trace, s *script.Scenario) (*lab.Trace, error) {
	w.t.Helper()
	if w.random.IntN(2) == 0 {
		return lab.RunOn(was, s, w.on)
	}
	most := 1 + w.random.IntN(300)
	for range 10000 {
		t, done, err := lab.RunSome(was, s, w.on, most)
		if done {
			return t, err
		}
		was, w.rests = t, w.rests+1
	}
	w.t.Fatalf("%s: a run by %d events comes to no end", w.name, most)
	return nil, nil
}

// stays looks whether all the runs are still what they were.
func (w *walk) stays() {
	w.t.Helper()
	for i, tr := range w.traces {
		if tr.Hash() != w.hashes[i] {
			w.t.Fatalf("%s: run %d of %d has changed since it was played", w.name, i, len(w.traces))
		}
	}
}

// strolls writes the script line by line, takes some back, changes one and throws switches.
func (w *walk) strolls(others []script.Step) {
	all := w.steps
	for n := range all {
		w.steps = all[:n+1]
		w.plays("one more step")
	}
	for range 12 {
		w.steps = slices.Clone(w.steps)
		at := 0
		if len(w.steps) > 0 {
			at = w.random.IntN(len(w.steps))
		}
		switch w.random.IntN(5) {
		case 0:
			w.steps = w.steps[:max(0, len(w.steps)-1)]
			w.plays("one is taken back")
		case 1:
			w.steps = slices.Insert(w.steps, at, others[w.random.IntN(len(others))])
			w.plays("another is between")
		case 2:
			w.on = w.on.Flip(defence.All[w.random.IntN(len(defence.All))].Set)
			w.plays("a switch")
		default:
			w.steps = append(w.steps, others[w.random.IntN(len(others))])
			w.plays("another at the end")
		}
	}
}

// TestRunOn: a run that goes on from another is the run that is played in one go, over all
// lessons and random scripts, long ones and those that come to a limit.
func TestRunOn(t *testing.T) {
	t.Parallel()
	others, err := script.ParseSteps("moves", strings.ReplaceAll(strings.NewReplacer("mallory route\n", "", "mallory token\n", "").Replace(firstOf(oracleMoves)), "$csrf", "x"))
	if err != nil {
		t.Fatal(err)
	}
	walks := func(name string, s *script.Scenario, seed uint64, on defence.Set) *walk {
		return &walk{t: t, name: name, random: rand.New(rand.NewPCG(3, seed)), s: s, steps: s.Steps, on: on, traces: []*lab.Trace{nil}, hashes: []string{(*lab.Trace)(nil).Hash()}}
	}
	played := 0
	lessons, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range lessons {
		w := walks(s.Name, s, uint64(i), defence.Sample(i))
		w.strolls(others)
		w.stays()
		played += len(w.traces)
	}
	for n := range 100 {
		if tr := questionOf(n).run(); tr != nil {
			w := walks(questionOf(n).text(), tr.Scenario, uint64(n), tr.Defences)
			w.strolls(others)
			w.stays()
			played += len(w.traces)
		}
	}
	long, err := script.Parse("long", "title: L\nprofile: django-db\n\n"+strings.Repeat("mallory get /\nmallory copy loot\nalice paste $cookie=$loot\nalice get /login\nalice submit user=alice password=correct-horse\nmallory get /profile\nalice post /logout\nserver deploy\n", 51))
	if err != nil {
		t.Fatal(err)
	}
	w := walks("a long one", long, 1, defence.Rotate|defence.RotateSecret)
	for _, n := range []int{390, 391, 392, 391, 390, 389, 388, 387, 386, 385, 384, 383, 382, 381, 382, 405, 401, 400, 350, 1, 400} {
		w.steps = long.Steps[:n]
		w.plays("so many steps")
	}
	w.stays()
	if played < 2500 || w.cut == 0 || w.rests < 50 {
		t.Errorf("only %d runs, and %d came to a limit; a run rested %d times", played, w.cut, w.rests)
	}
}

// firstOf returns the first of what each line can be.
func firstOf(lines []string) string {
	var out strings.Builder
	for _, line := range lines {
		one, _, _ := strings.Cut(line, "|")
		out.WriteString(one + "\n")
	}
	return out.String()
}
