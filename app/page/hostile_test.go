package page

import (
	"regexp"
	"strings"
	"testing"

	"fixlab/app/words"
	"fixlab/lab/bench"
)

// links are the beginnings of every kind of link and of every part in it, up to
// where foreign text can stand.
var links = []string{
	"", "1/", "1/signed-id-toss/", "1/signed-id-toss/none/", "1/any-route/none/1/", "2/",
	"sign/", "sign/seed/", "sign/seed/x/", "what-stops-what/", "claims/", "reference/",
	"learn/", "learn/which-moment/", "learn/which-moment/act/", "learn/which-moment/act/1/",
	"compare/", "compare/any-route/", "compare/any-route/none/", "compare/any-route/none/1/",
	"compare/any-route/none/1/vs/", "compare/any-route/none/1/vs/none/", "compare/any-route/none/1/xss/vs/none/x/",
	"explore/", "explore/flask/", "explore/flask/trap/", "explore/flask/trap/alone/", "explore/flask/trap/alone/none/", "explore/flask/trap/alone/none/sorted/",
}

// hostile are texts of any length that are made to cost much.
var hostile = map[string]func(n int) string{
	"plus signs":      func(n int) string { return strings.Repeat("+", n) },
	"slashes":         func(n int) string { return strings.Repeat("/", n) },
	"percent signs":   func(n int) string { return strings.Repeat("%", n) },
	"escaped percent": func(n int) string { return strings.Repeat("%25", n/3) },
	"broken parts":    func(n int) string { return strings.Repeat("%/", n/2) },
	"words":           func(n int) string { return distinct("", "+", n) },
	"near words":      func(n int) string { return distinct("rotat", "+", n) },
	"parts":           func(n int) string { return distinct("", "/", n) },
	"two words":       func(n int) string { return strings.Repeat("own+trap+xss+url-id+", n/20) + "x" },
	"one word":        func(n int) string { return strings.Repeat("x", n) },
	"invisible":       func(n int) string { return strings.Repeat("%E2%80%AE\u2066\x1b%00+", n/20) },
}

// distinct returns about n bytes of different words that begin alike.
func distinct(begin, between string, n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(begin)
		for k := i; ; k /= len(letters) {
			b.WriteByte(letters[k%len(letters)])
			if k < len(letters) {
				break
			}
		}
		b.WriteString(between)
	}
	return b.String()[:n]
}

// quoted is foreign text in a notice.
var quoted = regexp.MustCompile(`"(\\.|[^"\\])*"`)

// badNotice says what no link may do to a notice, "" when all is well. A quoted
// text has at most 40 characters, each of which takes at most ten to be seen.
func badNotice(text string) string {
	what, _, _ := strings.Cut(quoted.ReplaceAllString(text, "x"), ". Shown instead: ")
	switch {
	case strings.Count(what, "; ") > 4:
		return "it has more than five clauses"
	case len(text) > 3000:
		return "it is long"
	case words.Visible(text) != text:
		return "it holds what cannot be seen"
	}
	return ""
}

// A link of any kind and any length leads somewhere; the notice has at most five
// clauses, is short, and shows what it quotes.
func TestHostileLinks(t *testing.T) {
	there := linked(t, "1/flask-oracle/rotate/3")
	for _, begin := range links {
		for name, text := range hostile {
			for _, n := range []int{longestLink - len(begin) - 100, 600_000} {
				link := begin + text(n)
				for how, m := range map[string]Model{"opened": ParseFragment(link), "followed": there.then(Follow(link))} {
					if m.Run.played().Trace == nil || m.Notice == "" && begin != "sign/seed/" {
						t.Errorf("%s%s, %s: no notice", begin, name, how)
					}
					if fault := badNotice(m.Notice); fault != "" {
						t.Errorf("%s%s, %s: %s: %q", begin, name, how, fault, m.Notice)
					}
					if again := ParseFragment(m.Fragment()); again.Notice != "" {
						t.Errorf("%s%s, %s: mended to %s: %s", begin, name, how, m.Fragment(), again.Notice)
					}
				}
			}
		}
	}
}

// A link at the bound is read, one byte more is not: it leads to the first lesson.
func TestLongLinks(t *testing.T) {
	fits := "1/flask-oracle/rotate/3/" + strings.Repeat("x", longestLink-len("1/flask-oracle/rotate/3/"))
	if m := ParseFragment("#" + fits); m.Fragment() != "1/flask-oracle/rotate/3" {
		t.Errorf("a link of %d bytes leads to %s: %s", len(fits), m.Fragment(), m.Notice)
	}
	for _, long := range []string{fits + "x", "sign/seed/" + strings.Repeat("%41", 1362) + "xx", "claims/" + fits} {
		const want = "This link is broken: it is longer than 4096 bytes, and nothing of it was read. Shown instead: “A signed cookie from a neighbour”, no switch on, step 1."
		for how, m := range map[string]Model{"opened": ParseFragment("#" + long), "followed": linked(t, "claims").then(Follow(long))} {
			if m.Fragment() != "1/signed-id-toss/none/1" || m.Notice != want {
				t.Errorf("%s: a link of %d bytes leads to %s: %s", how, len(long), m.Fragment(), m.Notice)
			}
		}
	}
	// The longest link that the page writes.
	m := linked(t, "sign/seed").then(Write{Signing, bench.FieldValue, strings.Repeat("\x01", longestLinked)})
	if again := ParseFragment(m.Fragment()); again.Notice != "" || again.Fragment() != m.Fragment() {
		t.Errorf("a value of %d bytes makes a link of %d: %s", longestLinked, len(m.Fragment()), again.Notice)
	}
}

// The first five faults are told, the others counted, and one fault is told once.
func TestClauses(t *testing.T) {
	for link, want := range map[string]string{
		"1/signed-id-toss/a+b+c+d+e+f+g/1":                         `there is no switch "a"; there is no switch "b"; there is no switch "c"; there is no switch "d"; there is no switch "e", and 2 more. Shown`,
		"1/signed-id-toss/a+a+a+a+a+a+a/1":                         `broken: there is no switch "a". Shown`,
		"1/signed-id-toss/aaaa+bbbb+cccc+dddd+eeee+rotat+strict/1": `"eeee", and 1 more. Shown instead: “A signed cookie from a neighbour”, strict on, step 1.`,
		"1/signed-id-toss/aaaa+bbbb+cccc+dddd/99/v+w":              `browser "v", and 2 more. Shown instead: “A signed cookie from a neighbour”, no switch on, step 9.`,
		"explore/flask/trap/alone/none/a+b+c+d+e+f":                `there is no word "e", and 1 more. Shown`,
		"compare/any-route/a+b+c/1/vs/x+y+z+p/q":                   `there is no switch "y", and 3 more. Shown`,
		"%1/%2/%3/%4/%5/%6":                                        `"%5" is not written correctly, and `,
		"claims/%1/%2/%3/%4/%5/%6/%7":                              `"%5" is not written correctly, and 2 more. Shown`,
		"1/signed-id-toss/rotate/1/\u202ex":                        `jar or browser "\u202ex". Shown`,
		"1/%E2%80%AE/none/1":                                       `no lesson "\u202e"`,
		"compare/any-route/none/1/vs/%1B%5B31m/none":               `no switch "\x1b[31m"`,
		"explore/%C2%9B/trap":                                      `no server "\u009b"`,
		"sign/%00":                                                 `no format "\x00"`,
	} {
		if m := ParseFragment(link); !strings.Contains(m.Notice, want) {
			t.Errorf("%s: %s", link, m.Notice)
		}
	}
}

// A wrong word that stands in a link two thousand times is looked for once.
func TestRepeatedWord(t *testing.T) {
	cost := func(link string) float64 { return testing.AllocsPerRun(1, func() { ParseFragment(link) }) }
	once, often := cost("1/signed-id-toss/a"), cost("1/signed-id-toss/"+strings.Repeat("a+", 2000)+"a")
	if often > 2*once {
		t.Errorf("%v allocations; for the word alone it takes %v", often, once)
	}
}

// BenchmarkHostileLinks reads every hostile text in every place, as long as a link
// may be.
func BenchmarkHostileLinks(b *testing.B) {
	for name, text := range hostile {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				for _, begin := range links {
					ParseFragment(begin + text(longestLink-len(begin)))
				}
			}
		})
	}
}
