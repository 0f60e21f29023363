package main

import (
	"iter"

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
}

// An answer is a part of what a job finds.
type answer struct {
	For    string
	Kind   string // "row", "server", "space", "why", "end" or "error"
	Done   int    `json:",omitempty"`
	Of     int    `json:",omitempty"`
	Cells  []cell `json:",omitempty"`
	Space  *space `json:",omitempty"`
	Why    *why   `json:",omitempty"`
	Error  string `json:",omitempty"`
	OnPage bool   `json:",omitempty"`
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
func (l library) shelf(s *lab.Scenario) *shelf {
	key := runLink(s, s.Setup, "", 0) + "/" + s.Profile + "/" + s.Route + "/" + s.Token + "/" + lab.Browsers[s.Browser]
	if s.Visited {
		key += "/visited"
	}
	if l[key] == nil {
		l[key] = &shelf{player: lab.NewPlayer(s)}
	}
	return l[key]
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

// cell plays s over a route.
func (l library) cell(s *lab.Scenario, with lab.Setup, route string, d defence.Set) (cell, error) {
	with.Route = route
	played, err := scenarios.Play(s, with)
	if err != nil {
		return cell{}, err
	}
	r, err := l.shelf(played).play(d)
	if err != nil {
		return cell{}, err
	}
	return cell{r.Outcome, r.Frame, r.Holds(lab.Broken)}, nil
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
	servers := server.Profiles
	wide := len(scenarios.Routes)
	of := len(orders)*(wide+1) + len(servers)*wide
	done := 0
	for _, o := range orders {
		row := make([]cell, 0, wide+1)
		for _, route := range scenarios.Routes {
			c, err := l.cell(s, with, route.Name, o.Set)
			if err != nil {
				return err
			}
			row = append(row, c)
		}
		c, err := l.cell(s, with, controlRoute, o.Set)
		if err != nil {
			return err
		}
		row = append(row, c)
		done += len(row)
		if !tell(answer{Kind: "row", Cells: row, Done: done, Of: of}) {
			return nil
		}
	}
	for _, p := range servers {
		row := make([]cell, 0, wide)
		to := with
		to.Profile = p.ID
		for _, route := range scenarios.Routes {
			c, err := l.cell(s, to, route.Name, present)
			if err != nil {
				return err
			}
			row = append(row, c)
		}
		done += len(row)
		if !tell(answer{Kind: "server", Cells: row, Done: done, Of: of}) {
			return nil
		}
	}
	if err := l.space(j, with, func(sp *space) bool {
		return tell(answer{Kind: "space", Space: sp, Done: done, Of: of})
	}); err != nil {
		return err
	}
	tell(answer{Kind: "end", Done: done, Of: of})
	return nil
}
