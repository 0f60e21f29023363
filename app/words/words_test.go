package words_test

import (
	"slices"
	"strings"
	"testing"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

func TestPieces(t *testing.T) {
	keys := []string{"aaaa", "aaaa1111", "", "chosen"}
	for _, test := range []struct {
		text string
		want string // chips in brackets, signatures as ~
	}{
		{"", ""},
		{"sid=aaaa.f00", "sid=[1].f00"},
		{"sid=aaaa.0123456789abcdef; Path=/", "sid=[1]~; Path=/"},
		{"aaaa.0123456789a+/%3D, .0123456789abcdef", "[1]~, .0123456789abcdef"}, // that one signs nothing
		{"aaaa.0123456789abcde", "[1].0123456789abcde"},                         // too short
		{"aaaa1111:x", "[2]:x"}, // the longest key
		{"aaaa, aaaa", "[1], [1]"},
		{"the chosen one", "the [4] one"},
		{"wellchosen choices", "wellchosen choices"}, // not a word of its own
		{"chosen-one", "chosen-one"},
		{"échosen", "échosen"},
		{"\xffaaaa", "\xffaaaa"},
	} {
		got, joined := "", ""
		for _, p := range words.Pieces(keys, test.text) {
			joined += p.Text
			switch {
			case p.Key > 0:
				got += "[" + string(rune('0'+p.Key)) + "]"
			case p.Signed:
				got += "~"
			default:
				got += p.Text
			}
		}
		if joined != test.text {
			t.Errorf("%q becomes %q", test.text, joined)
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
		play       string
		step       int
		file, line string // a part of the line's text
	}{
		{"signed-id-toss/none", 7, "signed_id.go", "s.rotates(r)"}, // the deciding event
		{"signed-id-toss/none", 1, "signed_id.go", "Store.Save"},
		{"signed-id-toss/none", 9, "signed_id.go", "Store.Load"},
		{"link-plants-nothing/none", 6, "flask_seed.go", "Unsign"},
		{"a-deploy-in-between/rotate-secret", 5, "secrets.go", "On(defence."},
		{"signed-id-toss/none", 4, "", ""},
	} {
		tr, i := played(t, test.play), test.step-1
		line, ok := words.Lit(tr, i)
		if ok != (test.file != "") || line.File != test.file {
			t.Errorf("%s: %v, %v, want %s", test.play, line, ok, test.file)
			continue
		}
		if !ok {
			continue
		}
		if text := sourceLine(t, line); !strings.Contains(text, test.line) {
			t.Errorf("%s: %v is %q, want %q in it", test.play, line, text, test.line)
		}
		if !slices.Contains(words.Ran(tr, i, line.File), line.Line) {
			t.Errorf("%s: the lit line %v did not run", test.play, line)
		}
	}
}

func TestStoreRows(t *testing.T) {
	for _, test := range []struct {
		play string
		step int
		want string
	}{
		{"signed-id-toss/none", 1, "K1 - new"},
		{"signed-id-toss/none", 3, "K1 -"},
		{"signed-id-toss/none", 7, "K1 alice changed"},
		{"signed-id-toss/rotate", 7, "K1 - deleted, K2 alice new"},
		{"signed-id-toss/rotate", 8, "K2 alice"},
		{"django-nothing-to-rotate/none", 6, ""},
	} {
		tr, i := played(t, test.play), test.step-1
		var got []string
		for _, r := range words.StoreRows(tr, i) {
			user := r.User
			if user == "" {
				user = "-"
			}
			got = append(got, strings.TrimSpace(tr.Label(r.Key)+" "+user+" "+string(r.Change)))
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: %q, want %q", test.play, got, test.want)
		}
	}
}

// Every step of every lesson, with every switch, can be told in words.
func TestWords(t *testing.T) {
	for _, name := range scenarios.Names() {
		for _, d := range defence.All {
			play := name + "/" + d.Name
			tr := played(t, play)
			for i, f := range tr.Frames {
				if f.Step.Caption == "" || words.Title(tr, i) == "" || len(words.Happened(tr, i)) == 0 {
					t.Errorf("%s: nothing to say", play)
				}
				if say := words.Announcement(tr, i); strings.Contains(say, "  ") || !strings.HasPrefix(say, "Step ") {
					t.Errorf("%s: %q", play, say)
				}
			}
			if word, sentence := words.OutcomeWords(tr.Verdict.Outcome); words.Spaced(tr.Verdict.Outcome) != strings.ReplaceAll(string(tr.Verdict.Outcome), "-", " ") || strings.ToLower(word) != words.Spaced(tr.Verdict.Outcome) || word == strings.ToUpper(word) || sentence == "" {
				t.Errorf("%s: %s", tr.Verdict.Outcome, word)
			}
			if v := tr.Verdict; v.Gate != "" && words.GateWords(v.Gate) == "" {
				t.Errorf("no words for the gate %s", v.Gate)
			}
		}
	}
}

func played(t *testing.T, text string) *lab.Trace {
	t.Helper()
	p, err := scenarios.ParsePlay(text)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := p.Run()
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func sourceLine(t *testing.T, at event.Line) string {
	t.Helper()
	text, err := server.Source.ReadFile(at.File)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")[at.Line-1]
}

// A run that was stopped has no verdict, and no words pretend one.
func TestStoppedRun(t *testing.T) {
	s, err := scenarios.Parse("long", "title: T\nprofile: signed-id\n"+strings.Repeat("\nalice get /", 401)+"\n")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	word, sentence := words.OutcomeWords(tr.Verdict.Outcome)
	if tr.Cut == "" || word != "No verdict" || sentence != "The run was stopped before its end." || words.OutcomeIcon(tr.Verdict.Outcome) == "defended" {
		t.Errorf("cut %q: %s, %s, %s", tr.Cut, word, sentence, words.OutcomeIcon(tr.Verdict.Outcome))
	}
	if says := words.Announcement(tr, len(tr.Frames)-1); !strings.HasSuffix(says, " This run ends: no verdict.") {
		t.Errorf("it says %q", says)
	}
}

func TestWithout(t *testing.T) {
	title := func(d defence.Set) string { return "“" + d.Infos()[0].Title + "”" }
	for _, test := range []struct {
		without []event.Otherwise
		want    string
	}{
		{nil, ""},
		{[]event.Otherwise{{Off: defence.Rotate, Outcome: event.HijackedWithAccount}}, "With " + title(defence.Rotate) + " off it ends hijacked with account."},
		{[]event.Otherwise{{Off: defence.HTTPOnly, Outcome: event.Defended}}, "With " + title(defence.HTTPOnly) + " off it ends defended, too."},
		{[]event.Otherwise{{Off: defence.Rotate | defence.Flush, Outcome: event.Hijacked}}, "With any one switch off it still ends defended, with all of them off hijacked."},
		{[]event.Otherwise{{Off: defence.Lax | defence.HTTPOnly, Outcome: event.Defended}}, "With every switch off it ends defended, too."},
		{[]event.Otherwise{{Off: defence.Lax | defence.HTTPOnly}}, "With any one switch off it still ends defended. With all of them off, these steps cannot be played to their end."},
		{
			[]event.Otherwise{{Off: defence.Rotate, Outcome: event.Hijacked}, {Off: defence.Strict, Outcome: event.Forged}, {Off: defence.Lax}},
			"With " + title(defence.Rotate) + " off it ends hijacked; with " + title(defence.Strict) + " off it ends forged. What " + title(defence.Lax) +
				" did cannot be told: without it, these steps cannot be played to their end.",
		},
		{
			[]event.Otherwise{{Off: defence.Rotate | defence.Strict, Outcome: event.Hijacked, Long: true}},
			"The run is too long to tell what each switch did. With all of them off it ends hijacked.",
		},
		{
			[]event.Otherwise{{Off: defence.Rotate | defence.Strict, Long: true}},
			"The run is too long to tell what each switch did. With all of them off, these steps cannot be played to their end.",
		},
	} {
		if got := words.WithoutWords(event.Verdict{Outcome: event.Defended, Without: test.without}); got != test.want {
			t.Errorf("%v gives %q, want %q", test.without, got, test.want)
		}
	}
}

func TestCosts(t *testing.T) {
	paid := event.Verdict{Outcome: event.Hijacked, Costs: []event.Clause{{Text: "x", Frame: 5}, {Text: "y", Frame: 5}, {Text: "z", Frame: 9}},
		Without: []event.Otherwise{{Off: defence.FreshCSRF, Outcome: event.Hijacked}}}
	if got, want := words.WithoutWords(paid), "With “"+defence.FreshCSRF.Infos()[0].Title+"” off it ends hijacked, too, and costs Alice nothing."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := words.CostWords(paid), "Alice paid in steps 6, 10."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	paid.Costs, paid.Without[0].Costs = paid.Costs[:1], 1
	if got, want := words.WithoutWords(paid)+words.CostWords(paid), "With “"+defence.FreshCSRF.Infos()[0].Title+"” off it ends hijacked, too.Alice paid in step 6."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Every end of a run, every gate and every reason to refuse has words of its own.
func TestEveryEndHasWords(t *testing.T) {
	seen := map[string]bool{}
	is := func(of, says string) {
		t.Helper()
		if says == "" || seen[says] || strings.Contains(says, of+".") || !strings.Contains(says, " ") {
			t.Errorf("%s: %q", of, says)
		}
		seen[says] = true
	}
	for _, o := range append([]event.Outcome{""}, event.Outcomes...) {
		word, sentence := words.OutcomeWords(o)
		if is("outcome", sentence); o != "" && strings.ToLower(word) != strings.ReplaceAll(string(o), "-", " ") || word[1:] != strings.ToLower(word[1:]) {
			t.Errorf("%s: %s", o, word)
		}
	}
	for _, g := range event.Gates {
		is("gate", words.GateWords(g))
	}
	for _, d := range []event.Denial{event.OtherOrigin, event.WrongToken, event.NotLoggedIn, event.BadCredentials} {
		if is("denied", words.DenialWords(d)); words.DenialWords(d) == string(d) {
			t.Errorf("the reason %s has no words", d)
		}
	}
	if words.GateWords("") != "" {
		t.Errorf("no gate is %q", words.GateWords(""))
	}
}
