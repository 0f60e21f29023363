//go:build !wasm

package openapi

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fixlab/app/audit/yaml"
	"fixlab/lab/audit"
	"fixlab/lab/audit/contract"
	"fixlab/lab/audit/tree"
)

// example returns the example of x-session.md.
func example(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("x-session.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "```yaml\n")
	text, _, ok := strings.Cut(text, "```")
	if !ok {
		t.Fatal("x-session.md has no example")
	}
	return text
}

// folder writes files into a folder of their own and returns its name.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func load(t *testing.T, text string) contract.Document {
	t.Helper()
	d, err := Load(filepath.Join(folder(t, map[string]string{"api.yaml": text}), "api.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// edited returns text with what a test changes; what is not there cannot be changed.
func edited(t *testing.T, text string, edits ...string) string {
	t.Helper()
	for i := 0; i < len(edits); i += 2 {
		if !strings.Contains(text, edits[i]) {
			t.Fatalf("%q is not there", edits[i])
		}
		text = strings.ReplaceAll(text, edits[i], edits[i+1])
	}
	return text
}

// lineOf returns the first line of text that holds what.
func lineOf(text, what string) int { return 1 + strings.Count(text[:strings.Index(text, what)], "\n") }

// TestExample: the example of x-session.md has no findings, as 3.2, 3.1 and 3.0, and the plan
// of an audit comes out of it.
func TestExample(t *testing.T) {
	for _, version := range []string{"3.2.0", "3.1.1", "3.0.4"} {
		d := load(t, edited(t, example(t), "openapi: 3.2.0", "openapi: "+version))
		if found := contract.Lint(d); len(found) > 0 || d.Silent() || d.Version != version {
			t.Errorf("%s: %v, silent %v", d.Version, found, d.Silent())
		}
		p := contract.PlanOf(d)
		if p.Notes = nil; !reflect.DeepEqual(p, contract.Plan{Login: "/api/login", JSON: `{"email":"{user}","password":"{pass}"}`, Logout: "POST /api/logout", Private: "/api/me"}) {
			t.Errorf("%+v", p)
		}
	}
}

// TestRules: each change of the example brings the findings of one rule, at their lines.
func TestRules(t *testing.T) {
	for _, test := range []struct {
		rules string   // and what else follows from the change
		at    []string // the lines, by what stands in them
		says  string
		edits []string
	}{
		{"login-issues-new", []string{"at: login"}, "POST /login does not say", []string{"at: login, issues: new, ends: previous", "at: login, ends: previous"}},
		{"login-issues-new", []string{"at: login"}, "issues: same", []string{"at: login, issues: new", "at: login, issues: same"}},
		{"login-issues-new", []string{"    post:\n      security: []"}, "POST /login does not say", []string{"\n      x-session: {at: login, issues: new, ends: previous}", ""}},
		{"login-ends-previous", []string{"at: login"}, "may go on", []string{"ends: previous", "ends: none"}},
		{"step-up-issues-new", []string{"at: step-up"}, "POST /sudo does not say", []string{"at: step-up, issues: new", "at: step-up"}},
		{"logout", []string{"    session:\n"}, "no way to end", []string{"  /logout:\n", "  /elsewhere:\n", "x-session: {at: logout, ends: current}", "operationId: leave"}},
		{"logout-ends-current", []string{"at: logout"}, "a copy of the cookie", []string{"at: logout, ends: current", "at: logout, ends: none"}},
		{"cookie-is-set cookie-has-scheme", []string{"    session:\n"}, `did you mean "__Host-sid"?`, []string{"name: __Host-sid", "name: __Host-id"}},
		{"cookie-has-scheme cookie-is-set", []string{"- pattern: \"; *Secure"}, `sets "__Host-sid"`, []string{"name: __Host-sid", "name: __Host-id"}},
		{"cookie-prefix", []string{"    session:\n"}, `"sid" has no prefix`, []string{"__Host-sid", "sid"}},
		{"cookie-secure", []string{"- pattern: \"; *HttpOnly"}, "does not demand Secure", []string{"              - pattern: \"; *Secure(;|$)\"\n", ""}},
		{"cookie-httponly", []string{"- pattern: \"; *Secure"}, "does not demand HttpOnly", []string{"; *HttpOnly(;|$)", "(; *HttpOnly)?(;|$)"}},
		{"cookie-samesite", []string{"- pattern: \"; *Secure"}, "does not demand SameSite", []string{"SameSite=(Lax|Strict)", "Partitioned"}},
		{"session-not-in-query", []string{"    late:"}, "a link can carry it", []string{"  securitySchemes:\n", "  securitySchemes:\n    late: {type: apiKey, in: query, name: sid}\n"}},
		{"session-not-in-query", []string{"    late:"}, "GET /me takes \"key\"", []string{"  securitySchemes:\n", "  securitySchemes:\n    late: {type: apiKey, in: query, name: key}\n", "  /me:\n    get:\n", "  /me:\n    get:\n      security: [{session: []}, {late: []}]\n"}},
		{"session-not-in-query", []string{"in: query"}, "GET /me takes \"sid\"", []string{"  /me:\n    get:\n", "  /me:\n    get:\n      parameters:\n        - {in: query, name: sid}\n"}},
		{"x-session", []string{"x-sesion"}, `did you mean "x-session"?`, []string{"x-session: {at: step-up", "x-sesion: {at: step-up"}},
		{"x-session", []string{"x_session"}, `did you mean "x-session"?`, []string{"x-session: {at: step-up", "x_session: {at: step-up"}},
		{"x-session", []string{"isues"}, `has no "isues", did you mean "issues"?`, []string{"at: password-change, issues", "at: password-change, isues"}},
		{"x-session", []string{"stepup"}, `at is "stepup", did you mean "step-up"?`, []string{"at: step-up", "at: stepup"}},
		{"x-session", []string{"30 minutes"}, "duration of ISO 8601", []string{"idle: PT30M", "idle: 30 minutes"}},
		{"x-session", []string{"kind: opaque"}, "; there are reference, value.", []string{"kind: reference", "kind: opaque"}},
		{"x-session", []string{"at: logout"}, "idle of x-session belongs at a scheme", []string{"at: logout", "idle: PT1H, at: logout"}},
		{"x-session", []string{"x-session: {at: x}"}, "stands at a path", []string{"  /me:\n", "  /me:\n    x-session: {at: x}\n"}},
		{"x-session", []string{"x-session: login"}, "is a map", []string{"x-session: {at: step-up, issues: new, ends: current}", "x-session: login"}},
	} {
		text, rules := edited(t, example(t), test.edits...), strings.Fields(test.rules)
		var lines []int
		said := ""
		for _, f := range contract.Lint(load(t, text)) {
			if !slices.Contains(rules, f.Rule) {
				t.Errorf("%s after %q", f.Rule, test.edits)
			}
			if f.Rule == rules[0] {
				lines, said = append(lines, f.Line), said+f.Says+"\n"
			}
		}
		var want []int
		for _, at := range test.at {
			want = append(want, lineOf(text, at))
		}
		if !reflect.DeepEqual(slices.Compact(lines), want) || !strings.Contains(said, test.says) {
			t.Errorf("%s after %q: lines %v, want %v: %s", rules[0], test.edits, lines, want, said)
		}
	}
}

// TestRulesDocumented: x-session.md names every rule that Lint and Drift have, and no other.
func TestRulesDocumented(t *testing.T) {
	page, err := os.ReadFile("x-session.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| rule | asks |")
	table, _, _ = strings.Cut(table, "\n\n")
	var named []string
	for row := range strings.SplitSeq(table, "\n") {
		cell, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " |")
		for word := range strings.SplitSeq(cell, ", ") {
			if word = strings.Trim(word, "`"); strings.Trim(word, "| -") != "" {
				named = append(named, word)
			}
		}
	}
	if slices.Sort(named); !slices.Equal(named, contract.Rules()) {
		t.Errorf("x-session.md names\n%v, and there are\n%v", named, contract.Rules())
	}
}

// TestOlder: what 3.0 and 3.1 documents say of a Set-Cookie header that is one text.
func TestOlder(t *testing.T) {
	const frame = `openapi: 3.0.3
info: {title: a, version: "1"}
components:
  securitySchemes:
    s: {type: apiKey, in: cookie, name: __Host-sid}
paths:
  /logout: {post: {responses: {"204": {description: out}}}}
  /login:
    post:
      x-session: {at: login, issues: new}
      responses:
        "204":
          description: in
          headers:
            Set-Cookie: `
	all := []string{"cookie-httponly", "cookie-samesite", "cookie-secure"}
	for _, test := range []struct {
		header string
		want   []string
	}{
		{`{schema: {type: string}, x-set-cookie: {__Host-sid: "; Secure; HttpOnly; SameSite=Lax"}}`, nil},
		{`{schema: {type: string}, x-set-cookie: {__Host-sid: {pattern: "; Secure; HttpOnly"}}}`, all[1:2]},
		{`{schema: {type: string}, x-set-cookie: {type: object, properties: {__Host-sid: {pattern: "; Secure"}}}}`, all[:2]},
		{`{schema: {type: string}, x-setcookie: {}}`, []string{"cookie-is-set", "x-session"}},
		{`{schema: {type: string, example: "__Host-sid=abc; Path=/; HttpOnly"}}`, all},
		{`{schema: {type: string}, examples: {one: {value: "__Host-sid=abc"}}}`, all},
		{`{schema: {type: string, pattern: "^__Host-sid=[^;]+; Secure; HttpOnly; SameSite=Strict$"}}`, nil},
		{`{schema: {type: string}}`, []string{"cookie-is-set"}},
		{`{schema: {type: string}, x-set-cookie: {__Host-sid: {}, csrftoken: {}, lang: {}}}`, all},
		{`{schema: {type: string}, x-set-cookie: {__Host-sid: "; Secure; HttpOnly; SameSite=Lax", PHPSESSID: {}}}`, append(slices.Clone(all), "cookie-has-scheme")},
	} {
		var got []string
		for _, f := range contract.Lint(load(t, frame+test.header+"\n")) {
			got = append(got, f.Rule)
			if want := lineOf(frame, "Set-Cookie"); f.Line != want && f.Rule != "cookie-is-set" {
				t.Errorf("%s stands in line %d, not %d", f.Rule, f.Line, want)
			}
		}
		slices.Sort(got)
		slices.Sort(test.want)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.header, got, test.want)
		}
	}
}

// TestFiles: a document of several files, each finding in its own.
func TestFiles(t *testing.T) {
	dir := folder(t, map[string]string{
		"api.yaml":          "openapi: 3.1.0\npaths:\n  /login:\n    $ref: paths/login.yaml\n  /logout:\n    $ref: 'paths/all.json#/~1logout'\ncomponents:\n  securitySchemes:\n    s: {$ref: 'schemes.yaml#/s'}\n",
		"paths/login.yaml":  "post:\n  x-session: {at: login, issues: same}\n  responses:\n    '204':\n      headers:\n        set-cookie: {$ref: ../headers.yaml}\n",
		"paths/all.json":    "{\n  \"/logout\": {\n    \"post\": {\"x-session\": {\n      \"at\": \"logout\", \"ends\": \"none\"}}}\n}",
		"schemes.yaml":      "s:\n  type: apiKey\n  in: cookie\n  name: sid\n",
		"headers.yaml":      "schema:\n  properties:\n    sid: {$ref: '#/x'}\nx:\n  pattern: '; Secure; HttpOnly; SameSite=Lax'\n",
		"unread/other.yaml": "{",
	})
	d, err := Load(filepath.Join(dir, "api.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range contract.Lint(d) {
		name, _ := filepath.Rel(dir, f.File)
		got = append(got, fmt.Sprintf("%s:%d %s", filepath.ToSlash(name), f.Line, f.Rule))
	}
	if want := []string{"paths/all.json:4 logout-ends-current", "paths/login.yaml:2 login-issues-new", "schemes.yaml:2 cookie-prefix"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestErrors: what cannot be read is an error with a file and a line, and nothing outside the
// folder is opened.
func TestErrors(t *testing.T) {
	const head = "openapi: 3.1.0\npaths:\n  /login:\n"
	dir := folder(t, map[string]string{"in/loop.yaml": "$ref: loop.yaml\n", "secret.yaml": "get: {}\n", "in/bad.yaml": "a: 1\nb: [\n", "in/dir/x": ""})
	if err := os.Symlink("../secret.yaml", filepath.Join(dir, "in", "link.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		{"", "api.yaml: it is empty"},
		{"openapi: 3.1.0\n---\n", "api.yaml:2: a second document"},
		{"openapi: 3.1.0\npaths: {\n", "api.yaml:3: no YAML: "},
		{"openapi: 3.1.0\nopenapi: 3.0.0\n", `api.yaml:2: the key "openapi" stands in line 1 already`},
		{"swagger: '2.0'\n", "api.yaml:1: Swagger 2.0; OpenAPI 3.0, 3.1 and 3.2 are read"},
		{"\nopenapi: 4.0.0\n", "api.yaml:2: OpenAPI 4.0.0;"},
		{"info: {}\n", "api.yaml:1: there is no openapi:"},
		{"- a\n", "api.yaml:1: an OpenAPI document is a map, not a list"},
		{"openapi: 3.1.0\npaths:\n  login: {}\n", `api.yaml:3: the path "login" does not begin with /`},
		{head + "    - 1\n", "api.yaml:4: a path is a map, not a list"},
		{head + "    post:\n      responses: nine\n", "api.yaml:5: responses is a map, not a text"},
		{head + "    post: {security: session}\n", "api.yaml:4: security is a list, not a text"},
		{head + "    $ref: https://example.test/x.yaml\n", `api.yaml:4: $ref: "https://example.test/x.yaml" is not opened: only files below the folder`},
		{head + "    $ref: //example.test/x.yaml\n", "api.yaml:4: $ref:"},
		{head + "    $ref: file:///etc/passwd\n", "api.yaml:4: $ref:"},
		{head + "    $ref: ../secret.yaml\n", "api.yaml:4: $ref:"},
		{head + "    $ref: dir/../../secret.yaml\n", "api.yaml:4: $ref:"},
		{head + "    $ref: " + filepath.ToSlash(dir) + "/secret.yaml\n", "api.yaml:4: $ref:"},
		{head + "    $ref: /etc/passwd\n", "api.yaml:4: $ref:"},
		{head + "    $ref: link.yaml\n", "api.yaml:4: $ref:"},
		{head + "    $ref: dir\n", "api.yaml:4: $ref:"},
		{head + "    $ref: none.yaml\n", "api.yaml:4: $ref:"},
		{head + "    $ref: loop.yaml\n", "its $ref leads to another for ever"},
		{head + "    $ref: '#/paths/~1login'\n", "its $ref leads to another for ever"},
		{head + "    $ref: '#/nowhere'\n", "api.yaml:4: $ref: there is no /nowhere in "},
		{head + "    $ref: '#anchor'\n", "api.yaml:4: $ref: \"#anchor\" is no JSON pointer"},
		{head + "    $ref: bad.yaml\n", "bad.yaml:3: no YAML"},
		{head + "    $ref: 7\n", "api.yaml:4: a $ref is a text, not a number"},
	} {
		name := filepath.Join(dir, "in", "api.yaml")
		if err := os.WriteFile(name, []byte(test.text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Load(name)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %s", test.text, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "root:") {
			t.Errorf("an error tells what is in a file: %v", err)
		}
	}
	if _, err := Load(filepath.Join(folder(t, map[string]string{"a.json": "{\n  \"openapi\": \"3.1.0\",\n  \"paths\" {}\n}"}), "a.json")); err == nil || !strings.Contains(err.Error(), "a.json:3: no JSON: no colon") {
		t.Error(err)
	}
}

// TestHostile: a document that repeats itself without end is read in a moment.
func TestHostile(t *testing.T) {
	bomb := "openapi: 3.1.0\nx0: &x0 {type: string}\n"
	for i := range 30 {
		bomb += fmt.Sprintf("x%d: &x%d {allOf: [*x%d, *x%d, *x%d], properties: {a: *x%d, b: *x%d}}\n", i+1, i+1, i, i, i, i, i)
	}
	bomb += "paths: {/login: {post: {requestBody: {content: {application/json: {schema: *x30}}}, responses: {200: {headers: {Set-Cookie: {schema: *x30}}}}}}}\n"
	load(t, bomb)
	circle := "openapi: 3.1.0\npaths: {/login: {post: {requestBody: {content: {application/json: {schema: &s {properties: {password: {}, next: *s}, allOf: [*s]}}}}}}}\n"
	load(t, circle)
}

// TestDrift: what a document says, against what an audit saw.
func TestDrift(t *testing.T) {
	text := example(t)
	d := load(t, text)
	base := "http://127.0.0.1:8080/api"
	sent := func(set string) []audit.Exchange {
		return []audit.Exchange{
			{Method: "POST", URL: base + "/login", Status: 204, Set: []string{set}},
			{Method: "POST", URL: base + "/logout", Status: 204, Set: []string{"__Host-sid=; Max-Age=0; Path=/"}},
		}
	}
	good := "__Host-sid=abc; Path=/; Secure; HttpOnly; SameSite=Lax"
	worked := func(ids ...string) (out []audit.Result) {
		for _, id := range ids {
			out = append(out, audit.Result{ID: id, Verdict: audit.Worked})
		}
		return out
	}
	for _, test := range []struct {
		name string
		r    audit.Report
		want []string
	}{
		{"as it says", audit.Report{Session: []string{"__Host-sid"}, Exchanges: sent(good)}, nil},
		{"kept", audit.Report{Exchanges: sent(good), Results: worked("F1")}, []string{"drift-login at: login"}},
		{"kept of her own", audit.Report{Exchanges: sent(good), Results: worked("F3")}, []string{"drift-login at: login"}},
		{"inconclusive", audit.Report{Exchanges: sent(good), Results: []audit.Result{{ID: "F1", Verdict: audit.Inconclusive}}}, nil},
		{"another login was tried", audit.Report{Results: worked("F1", "L1", "L2", "F8")}, nil},
		{"both go on", audit.Report{Exchanges: sent(good), Results: worked("L1", "L2")}, []string{"drift-login at: login", "drift-logout at: logout"}},
		{"another cookie", audit.Report{Session: []string{"sid"}, Exchanges: sent(good)}, []string{"drift-cookie     session:\n"}},
		{"no HttpOnly", audit.Report{Exchanges: sent("__Host-sid=abc; Secure; SameSite=Lax")}, []string{"drift-attributes - pattern: \"; *Secure"}},
		{"not set", audit.Report{Exchanges: sent("other=1")}, []string{"drift-set-cookie - pattern: \"; *Secure"}},
		{"not set by what failed", audit.Report{Exchanges: []audit.Exchange{{Method: "POST", URL: base + "/login", Status: 401}}}, nil},
		{"a step-up", audit.Report{Exchanges: []audit.Exchange{{Method: "POST", URL: base + "/sudo", Status: 204, Set: []string{good}}}, Results: worked("F8")}, []string{"drift-step-up at: step-up"}},
	} {
		var got, want []string
		for _, f := range contract.Drift(d, test.r) {
			got = append(got, fmt.Sprintf("%s %d", f.Rule, f.Line))
		}
		for _, w := range test.want {
			rule, at, _ := strings.Cut(w, " ")
			want = append(want, fmt.Sprintf("%s %d", rule, lineOf(text, at)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", test.name, got, want)
		}
	}
}

// FuzzRead: whatever stands in a document, reading it ends, and every finding and every
// error has its place.
func FuzzRead(f *testing.F) {
	page, err := os.ReadFile("x-session.md")
	if err != nil {
		f.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "```yaml\n")
	text, _, _ = strings.Cut(text, "```")
	f.Add([]byte(text))
	f.Add([]byte("openapi: 3.1.0\npaths: {/login: {$ref: '#/x'}}\nx: {post: {responses: {200: {headers: {Set-Cookie: {x-set-cookie: {sid: '(;'}}}}}}}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		root, err := yaml.Read("api.yaml", text)
		if err != nil {
			return
		}
		d, err := contract.Read(root, func(string, string) (*tree.Node, error) { return nil, os.ErrNotExist })
		if err != nil {
			if !strings.HasPrefix(err.Error(), "api.yaml:") {
				t.Error(err)
			}
			return
		}
		contract.PlanOf(d)
		for _, found := range contract.Findings(d, audit.Report{Exchanges: []audit.Exchange{{Method: "POST", URL: "http://localhost/api/login", Status: 204, Set: []string{"a=b"}}}}) {
			if found.Line < 1 || found.Says == "" || found.File == "" {
				t.Errorf("%+v", found)
			}
		}
	})
}
