package survey

import (
	"iter"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// A Job is what the page asks of its worker.
type Job struct {
	Kind string         // "explore" or "why"
	For  string         // the question; its answers say it again
	Play scenarios.Play // the run that it is about
	Mode Mode
	Wide bool

	Part, Parts int // of a wide one: it plays the Part-th of so many parts, from 0
}

// An Answer is a part of what a job finds.
type Answer struct {
	For    string
	Kind   string   // "row", "server", "space", "why", "end" or "error"
	Done   int      `json:",omitempty"`
	Of     int      `json:",omitempty"`
	Runs   int      `json:",omitempty"`
	Cells  []Ending `json:",omitempty"`
	Space  *Space   `json:",omitempty"`
	Why    *Why     `json:",omitempty"`
	Error  string   `json:",omitempty"`
	OnPage bool     `json:",omitempty"`
}

// Runs memoizes the runs that were made, so that a question that one of them
// answers needs no other: a switch that a run did not look at changes nothing.
type Runs map[arranged]*memo

// arranged tells scenarios apart: a lesson by its name, as it is played.
type arranged struct {
	name string
	script.Setup
}

// A memo holds the runs of one scenario.
type memo struct {
	player *explore.Player
	runs   []run
}

type run struct {
	on     defence.Set // of those that were asked
	result explore.Result
}

// memo returns the runs of s.
func (l Runs) memo(s *script.Scenario) (*memo, error) {
	key := arranged{s.Name, s.Setup}
	if l[key] == nil {
		player, err := explore.NewPlayer(s)
		if err != nil {
			return nil, err
		}
		l[key] = &memo{player: player}
	}
	return l[key], nil
}

// play returns how s ends under d.
func (h *memo) play(d defence.Set) (explore.Result, error) {
	for i := range h.runs {
		if k := &h.runs[i]; d&k.result.Asked == k.on {
			return k.result, nil
		}
	}
	r, err := h.player.Play(d)
	if err == nil {
		h.runs = append(h.runs, run{d & r.Asked, r})
	}
	return r, err
}

// ending plays s over a route.
func (l Runs) ending(s *script.Scenario, with script.Setup, route string, d defence.Set) (Ending, error) {
	with.Route = route
	played, err := scenarios.Arrange(s, with)
	if err != nil {
		return Ending{}, err
	}
	shelf, err := l.memo(played)
	if err != nil {
		return Ending{}, err
	}
	r, err := shelf.play(d)
	if err != nil {
		return Ending{}, err
	}
	return Ending{r.Outcome, r.Frame, r.Holds(event.Broken)}, nil
}

// pause is how often the figures of a space are told at most.
const pause = 100 * time.Millisecond

// breaks reports whether d keeps alice from her account where nobody attacks.
func (l Runs) breaks(s *script.Scenario, with script.Setup, d defence.Set) (bool, error) {
	shelf, err := l.memo(scenarios.Honest(s, with))
	if err != nil {
		return false, err
	}
	r, err := shelf.play(d)
	return r.Holds(event.Broken), err
}

// Do carries a job out. It yields what it finds as soon as it has it, and at
// last an "end" or an "error".
func (l Runs) Do(j Job) iter.Seq[Answer] {
	return func(yield func(Answer) bool) {
		var err error
		more := true
		tell := func(a Answer) bool {
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
			tell(Answer{Kind: "error", Error: "This cannot be played: " + err.Error() + "."})
		}
	}
}

func (l Runs) explore(j Job, tell func(Answer) bool) error {
	played, err := j.Play.Scenario()
	if err != nil {
		return err
	}
	s, with, present := Lesson(), played.Setup, j.Play.On
	orders := j.Mode.Orders(present)
	before := l.made()
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
	report := func(a Answer) bool {
		if a.Kind == "row" || a.Kind == "server" {
			done++
		}
		a.Done, a.Of, a.Runs = done, of, l.made()-before
		return tell(a)
	}
	cells := func(with script.Setup, d defence.Set, routes ...string) ([]Ending, error) {
		var row []Ending
		for _, route := range routes {
			c, err := l.ending(s, with, route, d)
			if err != nil {
				return nil, err
			}
			row = append(row, c)
			if !tell(Answer{}) {
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
		row, err := cells(with, o.Set, append(routes, Control)...)
		if row == nil {
			return err
		}
		if row[len(routes)].Broken, err = l.breaks(s, with, o.Set); err != nil {
			return err
		}
		if !report(Answer{Kind: "row", Cells: row}) {
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
		if !report(Answer{Kind: "server", Cells: row}) {
			return nil
		}
	}

	// Every combination.
	began := time.Now()
	told := began
	sp := Space{Wide: j.Wide, Part: j.Part, Parts: max(1, j.Parts), Attacks: len(attacks)}
	for _, d := range defence.All {
		if scenarios.Switches.Has(d.Set) {
			sp.Switches++
		}
	}
	var spaces []*explore.Space
	player, err := explore.NewPlayer(attacks[0])
	if err != nil {
		return err
	}
	for _, a := range attacks {
		if player, err = player.Next(a); err != nil {
			return err
		}
		found, more := &explore.Space{Over: scenarios.Switches}, true
		err = player.Explore(0, scenarios.Switches, func(leaf explore.Leaf) bool {
			sp.Runs++
			sp.Sets += leaf.Sets
			if !j.Wide {
				found.Leaves = append(found.Leaves, leaf)
			}
			more = tell(Answer{})
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
		if !report(Answer{Kind: "space", Space: &now}) {
			return nil
		}
	}
	if !j.Wide {
		for _, g := range Goals {
			stops, err := explore.Stops(spaces, g.Bad)
			if err != nil {
				return err
			}
			list := make([]Remedy, 0, len(stops))
			for _, stop := range stops {
				c, err := l.ending(s, with, Control, stop.On)
				if err != nil {
					return err
				}
				list = append(list, Remedy{stop.On, stop.Works, c.Step})
				if !tell(Answer{}) {
					return nil
				}
			}
			sp.Remedies = append(sp.Remedies, list)
		}
	}
	sp.Ended = true
	if report(Answer{Kind: "space", Space: &sp}) {
		report(Answer{Kind: "end"})
	}
	return nil
}

// attacksOn returns what to explore: with over every route, or this part of every
// server over every route from every source that makes a difference there.
func attacksOn(s *script.Scenario, with script.Setup, j Job) ([]*script.Scenario, error) {
	if j.Wide {
		all, err := scenarios.Everywhere(s, with)
		if err != nil {
			return nil, err
		}
		parts := max(1, j.Parts)
		return all[len(all)*j.Part/parts : len(all)*(j.Part+1)/parts], nil
	}
	var out []*script.Scenario
	for _, r := range scenarios.Routes {
		with.Route = r.Name
		played, err := scenarios.Arrange(s, with)
		if err != nil {
			return nil, err
		}
		out = append(out, played)
	}
	return out, nil
}

// A Space is what the play of every combination comes to.
type Space struct {
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
	Remedies [][]Remedy `json:",omitempty"` // a list a goal; not when Wide
}

// And returns what two parts come to together, played side by side.
func (sp Space) And(o Space) Space {
	sp.Attacks, sp.Played = sp.Attacks+o.Attacks, sp.Played+o.Played
	sp.Sets, sp.Runs = sp.Sets+o.Sets, sp.Runs+o.Runs
	sp.Seconds, sp.Ended = max(sp.Seconds, o.Seconds), sp.Ended && o.Ended
	return sp
}

// A Remedy is a smallest set of switches with which no attack reaches its goal.
type Remedy struct {
	Set   defence.Set
	Works bool // Alice can still work
	Step  int  // of her day, to show
}

// Goals are what the remedies are against.
var Goals = [...]struct {
	Title string
	Bad   func(*explore.Result) bool
}{
	{"Mallory is never served as Alice", func(r *explore.Result) bool { return r.Outcome.Hijack() }},
	{"Mallory gets nothing at all: no hijack, no forged form, no trap, nothing planted in Alice’s session", func(r *explore.Result) bool {
		return Ending{Outcome: r.Outcome}.Harm()
	}},
}

// runs returns how many runs were made.
func (l Runs) made() int {
	n := 0
	for _, h := range l {
		n += len(h.runs)
	}
	return n
}
