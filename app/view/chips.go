package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
	"fixlab/app/words"
)

// value shows a cookie's value: its chip, and that a signature follows.
func value(keys []string, v string) []app.UI {
	pieces := words.Pieces(keys, v)
	if len(pieces) > 0 && pieces[0].Key > 0 {
		out := []app.UI{key(pieces[0].Key, "")}
		if len(pieces) > 1 {
			out = append(out, signedMark())
		}
		return out
	}
	return chips(keys, v)
}

// inWords shows text with a chip for every session id in it, and code between backticks.
func inWords(keys []string, s string) []app.UI {
	if strings.Contains(s, "`") {
		return coded(s)
	}
	return chips(keys, s)
}

// coded shows text in which code stands between backticks.
func coded(s string) []app.UI {
	var out []app.UI
	for i, part := range strings.Split(s, "`") {
		if i%2 == 1 {
			out = append(out, txt("code", "", part))
		} else if part != "" {
			out = append(out, app.Text(part))
		}
	}
	return out
}

// signedMark says that a value is signed: drawn as the end of the value, read as a word.
func signedMark() app.UI {
	return el("span", "sig", node("span", "aria-hidden=true").Text(text.T("jar.signature")), txt("span", "vh", " "+text.T("jar.signed")))
}

// chips shows text with a chip for every session id in it, its signature as a mark, and
// with the middle left out of words too long to read.
func chips(keys []string, s string) []app.UI {
	var out []app.UI
	for _, p := range words.Pieces(keys, s) {
		switch {
		case p.Key > 0:
			out = append(out, key(p.Key, ""))
		case p.Signed:
			out = append(out, signedMark())
		default:
			out = append(out, app.Text(words.Short(p.Text)))
		}
	}
	return out
}
