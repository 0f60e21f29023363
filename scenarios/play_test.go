package scenarios

import (
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
		m := Mend(p.Lesson, p.On.String(), p.With)
		s, err := p.Scenario()
		if err != nil || m.Faults != nil || m.On != p.On || m.Played.Setup != s.Setup || m.Own.Name != p.Lesson {
			t.Errorf("%s is mended to %s of %s: %v, %v", p, m.On, m.Own.Name, m.Faults, err)
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
		"2/any-route/none/1":            `unknown scenario "2"`,
	} {
		p, err := ParsePlay(text)
		if err == nil || !strings.HasPrefix(err.Error(), want) || p != (Play{}) {
			t.Errorf("%q: %+v, %v; want %s", text, p, err, want)
		}
	}
}
