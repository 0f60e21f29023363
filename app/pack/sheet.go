package pack

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// labLink begins the link of a page to print that leads to the lab.
var labLink = regexp.MustCompile(`<a href="\./">`)

// sheetNames returns the names of the site's pages to print.
func sheetNames(site map[string][]byte) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(site)) {
		if m := styleLink.FindSubmatch(site[name]); m != nil && strings.HasSuffix(name, ".html") && bytes.HasPrefix(m[1], []byte("paper-")) {
			names = append(names, name)
		}
	}
	return names
}

// sheet makes a page to print one that holds all of itself, but for links to its like, and
// returns its style sheet too.
func sheet(site map[string][]byte, name string) (page, css []byte, err error) {
	s := &shell{site: site, name: name, page: string(site[name])}
	s.swap(styleLink, func(g []string) string { css = s.file(g[1]); return "<style>" + string(css) + "</style>" })
	s.swap(iconLink, func([]string) string { return s.icon() })
	s.swap(labLink, func([]string) string { return `<a href="lab.html">` })
	s.swap(policyTag, func([]string) string {
		return `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ` + hashOf(css) + `; img-src data:; base-uri 'none'; form-action 'none'">`
	})
	s.never("</style", css)
	return []byte(s.page), css, s.fault
}
