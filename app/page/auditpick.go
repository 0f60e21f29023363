//go:build !slim

package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
)

// A Choice is an entry of a list to pick from.
type Choice struct{ Value, Title string }

// noPath is the value of the choice that leaves the private page to the page: no path.
const noPath = "-"

// mostChoices bounds such a list.
const mostChoices = 200

// guess is the choice that leaves it to the page, which takes that; "" for nothing.
func guess(value, taken string) Choice {
	if taken == "" {
		return Choice{value, text.T("audit.guess")}
	}
	return Choice{value, text.T("audit.guess-is", "what", words.Visible(clip(taken, 80)))}
}

// Logins are the requests that may have been the login, the guess first.
func (a Audit) Logins() []Choice {
	taken := ""
	if i := slices.IndexFunc(a.Found.Line, func(p audit.Point) bool { return p.Moment == audit.Login }); i >= 0 && a.opt.Login < 0 {
		taken = a.Found.Line[i].Request
	}
	list := []Choice{guess("-1", taken)}
	for i, x := range a.rec.Exchanges {
		if i != a.opt.Login && !audit.MayBeLogin(x) {
			continue
		}
		if len(list) > mostChoices {
			break
		}
		list = append(list, Choice{strconv.Itoa(i), text.T("audit.request", "n", i+1, "request", words.Visible(clip(x.Method+" "+pathIn(x.URL), 80)))})
	}
	return list
}

// Privates are the pages that may be private, the guess first.
func (a Audit) Privates() []Choice {
	taken := ""
	if a.opt.Private == "" {
		taken = a.Found.Private
	}
	list := []Choice{guess(noPath, taken)}
	seen := map[string]bool{}
	for _, x := range a.rec.Exchanges {
		path, _, _ := strings.Cut(pathIn(x.URL), "?")
		if x.Method != "GET" || seen[path] || asset(path) {
			continue
		}
		if seen[path] = true; len(list) > mostChoices {
			break
		}
		list = append(list, Choice{path, words.Visible(clip(path, 80))})
	}
	return list
}

// asset reports whether a path is that of a part of a page.
func asset(path string) bool {
	return slices.ContainsFunc([]string{".js", ".css", ".png", ".jpg", ".svg", ".gif", ".ico", ".woff2", ".woff", ".webp", ".map"}, func(end string) bool { return strings.HasSuffix(path, end) })
}

// pathIn is the path of an address, with the names of its query.
func pathIn(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
		return "/"
	}
	return address
}

// inputs are the lists to pick from, as the browser must show them.
func (a Audit) inputs() []Input {
	if a.Found == nil {
		return nil
	}
	return []Input{{"audit-login", strconv.Itoa(a.opt.Login)}, {"audit-private", cmp.Or(a.opt.Private, noPath)}}
}
