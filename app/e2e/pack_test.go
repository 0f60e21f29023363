//go:build e2e

package e2e

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fixlab/app/pack"
)

// packed are the files of the pack of the built site.
var packed = sync.OnceValues(func() (map[string][]byte, error) {
	site := map[string][]byte{}
	entries, err := os.ReadDir(siteDir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if site[e.Name()], err = os.ReadFile(filepath.Join(siteDir, e.Name())); err != nil {
			return nil, err
		}
	}
	return pack.Files(site, func(name string) ([]byte, error) { return os.ReadFile("../../web/" + name) })
})

// packFile returns a file of the pack.
func packFile(t testing.TB, name string) []byte {
	t.Helper()
	files, err := packed()
	if err != nil {
		t.Fatal(err)
	}
	if files[name] == nil {
		t.Fatalf("the pack has no %s", name)
	}
	return files[name]
}

// packDir returns a folder with lab.html and what else is given.
func packDir(t testing.TB, more map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("lab.html", packFile(t, "lab.html"))
	for name, b := range more {
		put(name, b)
	}
	return dir
}

// scoDir returns a folder with the files of the package for an LMS, as one unpacks them, and
// what else is given.
func scoDir(t testing.TB, more map[string][]byte) string {
	t.Helper()
	b := packFile(t, "lab-scorm12.zip")
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		put(f.Name, b)
	}
	for name, b := range more {
		put(name, b)
	}
	return dir
}
