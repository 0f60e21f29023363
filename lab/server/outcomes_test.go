package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/world"
)

// An experiment is one attack on real software, and how it ended.
type experiment struct {
	Framework, Version, Backend, Rotation string
	Origin                                string `json:"id_origin"`
	Account                               bool   `json:"attacker_account"`
	Secret                                string `json:"secret_rotation"`
	Outcome, Reason                       string
}

func (x experiment) String() string {
	return fmt.Sprintf("%s %s, %s, %s: %s, account %v, secret %s", x.Framework, x.Version, x.Backend, x.Rotation, x.Origin, x.Account, x.Secret)
}

// A target is the profile and the switches that stand for what was attacked.
type target struct {
	profile string
	on      defence.Set
	path    string // of the login; "" is /login
}

// rule says which profile stands for a framework, backend and version; the
// first whose fields match counts. "" matches everything; a field that ends in
// "*" matches what begins so.
type rule struct {
	framework, backend, version, rotation string
	target
}

const auth = defence.FrameworkLogin

// djangoRotations are the logins that Django was tried with. Most write what
// auth.login() writes, the password's hash included: a login of one's own that
// does so and does not rotate is auth.login() without its first lines.
var djangoRotations = map[string]target{
	"none":            {on: auth | defence.ForgottenPath, path: "/sso"},
	"none_clear":      {on: auth | defence.ForgottenPath | defence.Clear, path: "/sso"},
	"cycle_key":       {on: auth},
	"cycle_key_after": {on: auth | defence.Rotate},
	"flush":           {on: auth | defence.Flush},

	"auth_login":           {on: auth},
	"auth_login+cycle_key": {on: auth | defence.Rotate},

	// These write request.session["user_id"] and nothing else. The snippet
	// flushes and then writes it, whatever was done before.
	"naive_user_id":            {},
	"naive_user_id+cycle_key":  {on: defence.Rotate},
	"flush_snippet":            {on: defence.Flush},
	"auth_login+flush_snippet": {on: defence.Flush},
}

var djangoBackends = map[string]string{
	"db": "django-db", "cache": "django-cache", "cached_db": "django-cached-db",
	"file": "django-file", "signed_cookies": "django-signed-cookies",
}

var rules = []rule{
	{"flask-SecureCookieSession", "", "", "none", target{profile: "flask"}},
	{"flask-SecureCookieSession", "", "", "clear", target{profile: "flask", on: defence.Clear}},

	{"flask-session-carries-server-id", "", "", "none", target{profile: "flask-server-id", on: defence.Strict}},
	{"flask-session-carries-server-id", "", "", "none_permissive", target{profile: "flask-server-id"}},
	{"flask-session-carries-server-id", "", "", "cycle", target{profile: "flask-server-id", on: defence.Strict | defence.Rotate}},
	{"flask-session-carries-server-id", "", "", "flush", target{profile: "flask-server-id", on: defence.Strict | defence.Flush}},
	{"flask-session-carries-server-id", "", "", "session_clear_only", target{profile: "flask-server-id", on: defence.Strict | defence.Clear}},

	{"flask-session-ext", "filesystem", "0.8*", "none", target{profile: "flask-session", on: defence.BareKey}},
	{"flask-session-ext", "filesystem", "0.8*", "clear", target{profile: "flask-session", on: defence.BareKey | defence.Clear}},
	{"flask-session-ext", "filesystem", "0.8*", "regenerate", target{profile: "flask-session", on: defence.BareKey | defence.Rotate}},
	{"flask-session-ext", "filesystem+signer", "0.8*", "none", target{profile: "flask-session"}},
	{"flask-session-ext", "filesystem+signer", "0.8*", "clear", target{profile: "flask-session", on: defence.Clear}},
	{"flask-session-ext", "filesystem+signer", "0.8*", "regenerate", target{profile: "flask-session", on: defence.Rotate}},
	{"flask-session-ext", "filesystem", "", "none", target{profile: "flask-session-old"}},
	{"flask-session-ext", "filesystem", "", "clear", target{profile: "flask-session-old", on: defence.Clear}},
	{"flask-session-ext", "filesystem", "", "new_sid", target{profile: "flask-session-old", on: defence.Rotate}},
	{"flask-session-ext", "filesystem+signer", "", "none", target{profile: "flask-session-old-signed"}},
	{"flask-session-ext", "filesystem+signer", "", "clear", target{profile: "flask-session-old-signed", on: defence.Clear}},
	{"flask-session-ext", "filesystem+signer", "", "new_sid", target{profile: "flask-session-old-signed", on: defence.Rotate}},

	{"flask-seed-literal", "", "", "none_raw", target{profile: "flask-seed"}},
	{"flask-seed-literal", "", "", "regenerate", target{profile: "flask-seed", on: defence.Rotate}},
	{"flask-seed-bound", "", "", "none_raw", target{profile: "flask-seed"}},
	{"flask-seed-bound", "", "", "none_verified", target{profile: "flask-seed-verified"}},
	{"flask-seed-bound", "", "", "none_strict", target{profile: "flask-seed-verified", on: defence.Strict}},
	{"flask-seed-bound", "", "", "flush", target{profile: "flask-seed-verified", on: defence.Strict | defence.Flush}},
	{"flask-seed-bound", "", "", "regenerate", target{profile: "flask-seed-fixed"}},
	{"flask-seed-bound", "", "", "regenerate+delete", target{profile: "flask-seed-fixed"}},

	{"express-session", "", "", "none", target{profile: "express-session"}},
	{"express-session", "", "", "regenerate", target{profile: "express-session", on: defence.Flush}},
	{"express-session", "", "", "regenerate_keep_data", target{profile: "express-session", on: defence.Rotate}},
	{"express-session", "", "", "destroy_then_login", target{profile: "express-session", on: defence.Flush}},
	{"express-session+passport", "", "0.5*", "default", target{profile: "express-passport-0.5"}},
	{"express-session+passport", "", "0.7*", "default", target{profile: "express-passport-0.7"}},
	{"express-session+passport", "", "0.7*", "keepSessionInfo", target{profile: "express-passport-0.7-keep"}},
	{"cookie-session", "", "", "none", target{profile: "cookie-session"}},
	{"cookie-session", "", "", "null_then_login", target{profile: "cookie-session", on: defence.Flush}},

	{"go-gorilla/sessions", "CookieStore*", "", "none", target{profile: "gorilla-cookie"}},
	{"go-gorilla/sessions", "CookieStore*", "", "clear_values", target{profile: "gorilla-cookie", on: defence.Clear}},
	{"go-gorilla/sessions", "FilesystemStore", "", "none", target{profile: "gorilla-filesystem"}},
	{"go-gorilla/sessions", "FilesystemStore", "", "none_checkerr", target{profile: "gorilla-filesystem", on: defence.Strict}},
	{"go-gorilla/sessions", "FilesystemStore", "", "clear_values", target{profile: "gorilla-filesystem", on: defence.Clear}},
	{"go-gorilla/sessions", "FilesystemStore", "", "new_id", target{profile: "gorilla-filesystem", on: defence.Rotate}},
	{"go-gorilla/sessions", "FilesystemStore", "", "new_id_erase_old", target{profile: "gorilla-filesystem", on: defence.Rotate}},
	{"go-gorilla/sessions", "FilesystemStore", "", "flush", target{profile: "gorilla-filesystem", on: defence.Flush}},
	{"go-scs", "", "", "none", target{profile: "scs"}},
	{"go-scs", "", "", "Clear", target{profile: "scs", on: defence.Clear}},
	{"go-scs", "", "", "RenewToken", target{profile: "scs", on: defence.Rotate}},
	{"go-scs", "", "", "Clear+RenewToken", target{profile: "scs", on: defence.Clear | defence.Rotate}},
	{"go-scs", "", "", "Destroy", target{profile: "scs", on: defence.Flush}},
}

func (x experiment) target() (target, error) {
	if x.Framework == "django" {
		t, ok := djangoRotations[x.Rotation]
		t.profile = djangoBackends[x.Backend]
		if !ok || t.profile == "" {
			return target{}, fmt.Errorf("no Django with %s sessions and the login %s", x.Backend, x.Rotation)
		}
		return t, nil
	}
	is := func(pattern, text string) bool {
		start, some := strings.CutSuffix(pattern, "*")
		return pattern == "" || pattern == text || some && strings.HasPrefix(text, start)
	}
	for _, r := range rules {
		if is(r.framework, x.Framework) && is(r.backend, x.Backend) && is(r.version, x.Version) && is(r.rotation, x.Rotation) {
			return r.target, nil
		}
	}
	return target{}, fmt.Errorf("no %s with the login %s", x.Framework, x.Rotation)
}

// An attack is the script of an experiment while it is being written: where the
// next line needs a value, what there is so far is played.
type attack struct {
	target
	profile server.Profile
	lines   []string
}

func (a *attack) do(line string, args ...any) { a.lines = append(a.lines, fmt.Sprintf(line, args...)) }

// login logs who in at browser at.
func (a *attack) login(who string) {
	password := map[string]string{"alice": "correct-horse", "mallory": "hunter2"}[who]
	if a.path == "/sso" {
		a.do("%s post /sso user=%s ticket=ticket-for-%s", who, who, who)
		return
	}
	a.do("%s post /login user=%s password=%s", who, who, password)
}

func (a *attack) play() (*lab.Trace, error) {
	s, err := script.Parse("experiment", "title: An experiment\nprofile: "+a.target.profile+"\nseed: 1\n\n"+strings.Join(a.lines, "\n")+"\n")
	if err != nil {
		return nil, err
	}
	return lab.Run(s, a.on)
}

// cookies returns what mallory's browser holds for the shop, each as a line.
func (a *attack) cookies() ([]string, error) {
	if len(a.lines) == 0 {
		return nil, nil
	}
	t, err := a.play()
	if err != nil {
		return nil, err
	}
	s := t.Frames[len(t.Frames)-1].State
	jar := s.Browser("mallory").Jar
	var lines []string
	for _, e := range jar {
		lines = append(lines, e.Name+"="+e.Value)
	}
	return lines, nil
}

// paste puts cookies into a jar by hand.
func (a *attack) paste(who string, lines []string) {
	for _, line := range lines {
		a.do("%s paste %s", who, line)
	}
}

// wellformed returns a key of the profile's own form that it never issued.
func (a *attack) wellformed() string {
	const letters = "k3yth47m4ll0ryd1d1nv3n7h3r5elf00k3yth47m4ll0ryd1d1nv3n7h3r5elf00"
	switch id := a.profile.ID; {
	case strings.HasPrefix(id, "flask-session-old"):
		return "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
	case id == "scs" || id == "flask-session":
		return letters[:43]
	case id == "gorilla-filesystem":
		return strings.ToUpper(strings.NewReplacer("0", "A", "1", "B", "8", "C", "9", "D").Replace(letters[:52]))
	}
	return letters[:32]
}

// tampered changes one character in the middle of the key, and not the last of
// a signature: some formats do not look at all of that one.
func tampered(line string) string {
	name, value, _ := strings.Cut(line, "=")
	at := len(value) / 2
	c := "X"
	if value[at] == 'X' {
		c = "Y"
	}
	return name + "=" + value[:at] + c + value[at+1:]
}

// forged signs what a cookie carries anew, with a secret that is not the server's.
func (a *attack) forged(lines []string) ([]string, error) {
	now := func() time.Time { return start }
	ours, wrong := a.profile.Signer(now, []string{world.Secret}), a.profile.Signer(now, []string{"not-the-secret"})
	if a.profile.ID == "cookie-session" { // the data and its signature are one text
		text, err := ours.Unsign(strings.Join(lines, "; "))
		return strings.Split(wrong.Sign(text), "; "), err
	}
	if len(lines) == 0 {
		return []string{a.profile.Cookie + "=" + wrong.Sign(a.wellformed())}, nil
	}
	name, value, _ := strings.Cut(lines[0], "=")
	text, err := ours.Unsign(value)
	if value == text {
		return nil, fmt.Errorf("nothing is signed")
	}
	return []string{name + "=" + wrong.Sign(text)}, err
}

// issued visits the shop as nobody and returns the cookies that it sends. The
// article's own listing sends none; where it was tried with a table of users, a
// page was added that signs an id for every visitor.
func (a *attack) issued(x experiment) ([]string, error) {
	a.do("mallory get /")
	lines, err := a.cookies()
	if x.Framework == "flask-seed-bound" && len(lines) == 0 {
		lines = []string{a.profile.Cookie + "=" + a.profile.Signer(nil, []string{world.Secret}).Sign(a.wellformed())}
	}
	return lines, err
}

// script writes the experiment down as steps.
func (x experiment) script(t target) (*attack, error) {
	p, ok := server.ByID(t.profile)
	if !ok {
		return nil, fmt.Errorf("no profile %s", t.profile)
	}
	a := &attack{target: t, profile: p}
	var plant, show []string // cookies
	var err error
	switch x.Origin {
	case "control_no_plant":
		if x.Account {
			a.login("mallory")
		}
	case "server_anon", "server_anon_with_account":
		plant, err = a.issued(x)
	case "own_login", "own_login_then_logout":
		a.do("mallory get /")
		a.login("mallory")
		plant, err = a.cookies()
		if x.Origin == "own_login_then_logout" {
			a.do("mallory post /logout")
		}
	case "server_issued_dead":
		plant, err = a.issued(x)
		a.do("mallory post /logout")
	case "invented_wellformed":
		plant = []string{p.Cookie + "=" + a.wellformed()}
	case "invented_malformed":
		plant = []string{p.Cookie + "=EVIL"}
	case "invented_oracle":
		plant = []string{p.Cookie + "=" + a.wellformed()}
		a.paste("mallory", plant)
		a.login("mallory")
	case "tampered":
		if plant, err = a.issued(x); err == nil && len(plant) > 0 {
			plant[0] = tampered(plant[0])
		}
	case "forged_wrong_key":
		if plant, err = a.issued(x); err == nil {
			plant, err = a.forged(plant)
		}
	default:
		err = fmt.Errorf("no id of origin %s", x.Origin)
	}
	if err != nil {
		return nil, err
	}
	if show, err = a.cookies(); err != nil { // what she has, from before alice logs in
		return nil, err
	}
	before, after, err := a.deploys(x.Secret)
	if err != nil {
		return nil, err
	}
	a.paste("mallory@alice", plant)
	a.do("%s", before)
	a.login("alice")
	a.do("%s", after)
	for _, all := range [][]string{plant, show} {
		a.do("mallory forget")
		a.paste("mallory", all)
		a.do("mallory get /profile")
	}
	a.do("alice get /profile")
	return a, nil
}

// deploys returns the steps at which the signing secret is replaced.
func (a *attack) deploys(secret string) (before, after string, err error) {
	if secret == "none" {
		return "", "", nil
	}
	when, how, _ := strings.Cut(secret, ", ")
	switch how {
	case "no fallback":
		a.on |= defence.RotateSecret
	case "old key in SECRET_KEY_FALLBACKS":
		a.on |= defence.RotateSecret | defence.SecretFallback
	default:
		return "", "", fmt.Errorf("no secret rotation %q", secret)
	}
	switch when {
	case "SECRET_KEY replaced between plant and login":
		return "server deploy", "", nil
	case "SECRET_KEY replaced after login before replay":
		return "", "server deploy", nil
	}
	return "", "", fmt.Errorf("no secret rotation %q", secret)
}

// play plays the experiment. The error says what the lab lacks for it.
func (x experiment) play() (*attack, *lab.Trace, error) {
	t, err := x.target()
	if err != nil {
		return nil, nil, err
	}
	a, err := x.script(t)
	if err != nil {
		return nil, nil, err
	}
	trace, err := a.play()
	return a, trace, err
}

// agrees compares the outcome of the run with what really happened.
func (x experiment) agrees(a *attack, t *lab.Trace) error {
	hijacked := t.Verdict.Outcome.Hijack()
	switch {
	case hijacked != (x.Outcome == "hijacked"):
		return fmt.Errorf("the lab says %s", t.Verdict.Outcome)
	case hijacked && !a.shows(t.Verdict.Key):
		return fmt.Errorf("mallory was served by %q, which she did not show", t.Verdict.Key)
	}
	return nil
}

// agreesInDetail compares what else the record tells: whether the attack took an
// account, and whether alice was logged in at the end.
func (x experiment) agreesInDetail(t *lab.Trace) error {
	if !x.Account && t.Verdict.Outcome == event.HijackedWithAccount {
		return fmt.Errorf("the lab says that it takes an account")
	}
	served := ""
	for _, e := range t.Frames[len(t.Frames)-1].Events {
		if e.Kind == event.Whoami {
			served = e.User
		}
	}
	want := "alice"
	for _, out := range []string{"logged the victim out", "everyone is logged out", "AND victim are logged out", "did not end up logged in"} {
		if strings.Contains(x.Reason, out) {
			want = ""
		}
	}
	if served != want {
		return fmt.Errorf("in the end alice is served as %q", served)
	}
	return nil
}

// shows reports whether mallory pasted a cookie that carries the key into her own jar.
func (a *attack) shows(key string) bool {
	return slices.ContainsFunc(a.lines, func(line string) bool {
		line, ok := strings.CutPrefix(line, "mallory paste ")
		_, value, _ := strings.Cut(line, "=")
		now := func() time.Time { return start }
		text, _ := a.profile.Signer(now, []string{world.Secret}).Unsign(value)
		return ok && (strings.Contains(value, key) || strings.Contains(text, key))
	})
}

// start is shortly after the lab's clock starts.
var start = time.Date(2026, 1, 1, 9, 0, 10, 0, time.UTC)

// TestOutcomes plays every recorded attack on the real frameworks, and those in
// the file that ATTACK_OUTCOMES names, against the lab's profiles.
func TestOutcomes(t *testing.T) {
	const own = "testdata/attack-outcomes.json"
	for _, file := range []string{own, os.Getenv("ATTACK_OUTCOMES")} {
		if file == "" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var all []experiment
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		agree, inDetail, missing := 0, 0, 0
		reasons := map[string]int{}
		for _, x := range all {
			a, trace, err := x.play()
			if err != nil {
				missing++
				reasons[err.Error()]++
				continue
			}
			if err := x.agrees(a, trace); err != nil {
				var b bytes.Buffer
				lab.Print(&b, trace)
				t.Errorf("%v: %v; really %s (%s)\n%s", x, err, x.Outcome, x.Reason, b.String())
				continue
			}
			agree++
			if err := x.agreesInDetail(trace); err != nil {
				t.Logf("%v: %v; really %s", x, err, x.Reason)
				continue
			}
			inDetail++
		}
		sum := fmt.Sprintf("%d of %d outcomes agree, %d not modelled (%d also in who needs an account and whether alice stays logged in)", agree, len(all), missing, inDetail)
		for _, why := range slices.Sorted(maps.Keys(reasons)) {
			sum += fmt.Sprintf("\n  %d: %s", reasons[why], why)
		}
		fmt.Println(sum)
		t.Log(sum)
		if len(all) == 0 || missing*100 > 3*len(all) {
			t.Errorf("%s: %d of %d are not modelled, more than 3 %%", file, missing, len(all))
		}
		if file == own && inDetail != len(all) {
			t.Errorf("%s: %d agree in detail, want all", file, inDetail)
		}
	}
}
