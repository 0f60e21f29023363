package words

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/event"
)

// GateWords says in a sentence at which gate the attack stopped, "" for none.
func GateWords(g event.Gate) string {
	if g == "" {
		return ""
	}
	return text.T("gate." + string(g))
}

// OutcomeWords says an outcome in a word or two, as a sentence begins, and in a sentence;
// "" is that of a run which was stopped.
func OutcomeWords(o event.Outcome) (word, sentence string) {
	return named(o), text.T("outcome.says." + cmp.Or(string(o), "stopped"))
}

// named is an outcome as a sentence begins.
func named(o event.Outcome) string { return text.T("outcome.word." + cmp.Or(string(o), "stopped")) }

// Spaced is an outcome inside of a sentence.
func Spaced(o event.Outcome) string { return strings.ToLower(named(o)) }

// Ending says how a run ended in a word or two, written as a sentence begins, and why:
// at which gate the attack stopped, where it did.
func Ending(v event.Verdict) (word, because string) {
	word = named(v.Outcome)
	_, because = OutcomeWords(v.Outcome)
	if g := GateWords(v.Gate); g != "" {
		because = g
	}
	return word, because
}

// SoFar says how a run stands that somebody is still writing, in a word or two and a
// sentence. Nothing is defended before a switch has made the difference: until then it did no
// harm, and harmless is true.
func SoFar(v event.Verdict) (word, because string, harmless bool) {
	word, because = Ending(v)
	if v.Outcome != event.Defended || slices.ContainsFunc(v.Without, func(o event.Otherwise) bool { return o.Outcome.Harm() }) {
		return word, because, false
	}
	if n := len(v.Because); n > 0 {
		because = v.Because[n-1].Text
	}
	return text.T("result.no-harm"), because, true
}

// AlsoWords says what held besides the outcome, "" when nothing did.
func AlsoWords(v event.Verdict) string {
	if len(v.Also) == 0 {
		return ""
	}
	var names []string
	for _, o := range v.Also {
		names = append(names, Spaced(o))
	}
	return text.T("outcome.also", "list", strings.Join(names, ", "))
}

// WithoutWords says what the switches that were on did, "" when none was.
func WithoutWords(v event.Verdict) string {
	if len(v.Without) == 0 {
		return ""
	}
	if all := v.Without[0]; all.Off.Len() > 1 {
		switch {
		case all.Long && all.Outcome == "":
			return text.T("without.long-cut")
		case all.Long:
			return text.T("without.long", "other", Spaced(all.Outcome))
		}
		switch all.Outcome {
		case v.Outcome:
			return text.T("without.every", "outcome", Spaced(v.Outcome), "free", free(v, all))
		case "":
			return text.T("without.any-cut", "outcome", Spaced(v.Outcome))
		}
		return text.T("without.any", "outcome", Spaced(v.Outcome), "other", Spaced(all.Outcome))
	}
	var known, untold []string
	for _, o := range v.Without {
		switch title := text.T("without.title", "title", o.Off.Infos()[0].Title); o.Outcome {
		case v.Outcome:
			known = append(known, text.T("without.one-same", "title", title, "outcome", Spaced(o.Outcome), "free", free(v, o)))
		case "":
			untold = append(untold, title)
		default:
			known = append(known, text.T("without.one", "title", title, "outcome", Spaced(o.Outcome), "free", free(v, o)))
		}
	}
	var out []string
	if known != nil {
		out = append(out, text.T("without.list", "list", strings.Join(known, text.T("without.and")+" ")))
	}
	if untold != nil {
		out = append(out, text.T("without.untold", "list", strings.Join(untold, " "+text.T("without.or")+" ")))
	}
	return strings.Join(out, " ")
}

// free says that what costs Alice something costs her nothing otherwise.
func free(v event.Verdict, o event.Otherwise) string {
	if len(v.Costs) > 0 && o.Costs == 0 {
		return text.T("without.free")
	}
	return ""
}

// CostWords says in a sentence what Alice paid, "" when it was nothing.
func CostWords(v event.Verdict) string {
	if len(v.Costs) == 0 {
		return ""
	}
	var steps []string
	for _, c := range v.Costs {
		if n := strconv.Itoa(c.Frame + 1); !slices.Contains(steps, n) {
			steps = append(steps, n)
		}
	}
	if len(steps) == 1 {
		return text.T("costs.one", "n", steps[0])
	}
	return text.T("costs.many", "list", strings.Join(steps, ", "))
}

// OutcomeIcon names the icon of an outcome.
func OutcomeIcon(o event.Outcome) string {
	switch {
	case o.Hijack(), o == event.Forged:
		return "hijacked"
	case o == event.Trapped, o == event.Exposed, o == event.Poisoned:
		return "trapped"
	case o == event.Defended:
		return "defended"
	case o == event.NoAttack, o == event.NotApplicable:
		return "nothing"
	}
	return "broken"
}

// Thousands writes a number with a thin space every three digits.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// DenialWords says why the server refused a request, as a clause.
func DenialWords(d event.Denial) string {
	switch d {
	case event.OtherOrigin:
		return text.T("denied.origin")
	case event.WrongToken:
		return text.T("denied.token")
	case event.NotLoggedIn:
		return text.T("denied.nobody")
	case event.BadCredentials:
		return text.T("denied.secret")
	}
	return string(d)
}
