package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A Trace is everything that happened in one run.
type Trace struct {
	Scenario *script.Scenario
	Defences defence.Set       // the learner's: without those of Scenario.Fixed
	Frames   []Frame           // one a step; none for a script without steps
	Cut      string            `json:",omitempty"` // file, line and the limit that ended the run with the last of Frames; "" when it was played to its end
	Verdict  event.Verdict     // of a run that was cut it has no Outcome, and its Frame is the last
	Keys     []string          // every session key of the run, in order of appearance: K1, K2, …
	Asked    defence.Set       // the switches that the run consulted; no other can have mattered
	Vars     map[string]string // the variables at the end, by name
	Cookie   string            // the session cookie's name

	reels map[kin]*reel // of a trace from RunOn
}

// A Frame is one step of a run: what was done, what happened, and how things
// stood afterwards.
type Frame struct {
	Step   script.Step
	Events []event.Event
	State  event.Snapshot
}

// Hash returns the SHA-256 of everything in t, in hex. Equal links give equal
// hashes natively, in Node and in every browser.
func (t *Trace) Hash() string {
	b, err := json.Marshal(t)
	if err != nil {
		panic("lab: a trace is plain data: " + err.Error())
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Diverge returns the first frame and event in which a and b differ, or
// (-1, -1) when they are alike. Event -1 says that one trace has no such frame.
func Diverge(a, b *Trace) (frame, event int) {
	for i := range max(len(a.Frames), len(b.Frames)) {
		if i >= len(a.Frames) || i >= len(b.Frames) {
			return i, -1
		}
		x, y := a.Frames[i].Events, b.Frames[i].Events
		for j := range max(len(x), len(y)) {
			if j >= len(x) || j >= len(y) || x[j].Differs(y[j]) {
				return i, j
			}
		}
	}
	return -1, -1
}

// Carries reports whether value, as a browser sends it, stands for the session key.
func (t *Trace) Carries(value, key string) bool { return hear(t).Carries(value, key) }

// Meets returns nil if t ends as w wants it to, and what differs if not. A key
// such as $loot stands for the session key in the value that was copied.
func (t *Trace) Meets(w script.Want) error {
	v := t.Verdict
	switch {
	case t.Cut != "":
		return fmt.Errorf("no verdict (%s), want %s", t.Cut, w.Outcome)
	case v.Outcome != w.Outcome && w.Key != "":
		by := "no key"
		if v.Key != "" {
			by = fmt.Sprintf("key %q", v.Key)
		}
		return fmt.Errorf("%s by %s, want %s by key %s", v.Outcome, by, w.Outcome, w.Key)
	case v.Outcome != w.Outcome:
		return fmt.Errorf("%s, want %s", v.Outcome, w.Outcome)
	}
	want := w.Key
	if name, ok := strings.CutPrefix(want, "$"); ok {
		value, known := t.Vars[name]
		if !known {
			return fmt.Errorf("the run has no variable $%s", name)
		}
		if want = value; t.Carries(value, v.Key) {
			want = v.Key
		}
	}
	if v.Key != want && (w.Key != "*" || v.Key == "") {
		return fmt.Errorf("%s by key %q, want %q", v.Outcome, v.Key, want)
	}
	return nil
}
