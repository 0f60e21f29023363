//go:build e2e

package e2e

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// A firefox is a Firefox with a new profile, driven by WebDriver BiDi: one tab,
// one command at a time. FIREFOX names the browser; without it, it is Debian's.
type firefox struct {
	t    testing.TB
	conn net.Conn
	last int
	tab  string
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
			go func() { // it is killed by what it says when nobody reads
				for lines.Scan() {
				}
			}()
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
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			f.t.Fatal(err)
		}
		switch {
		case answer.ID != f.last: // an event
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
