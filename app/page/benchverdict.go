package page

import (
	"errors"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/bench"
	"fixlab/lab/sign"
)

// A BenchVerdict is what becomes of the text under Verify.
type BenchVerdict struct {
	Reading  bench.Reading
	Accepted bool
	Word     string // "ACCEPTED", "REFUSED", "CRASH" or ""
	Says     string // why
}

// Judged returns what becomes of a signed text under the fields of Verify.
func (b Bench) Judged(signed string) BenchVerdict {
	if signed == "" {
		return BenchVerdict{Says: text.T("bench.nothing-to-verify")}
	}
	r, err := b.Reading(signed)
	switch {
	case err != nil:
		return BenchVerdict{Says: err.Error()}
	case r.Err == nil:
		return BenchVerdict{r, true, "ACCEPTED", text.T("bench.right")}
	case errors.Is(r.Err, sign.ErrCrash):
		return BenchVerdict{r, false, "CRASH", r.Why}
	}
	return BenchVerdict{r, false, "REFUSED", r.Why}
}

// Said is the word as the page shows it.
func (v BenchVerdict) Said() string {
	if v.Word == "" {
		return ""
	}
	return text.T("bench.word-" + strings.ToLower(v.Word))
}

// Stamped reports whether a text of the format says when it was signed.
func Stamped(s *bench.Scheme) bool {
	for _, a := range s.Asks {
		if a.Field == bench.FieldTime {
			return true
		}
	}
	return false
}

// says is what the live region says of the bench.
func (b Bench) says() string {
	b = b.Ready()
	say := func(v BenchVerdict) string {
		if v.Word == "" {
			return v.Says
		}
		return text.T("bench.say-"+strings.ToLower(v.Word), "why", v.Says)
	}
	if b.Copied != "" {
		return text.T("bench.copied-says")
	}
	if t, ok := b.Tampered(); ok {
		return t.Says + " " + say(t.Verdict) + " " + t.Note
	}
	return text.T("bench.verify-says", "what", say(b.Judged(b.Text)))
}
