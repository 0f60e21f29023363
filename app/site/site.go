// Package site makes the static site: the shell, the loader, the service
// worker, the manifest, the icons and the compiled page. The same sources give
// the same bytes. The site works on any static host under any path.
//
// It stands in for the shell, the loader and the service worker of go-app
// v10.1.11, which do not: each trap that it avoids is a case of app/e2e.
package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"fixlab/app/site/deflate"
)

// A Lesson is a played scenario as text, a page of its own: what there is to read
// where the lab cannot run.
type Lesson struct {
	Title, Intro string
	Steps        []Step
	Outcome      string // one word, "hijacked"
	Verdict      string // one line
	Because      []string
}

// A Step is one step of a Lesson.
type Step struct {
	N             int // from 1
	Caption, Text string
	Events        []string
}

// A Sheet is a page to print: what a trainer hands out or reads from. It needs no script.
type Sheet struct {
	Name  string // of its file, without ".html"
	Title string
	Says  string        // what it is for, in a few words
	Body  template.HTML // of our own making
}

// A Source is all that a site is made of.
type Source struct {
	Base   string // the path the site will have, if known, like "/lab/"; else "./"
	First  string // the page's first view as HTML: it stands in the shell until the wasm has started
	Lesson Lesson
	Sheets []Sheet

	Go         string // the release of Go that compiled the page, like "go1.26.8"
	Reductions string // one line: how many reductions of Go's sources applied, or why none

	WASM     []byte // the compiled page without what only trainers need: a first visit loads it
	Whole    []byte // and with it
	WASMExec []byte // wasm_exec.js of the toolchain that compiled them
	Web      fs.FS  // the module's web folder
	Licences []byte // the licences of all this, as text
}

// policy is the site's Content-Security-Policy; %s stands for the hash of the one
// inline script. Go's wasm needs 'wasm-unsafe-eval'; nothing needs 'unsafe-inline'
// or 'unsafe-eval'.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' '%s'; style-src 'self'; " +
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"worker-src 'self'; base-uri 'none'; form-action 'none'"

const (
	title       = "Fixation Lab"
	description = "Play a session fixation attack, flip a defence, and see who wins and why. It all runs in the page."
	themeColor  = "#1d4f8c"
)

// Files returns the site's files by name. Those named app-* and boot-* have
// their content's hash in the name and may be cached for ever; the others must
// be asked for anew.
func (s Source) Files() (map[string][]byte, error) {
	read := func(name string) ([]byte, error) { return fs.ReadFile(s.Web, name) }
	parts := map[string][]byte{}
	for _, name := range []string{"tokens.css", "face.css", "pages.css", "learn.css", "reference.css", "play.css", "hands.css", "teach.css", "present.css", "audit.css", "shell.css", "again.js", "boot.js", "worker.js", "audit.js", "sw.js", "index.html", "lesson.html", "paper.css", "sheet.html", "404.html", "404.js"} {
		b, err := read(name)
		if err != nil {
			return nil, err
		}
		parts[name] = b
	}
	var err error
	css := join(parts["tokens.css"], parts["face.css"], parts["pages.css"], parts["learn.css"], parts["reference.css"], parts["play.css"], parts["hands.css"], parts["teach.css"], parts["present.css"], parts["audit.css"], parts["shell.css"])
	boot := join(parts["boot.js"], parts["worker.js"], parts["audit.js"], s.WASMExec)

	base := s.Base
	if base == "" {
		base = "./"
	}
	page := pageData{
		Title: title, Description: description, ThemeColor: themeColor, Policy: fmt.Sprintf(policy, integrity(parts["again.js"])),
		Go: s.Go, Base: base, First: template.HTML(s.First), Lesson: s.Lesson,
		CSS: "app-" + hash(css) + ".css", CSSSum: integrity(css),
		Boot: "boot-" + hash(boot) + ".js", BootSum: integrity(boot),
		Again: template.JS(parts["again.js"]),
	}
	files := map[string][]byte{
		page.CSS:  css,
		page.Boot: boot,
		Mark:      {}, // tells GitHub Pages to take the folder as it is
		// For who asks: no visit loads it, and the lab does without it.
		"licences.txt": s.Licences,
	}
	page.App = addProgram(files, "app", s.WASM)
	page.Whole = addProgram(files, "whole", s.Whole)
	maps.Copy(files, icons())
	if files["manifest.webmanifest"], err = manifest(); err != nil {
		return nil, err
	}

	// The version stands for everything a visit can load: all of the above, and
	// the shell and the worker, in which it is then written.
	text, err := json.Marshal([]any{s.Lesson, s.Sheets})
	if err != nil {
		return nil, err
	}
	all := [][]byte{text, []byte(s.First), []byte(s.Go), []byte(base), []byte(policy)}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		all = append(all, parts[name])
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		all = append(all, []byte(name), files[name])
	}
	page.Version = hash(all...)

	if files["index.html"], err = render("index.html", parts["index.html"], page); err != nil {
		return nil, err
	}
	if files["lesson.html"], err = render("lesson.html", parts["lesson.html"], page); err != nil {
		return nil, err
	}
	paper, err := s.paper(parts, page, files)
	if err != nil {
		return nil, err
	}
	if files["404.html"], err = notFound(parts["404.html"], parts["404.js"], page); err != nil {
		return nil, err
	}
	kept := append([]string{
		"index.html", "lesson.html", page.CSS, page.Boot, "manifest.webmanifest", "icon.svg", "icon-192.png", "licences.txt",
		page.App.Packed, page.App.Copy, page.App.WASM, page.Whole.Packed, page.Whole.Copy, page.Whole.WASM,
	}, paper...)
	files["sw.js"], err = worker(parts["sw.js"], page.Version, kept, files)
	return files, err
}

// pageData is what the templates of the pages know.
type pageData struct {
	Title, Description, ThemeColor, Policy string

	Go            string // what compiled the page
	Base          string // before every link
	CSS, CSSSum   string // a file, and its hash as integrity returns it
	Boot, BootSum string
	App, Whole    program
	Version       string
	First         template.HTML // of our own making
	Lesson        Lesson

	Sheets []Sheet // all there are
	Sheet  Sheet   // sheet.html: the one that it is

	Again  template.JS // index.html: its one inline script
	Script template.JS // 404.html: its one inline script
}

// A program is a compiled page: its file, and the same packed, under two names.
type program struct {
	WASM       string `json:"wasm"`
	Packed     string `json:"packed"`
	Copy       string `json:"copy"`
	Sum        string `json:"sum"`  // of WASM, as integrity returns it
	Size       int    `json:"size"` // bytes of WASM
	PackedSize int    `json:"packedSize"`
}

// addProgram adds the files of a program, named after the hash of what it is.
func addProgram(files map[string][]byte, name string, wasm []byte) program {
	name += "-" + hash(wasm)
	p := program{WASM: name + ".wasm", Sum: integrity(wasm), Size: len(wasm),
		// The name does not end in .gz: some hosts would add headers of their own.
		Packed: name + ".gz.bin", Copy: name + ".gz.js"}
	files[p.WASM] = wasm // for browsers without DecompressionStream
	files[p.Packed] = deflate.Gzip(wasm)
	files[p.Copy] = files[p.Packed] // for hosts that refuse the two above by their names
	p.PackedSize = len(files[p.Packed])
	return p
}

// JSON returns p as the loader reads it.
func (p program) JSON() (string, error) {
	b, err := json.Marshal(p)
	return string(b), err
}

func render(name string, text []byte, data pageData) ([]byte, error) {
	t, err := template.New(name).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.Bytes(), err
}

// hash returns 12 hex digits that stand for the parts, in order.
func hash(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d ", len(p)) // so that no two lists of parts run together
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, []byte("\n")) }

// Mark is the file by which Write knows a built site.
const Mark = ".nojekyll"

// Write makes dir hold the files, by names that may have folders in them, and nothing
// else. It refuses to clear a folder that holds something, but not the file mark: one of
// those that it writes.
func Write(dir string, files map[string][]byte, mark string) error {
	old, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if len(old) > 0 {
		if _, err := os.Stat(filepath.Join(dir, mark)); err != nil {
			return fmt.Errorf("%s holds files, and was not made by this command, as it has no %s: clear it first, or choose another folder", dir, mark)
		}
	}
	for _, e := range old {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	for name, b := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(at, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
