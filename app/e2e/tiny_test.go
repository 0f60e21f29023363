//go:build e2e

package e2e

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"fixlab/app/site"
)

// tiny returns a site whose page is a few lines, to try the loader and the
// worker with.
func tiny(t *testing.T) site.Source {
	t.Helper()
	exec, err := site.WASMExec("../..")
	if err != nil {
		t.Fatal(err)
	}
	return site.Source{
		First: `<div id="lab"><main><h1>Before</h1><p><a href="./licences.txt">Licences</a></p></main></div>`,
		Lesson: site.Lesson{Title: "A lesson", Intro: "It has two steps.", Outcome: "defended", Verdict: "Defended",
			Steps: []site.Step{{N: 1, Caption: "One.", Text: "alice get /"}, {N: 2, Text: "wait 1m", Events: []string{"time went by"}}}},
		WASM:     compile(t, "./testdata/tiny"),
		WASMExec: exec,
		Web:      os.DirFS("../../web"),
	}
}

// compiled are the wasm files that the tests try the loader with, each made once.
var compiled = map[string]func() ([]byte, error){
	"./testdata/tiny": sync.OnceValues(func() ([]byte, error) { return site.Compile(".", "./testdata/tiny") }),
	"./testdata/ends": sync.OnceValues(func() ([]byte, error) { return site.Compile(".", "./testdata/ends") }),
}

func compile(t *testing.T, pkg string) []byte {
	t.Helper()
	b, err := compiled[pkg]()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// write writes the site into a folder of its own.
func write(t *testing.T, src site.Source) string {
	t.Helper()
	files, err := src.Files()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := site.Write(dir, files, site.Mark); err != nil {
		t.Fatal(err)
	}
	return dir
}

// glob returns the name of the one file of the built site that matches.
func glob(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(siteDir, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q, %v; want one", pattern, found, err)
	}
	return filepath.Base(found[0])
}

// read returns a file of the built site.
func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(siteDir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// editions returns the folders of two versions of a tiny site. No file that a visit
// loads is the same in both.
func editions(t *testing.T) (old, fresh string) {
	t.Helper()
	first, second := tiny(t), tiny(t)
	second.Web = edited(t, os.DirFS("../../web"))
	second.WASM = append(bytes.Clone(second.WASM), 0, 2, 1, 'x') // a custom section
	second.Lesson.Title = "Second edition"
	return write(t, first), write(t, second)
}

// edited returns a web folder whose style sheet, loader and shell are other than
// those of the given one.
func edited(t *testing.T, web fs.FS) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(web, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(web, name)
		if name == "face.css" || name == "boot.js" || name == "index.html" {
			b = append(b, '\n')
		}
		out[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
