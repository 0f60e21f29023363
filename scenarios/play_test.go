package scenarios

import (
	"fmt"
	"strings"
	"testing"
)

// Every run that a want row or a claim names is read back from its text, and from
// a link to any step of it, and mending changes nothing in it.
func TestPlayIsSpeltOneWay(t *testing.T) {
	var plays []Play
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		for _, w := range s.Wants {
			plays = append(plays, Play{s.Name, w.On, w.With})
		}
	}
	for _, c := range Claims() {
		plays = append(plays, c.Shown.Play)
		for _, x := range c.Against {
			plays = append(plays, x.Play)
		}
	}
	if len(plays) < 200 {
		t.Errorf("%d runs", len(plays))
	}
	for i, p := range plays {
		for _, text := range []string{p.String(), p.Link(i), "#" + p.Link(0), "https://lab.example/x/#" + p.Link(i)} {
			if got, err := ParsePlay(text); err != nil || got != p {
				t.Errorf("%s: %+v, %v; want %+v", text, got, err, p)
			}
		}
		var wrong Faults
		m := Mend(p.Lesson, p.On.String(), p.With, &wrong)
		s, err := p.Scenario()
		if err != nil || !wrong.None() || m.On != p.On || m.Played.Setup != s.Setup || m.Own.Name != p.Lesson {
			t.Errorf("%s is mended to %s of %s: %v, %v", p, m.On, m.Own.Name, wrong, err)
		}
	}
}

func TestParsePlayErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                              `unknown scenario ""`,
		"singed-id-toss":                `unknown scenario "singed-id-toss", did you mean "signed-id-toss"?`,
		"any-route/":                    `unknown switch ""`,
		"any-route/rotte":               `unknown switch "rotte", did you mean "rotate"?`,
		"any-route/rotate/2":            `unknown switch "rotate/2"`,
		"any-route/rotate+xss":          `"xss" is no switch: it stands behind an @, as in none@xss`,
		"any-route/lax+samesite-strict": "lax and samesite-strict exclude each other",
		"any-route/none@xss+strict":     `"strict" is a switch: it stands before the @`,
		"any-route/none@xsss":           `"xsss" is no server, route, source, jar or browser, did you mean`,
		"any-route@xss":                 `"any-route@xss" says no switches: write any-route/none@xss`,
		"flask-oracle/none@xss":         `flask-oracle does not leave all of "xss" open`,
		"1/any-route/none/0":            `the link has "0" for a step, which is no number from 1`,
		"1/any-route/no%ne/1":           `the link has "no%ne", which is not written correctly`,
		"2/any-route/none/1":            `the script in the link cannot be read`,
		"3/any-route/none/1":            `unknown scenario "3"`,
	} {
		p, err := ParsePlay(text)
		if err == nil || !strings.HasPrefix(err.Error(), want) || p != (Play{}) {
			t.Errorf("%q: %+v, %v; want %s", text, p, err, want)
		}
	}
}

// Mend looks for what was meant for the faults that are told, not for all: each
// comparison of two words allocates, so that the allocations count them.
func TestMendWork(t *testing.T) {
	work := func(n int) float64 {
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("rotat%04d", i))
		}
		text := strings.Join(names, "+")
		return testing.AllocsPerRun(5, func() {
			var wrong Faults
			if m := Mend(First, text, text, &wrong); m.On != 0 || wrong.None() {
				t.Errorf("%d wrong words are mended to %s: %s", n, m.On, wrong)
			}
		})
	}
	few, many := work(5), work(1005)
	if few < 100 {
		t.Errorf("%.0f allocations for 5 words: they count nothing", few)
	}
	if each := (many - few) / 1000; each > 20 {
		t.Errorf("a word that is only counted costs %.1f allocations; the five that are told cost %.0f", each, few)
	}
}

func TestFaults(t *testing.T) {
	var f Faults
	if !f.None() || f.full() || f.String() != "" {
		t.Errorf("nothing is wrong, and that is %q", f)
	}
	for _, test := range []struct{ add, want string }{
		{"a", "a"}, {"b", "a; b"}, {"a", "a; b"}, {"c", "a; b; c"}, {"d", "a; b; c; d"}, {"e", "a; b; c; d; e"},
		{"b", "a; b; c; d; e"}, {"f", "a; b; c; d; e, and 1 more"}, {"g", "a; b; c; d; e, and 2 more"},
	} {
		if f.Add(test.add); f.String() != test.want || f.None() || f.full() != strings.Contains(test.want, "e") {
			t.Errorf("after %s: %q", test.add, f)
		}
	}
}
