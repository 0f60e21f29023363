package words_test

import (
	"slices"
	"strings"
	"testing"

	"fixlab/app/page"
	"fixlab/app/view"
	"fixlab/app/words"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

func TestPieces(t *testing.T) {
	keys := []string{"aaaa", "aaaa1111", "", "chosen"}
	for _, test := range []struct {
		text string
		want string // chips in brackets
	}{
		{"", ""},
		{"sid=aaaa.f00", "sid=[1].f00"},
		{"aaaa1111:x", "[2]:x"}, // the longest key
		{"aaaa, aaaa", "[1], [1]"},
		{"the chosen one", "the [4] one"},
		{"wellchosen choices", "wellchosen choices"}, // not a word of its own
		{"chosen-one", "chosen-one"},
		{"échosen", "échosen"},
		{"\xffaaaa", "\xffaaaa"},
	} {
		got := ""
		for _, p := range words.Pieces(keys, test.text) {
			if p.Key > 0 {
				got += "[" + string(rune('0'+p.Key)) + "]"
			} else {
				got += p.Text
			}
		}
		if got != test.want {
			t.Errorf("%q gives %q, want %q", test.text, got, test.want)
		}
	}
}

func TestShort(t *testing.T) {
	for in, want := range map[string]string{
		"":                                      "",
		"a short text":                          "a short text",
		"0123456789012345678901234567":          "0123456789012345678901234567", // 28 stay
		"01234567890123456789012345678":         "0123456789…5678",
		"x.0123456789abcdef0123456789abcdef; y": "x.0123456789…cdef; y",
		"ünïcödé … \xff":                        "ünïcödé … \xff",
	} {
		if got := words.Short(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	for in, want := range map[string]string{
		"plain":               "|plain",
		"a `b` c":             "|a  c|b | c",
		"*x* **y**":           "e|x |  s|y",
		"2 * 3, a ` b":        "|2 * 3, a ` b",
		"`<b>` stays text **": "c|<b> | stays text **",
	} {
		var got []string
		for _, s := range words.Spans(in) {
			mark := ""
			if s.Mark != 0 {
				mark = string(s.Mark)
			}
			got = append(got, mark+"|"+s.Text)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

// The lit line is in the file that is shown, and in a step without the server there is none.
func TestLit(t *testing.T) {
	for _, test := range []struct {
		link, file, line string // a part of the line's text
	}{
		{"1/signed-id-toss/none/7", "signed_id.go", "s.rotates(r)"}, // the deciding event
		{"1/signed-id-toss/none/1", "signed_id.go", "Store.Save"},
		{"1/signed-id-toss/none/9", "signed_id.go", "Store.Load"},
		{"1/link-plants-nothing/none/6", "flask_seed.go", "Unsign"},
		{"1/signed-id-toss/rotate-secret/5", "secrets.go", "On(defence."},
		{"1/signed-id-toss/none/4", "", ""},
	} {
		m := page.at(t, test.link)
		line, ok := words.Lit(m.Trace, m.Step)
		if ok != (test.file != "") || line.File != test.file {
			t.Errorf("%s: %v, %v, want %s", test.link, line, ok, test.file)
			continue
		}
		if !ok {
			continue
		}
		if text := view.sourceLines(line.File)[line.Line-1]; !strings.Contains(text, test.line) {
			t.Errorf("%s: %v is %q, want %q in it", test.link, line, text, test.line)
		}
		if !slices.Contains(words.Ran(m.Trace, m.Step, line.File), line.Line) {
			t.Errorf("%s: the lit line %v did not run", test.link, line)
		}
	}
}

func TestStoreRows(t *testing.T) {
	for _, test := range []struct {
		link string
		want string
	}{
		{"1/signed-id-toss/none/1", "K1 - new"},
		{"1/signed-id-toss/none/3", "K1 -"},
		{"1/signed-id-toss/none/7", "K1 alice changed"},
		{"1/signed-id-toss/rotate/7", "K1 - deleted, K2 alice new"},
		{"1/signed-id-toss/rotate/8", "K2 alice"},
		{"1/django-nothing-to-rotate/none/6", ""},
	} {
		m := page.at(t, test.link)
		var got []string
		for _, r := range words.StoreRows(m.Trace, m.Step) {
			user := r.User
			if user == "" {
				user = "-"
			}
			got = append(got, strings.TrimSpace(m.Trace.Label(r.Key)+" "+user+" "+string(r.Change)))
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: %q, want %q", test.link, got, test.want)
		}
	}
}

// Every step of every lesson, with every switch, can be told in words.
func TestWords(t *testing.T) {
	for _, name := range scenarios.Names() {
		for _, d := range defence.All {
			m := page.at(t, "1/"+name+"/"+d.Name+"/1")
			for i, f := range m.Trace.Frames {
				m.Step = i
				if f.Step.Caption == "" || words.Title(m.Trace, i) == "" || len(words.Happened(m.Trace, i)) == 0 {
					t.Errorf("%s: nothing to say", m.Fragment())
				}
				if say := page.Announcement(m); strings.Contains(say, "  ") || !strings.HasPrefix(say, "Step ") {
					t.Errorf("%s: %q", m.Fragment(), say)
				}
			}
			if word, sentence := words.OutcomeWords(m.Trace.Verdict.Outcome); word != strings.ToUpper(strings.ReplaceAll(string(m.Trace.Verdict.Outcome), "-", " ")) || sentence == "" {
				t.Errorf("%s: %s", m.Trace.Verdict.Outcome, word)
			}
			if v := m.Trace.Verdict; v.Gate != "" && words.GateWords(v.Gate) == "" {
				t.Errorf("no words for the gate %s", v.Gate)
			}
		}
	}
}
