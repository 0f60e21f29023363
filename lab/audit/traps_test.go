package audit_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fixlab/lab/audit"
)

// The traps that traps.md calls recorded can be seen without sending anything: each recording
// sets one. The answer must not fall into it, and the note says what it was.
func TestPassiveTraps(t *testing.T) {
	list, err := os.ReadFile("traps.md")
	if err != nil {
		t.Fatal(err)
	}
	set := map[int]bool{}
	sidA, sidB := express("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3"), express("DbGv1f2A-In3ch1wsqYyH8mR3htNXcK4")
	anon, alice := "session=eyJiYXNrZXQiOiJ4In0=", "session=eyJiYXNrZXQiOiJ4IiwidXNlciI6ImFsaWNlIn0="
	for _, test := range []struct {
		trap  int
		what  string
		text  string
		state audit.State
		says  string // in the answer or in the note
		note  bool   // there is a note with the trap's number
	}{
		{1, "a token in a header", `GET / 200
			POST /login 200 | posts email password
			GET /api/me 200 | bearer`, audit.NoSession, "This is not this attack.", true},
		{2, "two cookies that count together", `GET / 200 | set ` + anon + `; path=/ | set session.sig=8OPpqG7Lp9MegE-xCd_uHbSENH0; path=/
			POST /login 302 | cookie ` + anon + `; session.sig=8OPpqG7Lp9MegE-xCd_uHbSENH0 | set ` + alice + `; path=/ | set session.sig=9OPpqG7Lp9MegE-xCd_uHbSENH0; path=/ | to /profile | posts user pass
			GET /profile 200 | cookie ` + alice + `; session.sig=9OPpqG7Lp9MegE-xCd_uHbSENH0`, audit.NoID, "session and session.sig only count together", true},
		{2, "a token cut in two", `GET / 200
			POST /login 200 | set jwt_hp=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0; Path=/ | set jwt_s=SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c; Path=/; HttpOnly | posts user password
			GET /me 200 | cookie jwt_hp=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0; jwt_s=SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c`, audit.NoID, "jwt_hp and jwt_s only count together", true},
		{4, "a load balancer's cookie changes on every answer", `GET / 200 | set connect.sid=` + sidA + ` | set AWSALB=k3v9x1qz7p2
			GET /login 200 | cookie connect.sid=` + sidA + `; AWSALB=k3v9x1qz7p2 | set AWSALB=j4w8y2ra6q3
			POST /login 302 | cookie connect.sid=` + sidA + `; AWSALB=j4w8y2ra6q3 | set AWSALB=h5x7z3sb5r4 | to /profile | posts user pass
			GET /profile 200 | cookie connect.sid=` + sidA + `; AWSALB=h5x7z3sb5r4 | set AWSALB=g6y6a4tc4s5`, audit.Kept, "AWSALB changes with the answers", true},
		{5, "a harmless cookie is kept", `GET / 200 | set connect.sid=` + sidA + ` | set lang=en
			POST /login 302 | cookie connect.sid=` + sidA + `; lang=en | set connect.sid=` + sidB + ` | to /profile | posts user pass
			GET /profile 200 | cookie connect.sid=` + sidB + `; lang=en`, audit.Replaced, "lang is the same before the login and after it, and is no session", true},
		{6, "the same value is set again", `GET / 200 | set connect.sid=` + sidA + `
			POST /login 302 | cookie connect.sid=` + sidA + ` | set connect.sid=` + sidA + ` | to /profile | posts user pass
			GET /profile 200 | cookie connect.sid=` + sidA, audit.Kept, "a Set-Cookie is not a new id", true},
		{7, "the signed value changes, the id in it stays", `GET / 200 | set session=` + flask(1700000000, `{"sid":"`+hexA+`"}`) + `
			POST /login 302 | cookie session=` + flask(1700000000, `{"sid":"`+hexA+`"}`) + ` | set session=` + flask(1700000009, `{"seen":"1f2e3d4c","sid":"`+hexA+`"}`) + ` | to /profile | posts user pass
			GET /profile 200 | cookie session=` + flask(1700000009, `{"seen":"1f2e3d4c","sid":"`+hexA+`"}`), audit.Kept, "the field sid in the data looks like an id and is the same", true},
		{8, "only the time changes", `GET / 200 | set session=` + flask(1700000000, `{"key":"k1"}`) + `
			POST /login 302 | cookie session=` + flask(1700000000, `{"key":"k1"}`) + ` | set session=` + flask(1700000009, `{"key":"k1"}`) + ` | to /profile | posts user pass
			GET /profile 200 | cookie session=` + flask(1700000009, `{"key":"k1"}`), audit.Kept, "only times in it are", true},
		{9, "encrypted", `GET / 200 | set app=Fe26.2*1*` + hexA + hexA + `*U7JD6m7dm2m3LP8phhYvxw*jR9m*1701209600000*` + hexA + hexA + `*pSlWplJV6voO0tFOi5oTvCdm8gTTBzjYZA5sgQX6M6I~2
			POST /login 302 | cookie app=Fe26.2*1*` + hexA + hexA + `*U7JD6m7dm2m3LP8phhYvxw*jR9m*1701209600000*` + hexA + hexA + `*pSlWplJV6voO0tFOi5oTvCdm8gTTBzjYZA5sgQX6M6I~2 | set app=Fe26.2*1*` + hexB + hexB + `*U7JD6m7dm2m3LP8phhYvxw*jR9m*1701209600000*` + hexB + hexB + `*qSlWplJV6voO0tFOi5oTvCdm8gTTBzjYZA5sgQX6M6I~2 | to / | posts user password
			GET / 200 | cookie app=Fe26.2*1*` + hexB + hexB + `*U7JD6m7dm2m3LP8phhYvxw*jR9m*1701209600000*` + hexB + hexB + `*qSlWplJV6voO0tFOi5oTvCdm8gTTBzjYZA5sgQX6M6I~2`, audit.SealedChange, "An encrypted value is another in every answer", true},
		{10, "no cookie before the login", `GET / 200
			POST /login 302 | set connect.sid=` + sidA + ` | to /profile | posts user pass
			GET /profile 200 | cookie connect.sid=` + sidA, audit.OnlyAtLogin, "Before the login there is no session", true},
		{11, "the session begins on a page of its own", `GET / 200
			GET /basket 200 | set PHPSESSID=` + phpA + `
			POST /login 302 | cookie PHPSESSID=` + phpA + ` | to /profile | posts user pass
			GET /profile 200 | cookie PHPSESSID=` + phpA, audit.Kept, "but at GET /basket", true},
		{12, "a constant id", `GET / 200
			POST /login 302 | set session=fixed-by-attacker.0901a8c3d02699bdb0fb36a335fd9c0ca68a463834a010faec7f130332a9e627 | to /profile | posts user pass
			GET /profile 200 | cookie session=fixed-by-attacker.0901a8c3d02699bdb0fb36a335fd9c0ca68a463834a010faec7f130332a9e627
			GET /logout 302 | cookie session=fixed-by-attacker.0901a8c3d02699bdb0fb36a335fd9c0ca68a463834a010faec7f130332a9e627 | set session=; Max-Age=0 | to /
			POST /login 302 | set session=fixed-by-attacker.0901a8c3d02699bdb0fb36a335fd9c0ca68a463834a010faec7f130332a9e627 | to /profile | posts user pass
			GET /profile 200 | cookie session=fixed-by-attacker.0901a8c3d02699bdb0fb36a335fd9c0ca68a463834a010faec7f130332a9e627`, audit.OnlyAtLogin, "it is a constant, and everybody knows it", true},
		{14, "the id in an address", `GET / 302 | set JSESSIONID=` + tomcatA + `; Path=/ | to /home;jsessionid=
			POST /login 302 | cookie JSESSIONID=` + tomcatA + ` | set JSESSIONID=` + tomcatB + `; Path=/ | to /profile | posts j_username j_password
			GET /profile 200 | cookie JSESSIONID=` + tomcatB, audit.Replaced, "An address carries ;jsessionid=", true},
		{15, "two cookies of one name", `GET / 200 | set sid=` + hexA + `
			POST /login 302 | cookie sid=` + hexA + `; sid=` + hexB + ` | to /profile | posts user pass
			GET /profile 200 | cookie sid=` + hexA + `; sid=` + hexB, audit.Kept, "which one counts, the server decides", true},
		{16, "the second factor does not give a new id either", `GET / 200 | set sid=` + hexA + `
			POST /api/firstfactor 200 | cookie sid=` + hexA + ` | posts username password
			POST /api/secondfactor/totp 200 | cookie sid=` + hexA + ` | posts token
			GET /profile 200 | cookie sid=` + hexA, audit.Kept, "", false},
		{17, "single sign-on: what was there before is promoted", `GET / 200 | set express_sid=` + sidA + `
			GET /login 302 | cookie express_sid=` + sidA + ` | to https://idp.example/authorize?client_id=&state=
			GET https://idp.example/authorize?client_id=&state= 302 | to https://shop.example/callback?code=&state=
			GET /callback?code=&state= 302 | cookie express_sid=` + sidA + ` | to /profile
			GET /profile 200 | cookie express_sid=` + sidA, audit.Kept, "This login comes back from another site", true},
		{18, "a remember-me cookie logs in by itself", `GET / 200 | set sid=` + hexA + `
			POST /login 302 | cookie sid=` + hexA + ` | set sid=` + hexB + ` | set remember_token=1|` + hexA + hexB + ` | to /profile | posts user pass
			GET /profile 200 | cookie sid=` + hexB + `; remember_token=1|` + hexA + hexB, audit.Replaced, "remember_token logs in by itself", true},
		{20, "a login that failed answers with itself, and the next one goes through", `GET / 200 | set sid=` + hexA + `
			POST /login 302 | cookie sid=` + hexA + ` | to /login?error= | posts user pass
			POST /login 302 | cookie sid=` + hexA + ` | set sid=` + hexB + ` | to /profile | posts user pass
			GET /profile 200 | cookie sid=` + hexB, audit.Replaced, "", false},
		{26, "one session a user", `GET / 200
			POST /login 302 | set sid=` + hexA + ` | to /profile | posts user pass
			GET /profile 200 | cookie sid=` + hexA + `
			POST /login 302 | cookie sid=` + hexA + ` | set sid=` + hexB + ` | to /profile | posts user pass
			GET /profile 200 | cookie sid=` + hexB, audit.OnlyAtLogin, "Where a user has one session at a time", true},
		{29, "Set-Cookie lines joined by a line break", `GET / 200 | set lang=en; Path=/\nsid=` + hexA + `; Path=/
			POST /login 302 | cookie lang=en; sid=` + hexA + ` | set lang=en\nsid=` + hexB + `; Path=/ | to /profile | posts user pass
			GET /profile 200 | cookie lang=en; sid=` + hexB, audit.Replaced, "several Set-Cookie lines in one", true},
		{30, "the cookie is set on the way of the redirects", `GET / 200 | set sid=` + hexA + `
			POST /login 302 | cookie sid=` + hexA + ` | to /login/done | posts user pass
			GET /login/done 302 | cookie sid=` + hexA + ` | set sid=` + hexB + ` | to /profile
			GET /profile 200 | cookie sid=` + hexB, audit.Replaced, "on the way of the login’s redirects", true},
		{31, "the same user logs in again", `GET / 200
			POST /login 302 | set sessionid=kv4sqrc9rz83ynx4m0k1lqx8q0v9z5t7 | to /profile | posts username password csrfmiddlewaretoken
			GET /profile 200 | cookie sessionid=kv4sqrc9rz83ynx4m0k1lqx8q0v9z5t7
			POST /login 302 | cookie sessionid=kv4sqrc9rz83ynx4m0k1lqx8q0v9z5t7 | to /profile | posts username password csrfmiddlewaretoken
			GET /profile 200 | cookie sessionid=kv4sqrc9rz83ynx4m0k1lqx8q0v9z5t7`, audit.OnlyAtLogin, "skip rotation by design", true},
	} {
		set[test.trap] = true
		rec := recorded(t, test.text)
		r := audit.Observe(rec, audit.Options{Login: -1})
		all := r.Says + " " + r.Prove
		for _, n := range r.Notes {
			all += " " + n.Says
		}
		if r.State != test.state || !strings.Contains(all, test.says) {
			t.Errorf("trap %d, %s: %s\n%s", test.trap, test.what, r.State, all)
		}
		if has := slices.ContainsFunc(r.Notes, func(n audit.Note) bool { return n.Trap == test.trap }); has != test.note {
			t.Errorf("trap %d, %s: a note: %v, want %v\n%+v", test.trap, test.what, has, test.note, r.Notes)
		}
		sound(t, test.what, rec, r)
	}
	for line := range strings.Lines(string(list)) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if n, err := strconv.Atoi(strings.TrimPrefix(cells[0], "| ")); err == nil {
			if set[n] != strings.Contains(cells[len(cells)-1], "recorded") {
				t.Errorf("trap %d is set: %v; the list says %q", n, set[n], line)
			}
			delete(set, n)
		}
	}
	if len(set) > 0 {
		t.Errorf("the list lacks the traps %v", set)
	}
}

// Without the trap there is no note of it: the same recordings do not warn of each other's.
func TestNotesAreNotAlwaysThere(t *testing.T) {
	r := observed(t, php(phpB))
	for _, n := range r.Notes {
		t.Errorf("a plain recording has a note: %d %s", n.Trap, n.Says)
	}
}

func TestSanitised(t *testing.T) {
	rec := recorded(t, `GET / 200
		POST /login 302 | to /profile | posts user password
		GET /profile 200`)
	rec.Lacks, rec.Passwords = audit.NoCookies, []string{"request 2, field password"}
	r := audit.Observe(rec, audit.Options{Login: -1})
	if r.State != audit.NoCookieSeen || r.Says != "This file has no cookies: Chrome leaves them out by default. It does hold 1 password field; delete it." || !strings.Contains(r.Prove, "export with sensitive data") || r.Cookies != nil || r.Routes != nil {
		t.Errorf("%+v", r)
	}
}

// The parts of a report over a recording with everything in it.
func TestWholeReport(t *testing.T) {
	a, b, c := express("CaFu0e1Z-Hm2bg0vrpXxG7lQ2gsMWbJ3"), express("DbGv1f2A-In3ch1wsqYyH8mR3htNXcK4"), express("EcHw2g3B-Jo4di2xtrZzI9nS4iuOYdL5")
	rec := recorded(t, `GET https://cdn.example/a.js 200 | set tracker=`+hexA+`
		GET / 200 | set connect.sid=`+a+`; Path=/; HttpOnly; Secure; SameSite=Lax | set theme=dark | hsts max-age=31536000
		GET /a.css 200 | cookie connect.sid=`+a+`; theme=dark
		GET /b.css 200 | cookie connect.sid=`+a+`; theme=dark
		GET /profile 302 | cookie connect.sid=`+a+`; theme=dark | to /login
		GET /login 200 | cookie connect.sid=`+a+`; theme=dark
		POST /login 302 | cookie connect.sid=`+a+`; theme=dark | set connect.sid=`+b+`; Path=/; HttpOnly; Secure; SameSite=Lax | to /profile | posts user password
		GET /profile 200 | cookie connect.sid=`+b+`; theme=dark
		POST /login 302 | cookie connect.sid=`+b+`; theme=dark | set connect.sid=`+c+`; Path=/; HttpOnly; Secure; SameSite=Lax | to /profile | posts user password
		GET /profile 200 | cookie connect.sid=`+c+`; theme=dark
		POST /logout 302 | cookie connect.sid=`+c+`; theme=dark | set connect.sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT | to /
		GET / 200 | cookie theme=dark`)
	r := audit.Observe(rec, audit.Options{Login: -1})
	sound(t, "all", rec, r)
	if r.State != audit.Replaced || r.Site != "shop.example" || r.Private != "/profile" || r.Framework != "Express, express-session" || !r.Sure {
		t.Errorf("%s %s %s %s %v", r.State, r.Site, r.Private, r.Framework, r.Sure)
	}
	if want := "any-route/rotate+httponly+secure+lax+hsts@express-session"; r.Play != want {
		t.Errorf("play %s, want %s", r.Play, want)
	}
	if want := "fixlab audit https://shop.example -login /login -as alice:env:PW_A -and mallory:env:PW_B -private /profile -i-may-test shop.example"; r.Command != want {
		t.Errorf("command %s, want %s", r.Command, want)
	}
	var line []string
	for _, p := range r.Line {
		s := p.Request
		if p.Count > 1 {
			s += " and more"
		}
		if p.Moment != audit.Plain {
			s += " = " + string(p.Moment)
		}
		if p.Private {
			s += " (private)"
		}
		line = append(line, s)
	}
	if got, want := strings.Join(line, "\n"), "GET /\nGET /a.css and more\nPOST /login = login\nGET /profile (private)\nPOST /login = login again\nGET /profile (private)\nPOST /logout = logout\nGET /"; got != want {
		t.Errorf("time line:\n%s", got)
	}
	if len(r.Cookies) != 2 || !r.Cookies[0].Session || r.Cookies[0].Name != "connect.sid" || r.Cookies[1].Role != "preference or consent" {
		t.Fatalf("cookies: %+v", r.Cookies)
	}
	sid := r.Cookies[0]
	for what, s := range map[string]struct {
		got  audit.Masked
		mark string
	}{"start": {sid.Start, "▲"}, "login": {sid.Login, "●"}, "again": {sid.Again, "■"}, "logout": {sid.Logout, ""}} {
		if got := s.got.String(); !strings.HasSuffix(got, s.mark) || (got == "") != (s.mark == "") {
			t.Errorf("%s: %q, want the mark %q", what, s.got, s.mark)
		}
	}
	faults := map[string]bool{}
	for _, f := range sid.Findings {
		faults[f.Ref.ID] = f.Fault
	}
	if faults["ASVS 5.0 3.3.1"] || faults["ASVS 5.0 3.3.2"] || !faults["ASVS 5.0 3.3.3"] || faults["ASVS 5.0 3.3.4"] || len(faults) != 4 {
		t.Errorf("findings: %+v", sid.Findings)
	}
	if w := find(t, r.Routes, "sibling-https"); w.Beside.Fate != audit.Shadows || w.Exchange < 0 {
		t.Errorf("routes: %+v", w)
	}
	for _, l := range r.Limits {
		if strings.Contains(l, "second login") || strings.Contains(l, "there is none here") || strings.Contains(l, "Which page") {
			t.Errorf("it says that it cannot show what it has: %s", l)
		}
	}
	if len(r.Limits) < 3 {
		t.Errorf("limits: %q", r.Limits)
	}
}

// A person's word goes before a guess.
func TestLoginIsTold(t *testing.T) {
	rec := recorded(t, `GET / 200 | set sid=`+hexA+`
		POST /api/go 200 | cookie sid=`+hexA+` | set sid=`+hexB+` | posts a b
		GET /profile 200 | cookie sid=`+hexB)
	if r := audit.Observe(rec, audit.Options{Login: -1}); r.State != audit.NoLoginSeen {
		t.Errorf("guessed: %s", r.State)
	}
	r := audit.Observe(rec, audit.Options{Login: 1, Private: "/profile?x=1"})
	if r.State != audit.Replaced || r.Private != "/profile" || !r.Line[2].Private {
		t.Errorf("told: %s, %q, %+v", r.State, r.Private, r.Line)
	}
	for _, wrong := range []int{-7, 99} {
		if r := audit.Observe(rec, audit.Options{Login: wrong}); r.State != audit.NoLoginSeen {
			t.Errorf("login %d: %s", wrong, r.State)
		}
	}
}

func TestTable(t *testing.T) {
	rec := recorded(t, `GET / 200 | set PHPSESSID=`+phpA+`; path=/`)
	rec.Kind, rec.Lacks = audit.Table, audit.NoOrder|audit.NoRequests
	r := audit.Observe(rec, audit.Options{Login: -1})
	if r.State != audit.NoLoginSeen || !strings.Contains(r.Says, "one moment") || len(r.Cookies) != 1 || len(r.Routes) == 0 {
		t.Errorf("%+v", r)
	}
}

// An id in a path is not shown.
func TestPathsHideIDs(t *testing.T) {
	r := observed(t, `GET /x;jsessionid=`+tomcatA+`/`+hexA+` 200 | set a=`+hexA+`
		POST /login 302 | to /profile | posts user pass`)
	if got := r.Line[0].Request; got != "GET /x;jsessionid=…/…" {
		t.Errorf("%q", got)
	}
}

// The command asks for the page on which the session begins, and quotes what a shell reads.
func TestCommand(t *testing.T) {
	r := observed(t, `GET / 200
		GET /basket 200 | set PHPSESSID=`+phpA+`
		POST /lo'gin;$(id)/login 302 | cookie PHPSESSID=`+phpA+` | to /profile | posts user pass
		GET /profile 200 | cookie PHPSESSID=`+phpA)
	if want := `fixlab audit https://shop.example -login '/lo'\''gin;$(id)/login' -as alice:env:PW_A -and mallory:env:PW_B -private /PRIVATE -start /basket -i-may-test shop.example`; r.Command != want {
		t.Errorf("%s\nwant %s", r.Command, want)
	}
}

// A site of many requests is observed at once.
func BenchmarkObserve(b *testing.B) {
	var text strings.Builder
	text.WriteString(php(phpB))
	for range 5000 {
		text.WriteString("\nGET /page 200 | cookie PHPSESSID=" + phpB + "; lang=en; theme=dark; _ga=GA1.1.1234567890.1700000000 | set AWSALB=k3v9x1qz7p2")
	}
	rec := recorded(b, text.String())
	for b.Loop() {
		audit.Observe(rec, audit.Options{Login: -1})
	}
}
