package lab

import (
	"slices"
	"strings"

	"fixlab/lab/event"
)

// A Delivery says what Alice's browser brought to her login.
type Delivery string

// The deliveries, worst first.
const (
	Alone   Delivery = "alone"   // Mallory's value, and no other under that name
	Before  Delivery = "before"  // both, Mallory's first: a server that reads the first takes it
	After   Delivery = "after"   // both, Mallory's last: a server that reads the last takes it
	Blocked Delivery = "blocked" // Mallory's value was not there
)

// Delivered reads off the run what Alice's browser brought when she first
// logged in, and the frame in which she did; the last one if she never did.
func (t *Trace) Delivered() (d Delivery, frame int) {
	j := hear(t)
	login, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Login && e.Person == event.Alice && e.By == event.Alice
	})
	if !ok {
		return Blocked, len(t.Frames) - 1
	}
	sent, _ := j.Last(func(e *event.Event) bool {
		return e.Kind == event.Request && e.Frame == login.Frame && e.Seq < login.Seq
	})
	bait := t.Vars["bait"]
	if bait == "" {
		bait = t.Vars["loot"]
	}
	var values []string
	for _, c := range event.CookiesOf(sent) {
		if strings.TrimSpace(c.Name()) == t.Cookie { // some servers strip the space, so it counts
			values = append(values, c.Value)
		}
	}
	at := slices.Index(values, bait)
	switch {
	case at < 0 || bait == "":
		return Blocked, login.Frame
	case len(values) == 1:
		return Alone, login.Frame
	case at == 0:
		return Before, login.Frame
	}
	return After, login.Frame
}
