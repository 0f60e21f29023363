package words

import "fixlab/lab/cookie"

// Browsers are a browser's name and what it does, in the order of cookie.Rules.
var Browsers = [...][2]string{
	{"Chromium 156", "What today’s Chromium does."},
	{"The draft to the letter", "What the cookie draft, 6265bis-22, says and no more."},
	{"Tomorrow", "Chromium with cookies bound to scheme and port, today behind flags."},
	{"Firefox 153", "What today’s Firefox does."},
}

// InBrowser says whose rules the browsers of a run follow: "in Firefox 153".
func InBrowser(rules cookie.Rules) string {
	switch rules {
	case cookie.Draft:
		return "by the draft to the letter"
	case cookie.Tomorrow:
		return "in tomorrow’s Chromium"
	}
	return "in " + Browsers[rules][0]
}
