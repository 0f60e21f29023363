//go:build e2e

package e2e

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// A firefox is a Firefox with a new profile, driven by WebDriver BiDi: one tab at
// a time, one command at a time. FIREFOX names the browser; without it, it is
// Debian's.
type firefox struct {
	t       testing.TB
	conn    net.Conn
	last    int
	tab     string
	errors  []string // that it has told of since the tab was opened
	allowed []string
	asked   int // how often the page was asked to settle
}

func startFirefox(t testing.TB) *firefox {
	t.Helper()
	path, err := exec.LookPath(cmp.Or(os.Getenv("FIREFOX"), "firefox-esr"))
	if err != nil {
		t.Fatalf("no Firefox: %v; apt-get install firefox-esr, or set FIREFOX", err)
	}
	home, err := os.MkdirTemp("", "fixlab-firefox-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, path, "--headless", "--remote-debugging-port=0", "--profile", home, "--no-remote", "about:blank")
	cmd.Env = append(os.Environ(), "HOME="+home, "MOZ_CRASHREPORTER_DISABLE=1")
	// It is more than one process.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	says, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(says)
	var heard []string
	for lines.Scan() {
		heard = append(heard, lines.Text())
		if at, ok := strings.CutPrefix(lines.Text(), "WebDriver BiDi listening on "); ok {
			go io.Copy(io.Discard, says) // it stops when nobody reads what it says
			f := &firefox{t: t}
			if f.conn, _, _, err = ws.Dial(ctx, at+"/session"); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.conn.Close() })
			f.begin()
			return f
		}
	}
	t.Fatalf("%s does not listen: %s", path, strings.Join(heard, "\n"))
	return nil
}

func (f *firefox) begin() {
	f.t.Helper()
	f.do("session.new", map[string]any{"capabilities": map[string]any{}}, nil)
	var tree struct{ Contexts []struct{ Context string } }
	f.do("browsingContext.getTree", map[string]any{}, &tree)
	if len(tree.Contexts) != 1 {
		f.t.Fatalf("Firefox has the tabs %v", tree.Contexts)
	}
	f.tab = tree.Contexts[0].Context
}

// watch makes Firefox tell of every error from now on, and of every violation of
// a policy as one.
func (f *firefox) watch() {
	f.t.Helper()
	f.do("session.subscribe", map[string]any{"events": []string{"log.entryAdded"}}, nil)
	f.do("script.addPreloadScript", map[string]any{"functionDeclaration": `() => addEventListener("securitypolicyviolation",
		(e) => console.error("against the policy: " + e.violatedDirective + " " + e.blockedURI), true)`}, nil)
}

// open goes on in a new tab of a new profile, at a path below the site's folder,
// and waits until the page is in charge.
func (f *firefox) open(t testing.TB, h *host, path string) {
	t.Helper()
	f.blank(t)
	f.visit(h.URL + path)
	f.ready()
}

// blank goes on in a new tab of a new profile. When the test ends it fails the test
// for every error that the test has not allowed, and closes the profile.
func (f *firefox) blank(t testing.TB) {
	t.Helper()
	before := f.t
	f.t, f.errors, f.allowed = t, nil, nil
	var user struct{ UserContext string }
	f.do("browser.createUserContext", map[string]any{}, &user)
	var tab struct{ Context string }
	f.do("browsingContext.create", map[string]any{"type": "tab", "userContext": user.UserContext}, &tab)
	f.tab = tab.Context
	t.Cleanup(func() {
		t.Helper()
		f.eval("0") // what has happened before has been told by now
		for _, e := range f.said() {
			t.Errorf("in Firefox: %s", e)
		}
		f.do("browser.removeUserContext", map[string]any{"userContext": user.UserContext}, nil)
		f.t = before
	})
	f.do("browsingContext.setViewport", map[string]any{"context": f.tab, "viewport": map[string]int{"width": 1366, "height": 768}}, nil)
}

// said returns the errors so far but for the allowed ones.
func (f *firefox) said() (errors []string) {
next:
	for _, e := range f.errors {
		for _, text := range f.allowed {
			if strings.Contains(e, text) {
				continue next
			}
		}
		errors = append(errors, e)
	}
	return errors
}

// do carries out a command and sets out, if it is not nil, to what comes of it.
func (f *firefox) do(method string, params map[string]any, out any) {
	f.t.Helper()
	f.last++
	text, err := json.Marshal(map[string]any{"id": f.last, "method": method, "params": params})
	if err != nil {
		f.t.Fatal(err)
	}
	if err := wsutil.WriteClientText(f.conn, text); err != nil {
		f.t.Fatal(err)
	}
	for {
		text, err := wsutil.ReadServerText(f.conn)
		if err != nil {
			f.t.Fatalf("Firefox, asked for %s: %v", method, err)
		}
		var answer struct {
			ID             int
			Error, Message string
			Result         json.RawMessage
			Method         string
			Params         struct{ Level, Text string }
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			f.t.Fatal(err)
		}
		switch {
		case answer.Method == "log.entryAdded":
			if answer.Params.Level == "error" {
				f.errors = append(f.errors, answer.Params.Text)
			}
		case answer.ID != f.last: // another event
		case answer.Error != "":
			f.t.Fatalf("Firefox, asked for %s: %s: %s", method, answer.Error, answer.Message)
		case out == nil:
			return
		default:
			if err := json.Unmarshal(answer.Result, out); err != nil {
				f.t.Fatalf("Firefox, asked for %s: %v: %s", method, err, answer.Result)
			}
			return
		}
	}
}

// visit goes to an address and waits for its load event.
func (f *firefox) visit(url string) {
	f.t.Helper()
	f.do("browsingContext.navigate", map[string]any{"context": f.tab, "url": url, "wait": "complete"}, nil)
}

// reach waits until the tab is at an address that begins with url, and loaded.
func (f *firefox) reach(url string) {
	f.t.Helper()
	for at := ""; !strings.HasPrefix(at, url); {
		var tree struct{ Contexts []struct{ URL string } }
		f.do("browsingContext.getTree", map[string]any{"root": f.tab}, &tree)
		at = tree.Contexts[0].URL
	}
	f.until("document.readyState === 'complete'")
}

// eval returns the text that a JavaScript expression, or the promise that it is,
// comes to.
func (f *firefox) eval(expression string) string {
	f.t.Helper()
	var out struct {
		Result           struct{ Type, Value string }
		ExceptionDetails struct{ Text string }
	}
	f.do("script.evaluate", map[string]any{
		"expression":   fmt.Sprintf("(async () => String(await (%s)))()", expression),
		"target":       map[string]any{"context": f.tab},
		"awaitPromise": true,
	}, &out)
	if out.ExceptionDetails.Text != "" {
		f.t.Fatalf("in Firefox: %s", out.ExceptionDetails.Text)
	}
	return out.Result.Value
}

// ready waits until the page is in charge.
func (f *firefox) ready() {
	f.t.Helper()
	f.until(`document.documentElement.dataset.ready === "true"`)
}

// until waits until a JavaScript expression comes true. It looks at every frame
// that the page draws.
func (f *firefox) until(expression string) {
	f.t.Helper()
	f.eval(fmt.Sprintf(`(async () => { while (!(%s)) await new Promise(requestAnimationFrame) })()`, expression))
}

// settled waits until the page has drawn all that it was told before.
func (f *firefox) settled() {
	f.t.Helper()
	f.asked++
	f.eval(fmt.Sprintf("("+settle+")('%d')", f.asked))
}

// follow makes a link's fragment that of the open page, and waits until the page
// is there.
func (f *firefox) follow(fragment string) {
	f.t.Helper()
	f.eval(fmt.Sprintf("("+moved+")('hashchange', () => location.hash = %q)", fragment))
	f.settled()
}

// is fails unless a JavaScript expression comes to want.
func (f *firefox) is(expression, want string) {
	f.t.Helper()
	if got := f.eval(expression); got != want {
		f.t.Errorf("in Firefox %s is %q, want %q", expression, got, want)
	}
}

// press presses keys together, as a hand does: each goes down, then they go up.
// Then it waits until the page has answered.
func (f *firefox) press(keys ...string) {
	f.t.Helper()
	f.strike(keys...)
	f.settled()
}

// strike is press that waits for nothing.
func (f *firefox) strike(keys ...string) {
	f.t.Helper()
	var down, up []map[string]any
	for _, k := range keys {
		down = append(down, map[string]any{"type": "keyDown", "value": k})
		up = append([]map[string]any{{"type": "keyUp", "value": k}}, up...)
	}
	f.perform(map[string]any{"type": "key", "id": "keys", "actions": append(down, up...)})
}

// types types into what has the focus, and waits until the page has answered.
func (f *firefox) types(text string) {
	f.t.Helper()
	var actions []map[string]any
	for _, r := range text {
		k := string(r)
		if r == '\n' {
			k = enterKey
		}
		actions = append(actions, map[string]any{"type": "keyDown", "value": k}, map[string]any{"type": "keyUp", "value": k})
	}
	f.perform(map[string]any{"type": "key", "id": "keys", "actions": actions})
	f.settled()
}

// click moves the mouse to the middle of the first element that matches a CSS
// selector, presses and releases it, and waits until the page has answered.
func (f *firefox) click(selector string) {
	f.t.Helper()
	var at struct{ X, Y int }
	where := f.eval(fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		e.scrollIntoView({block: "center"});
		const box = e.getClientRects()[0], x = box.x + box.width / 2, y = box.y + box.height / 2;
		if (!e.contains(document.elementFromPoint(x, y))) throw new Error("something lies over it");
		return JSON.stringify({x: Math.round(x), y: Math.round(y)});
	})()`, selector))
	if err := json.Unmarshal([]byte(where), &at); err != nil {
		f.t.Fatal(err)
	}
	f.perform(map[string]any{"type": "pointer", "id": "mouse", "actions": []map[string]any{
		{"type": "pointerMove", "x": at.X, "y": at.Y},
		{"type": "pointerDown", "button": 0},
		{"type": "pointerUp", "button": 0},
	}})
	f.settled()
}

// perform makes the keyboard or the mouse do something.
func (f *firefox) perform(what map[string]any) {
	f.t.Helper()
	f.do("input.performActions", map[string]any{"context": f.tab, "actions": []any{what}}, nil)
}
