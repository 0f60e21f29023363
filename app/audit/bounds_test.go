//go:build !wasm

package audit_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// TestBudgets: no more logins are tried and no more requests are sent than were allowed, as
// the server counts them; what they were too few for is said to be open.
func TestBudgets(t *testing.T) {
	for name, server := range map[string]func() *shop{
		"an ordinary login": func() *shop { return &shop{} },
		"a login for visitors alone": func() *shop { // out and in again: two logins where the plan has one
			s := barred(false)
			delete(s.pages, "GET /profile")
			return s
		},
	} {
		audited := func(maxLogins, maxRequests int) (r core.Report, logins, requests int) {
			s := server()
			s.every = func(_ http.ResponseWriter, r *http.Request) {
				if requests++; r.Method == "POST" && r.FormValue("user") != "" {
					logins++
				}
			}
			h := httptest.NewServer(s)
			defer h.Close()
			c := auditing(h.URL)
			c.MaxLogins, c.MaxRequests = maxLogins, maxRequests
			r, err := audit.Run(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			return r, logins, requests
		}
		// few holds an audit with too little to spend to what is left open by it.
		few := func(r core.Report, says string) {
			t.Helper()
			open := false
			for _, x := range r.Results {
				if x.Verdict != core.Inconclusive && (x.Verdict != core.NotTried || !x.Asked) {
					continue
				}
				if open = true; x.Class != core.Weakness && r.Ending != core.Unsettled {
					t.Errorf("%s, %s: %s is open, and it comes to %q", name, says, x.ID, r.Ending)
				}
			}
			if !open {
				t.Errorf("%s, %s: nothing is left open", name, says)
			}
		}
		all, logins, requests := audited(99, 999)
		if all.Ending == core.Unsettled || logins > all.Logins || requests != all.Requests {
			t.Fatalf("%s: %s %s; %d logins, %d requests, and it says %d and %d", name, all.Ending, all.Because, logins, requests, all.Logins, all.Requests)
		}
		for most := 1; most < all.Logins; most++ {
			r, got, _ := audited(most, 999)
			if got > r.Logins || r.Logins > most {
				t.Errorf("%s: %d logins, of %d that were allowed, and it says %d", name, got, most, r.Logins)
			}
			few(r, fmt.Sprintf("%d logins", most))
		}
		for most := 1; most < requests; most += 1 + requests/20 {
			r, _, got := audited(99, most)
			if got > most || r.Requests != got {
				t.Errorf("%s: %d requests, of %d that were allowed, and it says %d", name, got, most, r.Requests)
			}
			few(r, fmt.Sprintf("%d requests", most))
		}
	}
}

// TestStops: where the server says that it is enough, no more logins are tried: they might
// lock the account.
func TestStops(t *testing.T) {
	for name, refuse := range map[string]func(http.ResponseWriter){
		"429":       func(w http.ResponseWriter) { page(w, 429, "slow down") },
		"423":       func(w http.ResponseWriter) { page(w, 423, "locked") },
		"503":       func(w http.ResponseWriter) { page(w, 503, "later") },
		"a captcha": func(w http.ResponseWriter) { page(w, 200, `<div class="g-recaptcha"></div>`) },
	} {
		s, logins := &shop{}, 0
		s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
			if logins++; logins > 4 {
				refuse(w)
				return
			}
			s.logIn(w, was, user, false)
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		}
		h := httptest.NewServer(s)
		r, err := audit.Run(t.Context(), auditing(h.URL))
		h.Close()
		if err != nil || logins != 5 || r.Ending != core.Unsettled {
			t.Errorf("%s: %d logins after it, %s, %v", name, logins-5, r.Ending, err)
		}
	}
}

// TestTwoCookies: which of two cookies of the session's name counts is found out, and said.
func TestTwoCookies(t *testing.T) {
	for want, of := range map[string]func(*http.Request) string{
		"reads the first": nil,
		"reads the last":  func(r *http.Request) string { return last(r, "sid") },
		"log nobody in": func(r *http.Request) string {
			if len(r.CookiesNamed("sid")) > 1 {
				return ""
			}
			return first(r, "sid")
		},
	} {
		h := httptest.NewServer(&shop{of: of})
		c := auditing(h.URL)
		c.Mode = core.Quick
		r, err := audit.Run(t.Context(), c)
		h.Close()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(r.Planting); n == 0 || !strings.Contains(r.Planting[n-1], want) {
			t.Errorf("it does not say %q: %q", want, r.Planting)
		}
	}
}
