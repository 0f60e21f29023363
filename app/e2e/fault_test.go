//go:build e2e

package e2e

import (
	"fmt"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// faults are the ways in which a file does not come as it was built.
var faults = map[string]func(w http.ResponseWriter, whole []byte){
	"truncated": func(w http.ResponseWriter, whole []byte) { w.Write(whole[:len(whole)/2]) },
	"a page": func(w http.ResponseWriter, _ []byte) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>Log in</title><p>Log in.")
	},
	"empty": func(w http.ResponseWriter, _ []byte) { w.WriteHeader(http.StatusOK) },
	"500":   func(w http.ResponseWriter, _ []byte) { w.WriteHeader(http.StatusInternalServerError) },
	"404":   func(w http.ResponseWriter, _ []byte) { w.WriteHeader(http.StatusNotFound) },
	"cut": func(w http.ResponseWriter, whole []byte) {
		w.Header().Set("Content-Length", fmt.Sprint(len(whole)+1))
		w.Write(whole[:len(whole)/2])
		panic(http.ErrAbortHandler)
	},
}

// A sick host has a fault in one file until it is healed.
type sick struct {
	*host
	healed atomic.Bool
}

// fall returns a host of the folder that, once it serves dir, has the fault in a file of it.
func fall(t *testing.T, first, dir, file, fault string) *sick {
	t.Helper()
	whole, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	s := &sick{}
	s.healed.Store(first != dir)
	s.host = serve(t, hosting{Dir: first, Intercept: func(w http.ResponseWriter, r *http.Request, name string) bool {
		if s.healed.Load() || name != file && (file != "index.html" || name != "") {
			return false
		}
		w.Header().Set("Cache-Control", "max-age=600") // a browser may keep what is broken
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(file)))
		faults[fault](w, whole)
		return true
	}})
	return s
}

// thorough has every host, file and fault tried, and every page of every lesson looked
// at in every window, which takes minutes: make engines sets it.
var thorough = os.Getenv("FIXLAB_FAULTS") == "all"

// some is all of a list when thorough, and otherwise every nth, from the first on.
func some[E any](all []E, n int) []E {
	if thorough {
		return all
	}
	var out []E
	for i := 0; i < len(all); i += n {
		out = append(out, all[i])
	}
	return out
}

// core matches the files without which there is no lab.
var core = regexp.MustCompile(`^(index\.html|sw\.js|boot-.*|app-.*\.gz\.bin)$`)

// each runs a test for every file of the folder and every fault. A file that
// neither the shell nor the service worker names, and no visit asks for, is only
// missing. Unless thorough, it is the files without which there is no lab, truncated.
func each(t *testing.T, dir string, test func(t *testing.T, file, fault string)) {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 12 {
		t.Fatal(entries, err)
	}
	named := "index.html sw.js "
	for _, name := range []string{"index.html", "sw.js"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		named += string(text)
	}
	for _, e := range entries {
		for fault := range faults {
			if !strings.Contains(named, e.Name()) && fault != "404" {
				continue
			}
			if !thorough && (fault != "truncated" || !core.MatchString(e.Name())) {
				continue
			}
			t.Run(e.Name()+" "+fault, func(t *testing.T) {
				t.Parallel()
				test(t, e.Name(), fault)
			})
		}
	}
}

// broken allows what a browser says of a file that did not come as it was built.
func (b *tab) broken() {
	for _, text := range []string{"Failed to load resource", "net::ERR_", "valid digest", "unsupported MIME type", "when fetching the script"} {
		b.allow(text)
	}
}

// whole waits until the page is in charge, styled and kept, and shows that it
// then works offline.
func (b *tab) whole() {
	b.t.Helper()
	b.ready()
	b.until("[...document.styleSheets].some((sheet) => sheet.cssRules.length > 50)")
	b.offlineReady()
	b.until("caches.keys().then((names) => names.length > 0)") // an empty file would be a worker too
	b.until("navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)")
	b.host.cut()
	b.run(chromedp.Reload())
	b.ready()
}

// kept is true once the service worker holds the lab, or the page has said that it does not.
const kept = `navigator.serviceWorker.controller || document.querySelector("#offline p")`

// A first visit meets a fault in one file; then the host is healed, and an
// ordinary reload brings the whole lab. But for the shell and the loader the lab
// starts in spite of the fault.
func TestFaultAtFirst(t *testing.T) {
	t.Parallel()
	dir := write(t, tiny(t))
	each(t, dir, func(t *testing.T, file, fault string) {
		h := fall(t, dir, dir, file, fault)
		b := h.tab(t)
		b.broken()
		switch {
		case file == "index.html":
			b.start("")
			// What is cut may never be drawn, and until looks at frames.
			for where := "about:"; strings.HasPrefix(where, "about:") && b.ctx.Err() == nil; {
				_ = chromedp.Run(b.ctx, chromedp.Evaluate("location.href", &where))
			}
		case strings.HasPrefix(file, "boot-"):
			b.visit("")
			b.is("document.querySelector('#late').hidden", "false")
			b.is("document.documentElement.dataset.ready === undefined", "true")
		default:
			b.visit("")
			b.ready()
			b.until(kept)
		}
		h.healed.Store(true)
		b.run(chromedp.Reload())
		b.whole()
	})
}

// A new version comes with a fault in one file: the old version goes on whole, and
// when the host is healed the new one is offered and takes its place whole.
func TestFaultInUpdate(t *testing.T) {
	t.Parallel()
	old, fresh := editions(t)
	each(t, fresh, func(t *testing.T, file, fault string) {
		h := fall(t, old, fresh, file, fault)
		b := h.tab(t)
		b.broken()
		b.visit("")
		b.ready()
		b.offlineReady()
		was := b.version()
		h.healed.Store(false)
		h.deploy(fresh)
		b.eval("navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 1, () => 0)", nil)
		b.until("navigator.serviceWorker.getRegistration().then((r) => !r.installing)")
		b.run(chromedp.Reload())
		b.ready()
		if b.version() != was {
			t.Fatal("the lesson was swapped")
		}
		h.healed.Store(true)
		b.run(chromedp.Reload())
		b.ready()
		b.update()
		b.whole()
	})
}
