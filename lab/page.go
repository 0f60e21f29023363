package lab

import "strings"

// unescape is the inverse of html.EscapeString, which every page here uses.
var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&")

// blocks reads a page the way a browser shows it: headings, paragraphs, links,
// list items, labels and buttons, in order. It knows the HTML that the hosts of
// this network write: escaped text between tags. What it finds is text; nothing
// in it is ever interpreted again.
func blocks(page string) []Block {
	var out []Block
	shown := false
	for page != "" {
		text, rest, _ := strings.Cut(page, "<")
		if shown {
			out[len(out)-1].Text += unescape.Replace(text)
		}
		var tag string
		tag, page, _ = strings.Cut(rest, ">")
		switch name, _, _ := strings.Cut(tag, " "); name {
		case "h1", "p", "a", "li", "label", "button":
			out = append(out, Block{Tag: name})
			shown = true
		case "input": // within its label
		default:
			shown = false
		}
	}
	return out
}
