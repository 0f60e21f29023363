//go:build !wasm

package report

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fixlab/lab/audit"
)

const (
	secret  = "s%3AfPq8mZ0vJ3kTq-secret-of-alice"
	hostile = "\x1b[2J\x1b]0;x\x07\r\nNo attack worked.\u202e\x00 ]]> </failure> <b> & \"'\xff\xfe [a](https://evil.test) {0} \uffff"
)

// sample has every verdict and every class.
func sample() audit.Report {
	refs := []audit.Reference{{ID: "ASVS 5.0 7.2.4", Title: "a new session token at every login"}, {ID: "CWE-384", Title: "session fixation"}, {ID: "WSTG-SESS-03"}}
	return audit.Report{
		Target: "http://127.0.0.1:8080/shop", Ending: audit.Vulnerable, Because: "An attack worked: F1, a cookie from before the login, planted.",
		Session: []string{"connect.sid"}, Framework: "express-session", Logins: 3, Requests: 21, Seconds: 1.25,
		Results: []audit.Result{
			{ID: "C0", Title: "The private page does not know who has not logged in", Class: audit.Control, Verdict: audit.Held, Because: "It came out as it must."},
			{ID: "F1", Title: "A cookie from before the login, planted", Class: audit.Attack, Verdict: audit.Worked, Because: "The cookies that the attacker knew open the victim’s private page.",
				Cause: "Login goes on with the session that the browser brought.", Mend: "req.session.regenerate((err) => {\n\treq.session.user = user;\n});", Play: "any-route/none@express-session",
				Refs: refs, Cookies: []string{"connect.sid"}, Evidence: []audit.Evidence{{Exchange: 4, Request: "GET /profile", Status: 200, Says: "the private page knows alice"}}},
			{ID: "F4", Title: "An invented id, planted", Class: audit.Attack, Verdict: audit.DidNotWork, Because: "The cookies that the attacker knew open nobody’s private page.", Refs: refs},
			{ID: "F7", Title: "An id in the address", Class: audit.Attack, Verdict: audit.Inconclusive, Because: "The server answered 429.", Refs: refs},
			{ID: "F8", Title: "A cookie from between password and second factor", Class: audit.Attack, Verdict: audit.NotTried, Because: "No second factor was given.", Refs: refs},
			{ID: "F2", Title: "An act with a cookie from before the login", Class: audit.Attack, Verdict: audit.NotApplicable, Because: "There is no cookie before the login."},
			{ID: "L1", Title: "The old cookie after logout", Class: audit.Weakness, Verdict: audit.Worked, Because: "The old cookie still opens the page.", Refs: []audit.Reference{{ID: "CWE-613"}}},
		},
		Document: "api/openapi.yaml",
		Findings: []audit.DocumentFinding{
			{Rule: "cookie-httponly", Title: "A pattern demands HttpOnly of the session cookie", File: "api/openapi.yaml", Line: 31, Says: "POST /login: The pattern of \"sid\" does not demand HttpOnly.", Refs: []audit.Reference{{ID: "CWE-1004", Title: "cookie without HttpOnly"}}},
			{Rule: "drift-login", Title: "A login does what the document says of it", File: "api/parts/login.yaml", Line: 4, Says: "The document says that POST /login issues a new id, and the server goes on with one from before the login: F1 worked.", Refs: refs},
		},
		Exchanges: []audit.Exchange{
			{Method: "GET", URL: "http://127.0.0.1:8080/shop", Status: 200, Set: []string{"connect.sid=" + secret + "; Path=/; HttpOnly"}},
			{At: time.Second, Method: "POST", URL: "http://127.0.0.1:8080/login", Status: 302, Location: "/", Cookies: []audit.Pair{{Name: "connect.sid", Value: secret}}, Fields: []string{"user", "pass"}},
		},
	}
}

// poisoned puts text into every string of a report.
func poisoned(r audit.Report, text string) audit.Report {
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case reflect.Slice:
			for i := range v.Len() {
				fill(v.Index(i))
			}
		case reflect.String:
			if v.Type() == reflect.TypeFor[string]() { // verdicts, classes and endings are ours
				v.SetString(v.String() + text)
			}
		}
	}
	fill(reflect.ValueOf(&r).Elem())
	for i := range r.Findings { // where a file is no path, SARIF is an error: TestFindings
		r.Findings[i].File = "a\x1b[2J\u202eb.yaml"
	}
	return r
}

func written(t *testing.T, write func(io.Writer, audit.Report, Options) error, r audit.Report, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(b.Bytes()) {
		t.Error("no UTF-8")
	}
	return b.String()
}

// everywhere is the one place of all checks.
func everywhere(p Place) Places { return func(string) Place { return p } }

var here = Options{At: everywhere(Place{"api/openapi.yaml", 12})}

// TestText: the order, what is in each part, and that what did not work is not called more.
func TestText(t *testing.T) {
	got := written(t, Text, sample(), Options{Width: 80})
	if first, _, _ := strings.Cut(got, "\n"); first != sample().Because {
		t.Errorf("the first line is %q", first)
	}
	at := 0
	for _, part := range []string{
		"session in connect.sid; express-session", "Controls", "C0  The private page", "held. It came out", "Attacks that worked", "F1  A cookie", "Cause: Login goes on", "ASVS 5.0 7.2.4, a new session token", "CWE-384", "WSTG-SESS-03",
		"Mend:", "          req.session.regenerate((err) => {\n              req.session.user = user;\n", "fixlab play any-route/none@express-session", "GET /profile, 200: the private page knows alice",
		"Weaknesses", "L1  The old cookie", "In api/openapi.yaml", "api/openapi.yaml:31  cookie-httponly: POST /login: The pattern", "About: CWE-1004, cookie without", "api/parts/login.yaml:4  drift-login: The document says", "What did not work", "F4  An invented id", "What could not be settled", "F7  An id in the address: The server answered 429.",
		"What does not apply here", "F2", "What was not tried", "F8  A cookie from between password and second factor: No second factor", "What this did to the accounts", "3 logins tried, wrong passwords included; 21 requests in 1.2 s.",
	} {
		i := strings.Index(got[at:], part)
		if i < 0 {
			t.Fatalf("%q is not there, or not in its place:\n%s", part, got)
		}
		at += i
	}
	for _, l := range strings.Split(got, "\n") {
		if utf8.RuneCountInString(l) > 80 && strings.Contains(strings.TrimSpace(l), " ") {
			t.Errorf("a line of %d columns: %q", utf8.RuneCountInString(l), l)
		}
	}
	r := sample()
	r.Results, r.Ending, r.Because, r.Findings = r.Results[:1], audit.NoAttackWorked, "No attack that was tried worked.", nil
	got = written(t, Text, r, Options{})
	if !strings.HasPrefix(got, "No attack that was tried worked.\n") || !strings.Contains(got, "It does not say that nothing else works.") || !strings.Contains(got, "nothing was seen that the document says otherwise") {
		t.Error(got)
	}
	for _, e := range []audit.Ending{audit.Unsettled, audit.NoLogin, audit.Unreachable} {
		r.Ending, r.Because = e, "The password was refused."
		if got := written(t, Text, r, Options{}); !strings.HasPrefix(strings.ToLower(got), string(e)+": the password was refused.\n") {
			t.Error(got)
		}
	}
}

// TestNoPraise: nothing calls a login what no audit can know of it.
func TestNoPraise(t *testing.T) {
	praise := regexp.MustCompile(`(?i)\b(secure|safe|safely|defended|protected)\b`)
	for _, e := range []audit.Ending{audit.Vulnerable, audit.Weak, audit.NoAttackWorked, audit.Unsettled, audit.NoLogin, audit.Unreachable, audit.OnlyRead} {
		r := sample()
		r.Ending = e
		for _, write := range []func(io.Writer, audit.Report, Options) error{Text, JSON, SARIF, JUnit} {
			if word := praise.FindString(written(t, write, r, here)); word != "" {
				t.Errorf("%s: it says %q", e, word)
			}
		}
	}
}

// TestHostile: whatever a server puts into a report, a terminal obeys nothing of it, no
// line is forged, no text is without end, and what a program reads stays well formed.
func TestHostile(t *testing.T) {
	for _, text := range []string{hostile, hostile + strings.Repeat("A", 1<<20), strings.Repeat("\x1b[31m", 1<<16)} {
		r := poisoned(sample(), text)
		got := written(t, Text, r, Options{Width: 100})
		if i := strings.IndexFunc(got, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == '\u202e' }); i >= 0 {
			t.Errorf("the text has %q", got[i:i+1])
		}
		for _, l := range strings.Split(got, "\n") {
			if strings.HasPrefix(l, "No attack worked.") {
				t.Errorf("a forged line: %q", l)
			}
		}
		for name, write := range map[string]func(io.Writer, audit.Report, Options) error{"text": Text, "JSON": JSON, "SARIF": SARIF, "JUnit": JUnit} {
			if n := len(written(t, write, r, here)); n > 400_000 {
				t.Errorf("%s: %d bytes of %d-byte strings", name, n, len(text))
			}
		}
		if err := json.Unmarshal([]byte(written(t, JSON, r, here)), new(document)); err != nil {
			t.Error(err)
		}
		valid(t, written(t, SARIF, r, here))
		readJUnit(t, written(t, JUnit, r, here))
	}
	many := sample()
	for range 5000 {
		many.Exchanges[0].Set = append(many.Exchanges[0].Set, "a=b")
		many.Exchanges[0].Cookies = append(many.Exchanges[0].Cookies, audit.Pair{Name: "a", Value: "b"})
	}
	var d document
	if err := json.Unmarshal([]byte(written(t, JSON, many, here)), &d); err != nil || len(d.Exchanges[0].Set) != most || len(d.Exchanges[0].Cookies) != most || d.Exchanges[0].Left != 10001-2*most {
		t.Errorf("%v: %d lines, %d left", err, len(d.Exchanges[0].Set), d.Exchanges[0].Left)
	}
}

// TestColor: with colours the text is the same, without them it has none.
func TestColor(t *testing.T) {
	plain, colored := written(t, Text, sample(), Options{}), written(t, Text, sample(), Options{Color: true})
	if strings.Contains(plain, "\x1b") || !strings.Contains(colored, "\x1b[1;31mAn attack worked") {
		t.Error("colours are not where they should be")
	}
	if regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, "") != plain {
		t.Error("colours change the text")
	}
}

// TestValues: cookie values are masked everywhere unless they are asked for.
func TestValues(t *testing.T) {
	for name, write := range map[string]func(io.Writer, audit.Report, Options) error{"text": Text, "JSON": JSON, "SARIF": SARIF, "JUnit": JUnit} {
		if strings.Contains(written(t, write, sample(), here), secret) {
			t.Errorf("%s shows a cookie’s value", name)
		}
	}
	o := here
	o.Values = true
	if n := strings.Count(written(t, JSON, sample(), o), secret); n != 2 {
		t.Errorf("the value is asked for and there %d times", n)
	}
}

// TestJSON: what is written is what was found.
func TestJSON(t *testing.T) {
	r := sample()
	var d document
	text := written(t, JSON, r, Options{})
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		t.Fatal(err)
	}
	if d.Format != "fixlab-audit" || d.Version != 1 || d.Ending != string(r.Ending) || d.Logins != 3 || d.Requests != 21 || d.Seconds != 1.25 || len(d.Results) != len(r.Results) || d.Document != r.Document || len(d.Findings) != 2 || d.Findings[0].Line != 31 || d.Findings[1].Rule != "drift-login" {
		t.Errorf("%+v", d)
	}
	for i, x := range r.Results {
		if y := d.Results[i]; y.ID != x.ID || y.Verdict != string(x.Verdict) || y.Class != string(x.Class) || y.Mend != x.Mend || len(y.Refs) != len(x.Refs) || len(y.Evidence) != len(x.Evidence) {
			t.Errorf("%+v", y)
		}
	}
	before, after := d.Exchanges[0].Set[0], d.Exchanges[1].Cookies[0].Value
	if mark := "s%3A… (33) ▲"; after != mark || before != "connect.sid="+mark+"; Path=/; HttpOnly" {
		t.Errorf("equal values have no mark in common: %q, %q", before, after)
	}
	if empty := written(t, JSON, audit.Report{}, Options{}); strings.Contains(empty, "null") {
		t.Errorf("a null: %s", empty)
	}
}

// TestDocumented: report.md names every key.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile("report.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []any{document{}, result{}, finding{}, reference{}, evidence{}, exchange{}, pair{}} {
		for i := range reflect.TypeOf(of).NumField() {
			key, _, _ := strings.Cut(reflect.TypeOf(of).Field(i).Tag.Get("json"), ",")
			if !strings.Contains(string(page), "`"+key+"`") {
				t.Errorf("report.md does not name %q of %T", key, of)
			}
		}
	}
	for _, word := range []string{string(audit.Vulnerable), string(audit.Weak), string(audit.NoAttackWorked), string(audit.Unsettled), string(audit.NoLogin), string(audit.Unreachable), string(audit.OnlyRead),
		string(audit.Worked), string(audit.Held), string(audit.DidNotWork), string(audit.Inconclusive), string(audit.NotApplicable), string(audit.NotTried), string(audit.Control), string(audit.Attack), string(audit.Weakness), severe, moderate} {
		if !strings.Contains(string(page), word) {
			t.Errorf("report.md does not name %q", word)
		}
	}
}
