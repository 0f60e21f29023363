package words

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/event"
)

// GateWords says in a sentence at which gate the attack stopped.
func GateWords(g event.Gate) string {
	switch g {
	case event.Obtain:
		return "Mallory never had a value to use."
	case event.Deliver:
		return "Mallory’s value never got into Alice’s browser."
	case event.Select:
		return "At login the server read another cookie than Mallory’s."
	case event.Accept:
		return "The server did not take what Mallory brought."
	case event.Elevate:
		return "Login did not put Alice into the session that Mallory knows."
	case event.Bind:
		return "The session works in Alice’s browser only."
	case event.Replay:
		return "What Mallory had did not work for her afterwards."
	case event.AfterLogout:
		return "When Alice had logged out, her old cookie did not work any more."
	}
	return ""
}

// OutcomeWords says an outcome in a few capitals and a sentence; "" is that of a run
// which was stopped.
func OutcomeWords(o event.Outcome) (word, sentence string) {
	word = strings.ToUpper(spaced(o))
	switch o {
	case event.Hijacked:
		sentence = "The server took Mallory for Alice."
	case event.HijackedWithAccount:
		sentence = "The server took Mallory for Alice. She needed an account of her own for it."
	case event.Forged:
		sentence = "What Mallory wrote changed something of Alice’s."
	case event.Trapped:
		sentence = "Alice was served, or acted, in Mallory’s account."
	case event.Exposed:
		sentence = "Mallory was shown what belongs to Alice’s session."
	case event.Poisoned:
		sentence = "Alice’s session holds what Mallory wrote into it."
	case event.Zombie:
		sentence = "A cookie of Alice’s still worked when she had logged out."
	case event.Impersonated:
		sentence = "Mallory proved herself with Alice’s own secret: no session defence is asked."
	case event.Broken:
		sentence = "Alice could not use her own account."
	case "":
		word, sentence = "NO VERDICT", "The run was stopped before its end."
	case event.NotApplicable:
		sentence = "This server has no session key that two browsers could share."
	case event.Defended:
		sentence = "Mallory was never served as Alice."
	case event.NoAttack:
		sentence = "Nobody attacked: Mallory did nothing that could reach Alice."
	}
	return word, sentence
}

// Ending says how a run ended in a word or two, written as a sentence begins, and why:
// at which gate the attack stopped, where it did.
func Ending(v event.Verdict) (word, because string) {
	word, because = OutcomeWords(v.Outcome)
	if g := GateWords(v.Gate); g != "" {
		because = g
	}
	return word[:1] + strings.ToLower(word[1:]), because
}

// AlsoWords says what held besides the outcome, "" when nothing did.
func AlsoWords(v event.Verdict) string {
	if len(v.Also) == 0 {
		return ""
	}
	var names []string
	for _, o := range v.Also {
		names = append(names, spaced(o))
	}
	return "Also: " + strings.Join(names, ", ") + "."
}

// WithoutWords says what the switches that were on did, "" when none was.
func WithoutWords(v event.Verdict) string {
	if len(v.Without) == 0 {
		return ""
	}
	if all := v.Without[0]; all.Off.Len() > 1 {
		switch all.Outcome {
		case v.Outcome:
			return "With every switch off it ends " + spaced(v.Outcome) + ", too" + free(v, all) + "."
		case "":
			return "With any one switch off it still ends " + spaced(v.Outcome) + ". With all of them off, these steps cannot be played to their end."
		}
		return "With any one switch off it still ends " + spaced(v.Outcome) + ", with all of them off " + spaced(all.Outcome) + "."
	}
	var known, untold []string
	for _, o := range v.Without {
		switch title := "“" + o.Off.Infos()[0].Title + "”"; o.Outcome {
		case v.Outcome:
			known = append(known, title+" off it ends "+spaced(o.Outcome)+", too"+free(v, o))
		case "":
			untold = append(untold, title)
		default:
			known = append(known, title+" off it ends "+spaced(o.Outcome)+free(v, o))
		}
	}
	var out []string
	if known != nil {
		out = append(out, "With "+strings.Join(known, "; with ")+".")
	}
	if untold != nil {
		out = append(out, "What "+strings.Join(untold, " or ")+" did cannot be told: without it, these steps cannot be played to their end.")
	}
	return strings.Join(out, " ")
}

// free says that what costs Alice something costs her nothing otherwise.
func free(v event.Verdict, o event.Otherwise) string {
	if len(v.Costs) > 0 && o.Costs == 0 {
		return ", and costs Alice nothing"
	}
	return ""
}

// spaced is an outcome in small letters.
func spaced(o event.Outcome) string { return strings.ReplaceAll(string(o), "-", " ") }

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
		return "Alice paid in step " + steps[0] + "."
	}
	return "Alice paid in steps " + strings.Join(steps, ", ") + "."
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
		return "a page of another origin sent it"
	case event.WrongToken:
		return "its token is not that of the session"
	case event.NotLoggedIn:
		return "nobody is logged in to its session"
	case event.BadCredentials:
		return "the name and the secret do not belong together"
	}
	return string(d)
}
