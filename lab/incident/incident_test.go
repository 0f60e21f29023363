package incident

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// seeds are those of a class.
func seeds(yield func(string) bool) {
	for i := range 200 {
		if !yield(fmt.Sprint("class ", i)) {
			return
		}
	}
}

func TestShape(t *testing.T) {
	for seed := range seeds {
		in := New(seed)
		fixated, kept, changed := in.Fixated(), 0, 0
		logins := map[string]bool{}
		for _, l := range in.Log {
			if l.User == "" || logins[l.After] {
				continue
			}
			switch logins[l.After] = true; l.Before {
			case l.After:
				kept++
			case "":
			default:
				changed++
			}
		}
		if len(in.Log) != lines || len(fixated) < 1 || kept-len(fixated) < 2 || changed < 1 {
			t.Fatalf("%s: %d lines, %q fixated, %d kept, %d changed\n%s", seed, len(in.Log), fixated, kept, changed, in)
		}
		users := map[string]int{}
		for _, r := range in.Rows {
			if users[r.User]++; r.User != "" && users[r.User] > 1 {
				t.Errorf("%s: %s has two sessions\n%s", seed, r.User, in)
			}
			if !slices.ContainsFunc(in.Log, func(l Line) bool { return l.After == r.Session && l.Client != "" }) {
				t.Errorf("%s: %s is not in the log\n%s", seed, r.Session, in)
			}
		}
		if !slices.IsSortedFunc(in.Log, func(a, b Line) int { return strings.Compare(a.At, b.At) }) {
			t.Errorf("%s: the log is out of order", seed)
		}
	}
}

func (in *Incident) String() string {
	var b strings.Builder
	for _, l := range in.Log {
		fmt.Fprintf(&b, "%s %-4s %-13s %3s>%-3s %s\n", l.At, l.Client, l.Request, l.Before, l.After, l.User)
	}
	return fmt.Sprint(b.String(), in.Rows)
}

// TestPlanned: what the rule finds in the log is what was planted and kept, no more and no
// less. The log does not tell the plan, a single visit does.
func TestPlanned(t *testing.T) {
	for _, test := range []struct {
		plan plan
		want int
	}{{fixated, 1}, {renewed, 0}, {kept, 0}, {filled, 0}, {rotated, 0}, {direct, 0}, {hers, 0}} {
		for often := range 3 {
			test.plan.often = often
			m := mixing{mallory: "c1", clients: []string{"c2"}, users: []string{"user-a", "user-b"}, sessions: map[string]string{}}
			v := m.visit(test.plan, "1")
			in := Incident{Log: v.lines, Rows: v.rows}
			if len(in.Log) != test.plan.lines+often || len(in.Fixated()) != test.want {
				t.Errorf("%s%d more: %q of %d lines, want %d of %d\n%s", test.plan.does, often, in.Fixated(), len(in.Log), test.want, test.plan.lines+often, &in)
			}
		}
	}
}

// TestSeeds: equal seeds give equal incidents, others another log and mostly another answer.
func TestSeeds(t *testing.T) {
	answers, logs := map[string]int{}, map[string]bool{}
	n := 0
	for seed := range seeds {
		n++
		in := New(seed)
		if !reflect.DeepEqual(in, New(seed)) {
			t.Fatalf("%s: two incidents", seed)
		}
		answers[strings.Join(in.Fixated(), " ")]++
		logs[in.String()] = true
	}
	if len(logs) != n || len(answers) < n/8 {
		t.Errorf("%d logs and %d answers of %d seeds: %v", len(logs), len(answers), n, answers)
	}
	for answer, often := range answers {
		if often > n/5 {
			t.Errorf("%q is the answer of %d seeds of %d", answer, often, n)
		}
	}
}

// TestRule: the rule reads the log and nothing else.
func TestRule(t *testing.T) {
	log := []Line{
		{"09:00", "c1", "GET /", "", "s1", ""},
		{"09:01", "c2", "POST /sso", "s1", "s1", "user-a"},
		{"09:02", "c3", "GET /", "", "s2", ""},
		{"09:03", "c3", "POST /sso", "s2", "s2", "user-b"},
		{"09:04", "c1", "GET /", "", "s3", ""},
		{"09:05", "c4", "POST /login", "s3", "s4", "user-c"},
		{"09:06", "c5", "POST /login", "", "s5", "user-d"},
		{"09:07", "c1", "GET /profile", "s5", "s5", "user-d"},
		{"09:08", "c1", "GET /", "", "s6", ""},
		{"09:09", "c6", "GET /", "s6", "s6", ""},
	}
	in := Incident{Log: log}
	for _, s := range []string{"s1", "s2", "s4", "s5", "s6"} {
		in.Rows = append(in.Rows, Row{Session: s})
	}
	if got := in.Fixated(); !slices.Equal(got, []string{"s1"}) {
		t.Errorf("%q", got)
	}
	if in.Rows = in.Rows[1:]; in.Fixated() != nil {
		t.Error("a session that is gone is fixated")
	}
}

// Any text is a seed.
func TestAnySeed(t *testing.T) {
	for _, seed := range []string{"", "a\nfoo: bar", "\x00", strings.Repeat("A", 2<<20), "\xff\u202e"} {
		if in := New(seed); len(in.Log) != lines || len(in.Fixated()) == 0 {
			t.Errorf("%.20q: %d lines", seed, len(in.Log))
		}
	}
}
