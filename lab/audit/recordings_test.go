package audit_test

import (
	"os"
	"strings"
	"testing"

	"fixlab/lab/audit"
	"fixlab/lab/audit/record"
)

// What browsers wrote of a visit with two logins and a logout, and what is seen in it.
func TestRealRecordings(t *testing.T) {
	for _, test := range []struct {
		file    string
		state   audit.State
		private string
		play    string
		limit   string // one of the limits begins so
	}{
		{"chromium-sensitive.har", audit.Kept, "/account", "any-route/httponly+secure+lax+hsts-subdomains@scs", "Whether the server still honours the session after the logout"},
		{"chromium-curl-bash.txt", audit.Kept, "", "any-route/none@scs", "The recording has requests only"},
		{"chromium-curl-cmd.txt", audit.Kept, "", "any-route/none@scs", "The recording has requests only"},
		{"firefox-all.har", audit.Replaced, "/account", "any-route/rotate+httponly+secure+lax+hsts-subdomains@scs", "Whether the server still honours the id from before the login"},
		{"firefox-pages.har", audit.Replaced, "/account", "any-route/rotate+httponly+secure+lax+hsts-subdomains@scs", "Whether the server still honours the id from before the login"},
		{"chromium-sanitised.har", audit.NoCookieSeen, "", "", ""},
	} {
		text, err := os.ReadFile("record/testdata/" + test.file)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := record.Read(string(text))
		if err != nil {
			t.Fatal(err)
		}
		r := audit.Observe(rec, audit.Options{Login: -1})
		sound(t, test.file, rec, r)
		if r.State != test.state || r.Private != test.private || r.Play != test.play {
			t.Errorf("%s: %s, private %q, %s", test.file, r.State, r.Private, r.Play)
		}
		if test.state == audit.NoCookieSeen {
			continue
		}
		if len(r.Session) != 1 || r.Session[0] != "sid" || !r.Sure {
			t.Errorf("%s: the session is %v, sure %v", test.file, r.Session, r.Sure)
		}
		moments := ""
		for _, p := range r.Line {
			if p.Moment != audit.Plain {
				moments += string(p.Moment) + "; "
			}
		}
		if moments != "login; login again; logout; " {
			t.Errorf("%s: %s", test.file, moments)
		}
		met := false
		for _, l := range r.Limits {
			met = met || strings.HasPrefix(l, test.limit)
		}
		if !met {
			t.Errorf("%s: limits %q", test.file, r.Limits)
		}
	}
}
