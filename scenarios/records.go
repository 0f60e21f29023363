package scenarios

import (
	"slices"
	"sync"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

var recorded = struct {
	sync.Mutex
	by map[string]bool // by profile
}{by: map[string]bool{}}

// KeepsRecords reports whether the server of a profile keeps sessions in a store, and not in
// the cookie alone: whether its login writes a record. It is played once.
func KeepsRecords(profile string) bool {
	recorded.Lock()
	defer recorded.Unlock()
	keeps, played := recorded.by[profile]
	if played {
		return keeps
	}
	s, err := script.Parse("records", "title: Records\nprofile: "+profile+"\n\nalice post /login user=alice password=correct-horse\n")
	if err != nil {
		return false
	}
	t, err := lab.Run(s, 0)
	if err != nil {
		return false
	}
	keeps = slices.ContainsFunc(t.Frames[0].Events, func(e event.Event) bool { return e.Kind == event.Save })
	recorded.by[profile] = keeps
	return keeps
}
