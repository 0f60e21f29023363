//go:build !wasm

package cli

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// TestConfig: every key of a configuration comes to where its flag goes, and a flag wins.
func TestConfig(t *testing.T) {
	inFolder(t, map[string]string{"ci/audit.yaml": `url: http://127.0.0.1:9/shop
login: /in
private: /me
logout: POST /out
start: [/, /basket]
json: {email: "{user}", password: "{pass}", remember: false, n: 1}
effect: POST /basket item={mark}
trace: /basket
mode: full
openapi: api.yaml
max-logins: 9
max-requests: 99
pause: 10ms
grace: 2m
timeout: 3s
max-time: 7m
user-agent: me
accounts:
  alice: {name: alice, password: "env:PW_A", sees: Alice A., totp: "file:seed"}
  mallory:
    name: mallory
    password: file:pw
`, "ci/pw": "hunter2\n", "ci/seed": "JBSWY3DP\n", "ci/api.yaml": shopAPI})
	t.Setenv("PW_A", "correct-horse")
	a, err := readAudit([]string{"-config", "ci/audit.yaml"}, os.Stdin, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := audit.Config{URL: "http://127.0.0.1:9/shop", Login: "/in", Private: "/me", Logout: "POST /out", Start: []string{"/", "/basket"},
		JSON: `{"email":"{user}","password":"{pass}","remember":false,"n":1}`, Effect: "POST /basket item={mark}", Trace: "/basket", Mode: core.Full, MaxLogins: 9, MaxRequests: 99,
		Pause: 10 * time.Millisecond, Grace: 2 * time.Minute, Timeout: 3 * time.Second, MaxTime: 7 * time.Minute, UserAgent: "me",
		Alice: audit.Account{Name: "alice", Password: "correct-horse", Sees: "Alice A.", TOTP: "JBSWY3DP"}, Mallory: audit.Account{Name: "mallory", Password: "hunter2"}}
	if !reflect.DeepEqual(a.Config, want) {
		t.Errorf("%+v\nwant\n%+v", a.Config, want)
	}
	if a.openapi != "ci/api.yaml" || a.at != "ci/api.yaml" {
		t.Errorf("openapi %s, results at %s", a.openapi, a.at)
	}
	t.Setenv("PW_C", "other")
	a, err = readAudit([]string{"-config", "ci/audit.yaml", "http://127.0.0.1:8", "-login", "/l", "-private", "/p", "-logout", "/o", "-start", "/s", "-form", "a={user}&b={pass}", "-effect", "e", "-trace", "/t", "-quick",
		"-max-logins", "1", "-max-requests", "2", "-pause", "3s", "-grace", "4s", "-timeout", "5s", "-max-time", "6m", "-user-agent", "u", "-i-may-test", "h", "-as", "al:env:PW_C", "-alice-sees", "AL", "-totp", "env:PW_C"}, os.Stdin, nil)
	if err != nil {
		t.Fatal(err)
	}
	want = audit.Config{URL: "http://127.0.0.1:8", Login: "/l", Private: "/p", Logout: "/o", Start: []string{"/s"}, Form: "a={user}&b={pass}", Effect: "e", Trace: "/t", Mode: core.Quick, MaxLogins: 1, MaxRequests: 2,
		Pause: 3 * time.Second, Grace: 4 * time.Second, Timeout: 5 * time.Second, MaxTime: 6 * time.Minute, UserAgent: "u", Hosts: []string{"h"}, Alice: audit.Account{Name: "al", Password: "other", Sees: "AL", TOTP: "other"}, Mallory: audit.Account{Name: "mallory", Password: "hunter2"}}
	if !reflect.DeepEqual(a.Config, want) {
		t.Errorf("%+v\nwant\n%+v", a.Config, want)
	}
}

// TestConfigWrong: what cannot be read is an error with the line, a suggestion, and no secret.
func TestConfigWrong(t *testing.T) {
	const secret = "s3cret-of-alice"
	inFolder(t, map[string]string{"api.yaml": shopAPI})
	for text, want := range map[string]string{
		"url: http://127.0.0.1:9\nlogn: /in\n": `audit.yaml:2: a configuration has no "logn", did you mean "login"?`,
		"\nlogin: [a]\n":                       "audit.yaml:2: login is a text, not a list",
		"login: 7\n":                           "audit.yaml:1: login is a text, not a number",
		"login:\n":                             "audit.yaml:1: login is a text, not nothing",
		"login: ''\n":                          "audit.yaml:1: login is a text, not an empty one",
		"start:\n  - /\n  - {}\n":              "audit.yaml:3: start is a text, not a map",
		"login: /a\ni-may-test: shop.test\n":   "audit.yaml:2: i-may-test stands on the command line alone",
		"openapi: api.yaml\naccounts: {alice: {name: a, password: \"env:PW\"}}\n": "which URL?",
		"mode: fast\n":           `audit.yaml:1: mode is "fast"; there are quick, ordinary, full`,
		"mode: ful\n":            `did you mean "full"?`,
		"max-logins: many\n":     "audit.yaml:1: max-logins is a whole number from 1",
		"max-logins: '3'\n":      "audit.yaml:1: max-logins is a whole number from 1",
		"max-logins: 0\n":        "audit.yaml:1: max-logins is a whole number from 1",
		"pause: 500\n":           "audit.yaml:1: pause is a time with its unit",
		"json: '{'\n":            "audit.yaml:1: json: json: no key at byte 1",
		"json: [1]\n":            "audit.yaml:1: json is a map, or JSON as a text, not a list",
		"accounts: alice\n":      "audit.yaml:1: accounts is a map, not a text",
		"accounts:\n  bob: {}\n": `audit.yaml:2: accounts has no "bob"; there are alice, mallory`,
		"accounts:\n  alice:\n    name: alice\n    pasword: env:X\n":             `audit.yaml:4: alice has no "pasword", did you mean "password"?`,
		"accounts:\n  alice:\n    password: env:X\n":                             "audit.yaml:3: alice has no name",
		"accounts:\n  alice:\n    name: alice\n    password: " + secret + "\n":   "audit.yaml:4: password: a secret does not stand in a configuration",
		"accounts:\n  alice:\n    name: alice\n    totp: " + secret + "\n":       "audit.yaml:4: totp: a secret does not stand",
		"accounts:\n  alice:\n    name: alice\n    password: [" + secret + "]\n": "audit.yaml:4: password: a secret does not stand",
		"login: /a\nlogin: /b\n": `audit.yaml:2: the key "login" stands in line 1 already`,
		"login: {\n":             "audit.yaml:2: no YAML",
		"":                       "audit.yaml: it is empty",
		"- a\n":                  "audit.yaml:1: a configuration is a map, not a list",
		"openapi: none.yaml\n":   "none.yaml",
		"form: a\njson: '{}'\nurl: http://127.0.0.1:9\nlogin: /l\nprivate: /p\n": "-form or -json?",
		"url: http://127.0.0.1:9\nlogin: /l\nprivate: /p\n":                      "-as and -and name two accounts",
		"&a x: *a\n":           "audit.yaml:1: ",
		"json:\n" + laughs(12): "it comes to more than 10000 values",
		"json: &a {b: *a}\n":   "nests too deep",
	} {
		if err := os.WriteFile("audit.yaml", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		said, status := alone(t, "-config", "audit.yaml")
		if status != 2 || !strings.Contains(said, want) {
			t.Errorf("%q: status %d, want %q:\n%s", text, status, want, said)
		}
		if strings.Contains(said, secret) {
			t.Errorf("%q: the secret is shown", text)
		}
	}
	if said, status := alone(t, "-config", "none.yaml"); status != 2 || !strings.Contains(said, "none.yaml") {
		t.Errorf("%d %s", status, said)
	}
}

// laughs is a map in which each of n lists is ten times the one before.
func laughs(n int) string {
	text := " a0: &a0 [x]\n"
	for i := 1; i < n; i++ {
		text += fmt.Sprintf(" a%d: &a%[1]d [%s]\n", i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return text
}

// TestConfigRuns: a configuration alone is enough for an audit, and its file is where SARIF
// shows results.
func TestConfigRuns(t *testing.T) {
	url := shop(t, "scs", "none")
	inFolder(t, map[string]string{"audit.yaml": "url: " + url + "\nlogin: /login\nprivate: /profile\nmode: quick\npause: 0s\naccounts:\n  alice: {name: alice, password: \"env:PW_A\"}\n  mallory: {name: mallory, password: \"env:PW_B\"}\n"})
	text, status := alone(t, "-config", "audit.yaml", "-o", "text", "-o", "sarif=r.sarif")
	if status != 1 || !strings.Contains(text, "4 logins") {
		t.Errorf("status %d:\n%s", status, text)
	}
	if got := found(t, "r.sarif"); len(got) == 0 || got[0] != "audit.yaml:1 F1" {
		t.Errorf("%q", got)
	}
}
