package scenarios

import (
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// The attack of "Cookie Crumbles" (Squarcina et al., USENIX Security 2023) with
// its attacker, who may write any cookie: Mallory opens a session and leaves it
// in Alice's browser, with the token that belongs to it. The form stands on a
// sibling, so that SameSite says nothing. The second form is that of an attacker
// who looks once more after Alice has logged in.
const crumbles = `title: Cookie Crumbles
profile: PROFILE
seed: 1

mallory@alice get /login
mallory@alice read early token
mallory@alice copy loot
mallory paste $cookie=$loot
alice post /login user=alice password=correct-horse
mallory serve https://blog.shop.example/early <form method="post" action="https://shop.example/transfer"><input type="hidden" name="token" value="$early"><input type="hidden" name="to" value="mallory"><input type="hidden" name="amount" value="100"></form>
alice get https://blog.shop.example/early
alice submit
`

// fixation is how the attacker of the last column goes on, adaptive the one of
// the formal model, who needs no account of Alice's to be served but a token.
const (
	fixation = "mallory get /profile\n"
	adaptive = `mallory get /transfer
mallory read late token
mallory serve https://blog.shop.example/late <form method="post" action="https://shop.example/transfer"><input type="hidden" name="token" value="$late"><input type="hidden" name="to" value="mallory"><input type="hidden" name="amount" value="100"></form>
alice get https://blog.shop.example/late
alice submit
`
)

func crumble(t *testing.T, profile, on, steps string) event.Verdict {
	t.Helper()
	s, err := Parse("crumbles", strings.Replace(crumbles, "PROFILE", profile, 1)+steps)
	if err != nil {
		t.Fatal(err)
	}
	d, err := defence.Parse(on)
	if err != nil {
		t.Fatal(err)
	}
	return run(t, s, d).Verdict
}

// TestCrumbles is table 5 of the paper, its columns "CORF pre-login" and
// "session fixation", for the frameworks whose mechanism a profile has.
func TestCrumbles(t *testing.T) {
	for _, row := range []struct {
		framework      string
		profile, on    string // profile "": not modelled, on says why
		corf, fixation bool   // vulnerable
	}{
		{"Express, passport 0.5.3", "express-passport-0.5", "none", true, true},
		{"Express, passport 0.6.0", "express-passport-0.7", "none", false, false},
		{"Express, passport 0.6.0, keepSessionInfo", "express-passport-0.7-keep", "none", true, false},
		{"Koa, koa-passport 4.1.3", "cookie-session", "none", true, false},
		{"Sails 1.5.3, login as in its manual", "express-session", "none", true, true},
		{"Fastify, @fastify/passport 2.2.0, session", "express-session", "none", true, true},
		{"Fastify, @fastify/passport 2.3.0, session", "express-session", "flush", false, false},
		{"Fastify, @fastify/passport 2.2.0, secure-session", "cookie-session", "none", true, false},
		{"Fastify, @fastify/passport 2.3.0, secure-session", "cookie-session", "fresh-csrf", false, false},
		{"Django 3.2.13, database", "django-db", "framework-login", false, false},
		{"Django 3.2.13, cached database", "django-cached-db", "framework-login", false, false},
		{"Django 3.2.13, signed cookies", "django-signed-cookies", "framework-login", false, false},
		{"Flask 2.1.2, flask-login 0.6.1", "flask", "none", true, false},
		{"Symfony 5.4.19, MIGRATE", "signed-id", "rotate", true, false},
		{"Symfony 5.4.20, MIGRATE", "signed-id", "rotate+fresh-csrf", false, false},
		{"Symfony 5.4.19, NONE", "signed-id", "none", true, true},
		{"Symfony 5.4.19, INVALIDATE", "signed-id", "flush", false, false},

		{framework: "CodeIgniter 4, Shield 1.0.0-beta", on: "its old record got the new token and not the user; keep-old-record leaves the user in it, so the lab's row would be hijacked"},
		{framework: "Tornado 6.2.0", on: "it has no synchronizer token, so the paper's cell is empty; no profile has its signed cookie"},
		{framework: "Laravel 9.1.5", on: "the paper does not describe the mechanism"},
		{framework: "Yii2 2.0.45", on: "the paper does not describe the mechanism"},
		{framework: "ASP.NET Core 6.0.4", on: "the paper does not describe the mechanism"},
		{framework: "Spring 5.3.19", on: "the paper does not describe the mechanism"},
	} {
		if row.profile == "" {
			t.Logf("not modelled: %s: %s", row.framework, row.on)
			continue
		}
		v := crumble(t, row.profile, row.on, fixation)
		if corf := v.Holds(event.Forged); corf != row.corf {
			t.Errorf("%s (%s, %s): forged %v, want %v: %s, %v", row.framework, row.profile, row.on, corf, row.corf, v.Outcome, v.Also)
		}
		if fixed := v.Holds(event.Hijacked); fixed != row.fixation {
			t.Errorf("%s (%s, %s): hijacked %v, want %v: %s, %v", row.framework, row.profile, row.on, fixed, row.fixation, v.Outcome, v.Also)
		}
	}
}

// TestCrumblesProof is what ProVerif says of the paper's models with a fresh
// token at login, a fresh id, both or neither: session integrity holds with the
// token where the session is the cookie, and takes both where the cookie names
// a record.
func TestCrumblesProof(t *testing.T) {
	for _, model := range []struct {
		profiles []string
		want     map[string]bool // is there a forged transfer?
	}{
		{[]string{"signed-id", "express-session", "scs", "django-db", "flask-server-id", "gorilla-filesystem", "flask-session"},
			map[string]bool{"none": true, "fresh-csrf": true, "rotate": true, "rotate+fresh-csrf": false}},
		{[]string{"flask", "cookie-session", "gorilla-cookie", "django-signed-cookies"},
			map[string]bool{"none": true, "fresh-csrf": false, "rotate": true, "rotate+fresh-csrf": false}},
	} {
		for _, profile := range model.profiles {
			for _, on := range []string{"none", "fresh-csrf", "rotate", "rotate+fresh-csrf"} {
				if v := crumble(t, profile, on, adaptive); v.Holds(event.Forged) != model.want[on] {
					t.Errorf("%s, %s: forged %v, want %v: %s, %v", profile, on, v.Holds(event.Forged), model.want[on], v.Outcome, v.Also)
				}
			}
		}
	}
}
