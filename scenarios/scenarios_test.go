package scenarios

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

var update = flag.Bool("update", false, "write the golden traces anew")

func all(t testing.TB) []*script.Scenario {
	t.Helper()
	ss, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return ss
}

func as(t testing.TB, s *script.Scenario, w script.Want) *script.Scenario {
	t.Helper()
	played, err := Play{s.Name, w.On, w.With}.Arrange(s)
	if err != nil {
		t.Fatal(err)
	}
	return played
}

func run(t testing.TB, s *script.Scenario, d defence.Set) *lab.Trace {
	t.Helper()
	tr, err := lab.Run(s, d)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// TestWant plays every row of every want table: the outcome, and the key it
// rode in on.
func TestWant(t *testing.T) {
	for _, s := range all(t) {
		if len(s.Wants) < 2 {
			t.Errorf("%s.txt: a lesson needs a want table that shows a difference or the lack of one", s.Name)
		}
		for _, want := range s.Wants {
			t.Run(s.Name+"/"+want.Row(), func(t *testing.T) {
				tr, err := Check(s, want)
				if err != nil {
					var b bytes.Buffer
					if tr != nil {
						lab.Print(&b, tr)
					}
					t.Errorf("%s.txt:%d: %v\n%s", s.Name, want.Line, err, b.String())
				}
			})
		}
	}
}

// TestWantBites shows that a wrong row is noticed.
func TestWantBites(t *testing.T) {
	s, err := Get(First)
	if err != nil {
		t.Fatal(err)
	}
	tr := run(t, s, 0)
	for _, wrong := range []script.Want{
		{Outcome: event.Defended},
		{Outcome: event.Hijacked},
		{Outcome: event.Hijacked, Key: "something-else"},
		{Outcome: event.Hijacked, Key: "$nothing"},
	} {
		if tr.Meets(wrong) == nil {
			t.Errorf("%v passes", wrong)
		}
	}
}

// TestGolden compares each lesson's runs, one a row of its want table, to the
// story in testdata. Write it anew with -update.
func TestGolden(t *testing.T) {
	for _, s := range all(t) {
		var b bytes.Buffer
		known := map[string]bool{}
		for _, want := range s.Wants {
			tr := run(t, as(t, s, want), want.On)
			tell(&b, tr, known)
		}
		file := filepath.Join("testdata", s.Name+".golden")
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.String(); got != string(want) {
			g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
			for i := range min(len(g), len(w)) {
				if g[i] != w[i] {
					t.Errorf("%s:%d\n got %s\nwant %s", file, i+1, g[i], w[i])
					break
				}
			}
			t.Errorf("%s has %d lines, now it is %d; if that is meant: go test ./scenarios -run Golden -update, and read the difference (a switch that every request asks for is Routine)", file, len(w), len(g))
		}
	}
}

// tell writes the story of a run: one line an event, with short names for the
// session keys, and how it ended. A step that went as the step before it in known,
// the stories told so far, is not told again. Where in the source something was
// done is not part of it: see TestEventsPointAtSource.
func tell(b *bytes.Buffer, t *lab.Trace, known map[string]bool) {
	text := func(s string) string { return longWord.ReplaceAllString(t.Label(s), "$1…$2") }
	fmt.Fprintf(b, "%s under %s, on %s\n", t.Scenario.Title, t.Defences, t.Scenario.Profile)
	for i, f := range t.Frames {
		var events strings.Builder
		for _, e := range f.Events {
			fmt.Fprintf(&events, "   %-12s %-8s %s", e.Who, e.Kind, text(e.Text))
			if e.Refusal != nil {
				fmt.Fprintf(&events, " (%s)", e.Refusal.Rule)
			}
			events.WriteByte('\n')
		}
		step := fmt.Sprintf("%2d %s", i+1, text(f.Step.String()))
		if story := step + events.String(); known[story] {
			fmt.Fprintf(b, "%s, as told above\n", step)
		} else {
			fmt.Fprintf(b, "%s\n%s", step, &events)
			known[story] = true
		}
	}
	v := t.Verdict
	fmt.Fprintf(b, "%s at step %d", strings.ToUpper(string(v.Outcome)), v.Frame+1)
	if v.Gate != "" {
		fmt.Fprintf(b, ", at the gate %s", v.Gate)
	}
	b.WriteByte('\n')
	for _, c := range v.Because {
		fmt.Fprintf(b, "   step %d: %s\n", c.Frame+1, text(c.Text))
	}
	b.WriteByte('\n')
}

// longWord is a word too long to be read: a signature, a key, a payload.
var longWord = regexp.MustCompile(`([\w%-]{10})[\w%-]{18,}([\w%-]{4})`)

// TestEventsPointAtSource: every event of the server points at the very line
// that did it, in every lesson under every single switch and several pairs.
func TestEventsPointAtSource(t *testing.T) {
	t.Parallel()
	token := map[event.Kind]string{
		event.Load: "Store.Load(", event.Save: "Store.Save(", event.Delete: "Store.Delete(",
		event.Sign: "Signer.Sign(", event.Unsign: "Signer.Unsign(", event.Random: "ReadFull(",
		event.Ask: "On(", event.Login: "f.Login(", event.Whoami: "f.Whoami(", event.Logout: "f.Logout(",
		event.Transfer: "env.Transfer(", event.Opened: "env.Opened(", event.Denied: "s.deny(",
	}
	source := map[string][]string{}
	n := 0
	lessons := all(t)
	for _, id := range server.IDs() {
		s, err := Play{With: id}.Arrange(played(t, "sibling-https", true))
		if err != nil {
			t.Fatal(err)
		}
		lessons = append(lessons, s)
	}
	for i, s := range lessons {
		if testing.Short() && i%5 != 0 {
			continue
		}
		for k := range len(defence.All) + 4 { // none, each switch alone, and some mixtures
			if k > len(defence.All) {
				k += 4 * i
			}
			for _, f := range run(t, s, defence.Sample(k)).Frames {
				for _, e := range f.Events {
					want, ok := token[e.Kind]
					if !ok {
						if len(e.Code) > 0 {
							t.Fatalf("%s: %s is not the server's, and has code", s.Name, e.Text)
						}
						continue
					}
					if len(e.Code) == 0 {
						t.Fatalf("%s: %s has no code", s.Name, e.Text)
					}
					at := e.Code[0]
					if source[at.File] == nil {
						text, err := server.Source.ReadFile(at.File)
						if err != nil {
							t.Fatal(err)
						}
						source[at.File] = strings.Split(string(text), "\n")
					}
					if line := source[at.File][at.Line-1]; !strings.Contains(line, want) {
						t.Fatalf("%s: %s %q points at %s: %q", s.Name, e.Kind, e.Text, at, line)
					}
					n++
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d events", n)
	}
	t.Logf("%d events point at their line", n)
}

// TestClauses: every verdict has one to three clauses, each tied to a frame, and
// names a deciding step, over every lesson and a wide choice of switches.
func TestClauses(t *testing.T) {
	t.Parallel()
	for i, s := range all(t) {
		for n := range less(40) {
			d := defence.Sample(n * (i + 1)) // other sets for every lesson
			tr := run(t, s, d)
			v := tr.Verdict
			if n := len(v.Because); n < 1 || n > 3 {
				t.Errorf("%s %s: %d clauses", s.Name, d, n)
			}
			if v.Frame < 0 || v.Frame >= len(tr.Frames) {
				t.Errorf("%s %s: decided at frame %d", s.Name, d, v.Frame)
			}
			if (v.Gate != "") != (v.Outcome == event.Defended) {
				t.Errorf("%s %s: %s at gate %q", s.Name, d, v.Outcome, v.Gate)
			}
			for _, c := range v.Because {
				if c.Frame < 0 || c.Frame >= len(tr.Frames) || c.Text == "" || strings.Contains(c.Text, "  ") || strings.Contains(c.Text, "%!") {
					t.Errorf("%s %s: clause %+v", s.Name, d, c)
				}
			}
		}
	}
}

// TestUnasked: a switch that a run did not consult changes nothing.
func TestUnasked(t *testing.T) {
	t.Parallel()
	for i, s := range all(t) {
		for n := range 5 {
			d := defence.Sample(n * (i + 1)) // other sets for every lesson
			base := run(t, s, d)
			for _, info := range defence.All {
				if base.Asked.Has(info.Set) {
					continue
				}
				if f, e := lab.Diverge(base, run(t, s, d^info.Set)); f >= 0 {
					t.Errorf("%s %s: %s was not asked, and changes frame %d event %d", s.Name, d, info.Name, f, e)
				}
			}
		}
	}
}

// TestEverySwitch: there is no switch that no server asks for.
func TestEverySwitch(t *testing.T) {
	var asked defence.Set
	look := func(s *script.Scenario, on ...defence.Set) {
		for _, d := range on {
			asked |= run(t, s, d).Asked
		}
	}
	open, err := Get(Open)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range server.IDs() {
		with := open.Setup
		with.Profile = id
		s, err := Arrange(open, with)
		if err != nil {
			t.Fatal(err)
		}
		look(s, 0)
	}
	for _, s := range all(t) {
		for _, w := range s.Wants {
			look(as(t, s, w), w.On)
		}
	}
	for _, info := range defence.All {
		if !asked.Has(info.Set) {
			t.Errorf("%s: no server asks for it in any lesson; it wants env.On in lab/server", info.Name)
		}
	}
}

func BenchmarkRun(b *testing.B) {
	for _, s := range all(b) {
		b.Run(s.Name, func(b *testing.B) {
			for b.Loop() {
				run(b, s, 0)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "runs/s")
		})
	}
}
