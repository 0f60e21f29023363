package survey

import (
	"fixlab/lab/defence"
	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

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

// play returns how the scenario ends under d.
func (m *memo) play(d defence.Set) (explore.Result, error) {
	for i := range m.runs {
		if r := &m.runs[i]; d&r.result.Asked == r.on {
			return r.result, nil
		}
	}
	r, err := m.player.Play(d)
	if err == nil {
		m.runs = append(m.runs, run{d & r.Asked, r})
	}
	return r, err
}

// ending returns how s ends under d.
func (l Runs) ending(s *script.Scenario, d defence.Set) (Ending, error) {
	m, err := l.memo(s)
	if err != nil {
		return Ending{}, err
	}
	r, err := m.play(d)
	if err != nil {
		return Ending{}, err
	}
	return endingOf(r), nil
}

// day returns Alice's day under d: her run over Control, Broken where she cannot
// work though nobody attacks.
func (l Runs) day(with script.Setup, d defence.Set) (Ending, error) {
	with.Route = Control
	s, err := scenarios.Arrange(Lesson(), with)
	if err != nil {
		return Ending{}, err
	}
	shown, err := l.ending(s, d)
	if err != nil {
		return Ending{}, err
	}
	honest, err := l.ending(scenarios.Honest(Lesson(), with), d)
	shown.Broken = honest.Broken
	return shown, err
}

// row plays attacks, which come route after route, under d: a cell for each
// route. It calls breathe after each run; the row is nil when that returns false.
func (l Runs) row(attacks []*script.Scenario, d defence.Set, breathe func() bool) (Row, error) {
	var row Row
	for i, s := range attacks {
		e, err := l.ending(s, d)
		switch n := len(row); {
		case err != nil:
			return nil, err
		case i == 0 || attacks[i-1].Route != s.Route:
			row = append(row, e)
		case e.Outcome.Worse(row[n-1].Outcome):
			row[n-1] = e
		}
		if !breathe() {
			return nil, nil
		}
	}
	return row, nil
}

// made returns how many runs were made.
func (l Runs) made() int {
	n := 0
	for _, m := range l {
		n += len(m.runs)
	}
	return n
}
