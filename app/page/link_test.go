package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

func TestBrokenLinks(t *testing.T) {
	for _, test := range []struct{ in, out, notice string }{
		{"", "learn/signed-is-not-yours", ""},
		{"#", "learn/signed-is-not-yours", ""},
		{"#1/flask-oracle/rotate+strict/4", "1/flask-oracle/rotate+strict/4", ""},
		{"1/flask-oracle/strict+rotate/4", "1/flask-oracle/rotate+strict/4", ""}, // another order is no mistake
		{"1/flask-oracle", "1/flask-oracle/none/1", ""},
		{"1/flask-oracle/rotate", "1/flask-oracle/rotate/1", ""},
		{"1/flask%2Doracle/rotate%2Bstrict/4", "1/flask-oracle/rotate+strict/4", ""},
		{"2/flask-oracle/rotate/4", "1/flask-oracle/rotate/4", `version "2"`},
		{"flask-oracle/rotate/4", "1/flask-oracle/rotate/4", "does not begin with 1/"},
		{"1/flask-orackle/rotate/4", "1/flask-oracle/rotate/4", `no lesson "flask-orackle"`},
		{"1/nothing-like-it/rotate/4", "1/signed-id-toss/rotate/4", `no lesson "nothing-like-it"`},
		{"1//rotate/4", "1/signed-id-toss/rotate/4", `no lesson ""`},
		{"1/flask-oracle/rotat+strict/4", "1/flask-oracle/rotate+strict/4", `no switch "rotat"`},
		{"1/flask-oracle/host-prefix+rotate+secure-prefix/4", "1/flask-oracle/rotate+host-prefix/4", `the switch "secure-prefix" excludes one before it`},
		{"1/flask-oracle/what/4", "1/flask-oracle/none/4", `no switch "what"`},
		{"1/flask-oracle//4", "1/flask-oracle/none/4", `no switch ""`},
		{"1/flask-oracle/none/0", "1/flask-oracle/none/1", `no step "0" among the 9`},
		{"1/flask-oracle/none/-3", "1/flask-oracle/none/1", `no step "-3"`},
		{"1/flask-oracle/none/10", "1/flask-oracle/none/9", `no step "10"`},
		{"1/flask-oracle/none/99999999999999999999", "1/flask-oracle/none/1", "is not a step"},
		{"1/flask-oracle/none/four", "1/flask-oracle/none/1", `"four" is not a step`},
		{"1/any-route/none/4/xss/matrix", "1/any-route/none/4/xss", "more parts than five"},
		{"1/any-route/none/4/", "1/any-route/none/4", ""},
		{"1/any-route/none/4/draft+visited+own+xss", "1/any-route/none/4/xss+own+visited+draft", ""}, // another order is no mistake
		{"1/any-route/none/4/sibling-https+trap+fresh+chromium", "1/any-route/none/4", ""},           // the lesson's own
		{"1/any-route/none/4/xsss+visited", "1/any-route/none/4/visited", `no server, route, source, jar or browser "xsss"`},
		{"1/any-route/rotat/400/xss+none", "1/any-route/rotate/9/xss", `no server, route, source, jar or browser "none"`},
		{"1/any-route/none/4/xss++draft", "1/any-route/none/4/xss+draft", `browser ""`},
		{"1/flask-oracle/none/4/xss", "1/flask-oracle/none/4", `this lesson does not leave "xss" open`},
		{"1/flask-oracle/none/4/visited+own+tomorrow", "1/flask-oracle/none/4/tomorrow", `does not leave "visited" open`},
		{"1/%zz/none/4", "1/signed-id-toss/none/4", `"%zz" is not written correctly`},
		{"main", "1/signed-id-toss/none/1", "does not begin with 1/"},
		{"1/<img src=x>/none/1", "1/signed-id-toss/none/1", `no lesson "<img src=x>"`},
		{"1/\xff\xfe/none/1", "1/signed-id-toss/none/1", `no lesson "\xff\xfe"`},
	} {
		m := ParseFragment(test.in)
		if got := m.Fragment(); got != test.out {
			t.Errorf("%q gives %s, want %s", test.in, got, test.out)
		}
		switch {
		case test.notice == "" && m.Notice != "":
			t.Errorf("%q: unexpected notice %q", test.in, m.Notice)
		case !strings.Contains(m.Notice, test.notice):
			t.Errorf("%q: notice %q, want %q in it", test.in, m.Notice, test.notice)
		case test.notice != "" && !strings.Contains(m.Notice, "Shown instead: “"+m.Scenario.Title+"”"):
			t.Errorf("%q: the notice does not say what is shown: %q", test.in, m.Notice)
		}
	}
}

// Every link of every lesson leads back to itself.
func TestRoundTrip(t *testing.T) {
	all, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for i, s := range all {
		for n := range 6 {
			set := defence.Sample(6*i + n) // a different sample for each lesson
			m := Model{}.play(s, set)
			if n%2 == 1 { // and of the setups
				k := n / 2
				m = m.then(SetRoute(scenarios.Routes[k%len(scenarios.Routes)].Name)).then(SetToken(scenarios.Tokens[k%len(scenarios.Tokens)].Name)).
					then(SetJar(k%3 == 0)).then(SetRules(cookie.Rules(k % len(script.Browsers))))
			}
			for step := range m.Trace.Frames {
				m.Step = step
				got := ParseFragment("#" + m.Fragment())
				if got.Notice != "" || got.Scenario.Name != s.Name || got.Scenario.Setup != m.Scenario.Setup || got.Defences != m.Defences || got.Step != step || got.Fragment() != m.Fragment() {
					t.Fatalf("%s gives %s: %s", m.Fragment(), got.Fragment(), got.Notice)
				}
				links++
			}
		}
	}
	if links < 1000 {
		t.Errorf("only %d links tried", links)
	}
}

func FuzzFragment(f *testing.F) {
	for _, seed := range []string{"", "#", "1/signed-id-toss/none/8", "#1/flask-oracle/rotate+strict/4", "2/flask-oracle/none/1",
		"1/flask-orackle/rotat/99", "1/%zz/%/%2", "1/a/b/c/d/e/f", "////", "1/signed-id-toss/+/-1", "1/\xff/none/9e9", "1/signed-id-toss/none/08"} {
		f.Add(seed)
	}
	for _, begin := range links {
		f.Add(begin + "a+b/%1/\u202e+x+yy+zz+none/vs/%e2%80%ae")
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		m := ParseFragment(fragment)
		m.Run = m.Run.played()
		if m.Scenario == nil || m.Trace == nil || m.Step < 0 || m.Step >= max(1, len(m.Trace.Frames)) || m.Trace.Defences != m.Defences || m.Trace.Scenario.Name != m.Scenario.Name {
			t.Fatalf("%q: no page: %+v", fragment, m)
		}
		if !utf8.ValidString(m.Notice) {
			t.Fatalf("%q: the notice is not text: %q", fragment, m.Notice)
		}
		if fault := badNotice(m.Notice); fault != "" {
			t.Fatalf("%q: %s: %q", fragment, fault, m.Notice)
		}
		again := ParseFragment(m.Fragment())
		if again.Notice != "" || again.Fragment() != m.Fragment() {
			t.Fatalf("%q: %s leads to %s: %s", fragment, m.Fragment(), again.Fragment(), again.Notice)
		}
	})
}
