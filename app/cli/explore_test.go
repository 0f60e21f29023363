//go:build !wasm

package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

func TestExploreArguments(t *testing.T) {
	for _, test := range []struct{ args, err string }{
		{"-profile singed-id", `explore: unknown profile "singed-id", did you mean "signed-id"?`},
		{"-x", "explore: flag provided but not defined: -x"},
		{"signed-id", `explore: unexpected ["signed-id"]`},
	} {
		err := runExplore(strings.Fields(test.args), &bytes.Buffer{})
		if got, _, _ := strings.Cut(errText(err), "\n"); got != test.err {
			t.Errorf("explore %s: error %q, want %q", test.args, got, test.err)
		}
		if _, ok := err.(usageError); !ok {
			t.Errorf("explore %s: %T", test.args, err)
		}
	}
}

// TestExplore checks every cell of the matrix, and every minimal set, by Run.
func TestExplore(t *testing.T) {
	var out bytes.Buffer
	if err := runExplore([]string{"-profile", "scs", "-json"}, &out); err != nil {
		t.Fatal(err)
	}
	var e findings
	if err := json.Unmarshal(out.Bytes(), &e); err != nil {
		t.Fatal(err)
	}
	open, err := scenarios.Get(scenarios.Open)
	if err != nil {
		t.Fatal(err)
	}
	ways, err := scenarios.Ways(open, script.Setup{Profile: "scs"})
	if err != nil {
		t.Fatal(err)
	}
	worst := func(d defence.Set) map[string]event.Outcome {
		by := map[string]event.Outcome{}
		for _, s := range ways {
			tr, err := lab.Run(s, d)
			if err != nil {
				t.Fatal(err)
			}
			if o, ok := by[s.Route]; !ok || tr.Verdict.Outcome.Worse(o) {
				by[s.Route] = tr.Verdict.Outcome
			}
		}
		return by
	}
	if len(e.Rows) != 1+scenarios.Switches.Len() || len(e.Routes) != len(scenarios.Routes) {
		t.Fatalf("%d rows, %d columns", len(e.Rows), len(e.Routes))
	}
	for _, r := range e.Rows {
		d, err := defence.Parse(r.On)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range worst(d) {
			if at := indexOf(e.Routes, i); r.Cells[at] != o {
				t.Errorf("%s over %s: %s, want %s", r.On, i, r.Cells[at], o)
			}
		}
		if !r.Works {
			t.Errorf("%s keeps alice from her account", r.On)
		}
	}
	valid := 1 // nothing on
	for d := scenarios.Switches; d != 0; d = (d - 1) & scenarios.Switches {
		if d.Valid() {
			valid++
		}
	}
	if len(e.Hijack) == 0 || e.Sets != len(ways)*valid || e.Runs < len(ways) || e.Runs > 200*len(ways) {
		t.Errorf("%d minimal sets, %d combinations, %d runs", len(e.Hijack), e.Sets, e.Runs)
	}
	for _, s := range e.Hijack {
		d, err := defence.Parse(s.On)
		if err != nil {
			t.Fatal(err)
		}
		for route, o := range worst(d) {
			if o.Hijack() {
				t.Errorf("%s does not stop %s", s.On, route)
			}
		}
		for _, info := range defence.All { // each of them is needed
			if !d.Has(info.Set) {
				continue
			}
			left := false
			for _, o := range worst(d &^ info.Set) {
				left = left || o.Hijack()
			}
			if !left {
				t.Errorf("%s stops everything without %s", s.On, info.Name)
			}
		}
	}
}

func indexOf(all []string, one string) int {
	for i, s := range all {
		if s == one {
			return i
		}
	}
	return -1
}
