package lab

import (
	"bytes"
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/world"
)

// Where the steps cannot be played otherwise, nobody says what they would come to.
func TestEndingCannotBeTold(t *testing.T) {
	s, err := script.Parse("x", head+"mallory get /\nmallory read t token\nmallory get https://$t.example/\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := (&studio{s: s, memo: &world.Memo{}}).ending(defence.Rotate, 0); got.Outcome != "" {
		t.Errorf("it ends %q", got.Outcome)
	}
	tr := &Trace{Scenario: s, Defences: defence.Rotate, Frames: make([]Frame, 1), Verdict: event.Verdict{
		Outcome: event.Defended, Without: []event.Otherwise{{Off: defence.Rotate}},
	}}
	var b bytes.Buffer
	if err := Print(&b, tr); err != nil || !strings.HasSuffix(b.String(), "\n  without rotate: cannot be told, the steps cannot be played to their end\n") {
		t.Errorf("%v, printed %q", err, b.String())
	}
}
