package words

import (
	"fixlab/app/text"
	"fixlab/lab/cookie"
	"fixlab/lab/script"
)

// Browser returns the name of the browsers that follow rules, and what they do.
func Browser(rules cookie.Rules) (name, does string) {
	return text.T("rules.name." + script.Browsers[rules]), text.T("rules.does." + script.Browsers[rules])
}

// InBrowser says whose rules the browsers of a run follow: "in Firefox 153".
func InBrowser(rules cookie.Rules) string { return text.T("rules.in." + script.Browsers[rules]) }
