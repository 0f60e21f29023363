package site

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"maps"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// source returns a site of the real web folder and no real wasm.
func source() Source {
	return Source{
		First:  "<div>A first view</div>",
		Lesson: Lesson{Title: "A <lesson>", Outcome: "defended", Verdict: "Defended", Steps: []Step{{N: 1, Text: `GET "/" & more`}}},
		Sheets: []Sheet{
			{Name: "handout", Title: "A <hand>out", Says: "for each", Body: "<h1>Read</h1>"},
			{Name: "key", Title: "A key", Says: "for one", Body: "<h1>Answers</h1>"},
		},
		Go:       "go1.2.3",
		WASM:     []byte("\x00asm\x01\x00\x00\x00"),
		Whole:    []byte("\x00asm\x01\x00\x00\x00\x00"),
		WASMExec: []byte("// go"),
		Web:      os.DirFS("../../web"),
		Licences: []byte("as you like"),
	}
}

func files(t *testing.T, s Source) map[string][]byte {
	t.Helper()
	f, err := s.Files()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The page compiles, says by what, and links nothing that only tools need. That
// its bytes are the same everywhere is shown by make reproducible.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the page")
	}
	s, err := Load(".")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.Go, "go1.") {
		t.Errorf("built with %q", s.Go)
	}
	if !regexp.MustCompile(`^\d+ of \d+ reductions applied`).MatchString(s.Reductions) || strings.Contains(s.Reductions, "\n") {
		t.Errorf("the build says %q", s.Reductions)
	}
	linked(t, s)
	if want, is := pinned(t); is == want && !regexp.MustCompile(`, [1-9]\d{3} functions have no lines, their table is packed$`).MatchString(s.Reductions) {
		t.Errorf("built by %s: %s", is, s.Reductions)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(s.WASM, []byte(root)) {
		t.Errorf("app.wasm names the folder %s", root)
	}
	again, err := joinSegments(s.WASM, leave)
	if err != nil || !bytes.Equal(again, s.WASM) {
		t.Errorf("app.wasm still has segments to join, %v", err)
	}
}

// Whatever changes, the version and with it the worker change.
func TestVersion(t *testing.T) {
	base := files(t, source())
	web := fstest.MapFS{}
	err := fs.WalkDir(source().Web, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(source().Web, name)
		web[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	edit := func(name string) func(*Source) {
		return func(s *Source) {
			changed := maps.Clone(web)
			changed[name] = &fstest.MapFile{Data: append(bytes.Clone(web[name].Data), '\n')}
			s.Web = changed
		}
	}
	for name, change := range map[string]func(*Source){
		"lesson":        func(s *Source) { s.Lesson.Intro = "new" },
		"sheet":         func(s *Source) { s.Sheets = s.Sheets[:1] },
		"paper.css":     edit("paper.css"),
		"sheet.html":    edit("sheet.html"),
		"first":         func(s *Source) { s.First = "<div>Another</div>" },
		"base":          func(s *Source) { s.Base = "/lab/" },
		"wasm":          func(s *Source) { s.WASM = append(bytes.Clone(s.WASM), 0) },
		"whole":         func(s *Source) { s.Whole = append(bytes.Clone(s.Whole), 0) },
		"go":            func(s *Source) { s.Go = "go1.1" },
		"licences":      func(s *Source) { s.Licences = []byte("as we like") },
		"wasm_exec":     func(s *Source) { s.WASMExec = []byte("// other go") },
		"reference.css": edit("reference.css"),
		"pages.css":     edit("pages.css"),
		"play.css":      edit("play.css"),
		"shell.css":     edit("shell.css"),
		"again.js":      edit("again.js"),
		"boot.js":       edit("boot.js"),
		"worker.js":     edit("worker.js"),
		"audit.js":      edit("audit.js"),
		"audit.css":     edit("audit.css"),
		"sw.js":         edit("sw.js"),
		"index.html":    edit("index.html"), "lesson.html": edit("lesson.html"), "tokens.css": edit("tokens.css"), "face.css": edit("face.css"), "learn.css": edit("learn.css"),
	} {
		s := source()
		change(&s)
		if bytes.Equal(base["sw.js"], files(t, s)["sw.js"]) {
			t.Errorf("another %s leaves the worker as it was", name)
		}
	}
}

func TestFiles(t *testing.T) {
	f := files(t, source())
	shell, lesson := string(f["index.html"]), string(f["lesson.html"])
	for _, want := range []string{`<meta name="generator" content="go1.2.3">`, "<div>A first view</div>", `<a href="./lesson.html">`} {
		if !strings.Contains(shell, want) {
			t.Errorf("the shell has no %s", want)
		}
	}
	for _, want := range []string{"A &lt;lesson&gt;", "GET &#34;/&#34; &amp; more", "Built with go1.2.3."} {
		if !strings.Contains(lesson, want) {
			t.Errorf("the lesson as text has no %s", want)
		}
		if strings.Contains(shell, want) {
			t.Errorf("the shell has %s, which is for the lesson as text", want)
		}
	}
	for name, b := range f {
		if strings.HasSuffix(name, ".gz.bin") {
			r, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, f[strings.TrimSuffix(name, ".gz.bin")+".wasm"]) {
				t.Errorf("%s holds %q, %v", name, got, err)
			}
		}
		if regexp.MustCompile(`\{\{[A-Z]`).Match(b) {
			t.Errorf("%s has a placeholder left", name)
		}
	}
	if got := string(f["licences.txt"]); got != "as you like" || !strings.Contains(lesson, `<a href="./licences.txt">`) {
		t.Errorf("licences.txt holds %q, or the lesson as text has no link to it", got)
	}
	// Every file that the worker keeps is there.
	m := regexp.MustCompile(`const FILES = (\{.*\});`).FindSubmatch(f["sw.js"])
	if m == nil {
		t.Fatal("the worker has no list of files")
	}
	var sums map[string]string
	if err := json.Unmarshal(m[1], &sums); err != nil || len(sums) < 8 {
		t.Fatalf("the worker's files are %s, %v", m[1], err)
	}
	if sums["licences.txt"] == "" {
		t.Error("the worker does not keep licences.txt")
	}
	for name, sum := range sums {
		if f[name] == nil || sum != integrity(f[name]) {
			t.Errorf("the worker keeps %s with the hash %s, it has %s", name, sum, integrity(f[name]))
		}
		if kind := path.Ext(name); (kind == ".css" && strings.HasPrefix(name, "app-") || strings.HasPrefix(name, "boot-")) && !strings.Contains(html.UnescapeString(shell), name+`" integrity="`+sum+`"`) {
			t.Errorf("the shell loads %s and does not name its hash", name)
		}
	}
	for _, wasm := range [][]byte{source().WASM, source().Whole} {
		if want := `"sum":"` + integrity(wasm) + `"`; !strings.Contains(html.UnescapeString(shell), want) {
			t.Errorf("the shell has no %s", want)
		}
	}
}

// The pages to print lead to each other and back to the lab, run no script, and are kept for
// offline with their style sheet.
func TestSheets(t *testing.T) {
	for _, base := range []string{"", "/lab/"} {
		s := source()
		s.Base = base
		f := files(t, s)
		if base == "" {
			base = "./"
		}
		page := string(f["handout.html"])
		css := regexp.MustCompile(`href="([^"]*paper-[0-9a-f]{12}\.css)" integrity="([^"]*)"`).FindStringSubmatch(page)
		if css == nil || html.UnescapeString(css[2]) != integrity(f[strings.TrimPrefix(css[1], base)]) {
			t.Fatalf("the style sheet is %q", css)
		}
		for _, want := range []string{
			`<title>A &lt;hand&gt;out · Fixation Lab</title>`, `<h1>Read</h1>`, `<a href="` + base + `">Fixation Lab</a>`,
			`<a href="` + base + `handout.html" aria-current="page">`, `<a href="` + base + `key.html">A key</a>`, `default-src 'none'; style-src 'self';`,
		} {
			if !strings.Contains(page, want) {
				t.Errorf("base %q: the handout has no %s", base, want)
			}
		}
		if strings.Contains(page, "<script") || strings.Contains(page, "style=") {
			t.Errorf("the handout has a script or a style of its own")
		}
		for _, name := range []string{"handout.html", "key.html", strings.TrimPrefix(css[1], base)} {
			if !strings.Contains(string(f["sw.js"]), `"`+name+`":"`+integrity(f[name])+`"`) {
				t.Errorf("the worker does not keep %s", name)
			}
		}
	}
}

// The one inline script of a page is the one that its policy allows.
func TestInlineScripts(t *testing.T) {
	inline := regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	for _, base := range []string{"", "/lab/"} {
		s := source()
		s.Base = base
		f := files(t, s)
		for _, name := range []string{"index.html", "404.html"} {
			script := inline.FindStringSubmatch(string(f[name]))
			if script == nil {
				t.Fatalf("%s has no inline script", name)
			}
			if want := "'" + integrity([]byte(script[1])) + "'"; !strings.Contains(html.UnescapeString(string(f[name])), want) {
				t.Errorf("the policy of %s does not have %s", name, want)
			}
		}
		page := string(f["404.html"])
		if got := strings.Contains(page, `<a href="/lab/">`); got != (base == "/lab/") {
			t.Errorf("base %q: link %v", base, got)
		}
	}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "_site")
	if err := Write(dir, map[string][]byte{Mark: {}, "old": []byte("x")}, Mark); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, map[string][]byte{Mark: {}, "new/one": []byte("x")}, Mark); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "new", "one")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "old")); err == nil {
		t.Error("the old file is still there")
	}
	mine := t.TempDir()
	if err := os.WriteFile(filepath.Join(mine, "precious"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(mine, nil, Mark); err == nil || !strings.Contains(err.Error(), "it has no "+Mark) {
		t.Errorf("a folder of somebody's files: %v", err)
	}
	if _, err := os.Stat(filepath.Join(mine, "precious")); err != nil {
		t.Error(err)
	}
}

func TestHandler(t *testing.T) {
	h := Handler(fstest.MapFS{
		"index.html":              {Data: []byte("shell")},
		"404.html":                {Data: []byte("lost")},
		"app-0123456789ab.gz.bin": {Data: []byte("\x1f\x8b")},
		"app-0123456789ab.wasm":   {Data: []byte("\x00asm")},
		"boot-0123456789ab.js":    {Data: []byte("go")},
		"sw.js":                   {Data: []byte("work")},
		"manifest.webmanifest":    {Data: []byte("{}")},
		"icon.svg":                {Data: []byte("<svg/>")},
		"licences.txt":            {Data: []byte("MIT")},
	})
	const ever, anew = "public, max-age=31536000, immutable", "no-cache"
	for _, test := range []struct {
		request      string
		status       int
		kind, cached string
		body         string
	}{
		{"GET /", 200, "text/html; charset=utf-8", anew, "shell"},
		{"GET /index.html", 200, "text/html; charset=utf-8", anew, "shell"},
		{"GET /?x=1", 200, "text/html; charset=utf-8", anew, "shell"},
		{"GET /app-0123456789ab.gz.bin", 200, "application/octet-stream", ever, "\x1f\x8b"},
		{"GET /app-0123456789ab.wasm", 200, "application/wasm", ever, "\x00asm"},
		{"GET /boot-0123456789ab.js", 200, "text/javascript; charset=utf-8", ever, "go"},
		{"HEAD /boot-0123456789ab.js", 200, "text/javascript; charset=utf-8", ever, ""},
		{"GET /sw.js", 200, "text/javascript; charset=utf-8", anew, "work"},
		{"GET /manifest.webmanifest", 200, "application/manifest+json", anew, "{}"},
		{"GET /icon.svg", 200, "image/svg+xml", anew, "<svg/>"},
		{"GET /licences.txt", 200, "text/plain; charset=utf-8", anew, "MIT"},
		{"GET /no/such/page", 404, "text/html; charset=utf-8", anew, "lost"},
		{"HEAD /no/such/page", 404, "text/html; charset=utf-8", anew, ""},
		{"GET /../site.go", 404, "text/html; charset=utf-8", anew, "lost"},
		{"POST /", 405, "text/plain; charset=utf-8", "", "GET or HEAD only\n"},
	} {
		method, path, _ := strings.Cut(test.request, " ")
		r := httptest.NewRequest(method, "http://localhost/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		got := w.Result()
		body, err := io.ReadAll(got.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got.StatusCode != test.status || got.Header.Get("Content-Type") != test.kind || got.Header.Get("Cache-Control") != test.cached || string(body) != test.body {
			t.Errorf("%s: %d, %q, %q, %q", test.request, got.StatusCode, got.Header.Get("Content-Type"), got.Header.Get("Cache-Control"), body)
		}
		if got.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: Content-Encoding %q", test.request, got.Header.Get("Content-Encoding"))
		}
	}
}
