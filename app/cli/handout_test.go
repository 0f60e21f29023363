//go:build !wasm

package cli

import (
	"html"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"fixlab/app/target"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// The three commands of the handout, as they are printed there but for the fields that one
// fills in, tell a login that keeps the session id from one that does not.
func TestHandoutCommands(t *testing.T) {
	page, err := os.ReadFile("../paper/en/handout.html")
	if err != nil {
		t.Fatal(err)
	}
	printed := regexp.MustCompile(`(?s)<pre[^>]*><code>(.*?)</code></pre>`).FindSubmatch(page)
	if printed == nil {
		t.Fatal("the handout has no commands")
	}
	commands := html.UnescapeString(string(printed[1]))
	const fields = "user=…&password=…"
	if strings.Count(commands, fields) != 1 {
		t.Fatalf("the handout's commands have no place for %s", fields)
	}
	commands = strings.Replace(commands, fields, "user=alice&password=correct-horse", 1)
	if _, err := exec.LookPath("curl"); err != nil {
		t.Fatalf("no curl: %v; apt-get install curl", err)
	}
	for _, test := range []struct{ profile, on, want string }{
		{"signed-id", "none", "200"},
		{"signed-id", "rotate", "401"},
		{"signed-id", "rotate+keep-old-record", "200"},
		{"express-session", "none", "200"},
		{"express-session", "rotate", "401"},
		{"django-db", "framework-login", "401"},
		{"gorilla-filesystem", "rotate", "401"},
	} {
		p, _ := server.ByID(test.profile)
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		shop := httptest.NewServer(target.New(p, d))
		shell := exec.Command("sh", "-c", commands)
		shell.Env = append(os.Environ(), "SITE="+shop.URL, "no_proxy=*")
		out, err := shell.CombinedOutput()
		shop.Close()
		if got := strings.TrimSpace(string(out)); err != nil || got != test.want {
			t.Errorf("%s with %s: the handout's test prints %q, %v; want %s", test.profile, test.on, got, err, test.want)
		}
	}
}
