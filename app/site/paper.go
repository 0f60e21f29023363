package site

// paper adds the sheets to files, with their style sheet, and returns the names of both.
func (s Source) paper(parts map[string][]byte, page pageData, files map[string][]byte) (names []string, err error) {
	css := join(parts["tokens.css"], parts["paper.css"])
	page.CSS, page.CSSSum, page.Sheets = "paper-"+hash(css)+".css", integrity(css), s.Sheets
	files[page.CSS], names = css, []string{page.CSS}
	for _, page.Sheet = range s.Sheets {
		name := page.Sheet.Name + ".html"
		if files[name], err = render(name, parts["sheet.html"], page); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}
