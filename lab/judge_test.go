package lab_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fixlab/lab/event"
)

// special returns the names of a run that the judge must not know: of its accounts
// and of its hosts.
func special() []string {
	return append(slices.Sorted(maps.Keys(event.Accounts)), event.ShopHost, event.BlogHost, event.EvilHost, event.NewsHost)
}

// TestJudgeKnowsNoName: whose an account is, and which host is the shop, the judge is
// told by package event. A name in it would be a verdict about that name.
func TestJudgeKnowsNoName(t *testing.T) {
	files, err := filepath.Glob("judge/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range named(f) {
			t.Errorf("%s: %s", set.Position(x.pos), x.says)
		}
	}
}

// named returns where a file has the name of an account or of a host in a string. A
// sentence may speak of the persons Alice and Mallory: they are written with a
// capital, and the accounts are not.
func named(f *ast.File) (found []fault) {
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(lit.Value)
		if err != nil {
			return true
		}
		words := strings.FieldsFunc(text, func(c rune) bool {
			return c != '.' && c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
		})
		for _, word := range words {
			word = strings.TrimRight(word, ".") // of a sentence
			if slices.Contains(special(), word) || strings.HasSuffix(word, "."+event.ShopHost) {
				found = append(found, fault{lit.Pos(), "the judge may not know the name " + word + ": who and where is said by package event"})
			}
		}
		return true
	})
	return found
}

// TestJudgeKnowsNoNameBites shows that the rule finds each of the names, and lets
// sentences about persons pass.
func TestJudgeKnowsNoNameBites(t *testing.T) {
	type test struct{ source, want string }
	tests := []test{
		{`var x = "Alice logged in, and Mallory's value was in Alice's browser."`, ""},
		{`var x = "The key is malice."`, ""},
		{`var x = owner == event.Alice`, ""},
		{`var x = "https://www.shop.example/login"`, "www.shop.example"},
		{"var x = `user=alice&password=p`", "alice"},
		{`func f(e E) bool { switch e.User { case "mallory": return true }; return false }`, "mallory"},
		{`var x = map[string]int{"alice": 1}`, "alice"},
		{`var x = "This is alice."`, "alice"},
	}
	for _, name := range special() {
		tests = append(tests, test{`var x = user == "` + name + `"`, name}, test{`var x = "on ` + name + `, and"`, name})
	}
	for _, test := range tests {
		f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+test.source, 0)
		if err != nil {
			t.Fatalf("%s: %v", test.source, err)
		}
		got := ""
		for _, x := range named(f) {
			got = cmp.Or(got, x.says)
		}
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", test.source, got, test.want)
		}
	}
}
