package cookie

import "testing"

// TestRules switches each rule off in turn. A rule that can go without a case
// of the corpus or a row failing is either not tested or not needed.
func TestRules(t *testing.T) {
	cases := readCorpus(t, "testdata/chromium-cookies.json")
	bites := func(skip uint64) bool {
		for i := range rows {
			if rows[i].play(skip) != "" {
				return true
			}
		}
		for i := range cases {
			if cases[i].play(skip) != "" {
				return true
			}
		}
		return false
	}
	if bites(0) {
		t.Skip("something fails with every rule on: see the other tests")
	}
	for r := pass + 1; r < ruleCount; r++ {
		if !bites(bit(r)) {
			t.Errorf("rule %d (%s) can be switched off and nothing fails", r, refusals[r].Rule)
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
