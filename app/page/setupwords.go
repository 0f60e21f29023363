package page

import (
	"slices"
	"strings"

	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// SetupWords says how the setup of a run differs from its lesson's own, which with
// says in the words that scenarios.With reads: "value “Her own login”, in Firefox 153".
func SetupWords(with string) string {
	if with == "" {
		return ""
	}
	list := strings.Split(with, "+")
	for i, word := range list {
		profile, isProfile := server.ByID(word)
		switch r, f := scenarios.Route(word), TokenNamed(word); {
		case isProfile:
			list[i] = "server “" + profile.Title + "”"
		case r != nil:
			list[i] = "route “" + r.Title + "”"
		case f != nil:
			list[i] = "value “" + f.Title + "”"
		case word == "fresh":
			list[i] = "Alice’s first visit"
		case word == "visited":
			list[i] = "Alice has been here before"
		case slices.Contains(script.Browsers, word):
			list[i] = words.InBrowser(cookie.Rules(slices.Index(script.Browsers, word)))
		}
	}
	return strings.Join(list, ", ")
}
