package pack

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"

	"fixlab/app/class"
)

var titleTag = regexp.MustCompile(`<title>(.*)</title>`)

//go:embed readme.html
var readmeText string

// readme returns the page for trainers: what is in the pack, and how it is used.
func readme(site map[string][]byte) []byte {
	var papers []string
	for _, name := range sheetNames(site) {
		title := ""
		if m := titleTag.FindSubmatch(site[name]); m != nil {
			title, _, _ = strings.Cut(string(m[1]), " · ")
		}
		papers = append(papers, `<a href="`+name+`">`+title+"</a>")
	}
	return []byte(strings.NewReplacer("{{PAPERS}}", strings.Join(papers, ", "), "{{PASS}}", strconv.Itoa(class.PassMark)).Replace(readmeText))
}
