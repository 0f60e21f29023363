//go:build !wasm

package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/app/target"
	core "fixlab/lab/audit"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// shop serves a profile of the lab, and returns its address.
func shop(t *testing.T, profile, switches string) string {
	t.Helper()
	p, ok := server.ByID(profile)
	on, err := defence.Parse(switches)
	if !ok || err != nil {
		t.Fatal(profile, err)
	}
	h := httptest.NewServer(target.New(p, on))
	t.Cleanup(h.Close)
	return h.URL
}

// audited runs the command with the accounts of the lab, and returns what it prints and its
// exit status.
func audited(t *testing.T, args ...string) (text string, status int) {
	t.Helper()
	t.Setenv("PW_A", "correct-horse")
	t.Setenv("PW_B", "hunter2")
	args = append([]string{"audit", "-login", "/login", "-private", "/profile", "-as", "alice:env:PW_A", "-and", "mallory:env:PW_B", "-pause", "0"}, args...)
	var out, complaint bytes.Buffer
	status = complain(&complaint, args, run(args, &out))
	return out.String() + complaint.String(), status
}

// recorded is where recordings of real browsers are.
const recorded = "../../lab/audit/record/testdata/"

// TestAuditStatus: the exit status says what came of it, and only that no attack worked is 0.
func TestAuditStatus(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	open := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello alice")) }))
	defer open.Close()
	for _, x := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"kept", []string{shop(t, "express-session", "none")}, 1, "2 attacks worked, the first of them F1"},
		{"new", []string{shop(t, "express-session", "rotate")}, 0, "What was not tried"},
		{"new, but weak", []string{shop(t, "express-session", "rotate"), "-fail-on", "weak"}, 1, "weakness"},
		{"quick", []string{shop(t, "scs", "none"), "-quick"}, 1, "4 logins"},
		{"too few logins", []string{shop(t, "scs", "rotate"), "-max-logins", "3"}, 3, "-max-logins"},
		{"too few requests", []string{shop(t, "scs", "none"), "-max-requests", "9"}, 3, "-max-requests"},
		{"the wrong password", []string{shop(t, "scs", "none"), "-and", "mallory:env:PW_A"}, 4, "the login did not work"},
		{"not a private page", []string{open.URL}, 3, "nobody was logged in"},
		{"nothing there", []string{closed.URL}, 5, "Nothing answers"},
		{"no URL", nil, 2, "which URL?"},
		{"no URL, two accounts and a document", []string{"-openapi", written(t, "api.yaml", shopAPI)}, 2, "which URL?"},
		{"two URLs", []string{"http://localhost:1", "http://localhost:2"}, 2, "one URL"},
		{"another host", []string{"http://shop.example"}, 2, "-i-may-test shop.example"},
		{"no http", []string{"ftp://localhost/"}, 2, "no http or https address"},
		{"an open password", []string{"http://localhost:1", "-as", "alice:secret"}, 2, "does not stand on the command line"},
		{"no such variable", []string{"http://localhost:1", "-as", "alice:env:NO_SUCH_VARIABLE"}, 2, "has no NO_SUCH_VARIABLE"},
		{"one account twice", []string{"http://localhost:1", "-and", "alice:env:PW_A"}, 2, "two accounts"},
		{"unknown form", []string{"http://localhost:1", "-o", "jsn"}, 2, "json"},
		{"SARIF without a place", []string{"http://localhost:1", "-o", "sarif"}, 2, "-at"},
		{"a recording", []string{"-har", recorded + "chromium-sensitive.har"}, 3, "The id in sid was ▲ before the login and ▲ after it."},
		{"a recording without its cookies", []string{"-har", recorded + "chromium-sanitised.har"}, 3, "Chrome leaves them out"},
		{"no recording", []string{"-har", recorded + "README.md"}, 2, "README.md"},
		{"no file", []string{"-har", recorded + "none.har"}, 2, "none.har"},
		{"a recording without end", []string{"-har", "/dev/zero"}, 2, "longer than"},
		{"a password without end", []string{"http://localhost:1", "-as", "alice:file:/dev/zero"}, 2, "longer than"},
		{"certificates without end", []string{"http://localhost:1", "-ca", "/dev/zero"}, 2, "longer than"},
		{"a report that cannot be written", []string{shop(t, "scs", "rotate"), "-o", "json=no/such/folder"}, 3, "no/such/folder"},
		{"a report that cannot be written, of an attack", []string{shop(t, "scs", "none"), "-quick", "-o", "json=no/such/folder"}, 1, "no/such/folder"},
		{"unknown flag", []string{"-no-such"}, 2, "no-such"},
	} {
		t.Run(x.name, func(t *testing.T) {
			text, status := audited(t, x.args...)
			if status != x.status || !strings.Contains(strings.Join(strings.Fields(text), " "), x.says) {
				t.Errorf("status %d, want %d with %q:\n%s", status, x.status, x.says, text)
			}
			if strings.Contains(text, "correct-horse") || strings.Contains(text, "hunter2") {
				t.Error("a password is printed")
			}
		})
	}
}

// TestStatusOf: what was left open is no 0 where a weakness counts.
func TestStatusOf(t *testing.T) {
	weakness := func(v core.Verdict, asked bool) core.Result {
		return core.Result{ID: "L1", Class: core.Weakness, Verdict: v, Asked: asked, Because: "It is so."}
	}
	for _, x := range []struct {
		ending       core.Ending
		result       core.Result
		status, weak int
	}{
		{core.NoAttackWorked, weakness(core.DidNotWork, false), 0, 0},
		{core.NoAttackWorked, weakness(core.NotTried, false), 0, 0},
		{core.NoAttackWorked, weakness(core.NotTried, true), 0, 3},
		{core.NoAttackWorked, weakness(core.Inconclusive, false), 0, 3},
		{core.Weak, weakness(core.Worked, false), 0, 1},
		{core.Vulnerable, weakness(core.DidNotWork, false), 1, 1},
		{core.Unsettled, weakness(core.DidNotWork, false), 3, 3},
		{core.NoLogin, core.Result{}, 4, 4},
		{core.Unreachable, core.Result{}, 5, 5},
		{"no such ending", core.Result{}, 3, 3},
	} {
		r := core.Report{Ending: x.ending, Results: []core.Result{x.result}}
		if got, weak := statusOf(r, core.Vulnerable), statusOf(r, core.Weak); got != x.status || weak != x.weak {
			t.Errorf("%s with %s: %d, with -fail-on weak %d", x.ending, x.result.Verdict, got, weak)
		}
	}
	var done ended
	a := auditing{failOn: core.Weak, outputs: []output{{form: "json"}}}
	err := a.conclude(core.Report{Ending: core.NoAttackWorked, Because: "No attack worked.", Results: []core.Result{weakness(core.Inconclusive, false)}}, io.Discard)
	if !errors.As(err, &done) || done.says != "No attack worked. L1 could not be settled: It is so." {
		t.Error(err)
	}
}

// TestAuditForms: every form in one run, each in its file.
func TestAuditForms(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	text, status := audited(t, shop(t, "django-db", "none"), "-o", "text", "-o", "json=r.json", "-o", "sarif=r.sarif", "-o", "junit=r.xml", "-at", "app/views.py:7")
	if status != 1 || !strings.Contains(text, "cycle_key") {
		t.Errorf("status %d:\n%s", status, text)
	}
	var made struct {
		Ending string
		Runs   []struct {
			Results []struct {
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	for _, name := range []string{"r.json", "r.sarif"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			err = json.Unmarshal(data, &made)
		}
		if err != nil {
			t.Fatal(name, err)
		}
	}
	if made.Ending != "vulnerable" || len(made.Runs) != 1 || len(made.Runs[0].Results) == 0 {
		t.Fatalf("%+v", made)
	}
	for _, r := range made.Runs[0].Results {
		if at := r.Locations[0].PhysicalLocation; at.ArtifactLocation.URI != "app/views.py" || at.Region.StartLine != 7 {
			t.Errorf("a result is at %+v", at)
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, "r.xml")); err != nil || !bytes.Contains(data, []byte("<failure")) {
		t.Errorf("%v: %s", err, data)
	}
}

// TestValues: a file with the values of cookies is for its owner alone.
func TestValues(t *testing.T) {
	t.Chdir(t.TempDir())
	audited(t, shop(t, "scs", "none"), "-quick", "-show-values", "-o", "json=r.json")
	if info, err := os.Stat("r.json"); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Error(info, err)
	}
}

// TestSecret: where passwords come from.
func TestSecret(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pw")
	if err := os.WriteFile(file, []byte("from a file\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FIXLAB_SECRET", "from the environment")
	for source, want := range map[string]string{"env:FIXLAB_SECRET": "from the environment", "file:" + file: "from a file", "env:FIXLAB_NONE": "", "file:" + file + "x": "", "plain": ""} {
		got, err := secret(source)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", source, got, err)
		}
	}
}

// TestEnded: a command that did its work says its status without the usage.
func TestEnded(t *testing.T) {
	var b bytes.Buffer
	if status := complain(&b, nil, ended{3, "open"}); status != 3 || b.String() != "open\n" {
		t.Errorf("%d %q", status, b.String())
	}
	if !errors.As(error(ended{1, ""}), new(ended)) {
		t.Error("an ended is not found")
	}
}
