package owntest_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/lab/server/owntest"
)

// A shop is a sample of testdata/ in a folder of its own, with a profile's test in it.
type shop struct {
	profile, dir string
	command      []string
}

// put copies files of testdata/SAMPLE, all of them if none is named, and the test to dir.
func put(t *testing.T, dir, sample, profile string, files ...string) owntest.Advice {
	t.Helper()
	a, ok := owntest.For(profile)
	if !ok {
		t.Fatalf("no advice for %s", profile)
	}
	from := filepath.Join("testdata", sample)
	if files == nil {
		entries, err := os.ReadDir(from)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !e.IsDir() {
				files = append(files, e.Name())
			}
		}
	}
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(data))
	}
	write(t, filepath.Join(dir, a.File), a.Test)
	return a
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run runs the test once with the login that mode names.
func (s shop) run(mode string) (output string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, s.command[0], s.command[1:]...)
	c.Dir = s.dir
	c.Env = append(os.Environ(), "FIXLAB_PROFILE="+s.profile, "FIXLAB_LOGIN="+mode, "TMPDIR="+s.dir,
		"PYTHONDONTWRITEBYTECODE=1", "CI=1", "NO_COLOR=1")
	out, err := c.CombinedOutput()
	return string(out), err
}

const (
	kept    = "login kept the session id"
	endless = "logout ended nothing: a copy of the cookie still opens the account"
)

// modes are what a test must say about a shop, by what it is about and the shop's
// mode; "" where it must pass. All but the first two are set-ups that are wrong.
var modes = map[string][][2]string{
	"login": {
		{"vulnerable", kept}, {"mended", ""},
		{"no-login", "set-up: the login did not succeed (401)"}, {"no-cookie", "set-up: / set no cookie"},
		{"open", "set-up: /account opens without a login"}, {"broken", "set-up: /account answered 500, no refusal"},
	},
	"planted": {
		{"vulnerable", kept}, {"mended", ""},
		{"no-login", "set-up: the login did not succeed (401)"},
		{"open", "set-up: /account opens without a login"}, {"broken", "set-up: /account answered 500, no refusal"},
	},
	"logout": {
		{"vulnerable", endless}, {"mended", ""},
		{"no-login", "set-up: the login did not succeed (401)"}, {"no-logout", "set-up: the logout did not succeed (403)"},
		{"open", "set-up: /account opens without a login"}, {"broken", "set-up: /account answered 500, no refusal"},
	},
}

// about returns what a's test is about: a key of modes.
func about(a owntest.Advice) string {
	for word := range modes {
		if strings.Contains(a.File, word) {
			return word
		}
	}
	return ""
}

// check runs the test in every mode. passed is what its runner prints when exactly
// one test passed. more are other modes, or the same with another message.
func (s shop) check(t *testing.T, a owntest.Advice, passed string, more ...[2]string) {
	t.Helper()
	all := slices.Clone(modes[about(a)])
	for _, m := range more {
		all = slices.DeleteFunc(all, func(x [2]string) bool { return x[0] == m[0] })
	}
	for _, m := range append(all, more...) {
		out, err := s.run(m[0])
		switch {
		case m[1] == "" && (err != nil || !strings.Contains(out, passed)):
			t.Errorf("%s, %s: the test must pass (%v):\n%s", s.profile, m[0], err, out)
		case m[1] != "" && err == nil:
			t.Errorf("%s, %s: the test passes, and must fail with %q:\n%s", s.profile, m[0], m[1], out)
		case m[1] != "" && (!strings.Contains(said(out), m[1]) || strings.Contains(said(out), "set-up: ") != strings.Contains(m[1], "set-up: ")):
			t.Errorf("%s, %s: the test must fail with %q:\n%s", s.profile, m[0], m[1], out)
		case m[1] == "":
			t.Logf("%-11s passes", m[0])
		default:
			t.Logf("%-11s fails: %s", m[0], m[1])
		}
	}
}

// frame is a line of the source that Jest prints around a failure.
var frame = regexp.MustCompile(`^ *>? *(\d+)? \| `)

// said returns the lines of a failed test's output in which its runner says why. The
// test's own source, which pytest and Jest print too, holds every message.
func said(output string) (lines string) {
	pytest := strings.Contains(output, "\nE  ")
	for line := range strings.Lines(output) {
		if pytest && strings.HasPrefix(line, "E  ") || !pytest && !frame.MatchString(line) {
			lines += line
		}
	}
	return lines
}

// compileGo compiles the sample in dir with its test, and returns the shop.
func compileGo(t *testing.T, dir, profile string, env ...string) shop {
	t.Helper()
	c := exec.Command("go", "test", "-c", "-o", "shop.test", ".")
	c.Dir = dir
	c.Env = append(append(os.Environ(), "GOFLAGS=", "GOWORK=off"), env...)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: go test -c: %v\n%s", profile, err, out)
	}
	return shop{profile, dir, []string{filepath.Join(dir, "shop.test"), "-test.v", "-test.timeout=1m"}}
}
