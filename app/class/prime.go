package class

import (
	"slices"
	"sync"

	"fixlab/lab/script"
)

// primed returns a model that has read the course.
func primed() *model {
	m := *primer()
	m.text = slices.Clone(m.text)
	m.predict() // of its own slots
	return &m
}

// primer is that model. It has read all lessons and challenges, and at last, of those that
// are answered by a script, what Alice does when she is asked to and the worked solution.
var primer = sync.OnceValue(func() *model {
	m := newModel()
	for _, s := range slices.Concat(course().lessons, course().challenges) {
		m.read(s.Source() + "\x00")
	}
	for _, x := range course().goals {
		if x.goal().May.Kind != script.MayScript {
			continue
		}
		for _, h := range x.goal().Habits {
			m.read(x.begun(h.Steps) + "\x00")
		}
		worked := x.s.Course.ScriptOf(x.goal().Script)
		plain := slices.Clone(worked)
		for i := range plain {
			plain[i].Caption = ""
		}
		for _, steps := range [][]script.Step{plain, slices.Concat(x.s.Steps, plain), worked} {
			m.read(x.begun(steps) + "\x00")
		}
	}
	return m
})

// begun returns a learner's script that answers x by those steps.
func (x item) begun(steps []script.Step) string {
	s := *x.s
	s.Steps, s.Script = steps, nil
	return script.SetKey(s.Source(), "challenge", x.id)
}
