//go:build frameworks

package owntest_test

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/lab/server"
	"fixlab/lab/server/owntest"
)

// TestFrameworks runs every profile's test against the real framework. FIXLAB_NODE is
// a folder in which the packages of testdata/express/package.json are installed, and
// PYTHON the interpreter that has Django, Flask, Flask-Session and pytest.
func TestFrameworks(t *testing.T) {
	python := cmp.Or(os.Getenv("PYTHON"), "/usr/bin/python3")
	pytest := []string{python, "-m", "pytest", "-q", "-p", "no:cacheprovider"}
	regenerates := tell(t, python, "-c", "import flask_session.sessions as s; print(any(hasattr(c, 'regenerate') for c in vars(s).values()))") == "True"
	t.Log(tell(t, python, "-c", `
from importlib.metadata import version
import sys
print("Python", sys.version.split()[0], *(p + " " + version(p) for p in ("Django", "Flask", "Flask-Session", "itsdangerous", "pytest", "pytest-django")), sep=", ")`))
	node := os.Getenv("FIXLAB_NODE")
	if node == "" {
		t.Fatal("FIXLAB_NODE is not set: make frameworks sets it")
	}
	t.Log(strings.ReplaceAll(tell(t, "npm", "ls", "--depth=0", "--prefix", node), "\n", " "))
	t.Log(strings.ReplaceAll(tell(t, "go", "-C", "testdata/go", "list", "-m", "all"), "\n", ", "))
	for _, p := range server.Profiles {
		t.Run(p.ID, func(t *testing.T) {
			var more [][2]string
			a, _ := owntest.For(p.ID)
			login := about(a) == "login"
			switch sample(p.ID) {
			case "django":
				if login {
					more = [][2]string{{"cycled", ""}, {"forgets", forgets}}
				}
				s := shop{p.ID, t.TempDir(), pytest}
				put(t, s.dir, "django", p.ID)
				s.check(t, a, "1 passed", more...)
			case "flask":
				if p.ID == "flask-session" && !regenerates {
					t.Skip("the Flask-Session here has no regenerate(): set PYTHON to one that has version 0.7 or later")
				}
				if old := strings.HasPrefix(p.ID, "flask-session-old"); old && regenerates {
					t.Skip("the Flask-Session here has regenerate(): this profile is about 0.5 and before")
				} else if old {
					more = [][2]string{{"no-cookie", ""}} // it gives a cookie to every visitor
				}
				s := shop{p.ID, t.TempDir(), pytest}
				put(t, s.dir, "flask", p.ID)
				s.check(t, a, "1 passed", more...)
			case "express":
				dir, err := os.MkdirTemp(node, "shop") // Node looks for packages in the folders above
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { os.RemoveAll(dir) })
				if login {
					more = [][2]string{{"forgets", forgets}}
				}
				jest := filepath.Join(node, "node_modules", "jest", "bin", "jest.js")
				s := shop{p.ID, dir, []string{"node", jest, "--runInBand", "--cacheDirectory", filepath.Join(dir, "cache")}}
				put(t, dir, "express", p.ID)
				s.check(t, a, "1 passed, 1 total", more...)
			case "go":
				dir := t.TempDir()
				put(t, dir, "go", p.ID)
				compileGo(t, dir, p.ID).check(t, a, "--- PASS: Test")
			default:
				t.Errorf("there is no sample for %s in testdata", p.ID)
			}
		})
	}
}

const forgets = "set-up: / does not know its own cookie again"

// tell returns what a command prints.
func tell(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}
