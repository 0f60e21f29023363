package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every module that the go command names for the page has its licence in the
// site's file, word for word; no module of the tools has.
func TestLicences(t *testing.T) {
	const release = "go1.2.3"
	got, err := licences("../..", "./app", release)
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	has := func(name, file string) {
		t.Helper()
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, part, found := strings.Cut(text, "\n==== "+name+" ====\n")
		part, _, _ = strings.Cut(part, "\n==== ")
		if !found || !strings.Contains(part, strings.TrimSpace(string(b))) {
			t.Errorf("%s is not there, or without what %s holds", name, filepath.Base(file))
		}
	}
	goroot, err := goTool(".", nil, "env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	has(title, "../../LICENSE")
	has("Go, its standard library and runtime, "+release, filepath.Join(goroot, "LICENSE"))
	list, err := goTool("../..", []string{"GOOS=js", "GOARCH=wasm", "GOFLAGS="}, "list", "-deps", "-f", "{{with .Module}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}", "./app")
	if err != nil {
		t.Fatal(err)
	}
	modules := map[string]bool{}
	for _, line := range strings.Fields(strings.ReplaceAll(list, "\t", "|")) {
		f := strings.Split(line, "|")
		if len(f) == 3 && f[1] != "" && !modules[f[0]] {
			modules[f[0]] = true
			has(f[0]+" "+f[1], filepath.Join(f[2], "LICENSE"))
		}
	}
	if !modules[goApp] || strings.Count(text, "\n==== ") != len(modules)+2 {
		t.Errorf("%d modules, and %d parts", len(modules), strings.Count(text, "\n==== "))
	}
	if strings.Contains(text, "chromedp") || strings.Contains(text, "brotli") {
		t.Error("a module that only tools need is among them")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, root) || strings.Contains(text, goroot) {
		t.Error("it names a folder of this machine")
	}
}

// What belongs to a licence is gathered, and a part without one fails the build.
func TestGather(t *testing.T) {
	part := func(files map[string]string) string {
		dir := t.TempDir()
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	whole := part(map[string]string{"LICENSE": "do\n", "NOTICE.txt": "say\n", "PATENTS": "ours", "license.go": "package x", "licensing.md": "talk", "README.md": "read"})
	other := part(map[string]string{"COPYING-MIT": "may"})
	got, err := gather([]licensed{{"a v1", whole}, {"b v2", other}})
	want := "What this site contains, and the licences of each part.\n" +
		"\n\n==== a v1 ====\n\n---- LICENSE ----\n\ndo\n\n---- NOTICE.txt ----\n\nsay\n\n---- PATENTS ----\n\nours\n" +
		"\n\n==== b v2 ====\n\n---- COPYING-MIT ----\n\nmay\n"
	if string(got) != want || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	for name, files := range map[string]map[string]string{
		"nothing":  {"README.md": "read"},
		"no more":  {"PATENTS": "ours", "NOTICE": "say"},
		"an empty": {"LICENSE": "\n"},
	} {
		dir := part(files)
		_, err := gather([]licensed{{"a v1", whole}, {"c v3", dir}})
		if want := "c v3 has no licence file in " + dir; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if _, err := gather([]licensed{{"d v4", filepath.Join(other, "gone")}}); err == nil || !strings.Contains(err.Error(), "the licence of d v4: ") {
		t.Errorf("a part that is gone: %v", err)
	}
}
