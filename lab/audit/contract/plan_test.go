package contract

import (
	"strings"
	"testing"

	"fixlab/lab/audit/tree"
)

// read reads a document of JSON that refers to no other.
func read(t *testing.T, text string) Document {
	t.Helper()
	root, err := tree.JSON("api.json", text)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestPlanBody: what a login posts, from what its body says.
func TestPlanBody(t *testing.T) {
	const js, form = "application/json", "application/x-www-form-urlencoded"
	for _, test := range []struct{ media, schema, want, note string }{
		{js, `{"properties":{"email":{},"password":{}}}`, `{"email":"{user}","password":"{pass}"}`, ""},
		{form, `{"properties":{"user":{},"pass":{}}}`, `user={user}&pass={pass}`, ""},
		{"multipart/form-data", `{"properties":{"login":{},"pwd":{}}}`, `login={user}&pwd={pass}`, ""},
		{js, `{"properties":{"user":{"properties":{"email":{},"password":{"format":"password"}}}}}`, `{"user":{"email":"{user}","password":"{pass}"}}`, ""},
		{js, `{"properties":{"k":{},"phrase":{"format":"password"},"who":{"type":"string"}},"required":["phrase","who"]}`, `{"phrase":"{pass}","who":"{user}"}`, ""},
		{js, `{"properties":{"email":{},"password":{},"remember":{"type":"boolean","default":false},"tenant":{"enum":["a\"b","c"]}},"required":["email","password","remember","tenant"]}`, `{"email":"{user}","password":"{pass}","remember":false,"tenant":"a\"b"}`, ""},
		{form, `{"properties":{"email":{},"password":{},"tenant":{"const":"a b&c"}},"required":["tenant"]}`, `email={user}&password={pass}&tenant=a+b%26c`, ""},
		{js, `{"properties":{"email":{},"password":{},"otp":{}},"required":["otp"]}`, `{"email":"{user}","password":"{pass}","otp":"{code}"}`, ""},
		{js, `{"properties":{"email":{},"password":{},"tenant":{}},"required":["tenant"]}`, "", `needs the field "tenant"`},
		{js, `{"allOf":[{"properties":{"username":{}}},{"properties":{"password":{"type":["string","null"]}}}]}`, `{"username":"{user}","password":"{pass}"}`, ""},
		{js, `{"properties":{"token":{}}}`, "", "no body of a form or of JSON"},
		{js, `true`, "", "no body of a form or of JSON"},
		{"text/plain", `{"properties":{"email":{},"password":{}}}`, "", "no body of a form or of JSON"},
	} {
		p := PlanOf(read(t, `{"openapi":"3.1.0","paths":{"/login":{"post":{"requestBody":{"content":{"`+test.media+`":{"schema":`+test.schema+`}}}}}}}`))
		if got := p.Form + p.JSON; got != test.want || p.Login != "/login" || !strings.Contains(strings.Join(p.Notes, "\n"), test.note) {
			t.Errorf("%s %s: %s, want %s; %q", test.media, test.schema, got, test.want, p.Notes)
		}
	}
}

// TestPlanPaths: which operation logs in, which out, and which is private.
func TestPlanPaths(t *testing.T) {
	const body = `"requestBody":{"content":{"application/json":{"schema":{"properties":{"email":{},"password":{}}}}}}`
	for _, test := range []struct{ servers, paths, login, logout, private string }{
		{"", `"/sign-in":{"post":{}},"/sign-out":{"get":{}}`, "/sign-in", "GET /sign-out", ""},
		{"", `"/users":{"post":{` + body + `}},"/session":{"post":{` + body + `},"delete":{}}`, "/session", "DELETE /session", ""},
		{"", `"/session":{"post":{}},"/register":{"post":{` + body + `}}`, "", "", ""},
		{"", `"/a":{"post":{"operationId":"loginUser",` + body + `}},"/b":{"post":{"operationId":"log_out"}}`, "/a", "POST /b", ""},
		{"", `"/login":{"post":{}},"/enter":{"post":{"x-session":{"at":"login"}}},"/leave":{"post":{"x-session":{"at":"logout"}}},"/logout":{"post":{}}`, "/enter", "POST /leave", ""},
		{"", `"/login":{"get":{}}`, "", "", ""},
		{"", `"/{tenant}/login":{"post":{}}`, "", "", ""},
		{`[{"url":"https://shop.test/v1/"}]`, `"/login":{"post":{}}`, "/v1/login", "", ""},
		{`[{"url":"{host}/api/{v}","variables":{"host":{"default":"http://h"},"v":{"default":"v2"}}}]`, `"/login":{"post":{}}`, "/api/v2/login", "", ""},
		{"", `"/orders":{"get":{"security":[{"s":[]}]}},"/me":{"get":{"security":[{"s":[]}]}},"/open":{"get":{}}`, "", "", "/me"},
		{"", `"/me":{"get":{"security":[{"s":[]},{}]}},"/orders/{id}":{"get":{"security":[{"s":[]}]}},"/search":{"parameters":[{"in":"query","name":"q","required":true}],"get":{"security":[{"s":[]}]}},"/orders":{"get":{"security":[{"s":[]}]}}`, "", "", "/orders"},
		{"", `"/me":{"get":{"security":[{"bearer":[]}]}}`, "", "", ""},
	} {
		servers := ""
		if test.servers != "" {
			servers = `"servers":` + test.servers + `,`
		}
		p := PlanOf(read(t, `{"openapi":"3.1.0",`+servers+`"components":{"securitySchemes":{"s":{"type":"apiKey","in":"cookie","name":"sid"},"bearer":{"type":"http","scheme":"bearer"}}},"paths":{`+test.paths+`}}`))
		if p.Login != test.login || p.Logout != test.logout || p.Private != test.private {
			t.Errorf("%s: %q %q %q", test.paths, p.Login, p.Logout, p.Private)
		}
	}
}

// TestSilent: a document that speaks of no cookie has no findings, and says so.
func TestSilent(t *testing.T) {
	for text, silent := range map[string]bool{
		`{"openapi":"3.0.0"}`: true,
		`{"openapi":"3.0.0","paths":{"/login":{"post":{"responses":{"200":{"description":"a token"}}}}}}`:         true,
		`{"openapi":"3.0.0","paths":{"/login":{"post":{"x-session":{"at":"login","issues":"new"}}}}}`:             false,
		`{"openapi":"3.0.0","paths":{"/login":{"post":{"x-sesion":{"at":"login","issues":"new"}}}}}`:              false,
		`{"openapi":"3.0.0","paths":{"/login":{"post":{"responses":{"200":{"headers":{"Set-Cookie":{}}}}}}}}`:     false,
		`{"openapi":"3.0.0","components":{"securitySchemes":{"s":{"type":"apiKey","in":"cookie","name":"sid"}}}}`: false,
		`{"openapi":"3.0.0","components":{"securitySchemes":{"s":{"type":"http","scheme":"bearer"}}}}`:            true,
	} {
		if d := read(t, text); d.Silent() != silent || silent && len(Lint(d)) > 0 {
			t.Errorf("%s: silent %v, %v", text, d.Silent(), Lint(d))
		}
	}
}
