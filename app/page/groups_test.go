package page

import (
	"testing"

	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// A group opens when one of its switches goes on, and stays as it is otherwise.
func TestGroups(t *testing.T) {
	m, _ := Start("1/signed-id-toss/httponly/3", Settings{})
	is := func(name string, want ...defence.Layer) {
		t.Helper()
		var set defence.Set
		for _, l := range want {
			set |= l.Set()
		}
		if m.View.Groups != set {
			t.Errorf("%s: open are the groups of %v, want %v", name, m.View.Groups, set)
		}
	}
	is("at first", defence.Session, defence.Cookie)
	m = m.then(Group{defence.Cookie, false}, Group{defence.Session, false})
	is("closed")
	m = m.then(Flip(defence.HTTPOnly))
	is("one off")
	m = m.then(Flip(defence.HSTS))
	is("one on", defence.Transport)
	m = m.then(Flip(defence.HSTS))
	is("off again", defence.Transport)
}

// What a lesson throws first stands where it is seen at once, and three of it; digits
// and groups are of all.
func TestFirst(t *testing.T) {
	all, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		first := First(s)
		if len(first) != 3 || first[0].Set == first[1].Set || first[1].Set == first[2].Set || first[0].Set == first[2].Set {
			t.Errorf("%s: first are %v", s.Name, first)
		}
	}
	lesson, _ := scenarios.Get("two-rotations")
	if f := First(lesson); f[0].Name != "rotate" || f[1].Name != "rotate-secret" || f[2].Name != "httponly" {
		t.Errorf("of two-rotations first are %v", f)
	}
}
