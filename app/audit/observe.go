//go:build !wasm

package audit

import (
	"context"
	"fmt"
	"strings"

	core "fixlab/lab/audit"
	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// observe adds what is seen without attacking: attributes, headers, addresses, ids.
func (r *run) observe(ctx context.Context) {
	found := core.Attributes(r.exchanges, r.session, r.privatePath(), r.base.Scheme == "https")
	r.addressed(found)
	r.report.Results = append(r.report.Results, found...)
	r.report.Planting = r.planting()
	if r.Mode == core.Quick {
		return
	}
	if len(r.session) > 0 {
		r.report.Results = append(r.report.Results, r.ids(ctx))
	}
	if t := r.recognised(); t.ID == "" && (t.Payload != "" || t.Sealed) {
		for i := range r.report.Results {
			if x := &r.report.Results[i]; (x.ID == "L1" || x.ID == "L2") && x.Verdict == core.Worked {
				x.Because += " The cookie is the session itself: there is no id in it to fixate, and nothing on the server that could end a copy."
			}
		}
	}
}

// twice finds out which of two session cookies in one request counts: one that is planted
// beside the genuine one comes before it or after it, see RFC 6265bis 5.8.3.
func (r *run) twice(ctx context.Context) {
	alice, mallory := r.sessionOf(r.jars["alice"]), r.sessionOf(r.jars["mallory"])
	if len(alice) != 1 || len(mallory) != 1 || r.rolls() {
		return
	}
	ask := func(first, second cookie.Entry) core.Who {
		b := newBrowser()
		b.raw = cookie.Header([]*cookie.Entry{&first, &second})
		who, err := r.look(ctx, b, false)
		if err != nil {
			return core.Unclear
		}
		return who
	}
	one, other := ask(alice[0], mallory[0]), ask(mallory[0], alice[0])
	switch {
	case one == core.Victim && other == core.Attacker:
		r.reads = "Of two cookies of its name in one request the server reads the first: one planted with a longer Path wins."
	case one == core.Attacker && other == core.Victim:
		r.reads = "Of two cookies of its name in one request the server reads the last: one planted later on the same path wins."
	case one == core.Nobody && other == core.Nobody:
		r.reads = "Two cookies of its name in one request log nobody in."
	}
}

// visits is how many visitors ids asks for an id each.
func (r *run) visits() int {
	if r.Mode == core.Full {
		return 20
	}
	return 5
}

// ids looks at the ids that visitors get: whether one comes twice, and what fits into one.
// It is no figure of randomness: twenty ids tell nothing of that.
func (r *run) ids(ctx context.Context) core.Result {
	x := core.Result{ID: "E1", Title: "Session ids that repeat, or are too short", Class: core.Weakness, Cookies: r.session, Verdict: core.DidNotWork,
		Refs: []core.Reference{core.RefRandom, core.RefEntropy}}
	seen := map[string]bool{}
	room := 0 // of the widest: an id of digits alone may be one of 16 hexadecimal ones
	for range r.visits() {
		b := newBrowser()
		if err := r.visit(ctx, b); err != nil {
			x.Verdict, x.Because = core.Inconclusive, err.Error()
			return x
		}
		for _, e := range r.sessionOf(b) {
			id, bits := idOf(e)
			if id == "" {
				continue
			}
			if seen[id] {
				x.Verdict, x.Because, x.Cause = core.Worked, "Two visitors got the same id.", "Ids are not made anew for every visitor."
				return x
			}
			seen[id], room = true, max(room, bits)
		}
	}
	switch {
	case len(seen) == 0:
		x.Verdict, x.Because = core.NotApplicable, "Visitors get no id, or it cannot be read."
	case room < token.IDBits:
		x.Verdict, x.Because, x.Cause = core.Worked, fmt.Sprintf("An id has room for %d bits at most.", room), "Ids are too short."
	default:
		x.Because = fmt.Sprintf("Of %d visitors’ ids %d could be read. They are different, with room for at most %d bits each. That says nothing of how random they are.", r.visits(), len(seen), room)
	}
	x.Because = strings.TrimSpace(x.Because)
	return x
}

// idOf is the id in a session cookie, and how many bits it has room for; "" where it has data,
// or cannot be read. What is too short to look like an id is one here: the cookie carries a
// session.
func idOf(e cookie.Entry) (id string, bits int) {
	t := token.Recognise(e.Name, e.Value)
	if t.ID == "" && t.Of == "" && t.Payload == "" && !t.Signed && len(e.Value) < shortest {
		return e.Value, token.Bits(e.Value)
	}
	return t.ID, t.Bits
}

// shortest is how many characters an encrypted session has at least.
const shortest = 24
