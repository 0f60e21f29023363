package paper

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"fixlab/lab/server"
	"fixlab/lab/server/listing"
	"fixlab/scenarios"
)

// cells returns the rows of a table of the handout, each its cells as text.
func cells(t *testing.T, caption string) (rows [][]string) {
	t.Helper()
	sheet, err := fill("handout", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(sheet.Body), "<caption>"+caption)
	table, _, _ = strings.Cut(table, "</table>")
	if !found {
		t.Fatalf("the handout has no table %q", caption)
	}
	for _, row := range regexp.MustCompile(`(?s)<tr><th scope="row">(.*?)</tr>`).FindAllStringSubmatch(table, -1) {
		var out []string
		for _, cell := range regexp.MustCompile(`</t[hd]>(<td>)?`).Split(row[1], -1) {
			out = append(out, html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(cell, "")))
		}
		rows = append(rows, out[:3])
	}
	return rows
}

func ends(t *testing.T, lesson, row string) string {
	t.Helper()
	s, err := scenarios.Get(lesson)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := scenarios.Rows(s)(row)
	if err != nil {
		t.Fatal(err)
	}
	return string(tr.Verdict.Outcome)
}

// "Which call?": by hand the login is hijacked, with the call it is not, and the call is
// what the lab's listing of the framework has, or what the lab's server runs.
func TestHandoutCalls(t *testing.T) {
	type run struct{ row, ends string }
	rows := cells(t, "Which call?")
	want := []struct {
		framework, call, profile string
		runs                     []run
		listed                   string
	}{
		{"Django", "auth.login(), or cycle_key()", "django-db", []run{{"none@django-db", "hijacked"}, {"framework-login@django-db", "defended"}, {"rotate@django-db", "defended"}}, "cycle_key("},
		{"Flask-Session 0.7 or later", "session_interface.regenerate(session)", "flask-session", []run{{"none@flask-session", "hijacked"}, {"rotate@flask-session", "defended"}}, "session_interface.regenerate(session)"},
		{"Flask’s own session", "no id", "flask", []run{{"none@flask", "not-applicable"}, {"rotate@flask", "not-applicable"}}, ""},
		{"express-session", "req.session.regenerate()", "express-session", []run{{"none", "hijacked"}, {"rotate", "defended"}}, "req.session.regenerate("},
		{"Passport 0.6 or later", "req.login()", "express-passport-0.7", []run{{"none@express-passport-0.5", "hijacked"}, {"none@express-passport-0.7", "defended"}}, "req.login("},
		{"Go, scs", "RenewToken()", "scs", []run{{"none@scs", "hijacked"}, {"rotate@scs", "defended"}}, "RenewToken("},
		{"Go, gorilla with a store", `session.ID = "" before Save`, "gorilla-filesystem", []run{{"none@gorilla-filesystem", "hijacked"}, {"rotate@gorilla-filesystem", "defended"}}, `.ID = ""`},
	}
	if len(rows) != len(want) {
		t.Fatalf("the table has %d rows", len(rows))
	}
	for i, w := range want {
		if rows[i][0] != w.framework || rows[i][1] != w.call {
			t.Errorf("row %d is %q", i+1, rows[i])
		}
		for _, r := range w.runs {
			if got := ends(t, "your-framework", r.row); got != r.ends {
				t.Errorf("%s: %s ends %s, want %s", w.framework, r.row, got, r.ends)
			}
		}
		if l, ok := listing.For(w.profile); !ok || !strings.Contains(strings.Join(l.Lines(), "\n"), w.listed) {
			t.Errorf("%s: the listing has no %s", w.framework, w.listed)
		}
	}
	// The notes that a run can show.
	for _, x := range [][3]string{
		{"no-row-at-all", "none@flask", "zombie"},                        // a copy works after logout
		{"your-framework", "none@express-passport-0.7-keep", "defended"}, // the id is new, the data is the old
	} {
		if got := ends(t, x[0], x[1]); got != x[2] {
			t.Errorf("%s/%s ends %s, want %s", x[0], x[1], got, x[2])
		}
	}
	if p, ok := server.ByID("express-passport-0.7-keep"); !ok || !strings.Contains(p.Title, strings.Fields(rows[4][2])[0]) {
		t.Errorf("no server is %q", rows[4][2])
	}
}

// "What is good for something else": none of them stops the attack of lesson 1, and a
// __Host- name stops neighbours and the network, and none of the rest.
func TestHandoutSettings(t *testing.T) {
	want := []struct {
		setting, lesson string
		rows            map[string]string
	}{
		{"HttpOnly", "signed-is-not-yours", map[string]string{"httponly": "hijacked"}},
		{"Secure", "signed-is-not-yours", map[string]string{"secure": "hijacked"}},
		{"SameSite", "signed-is-not-yours", map[string]string{"lax": "hijacked", "samesite-strict": "hijacked"}},
		{"strict ids", "signed-is-not-yours", map[string]string{"strict": "hijacked"}},
		{"a new signing secret", "two-rotations", map[string]string{"rotate-secret": "hijacked"}},
		{"__Host- name", "how-did-it-get-there", map[string]string{
			"host-prefix@sibling-https": "defended", "host-prefix@network-redirect": "defended",
			"host-prefix@xss": "hijacked", "host-prefix@header-injection": "hijacked", "host-prefix@shared-computer": "hijacked"}},
	}
	rows := cells(t, "What is good for something else")
	if len(rows) != len(want) {
		t.Fatalf("the table has %d rows", len(rows))
	}
	for i, w := range want {
		if rows[i][0] != w.setting {
			t.Errorf("row %d is about %q", i+1, rows[i][0])
		}
		for row, outcome := range w.rows {
			if got := ends(t, w.lesson, row); got != outcome {
				t.Errorf("%s: %s ends %s, want %s", w.setting, row, got, outcome)
			}
		}
	}
}
