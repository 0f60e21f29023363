//go:build !wasm

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSizeBudget(t *testing.T) {
	for _, test := range []struct {
		gzip, brotli int
		want         string // the error
	}{
		{gzipBudget, brotliBudget, ""},
		{gzipBudget + 1, brotliBudget, "size: app.wasm is 1 bytes over its gzip budget"},
		{gzipBudget, brotliBudget + 2, "size: app.wasm is 2 bytes over its brotli budget"},
		{gzipBudget + 3, brotliBudget + 4, "size: app.wasm is 3 bytes over its gzip budget\nsize: app.wasm is 4 bytes over its brotli budget"},
	} {
		var out bytes.Buffer
		err := report(&out, []fileSize{{"app-0.wasm", 9, test.gzip, test.brotli}, {"index.html", 10, 5, 4}})
		if errText(err) != test.want {
			t.Errorf("%d %d: %q, want %q", test.gzip, test.brotli, errText(err), test.want)
		}
		if !strings.Contains(out.String(), "total transfer") {
			t.Errorf("printed\n%s", out.String())
		}
	}
}

func TestWeigh(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("the same again ", 200)
	for _, name := range []string{"app-0.wasm", "app-0.gz.bin", "index.html", "404.html", ".nojekyll", "licences.txt", "icon-192.png", "icon-512.png", "sw.js"} {
		content := text
		if name == "app-0.gz.bin" {
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
	if want := "app-0.wasm icon-192.png index.html sw.js"; strings.Join(names, " ") != want {
		t.Errorf("%q, want %q", names, want)
	}
}
