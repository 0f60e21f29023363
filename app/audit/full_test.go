//go:build !wasm

package audit_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// full audits s with everything that -full can do.
func full(t *testing.T, s *shop, change func(*audit.Config)) core.Report {
	t.Helper()
	h := httptest.NewServer(s)
	defer h.Close()
	c := auditing(h.URL)
	c.Mode, c.MaxLogins, c.Grace = core.Full, 30, 1
	change(&c)
	report, err := audit.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func verdict(t *testing.T, r core.Report, id string) core.Result {
	t.Helper()
	for _, x := range r.Results {
		if x.ID == id {
			return x
		}
	}
	t.Fatalf("%s is not in the report: %s", id, r.Because)
	return core.Result{}
}

// withNotes gives a shop a page on which users write, and which shows what they wrote.
func withNotes(s *shop) *shop {
	notes := map[string]string{}
	s.pages = handlers{
		"GET /notes": func(w http.ResponseWriter, _ *http.Request, in *session) {
			if in == nil || in.user == "" {
				page(w, 401, "anonymous")
				return
			}
			page(w, 200, notes[in.user])
		},
		"POST /notes": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in == nil || in.user == "" {
				page(w, 401, "anonymous")
				return
			}
			notes[in.user] += r.FormValue("text") + " "
			page(w, 200, "noted")
		},
	}
	return s
}

// TestEffect: what is done with a cookie from before the login ends up with the victim where
// login keeps the session, and nowhere else; an act that leaves no trace tells nothing.
func TestEffect(t *testing.T) {
	with := func(c *audit.Config) { c.Effect, c.Trace = "POST /notes text={mark}", "/notes" }
	for _, x := range []struct {
		s    *shop
		with func(*audit.Config)
		want core.Verdict
	}{
		{withNotes(&shop{keeps: true}), with, core.Worked},
		{withNotes(&shop{}), with, core.DidNotWork},
		{withNotes(&shop{keeps: true}), func(c *audit.Config) { c.Effect, c.Trace = "POST /nowhere text={mark}", "/notes" }, core.Inconclusive},
		{withNotes(&shop{keeps: true}), func(c *audit.Config) { c.Effect = "three words are too many for it" }, core.Inconclusive},
		{withNotes(&shop{keeps: true}), func(*audit.Config) {}, core.NotTried},
	} {
		if got := verdict(t, full(t, x.s, x.with), "F2"); got.Verdict != x.want {
			t.Errorf("keeps the session: %v: F2 %s: %s; want %s", x.s.keeps, got.Verdict, got.Because, x.want)
		}
	}
}

// TestPasswordChange: whether a session outlives a new password; and in the end the
// password is the old one again, or it is said that it is not.
func TestPasswordChange(t *testing.T) {
	for _, x := range []struct {
		name       string
		ends, once bool
		refusal    int // the status of a change that is refused
		want       core.Verdict
		says       string
	}{
		{"sessions stay", false, false, 403, core.Worked, ""},
		{"sessions end", true, false, 403, core.DidNotWork, ""},
		{"it cannot be changed back", false, true, 403, core.Inconclusive, "could not be changed back"},
		{"it is not changed back, and the page does not say so", false, true, 200, core.Inconclusive, "not sure"},
	} {
		t.Run(x.name, func(t *testing.T) {
			s, changes := &shop{known: maps.Clone(passwords)}, 0
			s.pages = handlers{
				"GET /password": func(w http.ResponseWriter, _ *http.Request, _ *session) { page(w, 200, "") },
				"POST /password": func(w http.ResponseWriter, r *http.Request, in *session) {
					if in == nil || in.user == "" || s.known[in.user] != r.FormValue("old") || x.once && changes > 0 {
						page(w, x.refusal, "no")
						return
					}
					changes++
					s.known[in.user] = r.FormValue("new")
					for id, other := range s.sessions {
						if x.ends && other.user == in.user && id != in.id {
							delete(s.sessions, id)
						}
					}
					page(w, 200, "changed")
				},
			}
			r := full(t, s, func(c *audit.Config) { c.Change = "POST /password old={pass}&new={new}" })
			got := verdict(t, r, "L3")
			if got.Verdict != x.want || !strings.Contains(got.Because, x.says) {
				t.Errorf("%s: %s; want %s", got.Verdict, got.Because, x.want)
			}
			if !x.once && (!maps.Equal(s.known, passwords) || changes != 2) {
				t.Errorf("after %d changes the passwords are %v", changes, s.known)
			}
		})
	}
}

// TestChangeMisspelt: a mistake in -change-password is said without the password.
func TestChangeMisspelt(t *testing.T) {
	got := verdict(t, full(t, &shop{}, func(c *audit.Config) { c.Change = "POST /password old={pass} new={new}" }), "L3")
	if got.Verdict != core.Inconclusive || !strings.Contains(got.Because, "-change-password") || strings.Contains(got.Because, passwords["alice"]) {
		t.Errorf("%s: %s", got.Verdict, got.Because)
	}
}
