package scenarios

import (
	"testing"

	"fixlab/lab/server"
)

// A server that keeps no record is one whose sessions have no key.
func TestKeepsRecords(t *testing.T) {
	none := map[string]bool{"cookie-session": true, "django-signed-cookies": true, "flask": true, "gorilla-cookie": true}
	for _, p := range server.Profiles {
		for range 2 {
			if got := KeepsRecords(p.ID); got == none[p.ID] {
				t.Errorf("%s keeps records: %v", p.ID, got)
			}
		}
	}
	if KeepsRecords("nosuch") {
		t.Error("a server that is not there keeps records")
	}
}
