package goal

import (
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// shortest is how long a session key is, at least, that nobody guesses.
const shortest = 16

// known adds whether the answer types out a key that the server made. Who acts in a lab sees
// every screen; a person in it does not, and copies what she has with copy, read and let.
func (j *judging) known() error {
	t, err := j.row(script.Row(j.a.On, j.with))
	if err != nil {
		return err
	}
	p := Part{Kind: Known, Holds: true, Frame: -1}
	for i, step := range j.a.Steps {
		what := strings.Join(step.Args, " ")
		for _, key := range t.Keys {
			if p.Holds && len(key) >= shortest && strings.Contains(what, key) && !brought(t, key) {
				p.Holds, p.Frame = false, i
			}
		}
	}
	j.add(p)
	return nil
}

// brought reports whether a key came to the server with a request before the server had it.
func brought(t *lab.Trace, key string) bool {
	for _, f := range t.Frames {
		for _, e := range f.Events {
			switch e.Kind {
			case event.Request:
				if strings.Contains(e.Message.Raw, key) {
					return true
				}
			case event.Save, event.Sign, event.Response:
				if e.Key == key || strings.Contains(e.Value, key) || e.Message != nil && strings.Contains(e.Message.Raw, key) {
					return false
				}
			}
		}
	}
	return false
}
