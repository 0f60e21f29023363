package site

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// recent are the values that browsers of 2022 lack. Such a browser drops the
// declaration and keeps the one before it.
var recent = regexp.MustCompile(`[0-9][dsl]v[hwib]|[0-9][dsl]v(?:min|max)|\b(?:color-mix|light-dark|oklch|oklab|lch|lab|color)\(`)

// missing returns what in css has no fallback. A declaration with var() in it is never
// dropped by who does not know its value: what is before it is no fallback.
func missing(css string) (found []string) {
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
	// The innermost braces: rules, also within @media. None within @supports asks.
	for _, rule := range regexp.MustCompile(`([^{};]*)\{([^{}]*)\}`).FindAllStringSubmatch(css, -1) {
		var plain []string // the properties that have had a value for every browser
		for _, line := range strings.Split(rule[2], ";") {
			name, value, _ := strings.Cut(line, ":")
			switch name = strings.TrimSpace(name); {
			case !recent.MatchString(value):
				plain = append(plain, name)
			case !slices.Contains(plain, name) || strings.HasPrefix(name, "--") || strings.Contains(value, "var("):
				found = append(found, fmt.Sprintf("%s { %s }", strings.TrimSpace(rule[1]), strings.TrimSpace(line)))
			}
		}
	}
	return found
}

// Every recent value has a plain one before it in its rule.
func TestFallbacks(t *testing.T) {
	for css, want := range map[string]int{
		"a { height: 100dvh }":                                                              1,
		"a { height: 100dvh; height: 100vh }":                                               1,
		"a { max-height: 9rem; height: calc(1px + 100dvh) }":                                1,
		"a { color: red; color: color-mix(in srgb, var(--x) 7%, red) }":                     1,
		"a { --x: red; --x: color-mix(in srgb, red, blue) }":                                1,
		"a { color: red } b { color: color-mix(in srgb, red, blue) }":                       1,
		"@media print { a { min-height: 50svh } }":                                          1,
		"a { height: 100vh; /* ; */ height: 100dvh; color: var(--lab); grid-area: color }":  0,
		"@media print { a { color: red; background: blue; color: light-dark(red, blue) } }": 0,
	} {
		if got := missing(css); len(got) != want {
			t.Errorf("%s: %q lack a fallback", css, got)
		}
	}
	web := source().Web
	names, err := fs.Glob(web, "*.css")
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(web, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range missing(string(b)) {
			t.Errorf("%s: no fallback before %s", name, x)
		}
	}
}
