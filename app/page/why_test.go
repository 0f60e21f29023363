package page

import (
	"testing"

	"fixlab/app/survey"
	"fixlab/lab/defence"
)

// The dialog behind the verdict shows the answers to its own question only.
func TestBecause(t *testing.T) {
	m, _ := Start("1/signed-id-toss/none/3", Settings{})
	m = m.then(Why(true))
	run, why := m.Because.Run, &survey.Why{Needed: 3}
	if m = m.then(Answers{{For: "another", Kind: "why", Why: why}}); m.Because.Found != nil {
		t.Error("an answer to another question is taken")
	}
	if m = m.then(Answers{{For: run, Kind: "why", Why: why}}); m.Because.Found != why {
		t.Error("the answer is not taken")
	}
	if m = m.then(Why(false), Flip(defence.Rotate), Why(true)); m.Because.Found != nil || m.Because.Run == run {
		t.Error("what was found for another run is shown")
	}
	if m = m.then(Answers{{For: m.Because.Run, Kind: "error", Error: "x"}}); m.Because.Fault != "x" {
		t.Error("the error is not told")
	}
	if m = m.then(Why(false), Why(true)); m.Because.Fault != "" || m.Because.Run != m.LinkAt(0) {
		t.Error("the error stays when the question is asked again")
	}
	if m = m.then(Answers{{For: m.Because.Run, Kind: "why", Why: why}}); m.Because.Found != why {
		t.Error("the answer after an error is not taken")
	}
}
