package export

import (
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// Markdown returns a run as a page of CommonMark: what was played, each step with what
// happened in it, how it ended and why, and the script. The script is a scenario file
// that can be played and checked.
func Markdown(t *lab.Trace) string {
	var b strings.Builder
	line := func(s ...string) { b.WriteString(strings.Join(s, "") + "\n") }
	heading := func(s string) { line("\n## ", prose(s), "\n") }

	line("# ", prose(t.Scenario.Title), "\n")
	for _, s := range setup(t) {
		line("- ", s)
	}

	heading(text.T("export.steps"))
	for i, f := range t.Frames {
		number := strconv.Itoa(i+1) + ". "
		line(strings.TrimRight(number+code(f.Step.String())+" "+prose(f.Step.Caption), " "))
		var says []string
		for _, s := range words.Happened(t, i) {
			says = append(says, prose(words.Spoken(t, s)))
		}
		line("\n", strings.Repeat(" ", len(number)), strings.Join(says, " "), "\n")
	}

	heading(text.T("stage.result"))
	_, says := words.OutcomeWords(t.Verdict.Outcome)
	line("**", prose(result(t)), "** ", prose(says), " ", prose(words.GateWords(t.Verdict.Gate)))
	if t.Cut != "" {
		line("\n", code(t.Cut))
	}
	line()
	for _, c := range t.Verdict.Because {
		line("- ", prose(text.T("export.because", "n", c.Frame+1, "why", words.Spoken(t, c.Text))))
	}
	for _, c := range t.Verdict.Costs {
		line("- ", prose(text.T("export.cost", "n", c.Frame+1, "what", words.Spoken(t, c.Text))))
	}
	for _, s := range []string{words.AlsoWords(t.Verdict), words.WithoutWords(t.Verdict)} {
		if s != "" {
			line("\n", prose(s))
		}
	}

	heading(text.T("export.script"))
	source := source(t)
	fence := strings.Repeat("`", max(3, ticks(source)+1)) // CommonMark 4.5
	line(fence, "text")
	line(strings.TrimSuffix(source, "\n"))
	line(fence)
	return b.String()
}

// setup says what a run is played with, a line for each.
func setup(t *lab.Trace) (out []string) {
	s := t.Scenario
	say := func(what, picked string) {
		out = append(out, prose(text.T("setup.at", "what", what, "picked", picked)))
	}
	switches := func(what string, set defence.Set) {
		var all []string
		for _, x := range set.Infos() {
			all = append(all, code(x.Name)+" "+prose(x.Title))
		}
		if all == nil {
			all = []string{prose(text.T("compare.no-switch"))}
		}
		out = append(out, prose(text.T("setup.at", "what", what, "picked", ""))+" "+strings.Join(all, ", "))
	}
	p, _ := server.ByID(s.Profile)
	say(text.T("setup.server"), p.Under(s.Under(t.Defences)))
	switches(text.T("export.switches"), t.Defences)
	if s.On != 0 {
		switches(text.T("export.own"), s.On)
	}
	token := s.Token
	if r := scenarios.Route(s.Route); r != nil && s.Opens("route") {
		say(text.T("setup.route"), r.Title)
		if r.Token != "" {
			token = r.Token
		}
	}
	for _, f := range scenarios.Tokens {
		if f.Name == token && s.Opens("token") {
			say(text.T("setup.value"), f.Title)
		}
	}
	browser, _ := words.Browser(s.Browser)
	say(text.T("setup.browser"), browser)
	if s.Visited && s.Opens("visit") {
		out = append(out, prose(text.T("setup.visited")))
	}
	return out
}

// source is the scenario's file with the run for its want row.
func source(t *lab.Trace) string {
	s := t.Scenario.Source()
	if t.Cut != "" {
		return s
	}
	key := ""
	if t.Verdict.Key != "" {
		key = " *"
	}
	return s + "\n-- want --\n" + script.Row(t.Defences, "") + " " + string(t.Verdict.Outcome) + key + "\n"
}

// code writes text as a code span, which no backtick in it ends (CommonMark 6.1).
func code(s string) string {
	s = words.Visible(s)
	fence := strings.Repeat("`", ticks(s)+1)
	if s == "" || s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}

// ticks returns the length of the longest run of backticks.
func ticks(s string) (most int) {
	n := 0
	for _, c := range []byte(s) {
		if n++; c != '`' {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

// marks are what may begin markup in the midst of a line of CommonMark, of GitHub's
// extensions or of the templates that Markdown is written in.
const marks = "\\`*_[]{}<>&#~|$!"

// prose writes text so that none of it is markup. A word that some program would make a
// link of, even where its characters are escaped, is a code span.
func prose(s string) string {
	all := strings.Fields(words.Visible(s))
	for i, word := range all {
		if low := strings.ToLower(word); strings.Contains(low, "://") || strings.Contains(low, "www.") || strings.ContainsAny(word, "@#") {
			address := strings.TrimRight(word, ":;,.?") // of the sentence that it stands in
			all[i] = code(address) + word[len(address):]
			continue
		}
		var b strings.Builder
		for k, c := range []byte(word) {
			if strings.IndexByte(marks, c) >= 0 || i == 0 && opens(word, k) {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		}
		all[i] = b.String()
	}
	return strings.Join(all, " ")
}

// opens reports whether word[k] would make a block of a line that begins with word: a
// list, a heading or a rule (CommonMark 4 and 5).
func opens(word string, k int) bool {
	switch word[k] {
	case '-', '+', '=', ':':
		return k == 0
	case '.', ')':
		return k > 0 && strings.Trim(word[:k], "0123456789") == ""
	}
	return false
}
