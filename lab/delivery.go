package lab

import (
	"slices"
	"strings"
)

// A Delivery says what alice's browser brought to her login.
type Delivery string

// The deliveries, worst first.
const (
	Alone   Delivery = "alone"   // Mallory's value, and no other under that name
	Before  Delivery = "before"  // both, Mallory's first: a server that reads the first takes it
	After   Delivery = "after"   // both, Mallory's last: a server that reads the last takes it
	Blocked Delivery = "blocked" // Mallory's value was not there
)

// Delivered reads off the run what alice's browser brought when she first
// logged in, and the frame in which she did; the last one if she never did.
func (t *Trace) Delivered() (d Delivery, frame int) {
	j := newJury(t)
	login, ok := j.first(func(e *Event) bool { return e.Kind == Login && e.Person == "alice" && e.User == "alice" })
	if !ok {
		return Blocked, len(t.Frames) - 1
	}
	sent, _ := j.last(func(e *Event) bool { return e.Kind == Request && e.frame == login.frame && e.Seq < login.Seq })
	bait := t.Vars["bait"]
	if bait == "" {
		bait = t.Vars["loot"]
	}
	var values []string
	for _, c := range cookiesOf(sent) {
		if strings.TrimSpace(c.name()) == t.Cookie { // some servers strip the space, so it counts
			values = append(values, c.value)
		}
	}
	at := slices.Index(values, bait)
	switch {
	case at < 0 || bait == "":
		return Blocked, login.frame
	case len(values) == 1:
		return Alone, login.frame
	case at == 0:
		return Before, login.frame
	}
	return After, login.frame
}
