package edit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

const head = "title: T\nprofile: signed-id\n\n"

// files returns the texts of the repository's scenario files, by their names.
func files(t testing.TB) map[string]string {
	all := map[string]string{}
	for _, glob := range []string{"*.txt", "testdata/judge/*.txt"} {
		names, err := filepath.Glob("../../../scenarios/" + glob)
		if err != nil || len(names) < 40 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(name) != "glossary.txt" {
				all[name] = string(text)
			}
		}
	}
	return all
}

// TestNoFaults: a file that plays has no fault.
func TestNoFaults(t *testing.T) {
	for name, text := range files(t) {
		for _, words := range []Words{known, {}} {
			if list := Faults(text, words); list != nil {
				t.Errorf("%s: %v", name, list)
			}
		}
		if list := Faults("\ufeff"+strings.ReplaceAll(text, "\n", "\r\n"), known); list != nil {
			t.Errorf("%s with CRLF: %v", name, list)
		}
	}
}

// TestNoFaultsInRoutes: nor has one into which any route and any source are written.
func TestNoFaultsInRoutes(t *testing.T) {
	for _, token := range scenarios.Tokens {
		for _, route := range scenarios.Routes {
			text := head
			for _, s := range append(append([]script.Step{}, token.Steps...), route.Steps...) {
				text += strings.ReplaceAll(s.String(), "$way", "/login") + "\n"
			}
			s, err := script.Parse("x", text)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := lab.Run(s, 0); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if list := Faults(text, known); list != nil {
				t.Errorf("%s, %s: %v", token.Name, route.Name, list)
			}
		}
	}
}

// TestCertain: a run indeed ends at the line of each kind of fault, and without that
// line the file has none.
func TestCertain(t *testing.T) {
	for _, test := range []struct{ before, line, word, says string }{
		{"mallory get /\nmallory copy loot\n", "mallory paste $cookie=$lot", "$lot", `unknown variable "$lot", did you mean "$loot"?`},
		{"", "mallory serve https://evil.test/ <p>$$x</p>", "$$x", `unknown variable "$x": name it with copy or let first`},
		{"", "mallory paste sid=$bait", "$bait", `unknown variable "$loot": name it with copy or let first`},
		{"", "mallory post /basket item=5$", "$", `unknown variable "$": the name of one stands after it`},
		{"", "mallory get /?q=$way", "$way", `unknown variable "$way": name it with copy or let first`},
		{"", "mallory let a=$a", "$a", `unknown variable "$a": name it with copy or let first`},
		{"alice get /\nalice copy mine\n", "mallory paste $cookie=$mine", "$mine", `"$mine" is alice's: mallory cannot know it`},
		{"alice get /\nalice copy loot\n", "mallory@alice paste $cookie=$bait", "$bait", `"$loot" is alice's: mallory cannot know it`},
		{"alice get /\nalice copy mine\nmallory let mine=x\nmallory get /?$mine\nalice let mine=x\n", "mallory get /?$mine", "$mine", `"$mine" is alice's: mallory cannot know it`},
		{"", "mallory serve / <p>Hi</p>", "/", `mallory cannot answer for https://shop.example: want blog.shop.example, evil.test or an http URL`},
		{"", "mallory serve https://news.example/ <p>Hi</p>", "https://news.example/", `mallory cannot answer for https://news.example: want`},
		{"", "mallory serve https://evil.tst/a?$cookie <p>Hi</p>", "https://evil.tst/a?$cookie", `mallory cannot answer for https://evil.tst, did you mean "evil.test"?`},
		{"", "mallory serve evil.test <p>Hi</p>", "evil.test", `"evil.test" is not an http or https URL`},
		{"", "mallory serve https://evil.test/ Status: 700", "Status: 700", `"700" is no status: want a number from 200 to 599`},
		{"", "alice get https://evil.tset/", "https://evil.tset/", `no such host "evil.tset", did you mean "evil.test"?`},
		{"mallory serve http://old.example/ <p>Hi</p>\nalice get http://old.example/?x\n", "alice get http://old.example/y", "http://old.example/y", `no such host "old.example"; there are shop.example, blog.shop.example, evil.test, news.example`},
		{"", "alice get login", "login", `"login" is not an http or https URL, did you mean "/login"?`},
		{"", "alice post ftp://shop.example/ a=b", "ftp://shop.example/", `"ftp://shop.example/" is not an http or https URL`},
		{"mallory get /\n", "alice click Basket", "click", "alice sees no page yet"},
		{"alice get /\n", "alice@mallory submit", "submit", "mallory sees no page yet"},
	} {
		text := head + test.before + test.line + "\n"
		line := strings.Count(text, "\n")
		s, err := script.Parse("x", text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = lab.Run(s, 0); err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf("x.txt:%d: ", line)) {
			t.Errorf("%s: the run says %v", test.line, err)
		}
		list := Faults(text, known)
		if len(list) != 1 || list[0].Line != line || !strings.HasPrefix(list[0].Says, test.says) || test.line[list[0].From:list[0].To] != test.word {
			t.Errorf("%s: %+v, want %s", test.line, list, test.says)
		}
		if list = Faults(head+test.before+"alice get /\n", known); list != nil {
			t.Errorf("%s: before it %v", test.line, list)
		}
	}
}

// TestUncertain: what may be right is no fault, nor is what only follows from a mistake.
func TestUncertain(t *testing.T) {
	for steps, want := range map[string]int{
		"mallory let host=evil.test\nalice get https://$host/\nmallory serve https://$host/ x\n":                     0,
		"mallory let host=x.example\nmallory serve http://$host/ x\nalice get http://x.example/\n":                   0,
		"mallory let u=https://evil.test/\nmallory serve $u x\nalice get $u\n":                                       0,
		"alice get /\nalice copy mine\nalice paste $cookie=$mine\n":                                                  0,
		"alice post http://nowhere.example/ a=b\n":                                                                   0,
		"alice visit\nalice click Basket\n":                                                                          0,
		"mallory copy loot\nmallory get /?${loot}$${loot}${bait}$space$dollar$newline${nbsp}\n":                      0,
		"mallory serve https://evil.test/ Status: 3$nbsp\n":                                                          0,
		"mallory cpy loot\nmallory paste $cookie=$loot\n":                                                            1,
		"mallory copy loot a b c d\nmallory paste $cookie=$loot\nmallory paste $cookie=$lot\n":                       2,
		"mallory serv http://x.example/ x\nalice get http://x.example/\n":                                            1,
		"malory get /\nmallory click Basket\nmallory\nmallory get $x\n":                                              2,
		"mallory get http://x.example/\nmallory get http://y.example/ z\nmallory get http://z.example/":              3,
		"alice get /\nalice copy mine\nmallory get\nmallory get /?$mine\n":                                           2,
		strings.Repeat("mallory get /?$x\n", 30):                                                                     20,
		strings.Repeat("mallory gt /\n", 30):                                                                         20,
		strings.Repeat("mallory get /?$x\n", 10) + strings.Repeat("bob get\n", 15) + "mallory get http://x.example/": 20,
	} {
		if list := Faults(head+steps, known); len(list) != want {
			t.Errorf("%q: %v, want %d", steps, list, want)
		}
	}
}

// TestNamed: a route, a source or a word of a row that there is not is a fault, and
// scenarios.Parse finds it as well.
func TestNamed(t *testing.T) {
	for _, test := range []struct{ text, word, says string }{
		{"title: T\nprofile: signed-id\nroute:  sibling-htps\n\nmallory route\n", "sibling-htps", `unknown route "sibling-htps", did you mean "sibling-https" or "sibling-http"?`},
		{"title: T\nprofile: signed-id\ntoken: t\n\nalice get /\n", "t", `unknown token "t"; there are trap,`},
		{head + "mallory route\n", "route", `"mallory route" stands for a route that the header does not name; there are url-id`},
		{head + "alice get /\n-- want --\nlax@django-db+visted  broken\n", "visted", `"visted" is no server, route, source, jar or browser, did you mean "visited"?`},
		{head + "alice get /\n-- want --\nnone@rotate  broken\n", "rotate", `"rotate" is a switch: it stands before the @`},
	} {
		list := Faults(test.text, known)
		if len(list) != 1 || !strings.HasPrefix(list[0].Says, test.says) || strings.Split(test.text, "\n")[list[0].Line-1][list[0].From:list[0].To] != test.word {
			t.Errorf("%q: %+v", test.text, list)
			continue
		}
		if _, err := scenarios.Parse("x", test.text); err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf("x.txt:%d: ", list[0].Line)) {
			t.Errorf("%q: %v, and Parse says %v", test.text, list, err)
		}
		if list = Faults(test.text, Words{}); list != nil {
			t.Errorf("%q: %v, and there are no words", test.text, list)
		}
	}
}

// TestChosen: what a route or a source may do is known where there are words to choose
// from.
func TestChosen(t *testing.T) {
	const chosen = "title: T\nprofile: signed-id\nroute: xss\ntoken: trap\n\n"
	for steps, want := range map[string]int{
		"mallory token\nmallory paste $cookie=$bait$loot\n":             0,
		"mallory token\nmallory paste $cookie=$lot\n":                   1,
		"alice copy mine\nmallory route\nmallory paste $cookie=$mine\n": 1,
		"alice copy bait\nmallory token\nmallory paste $cookie=$bait\n": 0,
		"alice copy loot\nmallory token\nmallory paste $cookie=$loot\n": 0,
		"mallory token\nalice copy loot\nmallory paste $cookie=$loot\n": 1,
		"mallory route\nalice get http://invented.shop.example/\n":      0,
		"mallory route\nalice get http://other.shop.example/\n":         1,
		"mallory route\nalice click Prize\nmallory click Prize\n":       0,
	} {
		if list := Faults(chosen+steps, known); len(list) != want {
			t.Errorf("%q: %v, want %d", steps, list, want)
		}
		if list := Faults(head+steps, Words{}); len(list) > 0 && !strings.Contains(steps, "token\nalice") {
			t.Errorf("%q: %v, and there are no words", steps, list)
		}
	}
}

// TestBlamed: the word at fault is marked, or the whole line.
func TestBlamed(t *testing.T) {
	for line, want := range map[string]string{
		"malory get /":                  "malory",
		"alice pots /login":             "pots",
		"alice deploy":                  "deploy",
		"alice post /login user user=a": "user",
		"mallory\tcopy $loot":           "$loot",
		"alice wait gern ängstlich":     "wait",
		"alice wait ängstlich":          "ängstlich",
		"alice get / \x01":              "\x01",
		"alice":                         "alice",
	} {
		list := Faults(head+line+"\r\n", known)
		if len(list) == 0 || list[0].Line != 4 || line[list[0].From:list[0].To] != want {
			t.Errorf("%q: %+v, want %q", line, list, want)
		}
	}
	for text, want := range map[string]Fault{
		"\ufeffmallory get /": {Line: 1, From: 3, To: 16},
		"\ufefftitl: T\n":     {Line: 1, From: 3, To: 7},
		head + "alice get /\n-- want --\nrotate-a+rot defended\n": {Line: 6, From: 0, To: 8},
		head + "alice get /\n-- want --\nlax+rot defended\n":      {Line: 6, From: 4, To: 7},
	} {
		list := Faults(text, known)
		if len(list) == 0 || list[0].Line != want.Line || list[0].From != want.From || list[0].To != want.To {
			t.Errorf("%q: %+v, want %+v", text, list, want)
		}
	}
}
