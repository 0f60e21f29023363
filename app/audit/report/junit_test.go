//go:build !wasm

package report

import (
	"encoding/xml"
	"strings"
	"testing"

	"fixlab/lab/audit"
)

// readJUnit reads JUnit back; Go's reader refuses what XML 1.0 forbids.
func readJUnit(t *testing.T, text string) suite {
	t.Helper()
	var s suites
	if err := xml.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return s.Suites[0]
}

// TestJUnit: what each verdict is to a build.
func TestJUnit(t *testing.T) {
	s := readJUnit(t, written(t, JUnit, sample(), Options{}))
	if s.Tests != 9 || s.Failures != 1 || s.Errors != 1 || s.Skipped != 5 || len(s.Cases) != 9 || s.Time != "1.250" {
		t.Errorf("%d tests, %d failures, %d errors, %d skipped, %s s", s.Tests, s.Failures, s.Errors, s.Skipped, s.Time)
	}
	for _, c := range s.Cases {
		id, _, _ := strings.Cut(c.Name, " ")
		got := map[bool]string{c.Failure != nil: "failure", c.Error != nil: "error", c.Skipped != nil: "skipped"}[true]
		if want := map[string]string{"F1": "failure", "F7": "error", "F8": "skipped", "F2": "skipped", "L1": "skipped", "cookie-httponly": "skipped", "drift-login": "skipped"}[id]; got != want {
			t.Errorf("%s: %q, want %q", c.Name, got, want)
		}
		if id == "F1" && (!strings.Contains(c.Failure.Text, "req.session.user = user;") || c.Failure.Type != "attack" || c.Classname != "fixlab.audit.attack") {
			t.Errorf("%+v", c.Failure)
		}
	}
	if s := readJUnit(t, written(t, JUnit, sample(), Options{FailOn: audit.Weak})); s.Failures != 4 || s.Skipped != 2 {
		t.Errorf("with -fail-on weak: %d failures, %d skipped", s.Failures, s.Skipped)
	}
	for _, e := range []audit.Ending{audit.Unsettled, audit.NoLogin, audit.Unreachable} {
		if s := readJUnit(t, written(t, JUnit, audit.Report{Ending: e, Because: "The password was refused."}, Options{})); s.Errors != 1 || s.Tests != 1 {
			t.Errorf("%s passes: %+v", e, s)
		}
	}
	for _, test := range []struct {
		r    audit.Report
		want [3]int // tests, failures, errors
	}{
		{audit.Report{Ending: audit.OnlyRead, Document: "api.yaml"}, [3]int{1, 0, 0}},
		{audit.Report{Ending: audit.OnlyRead, Document: "api.yaml", Findings: sample().Findings}, [3]int{2, 2, 0}},
		{audit.Report{Ending: audit.Unsettled, Document: "api.yaml"}, [3]int{1, 0, 1}},
	} {
		if s := readJUnit(t, written(t, JUnit, test.r, Options{FailOn: audit.Weak})); [3]int{s.Tests, s.Failures, s.Errors} != test.want {
			t.Errorf("%s with %d findings: %+v", test.r.Ending, len(test.r.Findings), s)
		}
	}
	r := sample()
	r.Findings, r.Document = nil, ""
	r.Results = []audit.Result{{ID: "C2", Class: audit.Control, Verdict: audit.Inconclusive}}
	if s := readJUnit(t, written(t, JUnit, r, Options{})); s.Errors != 1 {
		t.Error("a control that did not hold passes")
	}
	r.Results = []audit.Result{{ID: "F8", Class: audit.Attack, Verdict: audit.NotTried, Asked: true}}
	if s := readJUnit(t, written(t, JUnit, r, Options{})); s.Errors != 1 {
		t.Error("a check that was asked for and not tried passes")
	}
}
