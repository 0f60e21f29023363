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
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// A website that attacks a target at base: an img and a frame plant a cookie, a form
// and a link lead to a hole, and so does the address "redirect".
func attacking(t *testing.T, base string) *host {
	script := "<script>document.cookie='byscript=x'</script>"
	return serve(t, hosting{Intercept: func(w http.ResponseWriter, r *http.Request, name string) bool {
		if name == "redirect" {
			http.Redirect(w, r, base+"/prefs?name=byredirect&value=x", http.StatusFound)
			return true
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>A website</title><link rel="icon" href="data:,">
			<img src="%[1]s/prefs?name=byimg&amp;value=x"><iframe src="%[1]s/prefs?name=byframe&amp;value=x"></iframe>
			<form action="%[1]s/prefs"><input name="name" value="byform"><input name="value" value="x"><button>A form</button></form>
			<a href="%[1]s/search?q=%[2]s">A link</a>`, base, url.QueryEscape(script))
		return true
	}})
}

// attacks are the ways in which a target is attacked from there: what is opened, what is
// clicked, and what the target says.
var attacks = []struct{ path, selector, says string }{
	{"", "button", "-cross-site"},
	{"", "a", "-cross-site"},
	{"redirect", "", "Did you mean this?"},
}

// A website that is visited while a target runs plants no cookie through the
// target's holes, unless other sites were let in.
func TestTargetAgainstWebsite(t *testing.T) {
	t.Parallel()
	app := built(t)
	for _, test := range []struct {
		flags   []string
		planted string // the cookies in the end
	}{
		{nil, ""},
		{[]string{"-cross-site"}, "byform byredirect byscript "},
	} {
		base, end := startTarget(t, app, test.flags)
		b := attacking(t, base).tab(t)
		b.elsewhere = true
		b.allow("403 (Forbidden)")
		b.allow("favicon.ico")
		at := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
		for _, a := range attacks {
			b.visit(a.path) // its img and frame are loaded, or failed
			if a.selector != "" {
				b.click(a.selector)
			}
			b.until(fmt.Sprintf("location.origin === %q && document.readyState === 'complete'", base))
			if refused := strings.Contains(b.text("body"), a.says); refused != (test.planted == "") {
				t.Errorf("%v: the target says %q", test.flags, b.text("body"))
			}
		}
		cookies, err := storage.GetCookies().WithBrowserContextID(b.profile).Do(at)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range cookies {
			got = append(got, c.Name)
		}
		if got := planted(got); got != test.planted {
			t.Errorf("%v: planted %q, want %q", test.flags, got, test.planted)
		}
		asked := strings.Join(b.requests(), "\n")
		for _, by := range []string{"byimg", "byframe", "byform", "byscript", "byredirect"} {
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

// The same in Firefox.
func firefoxTarget(t *testing.T, f *firefox) {
	app := built(t)
	for _, test := range []struct {
		name    string
		flags   []string
		planted string
	}{
		{"alone", nil, ""},
		{"let in", []string{"-cross-site"}, "byform byredirect byscript "},
	} {
		t.Run(test.name, func(t *testing.T) {
			base, end := startTarget(t, app, test.flags)
			h := attacking(t, base)
			f.blank(t)
			for _, a := range attacks {
				f.visit(h.URL + a.path)
				if a.selector != "" {
					f.eval(fmt.Sprintf("document.querySelector(%q).click()", a.selector))
					f.reach(base)
				}
				if refused := strings.Contains(f.eval("document.body.innerText"), a.says); refused != (test.planted == "") {
					t.Errorf("the target says %q", f.eval("document.body.innerText"))
				}
			}
			var kept struct{ Cookies []struct{ Name string } }
			f.do("storage.getCookies", map[string]any{"partition": map[string]any{"type": "context", "context": f.tab}}, &kept)
			var got []string
			for _, c := range kept.Cookies {
				got = append(got, c.Name)
			}
			if got := planted(got); got != test.planted {
				t.Errorf("planted %q, want %q", got, test.planted)
			}
			end()
		})
	}
}

// built builds the command and returns its path.
func built(t *testing.T) string {
	t.Helper()
	app := filepath.Join(t.TempDir(), "app")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", app, "./app")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return app
}

// planted returns the names that begin with "by", sorted, each with a blank.
func planted(names []string) (out string) {
	slices.Sort(names)
	for _, name := range names {
		if strings.HasPrefix(name, "by") {
			out += name + " "
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
