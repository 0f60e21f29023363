package world

import (
	"slices"
	"testing"

	"fixlab/lab/script"
)

// TestVerbs: every verb that can be written can be done, and no other.
func TestVerbs(t *testing.T) {
	written := map[string]bool{}
	for _, v := range script.Verbs {
		if written[v.Name] {
			t.Errorf("script.Verbs has two %q", v.Name)
		}
		written[v.Name] = true
		if v.Does == "" || v.Who == "" {
			t.Errorf("script.Verbs: %q does not say what it does and who may", v.Name)
		}
		if bound := slices.ContainsFunc(verbs, func(w verb) bool { return w.name == v.Name }); bound == v.Open {
			t.Errorf("%q: open %v, and bound in lab/world/verbs.go %v; it must be one of the two", v.Name, v.Open, bound)
		}
	}
	for _, v := range verbs {
		if !written[v.name] {
			t.Errorf("lab/world/verbs.go binds %q, which script.Verbs does not have", v.name)
		}
	}
}
