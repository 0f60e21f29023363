package script

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/near"
)

// A Capability is something that an attack needs and that not every attacker has.
type Capability struct{ Name, Has string }

// Capabilities are all of them: the words of a route's "needs" and of a scenario's
// "grants", and what Mallory has who has one, as a clause without a subject.
var Capabilities = []Capability{
	{"link", "gets Alice to open a page or to press a button on it"},
	{"acct", "has an account on the shop"},
	{"js@target", "has a hole through which a script runs on the shop"},
	{"hdr@target", "has a page of the shop that sets cookies as a link tells it"},
	{"hdr@sib", "sends headers from another host of the site"},
	{"js@sib", "runs a script on another host of the site"},
	{"https@sib", "has https there"},
	{"net", "is on the way between Alice and the network, for plain http"},
	{"device", "had her hands on Alice's browser"},
	{"cache", "finds a shared cache in front of the shop that keeps cookies"},
	{"legacy", "finds an old browser or a server that reads names loosely"},
}

// Has says what the capability of that name is, "" for an unknown one.
func Has(name string) string {
	for _, c := range Capabilities {
		if c.Name == name {
			return c.Has
		}
	}
	return ""
}

func setGrants(s *Scenario, value string) error {
	var names []string
	for _, c := range Capabilities {
		names = append(names, c.Name)
	}
	s.Grants = []string{}
	for _, word := range strings.Fields(value) {
		if word == "nothing" {
			continue
		}
		if !slices.Contains(names, word) {
			return fmt.Errorf("unknown capability %q%s", word, near.Choices(word, append(names, "nothing")))
		}
		s.Grants = append(s.Grants, word)
	}
	return nil
}

// Needs returns the capabilities without which nobody does that step. What one does in
// one's own browser, and what one writes on a site of one's own, needs none.
func (s Step) Needs() (names []string) {
	what := strings.Join(s.Args, " ")
	switch {
	case s.Who != event.Mallory:
		if s.Verb == "cache" {
			names = append(names, "cache")
		}
		return names
	case s.Browser() != event.Mallory:
		names = append(names, "device")
	}
	if slices.Contains(s.Args, "user="+event.Mallory) || strings.Contains(what, `value="`+event.Mallory+`"`) {
		names = append(names, "acct")
	}
	if s.Verb != "serve" || len(s.Args) < 2 {
		return names
	}
	scheme, host, _ := strings.Cut(s.Args[0], "://")
	host, _, _ = strings.Cut(host, "/")
	sets, runs := strings.EqualFold(s.Args[1], "Set-Cookie:"), strings.Contains(what, "document.cookie") || strings.Contains(strings.ToLower(what), "<script")
	for _, c := range []struct {
		name  string
		needs bool
	}{
		{"hdr@sib", sets && (host == event.BlogHost || host == event.ForumHost)},
		{"js@sib", runs && host == event.BlogHost},
		{"https@sib", (sets || runs) && host == event.BlogHost && scheme == "https"},
		{"net", scheme == "http" && host != event.BlogHost && host != event.EvilHost && host != event.ForumHost},
		{"js@target", strings.Contains(what, event.ShopHost+"/search?")},
		{"hdr@target", strings.Contains(what, event.ShopHost+"/prefs?")},
	} {
		if c.needs {
			names = append(names, c.name)
		}
	}
	return names
}

// allowed reports which of a step's needs the scenario does not grant. One without
// "grants" in its header grants everything.
func (s *Scenario) allowed(step Step) error {
	if s.Grants == nil {
		return nil
	}
	for _, name := range step.Needs() {
		if !slices.Contains(s.Grants, name) {
			return fmt.Errorf("this needs %s, which the header does not grant: that Mallory %s", name, Has(name))
		}
	}
	return nil
}
