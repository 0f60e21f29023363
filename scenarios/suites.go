package scenarios

import (
	"fmt"
	"strings"

	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/goal"
	"fixlab/lab/incident"
	"fixlab/lab/script"
)

// Ground returns the lab in which answers to the goals of s are tried, each run once. The
// incident is that of the seed; most challenges have none, and then it can be "".
func Ground(s *script.Scenario, seed string) goal.Ground {
	g := ground{s: s, played: map[string]*lab.Trace{}}
	at := goal.Ground{Challenge: s, Play: g.play, Suite: g.suite}
	if seed != "" {
		at.Fixated = incident.New(seed).Fixated()
	}
	return at
}

// A ground remembers the runs of a challenge.
type ground struct {
	s        *script.Scenario
	played   map[string]*lab.Trace
	ways     []goal.Trip // the suite S, once it was asked for
	journeys []goal.Trip // the suite J
}

// with returns the challenge with other steps, its own when they are nil.
func (g *ground) with(steps []script.Step) *script.Scenario {
	if steps == nil {
		return g.s
	}
	other := *g.s
	other.Steps, other.Script = steps, nil
	return &other
}

// play is Ground.Play.
func (g *ground) play(steps []script.Step, row string) (*lab.Trace, error) {
	on, with, err := ParseRow(row)
	if err != nil {
		return nil, err
	}
	return g.run(g.with(steps), on, with)
}

// row plays the challenge's own steps as a row says.
func (g *ground) row(row string) (*lab.Trace, error) { return g.play(nil, row) }

// run plays s, which is the challenge but for its steps, as the words say.
func (g *ground) run(s *script.Scenario, on defence.Set, with string) (*lab.Trace, error) {
	var key strings.Builder
	key.WriteString(script.Row(on, with))
	key.WriteString(" " + s.Profile + " " + s.Route)
	for _, step := range s.Steps {
		key.WriteString("\n" + step.String())
	}
	if t := g.played[key.String()]; t != nil {
		return t, nil
	}
	t, err := Play{s.Name, on, with}.RunOf(s)
	if err == nil {
		g.played[key.String()] = t
	}
	return t, err
}

// suite is Ground.Suite.
func (g *ground) suite(name string, steps []script.Step) (trips []goal.Trip, err error) {
	switch name {
	case script.SuiteWays:
		if g.ways == nil {
			g.ways, err = g.open()
		}
		return g.ways, err
	case script.SuiteJourneys:
		if g.journeys == nil {
			g.journeys, err = g.honest()
		}
		return g.journeys, err
	}
	return []goal.Trip{g.trip(name, nil, g.with(steps), strings.TrimPrefix(name, "@"))}, nil
}

func (g *ground) trip(name string, need script.Predicate, s *script.Scenario, with string) goal.Trip {
	return goal.Trip{Name: name, Need: need, Play: func(on defence.Set) (*lab.Trace, error) { return g.run(s, on, with) }}
}

// open returns the ways into the server: each route by which Mallory gets into Alice's
// account, or Alice into Mallory's, when no switch is on but those of the server itself. A
// challenge that does not leave the route open is tried by the lesson that does.
func (g *ground) open() (trips []goal.Trip, err error) {
	s := g.s
	if !s.Opens("route") {
		if s, err = Get(Open); err != nil {
			return nil, err
		}
		other := *s
		other.On, other.Course = g.s.On, g.s.Course // a course is played on other servers
		with := s.Setup
		with.Profile, with.Browser = g.s.Profile, g.s.Browser
		if s, err = Arrange(&other, with); err != nil {
			return nil, err
		}
	}
	for _, route := range Routes {
		trip := g.trip("@"+route.Name, nil, s, route.Name)
		t, err := trip.Play(0)
		if err != nil {
			return nil, fmt.Errorf("the way %s: %w", route.Name, err)
		}
		if o := t.Verdict.Outcome; o.Hijack() || o == event.Trapped {
			trips = append(trips, trip)
		}
	}
	return trips, nil
}

// A journey is what Alice does on any day, and what must hold of it. Its name is for who
// draws it.
type journey struct{ name, need, steps string }

// unharmed begins what must hold of every journey: nobody comes to harm, and Alice can use
// her account.
const unharmed = "ends no-attack|defended|not-applicable, "

var journeys = []journey{
	{"day",
		"shown alice at does alice get /profile, shown alice at does alice get /basket, shown nobody at last does alice get /profile",
		`# Alice puts a ring into her basket.
alice post /basket item=ring

# She logs in.
alice post /login user=alice password=correct-horse

# She looks at her account.
alice get /profile

# She looks into her basket.
alice get /basket

# She logs out.
alice post /logout

# Her account is closed now.
alice get /profile
`},
	{"wrong-password", "costs <= 1, shown nobody at does alice get /profile, shown alice at last does alice get /profile",
		`# Alice opens the shop.
alice get /

# She mistypes her password.
alice post /login user=alice password=wrong-horse

# She is not let in.
alice get /profile

# Now she types the right one.
alice post /login user=alice password=correct-horse

# She looks at her account.
alice get /profile
`},
	{"two-tabs", "costs <= 0, shown alice at does alice get /profile, shown alice at last does alice get /profile",
		`# Alice opens the login in a tab, and once more in another.
alice get /login
alice get /login

# She logs in in the one.
alice submit user=alice password=correct-horse

# She looks at her account there.
alice get /profile

# In the other tab the old page still stands. She logs in there as well.
alice post /login user=alice password=correct-horse

# She looks at her account.
alice get /profile
`},
}

// honest returns the journeys that Alice can make when no switch is on but those of the
// server itself: some servers keep no basket.
func (g *ground) honest() (trips []goal.Trip, err error) {
	for _, j := range journeys {
		need, err := script.ParsePredicate(unharmed + j.need)
		if err != nil {
			return nil, err
		}
		own, err := script.Parse("journey", "title: "+j.name+"\nprofile: "+g.s.Profile+"\n\n"+j.steps)
		if err != nil {
			return nil, err
		}
		own.Seed, own.On, own.Browser = g.s.Seed, g.s.On, g.s.Browser
		trip := g.trip(j.name, need, own, "")
		t, err := trip.Play(0)
		if err != nil {
			return nil, err
		}
		if can, err := ask.Holds(need, t, g.row); err != nil || !can {
			continue
		}
		trips = append(trips, trip)
	}
	return trips, nil
}
