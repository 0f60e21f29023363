package world

import (
	"testing"

	"fixlab/lab/event"
	"fixlab/lab/server"
)

// TestDenials: the reasons that events have are those that the server gives.
func TestDenials(t *testing.T) {
	for why, reason := range map[server.Denial]event.Denial{
		server.OtherOrigin:    event.OtherOrigin,
		server.WrongToken:     event.WrongToken,
		server.NotLoggedIn:    event.NotLoggedIn,
		server.BadCredentials: event.BadCredentials,
	} {
		if string(why) != string(reason) {
			t.Errorf("the server says %q, and the event %q", why, reason)
		}
	}
}
