package lab_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms are the module's packages, and which of them each may import. An arrow
// that is not here is a decision: either the code belongs elsewhere, or the
// table changes with it.
var rooms = map[string]string{
	"app":                "app/cli app/view app/worker",
	"app/audit":          "lab lab/audit lab/audit/token lab/audit/tree lab/cookie lab/event lab/server/owntest scenarios",
	"app/audit/openapi":  "app/audit/yaml lab/audit/contract lab/audit/tree",
	"app/audit/report":   "app/words lab/audit",
	"app/audit/servers":  "app/target lab/defence lab/server",
	"app/audit/yaml":     "lab/audit/tree",
	"app/cli":            "app/audit app/audit/openapi app/audit/report app/audit/yaml app/export app/load app/pack app/paper app/site app/survey app/target app/text app/text/lint app/words lab lab/audit lab/audit/contract lab/audit/record lab/audit/tree lab/codec lab/defence lab/event lab/near lab/script lab/server scenarios",
	"app/class":          "lab/ask lab/codec lab/defence lab/goal lab/near lab/script scenarios",
	"app/dom":            "",
	"app/export":         "app/text app/words lab lab/cookie lab/defence lab/event lab/script lab/server scenarios",
	"app/load":           "app/site",
	"app/pack":           "app/class",
	"app/page":           "app/class app/export app/survey app/text app/words lab lab/ask lab/audit lab/audit/contract lab/audit/record lab/audit/tree lab/bench lab/codec lab/cookie lab/defence lab/event lab/goal lab/incident lab/near lab/script lab/script/edit lab/server lab/server/listing lab/server/owntest lab/sign scenarios scenarios/plans",
	"app/paper":          "app/page app/site app/words lab lab/ask lab/defence lab/goal lab/script lab/server scenarios scenarios/plans",
	"app/qr":             "",
	"app/site":           "app/site/deflate app/text",
	"app/site/deflate":   "",
	"app/survey":         "lab/defence lab/event lab/explore lab/script lab/server scenarios",
	"app/target":         "lab/defence lab/server lab/session lab/world",
	"app/text":           "",
	"app/text/lint":      "app/text",
	"app/view":           "app/class app/dom app/page app/qr app/survey app/text app/words app/worker lab lab/ask lab/audit lab/bench lab/cookie lab/defence lab/event lab/goal lab/incident lab/script lab/script/edit lab/server lab/server/listing lab/server/owntest lab/sign scenarios",
	"app/words":          "app/text lab lab/cookie lab/defence lab/event lab/script lab/server lab/server/listing lab/session",
	"app/worker":         "app/dom app/survey",
	"lab":                "lab/defence lab/event lab/judge lab/script lab/world",
	"lab/ask":            "lab lab/event lab/script lab/server",
	"lab/audit":          "lab/audit/token lab/cookie lab/sign",
	"lab/audit/record":   "lab/audit lab/codec lab/cookie",
	"lab/audit/contract": "lab/audit lab/audit/token lab/audit/tree lab/codec lab/cookie lab/near",
	"lab/audit/token":    "lab/codec lab/sign",
	"lab/audit/tree":     "lab/codec",
	"lab/bench":          "lab/codec lab/sign",
	"lab/codec":          "",
	"lab/cookie":         "",
	"lab/defence":        "lab/near",
	"lab/event":          "lab/cookie lab/defence lab/session lab/sign",
	"lab/explore":        "lab/cookie lab/defence lab/event lab/judge lab/script lab/world",
	"lab/goal":           "lab lab/ask lab/defence lab/event lab/script",
	"lab/incident":       "lab lab/event lab/script",
	"lab/judge":          "lab/defence lab/event lab/session",
	"lab/near":           "",
	"lab/script":         "lab/cookie lab/defence lab/event lab/near lab/server",
	"lab/script/edit":    "lab/cookie lab/defence lab/event lab/near lab/script lab/server",
	"lab/server":         "lab/codec lab/defence lab/session lab/sign",
	"lab/server/listing": "lab/defence",
	"lab/server/owntest": "lab/server",
	"lab/session":        "lab/codec",
	"lab/sign":           "lab/codec",
	"lab/world":          "lab/codec lab/cookie lab/defence lab/event lab/script lab/server lab/session lab/sign",
	"scenarios":          "lab lab/ask lab/codec lab/cookie lab/defence lab/event lab/goal lab/incident lab/near lab/script lab/server lab/sign",
	"scenarios/plans":    "lab/codec lab/near",
}

// goApp are the packages that may import go-app: what draws, what asks the
// browser, what lives in a worker, and what `make load` measures the page against.
var goApp = []string{"app/dom", "app/load", "app/view", "app/worker"}

// pure are the packages in which a run must come out the same everywhere and
// every time: what they must not import, and what they must not call.
var (
	impure = []string{"os", "crypto/rand", "math/rand", "syscall", "text/template", "html/template", "net/http/httptest", "log/slog", "golang.org/x/net/publicsuffix"}
	clocks = map[string][]string{ // by import path
		"time": {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"},
		"math/rand/v2": {"ExpFloat64", "Float32", "Float64", "Int", "Int32", "Int32N", "Int64", "Int64N", "IntN", "N", "NormFloat64",
			"Perm", "Shuffle", "Uint", "Uint32", "Uint32N", "Uint64", "Uint64N", "UintN"},
		"net/http": {"Get", "Head", "Post", "PostForm", "ListenAndServe", "NewServeMux"},
	}
)

func pure(room string) bool {
	return room == "lab" || strings.HasPrefix(room, "lab/") || room == "scenarios" || room == "scenarios/plans" || room == "app/qr" || room == "app/class" || room == "app/export" || room == "app/page" || room == "app/text" || room == "app/words"
}

// A fault is a rule that a file breaks.
type fault struct {
	pos  token.Pos
	says string
}

// TestTidy keeps the packages apart and the runs deterministic.
func TestTidy(t *testing.T) {
	files, arrows := map[string]int{}, map[string]map[string]bool{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := d.Name(); d.IsDir() && name != ".." && (base == "testdata" || base[0] == '.' || base[0] == '_') {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return err
		}
		room := path.Dir(strings.TrimPrefix(filepath.ToSlash(name), "../"))
		files[room]++
		for _, i := range f.Imports {
			if to, ok := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), "fixlab/"); ok {
				if arrows[room] == nil {
					arrows[room] = map[string]bool{}
				}
				arrows[room][to] = true
			}
		}
		for _, x := range faults(room, f) {
			t.Errorf("%s: %s", set.Position(x.pos), x.says)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range slices.Sorted(maps.Keys(rooms)) {
		if files[room] == 0 {
			t.Errorf("the table of TestTidy has a package %s that is not there", room)
		}
		for _, to := range strings.Fields(rooms[room]) {
			if !arrows[room][to] {
				t.Errorf("the table of TestTidy lets %s import %s, which it does not: take the arrow away", room, to)
			}
		}
	}
	if circle := circle(arrows); circle != nil {
		t.Errorf("the imports go in a circle: %s", strings.Join(circle, " -> "))
	}
}

// faults returns the rules that a file of a package breaks.
func faults(room string, f *ast.File) (found []fault) {
	add := func(n ast.Node, says string) { found = append(found, fault{n.Pos(), says}) }
	allowed, known := rooms[room]
	if !known {
		add(f, room+" is a new package: give it a row in the table of TestTidy that says what it may import")
	}
	for _, i := range f.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		to, own := strings.CutPrefix(p, "fixlab/")
		switch {
		case own && known && !slices.Contains(strings.Fields(allowed), to):
			add(i, room+" may not import "+to+": "+why(room, to))
		case strings.Contains(p, "/go-app/") && !slices.Contains(goApp, room):
			add(i, room+" may not import go-app: only "+strings.Join(goApp, ", ")+" may: they draw, ask the browser, or serve go-app's example")
		case pure(room) && i.Name != nil && i.Name.Name == "." && clocks[p] != nil:
			add(i, room+" may not hide "+p+" behind a dot: the clock and the dice are arguments")
		case pure(room) && slices.Contains(impure, p):
			add(i, room+" may not import "+p+": a run takes its time, its dice and everything else from outside as arguments")
		}
	}
	if !pure(room) {
		return found
	}
	names := imports(f)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			add(n, room+" may start no goroutine: the order of a run would hang on the scheduler")
		case *ast.SelectStmt:
			add(n, room+" may not select on channels: the order of a run would hang on the scheduler")
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && slices.Contains(clocks[names[x.Name]], n.Sel.Name) {
				add(n, room+" may not use "+x.Name+"."+n.Sel.Name+": the clock and the dice are arguments")
			}
		}
		return true
	})
	return found
}

// imports returns the import paths of a file by what the file calls them.
func imports(f *ast.File) map[string]string {
	names := map[string]string{}
	for _, i := range f.Imports {
		p := strings.Trim(i.Path.Value, `"`)
		name := path.Base(p)
		if name == "v2" {
			name = path.Base(path.Dir(p))
		}
		if i.Name != nil {
			name = i.Name.Name
		}
		names[name] = p
	}
	return names
}

// why says which rule an arrow breaks.
func why(from, to string) string {
	switch {
	case strings.HasPrefix(from, "lab") && !strings.HasPrefix(to, "lab"):
		return "nothing under lab knows the lessons or the page"
	case from == "scenarios":
		return "the lessons know the lab and nothing of the page"
	case to == "app/view":
		return "the model never knows what draws it, and the commands never meet it"
	case from == "app/view" && to == "app/cli" || from == "app/cli" && to == "app/view":
		return "the page and the commands never meet"
	case from == "lab/judge" || from == "lab/event":
		return "what is judged are events; script -> world -> event <- judge"
	}
	return "it is not in the table of TestTidy; if the arrow is meant, add it there"
}

// circle returns a circle of arrows, nil if there is none.
func circle(arrows map[string]map[string]bool) []string {
	done := map[string]bool{}
	var visit func(at string, path []string) []string
	visit = func(at string, path []string) []string {
		if i := slices.Index(path, at); i >= 0 {
			return append(slices.Clone(path[i:]), at)
		}
		if done[at] {
			return nil
		}
		for _, to := range slices.Sorted(maps.Keys(arrows[at])) {
			if found := visit(to, append(path, at)); found != nil {
				return found
			}
		}
		done[at] = true
		return nil
	}
	for _, at := range slices.Sorted(maps.Keys(arrows)) {
		if found := visit(at, nil); found != nil {
			return found
		}
	}
	return nil
}

// TestTidyBites shows that TestTidy finds what it forbids, and says why.
func TestTidyBites(t *testing.T) {
	for _, test := range []struct{ room, source, want string }{
		{"lab/world", `import "os"`, "lab/world may not import os: a run takes"},
		{"lab/world", `import "fixlab/lab/judge"`, "lab/world may not import lab/judge: it is not in the table"},
		{"lab/judge", `import "fixlab/lab/world"`, "script -> world -> event <- judge"},
		{"lab/server", `import "fixlab/scenarios"`, "nothing under lab knows the lessons"},
		{"app/page", `import "fixlab/app/view"`, "the model never knows what draws it"},
		{"app/cli", `import "fixlab/app/view"`, "the commands never meet it"},
		{"app/page", `import "example.org/go-app/v10/pkg/app"`, "app/page may not import go-app"},
		{"app/view", `import "example.org/go-app/v10/pkg/app"`, ""},
		{"app/cli", `func f() { go f() }`, ""},
		{"scenarios", `func f() { go f() }`, "scenarios may start no goroutine"},
		{"lab/cookie", `func f() { select {} }`, "lab/cookie may not select"},
		{"lab", `import "time"; var x = time.Now()`, "lab may not use time.Now"},
		{"lab", `import clock "time"; var now = clock.Now`, "lab may not use clock.Now"},
		{"lab", `import "math/rand/v2"; var x = rand.IntN(6)`, "lab may not use rand.IntN"},
		{"lab", `import "math/rand/v2"; var x = rand.NewChaCha8([32]byte{})`, ""},
		{"lab", `import . "time"; var now = Now`, "lab may not hide time"},
		{"lab/magic", ``, "lab/magic is a new package"},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+test.source, 0)
		if err != nil {
			t.Fatal(err)
		}
		var says []string
		for _, x := range faults(test.room, f) {
			says = append(says, x.says)
		}
		if got := strings.Join(says, "; "); test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s, %s: %q, want %q", test.room, test.source, got, test.want)
		}
	}
	if got := circle(map[string]map[string]bool{"a": {"b": true}, "b": {"c": true}, "c": {"b": true}}); !slices.Equal(got, []string{"b", "c", "b"}) {
		t.Errorf("circle: %v", got)
	}
}
