package site

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	rules   = regexp.MustCompile(`([^{};]*)\{([^{}]*)\}`)
	literal = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|oklch|oklab|lch|lab|color)\(|\b(?:white|black|red|green|blue|gray|grey|yellow|orange|purple|silver)\b`)
	size    = regexp.MustCompile(`^(?:var\(--t[1-5]\)|inherit|0)$`)
)

// strays returns what in css is under .face and has a size of letters that is none of
// the five, or a colour of its own.
func strays(css string) (found []string) {
	for _, rule := range rules.FindAllStringSubmatch(comment.ReplaceAllString(css, ""), -1) {
		if !strings.Contains(rule[1], ".face") {
			continue
		}
		for _, line := range strings.Split(rule[2], ";") {
			name, value, _ := strings.Cut(line, ":")
			name, value = strings.TrimSpace(name), strings.TrimSuffix(strings.TrimSpace(value), " !important")
			wrong := literal.MatchString(strings.ReplaceAll(value, "white-space", ""))
			switch name {
			case "font-size":
				wrong = wrong || !size.MatchString(value)
			case "font":
				wrong = wrong || !slices.ContainsFunc(strings.Fields(value), func(part string) bool {
					letters, _, _ := strings.Cut(part, "/")
					return size.MatchString(letters)
				})
			}
			if wrong {
				found = append(found, fmt.Sprintf("%s { %s }", strings.TrimSpace(rule[1]), strings.TrimSpace(line)))
			}
		}
	}
	return found
}

// There are five sizes of letters, and colours are named in tokens.css only.
func TestFaceKeepsToItsTokens(t *testing.T) {
	for css, want := range map[string]int{
		".face a { font-size: 14px }":                                                      1,
		".face a { font-size: 1.2em; color: #fff }":                                        2,
		"@media print { .face a { border: 1px solid black } }":                             1,
		".face a { font: 700 1rem/1 var(--mono) } .face b { color: rgb(0 0 0) }":           2,
		".face a::after { background: linear-gradient(red, var(--ink)) }":                  1,
		".face a { font: 700 var(--t2)/1 var(--mono); color: var(--ink); white-space: p }": 0,
		".face a { font: inherit; font-size: var(--t5) !important; margin: 0 }":            0,
		"html { font-size: 125% } /* .face { color: #fff } */":                             0,
	} {
		if got := strays(css); len(got) != want {
			t.Errorf("%s: found %q, want %d", css, got, want)
		}
	}
	web := source().Web
	names, err := fs.Glob(web, "*.css")
	if err != nil {
		t.Fatal(err)
	}
	under := 0
	for _, name := range names {
		b, err := fs.ReadFile(web, name)
		if err != nil {
			t.Fatal(err)
		}
		under += strings.Count(string(b), ".face ")
		for _, x := range strays(string(b)) {
			t.Errorf("%s: %s", name, x)
		}
	}
	if under < 300 {
		t.Errorf("only %d selectors are under .face", under)
	}
}
