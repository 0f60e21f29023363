//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// deep is a link to a step of a lesson.
const deep = "#1/signed-id-toss/rotate/3"

// Under a sub-path go-app's default shows one thing before and another after the
// wasm, and its deep links are 404s; only the fragment is the same on every host.
func TestOpens(t *testing.T) {
	t.Parallel()
	few := write(t, tiny(t)) // its loader is the lab's
	for _, test := range []struct {
		name string
		how  hosting
		path string
		at   string // where it ends up, below the site's folder
	}{
		{"sub-path", hosting{}, "", ""},
		{"root", hosting{Prefix: "/"}, "", ""},
		{"deep link", hosting{}, deep, deep},
		{"query", hosting{}, "?x=1" + deep, "?x=1" + deep},
		{"stray percent sign", hosting{}, "#100%", ""},
		{"index.html", hosting{}, "index.html" + deep, "index.html" + deep},
		{"host redirects index.html", hosting{RedirectIndex: true}, "index.html" + deep, deep},
		{"host inflates", hosting{Inflate: true}, deep, deep},
		{"host caches nothing", hosting{Cache: "no-store"}, deep, deep},
		{"unknown path", hosting{}, "no/such/page?x=1" + deep, "?x=1" + deep},
		{"unknown path at the root", hosting{Prefix: "/"}, "no/such/page" + deep, deep},
		{"unknown file", hosting{Prefix: "/a/b/c/"}, "nothing.html" + deep, deep},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			lab := thorough || test.name == "deep link" || test.name == "unknown path"
			if !lab {
				test.how.Dir = few
			}
			b := serve(t, test.how).tab(t)
			if strings.HasPrefix(test.name, "unknown") {
				b.allow("404 (Not Found)")
			}
			b.visit(test.path)
			b.ready() // a page that mends its link may do so now
			b.until(fmt.Sprintf("location.href.startsWith(%q)", b.host.URL+test.at))
			if lab && strings.HasSuffix(test.at, deep) {
				b.until(`document.querySelector("[data-step='3']")`)
			}
		})
	}
}

// A build that knows its path needs no search for it, and starts even where a
// host answers every address with the shell.
func TestKnownBase(t *testing.T) {
	t.Parallel()
	src := tiny(t)
	src.Base = "/sub/lab/"
	dir := write(t, src)
	for _, test := range []struct {
		name string
		how  hosting
		at   string
	}{
		{"404.html", hosting{Dir: dir}, "?x=1#deep"},
		{"fallback to the shell", hosting{Dir: dir, Fallback: true}, "no/such/page?x=1#deep"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, test.how).tab(t)
			b.allow("404 (Not Found)")
			b.visit("no/such/page?x=1#deep")
			b.until(fmt.Sprintf("location.href === %q", b.host.URL+test.at))
			b.ready()
		})
	}
}

// go-app's default fetches icons from a third party, has an empty title and
// names a wrong address of itself. Here every link of the site is relative and
// leads to a file of it. (That no test reaches another origin is checked in all.)
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"index.html", "404.html", "lesson.html", "handout.html", "glossary.html", "questions.html", "key.html", "notes.html"} {
		text := read(t, name)
		if m := regexp.MustCompile(`<title>([^<]+)</title>`).FindStringSubmatch(text); m == nil || !strings.Contains(m[1], "Fixation Lab") {
			t.Errorf("%s: title %q", name, m)
		}
		for _, never := range []string{"og:url", "canonical", "<base"} {
			if strings.Contains(text, never) {
				t.Errorf("%s holds %q", name, never)
			}
		}
		for _, m := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			link, err := url.Parse(html.UnescapeString(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			file := link.Path
			if link.IsAbs() || link.Host != "" || strings.HasPrefix(file, "/") {
				t.Errorf("%s: the link %q is not relative", name, m[1])
			} else if _, err := os.Stat(filepath.Join(siteDir, file)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// The help leads to the licences, which no visit has loaded, offline too.
func TestLicences(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.allow("net::ERR_") // the host is asked first
	b.visit("index.html" + deep)
	b.offlineReady()
	for _, url := range b.requests() {
		if strings.Contains(url, "licences") {
			t.Errorf("the visit loads %s", url)
		}
	}
	b.host.cut()
	b.press("?")
	b.settled()
	var got string
	b.eval(`location.href = document.querySelector("#help a[href='licences.txt']").href, 1`, nil)
	b.until("location.pathname.endsWith('licences.txt') && document.readyState === 'complete'")
	b.eval("document.body.innerText", &got)
	if got != read(t, "licences.txt") || !strings.Contains(got, "==== Go, ") {
		t.Errorf("the help's link leads to %q", got)
	}
}

// go-app's default has scope "/" and start_url "/repo".
func TestManifest(t *testing.T) {
	t.Parallel()
	var m struct {
		ID, Name, Scope string
		StartURL        string `json:"start_url"`
		Icons           []struct{ Src, Sizes, Type, Purpose string }
	}
	if err := json.Unmarshal([]byte(read(t, "manifest.webmanifest")), &m); err != nil {
		t.Fatal(err)
	}
	if m.ID != "./" || m.Scope != "./" || m.StartURL != "./" || m.Name == "" {
		t.Errorf("id %q, scope %q, start_url %q, name %q", m.ID, m.Scope, m.StartURL, m.Name)
	}
	has := map[string]bool{}
	for _, icon := range m.Icons {
		b := read(t, icon.Src)
		has[icon.Purpose+icon.Sizes] = true
		switch icon.Type {
		case "image/png":
			img, err := png.Decode(strings.NewReader(b))
			if err != nil {
				t.Errorf("%s: %v", icon.Src, err)
			} else if size := fmt.Sprintf("%dx%d", img.Bounds().Dx(), img.Bounds().Dy()); size != icon.Sizes {
				t.Errorf("%s is %s, the manifest says %s", icon.Src, size, icon.Sizes)
			} else if _, _, _, a := img.At(0, 0).RGBA(); icon.Purpose == "maskable" && a != 0xffff {
				t.Errorf("%s: a maskable icon fills its square", icon.Src)
			}
		case "image/svg+xml":
			if !strings.HasPrefix(b, "<svg ") {
				t.Errorf("%s is no SVG", icon.Src)
			}
		default:
			t.Errorf("%s has the type %q", icon.Src, icon.Type)
		}
	}
	if !has["192x192"] || !has["512x512"] || !has["maskable512x512"] || !has["any"] {
		t.Errorf("the icons are %v", has)
	}

	b := serve(t, hosting{Dir: write(t, tiny(t))}).tab(t)
	b.visit("")
	var url, data string
	var parseErrors []*devtools.AppManifestError
	b.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		url, parseErrors, data, _, err = devtools.GetAppManifest().Do(ctx)
		return err
	}))
	if len(parseErrors) > 0 || url != b.host.URL+"manifest.webmanifest" || data == "" {
		t.Errorf("the browser reads the manifest at %s with errors %v", url, parseErrors)
	}
	var wide []float64
	b.eval(`Promise.all(["icon.svg", "icon-192.png"].map(async (src) => { const i = new Image(); i.src = src; await i.decode(); return i.naturalWidth; }))`, &wide)
	if len(wide) != 2 || wide[0] == 0 || wide[1] != 192 {
		t.Errorf("the icons are %v pixels wide", wide)
	}
}

// go-app's RawHeaders come after its scripts: a policy there arrives too late.
func TestPolicy(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"index.html", "404.html", "lesson.html", "handout.html", "glossary.html", "questions.html", "key.html", "notes.html"} {
		text := read(t, name)
		m := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindStringSubmatchIndex(text)
		if m == nil {
			t.Fatalf("%s has no policy", name)
		}
		policy := html.UnescapeString(text[m[2]:m[3]])
		if strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "'unsafe-eval'") || !strings.HasPrefix(policy, "default-src 'none'; ") {
			t.Errorf("%s: %s", name, policy)
		}
		for _, tag := range []string{"<script", "<link", "<style", "<img"} {
			if i := strings.Index(text, tag); i >= 0 && i < m[0] {
				t.Errorf("%s: %s stands before the policy", name, tag)
			}
		}
	}
	b := open(t, deep)
	var blocked bool
	b.allow("Content Security Policy")
	b.eval(`new Promise((done) => {
		addEventListener("securitypolicyviolation", () => done(!window.ran));
		const s = document.createElement("script");
		s.textContent = "window.ran = true";
		document.head.append(s); // runs here, if it runs
		if (window.ran) done(false);
	})`, &blocked)
	if !blocked {
		t.Error("an inline script runs")
	}
}

// The page links its half of go-app and nothing of its server's, nor of any other.
func TestLinked(t *testing.T) {
	t.Parallel()
	wasm := read(t, glob(t, "app-*.wasm"))
	if !strings.Contains(wasm, "main.main") {
		t.Error("app.wasm has no function names to look at")
	}
	for _, never := range []string{"pkg/app.(*Handler)", "chromedp", "brotli", "app/site", "app/cli"} { // of the standard library's it has no names
		if strings.Contains(wasm, never) {
			t.Errorf("app.wasm links %s", never)
		}
	}
}
