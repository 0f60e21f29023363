package script

import (
	"fmt"

	"fixlab/lab/defence"
)

// Fixed returns the switches that a learner cannot throw: those of On, which are on
// in every run of s, and those that exclude one of them, which are off in every run.
// lab.Run takes them out of the learner's set, and a trace has them in none.
func (s *Scenario) Fixed() defence.Set { return s.On | s.On.Rivals() }

// Under returns the switches of the server when a learner has thrown d.
func (s *Scenario) Under(d defence.Set) defence.Set { return d&^s.Fixed() | s.On }

// Allows returns nil unless one of d excludes a switch of the lesson's own server.
func (s *Scenario) Allows(d defence.Set) error {
	for _, x := range (d & s.On.Rivals()).Infos() {
		return fmt.Errorf("this lesson's server has %s, which excludes %s", s.On&x.Excludes(), x.Name)
	}
	return nil
}

// leaves returns nil if a row of the file leaves the switches of On alone.
func (s *Scenario) leaves(row defence.Set) error {
	if both := row & s.On; both != 0 {
		return fmt.Errorf("%s is on in every run of this lesson: leave it out", both)
	}
	return s.Allows(row)
}
