//go:build e2e && engines

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// WebKitGTK starts the lab, comes to the verdict, which a switch changes, and does so
// again after a reload without the host. WebDriver tells nothing of the console.
func TestWebKit(t *testing.T) {
	h := serve(t, hosting{})
	w := startWebKit(t)
	w.visit(h.URL + "#1/signed-id-toss/none/9")
	w.until(`document.documentElement.dataset.ready === "true"`)
	w.is(outcome, "hijacked")
	w.click("#first-rotate")
	w.until(outcome + ` === "defended"`)
	w.until(`location.hash === "#1/signed-id-toss/rotate/9"`) // it follows the picture

	w.until("navigator.serviceWorker.controller?.state === 'activated'")
	h.cut()
	w.eval("window.before = true")
	w.do(http.MethodPost, "/refresh", struct{}{}, nil)
	w.until(`document.documentElement.dataset.ready === "true"`)
	w.is("window.before", "undefined")
	w.is(outcome, "defended")
	w.click("#first-rotate")
	w.until(outcome + ` === "hijacked"`)
}

// A webkit is WebKitGTK's MiniBrowser with a new profile on a screen of its own,
// driven by WebDriver.
type webkit struct {
	t       testing.TB
	ctx     context.Context
	session string // the address of its session
}

func startWebKit(t testing.TB) *webkit {
	t.Helper()
	home := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	t.Cleanup(cancel)
	start := func(cmd *exec.Cmd) {
		t.Helper()
		// What it starts goes with it.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
		if err := cmd.Start(); err != nil {
			t.Fatalf("%v; apt-get install webkit2gtk-driver xvfb", err)
		}
		t.Cleanup(func() {
			cancel()
			_ = cmd.Wait()
		})
	}

	number, says, err := os.Pipe() // Xvfb says which display it is once it is there
	if err != nil {
		t.Fatal(err)
	}
	defer number.Close()
	screen := exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp")
	screen.ExtraFiles = []*os.File{says}
	start(screen)
	says.Close()
	var display int
	if _, err := fmt.Fscan(number, &display); err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}

	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := free.Addr().(*net.TCPAddr)
	free.Close()
	driver := exec.CommandContext(ctx, "WebKitWebDriver", fmt.Sprintf("--port=%d", at.Port))
	driver.Env = append(os.Environ(), fmt.Sprintf("DISPLAY=:%d", display), "HOME="+home,
		"XDG_CACHE_HOME=", "XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_RUNTIME_DIR="+home)
	start(driver)
	for { // it does not say when it listens
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", at.String())
		if err == nil {
			conn.Close()
			break
		}
		if !errors.Is(err, syscall.ECONNREFUSED) {
			t.Fatalf("WebKitWebDriver does not listen: %v", err)
		}
	}

	w := &webkit{t: t, ctx: ctx, session: "http://" + at.String() + "/session"}
	var session struct{ SessionID string }
	w.do(http.MethodPost, "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"timeouts": map[string]int64{"script": deadline.Milliseconds()},
	}}}, &session)
	w.session += "/" + session.SessionID
	t.Cleanup(func() { w.do(http.MethodDelete, "", nil, nil) })
	return w
}

// do asks for a command of the session, and sets out, if it is not nil, to what
// comes of it.
func (w *webkit) do(method, command string, params, out any) {
	w.t.Helper()
	text, err := json.Marshal(params)
	if err != nil {
		w.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(w.ctx, method, w.session+command, bytes.NewReader(text))
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	var body struct{ Value json.RawMessage }
	if err := json.NewDecoder(answer.Body).Decode(&body); err != nil {
		w.t.Fatalf("WebKit, asked for %s: %v", command, err)
	}
	if answer.StatusCode != http.StatusOK {
		w.t.Fatalf("WebKit, asked for %s: %s", command, body.Value)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(body.Value, out); err != nil {
		w.t.Fatalf("WebKit, asked for %s: %v: %s", command, err, body.Value)
	}
}

// visit goes to an address and waits for its load event.
func (w *webkit) visit(url string) {
	w.t.Helper()
	w.do(http.MethodPost, "/url", map[string]string{"url": url}, nil)
}

// eval returns the text that a JavaScript expression, or the promise that it is,
// comes to.
func (w *webkit) eval(expression string) (text string) {
	w.t.Helper()
	w.do(http.MethodPost, "/execute/sync", map[string]any{
		"script": fmt.Sprintf("return (async () => String(await (%s)))()", expression), "args": []any{},
	}, &text)
	return text
}

// until waits until a JavaScript expression comes true. It looks at every frame that
// the page draws.
func (w *webkit) until(expression string) {
	w.t.Helper()
	w.eval(fmt.Sprintf("(async () => { while (!(%s)) await new Promise(requestAnimationFrame) })()", expression))
}

// is fails unless a JavaScript expression comes to want.
func (w *webkit) is(expression, want string) {
	w.t.Helper()
	if got := w.eval(expression); got != want {
		w.t.Errorf("in WebKit %s is %q, want %q", expression, got, want)
	}
}

// click clicks the first element that matches a CSS selector, as a mouse does.
func (w *webkit) click(selector string) {
	w.t.Helper()
	var element map[string]string
	w.do(http.MethodPost, "/element", map[string]string{"using": "css selector", "value": selector}, &element)
	for _, id := range element { // under one long key
		w.do(http.MethodPost, "/element/"+id+"/click", struct{}{}, nil)
	}
}
