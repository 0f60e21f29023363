//go:build !wasm

package load

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

const goApp = "github.com/maxence-charriere/go-app/v10"

// helloSource is the program that go-app's documentation begins with: one
// program that is the page in a browser, and its server elsewhere.
const helloSource = `package main

import (
	"log"
	"net/http"

	"` + goApp + `/pkg/app"
)

type hello struct{ app.Compo }

func (h *hello) Render() app.UI { return app.H1().Text("Hello World!") }

func main() {
	app.Route("/", func() app.Composer { return &hello{} })
	app.RunWhenOnBrowser()
	http.Handle("/", &app.Handler{Name: "Hello", Description: "A hello world"})
	if err := http.ListenAndServe(":8000", nil); err != nil {
		log.Fatal(err)
	}
}
`

// hello is the same component, for the handler in this process to prerender.
type hello struct{ app.Compo }

func (h *hello) Render() app.UI { return app.H1().Text("Hello World!") }

// helloWorld builds the documented hello world against the module cache, without
// the debugging information, and serves it with gzip.
func helloWorld() (subject, error) {
	wasm, err := buildHello()
	if err != nil {
		return subject{}, fmt.Errorf("load: building the hello world: %w", err)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return subject{}, err
	}
	if _, err := w.Write(wasm); err != nil {
		return subject{}, err
	}
	if err := w.Close(); err != nil {
		return subject{}, err
	}
	pages := zipped(&app.Handler{Name: "Hello", Description: "A hello world"})
	return subject{
		name: "go-app hello world",
		handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/web/app.wasm" {
				pages.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/wasm")
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Length", fmt.Sprint(packed.Len()))
			w.Write(packed.Bytes())
		}),
		text:  `document.querySelector("h1")`,
		ready: `document.querySelector("h1") && !document.getElementById("app-wasm-loader")`,
	}, nil
}

// buildHello returns the hello world's wasm. Its module uses the very versions
// that this program was built with.
func buildHello() ([]byte, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, fmt.Errorf("this program was built without module information")
	}
	tmp, err := os.MkdirTemp("", "fixlab-hello-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	mod := "module hello\n\ngo 1.26\n\nrequire (\n"
	for _, d := range info.Deps {
		mod += "\t" + d.Path + " " + d.Version + "\n"
	}
	mod += ")\n"
	if !strings.Contains(mod, goApp+" v10.1.11\n") {
		return nil, fmt.Errorf("this program was not built with %s v10.1.11", goApp)
	}
	root, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return nil, err
	}
	sums, err := os.ReadFile(filepath.Join(filepath.Dir(strings.TrimSpace(string(root))), "go.sum"))
	if err != nil {
		return nil, err
	}
	for name, text := range map[string]string{"go.mod": mod, "go.sum": string(sums), "main.go": helloSource} {
		if err := os.WriteFile(filepath.Join(tmp, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command("go", "build", "-ldflags=-s -w", "-o", "app.wasm")
	cmd.Dir = tmp
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return os.ReadFile(filepath.Join(tmp, "app.wasm"))
}

// zipped compresses what h answers, for browsers that take gzip.
func zipped(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.ServeHTTP(w, r)
			return
		}
		z := gzip.NewWriter(w)
		defer z.Close()
		h.ServeHTTP(&zipWriter{w, z}, r)
	})
}

type zipWriter struct {
	http.ResponseWriter
	zip io.Writer
}

func (w *zipWriter) WriteHeader(status int) {
	w.Header().Del("Content-Length")
	w.Header().Set("Content-Encoding", "gzip")
	w.ResponseWriter.WriteHeader(status)
}

func (w *zipWriter) Write(b []byte) (int, error) {
	w.Header().Del("Content-Length")
	w.Header().Set("Content-Encoding", "gzip")
	return w.zip.Write(b)
}
