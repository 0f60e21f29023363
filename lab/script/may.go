package script

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/near"
)

// A May is what a learner may do.
type May struct {
	Kind    MayKind
	Granted []Grant // MayScript: who may do what
}

// A MayKind is what an answer is made of.
type MayKind int

// The kinds of answers.
const (
	MayScript   MayKind = iota // steps; the switches are locked
	MaySwitches                // switches, and the lesson's own steps
	MayOff                     // the same, but those of the start can only be switched off
	MayPoint                   // places in the run that the lesson's questions ask for
	MayPatch                   // one of the patches
	MayRevoke                  // sessions of an incident to be ended
	MayClaims                  // whether each claim is true, and a run that shows it
)

// mayWords are those of the kinds after MayScript, in their order.
var mayWords = []string{"switches", "switches off", "point", "patch", "revoke", "claims"}

// A Grant is what somebody may do.
type Grant struct {
	Who   string // "mallory", or "mallory@alice" at Alice's browser
	Verbs []string
}

// with says which verb each of these is granted with.
var with = map[string]string{"remove": "serve", "back": "get", "reload": "get", "tab": "get"}

// Grants reports whether m lets a learner have the step done.
func (m May) Grants(step Step) bool {
	who := step.Who
	if step.At != "" && step.At != step.Who {
		who += "@" + step.At
	}
	verb := cmp.Or(with[step.Verb], step.Verb)
	return slices.ContainsFunc(m.Granted, func(g Grant) bool {
		return g.Who == who && (slices.Contains(g.Verbs, step.Verb) || slices.Contains(g.Verbs, verb))
	})
}

// allows returns nil if m grants the step.
func (m May) allows(step Step) error {
	if m.Grants(step) {
		return nil
	}
	return fmt.Errorf("%q is not granted: write \"%s %s\" into \"may\", which stands before it", step, step.Who, step.Verb)
}

// String is the inverse of parseMay.
func (m May) String() string {
	if m.Kind != MayScript {
		return mayWords[m.Kind-1]
	}
	var groups []string
	for _, g := range m.Granted {
		groups = append(groups, g.Who+" "+strings.Join(g.Verbs, " "))
	}
	return strings.Join(groups, "; ")
}

// parseMay reads "WHO VERB …; WHO VERB …", or one of mayWords.
func parseMay(text string) (m May, err error) {
	if i := slices.Index(mayWords, text); i >= 0 {
		return May{Kind: MayKind(i + 1)}, nil
	}
	for _, group := range strings.Split(text, ";") {
		words := strings.Fields(group)
		if len(words) < 2 {
			return m, fmt.Errorf("want \"WHO VERB …; WHO VERB …\" or %s, got %q%s", strings.Join(mayWords, ", "), text, near.Hint(text, mayWords))
		}
		g := Grant{Who: words[0], Verbs: words[1:]}
		if slices.ContainsFunc(m.Granted, func(o Grant) bool { return o.Who == g.Who }) {
			return m, fmt.Errorf("%s is granted something twice: write it in one group", g.Who)
		}
		for _, name := range g.Verbs {
			if err := grantable(g.Who, name); err != nil {
				return m, err
			}
		}
		m.Granted = append(m.Granted, g)
	}
	return m, nil
}

// grantable returns nil if who can do what the verb does.
func grantable(actor, name string) error {
	who, at, sits := strings.Cut(actor, "@")
	step := Step{Who: who, At: at, Verb: name}
	v, known := verb(name)
	switch {
	case sits && at == who:
		return fmt.Errorf("%s sits at her own browser anyhow: write %s", who, who)
	case known && v.Open:
		return fmt.Errorf("%q stands for steps of the lesson and cannot be granted", name)
	case known && step.by(actor) == nil:
		step.Args = make([]string, v.Least) // as many as it takes; what they say is checked when they are there
		v.Check = nil
		return step.takes(v)
	}
	return step.check(actor)
}

// goals checks what goals need as a whole.
func (p *parser) goals() error {
	c := &p.course
	for _, s := range c.Scripts {
		if p.line = s.Line; len(s.Steps) == 0 {
			return fmt.Errorf("the script %q has no steps", s.Name)
		}
		if !slices.ContainsFunc(c.Goals, func(g Goal) bool { return g.plays(s.Name) }) {
			return fmt.Errorf("no goal has the script %q", s.Name)
		}
	}
	for i := range c.Goals {
		g := &c.Goals[i]
		p.line = g.Line
		if err := g.check(c); err != nil {
			return err
		}
	}
	return nil
}

// plays reports whether g has to do with the script of that name.
func (g *Goal) plays(name string) bool {
	return g.Script == name || slices.ContainsFunc(g.Need, func(t Term) bool { return t.Word == TermScript && t.Text == name })
}

// check returns what is wrong with g as a whole, which is one of c.
func (g *Goal) check(c *Course) error {
	if n := len(g.Hints); n != 3 {
		return fmt.Errorf("a goal has three hints, not %d", n)
	}
	if err := c.has(g.Script); err != nil {
		return err
	}
	for _, t := range g.Need {
		if t.Word == TermScript {
			if err := c.has(t.Text); err != nil {
				return err
			}
		}
	}
	for _, x := range []struct {
		kind MayKind
		n    int
		what string
	}{{MayPatch, len(g.Patches), "patch"}, {MayClaims, len(g.Claims), "claim"}} {
		switch {
		case g.May.Kind == x.kind && x.n < 2:
			return fmt.Errorf("want two lines \"%s: …\" at least, got %d", x.what, x.n)
		case g.May.Kind != x.kind && x.n > 0:
			return fmt.Errorf("a learner who may not %q chooses from no %s", mayWords[x.kind-1], x.what)
		}
	}
	switch kind := g.May.Kind; {
	case kind == MayPoint && c.Asks == nil:
		return fmt.Errorf("a learner is to point at something, and no section \"ask\" asks for it")
	case kind != MayPoint && kind != MayClaims && g.Need == nil:
		return fmt.Errorf("a section \"goal\" needs a line \"need: PREDICATE\"")
	case kind == MayOff && g.Start == "":
		return fmt.Errorf("nothing is on that could be switched off: want a line \"start: ROW\"")
	case g.Minimal != "" && kind != MaySwitches && kind != MayOff:
		return fmt.Errorf("only of switches one can be left out")
	case kind != MayRevoke && slices.ContainsFunc(g.Need, func(t Term) bool { return t.Word == TermRevokes }):
		return fmt.Errorf("a learner who may not \"revoke\" ends no session")
	}
	return nil
}

// has returns nil if there is a script of that name, or none is named.
func (c *Course) has(name string) error {
	if name == "" || c.ScriptOf(name) != nil {
		return nil
	}
	var names []string
	for _, s := range c.Scripts {
		names = append(names, s.Name)
	}
	return fmt.Errorf("no section is \"-- script %s --\"%s", name, near.Hint(name, names))
}
