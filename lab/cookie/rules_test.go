package cookie

import (
	"slices"
	"testing"
)

// TestRules switches each rule off in turn, and takes each trait from each
// browser that has it. One that can go without a case of a corpus or a row
// failing is either not tested or not needed.
func TestRules(t *testing.T) {
	cases := slices.Concat(readCorpus(t, "testdata/chromium-cookies.json").Cases, readCorpus(t, "testdata/chromium-more.json").Cases, readCorpus(t, "testdata/firefox-cookies.json").Cases)
	bites := func(of func(Rules) bool, skip uint64, lacks trait) bool {
		for i := range rows {
			if of(rows[i].rules) && rows[i].play(skip, lacks) != "" {
				return true
			}
		}
		for i := range cases {
			if of(cases[i].rules) && raced[cases[i].ID] == "" && cases[i].play(skip, lacks) != "" {
				return true
			}
		}
		return false
	}
	any := func(Rules) bool { return true }
	if bites(any, 0, 0) {
		t.Skip("something fails with every rule on: see the other tests")
	}
	for r := pass + 1; r < ruleCount; r++ {
		if !bites(any, bit(r), 0) {
			t.Errorf("rule %d (%s) can be switched off and nothing fails", r, refusals[r].Rule)
		}
	}
	for browser, all := range traits {
		all &^= httpsFirst // no jar asks: see TestHTTPSFirst
		if Rules(browser) == Tomorrow {
			all &^= traits[Chromium]
		}
		for one := trait(1); one <= all; one <<= 1 {
			if all&one != 0 && !bites(func(r Rules) bool { return r == Rules(browser) }, 0, one) {
				t.Errorf("browser %d can do without trait %#x and nothing fails", browser, one)
			}
		}
	}
}

// TestRefusals holds each refusal to its form: a rule, a section, one
// sentence of at most twenty words.
func TestRefusals(t *testing.T) {
	for r := pass + 1; r < ruleAttributeSize; r++ {
		f := refusals[r]
		if f.Rule == "" || f.Section == "" || !plainSentence(f.Why) {
			t.Errorf("rule %d: %+v", r, f)
		}
	}
	if bit(ruleCount-1) == 0 {
		t.Errorf("%d rules do not fit in Jar.skip", ruleCount)
	}
}

func plainSentence(s string) bool {
	words := 1
	for i := range len(s) {
		if s[i] == ' ' {
			words++
		}
	}
	return s != "" && s[len(s)-1] == '.' && words <= 20
}
