package ask

import (
	"fmt"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// too returns what is said of p where another line is asked for that does as much: where
// the answer is the line that asks for a switch that would have given login a new key and
// ended the hijack, so is the line of every switch that does the same when it alone is
// switched on in this run. It is played each time; ok is false where p is no such line.
func too(t *lab.Trace, a script.Ask, p Place) (says string, ok bool) {
	at, found := Find(t, a.Point.Event)
	if answer := EventAt(t, at); !found || a.Point.Kind != script.PointCode || at.Frame != p.Frame || answer.Kind != event.Ask || answer.On {
		return "", false
	} else if _, as := mends(t, answer, at.Frame); !as {
		return "", false
	}
	for _, e := range t.Frames[p.Frame].Events {
		if e.Kind != event.Ask || e.On || !same(t, script.PointCode, Place{p.Frame, e.Seq}, p) {
			continue
		}
		if ends, as := mends(t, e, p.Frame); as {
			return fmt.Sprintf("Right too. %s With it on, this run ends %s.", e.Switch.Infos()[0].Does, ends), true
		}
	}
	return "", false
}

// mends reports whether the run t, in which Mallory gets into Alice's account, ends
// otherwise and without breaking anything when the switch that ask is about is on as well,
// and the login of the frame then leaves its user in a session with a key that was not there
// before.
func mends(t *lab.Trace, ask event.Event, frame int) (ends event.Outcome, ok bool) {
	d := ask.Switch
	if !t.Verdict.Outcome.Hijack() || !(t.Defences | d).Valid() || t.Scenario.Allows(d) != nil {
		return "", false
	}
	u, err := lab.Run(t.Scenario, t.Defences|d)
	if err != nil || u.Cut != "" || frame >= len(u.Frames) {
		return "", false
	}
	ends = u.Verdict.Outcome
	return ends, !ends.Hijack() && ends != event.Broken && renews(u, frame) && !renews(t, frame)
}

// renews reports whether somebody logs in in the frame, and is then in a session of a key
// under which the store had nothing before.
func renews(t *lab.Trace, frame int) bool {
	user, key := "", ""
	for _, e := range t.Frames[frame].Events {
		switch {
		case e.Kind == event.Login:
			user = e.User
		case e.Kind == event.Save && user != "" && e.User == user:
			key = e.Key
		}
	}
	if key == "" || frame == 0 {
		return key != ""
	}
	for _, r := range t.Frames[frame-1].State.Rows {
		if r.Key == key {
			return false
		}
	}
	return true
}
