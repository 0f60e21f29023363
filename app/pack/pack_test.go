package pack

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fixlab/app/site"
)

func web(name string) ([]byte, error) { return os.ReadFile("../../web/" + name) }

// small returns a site whose programs are none.
func small(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := site.Source{
		First: `<div id="lab"><main>Before</main></div>`, Lesson: site.Lesson{Title: "A <lesson>", Outcome: "defended", Verdict: "Defended"},
		Sheets: []site.Sheet{{Name: "handout", Title: "A handout", Says: "For all", Body: "<h1>One</h1>"}, {Name: "key", Title: "A key", Body: "<h1>Two</h1>"}},
		WASM:   []byte("\x00asm\x01\x00\x00\x00"), Whole: []byte("\x00asm\x01\x00\x00\x00whole"), WASMExec: []byte("globalThis.Go = class {};"),
		Web: os.DirFS("../../web"), Licences: []byte("as <you> like"),
	}.Files()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func packed(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := Files(small(t), web)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The same site gives the same bytes, and the sums are those of all the other files.
func TestFiles(t *testing.T) {
	files := packed(t)
	if again := packed(t); !maps.EqualFunc(files, again, bytes.Equal) {
		t.Error("another time it is another pack")
	}
	dir := filepath.Join(t.TempDir(), "_pack")
	for range 2 { // a pack takes the place of a pack
		if err := site.Write(dir, files, Sums); err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.Split(strings.TrimSuffix(string(files[Sums]), "\n"), "\n")
	if len(lines) != len(files)-1 || !slices.IsSortedFunc(lines, func(a, b string) int { return strings.Compare(a[66:], b[66:]) }) {
		t.Errorf("%d sums of %d files", len(lines), len(files))
	}
	for _, name := range []string{"lab.html", "lab-scorm12.zip", "README.html", "handout.html", "key.html", "site/index.html", "site/sw.js"} {
		if !strings.Contains(string(files[Sums]), "  "+name+"\n") {
			t.Errorf("no sum of %s", name)
		}
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(b, files[name]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := site.Write(other, files, Sums); err == nil {
		t.Error("it clears a folder that is no pack")
	}
	for name, b := range files {
		if bytes.Contains(b, []byte("LMSInitialize")) {
			t.Errorf("%s has the LMS's half, which stands in the package only", name)
		}
	}
	if page, err := alone(small(t), "app", []byte("x.LMSInitialize()")); err != nil || !bytes.Contains(page, []byte("LMSInitialize")) {
		t.Errorf("a script that is put inside is not there: %v", err)
	}
}

// A page that holds all of itself names no file, and allows itself what stands in it only.
func TestAlone(t *testing.T) {
	page := string(packed(t)["lab.html"])
	inline := regexp.MustCompile(`(?s)<(script|style)( data-app="[^"]*" data-whole="[^"]*" data-whole-at="")?>(.*?)</(script|style)>`)
	policy := html.UnescapeString(regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)[1])
	found := inline.FindAllStringSubmatch(regexp.MustCompile(`(?s)<script type="text/plain".*?</script>`).ReplaceAllString(page, ""), -1)
	if len(found) != 3 {
		t.Fatalf("%d scripts and styles stand inline", len(found))
	}
	for _, f := range found {
		if !strings.Contains(policy, hashOf([]byte(f[3]))) {
			t.Errorf("the policy lacks the hash of %.60q", f[3])
		}
	}
	for _, want := range []string{"default-src 'none'", "connect-src 'none'", "'wasm-unsafe-eval'", "worker-src blob:"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s", want)
		}
	}
	sheets := regexp.MustCompile(`(?s)<script type="text/plain" data-sheet="([^"]*)">(.*?)</script>`)
	if found := sheets.FindAllStringSubmatch(page, -1); len(found) != 2 || found[0][1] != "handout.html" || found[0][2] != string(packed(t)["handout.html"]) {
		t.Errorf("%d pages to print stand inside", len(found))
	} else if css := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(found[0][2])[1]; !strings.Contains(policy, hashOf([]byte(css))) || !strings.Contains(found[0][2], hashOf([]byte(css))) {
		t.Error("a policy lacks the style sheet of the pages to print")
	}
	outside := inline.ReplaceAllString(sheets.ReplaceAllString(page, ""), "")
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(outside, -1) {
		inside := strings.HasPrefix(m[1], "data:") || strings.HasPrefix(m[1], "#") || m[1] == "./"
		if !inside && !strings.Contains(page, `<template data-page="`+strings.TrimPrefix(m[1], "./")+`"`) {
			t.Errorf("it names %s", m[1])
		}
	}
	text := regexp.MustCompile(`id="program">([^<]*)<`).FindStringSubmatch(page)[1]
	program, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !bytes.Equal(program, small(t)[regexp.MustCompile(`whole-\w+\.gz\.bin`).FindString(html.UnescapeString(page))]) {
		t.Errorf("the program inside is another: %v", err)
	}
	if !strings.Contains(page, "as &lt;you&gt; like") {
		t.Error("the licences are missing")
	}
	// What does not fit is told.
	for name, spoil := range map[string]func(map[string][]byte){
		"no loader": func(f map[string][]byte) {
			f["index.html"] = bytes.ReplaceAll(f["index.html"], []byte("data-whole-at"), []byte("data-x"))
		},
		"no style sheet": func(f map[string][]byte) {
			delete(f, regexp.MustCompile(`app-\w+\.css`).FindString(string(f["index.html"])))
		},
		"ends the script": func(f map[string][]byte) {
			n := regexp.MustCompile(`boot-\w+\.js`).FindString(string(f["index.html"]))
			f[n] = append(slices.Clone(f[n]), "</Script>"...)
		},
		"no lesson":        func(f map[string][]byte) { delete(f, "lesson.html") },
		"larger than 6 MB": func(f map[string][]byte) { f["licences.txt"] = bytes.Repeat([]byte("x"), mostBytes) },
	} {
		files := small(t)
		spoil(files)
		if _, err := Files(files, web); err == nil {
			t.Errorf("%s: it is packed all the same", name)
		}
	}
}

// lint reports what is wrong with a package for an LMS.
func lint(b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	var faults []error
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			return err
		}
	}
	var m struct {
		XMLName  xml.Name `xml:"http://www.imsproject.org/xsd/imscp_rootv1p1p2 manifest"`
		ID       string   `xml:"identifier,attr"`
		Metadata struct {
			Schema  string `xml:"schema"`
			Version string `xml:"schemaversion"`
		} `xml:"metadata"`
		Organizations struct {
			Default      string `xml:"default,attr"`
			Organization []struct {
				ID    string `xml:"identifier,attr"`
				Title string `xml:"title"`
				Item  []struct {
					Ref     string `xml:"identifierref,attr"`
					Title   string `xml:"title"`
					Data    string `xml:"http://www.adlnet.org/xsd/adlcp_rootv1p2 datafromlms"`
					Mastery string `xml:"http://www.adlnet.org/xsd/adlcp_rootv1p2 masteryscore"`
				} `xml:"item"`
			} `xml:"organization"`
		} `xml:"organizations"`
		Resources []struct {
			ID   string `xml:"identifier,attr"`
			Type string `xml:"type,attr"`
			Kind string `xml:"http://www.adlnet.org/xsd/adlcp_rootv1p2 scormtype,attr"`
			Href string `xml:"href,attr"`
			File []struct {
				Href string `xml:"href,attr"`
			} `xml:"file"`
		} `xml:"resources>resource"`
	}
	if err := xml.Unmarshal(files["imsmanifest.xml"], &m); err != nil {
		return fmt.Errorf("imsmanifest.xml: %w", err)
	}
	if m.Metadata.Schema != "ADL SCORM" || m.Metadata.Version != "1.2" || m.ID == "" {
		wrong("it says it is %q %q", m.Metadata.Schema, m.Metadata.Version)
	}
	if o := m.Organizations; len(o.Organization) != 1 || o.Organization[0].ID != o.Default || o.Organization[0].Title == "" || len(o.Organization[0].Item) != 1 || len(m.Resources) != 1 {
		wrong("it has not one page")
	} else if i, r := o.Organization[0].Item[0], m.Resources[0]; i.Ref != r.ID || i.Title == "" || i.Mastery != "" || len(i.Data) > 255 || r.Type != "webcontent" || r.Kind != "sco" {
		wrong("its page is %+v, %+v", i, r)
	} else {
		listed := map[string]bool{"imsmanifest.xml": true}
		for _, f := range r.File {
			listed[f.Href] = true
			u, err := url.Parse(f.Href)
			if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(f.Href, "/") || strings.Contains(f.Href, "..") || strings.Contains(f.Href, `\`) {
				wrong("%s is no file of the package", f.Href)
			}
		}
		if !listed[r.Href] {
			wrong("what it opens, %s, is not listed", r.Href)
		}
		for name := range files {
			if !listed[name] {
				wrong("%s is not listed", name)
			}
		}
		for name := range listed {
			if _, ok := files[name]; !ok {
				wrong("%s is listed, and not there", name)
			}
		}
	}
	for name, b := range files {
		if m := regexp.MustCompile(`(?:src|href)="(?:https?:)?//[^"]*"`).Find(b); m != nil {
			wrong("%s names %s", name, m)
		}
	}
	return errors.Join(faults...)
}

// The package for an LMS is well-formed, lists its files, and names no other.
func TestSCORM(t *testing.T) {
	whole := packed(t)["lab-scorm12.zip"]
	if err := lint(whole); err != nil {
		t.Error(err)
	}
	if page, err := alone(small(t), "app"); err != nil || bytes.Contains(page, []byte("data-sheet")) {
		t.Errorf("learners get the trainers' papers: %v", err)
	}
	page := map[string][]byte{"index.html": []byte("<p>")}
	good, err := scorm(page)
	if err != nil || lint(good) != nil {
		t.Fatalf("%v, %v", err, lint(good))
	}
	// The linter can find something.
	manifest := func(old, new string) []byte {
		z, _ := zip.NewReader(bytes.NewReader(good), int64(len(good)))
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, f := range z.File {
			r, _ := f.Open()
			b, _ := io.ReadAll(r)
			if f.Name == "imsmanifest.xml" {
				if !bytes.Contains(b, []byte(old)) {
					t.Fatalf("no %s in the manifest", old)
				}
				b = bytes.ReplaceAll(b, []byte(old), []byte(new))
			}
			to, _ := w.Create(f.Name)
			to.Write(b)
		}
		w.Close()
		return out.Bytes()
	}
	for _, change := range [][2]string{
		{"</manifest>", ""}, {"1.2", "2004 4th Edition"}, {"index.html", "Index.html"}, {`href="index.html"/>`, `href="https://example.org/"/>`},
		{"adlcp:scormtype", "scormtype"}, {"identifierref=\"page\"", "identifierref=\"pages\""}, {"<file href=\"index.html\"/>", ""},
	} {
		if lint(manifest(change[0], change[1])) == nil {
			t.Errorf("with %s in place of %s nothing is wrong", change[1], change[0])
		}
	}
	if far, _ := scorm(map[string][]byte{"index.html": []byte(`<img src="https://example.org/x">`)}); lint(far) == nil {
		t.Error("an address elsewhere is not found")
	}
}
