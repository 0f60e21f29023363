package site

import (
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Pairs of colours in use, "what/on what", by their tokens. Text needs 4.5, a part of
// the interface 3 (WCAG 2.2, 1.4.3 and 1.4.11).
var (
	textPairs = strings.Fields(`
		ink/ground ink/surface ink/sunken ink2/ground ink2/surface ink2/sunken
		mallory/surface mallory/mallory-soft alice/surface alice/alice-soft alice/ground
		server/surface server/server-soft server/ground surface/mallory surface/alice surface/server
		ink2/mallory-soft ink2/alice-soft
		bad/surface bad/ground bad/sunken good/surface good/ground good/sunken on-bad/bad-fill on-good/good-fill
		on-change/change on-primary/primary surface/art4 on-blank/blank`)
	partPairs = strings.Fields(`
		field/surface field/ground mallory/ground alice/ground server/ground focus/ground focus/surface focus/sunken focus/focus-gap
		on-change/change bad-fill/surface good-fill/surface bad/surface primary/ground bad-fill/ground good-fill/ground
		on-bad/bad-fill on-good/good-fill`)
)

// tokens returns the colours of tokens.css, on a light screen and on a dark one.
func tokens(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	b, err := fs.ReadFile(source().Web, "tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(b), "")
	first, rest, ok := strings.Cut(css, "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("tokens.css has no dark colours")
	}
	rest, _, _ = strings.Cut(rest, "@media print")
	light, dark = map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile(`--([\w-]+):\s*(#[0-9a-f]{6})\b`).FindAllStringSubmatch(first, -1) {
		light[m[1]], dark[m[1]] = m[2], m[2]
	}
	for _, m := range regexp.MustCompile(`--([\w-]+):\s*(#[0-9a-f]{6})\b`).FindAllStringSubmatch(rest, -1) {
		if light[m[1]] == "" {
			t.Errorf("tokens.css: --%s is a colour in the dark only", m[1])
		}
		dark[m[1]] = m[2]
	}
	return light, dark
}

// contrast is that of two colours, "#rrggbb", as WCAG computes it.
func contrast(a, b string) float64 {
	luminance := func(c string) float64 {
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(c[1+2*i:3+2*i], 16, 8)
			if err != nil {
				panic(err)
			}
			v := float64(n) / 255
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += weight * v
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// lacking lists the pairs with less contrast than that.
func lacking(colours map[string]string, pairs []string, least float64) (found []string) {
	for _, pair := range pairs {
		what, on, _ := strings.Cut(pair, "/")
		switch {
		case colours[what] == "" || colours[on] == "":
			found = append(found, pair+": no such token")
		case contrast(colours[what], colours[on]) < least:
			found = append(found, fmt.Sprintf("%s: %.2f, want %v", pair, contrast(colours[what], colours[on]), least))
		}
	}
	return found
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.478}, {"#0000ff", "#ffffff", 8.592}} {
		if got := contrast(c.a, c.b); math.Abs(got-c.want) > 0.001 {
			t.Errorf("%s on %s: %.3f, want %.3f", c.a, c.b, got, c.want)
		}
	}
	light, dark := tokens(t)
	if grey := map[string]string{"ink": "#777777", "ground": "#ffffff"}; len(lacking(grey, []string{"ink/ground", "ink/no"}, 4.5)) != 2 {
		t.Error("grey on white, and a token that is not there, are found to be enough")
	}
	for scheme, colours := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, x := range slices.Concat(lacking(colours, textPairs, 4.5), lacking(colours, partPairs, 3)) {
			t.Errorf("%s: %s", scheme, x)
		}
		// The focus ring has two tones: on any colour at all, one of them is seen.
		for name, ground := range colours {
			if got := max(contrast(colours["focus"], ground), contrast(colours["focus-gap"], ground)); got < 3 {
				t.Errorf("%s: the focus ring on --%s: %.2f, want 3", scheme, name, got)
			}
		}
	}
	// A colour of text stands in a pair.
	for name := range light {
		base := strings.TrimSuffix(strings.TrimSuffix(name, "-soft"), "-fill")
		used := func(pair string) bool {
			what, on, _ := strings.Cut(pair, "/")
			return what == name || on == name || what == base
		}
		if !slices.ContainsFunc(slices.Concat(textPairs, partPairs), used) && !strings.HasPrefix(name, "art") && name != "line" {
			t.Errorf("--%s is in no pair", name)
		}
	}
}
