//go:build !wasm

package cli

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shopAPI describes the lab's shop, and promises a new id at login.
const shopAPI = `openapi: 3.1.0
info: {title: The shop, version: "1"}
security:
  - session: []
paths:
  /login:
    post:
      security: []
      x-session:
        at: login
        issues: new
        ends: previous
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              properties:
                user: {type: string}
                password: {type: string, format: password}
      responses:
        "200":
          description: Logged in.
          headers:
            Set-Cookie:
              schema: {type: string}
              x-set-cookie:
                connect.sid: {pattern: "; *HttpOnly"}
  /logout:
    post:
      x-session: {at: logout, ends: current}
      responses:
        "200": {description: Logged out.}
  /profile:
    get:
      responses:
        "200": {description: Who one is.}
components:
  securitySchemes:
    session: {type: apiKey, in: cookie, name: connect.sid, x-session: {kind: reference}}
`

// inFolder puts files into a folder of their own and goes there.
func inFolder(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// alone runs the command with these words only.
func alone(t *testing.T, args ...string) (text string, status int) {
	t.Helper()
	t.Setenv("PW_A", "correct-horse")
	t.Setenv("PW_B", "hunter2")
	var out, complaint strings.Builder
	args = append([]string{"audit"}, args...)
	status = complain(&complaint, args, run(args, &out))
	return out.String() + complaint.String(), status
}

// found is where SARIF has its results: "api/shop.yaml:7 login-issues-new".
func found(t *testing.T, file string) (out []string) {
	t.Helper()
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine json.Number }
					}
				}
			}
		}
	}
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, &log)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range log.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation
		out = append(out, at.ArtifactLocation.URI+":"+at.Region.StartLine.String()+" "+r.RuleID)
	}
	return out
}

// TestAuditDocument: the login, its fields, the logout and the private page come out of the
// document; what the server does otherwise is a finding at its line, in every form.
func TestAuditDocument(t *testing.T) {
	inFolder(t, map[string]string{"api/shop.yaml": shopAPI})
	text, status := alone(t, shop(t, "express-session", "none"), "-openapi", "api/shop.yaml", "-as", "alice:env:PW_A", "-and", "mallory:env:PW_B", "-pause", "0",
		"-o", "text", "-o", "json=r.json", "-o", "sarif=r.sarif", "-o", "junit=r.xml")
	flat := strings.Join(strings.Fields(text), " ")
	if status != 1 || !strings.Contains(flat, "api/shop.yaml:11 drift-login: The document says that POST /login issues a new id, and the server goes on with one from before the login: F1 and F3 worked.") ||
		!strings.Contains(flat, "drift-attributes: The document demands HttpOnly of connect.sid") || !strings.Contains(flat, "cookie-prefix") {
		t.Errorf("status %d:\n%s", status, text)
	}
	got := found(t, "r.sarif")
	for _, want := range []string{"api/shop.yaml:7 F1", "api/shop.yaml:7 F3", "api/shop.yaml:39 A1", "api/shop.yaml:11 drift-login", "api/shop.yaml:12 drift-login", "api/shop.yaml:27 drift-attributes", "api/shop.yaml:27 cookie-secure", "api/shop.yaml:27 cookie-samesite", "api/shop.yaml:39 cookie-prefix"} {
		if !slices.Contains(got, want) {
			t.Errorf("SARIF has no %s: %q", want, got)
		}
	}
	var written struct {
		Document string
		Findings []struct{ Rule string }
	}
	data, _ := os.ReadFile("r.json")
	if err := json.Unmarshal(data, &written); err != nil || written.Document != "api/shop.yaml" || len(written.Findings) != 6 {
		t.Errorf("%v: %+v", err, written)
	}
	if data, err := os.ReadFile("r.xml"); err != nil || !strings.Contains(string(data), "drift-login") || xml.Unmarshal(data, new(struct{})) != nil {
		t.Errorf("%v: %s", err, data)
	}
	text, status = alone(t, shop(t, "express-session", "rotate"), "-openapi", "api/shop.yaml", "-as", "alice:env:PW_A", "-and", "mallory:env:PW_B", "-pause", "0", "-quick")
	if status != 0 || strings.Contains(text, "drift-login") || !strings.Contains(text, "cookie-prefix") {
		t.Errorf("status %d:\n%s", status, text)
	}
}

// TestLintAlone: without a URL nothing is sent, and the exit status is of the findings.
func TestLintAlone(t *testing.T) {
	whole, err := os.ReadFile("../audit/openapi/x-session.md")
	if err != nil {
		t.Fatal(err)
	}
	_, good, _ := strings.Cut(string(whole), "```yaml\n")
	good, _, _ = strings.Cut(good, "```")
	bad := strings.Replace(good, "issues: new, ends: previous", "issues: same", 1)
	inFolder(t, map[string]string{"good.yaml": good, "bad.yaml": bad, "silent.yaml": "openapi: 3.0.0\npaths: {/login: {post: {}}}\n", "broken.yaml": "openapi: 3.0.0\npaths: []\n"})
	outside := filepath.Join(t.TempDir(), "good.yaml")
	if err := os.WriteFile(outside, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"good.yaml"}, 0, "There are no findings in good.yaml. No server was asked."},
		{[]string{"good.yaml", "-fail-on", "weak"}, 0, "was not tried"},
		{[]string{"bad.yaml"}, 0, "bad.yaml:11 login-issues-new: POST /login says issues: same"},
		{[]string{"bad.yaml", "-fail-on", "weak"}, 1, "There is 1 finding in bad.yaml."},
		{[]string{"bad.yaml", "-fail-on", "weak", "-o", "sarif=r.sarif"}, 1, ""},
		{[]string{"silent.yaml"}, 3, "speaks neither of a cookie nor of x-session"},
		{[]string{"silent.yaml", "-fail-on", "weak", "-o", "junit"}, 3, "<error"},
		{[]string{"broken.yaml"}, 2, "broken.yaml:2: paths is a map, not a list"},
		{[]string{"none.yaml"}, 2, "none.yaml"},
		{[]string{outside, "-o", "sarif"}, 2, "is no file below the repository"},
		{[]string{outside}, 0, "There are no findings"},
	} {
		text, status := alone(t, append([]string{"-openapi"}, x.args...)...)
		if status != x.status || !strings.Contains(strings.Join(strings.Fields(text), " "), x.says) {
			t.Errorf("%q: status %d, want %d with %q:\n%s", x.args, status, x.status, x.says, text)
		}
	}
	if got := found(t, "r.sarif"); !slices.Equal(got, []string{"bad.yaml:11 login-issues-new"}) {
		t.Errorf("%q", got)
	}
}

// TestDocumentLacks: what the document does not say is asked for, and why; a flag wins.
func TestDocumentLacks(t *testing.T) {
	inFolder(t, map[string]string{"api.yaml": strings.Replace(shopAPI, "  /profile:", "  /profile/{id}:", 1), "silent.yaml": "openapi: 3.0.0\npaths: {}\n"})
	url := shop(t, "express-session", "rotate")
	text, status := alone(t, url, "-openapi", "api.yaml")
	if status != 2 || !strings.Contains(text, "-private gives the private page") {
		t.Errorf("status %d:\n%s", status, text)
	}
	common := []string{url, "-as", "alice:env:PW_A", "-and", "mallory:env:PW_B", "-pause", "0", "-quick", "-private", "/profile"}
	if text, status = alone(t, append(common, "-openapi", "api.yaml")...); status != 0 {
		t.Errorf("status %d:\n%s", status, text)
	}
	if text, status = alone(t, append(common, "-openapi", "silent.yaml", "-login", "/login")...); status != 0 || !strings.Contains(strings.Join(strings.Fields(text), " "), "silent.yaml speaks neither of a cookie nor of x-session") {
		t.Errorf("status %d:\n%s", status, text)
	}
}
