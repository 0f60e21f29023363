package owntest_test

import (
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/server/listing"
	"fixlab/lab/server/owntest"
	"fixlab/scenarios"
)

// sample returns the folder of testdata/ that stands for the profile with that ID.
func sample(id string) string {
	switch name, _, _ := strings.Cut(id, "-"); name {
	case "cookie":
		return "express"
	case "signed", "gorilla", "scs":
		return "go"
	default:
		return name
	}
}

// source returns the files of a sample, one after the other.
func source(t *testing.T, sample string) (text string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", sample, "*"))
	if err != nil || files == nil {
		t.Fatalf("testdata/%s: %v", sample, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text += string(data)
	}
	return text
}

// TestEveryProfile: each has advice, what it names stands in the code that people
// read, and what it says to write is what the sample runs.
func TestEveryProfile(t *testing.T) {
	for _, p := range server.Profiles {
		a, ok := owntest.For(p.ID)
		if !ok {
			t.Errorf("%s: no advice: give it a row in rows.go", p.ID)
			continue
		}
		if a.Language == "" || a.File == "" || len(a.Search) == 0 || about(a) == "" {
			t.Errorf("%s: something is missing: %+v", p.ID, a)
		}
		if !strings.Contains(a.Test, `"`+p.Cookie+`"`) || p.Beside != "" && !strings.Contains(a.Test, `"`+p.Beside+`"`) {
			t.Errorf("%s: its test does not name the cookie %s", p.ID, p.Cookie)
		}
		if strings.Contains(a.Test, "@COOKIE@") {
			t.Errorf("%s: its test has an @COOKIE@ left", p.ID)
		}
		if (a.Rotates == owntest.NoID) != (about(a) == "logout") {
			t.Errorf("%s: rotates %q, and its test is about %s", p.ID, a.Rotates, about(a))
		}
		shown := source(t, sample(p.ID))
		if l, ok := listing.For(p.ID); ok {
			if shown = l.Text; l.Language != a.Language {
				t.Errorf("%s: its test is %s, its listing %s", p.ID, a.Language, l.Language)
			}
		}
		for _, f := range a.Search {
			if !strings.Contains(shown, f.Code) || f.Means == "" {
				t.Errorf("%s: %q is not in the code that is displayed, or means nothing", p.ID, f.Code)
			}
		}
		ran := strings.ReplaceAll(source(t, sample(p.ID)), "self.", "")
		for line := range strings.Lines(a.Instead) {
			line = code(line)
			if !strings.Contains(ran, line) {
				t.Errorf("%s: %q is not in testdata/%s, so nobody ran it", p.ID, line, sample(p.ID))
			}
		}
	}
	if _, ok := owntest.For("no-such-profile"); ok {
		t.Error("there is advice for a profile that is not there")
	}
}

// code returns a line without the comment that stands behind or instead of it.
func code(line string) string {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"# ", "// "} {
		line, _, _ = strings.Cut(line, mark)
	}
	return strings.TrimSpace(line)
}

// TestVulnerableLine: where login keeps the id, the first thing to search for is in
// the line of the listing that the lab lights when login writes the user.
func TestVulnerableLine(t *testing.T) {
	m := listing.Moment{Kind: "whatever login does last", Calls: []string{"shop.enter", "shop.ServeHTTP"}, Path: "/login"}
	for _, p := range server.Profiles {
		a, _ := owntest.For(p.ID)
		l, ok := listing.For(p.ID)
		if !ok {
			continue
		}
		n := l.Lit(m, 0)
		if n == 0 {
			t.Errorf("%s: the listing has no line for the login", p.ID)
			continue
		}
		line, found := l.Lines()[n-1], false
		for _, f := range a.Search {
			found = found || strings.Contains(line, f.Code)
		}
		if a.Rotates == owntest.Keeps {
			found = found && strings.Contains(line, a.Search[0].Code)
		}
		if !found && a.Rotates != owntest.Renews {
			t.Errorf("%s: login is %q; searched for is %+v", p.ID, strings.TrimSpace(line), a.Search)
		}
	}
}

// TestRotates plays every profile with no switch on, and with rotate: what the advice
// says of its login is what the lab does.
func TestRotates(t *testing.T) {
	for _, p := range server.Profiles {
		a, _ := owntest.For(p.ID)
		issued, planted := outcome(t, p.ID, 0, "trap"), outcome(t, p.ID, 0, "oracle")
		want, test := owntest.Renews, "login"
		switch {
		case issued == event.NotApplicable:
			want, test = owntest.NoID, "logout"
		case issued == event.Hijacked:
			want = owntest.Keeps
		case planted == event.HijackedWithAccount: // an id that nobody issued
			want, test = owntest.Keeps, "planted"
		}
		if a.Rotates != want || about(a) != test {
			t.Errorf("%s: rotates %q, tested by %s; the lab's run is %s with an issued id and %s with a planted one: want %q, tested by a test about %s",
				p.ID, a.Rotates, a.File, issued, planted, want, test)
		}
		if want == owntest.NoID {
			continue
		}
		for _, token := range []string{"trap", "oracle"} {
			if got := outcome(t, p.ID, defence.Rotate, token); got != event.Defended {
				t.Errorf("%s: with rotate and %s the lab's run is %s", p.ID, token, got)
			}
		}
	}
}

// outcome returns who wins against a profile when Mallory brings the token.
func outcome(t *testing.T, id string, on defence.Set, token string) event.Outcome {
	t.Helper()
	trace, err := scenarios.Play{Lesson: "any-route", On: on, With: id + "+" + token}.Run()
	if err != nil {
		t.Fatalf("%s, %s: %v", id, token, err)
	}
	return trace.Verdict.Outcome
}

// TestLogout: a copy of the cookie outlives logout in the lab where the advice's test
// is about that, and only there.
func TestLogout(t *testing.T) {
	for _, p := range server.Profiles {
		a, _ := owntest.For(p.ID)
		s, err := script.Parse("copy.txt", "title: A copy\nprofile: "+p.ID+"\nseed: 1\n\n"+
			"alice post /login user=alice password=correct-horse\nalice copy mine\nalice post /logout\n"+
			"alice paste $cookie=$mine\nalice get /profile\n\n-- want --\nnone defended\n")
		if err != nil {
			t.Fatal(err)
		}
		trace, err := lab.Run(s, 0)
		if err != nil {
			if !strings.Contains(err.Error(), "no logout") { // the article has none
				t.Errorf("%s: %v", p.ID, err)
			}
			continue
		}
		if zombie := trace.Verdict.Outcome == event.Zombie; zombie != (about(a) == "logout") {
			t.Errorf("%s: after logout a copy is %s, and its test is about %s", p.ID, trace.Verdict.Outcome, about(a))
		}
	}
}

// TestSize: the page carries all of it.
func TestSize(t *testing.T) {
	const budget = 25_000
	var sum int64
	for _, pattern := range []string{"tests/*", "rows.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || files == nil {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range files {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			sum += info.Size()
		}
	}
	if sum > budget {
		t.Errorf("the texts are %d bytes, over the budget of %d", sum, budget)
	}
}

// TestSignedID runs the test of the lab's own server against net/http and a map. The
// other frameworks have to be installed: make frameworks runs theirs.
func TestSignedID(t *testing.T) {
	dir := t.TempDir()
	a := put(t, dir, "go", "signed-id", "shop.go", "hand.go")
	write(t, filepath.Join(dir, "go.mod"), "module shop\n\ngo 1.26\n")
	compileGo(t, dir, "signed-id", "GOPROXY=off").check(t, a, "--- PASS: Test")
}

// TestGo: the Go tests of the other profiles are that one with another cookie, or
// compile beside the same shop.
func TestGo(t *testing.T) {
	for _, p := range server.Profiles {
		a, _ := owntest.For(p.ID)
		if a.Language != "Go" {
			continue
		}
		formatted, err := format.Source([]byte(a.Test))
		if err != nil || string(formatted) != a.Test {
			t.Errorf("%s: gofmt changes its test (%v)", p.ID, err)
		}
		dir := t.TempDir()
		put(t, dir, "go", p.ID, "shop.go")
		write(t, filepath.Join(dir, "go.mod"), "module shop\n\ngo 1.26\n")
		compileGo(t, dir, p.ID, "GOPROXY=off")
	}
}
