//go:build e2e

package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// A website that is visited while a target runs plants no cookie through the
// target's holes, unless other sites were let in.
func TestTargetAgainstWebsite(t *testing.T) {
	t.Parallel()
	app := filepath.Join(t.TempDir(), "app")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", app, "./app")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, test := range []struct {
		flags   []string
		planted string // the cookies in the end
	}{
		{nil, ""},
		{[]string{"-cross-site"}, "byform byscript "},
	} {
		base, end := startTarget(t, app, test.flags)
		script := "<script>document.cookie='byscript=x'</script>"
		website := serve(t, hosting{Intercept: func(w http.ResponseWriter, r *http.Request, name string) bool {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<!doctype html><title>A website</title><link rel="icon" href="data:,">
				<img src="%[1]s/prefs?name=byimg&amp;value=x"><iframe src="%[1]s/prefs?name=byframe&amp;value=x"></iframe>
				<form action="%[1]s/prefs"><input name="name" value="byform"><input name="value" value="x"><button>A form</button></form>
				<a href="%[1]s/search?q=%[2]s">A link</a>`, base, url.QueryEscape(script))
			return true
		}})
		b := website.tab(t)
		b.elsewhere = true
		b.allow("403 (Forbidden)")
		b.allow("favicon.ico")
		at := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
		for _, selector := range []string{"button", "a"} {
			b.visit("") // its img and frame are loaded, or failed
			b.click(selector)
			b.until(fmt.Sprintf("location.origin === %q && document.readyState === 'complete'", base))
			refused := strings.Contains(b.text("body"), "-cross-site")
			if refused != (test.planted == "") {
				t.Errorf("%v: the target says %q", test.flags, b.text("body"))
			}
		}
		cookies, err := storage.GetCookies().WithBrowserContextID(b.profile).Do(at)
		if err != nil {
			t.Fatal(err)
		}
		if got := names(cookies); got != test.planted {
			t.Errorf("%v: planted %q, want %q", test.flags, got, test.planted)
		}
		asked := strings.Join(b.requests(), "\n")
		for _, by := range []string{"byimg", "byframe", "byform", "byscript"} {
			if !strings.Contains(asked, by) {
				t.Errorf("%v: no request %s in\n%s", test.flags, by, asked)
			}
		}
		if err := storage.ClearCookies().WithBrowserContextID(b.profile).Do(at); err != nil {
			t.Fatal(err)
		}
		end()
	}
}

// names returns the names of cookies that begin with "by", each with a blank.
func names(all []*network.Cookie) (out string) {
	for _, name := range []string{"byform", "byframe", "byimg", "byscript"} {
		for _, c := range all {
			if c.Name == name {
				out += name + " "
			}
		}
	}
	return out
}

// startTarget starts a target at a free port, and returns its URL and what ends it.
func startTarget(t *testing.T, app string, flags []string) (base string, end func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), app, append([]string{"target", "signed-id", "-addr", "127.70.105.120:0"}, flags...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for !strings.HasPrefix(base, "http://") {
		if base, err = lines.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	drained := make(chan error)
	go func() { _, err := io.Copy(io.Discard, lines); drained <- err }()
	return strings.TrimSpace(base), func() {
		t.Helper()
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		<-drained
		if err := cmd.Wait(); err != nil {
			t.Errorf("the target ends with %v", err)
		}
	}
}
