// Package paper writes what a trainer prints: the handout, the glossary, the answer key,
// the questions before and after, and the speaker notes, as pages of the site. The words
// are files in en; every answer is worked out by playing the lessons.
package paper

import (
	"embed"
	"fmt"
	"html/template"
	"strings"

	"fixlab/app/site"
	"fixlab/scenarios"
)

//go:embed en
var files embed.FS

// sheets are the pages, in the order in which they are offered, with what each prints.
var sheets = []struct {
	name string
	data func() (any, error)
}{
	{"handout", func() (any, error) { return nil, nil }},
	{"glossary", func() (any, error) { return scenarios.Glossary(), nil }},
	{"questions", func() (any, error) { return questions() }},
	{"key", func() (any, error) { return newKey() }},
	{"notes", func() (any, error) { return newNotes() }},
}

// Sheets returns the pages. The error says which lesson, challenge or question does not
// come out as it is written.
func Sheets() (all []site.Sheet, err error) {
	for _, s := range sheets {
		data, err := s.data()
		if err != nil {
			return nil, fmt.Errorf("%s.html: %w", s.name, err)
		}
		sheet, err := fill(s.name, data)
		if err != nil {
			return nil, err
		}
		all = append(all, sheet)
	}
	return all, nil
}

// fill fills in the template of a page, which defines its title, its body and what it is.
func fill(name string, data any) (sheet site.Sheet, err error) {
	t, err := template.New(name).Funcs(template.FuncMap{"meaning": meaning, "letter": letter}).
		ParseFS(files, "en/words.html", "en/"+name+".html")
	if err != nil {
		return sheet, err
	}
	part := func(part string) string {
		var b strings.Builder
		if err == nil {
			err = t.ExecuteTemplate(&b, part, data)
		}
		return strings.TrimSpace(b.String())
	}
	sheet = site.Sheet{Name: name, Title: part("title"), Says: part("says"), Body: template.HTML(part("body"))}
	return sheet, err
}

// meaning is what the glossary says of a word.
func meaning(word string) (string, error) {
	t, ok := scenarios.Meaning(word)
	if !ok {
		return "", fmt.Errorf("the glossary has no %q", word)
	}
	return t.Meaning, nil
}

// letter names the ith of a few options.
func letter(i int) string { return string(rune('a' + i)) }
