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
	for name, css := range styleSheets(t) {
		for _, x := range missing(css) {
			t.Errorf("%s: no fallback before %s", name, x)
		}
	}
}

// has finds a rule with :has(). What is printed is styled once.
var has = regexp.MustCompile(`(?m)^@media print \{\n(?:.*\n)*?\}|(^[^@\n]*:has\()`)

// A rule with :has() is weighed whenever anything in the page changes: a press would wait
// for it.
func TestNoHas(t *testing.T) {
	for css, want := range map[string]bool{
		"a:has(b) { color: red }": true,
		"@media print {\n  a { color: red }\n  a:has(b) { color: red }\n}\n": false,
		"@media print {\n}\na:has(b) {}":                                     true,
		"@supports selector(:has(a)) {\n}\n":                                 false,
	} {
		if got := hasHas(css); got != want {
			t.Errorf("%q: %v", css, got)
		}
	}
	for name, css := range styleSheets(t) {
		if hasHas(css) {
			t.Errorf("%s: a rule with :has()", name)
		}
	}
}

func hasHas(css string) bool {
	return slices.ContainsFunc(has.FindAllStringSubmatch(css, -1), func(m []string) bool { return m[1] != "" })
}

// styleSheets are the page's, by the names of their files.
func styleSheets(t *testing.T) map[string]string {
	t.Helper()
	web, out := source().Web, map[string]string{}
	names, err := fs.Glob(web, "*.css")
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(web, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(b)
	}
	return out
}
