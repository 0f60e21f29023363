package page

import (
	"errors"
	"strings"

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

// Judged returns what becomes of text under the fields of Verify.
func (b Bench) Judged(text string) BenchVerdict {
	if text == "" {
		return BenchVerdict{Says: "There is nothing to verify. Paste a signed text."}
	}
	r, err := b.Reading(text)
	switch {
	case err != nil:
		return BenchVerdict{Says: err.Error()}
	case r.Err == nil:
		return BenchVerdict{r, true, "ACCEPTED", "The signature is right."}
	case errors.Is(r.Err, sign.ErrCrash):
		return BenchVerdict{r, false, "CRASH", r.Why}
	}
	return BenchVerdict{r, false, "REFUSED", r.Why}
}

// Proves is what a good signature of the format says, and what it does not.
func Proves(s *bench.Scheme) (does, not string) {
	does = "that somebody with the secret made this text, so this server did."
	if stamped(s) {
		return does + " Here also when, to the second.", "for whom it was made, or who shows it now. A copy is as good as the original."
	}
	return does, "for whom it was made, who shows it now, or when it was made. A copy is as good as the original."
}

func stamped(s *bench.Scheme) bool {
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
		return v.Word[:1] + strings.ToLower(v.Word[1:]) + ". " + v.Says
	}
	if b.Copied != "" {
		return "Copied."
	}
	if t, ok := b.Tampered(); ok {
		return t.Says + " " + say(t.Verdict) + " " + t.Note
	}
	return "Verify: " + say(b.Judged(b.Text))
}
