//go:build reproducible

package site

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// go-app's default has a random version a build and attributes in random order.
// Two builds, from two folders, give the same bytes.
func TestReproducible(t *testing.T) {
	other := t.TempDir()
	for _, name := range []string{"app", "lab", "scenarios", "web"} {
		if err := os.CopyFS(filepath.Join(other, name), os.DirFS(filepath.Join("../..", name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		b, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(other, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var sites [2]map[string][]byte
	for i, dir := range []string{".", other} {
		t.Setenv("GOFLAGS", []string{"", "-tags=unused"}[i]) // the caller's flags do not matter
		s, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		s.Lesson = source().Lesson
		sites[i] = files(t, s)
	}
	if a, b := slices.Sorted(maps.Keys(sites[0])), slices.Sorted(maps.Keys(sites[1])); !slices.Equal(a, b) {
		t.Fatalf("the names differ:\n%q\n%q", a, b)
	}
	for name, b := range sites[0] {
		if !bytes.Equal(b, sites[1][name]) {
			t.Errorf("%s differs", name)
		}
	}
	for name, b := range sites[0] {
		for _, never := range []string{other, filepath.Dir(other)} {
			if bytes.Contains(b, []byte(never)) {
				t.Errorf("%s names the folder %s", name, never)
			}
		}
	}
}
