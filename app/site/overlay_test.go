package site

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fixlab/app/text"
)

func TestReduce(t *testing.T) {
	src := fstest.MapFS{"a/a.go": {Data: []byte("one two two")}, "b/b.go": {Data: []byte("three")}}
	texts, applied, err := reduce(src, []reduction{
		{"a/a.go", "one", "1"},
		{"a/a.go", "two", "2"},
		{"a/a.go", "gone from this release", ""},
		{"b/b.go", "also gone", ""},
		{"c/c.go", "a file that is gone", ""},
	})
	if err != nil || applied != 2 || len(texts) != 1 || texts["a/a.go"] != "1 2 2" {
		t.Errorf("%q, %d applied, %v", texts, applied, err)
	}
}

// The page's words say the same without their notes, and slim lacks those of trainers'
// pages and no other.
func TestShortened(t *testing.T) {
	file, err := os.ReadFile("../text/en.txt")
	if err != nil {
		t.Fatal(err)
	}
	short := shortened(string(file), false)
	want, err := text.Read("en", string(file))
	if err != nil {
		t.Fatal(err)
	}
	got, err := text.Read("en", short)
	if err != nil || len(got.Entries) != len(want.Entries) || strings.Contains("\n"+short, "\n#") {
		t.Fatalf("%d entries, want %d; %v", len(got.Entries), len(want.Entries), err)
	}
	slim, err := text.Read("en", shortened(string(file), true))
	if err != nil || len(slim.Entries) == len(got.Entries) {
		t.Fatalf("slim has %d entries of %d; %v", len(slim.Entries), len(got.Entries), err)
	}
	for _, e := range got.Entries {
		if kept, ok := slim.Get(e.Key); ok == text.Rare(e.Key) || ok && kept.Text != e.Text {
			t.Errorf("slim says %q for %s, want %q", kept.Text, e.Key, e.Text)
		}
	}
	for i, e := range got.Entries {
		if e.Line = want.Entries[i].Line; e != want.Entries[i] {
			t.Errorf("%+v, want %+v", e, want.Entries[i])
		}
	}
}

// pinned returns the toolchain that go.mod names, and the one that this is.
func pinned(t *testing.T) (want, is string) {
	t.Helper()
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?m)^toolchain (\S+)$`).FindSubmatch(mod)
	if named == nil {
		t.Fatal("go.mod names no toolchain")
	}
	if is, err = goTool(".", nil, "env", "GOVERSION"); err != nil {
		t.Fatal(err)
	}
	return string(named[1]), is
}

// Every reduction finds its text in the toolchain that go.mod names.
func TestReductionsApply(t *testing.T) {
	if want, is := pinned(t); is != want {
		t.Skipf("this is %s; go.mod names %s", is, want)
	}
	goroot, err := goTool(".", nil, "env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	src := os.DirFS(filepath.Join(goroot, "src"))
	for _, r := range slices.Concat(reductions, unpacking) {
		if _, applied, err := reduce(src, []reduction{r}); err != nil || applied != 1 {
			t.Errorf("%s has no %q, %v", r.file, r.old, err)
		}
	}
}

// linked checks what the page links: its half of go-app and nothing of its
// server's, no tool's, and with the reductions no cipher.
func linked(t *testing.T, s Source) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	wasm, _, _, err := compile(root, "slim") // with all functions' names
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(wasm, []byte("net/url.Parse")) {
		t.Fatal("app.wasm has no function names to look at")
	}
	never := []string{"pkg/app.(*Handler)", "net/http.(*Server).Serve", "text/template.", "html/template.(", "chromedp", "brotli"}
	if strings.HasPrefix(s.Reductions, "0 of") {
		// The toolchain that go.mod names compiles with them, unless the go command
		// has fetched it itself.
		if want, is := pinned(t); is == want && !fetched(t) {
			t.Errorf("built by %s: %s", is, s.Reductions)
		}
		t.Logf("not all is looked for: %s", s.Reductions)
	} else {
		never = append(never, "net/http.(*Transport).dialConn", "fips140/ecdsa.sign", "fips140/ed25519.sign", "fips140/rsa.sign",
			"fips140/aes.", "fips140/drbg.NewCounter", "fips140/sha3.", "crypto/cipher.NewGCM", "runtime.saveblockevent", "runtime.checkFinalizersAndCleanups",
			"fips140/mlkem.", "fips140/bigmod.", "fips140/tls13.(", "fips140/nistec.(*P256Point)",
			"math/big.nat.", "mime.initMimeUnix", "net.readProtocolsOnce", "runtime.initMetrics", "runtime.traceAdvance", "runtime.schedtrace",
			"slices.pdqsort", "slices.symMerge")
	}
	for _, name := range never {
		if bytes.Contains(wasm, []byte(name)) {
			t.Errorf("app.wasm links %s", name)
		}
	}
}

// fetched reports whether the go command has fetched this toolchain itself.
func fetched(t *testing.T) bool {
	t.Helper()
	dirs, err := goTool(".", nil, "env", "GOROOT", "GOMODCACHE")
	if err != nil {
		t.Fatal(err)
	}
	goroot, cache, _ := strings.Cut(dirs, "\n")
	return strings.HasPrefix(goroot, cache+string(filepath.Separator))
}
