//go:build servers && unix

package audit_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// scripted is a login page that is nothing without its script, which sends JSON.
const scripted = `<!doctype html><title>Log in</title><main></main><script>
requestAnimationFrame(() => {
  document.querySelector("main").innerHTML = '<form><input name="a"><input type="password" name="b"><button>Go</button></form>';
  document.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [user, pass] = [...document.querySelectorAll("input")].map((f) => f.value);
    const answer = await fetch("/api/login", { method: "POST", headers: { "Content-Type": "application/json", "X-From": "script" }, body: JSON.stringify({ user, pass }) });
    document.querySelector("main").textContent = answer.ok ? "welcome" : "no";
  });
});
</script>`

// TestServersByBrowser audits a login that only a browser can do: once one that keeps the
// id, once one that does not.
func TestServersByBrowser(t *testing.T) {
	for _, keeps := range []bool{true, false} {
		s := &shop{keeps: keeps}
		s.pages = handlers{
			"GET /app": func(w http.ResponseWriter, _ *http.Request, _ *session) {
				w.Header().Set("Content-Type", "text/html")
				w.Write([]byte(scripted))
			},
			"POST /api/login": func(w http.ResponseWriter, r *http.Request, in *session) {
				var given struct{ User, Pass string }
				if err := json.NewDecoder(r.Body).Decode(&given); err != nil || r.Header.Get("X-From") != "script" || passwords[given.User] == "" || passwords[given.User] != given.Pass {
					w.WriteHeader(401)
					return
				}
				s.logIn(w, in, given.User, s.keeps)
			},
		}
		h := httptest.NewServer(s)
		c := auditing(h.URL)
		c.Login, c.Mode, c.Browser = "/app", core.Quick, audit.Chromium{}
		report, err := audit.Run(t.Context(), c)
		h.Close()
		if err != nil {
			t.Fatal(err)
		}
		if (report.Ending == core.Vulnerable) != keeps || report.Ending == core.Unsettled || report.Ending == core.NoLogin {
			t.Errorf("keeps the id: %v: %s: %s", keeps, report.Ending, report.Because)
		}
	}
}

// TestServersLeadTheBrowserAway: where the login page leads to a host that was not named, nothing is typed.
func TestServersLeadTheBrowserAway(t *testing.T) {
	typed := make(chan string, 99)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			typed <- r.FormValue("b")
		}
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<form method="post"><input name="a"><input type="password" name="b"><button>Go</button></form>`))
	}))
	defer elsewhere.Close()
	at, err := url.Parse(elsewhere.URL)
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(http.RedirectHandler("http://shop.test:"+at.Port()+"/login", http.StatusFound))
	defer site.Close()
	login, err := url.Parse(site.URL)
	if err != nil {
		t.Fatal(err)
	}
	who := audit.Account{Name: "alice", Password: passwords["alice"]}
	for _, named := range []bool{false, true} {
		c := audit.Chromium{Path: resolving(t)}
		if named {
			c.Hosts = []string{"shop.test"}
		}
		_, err := c.LogIn(t.Context(), login, who, nil)
		if named != (err == nil) || !named && !strings.Contains(err.Error(), "-i-may-test shop.test") {
			t.Errorf("named: %v: %v", named, err)
		}
		if named != (len(typed) == 1) {
			t.Errorf("named: %v: it was typed %d times", named, len(typed))
		}
	}
}

// resolving is a browser to which shop.test is this machine.
func resolving(t *testing.T) string {
	real := os.Getenv("CHROMIUM")
	if real == "" {
		real = "chromium"
	}
	name := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(name, []byte("#!/bin/sh\nexec "+real+" --host-resolver-rules='MAP shop.test 127.0.0.1' \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}
