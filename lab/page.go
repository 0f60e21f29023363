package lab

import (
	"strings"

	"golang.org/x/net/html"
)

// blocks reads a page the way a browser shows it: headings, paragraphs, links,
// list items, labels and buttons, in order. Text is text; nothing in it is
// ever interpreted again.
func blocks(page string) []Block {
	var out []Block
	open := -1
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "h1", "p", "a", "li", "label", "button":
				out = append(out, Block{Tag: tag})
				open = len(out) - 1
			}
		case html.EndTagToken:
			open = -1
		case html.TextToken:
			if open >= 0 {
				out[open].Text += string(z.Text())
			}
		}
	}
}
