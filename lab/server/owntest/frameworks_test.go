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
)

// TestFrameworks runs every profile's test against the real framework. FIXLAB_NODE is
// a folder in which the packages of testdata/express/package.json are installed, and
// PYTHON the interpreter that has Django, Flask, Flask-Session and pytest.
func TestFrameworks(t *testing.T) {
	python := cmp.Or(os.Getenv("PYTHON"), "/usr/bin/python3")
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
			switch sample(p.ID) {
			case "django":
				dir := t.TempDir()
				s := shop{p.ID, dir, []string{python, "-m", "pytest", "-q", "-p", "no:cacheprovider"}}
				a := put(t, dir, "django", p.ID)
				if about(a) == "login" {
					s.check(t, a, "1 passed", [2]string{"cycled", ""})
				} else {
					s.check(t, a, "1 passed")
				}
			case "flask":
				if p.ID == "flask-session" && !regenerates {
					t.Skip("the Flask-Session here has no regenerate(): set PYTHON to one that has version 0.7 or later")
				}
				if strings.HasPrefix(p.ID, "flask-session-old") && regenerates {
					t.Skip("the Flask-Session here has regenerate(): this profile is about 0.5 and before")
				}
				dir := t.TempDir()
				s := shop{p.ID, dir, []string{python, "-m", "pytest", "-q", "-p", "no:cacheprovider"}}
				s.check(t, put(t, dir, "flask", p.ID), "1 passed")
			case "express":
				dir, err := os.MkdirTemp(node, "shop")
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { os.RemoveAll(dir) })
				jest := filepath.Join(node, "node_modules", "jest", "bin", "jest.js")
				s := shop{p.ID, dir, []string{"node", jest, "--runInBand", "--cacheDirectory", filepath.Join(dir, "cache")}}
				s.check(t, put(t, dir, "express", p.ID), "1 passed, 1 total")
			case "go":
				dir := t.TempDir()
				a := put(t, dir, "go", p.ID)
				compileGo(t, dir, p.ID).check(t, a, "--- PASS: Test")
			}
		})
	}
}

// tell returns what a command prints.
func tell(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}
