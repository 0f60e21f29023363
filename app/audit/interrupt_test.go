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

// TestInterrupt: an audit that is interrupted logs out everybody, and comes to no end.
func TestInterrupt(t *testing.T) {
	for i := range 20 {
		at, logout := 1+i/2, []string{"/logout", ""}[i%2] // it finds a logout by itself, too
		ctx, interrupt := context.WithCancel(context.Background())
		s := &shop{}
		logins := 0
		s.every = func(_ http.ResponseWriter, r *http.Request) {
			if r.Method == "POST" && r.URL.Path == "/login" && r.FormValue("user") != "" {
				if logins++; logins == at+1 {
					interrupt()
				}
			}
		}
		h := httptest.NewServer(s)
		c := auditing(h.URL)
		c.Logout = logout
		report, err := audit.Run(ctx, c)
		h.Close()
		interrupt()
		if err != nil || report.Ending != core.Unsettled {
			t.Errorf("interrupted in login %d: %s, %v", at+1, report.Ending, err)
		}
		for _, in := range s.sessions {
			if in.user != "" {
				t.Errorf("interrupted in login %d: a session of %s is left", at+1, in.user)
			}
		}
	}
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
