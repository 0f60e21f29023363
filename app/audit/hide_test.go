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

// TestHide: a server that writes password, token and session id into addresses and words does
// not have them in the report.
func TestHide(t *testing.T) {
	s := &shop{keeps: true}
	s.set = func(w http.ResponseWriter, id string) { send(w, "sid="+id+"; Path=/; Comment="+id) }
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		in := s.logIn(w, was, user, true)
		http.Redirect(w, r, "/s/"+in.id+"/"+r.FormValue("pass"), http.StatusSeeOther)
	}
	s.pages = handlers{"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
		if in.user != "" && r.URL.Query().Get("in") == "" {
			http.Redirect(w, r, "/profile?in=1&"+in.id, http.StatusSeeOther)
			return
		}
		profile(w, in)
	}}
	h := httptest.NewServer(s)
	defer h.Close()
	report, err := audit.Run(t.Context(), auditing(h.URL))
	if err != nil {
		t.Fatal(err)
	}
	if report.Ending != core.Vulnerable {
		tell(t, report)
	}
	secrets := []string{passwords["alice"], passwords["mallory"]}
	for _, x := range report.Exchanges {
		for _, c := range x.Cookies {
			secrets = append(secrets, c.Value)
		}
	}
	if len(secrets) < 10 {
		t.Fatal("nothing was sent")
	}
	said := []string{report.Because}
	for _, x := range report.Results {
		said = append(said, fmt.Sprint(x))
	}
	for _, x := range report.Exchanges {
		said = append(said, x.URL, x.Location)
		if strings.Contains(x.URL+x.Location, "in=1") {
			t.Errorf("a value of the query is written down: %s to %s", x.URL, x.Location)
		}
		for _, line := range x.Set {
			_, rest, _ := strings.Cut(line, ";")
			said = append(said, rest)
		}
	}
	for _, text := range said {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q holds %q", text, secret)
			}
		}
	}
}
