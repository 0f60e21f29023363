package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fixlab/app/text"
	"fixlab/lab/bench"
	"fixlab/lab/defence"
)

// Turning pages keeps where the learner was on each of them.
func TestPages(t *testing.T) {
	m := ParseFragment("1/signed-id-toss/rotate/3")
	if m.Notice != "" {
		t.Fatal(m.Notice)
	}
	was := m
	for _, p := range Pages {
		if p.Name == ScriptPage {
			continue // it shows a script that a link brings: see TestOffer
		}
		m = was.then(Follow(p.Name))
		if link, _, _ := strings.Cut(m.Fragment(), "/"); m.Page != p.Name || link != p.Name || m.Notice != "" || PageTitle(m) != p.Title() {
			t.Errorf("#%s leads to %q, %s: %s", p.Name, m.Page, m.Fragment(), m.Notice)
		}
		if m.Scenario != was.Scenario || m.Step != was.Step || m.Defences != was.Defences || m.LinkAt(m.Step) != was.Fragment() {
			t.Errorf("#%s loses the place in the lab: %s", p.Name, m.LinkAt(m.Step))
		}
		if back := m.then(Follow(was.Fragment())); back.Page != "" || back.Fragment() != was.Fragment() || back.Notice != "" {
			t.Errorf("back from #%s is %s: %s", p.Name, back.Fragment(), back.Notice)
		}
		if m.View.Playing = true; m.then(Follow(p.Name)).View.Playing {
			t.Errorf("#%s: the lab plays on", p.Name)
		}
		for _, k := range []Press{{Key: "ArrowRight"}, {Key: "1"}, {Key: " "}, {Key: "r"}, {Key: "v"}, {Key: "Home"}} {
			if _, ok := Shortcut(m, k).(LearnMsg); ok && p.Name == "learn" {
				continue // likewise
			}
			if _, ok := Shortcut(m, k).(Cue); ok && p.Name == PresentPage {
				continue // what is shown to a class has keys of its own
			}
			if _, ok := Shortcut(m, k).(GoRow); ok && p.Name == "compare" {
				continue // it has a cursor of its own
			}
			if msg := Shortcut(m, k); msg != nil {
				t.Errorf("#%s: the key %q does %#v", p.Name, k.Key, msg)
			}
		}
		if open := ParseFragment("#" + p.Name); open.Page != p.Name || open.Notice != "" || (open.Trace == nil) != (p.Name == "learn") {
			t.Errorf("#%s opened: %q, %s", p.Name, open.Page, open.Notice)
		}
		m.Notice = "x"
		if m = m.then(Escape{}); m.Notice != "" || m.Page != p.Name {
			t.Errorf("#%s: Escape leaves %q", p.Name, m.Notice)
		}
	}
	for link, want := range map[string]string{
		"sgin":           `no page "sgin"`,
		"Sign":           `no page "Sign"`,
		"<b>":            `no page "<b>"`,
		"sign/nothing":   `no format "nothing"`,
		"sign/flask/a/b": "more parts than three",
		"sign/flask/%zz": "not written correctly",
		"sign/flask/%ff": "not UTF-8",
		"sign/seed/" + strings.Repeat("x", longestLinked+1): "longer than 1000 bytes",
	} {
		m := was.then(Follow(link))
		if !strings.Contains(m.Notice, "This link is broken: ") || !strings.Contains(m.Notice, want) || !strings.Contains(m.Notice, "Shown instead: “") {
			t.Errorf("%.40q says %q, want %q", link, m.Notice, want)
		}
		if again := ParseFragment(m.Fragment()); again.Notice != "" || again.Fragment() != m.Fragment() {
			t.Errorf("%.40q leads to %.40q: %s", link, m.Fragment(), again.Notice)
		}
	}
	if m := was.then(Follow("sign")).then(Follow("1/signed-id-toss/none/1")); m.Defences != defence.Set(0) || m.Bench.Scheme == "" {
		t.Error("the bench is cleared by a step in the lab")
	}
}

// A bench's link has the format and the value and leads back to them.
func TestBenchLink(t *testing.T) {
	values := []string{"x", "", " ", "a/b?c#d%e+f&g=h", `<img src=x>'"`, "é 💥\u202e", "tab\tline\nend", strings.Repeat("y", longestLinked)}
	for _, s := range bench.Schemes {
		for _, v := range values {
			m := ParseFragment("sign").then(PickScheme(s.Slug)).then(Write{Signing, bench.FieldValue, v})
			m = m.then(Write{Signing, bench.FieldSecret, "hunter2"}).then(Write{Checking, bench.FieldSecret, "hunter2"})
			link := m.Fragment()
			if strings.Contains(link, "hunter2") {
				t.Fatalf("the secret is in %s", link)
			}
			if strings.Trim(link, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~$&+=:@/%") != "" {
				t.Errorf("a browser may rewrite %q", link)
			}
			got := ParseFragment("#" + link)
			if got.Notice != "" || got.Bench.Scheme != s.Slug || got.Bench.Sign[bench.FieldValue] != v || got.Fragment() != link {
				t.Errorf("%.60q gives %s, %.40q: %s", link, got.Bench.Scheme, got.Bench.Sign[bench.FieldValue], got.Notice)
			}
		}
	}
	long := ParseFragment("sign/seed").then(Write{Signing, bench.FieldValue, strings.Repeat("y", longestLinked+1)})
	if long.Fragment() != "sign/seed" || len(long.then(Follow("sign/seed")).Bench.Sign[bench.FieldValue]) != longestLinked+1 {
		t.Errorf("a value that no link holds: %.40q", long.Fragment())
	}
}

func TestBenchUpdate(t *testing.T) {
	type form = func(Bench) string
	verdict := func(b Bench) string { return b.Judged(b.Text).Word }
	tamper := func(b Bench) string {
		v, ok := b.Tampered()
		if !ok {
			return "none"
		}
		return v.Verdict.Word + " " + v.Says + " " + v.Note
	}
	value := func(b Bench) string { return b.Sign[bench.FieldValue] }
	for _, test := range []struct {
		name string
		msgs []Msg
		look form
		want string // part of it
	}{
		{"what is there at first verifies", nil, verdict, "ACCEPTED"},
		{"typing does not touch Verify", []Msg{Write{Signing, bench.FieldValue, `{"a":1}`}}, func(b Bench) string { return b.Judged(b.Text).Reading.Payload }, `{"cart":"kettle","user":"alice"}`},
		{"to Verify", []Msg{Write{Signing, bench.FieldValue, `{"a":1}`}, Write{Signing, bench.FieldSecret, "k"}, ToCheck{}}, func(b Bench) string { return verdict(b) + b.Judged(b.Text).Reading.Value }, `ACCEPTED{"a":1}`},
		{"not when nothing is signed", []Msg{Write{Signing, bench.FieldValue, `{`}, ToCheck{}}, verdict, "ACCEPTED"},
		{"another secret", []Msg{Write{Checking, bench.FieldSecret, "k"}}, verdict, "REFUSED"},
		{"no secret", []Msg{Write{Checking, bench.FieldSecret, ""}}, func(b Bench) string { return b.Judged(b.Text).Says }, "without a secret"},
		{"nothing to verify", []Msg{Paste("")}, func(b Bench) string { return b.Judged(b.Text).Says }, "nothing to verify"},
		{"a crash", []Msg{PickScheme("seed"), Paste("id.é")}, verdict, "CRASH"},
		{"what was signed is signed anew in another format", []Msg{PickScheme("gorilla")}, verdict, "ACCEPTED"},
		{"a text of one's own stays", []Msg{Paste("mine"), PickScheme("gorilla")}, func(b Bench) string { return b.Text }, "mine"},
		{"secrets stay", []Msg{Write{Signing, bench.FieldSecret, "k"}, PickScheme("seed")}, func(b Bench) string { return b.Sign[bench.FieldSecret] }, "k"},
		{"JSON stays JSON", []Msg{Write{Signing, bench.FieldValue, `{"a":1}`}, PickScheme("gorilla")}, value, `{"a":1}`},
		{"and does not become an id", []Msg{Write{Signing, bench.FieldValue, `{"a":1}`}, PickScheme("seed")}, value, "9f9265bf4b9e185396420f58eebb5a2a"},
		{"no such format", []Msg{PickScheme("nonsense")}, func(b Bench) string { return b.Scheme }, "flask"},

		{"Flask’s last character", []Msg{Tamper(78)}, tamper, "ACCEPTED Character 78, in the signature: 0 became 1. Another text, the same value: the format is malleable here. The signature is decoded before it is compared"},
		{"the first one", []Msg{Tamper(1)}, tamper, "REFUSED Character 1, in the payload: e became f."},
		{"a separator", []Msg{Tamper(44)}, tamper, "Character 44, a separator: . became A."},
		{"beyond the end", []Msg{Tamper(1000)}, tamper, "Character 78"},
		{"before the start", []Msg{Tamper(-4)}, tamper, "none"},
		{"a new text is whole", []Msg{Tamper(3), Paste("new")}, tamper, "none"},
		{"into Verify", []Msg{Tamper(3), TakeTamper{}}, verdict, "REFUSED"},
		{"and back", []Msg{Tamper(3), TakeTamper{}, Tamper(3)}, tamper, "The text was refused as it was, and is right now."},
		{"strict", []Msg{PickScheme("seed")}, Bench.Survey, "Each of the 97 characters was tried: with any one of them changed so, the text is refused."},
		{"malleable", nil, Bench.Survey, "but not with number 78, in the signature."},
		{"no survey of a refused text", []Msg{Paste("x")}, func(b Bench) string { return "[" + b.Survey() + "]" }, "[]"},
	} {
		m := ParseFragment("sign")
		for _, msg := range test.msgs {
			m = m.then(msg)
		}
		if got := test.look(m.Bench); !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Typing is one place to come back to, until the field is left.
func TestBenchVisits(t *testing.T) {
	m := ParseFragment("sign")
	write := func(text string) Msg { return Write{Signing, bench.FieldValue, text} }
	for i, step := range []struct {
		msg  Msg
		want string
	}{
		{write("{"), push}, {write("{}"), replace}, {Write{Signing, bench.FieldSecret, "k"}, stay}, {write("{} "), replace},
		{Rest{}, stay}, {write("[]"), push}, {PickScheme("seed"), push}, {Paste("x"), stay}, {Tamper(1), stay},
	} {
		next, effects := m.Update(step.msg)
		if got := visited(t, next, effects); got != step.want {
			t.Errorf("step %d, %#v: it is to %s the address, want to %s", i, step.msg, got, step.want)
		}
		m = next
	}
}

// Each format has its sentence on what a signature does not prove, and says
// when only where the text has a time.
func TestProves(t *testing.T) {
	for i := range bench.Schemes {
		s := &bench.Schemes[i]
		made, err := s.Sign(s.Defaults())
		if err != nil {
			t.Fatal(err)
		}
		dated := false
		for _, l := range made.Layers {
			for _, p := range l.Parts {
				dated = dated || p.Date != ""
			}
		}
		if Stamped(s) != dated {
			t.Errorf("%s: that it has a time is %v", s.Name, Stamped(s))
		}
	}
	for key, dated := range map[string]bool{"bench.proves": false, "bench.proves-stamped": true} {
		does, not, _ := strings.Cut(text.T(key), "It does not prove")
		if !strings.Contains(not, "for whom it was made") || strings.Contains(does, "when") != dated || strings.Contains(not, "when") == dated {
			t.Errorf("%s: proves %q, not %q", key, does, not)
		}
	}
}

func FuzzBench(f *testing.F) {
	for _, s := range bench.Schemes {
		m := ParseFragment("sign/" + s.Slug)
		f.Add(m.Fragment(), m.Bench.Text, 3)
	}
	f.Add("sign/flask/%7B%7D", "\xff.é.x", 2)
	f.Fuzz(func(t *testing.T, link, text string, flip int) {
		m := ParseFragment("sign/" + link).then(Paste(text)).then(Tamper(flip))
		again := ParseFragment(m.Fragment())
		if again.Notice != "" || again.Fragment() != m.Fragment() {
			t.Fatalf("%q leads to %q: %s", m.Fragment(), again.Fragment(), again.Notice)
		}
		v, ok := m.Bench.Tampered()
		if ok && utf8.ValidString(text) && v.Before+v.Is+v.After == text {
			t.Errorf("character %d of %q does not change", flip, text)
		}
		if m.Bench.says() == "" {
			t.Error("nothing to say")
		}
		m.Bench.Survey()
	})
}
