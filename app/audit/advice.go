//go:build !wasm

package audit

import (
	"strings"

	"fixlab/lab"
	core "fixlab/lab/audit"
	"fixlab/lab/audit/token"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// shown are the lab's runs of the same attacks: a lesson, its switches, and the words behind
// the profile's.
var shown = map[string]struct{ lesson, on, words string }{
	"F1":  {"any-route", "none", "trap"},
	"F1b": {"any-route", "none", "trap"},
	"F1c": {"any-route", "none", "trap"},
	"F3":  {"any-route", "none", "own"},
	"F4":  {"any-route", "none", "forged"},
	"F5":  {"any-route", "none", "oracle"},
	"F6":  {"flask-default-id", "none", ""},
	"F7":  {"any-route", "none", "url-id+trap"},
	"F7b": {"any-route", "none", "url-id+trap"},
	"F7c": {"any-route", "none", "form-id+trap"},
	"S1":  {"any-route", "none", "trap"},
	"L1":  {"logout-keeps-the-record", "keep-at-logout", ""},
}

// advise adds to what worked the lines that mend it, and the lab's run that shows it.
func (r *run) advise() {
	t := r.recognised()
	for i := range r.report.Results {
		x := &r.report.Results[i]
		if x.Verdict == core.Worked {
			x.Mend, x.Play = mend(x.ID, t, r.session), play(x.ID, t.Profile)
		}
	}
}

// recognised is what the session's cookie was recognised as.
func (r *run) recognised() token.Token {
	if b := r.jars[r.last[core.Victim]]; b != nil {
		for _, e := range r.sessionOf(b) {
			if t := token.Recognise(e.Name, e.Value); t.Of == "" {
				return t
			}
		}
	}
	return token.Token{}
}

// play returns the words of a run in which the lab's nearest server falls to the same
// attack; the lab's own server where that one does not; "" where neither does.
func play(id, profile string) string {
	show, ok := shown[id]
	if !ok {
		return ""
	}
	for _, with := range []string{profile, "signed-id", "flask-session-old", "flask-seed"} {
		words := strings.Trim(with+"+"+show.words, "+")
		text := show.lesson + "/" + show.on
		if show.lesson != "flask-default-id" {
			text += "@" + words
		}
		if falls(text) {
			return text
		}
	}
	return ""
}

// falls reports whether a run of the lab ends in harm.
func falls(text string) bool {
	p, err := scenarios.ParsePlay(text)
	if err != nil {
		return false
	}
	s, err := p.Scenario()
	if err != nil {
		return false
	}
	t, err := lab.Run(s, p.On)
	if err != nil {
		return false
	}
	return t.Verdict.Outcome.Hijack() || t.Verdict.Outcome == event.Forged || t.Verdict.Outcome == event.Zombie
}
