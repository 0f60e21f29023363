package page

import (
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// changesAt says what step i changed on the server and in the browsers, a sentence for
// each row and each cookie that the page marks.
func changesAt(t *lab.Trace, i int) []string {
	var out []string
	for _, r := range words.StoreRows(t, i) {
		if r.Change == words.Same {
			continue
		}
		user := r.User
		if user == "" {
			user = text.T("store.nobody")
		}
		out = append(out, text.T("say.row", "id", shortly(t, r.Key), "who", words.Person(user), "change", text.T("change."+string(r.Change))))
	}
	for _, who := range []string{event.Mallory, event.Alice} {
		var before []cookie.Entry
		if i > 0 {
			before = t.Frames[i-1].State.Browser(who).Jar
		}
		now := t.Frames[i].State.Browser(who).Jar
		for _, e := range now {
			if c := words.ValueChange(before, e); c != words.Same {
				out = append(out, text.T("say.cookie", "who", words.Person(who), "name", e.Name, "value", shortly(t, e.Value), "change", text.T("change."+string(c))))
			}
		}
		for _, e := range before {
			if !slices.ContainsFunc(now, func(o cookie.Entry) bool { return words.SameCookie(o, e) }) {
				out = append(out, text.T("say.cookie.gone", "who", words.Person(who), "name", e.Name))
			}
		}
	}
	return out
}

// shortly is a session id or a cookie's value as the page shows it: by its label.
func shortly(t *lab.Trace, value string) string {
	pieces := words.Pieces(t.Keys, value)
	for i, p := range pieces {
		if p.Key == 0 {
			continue
		}
		if i+1 < len(pieces) && strings.TrimSpace(pieces[i+1].Text) != "" {
			return t.Label(p.Text) + ", " + text.T("jar.signed")
		}
		return t.Label(p.Text)
	}
	return words.Short(value)
}
