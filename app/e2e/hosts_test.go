//go:build e2e

package e2e

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// headers sets headers of every answer.
func headers(pairs ...string) func(http.ResponseWriter, *http.Request, string) bool {
	return func(w http.ResponseWriter, _ *http.Request, _ string) bool {
		for i := 0; i < len(pairs); i += 2 {
			w.Header().Set(pairs[i], pairs[i+1])
		}
		return false
	}
}

// refuse answers a status for names with one of the ends.
func refuse(status int, ends ...string) func(http.ResponseWriter, *http.Request, string) bool {
	return func(w http.ResponseWriter, _ *http.Request, name string) bool {
		for _, end := range ends {
			if strings.HasSuffix(name, end) {
				w.WriteHeader(status)
				return true
			}
		}
		return false
	}
}

// A hostCase is a host and what becomes of the lab there.
type hostCase struct {
	name string
	how  hosting
	path string // below the site's folder
	// What the page says in an element, when it cannot start or lacks something.
	at, says string
	online   bool // it runs, and is not kept for offline use
	explores bool // its worker is tried too
}

// On every host that was met, each named after what it does, the lab runs, or the
// page says why it does not. Unless thorough, it is the hosts on which it does not
// simply run.
func TestHosts(t *testing.T) {
	t.Parallel()
	const failed, late, badge = "#boot-error p", "#late", "#offline p"
	kinds := func(ends, kind string) func(string, string) string {
		return func(name, usual string) string {
			if ends == "" || strings.Contains(ends, path.Ext(name)) {
				return kind
			}
			return usual
		}
	}
	twice := func(w http.ResponseWriter, _ *http.Request, name string) bool {
		if !strings.Contains(name, ".gz.") {
			return false
		}
		whole, err := os.ReadFile(filepath.Join(siteDir, name))
		if err != nil {
			t.Error(err)
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(whole)
		z.Close()
		w.Write(b.Bytes())
		return true
	}
	csp := func(policy string) hosting {
		return hosting{Intercept: headers("Content-Security-Policy", policy)}
	}
	nosniff := func(ends, kind string) hosting {
		return hosting{Types: kinds(ends, kind), Intercept: headers("X-Content-Type-Options", "nosniff")}
	}
	for _, test := range []hostCase{
		{name: "no manifest, no icons", how: hosting{Intercept: refuse(404, ".webmanifest", ".svg", ".png")}},
		{name: "refuses .bin with 404", how: hosting{Intercept: refuse(404, ".bin")}},
		{name: "refuses .bin and .wasm with 403", how: hosting{Intercept: refuse(403, ".bin", ".wasm")}},
		{name: "refuses every form", how: hosting{Intercept: refuse(403, ".bin", ".wasm", ".gz.js")}, at: failed, says: "answered 403 for app-"},
		{name: "logs in", how: hosting{Intercept: func(w http.ResponseWriter, _ *http.Request, name string) bool {
			if isWASM(name) {
				w.Write([]byte("<!doctype html><title>Log in</title>"))
			}
			return isWASM(name)
		}}, at: failed, says: "a web page in place of app-"},
		{name: ".wasm and .bin as text/html", how: hosting{Types: kinds(".wasm .bin", "text/html")}},
		{name: ".bin as text with nosniff", how: nosniff(".bin .wasm", "text/plain")},
		{name: "no type with nosniff", how: nosniff(".bin .wasm .webmanifest", "")},
		{name: "scripts as text with nosniff", how: nosniff(".js", "text/plain"), at: late, says: "text/javascript"},
		{name: "scripts as text", how: hosting{Types: kinds(".js", "text/plain")}, at: badge, says: "refuses sw.js", online: true},
		{name: "style sheets as text with nosniff", how: nosniff(".css", "text/plain"), at: badge, says: ".css did not arrive whole, or this host does not send files .css as text/css"},
		{name: "default-src 'self'", how: csp("default-src 'self'"), at: failed, says: "script-src needs 'wasm-unsafe-eval'"},
		{name: "script-src 'self'", how: csp("script-src 'self'"), at: failed, says: "script-src needs 'wasm-unsafe-eval'"},
		{name: "script-src with wasm-unsafe-eval", how: csp("script-src 'self' 'wasm-unsafe-eval'")},
		{name: "default-src 'none'", how: csp("default-src 'none'"), at: late, says: "Content-Security-Policy"},
		{name: "connect-src 'none'", how: csp("connect-src 'none'"), at: failed, says: "connect-src needs 'self'"},
		{name: "sandbox allow-scripts", how: csp("sandbox allow-scripts"), at: failed, says: "in a sandbox"},
		{name: "require-trusted-types", how: csp("require-trusted-types-for 'script'"), at: badge, says: "refuses sw.js", online: true},
		{name: "no workers", how: csp("worker-src 'none'"), at: badge, says: "refuses sw.js", online: true},
		{name: "COOP and COEP", how: hosting{Intercept: headers("Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Embedder-Policy", "require-corp")}, explores: true},
		{name: "fallback to the shell", how: hosting{Fallback: true}},
		{name: "gzip twice", how: hosting{Intercept: twice}},
		{name: ".bin labelled gzip", how: hosting{Inflate: true}},
		{name: "sub-path", how: hosting{Prefix: "/a b/100%/x&y/実験/"}, explores: true},
		{name: "no directory index", how: hosting{Intercept: func(w http.ResponseWriter, _ *http.Request, name string) bool {
			if name == "" {
				w.WriteHeader(http.StatusForbidden)
			}
			return name == ""
		}}, path: "index.html"},
		{name: "changes the shell", how: hosting{Intercept: func(w http.ResponseWriter, _ *http.Request, name string) bool {
			if name != "" && name != "index.html" {
				return false
			}
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte(read(t, "index.html") + "<!-- a counter -->"))
			return true
		}}, at: badge, says: "does not arrive as it was built", online: true},
	} {
		if !thorough && test.at == "" && !test.explores {
			continue // it just runs, and that takes longest
		}
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, test.how).tab(t)
			b.broken()
			b.allow("Content Security Policy")
			b.allow("Content-Security-Policy")
			b.allow("MIME type")
			b.allow("Subresource Integrity")
			b.allow("requires 'TrustedScriptURL'")
			b.allow("sandboxed")
			b.allow("CORS policy")
			at := test.path
			if test.explores {
				at += "#explore"
			}
			b.visit(at)
			if test.at != "" {
				b.until("getComputedStyle(document.querySelector('" + test.at + "')).visibility === 'visible' && document.querySelector('" + test.at + "').clientHeight > 9")
				if got := b.text(test.at); !strings.Contains(got, test.says) {
					t.Errorf("it says %q, want %q", got, test.says)
				}
			}
			if test.at != "" && !test.online {
				return
			}
			b.ready()
			if test.explores {
				b.complete()
				b.is("document.querySelector('#explore-says').innerText.includes('has no worker')", "false")
			}
			if !test.online {
				b.offlineReady()
				b.host.cut()
				b.run(chromedp.Reload())
				b.ready()
			}
		})
	}
}
