//go:build unix

package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/app/audit"
	"fixlab/app/audit/servers"
	core "fixlab/lab/audit"
)

// TestTargets audits the lab's own servers; TestServers, with the tag servers, all.
func TestTargets(t *testing.T) {
	for _, m := range servers.Measures() {
		if strings.HasPrefix(m.Server, "target ") {
			t.Run(m.Server, func(t *testing.T) { measured(t, m) })
		}
	}
}

// measured audits a server and compares what comes of it with what was measured, by
// other code, when the audit was not yet written.
func measured(t *testing.T, m servers.Measure) {
	s := servers.Start(t, m.Server)
	report, err := audit.Run(context.Background(), audit.Config{
		URL: s.URL, Login: s.Login, Private: s.Private, Logout: s.Logout, Timeout: time.Minute, Mode: core.Ordinary, MaxLogins: 40,
		Alice: audit.Account{Name: "alice", Password: s.Alice}, Mallory: audit.Account{Name: "mallory", Password: s.Mallory},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if t.Failed() {
			tell(t, report)
		}
	}()
	ends := []core.Ending{core.NoAttackWorked, core.Weak}
	if m.Vulnerable {
		ends = []core.Ending{core.Vulnerable}
	}
	if !slices.Contains(ends, report.Ending) {
		t.Errorf("it comes to %q, want one of %q", report.Ending, ends)
	}
	if got := slices.Sorted(slices.Values(report.Session)); !slices.Equal(got, m.Session) {
		t.Errorf("the session is in %q, want %q", got, m.Session)
	}
	for _, want := range []struct {
		id     string
		worked bool
	}{
		{"F1", m.Before}, {"F3", m.Own == "alice"}, {"F4", m.Invented}, {"F5", m.Oracle == "alice"}, {"F6", m.Constant}, {"F7b", m.Address}, {"L1", m.AfterLogout},
	} {
		verdict := core.DidNotWork
		switch {
		case want.id == "L1" && slices.Contains(m.Nothing, want.id):
			verdict = core.Inconclusive // -logout names what is not there
		case slices.Contains(m.Nothing, want.id):
			verdict = core.NotApplicable
		case want.worked:
			verdict = core.Worked
		}
		if got := result(report, want.id).Verdict; got != verdict {
			t.Errorf("%s: %q, want %q", want.id, got, verdict)
		}
	}
}

// result returns what a check came to; a result without a verdict if it is not there.
func result(r core.Report, id string) core.Result {
	for _, result := range r.Results {
		if result.ID == id {
			return result
		}
	}
	return core.Result{}
}

// tell writes down what an audit did.
func tell(t *testing.T, r core.Report) {
	t.Logf("%s: %s %d logins, %d requests, session %q", r.Ending, r.Because, r.Logins, r.Requests, r.Session)
	for _, x := range r.Results {
		t.Logf("%s %s: %s", x.ID, x.Verdict, x.Because)
	}
	for i, x := range r.Exchanges {
		t.Logf("%d %s %s %v -> %d %s %q", i, x.Method, x.URL, x.Cookies, x.Status, x.Location, x.Set)
	}
}
