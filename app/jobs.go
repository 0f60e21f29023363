package main

import (
	"iter"
	"time"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// A job is what the page asks of its worker.
type job struct {
	Kind string // "explore" or "why"
	For  string // the question; its answers say it again
	Link string // the lab's link to the run that it is about
	Mode Mode
	Wide bool

	Part, Parts int // of a wide one: it plays the Part-th of so many parts, from 0
}

// An answer is a part of what a job finds.
type answer struct {
	For    string
	Kind   string   // "row", "server", "space", "why", "end" or "error"
	Done   int      `json:",omitempty"`
	Of     int      `json:",omitempty"`
	Runs   int      `json:",omitempty"`
	Cells  []ending `json:",omitempty"`
	Space  *space   `json:",omitempty"`
	Why    *why     `json:",omitempty"`
	Error  string   `json:",omitempty"`
	OnPage bool     `json:",omitempty"`
}

// A library keeps the runs that were made, so that a question that one of them
// answers needs no other: a switch that a run did not look at changes nothing.
type library map[string]*shelf

// A shelf holds the runs of one scenario.
type shelf struct {
	player *lab.Player
	runs   []kept
}

type kept struct {
	on     defence.Set // of those that were asked
	result lab.Result
}

// shelf returns the runs of s.
func (l library) shelf(s *lab.Scenario) (*shelf, error) {
	key := runLink(s, s.Setup, "", 0) + "/" + s.Profile + "/" + s.Route + "/" + s.Token + "/" + lab.Browsers[s.Browser]
	if s.Visited {
		key += "/visited"
	}
	if l[key] == nil {
		player, err := lab.NewPlayer(s)
		if err != nil {
			return nil, err
		}
		l[key] = &shelf{player: player}
	}
	return l[key], nil
}

// play returns how s ends under d.
func (h *shelf) play(d defence.Set) (lab.Result, error) {
	for i := range h.runs {
		if k := &h.runs[i]; d&k.result.Asked == k.on {
			return k.result, nil
		}
	}
	r, err := h.player.Play(d)
	if err == nil {
		h.runs = append(h.runs, kept{d & r.Asked, r})
	}
	return r, err
}

// ending plays s over a route.
func (l library) ending(s *lab.Scenario, with lab.Setup, route string, d defence.Set) (ending, error) {
	with.Route = route
	played, err := scenarios.Play(s, with)
	if err != nil {
		return ending{}, err
	}
	shelf, err := l.shelf(played)
	if err != nil {
		return ending{}, err
	}
	r, err := shelf.play(d)
	if err != nil {
		return ending{}, err
	}
	return ending{r.Outcome, r.Frame, r.Holds(lab.Broken)}, nil
}

// pause is how often the figures of a space are told at most.
const pause = 100 * time.Millisecond

// breaks reports whether d keeps alice from her account where nobody attacks.
func (l library) breaks(s *lab.Scenario, with lab.Setup, d defence.Set) (bool, error) {
	shelf, err := l.shelf(scenarios.Honest(s, with))
	if err != nil {
		return false, err
	}
	r, err := shelf.play(d)
	return r.Holds(lab.Broken), err
}

// do carries a job out. It yields what it finds as soon as it has it, and at
// last an "end" or an "error".
func (l library) do(j job) iter.Seq[answer] {
	return func(yield func(answer) bool) {
		var err error
		more := true
		tell := func(a answer) bool {
			a.For = j.For
			more = more && yield(a)
			return more
		}
		switch j.Kind {
		case "explore":
			err = l.explore(j, tell)
		case "why":
			err = l.why(j, tell)
		}
		switch {
		case !more:
		case err != nil:
			tell(answer{Kind: "error", Error: "This cannot be played: " + err.Error() + "."})
		}
	}
}

func (l library) explore(j job, tell func(answer) bool) error {
	m := ParseFragment(j.Link)
	s, with, present := exploreOwn(), m.Scenario.Setup, m.Defences
	orders := j.Mode.orders(present)
	before := l.runs()
	servers := server.Profiles
	if j.Wide {
		orders, servers = nil, nil // the tables are there
	}
	done, of := 0, len(orders)+len(servers)
	attacks, err := attacksOn(s, with, j)
	if err != nil {
		return err
	}
	of += len(attacks)
	report := func(a answer) bool {
		if a.Kind == "row" || a.Kind == "server" {
			done++
		}
		a.Done, a.Of, a.Runs = done, of, l.runs()-before
		return tell(a)
	}
	cells := func(with lab.Setup, d defence.Set, routes ...string) ([]ending, error) {
		var row []ending
		for _, route := range routes {
			c, err := l.ending(s, with, route, d)
			if err != nil {
				return nil, err
			}
			row = append(row, c)
			if !tell(answer{}) {
				return nil, nil
			}
		}
		return row, nil
	}
	var routes []string
	for _, r := range scenarios.Routes {
		routes = append(routes, r.Name)
	}
	for _, o := range orders {
		row, err := cells(with, o.Set, append(routes, controlRoute)...)
		if row == nil {
			return err
		}
		if row[len(routes)].Broken, err = l.breaks(s, with, o.Set); err != nil {
			return err
		}
		if !report(answer{Kind: "row", Cells: row}) {
			return nil
		}
	}
	for _, p := range servers {
		to := with
		to.Profile = p.ID
		row, err := cells(to, present, routes...)
		if row == nil {
			return err
		}
		if !report(answer{Kind: "server", Cells: row}) {
			return nil
		}
	}

	// Every combination.
	began := time.Now()
	told := began
	sp := space{Wide: j.Wide, Part: j.Part, Parts: max(1, j.Parts), Attacks: len(attacks)}
	for _, d := range defence.All {
		if scenarios.Switches.Has(d.Set) {
			sp.Switches++
		}
	}
	var spaces []*lab.Space
	player, err := lab.NewPlayer(attacks[0])
	if err != nil {
		return err
	}
	for _, a := range attacks {
		if player, err = player.Next(a); err != nil {
			return err
		}
		found, more := &lab.Space{Over: scenarios.Switches}, true
		err = player.Explore(0, scenarios.Switches, func(leaf lab.Leaf) bool {
			sp.Runs++
			sp.Sets += leaf.Sets
			if !j.Wide {
				found.Leaves = append(found.Leaves, leaf)
			}
			more = tell(answer{})
			return more
		})
		if err != nil || !more {
			return err
		}
		spaces = append(spaces, found)
		sp.Played++
		sp.Seconds = time.Since(began).Seconds()
		done++
		if time.Since(told) < pause && sp.Played < sp.Attacks {
			continue
		}
		told = time.Now()
		now := sp
		if !report(answer{Kind: "space", Space: &now}) {
			return nil
		}
	}
	if !j.Wide {
		for _, g := range goals {
			stops, err := lab.Stops(spaces, g.Bad)
			if err != nil {
				return err
			}
			list := make([]remedy, 0, len(stops))
			for _, stop := range stops {
				c, err := l.ending(s, with, controlRoute, stop.On)
				if err != nil {
					return err
				}
				list = append(list, remedy{stop.On, stop.Works, c.Step})
				if !tell(answer{}) {
					return nil
				}
			}
			sp.Remedies = append(sp.Remedies, list)
		}
	}
	sp.Ended = true
	if report(answer{Kind: "space", Space: &sp}) {
		report(answer{Kind: "end"})
	}
	return nil
}

// attacksOn returns what to explore: with over every route, or this part of every
// server over every route from every source that makes a difference there.
func attacksOn(s *lab.Scenario, with lab.Setup, j job) ([]*lab.Scenario, error) {
	if j.Wide {
		all, err := scenarios.Everywhere(s, with)
		if err != nil {
			return nil, err
		}
		parts := max(1, j.Parts)
		return all[len(all)*j.Part/parts : len(all)*(j.Part+1)/parts], nil
	}
	var out []*lab.Scenario
	for _, r := range scenarios.Routes {
		with.Route = r.Name
		played, err := scenarios.Play(s, with)
		if err != nil {
			return nil, err
		}
		out = append(out, played)
	}
	return out, nil
}

// A space is what the play of every combination comes to.
type space struct {
	Wide     bool // every server, every route and every source
	Part     int  // see job
	Parts    int
	Attacks  int
	Played   int // of them
	Switches int
	Sets     int // combinations covered
	Runs     int // made for that
	Seconds  float64
	Ended    bool
	Remedies [][]remedy `json:",omitempty"` // a list a goal; not when Wide
}

// and returns what two parts come to together, played side by side.
func (sp space) and(o space) space {
	sp.Attacks, sp.Played = sp.Attacks+o.Attacks, sp.Played+o.Played
	sp.Sets, sp.Runs = sp.Sets+o.Sets, sp.Runs+o.Runs
	sp.Seconds, sp.Ended = max(sp.Seconds, o.Seconds), sp.Ended && o.Ended
	return sp
}

// A remedy is a smallest set of switches with which no attack reaches its goal.
type remedy struct {
	Set   defence.Set
	Works bool // Alice can still work
	Step  int  // of her day, to show
}

// goals are what the remedies are against.
var goals = [...]struct {
	Title string
	Bad   func(*lab.Result) bool
}{
	{"Mallory is never served as Alice", func(r *lab.Result) bool { return r.Outcome.Hijack() }},
	{"Mallory gets nothing at all: no hijack, no forged form, no trap, nothing planted in Alice’s session", func(r *lab.Result) bool {
		return ending{Outcome: r.Outcome}.harm()
	}},
}

// runs returns how many runs were made.
func (l library) runs() int {
	n := 0
	for _, h := range l {
		n += len(h.runs)
	}
	return n
}
