//go:build !wasm

package audit_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// TestInterrupt: an audit that is interrupted logs out everybody, and comes to no end. It
// finds a logout by itself, too, and has requests left for that.
func TestInterrupt(t *testing.T) {
	for i := range 20 {
		at, logout := 1+i/2, []string{"/logout", ""}[i%2]
		interrupted(t, at, logout, interrupted(t, at, logout, 400))
	}
}

// interrupted interrupts an audit in a login, and returns how many requests there had been.
func interrupted(t *testing.T, at int, logout string, most int) (sent int) {
	t.Helper()
	ctx, interrupt := context.WithCancel(t.Context())
	s, logins, requests := &shop{}, 0, 0
	s.every = func(_ http.ResponseWriter, r *http.Request) {
		requests++
		if r.Method == "POST" && r.URL.Path == "/login" && r.FormValue("user") != "" {
			if logins++; logins == at+1 {
				sent = requests
				interrupt()
			}
		}
	}
	h := httptest.NewServer(s)
	c := auditing(h.URL)
	c.Logout, c.MaxRequests = logout, most
	report, err := audit.Run(ctx, c)
	h.Close()
	interrupt()
	if err != nil || report.Ending != core.Unsettled || sent == 0 {
		t.Errorf("interrupted in login %d: %s, %v", at+1, report.Ending, err)
	}
	for _, in := range s.sessions {
		if in.user != "" {
			t.Errorf("interrupted in login %d, with %d requests: a session of %s is left", at+1, most, in.user)
		}
	}
	return sent
}

// TestMaxTime: an audit that takes too long logs out everybody, says so and comes to no end.
func TestMaxTime(t *testing.T) {
	s, late := &shop{}, 0
	h := httptest.NewServer(s)
	defer h.Close()
	c := auditing(h.URL)
	c.MaxTime, c.Pause = time.Second, 1
	c.Sleep = func(ctx context.Context, _ time.Duration) error {
		if late++; late < 4 {
			return nil
		}
		<-ctx.Done()
		return ctx.Err()
	}
	report, err := audit.Run(t.Context(), c)
	if err != nil || report.Ending != core.Unsettled || !strings.Contains(report.Because, "has taken its 1s; -max-time") {
		t.Errorf("%s %s, %v", report.Ending, report.Because, err)
	}
	for _, in := range s.sessions {
		if in.user != "" {
			t.Errorf("a session of %s is left", in.user)
		}
	}
}
