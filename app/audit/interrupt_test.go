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
	for _, at := range []int{2, 3, 5, 8} {
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
		report, err := audit.Run(ctx, audit.Config{URL: h.URL, Login: "/login", Private: "/profile", Logout: "/logout", Mode: core.Ordinary,
			Alice: audit.Account{Name: "alice", Password: passwords["alice"]}, Mallory: audit.Account{Name: "mallory", Password: passwords["mallory"]}})
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
	c := audit.Config{URL: h.URL, Login: "/login", Private: "/profile", Logout: "/logout", Mode: core.Ordinary, MaxTime: time.Second, Pause: 1,
		Alice: audit.Account{Name: "alice", Password: passwords["alice"]}, Mallory: audit.Account{Name: "mallory", Password: passwords["mallory"]}}
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
