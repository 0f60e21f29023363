//go:build !wasm

package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestSizeBudget(t *testing.T) {
	app, whole := budgets[0], budgets[1]
	for _, test := range []struct {
		app, whole [2]int // by how much they are over
		want       string // the error
	}{
		{[2]int{0, 0}, [2]int{0, 0}, ""},
		{[2]int{1, 0}, [2]int{0, 0}, "size: app.wasm is 1 bytes over its gzip budget"},
		{[2]int{0, 2}, [2]int{0, 0}, "size: app.wasm is 2 bytes over its brotli budget"},
		{[2]int{3, 4}, [2]int{0, -9}, "size: app.wasm is 3 bytes over its gzip budget\nsize: app.wasm is 4 bytes over its brotli budget"},
		{[2]int{-9, -9}, [2]int{5, 0}, "size: whole.wasm is 5 bytes over its gzip budget"},
	} {
		var out bytes.Buffer
		err := report(&out, []fileSize{
			{"app-0.wasm", 9, app.gzip + test.app[0], app.brotli + test.app[1]},
			{"whole-0.wasm", 9, whole.gzip + test.whole[0], whole.brotli + test.whole[1]},
			{"index.html", 10, 5, 4},
		})
		if errText(err) != test.want {
			t.Errorf("%v: %q, want %q", test, errText(err), test.want)
		}
		if first := fmt.Sprint(app.gzip + test.app[0] + 5); !regexp.MustCompile(`a first visit +19 +` + first).MatchString(out.String()) {
			t.Errorf("printed\n%s", out.String())
		}
	}
}

func TestWeigh(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("the same again ", 200)
	for _, name := range []string{"app-0.wasm", "app-0.gz.bin", "whole-0.wasm", "whole-0.gz.bin", "index.html", "404.html", ".nojekyll", "licences.txt", "handout.html", "paper-0.css", "icon-192.png", "icon-512.png", "sw.js"} {
		content := text
		if strings.HasSuffix(name, packed) {
			content = "what travels"
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := weigh(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range got {
		names = append(names, p.name)
		if p.raw != len(text) || p.name == "icon-192.png" && p.gzip != p.raw || p.name != "icon-192.png" && (p.gzip > p.raw/10 || p.brotli > p.raw/10) {
			t.Errorf("%+v of %d bytes", p, len(text))
		}
	}
	if got[0].gzip != len("what travels") {
		t.Errorf("app.wasm travels in %d bytes, want %d", got[0].gzip, len("what travels"))
	}
	if err := os.Remove(filepath.Join(dir, "app-0.gz.bin")); err != nil {
		t.Fatal(err)
	}
	if _, err := weigh(dir); err == nil || !strings.Contains(err.Error(), "app-0.gz.bin") {
		t.Errorf("a site without the packed file: %v", err)
	}
	if want := "app-0.wasm whole-0.wasm icon-192.png index.html sw.js"; strings.Join(names, " ") != want {
		t.Errorf("%q, want %q", names, want)
	}
}
