package world

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"fixlab/lab/event"
	"fixlab/lab/server"
)

// A document is a page that a browser has loaded. What it shows is text;
// nothing in it is ever interpreted again by the real page.
type document struct {
	url    *url.URL
	top    string // the origin of the top-level document; "" when it is that itself
	blocks []event.Block
	links  []link
	forms  []form
	loads  []load   // in order
	own    []string // the texts and the values in it that are the host's, not of somebody who wrote into its page
	data   []string // those of them that are an item of a list or the value of a field
}

// A writer is whose a page is: the host's, or of the person who answered for it;
// and who wrote what into it besides.
type writer struct {
	by           string // "" for the host
	echo, echoBy string // the text of the request's that stands in the page as it came, and whose word it is: see echoed
}

// A link is <a href>. Here and below by is who wrote it, "" for the host.
type link struct{ text, href, by string }

// A form is <form> with its fields.
type form struct {
	method, action, target, by string
	fields                     []event.Field
}

// A load is what a browser fetches or runs by itself: an img, an iframe or a script.
type load struct {
	tag, src string
	name     string // of an iframe
	text     string // of a script without src
	by       string
}

// shown are the elements whose text makes a Block.
var shown = []string{"h1", "p", "a", "li", "label", "button"}

// readDocument reads the HTML of a page from u, in a frame below top.
func readDocument(u *url.URL, top string, of writer, text string) *document {
	d := &document{url: u, top: top}
	z := html.NewTokenizer(strings.NewReader(text))
	visible, script := false, -1
	at, next := 0, 0 // where the token begins and ends
	inside := of.inside(text)
	blockBy := "" // who wrote the block
	own := func(text string) {
		if text != "" {
			d.own = append(d.own, text)
		}
	}
	ended := func() { // a block has ended
		if n := len(d.blocks); visible && n > 0 && blockBy == "" {
			own(d.blocks[n-1].Text)
			if d.blocks[n-1].Tag == "li" {
				d.data = append(d.data, d.blocks[n-1].Text)
			}
		}
	}
	for {
		kind := z.Next()
		at, next = next, next+len(z.Raw())
		switch kind {
		case html.ErrorToken:
			ended()
			return d
		case html.TextToken:
			switch text := string(z.Text()); {
			case script >= 0:
				d.loads[script].text += text // of a script it is the raw text
			case visible:
				text = html.UnescapeString(text)
				d.blocks[len(d.blocks)-1].Text += text
				if d.blocks[len(d.blocks)-1].Tag == "a" && len(d.links) > 0 {
					d.links[len(d.links)-1].text += text
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			get := attributes(z, more)
			by := inside(at)
			if tag != "input" {
				ended()
			}
			if visible = tag == "input" && visible || slices.Contains(shown, tag); visible && tag != "input" {
				d.blocks = append(d.blocks, event.Block{Tag: tag})
				blockBy = by
			}
			switch tag {
			case "a":
				d.links = append(d.links, link{href: get("href"), by: by})
			case "form":
				d.forms = append(d.forms, form{method: strings.ToUpper(get("method")), action: get("action"), target: get("target"), by: by})
			case "input":
				if n := len(d.forms); n > 0 && get("name") != "" {
					d.forms[n-1].fields = append(d.forms[n-1].fields, event.Field{Name: get("name"), Value: get("value"), By: by})
				}
				if by == "" {
					own(get("value"))
					d.data = append(d.data, get("value"))
				}
			case "img", "iframe", "script":
				d.loads = append(d.loads, load{tag: tag, src: get("src"), name: get("name"), by: by})
				if tag == "script" {
					script = len(d.loads) - 1
				}
			}
		case html.EndTagToken:
			ended()
			visible, script = false, -1
		}
	}
}

// echoed notes what a page of the shop's shows of the last request's query as it came:
// whoever wrote that has written in the page. It is no question of likeness: what
// else of the page reads like something in the request is the shop's own.
func (w *World) echoed(u *url.URL, page string) (echo, by string) {
	name := server.Echoed(u.Path)
	if w.hers || name == "" || u.Hostname() != event.ShopHost {
		return "", ""
	}
	for _, f := range w.fields {
		if f.Name == name && f.Value != "" && strings.Contains(page, f.Value) {
			return f.Value, f.By
		}
	}
	return "", ""
}

// inside returns a function that says who wrote the tag that begins at a place of
// the page.
func (of writer) inside(page string) func(at int) string {
	from := -1
	if of.echo != "" {
		from = strings.LastIndex(page, of.echo)
	}
	return func(at int) string {
		if from >= 0 && from <= at && at < from+len(of.echo) {
			return of.echoBy
		}
		return of.by
	}
}

// says reports whether a text stands in the page for itself, as an item of a list
// or the value of a field, and is the host's own word.
func (d *document) says(text string) bool { return text != "" && slices.Contains(d.data, text) }

// names reports whether a name stands in the page as a word.
func (d *document) names(name string) bool {
	return slices.ContainsFunc(d.own, func(text string) bool {
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				return false
			}
			i += from
			if from = i + len(name); !wordAt(text, i-1) && !wordAt(text, from) {
				return true
			}
			from = i + 1
		}
	})
}

// wordAt reports whether the byte at i is of a word.
func wordAt(text string, i int) bool {
	return i >= 0 && i < len(text) && (text[i] >= 0x80 || text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' || text[i] >= '0' && text[i] <= '9' || text[i] == '_')
}

// attributes reads the attributes of the tag that z is at.
func attributes(z *html.Tokenizer, more bool) func(name string) string {
	var all []event.Field
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		all = append(all, event.Field{Name: string(key), Value: string(value)})
	}
	return func(name string) string {
		for _, f := range all { // the first wins (HTML 13.2.5.33)
			if f.Name == name {
				return f.Value
			}
		}
		return ""
	}
}

// origin returns the document's own.
func (d *document) origin() string { return d.url.Scheme + "://" + d.url.Host }

// topOrigin returns the origin of the document that the address bar names.
func (d *document) topOrigin() string {
	if d.top != "" {
		return d.top
	}
	return d.origin()
}

// resolve returns the http or https URL that a page's href, src or action
// means, nil when it means none.
func (d *document) resolve(ref string) *url.URL {
	u, err := d.url.Parse(strings.TrimSpace(ref))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil
	}
	return canonical(u)
}

// canonical returns u as a browser writes it: the host in lower case and
// without the scheme's own port, a path without dot segments, no fragment.
func canonical(u *url.URL) *url.URL {
	c := *u.ResolveReference(u)
	port := map[string]string{"https": ":443", "http": ":80"}[c.Scheme]
	c.Host = strings.TrimSuffix(strings.ToLower(c.Host), port)
	if c.Path == "" {
		c.Path = "/"
	}
	c.Fragment, c.RawFragment = "", ""
	return &c
}

// maxAssignments is how often one script may write a cookie.
const maxAssignments = 500

// assignments returns what a script assigns to document.cookie, in order. That
// is the one kind of statement the lab's browsers run; other reports whether
// the script holds anything else.
func assignments(script string) (lines []string, other bool) {
	rest := strings.TrimSpace(script)
	for rest != "" {
		after, ok := strings.CutPrefix(rest, "document.cookie")
		after, ok2 := strings.CutPrefix(strings.TrimSpace(after), "=")
		after = strings.TrimSpace(after)
		if !ok || !ok2 || after == "" || !strings.ContainsRune("\"'`", rune(after[0])) {
			return lines, true
		}
		line, tail, ok := quotedText(after)
		if !ok || len(lines) == maxAssignments {
			return lines, true
		}
		if tail = strings.TrimLeft(tail, " \t"); tail != "" && !strings.ContainsRune(";\r\n", rune(tail[0])) {
			return lines, true // the expression goes on
		}
		lines = append(lines, line)
		rest = strings.TrimLeft(tail, "; \t\r\n")
	}
	return lines, false
}

// quotedText cuts a JavaScript string off the front of s. Of the escapes it
// knows the backslash before a character that stands for itself.
func quotedText(s string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == s[0]:
			return b.String(), s[i+1:], true
		case s[i] == '\\' && i+1 < len(s):
			if i++; strings.IndexByte("bfnrtuvx0123456789", s[i]) >= 0 {
				return "", "", false
			}
		}
		b.WriteByte(s[i])
	}
	return "", "", false
}
