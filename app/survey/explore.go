package survey

import (
	"errors"
	"time"

	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// errStopped says that nobody wants to hear more.
var errStopped = errors.New("stopped")

// An exploring is an explore job while it is carried out.
type exploring struct {
	Runs
	Job
	with     script.Setup
	attacks  []*script.Scenario // of every combination
	done, of int                // parts of the job
	before   int                // runs that were there
	tell     func(Answer) bool
}

// explore answers an explore job.
func (l Runs) explore(j Job, tell func(Answer) bool) error {
	played, err := j.Play.Scenario()
	if err != nil {
		return err
	}
	x := &exploring{Runs: l, Job: j, with: played.Setup, before: l.made(), tell: tell}
	parts := []func() error{x.matrix, x.servers, x.space}
	switch {
	case j.Wide:
		parts = parts[2:]
		x.attacks, err = j.part(Lesson(), x.with)
	case j.Every:
		parts = []func() error{x.matrix, x.space}
		x.attacks, err = j.ways(Lesson(), x.with)
	default:
		x.of = len(server.Profiles)
		x.attacks, err = j.ways(Lesson(), x.with)
	}
	if err != nil {
		return err
	}
	x.of += len(x.attacks)
	if !j.Wide {
		x.of += len(j.Orders())
	}
	for _, part := range parts {
		switch err := part(); {
		case err == errStopped:
			return nil
		case err != nil:
			return err
		}
	}
	x.report(Answer{Kind: "end"})
	return nil
}

// breathe lets others go first.
func (x *exploring) breathe() bool { return x.tell(Answer{}) }

// report hands an answer out with how far the job is.
func (x *exploring) report(a Answer) error {
	a.Done, a.Of, a.Runs = x.done, x.of, x.made()-x.before
	if !x.tell(a) {
		return errStopped
	}
	return nil
}

// matrix plays the rows, Alice's day at the end of each.
func (x *exploring) matrix() error {
	for _, o := range x.Orders() {
		row, err := x.row(x.attacks, o.Set, x.breathe)
		if err != nil {
			return err
		}
		day, err := x.day(x.with, o.Set)
		if err != nil {
			return err
		}
		if !x.breathe() {
			return errStopped
		}
		x.done++
		if err := x.report(Answer{Kind: "row", Cells: append(row, day)}); err != nil {
			return err
		}
	}
	return nil
}

// servers plays the present set on every server.
func (x *exploring) servers() error {
	for _, p := range server.Profiles {
		to := x.with
		to.Profile = p.ID
		attacks, err := x.ways(Lesson(), to)
		if err != nil {
			return err
		}
		row, err := x.row(attacks, x.Play.On, x.breathe)
		if err != nil {
			return err
		}
		x.done++
		if err := x.report(Answer{Kind: "server", Cells: row}); err != nil {
			return err
		}
	}
	return nil
}

// pause is how often the figures of a space are told at most.
const pause = 100 * time.Millisecond

// space plays the attacks under every combination.
func (x *exploring) space() error {
	began := time.Now()
	told := began
	sp := Space{Wide: x.Wide, Part: x.Part, Parts: max(1, x.Parts), Attacks: len(x.attacks), Switches: scenarios.Switches.Len()}
	var spaces []*explore.Space // none when wide: they are many, and nothing is asked of them
	player, err := explore.NewPlayer(x.attacks[0])
	if err != nil {
		return err
	}
	for _, a := range x.attacks {
		if player, err = player.Next(a); err != nil {
			return err
		}
		found, more := &explore.Space{Over: scenarios.Switches}, true
		err := player.Explore(0, scenarios.Switches, func(leaf explore.Leaf) bool {
			sp.Runs++
			sp.Sets += leaf.Sets
			if !x.Wide {
				found.Add(leaf)
			}
			more = x.breathe()
			return more
		})
		if err != nil {
			return err
		}
		if !more {
			return errStopped
		}
		spaces = append(spaces, found)
		sp.Played++
		sp.Seconds = time.Since(began).Seconds()
		x.done++
		if time.Since(told) < pause && sp.Played < sp.Attacks {
			continue
		}
		told = time.Now()
		now := sp
		if err := x.report(Answer{Kind: "space", Space: &now}); err != nil {
			return err
		}
	}
	if !x.Wide {
		if err := x.conclude(&sp, spaces, player); err != nil {
			return err
		}
	}
	sp.Ended = true
	return x.report(Answer{Kind: "space", Space: &sp})
}

// conclude adds to sp what the spaces of the attacks come to together.
func (x *exploring) conclude(sp *Space, spaces []*explore.Space, player *explore.Player) error {
	player, err := player.Next(scenarios.Honest(Lesson(), x.with))
	if err != nil {
		return err
	}
	honest, err := player.Space(0, scenarios.Switches)
	if err != nil {
		return err
	}
	for _, g := range Goals {
		stops, err := explore.Stops(append(spaces, honest), g.Bad)
		if err != nil {
			return err
		}
		list := make([]Remedy, 0, len(stops))
		for _, stop := range stops {
			day, err := x.day(x.with, stop.On)
			if err != nil {
				return err
			}
			list = append(list, Remedy{stop.On, stop.Works, day.Step})
			if !x.breathe() {
				return errStopped
			}
		}
		sp.Remedies = append(sp.Remedies, list)
	}
	if x.Every {
		for _, o := range x.Orders() {
			var c Credit
			c.Stops, c.Of = explore.Credit(spaces, o.Set, Goals[0].Bad)
			sp.Credits = append(sp.Credits, c)
		}
	}
	return nil
}
