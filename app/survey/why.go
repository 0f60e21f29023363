package survey

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// A Why is what can be said of a run beyond its verdict. It is read off other
// runs, and holds in this model.
type Why struct {
	Alone    []Otherwise // each switch that, thrown alone, changes the outcome
	ByName   []Named     // each that does so only because the script names the cookie
	Together []Otherwise // when there is none of the first: the smallest sets that do
	Needless []int       // of a successful attack: the steps of Mallory's that it does not need
	Needed   int         // and how many it needs
}

// An Otherwise is what a run comes to when some switches are thrown.
type Otherwise struct {
	Throw defence.Set // see defence.Set.Flip
	On    defence.Set // what is on then
	To    Ending
}

// A Named is what a run comes to when the cookie gets another name, and the script goes on
// to write the old one.
type Named struct {
	Otherwise
	Was, New string // the name that the script writes, and the one that the server then uses
	Ends     Ending // with the new name in the script as well, the switch on or off
}

// why answers the job.
func (l Runs) why(j Job, tell func(Answer) bool) error {
	s, err := j.Play.Scenario()
	if err != nil {
		return err
	}
	d := j.Play.On
	m, err := l.memo(s)
	if err != nil {
		return err
	}
	now, err := m.play(d)
	if err != nil {
		return err
	}
	var w Why
	for _, info := range now.Asked.Infos() { // at no other did the run look
		on := d.Flip(info.Set)
		r, err := m.play(on)
		if err != nil {
			return err
		}
		if r.Outcome != now.Outcome {
			o := Otherwise{info.Set, on, endingOf(r)}
			if by, ok := m.byName(s, d, o); ok {
				w.ByName = append(w.ByName, by)
			} else {
				w.Alone = append(w.Alone, o)
			}
		}
		if !tell(Answer{}) {
			return nil
		}
	}
	if w.Alone == nil {
		sp, more := explore.Space{Over: scenarios.Switches | d}, true
		err := m.player.Explore(0, sp.Over, func(leaf explore.Leaf) bool {
			sp.Leaves = append(sp.Leaves, leaf)
			more = tell(Answer{})
			return more
		})
		if err != nil || !more {
			return err
		}
		for _, c := range sp.Changes(d) {
			if slices.ContainsFunc(w.ByName, func(by Named) bool { return by.Throw == c.Throw }) {
				continue
			}
			if w.Together != nil && c.Throw.Len() > w.Together[0].Throw.Len() {
				break
			}
			on := d
			for _, info := range c.Throw.Infos() {
				on = on.Flip(info.Set)
			}
			w.Together = append(w.Together, Otherwise{c.Throw, on, endingOf(c.To)})
		}
	}
	if now.Outcome.Harm() {
		needed, err := m.player.Needed(d)
		if err != nil {
			return err
		}
		w.Needed = len(needed)
		for i, step := range s.Steps {
			if step.Who == "mallory" && !slices.Contains(needed, i) {
				w.Needless = append(w.Needless, i)
			}
		}
	}
	if tell(Answer{Kind: "why", Why: &w}) {
		tell(Answer{Kind: "end"})
	}
	return nil
}

// byName reports whether o, a run like that of s under d with the cookie's name another,
// ends otherwise only because the script writes the name: with the name that the server uses
// in its place, s ends the same under both.
func (m *memo) byName(s *script.Scenario, d defence.Set, o Otherwise) (by Named, ok bool) {
	if o.Throw&defence.Prefix.Set() == 0 {
		return by, false
	}
	was, before, ok := m.called(s, d)
	new, after, ok2 := m.called(s, o.On)
	if !ok || !ok2 || before.Outcome != after.Outcome {
		return by, false
	}
	if by = (Named{o, was.writes, new.uses, endingOf(after)}); by.Was == by.New { // it is the one that is so now
		by.New = was.uses
	}
	return by, true
}

// names are those of a server's first cookie.
type names struct{ writes, uses string } // in the script, and by the server

// called plays s under d with the names that the server then uses for its cookies, wherever
// the script writes others; ok is false where it writes none.
func (m *memo) called(s *script.Scenario, d defence.Set) (n names, r explore.Result, ok bool) {
	profile, known := server.ByID(s.Profile)
	if !known {
		return n, r, false
	}
	e := server.Env{On: s.Under(d).Has}
	n.uses = e.CookieName(profile.Cookie)
	s, n.writes = s.Naming(profile.Cookie, n.uses)
	if n.writes == "" {
		return n, r, false
	}
	if profile.Beside != "" {
		s, _ = s.Naming(profile.Beside, e.CookieName(profile.Beside))
	}
	player, err := m.player.Next(s)
	if err == nil {
		r, err = player.Play(d)
	}
	return n, r, err == nil
}
