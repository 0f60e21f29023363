//go:build !wasm

package audit

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	core "fixlab/lab/audit"
)

// A carrier is an answer with an address on it that holds what is a cookie's value, or is
// called as Java calls a session's id.
type carrier struct {
	exchange int
	cookie   string // the cookie's name; "" where the name in the address says it
	name     string // of the parameter: ";jsessionid", "sid"
}

// minID is how long a value is that is not in an address by chance.
const minID = 16

// carriers notes of an answer which of its links and forms carry an id on.
func (c *client) carriers(b *browser, a *answer) {
	const java = ";jsessionid="
	found := bytes.Contains(bytes.ToLower(a.body), []byte(java))
	var ids []core.Pair
	for _, e := range b.jar.All() {
		value := e.Value
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		if len(value) >= minID && (bytes.Contains(a.body, []byte(e.Value)) || bytes.Contains(a.body, []byte(value))) {
			ids, found = append(ids, core.Pair{Name: e.Name, Value: value}), true
		}
	}
	if !found {
		return
	}
	note := func(to *url.URL) {
		low := strings.ToLower(to.Path)
		if strings.Contains(low, java) && !strings.Contains(strings.ToLower(a.url.Path), java) {
			c.bearing = append(c.bearing, carrier{a.exchange, "", ";jsessionid"})
		}
		for _, id := range ids {
			for name, values := range to.Query() {
				if slices.Contains(values, id.Value) && !a.url.Query().Has(name) {
					c.bearing = append(c.bearing, carrier{a.exchange, id.Name, name})
				}
			}
		}
	}
	p := read(a)
	for _, l := range p.links {
		note(l.to)
	}
	for _, f := range p.forms {
		note(f.action)
	}
}

// addressed adds to what is said of addresses those on pages.
func (r *run) addressed(found []core.Result) {
	for i := range found {
		x := &found[i]
		if x.ID != "A6" {
			continue
		}
		for _, at := range r.bearing {
			if at.cookie != "" && !slices.Contains(r.session, at.cookie) {
				continue
			}
			says := fmt.Sprintf("A page has an address with %s=.", at.name)
			if x.Verdict == core.Worked && slices.ContainsFunc(x.Evidence, func(e core.Evidence) bool { return e.Says == says }) {
				continue
			}
			if x.Verdict != core.Worked {
				x.Verdict, x.Because = core.Worked, says
			}
			seen := r.exchanges[at.exchange]
			u, err := url.Parse(seen.URL)
			if err != nil {
				continue
			}
			x.Evidence = append(x.Evidence, core.Evidence{Exchange: at.exchange, Request: seen.Method + " " + r.path(u), Status: seen.Status, Says: says})
		}
	}
}
