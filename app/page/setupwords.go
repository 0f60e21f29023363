package page

import (
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// SetupWords says how the setup of a run differs from its lesson's own, which with
// says in the words that scenarios.With reads, under these switches: "value “Her own login”, in Firefox 153".
func SetupWords(with string, on defence.Set) string {
	if with == "" {
		return ""
	}
	list := strings.Split(with, "+")
	for i, word := range list {
		profile, isProfile := server.ByID(word)
		switch r, f := scenarios.Route(word), TokenNamed(word); {
		case isProfile:
			list[i] = text.T("setup-words.server", "title", profile.Under(on))
		case r != nil:
			list[i] = text.T("setup-words.route", "title", r.Title)
		case f != nil:
			list[i] = text.T("setup-words.value", "title", f.Title)
		case word == "fresh":
			list[i] = text.T("setup-words.fresh")
		case word == "visited":
			list[i] = text.T("setup-words.visited")
		case slices.Contains(script.Browsers, word):
			list[i] = words.InBrowser(cookie.Rules(slices.Index(script.Browsers, word)))
		}
	}
	return strings.Join(list, ", ")
}

// RowWords says what a row's run has that the lesson as it stands has not: the switches
// that are on, and the setup; "" for nothing.
func RowWords(row string) string {
	on, with, err := scenarios.ParseRow(row)
	if err != nil {
		return ""
	}
	list := []string{SwitchWords(on), SetupWords(with, on)}
	return strings.Join(slices.DeleteFunc(list, func(says string) bool { return says == "" }), ", ")
}

// SwitchWords lists switches by their titles, "" for none.
func SwitchWords(on defence.Set) string {
	var list []string
	for _, d := range on.Infos() {
		list = append(list, "“"+d.Title+"”")
	}
	return strings.Join(list, ", ")
}
