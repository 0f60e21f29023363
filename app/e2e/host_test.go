//go:build e2e

package e2e

import (
	"cmp"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A hosting says how a static host behaves. The zero value is a plain host of
// the built site that, like GitHub Pages, lets everything be cached for ten minutes.
type hosting struct {
	Dir           string // what it serves; the built site when empty
	Prefix        string // the path the site lies under; "/sub/lab/" when empty
	Cache         string // its Cache-Control; "max-age=600" when empty
	RedirectIndex bool   // it redirects index.html to the folder
	Inflate       bool   // it labels *.gz.bin with Content-Encoding: gzip, so that the browser inflates it
	Fallback      bool   // it answers missing addresses with index.html and 200

	// Types, if set, has the last word on the content type of a name; "" sends none.
	Types func(name, kind string) string

	// Intercept, if set, may answer in the host's place, and then returns true.
	Intercept func(w http.ResponseWriter, r *http.Request, name string) bool
}

// A host is a static web server on loopback.
type host struct {
	hosting
	URL string // of the site's folder, with a slash at its end

	mu   sync.Mutex
	dir  string
	down bool
	hits []hit
}

// A hit is a request that a host has answered.
type hit struct {
	Method, Name string // the name in the site's folder, with the query
	Status       int
	Bytes        int
}

func serve(t testing.TB, how hosting) *host {
	t.Helper()
	how.Dir = cmp.Or(how.Dir, siteDir)
	how.Prefix = cmp.Or(how.Prefix, "/sub/lab/")
	how.Cache = cmp.Or(how.Cache, "max-age=600")
	h := &host{hosting: how, dir: how.Dir}
	server := httptest.NewServer(h)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	h.URL = server.URL + (&url.URL{Path: how.Prefix}).EscapedPath()
	return h
}

// cut takes the host off the network: every connection breaks.
func (h *host) cut() { h.mu.Lock(); h.down = true; h.mu.Unlock() }

// deploy makes the host serve another folder.
func (h *host) deploy(dir string) { h.mu.Lock(); h.dir = dir; h.mu.Unlock() }

// answered returns what the host has answered for names for which match is true.
func (h *host) answered(match func(name string) bool) []hit {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []hit
	for _, x := range h.hits {
		if match(x.Name) {
			out = append(out, x)
		}
	}
	return out
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	dir, down := h.dir, h.down
	h.mu.Unlock()
	if down {
		panic(http.ErrAbortHandler)
	}
	name, ok := strings.CutPrefix(r.URL.Path, h.Prefix)
	count := &counter{ResponseWriter: w}
	defer func() {
		if r.URL.RawQuery != "" {
			name += "?" + r.URL.RawQuery
		}
		h.mu.Lock()
		h.hits = append(h.hits, hit{r.Method, name, cmp.Or(count.status, 200), count.bytes})
		h.mu.Unlock()
	}()
	if !ok {
		http.Error(count, "not this site", http.StatusNotFound)
		return
	}
	if h.Intercept != nil && h.Intercept(count, r, name) {
		return
	}
	count.Header().Set("Cache-Control", h.Cache)
	if name == "index.html" && h.RedirectIndex {
		http.Redirect(count, r, "./", http.StatusMovedPermanently)
		return
	}
	status, file := http.StatusOK, cmp.Or(name, "index.html")
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path.Clean("/"+file))))
	if err != nil {
		status, file = http.StatusNotFound, "404.html"
		if h.Fallback {
			status, file = http.StatusOK, "index.html"
		}
		b, _ = os.ReadFile(filepath.Join(dir, file))
	}
	kind := mime.TypeByExtension(path.Ext(file))
	if h.Types != nil {
		if kind = h.Types(file, kind); kind == "" {
			count.Header()["Content-Type"] = nil // nor is it guessed
		}
	}
	if kind != "" {
		count.Header().Set("Content-Type", kind)
	}
	if h.Inflate && strings.HasSuffix(file, ".gz.bin") {
		count.Header().Set("Content-Encoding", "gzip")
	}
	count.WriteHeader(status)
	if r.Method != http.MethodHead {
		count.Write(b)
	}
}

type counter struct {
	http.ResponseWriter
	status, bytes int
}

func (c *counter) WriteHeader(status int) { c.status = status; c.ResponseWriter.WriteHeader(status) }

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController flush.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
