package record

import (
	"slices"
	"strings"

	"fixlab/lab/audit"
)

// columns are those of the cookie table in Chrome's and in Firefox's tools, which begin
// alike; what comes after them is not needed.
var columns = []string{"name", "value", "domain", "path", "expires / max-age", "size", "httponly", "secure", "samesite"}

func cells(line string) []string {
	return strings.Split(strings.TrimRight(line, "\r"), "\t")
}

// isTable reports whether a line is of a cookie table: its head, or a row as it is without.
func isTable(line string) bool {
	if strings.Count(line, "\t") < 4 || len(line) > 4*maxValue {
		return false
	}
	c := cells(line)
	return isHead(c) || c[0] != "" && strings.HasPrefix(c[3], "/") && c[2] != "" && !strings.ContainsAny(c[2], " /") &&
		(strings.Contains(c[2], ".") || c[2] == "localhost")
}

func isHead(c []string) bool {
	return strings.EqualFold(c[0], "name") && slices.ContainsFunc(c, func(s string) bool { return strings.EqualFold(s, "value") })
}

// table reads the rows from r.at on. The cookies of one host are one exchange, in which
// nothing was asked: the table is of one moment.
func (r *reader) table() {
	order := columns
	var found []item
	for r.at < len(r.text) {
		line := r.line()
		if !isTable(line) {
			break
		}
		c := cells(line)
		if isHead(c) {
			if len(found) > 0 {
				break // another moment
			}
			order = nil
			for _, name := range c {
				order = append(order, strings.ToLower(strings.TrimSpace(name)))
			}
		} else {
			found = row(r, found, order, c)
		}
		r.pass(line)
	}
	for _, x := range found {
		r.add(x)
	}
}

func row(r *reader, found []item, order, c []string) []item {
	cell := func(names ...string) string {
		for i, name := range order {
			if i < len(c) && slices.Contains(names, name) {
				return strings.ToValidUTF8(strings.Clone(strings.TrimSpace(c[i])), "\ufffd")
			}
		}
		return ""
	}
	domain := cell("domain", "host")
	k := harCookie{name: cell("name"), value: cell("value"), path: cell("path"), sameSite: cell("samesite"),
		secure: yes(cell("secure", "issecure")), httpOnly: yes(cell("httponly", "ishttponly"))}
	if strings.EqualFold(k.sameSite, "none") && !k.secure {
		k.sameSite = "" // Firefox writes "None" where there is no SameSite
	}
	if strings.HasPrefix(domain, ".") {
		k.domain = strings.TrimPrefix(domain, ".")
	}
	if t := cell("expires / max-age", "expires", "expires/max-age"); !stamp(t).IsZero() || strings.HasSuffix(t, "GMT") {
		k.expires = t
	}
	x := item{kind: audit.Table}
	if !x.ask("GET", "https://"+strings.TrimPrefix(domain, ".")+"/") {
		r.problem("line %d: a row of cookies without a domain", r.place(r.at))
		return found
	}
	x.Method = ""
	i := slices.IndexFunc(found, func(y item) bool { return y.URL == x.URL })
	if i < 0 {
		i, found = len(found), append(found, x)
	}
	found[i].Set = append(found[i].Set, k.line())
	return found
}

// yes reads a flag: Chrome has a tick, Firefox the word.
func yes(s string) bool { return s == "✓" || strings.EqualFold(s, "true") }
