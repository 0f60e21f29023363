package page

import (
	"slices"
	"testing"

	"fixlab/scenarios"
)

// The fields show what the model says, whatever somebody's hand has picked.
func TestInputs(t *testing.T) {
	for link, want := range map[string][]Input{
		"1/any-route/rotate/3/django-db+xss+own+tomorrow": {
			{"slider", "3"}, {"speed", "0"}, {"pick-lesson", "any-route"}, {"pick-server", "django-db"},
			{"pick-route", "xss"}, {"pick-token", "own"}, {"pick-browser", "2"},
		},
		"compare/signed-id-toss/none/1/vs/rotate": {{"flip-left", NoSwitch}, {"flip-right", NoSwitch}},
		"explore/django-db/own/added/none/visited": {
			{"explore-server", "django-db"}, {"explore-token", "own"}, {"explore-jar", "visited"}, {"explore-mode", "1"},
		},
		"claims": nil,
	} {
		if got := linked(t, link).Inputs(); len(got) < len(want) || !slices.Equal(got[:len(want)], want) { // those of the hands come last
			t.Errorf("%s: %v, want %v", link, got, want)
		}
	}
	// A route that brings its own value shows that one.
	own := 0
	for _, r := range scenarios.Routes {
		if TokenNamed(r.Token) == nil {
			continue
		}
		own++
		m := linked(t, "1/any-route/none/1/own").then(SetRoute(r.Name))
		if !slices.Contains(m.Inputs(), Input{"pick-token", r.Token}) {
			t.Errorf("%s: %v, want its own value %s", r.Name, m.Inputs(), r.Token)
		}
	}
	if own == 0 {
		t.Error("no route brings a value of its own")
	}
}
