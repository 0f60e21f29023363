package bench

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/sign"
)

// why explains in one or two sentences why r was refused, and at which part.
func why(r Reading, set settings) string {
	c, library := r.Check, strings.TrimSuffix(r.Err.Error(), ".")
	switch {
	case errors.Is(r.Err, sign.ErrCrash):
		return "Here the real code does not refuse, it raises an exception, and the visitor sees an error 500: " + library + "."
	case errors.Is(r.Err, sign.ErrExpired):
		made := ""
		for _, l := range r.Layers {
			for _, p := range l.Parts {
				if p.Date != "" {
					made = p.Date
				}
			}
		}
		return "The signature is right, but its time is not. It was signed at " + made + ", and it is checked at " + date(set.time) +
			" for a lifetime of " + strconv.FormatInt(int64(set.lifetime/time.Second), 10) + " seconds. In the library’s words: " + library + "."
	case c.Equal && errors.Is(r.Err, sign.ErrMalformed):
		return "The signature is right, but what it signs is not of this format: " + library + "."
	case errors.Is(r.Err, sign.ErrMalformed):
		return "It has not the parts of this format: " + library + "."
	}
	return badSignature(c, set)
}

// badSignature says how the received signature differs from the right one.
func badSignature(c sign.Check, set settings) string {
	got, want := c.Received, c.Expected
	if got == "" {
		return "The signature is missing: nothing stands in its place."
	}
	var strange string
	differ, first := 0, 0
	for i := range max(len(got), len(want)) {
		if i < len(got) && strange == "" && !sign.Only(got[i:i+1], sign.URLDigits+"+/=") {
			strange = runeAt(got, i)
		}
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			if differ++; differ == 1 {
				first = i + 1
			}
		}
	}
	n := strconv.Itoa
	switch {
	case strange != "":
		return "The signature is wrong: it holds " + strconv.Quote(strange) + ", which no signature of this format has."
	case len(got) != len(want):
		return "The signature is wrong: it has " + n(len(got)) + " characters, and the right one has " + n(len(want)) + "."
	case differ <= 3:
		return "The signature is wrong in " + count(differ, "character") + " of " + n(len(want)) + ", the first of them number " + n(first) + ": the signature itself was changed."
	}
	other := "the secret or the value is not the one that was signed with"
	switch {
	case set.salt != "" && set.name != "":
		other = "the secret, the name, the salt or the value is not the one that was signed with"
	case set.salt != "":
		other = "the secret, the salt or the value is not the one that was signed with"
	case set.name != "":
		other = "the secret, the name or the value is not the one that was signed with"
	}
	return "The signature is wrong from character " + n(first) + " on, in " + n(differ) + " of " + n(len(want)) + ": " + other + "."
}
