package world

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"fixlab/lab/event"
)

// shown are the elements whose text makes a Block.
var shown = []string{"h1", "p", "a", "li", "label", "button"}

// readDocument reads the page of an arrival at a place.
func readDocument(a *arrival, at place) *document {
	d := &document{url: a.url, base: cmp.Or(a.base, a.url), place: at, policy: a.policy, refresh: a.refresh, refreshBy: a.of.by, noReferrer: a.noReferrer}
	if a.media != "" && a.media != "image/svg+xml" { // text, or nothing that is shown
		d.blocks = append(d.blocks, event.Block{Tag: "p", Text: a.body})
		if a.of.by == "" {
			d.own = append(d.own, a.body)
		}
		return d
	}
	m := markup{document: d, z: html.NewTokenizer(strings.NewReader(a.body)), script: -1, inside: a.of.inside(a.body)}
	m.read()
	d.loads = append(d.loads, m.later...)
	return d
}

// A markup is a page that is being read.
type markup struct {
	*document
	z       *html.Tokenizer
	visible bool
	script  int // the load whose text comes, -1 for none
	inert   int // templates that are open
	blockBy string
	inside  func(at int) string
	later   []load // when all is read
	based   bool
	body    bool // something has begun it
	open    bool // an element of the head whose text comes
}

// inHead are the elements that do not begin the body (HTML 13.2.6.4.4).
var inHead = []string{"html", "head", "title", "base", "meta", "link", "script", "style", "noscript", "template"}

func (m *markup) read() {
	at, next := 0, 0 // where the token begins and ends
	for {
		kind := m.z.Next()
		at, next = next, next+len(m.z.Raw())
		switch kind {
		case html.ErrorToken:
			m.ended()
			if m.script >= 0 { // never closed: it does not run
				m.loads = m.loads[:m.script]
			}
			return
		case html.TextToken:
			text := string(m.z.Text())
			m.body = m.body || !m.open && strings.TrimSpace(text) != ""
			switch {
			case m.script >= 0:
				m.loads[m.script].text += text // of a script it is the raw text
			case m.visible:
				text = html.UnescapeString(text)
				m.blocks[len(m.blocks)-1].Text += text
				if m.blocks[len(m.blocks)-1].Tag == "a" && len(m.links) > 0 {
					m.links[len(m.links)-1].text += text
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := m.z.TagName()
			tag := string(name)
			attrs := attributes(m.z, more)
			if tag == "template" {
				m.inert++
			}
			if m.inert > 0 { // nothing in a template is of the page
				m.ended()
				m.visible = false
				continue
			}
			m.start(tag, attrs, m.inside(at))
		case html.EndTagToken:
			m.ended()
			m.visible, m.script, m.open = false, -1, false
			switch name, _ := m.z.TagName(); string(name) {
			case "template":
				m.inert = max(0, m.inert-1)
			case "head":
				m.body = true
			}
		}
	}
}

// ended notes that a block has ended.
func (m *markup) ended() {
	if n := len(m.blocks); m.visible && n > 0 && m.blockBy == "" {
		m.ownText(m.blocks[n-1].Text)
		if m.blocks[n-1].Tag == "li" {
			m.data = append(m.data, m.blocks[n-1].Text)
		}
	}
}

// ownText notes a text of the host's.
func (m *markup) ownText(text string) {
	if text != "" {
		m.own = append(m.own, text)
	}
}

// start reads a start tag that by wrote.
func (m *markup) start(tag string, attrs attrs, by string) {
	get := attrs.get
	m.open = false
	if tag == "title" || tag == "style" || tag == "noscript" || tag == "script" {
		m.open = true
	}
	m.body = m.body || !slices.Contains(inHead, tag)
	if tag != "input" {
		m.ended()
	}
	if m.visible = tag == "input" && m.visible || slices.Contains(shown, tag); m.visible && tag != "input" {
		m.blocks = append(m.blocks, event.Block{Tag: tag})
		m.blockBy = by
	}
	l := load{tag: tag, src: get("src"), by: by, policy: m.policy}
	switch tag {
	case "a":
		m.links = append(m.links, link{href: get("href"), by: by})
	case "form":
		m.forms = append(m.forms, form{method: strings.ToUpper(get("method")), action: get("action"), target: get("target"), by: by})
	case "input":
		if n := len(m.forms); n > 0 && get("name") != "" {
			m.forms[n-1].fields = append(m.forms[n-1].fields, event.Field{Name: get("name"), Value: get("value"), By: by})
		}
		if by == "" {
			m.ownText(get("value"))
			m.data = append(m.data, get("value"))
		}
	case "base":
		if u := m.resolve(get("href")); u != nil && !m.based && attrs.has("href") {
			m.base, m.based = u, true
		}
	case "meta":
		m.meta(get, by)
	case "img", "iframe", "script":
		l.name, l.nonce = get("name"), get("nonce")
		l.onload, l.onerror = get("onload"), get("onerror")
		if l.within, l.sandboxed = get("sandbox"), attrs.has("sandbox"); tag == "iframe" && attrs.has("srcdoc") {
			l.src, l.text, l.written = "", get("srcdoc"), true
		}
		if tag == "img" && !attrs.has("src") {
			break // nothing is fetched, so nothing fails
		}
		if tag == "script" {
			l.module = strings.EqualFold(strings.TrimSpace(get("type")), "module")
			if !scriptRuns(get, attrs.has) || attrs.has("nomodule") && !l.module {
				l.tag = "data" // a block of data, or of an older browser: it is not run
			}
		}
		m.loads = append(m.loads, l)
		if tag == "script" {
			m.script = len(m.loads) - 1
		}
	}
	m.handlers(attrs, l)
}

// handlers notes the event handlers among the attributes of a tag besides those
// that the load itself has.
func (m *markup) handlers(attrs attrs, l load) {
	of := l.tag
	for _, f := range attrs {
		if !strings.HasPrefix(f.Name, "on") || len(f.Name) < 4 {
			continue
		}
		l.text, l.name, l.src, l.written = f.Value, f.Name, "", false
		switch {
		case f.Name == "onload" && of == "svg":
			l.tag = "handler"
			m.loads = append(m.loads, l)
		case of == "body" && (f.Name == "onload" || f.Name == "onpageshow"):
			l.tag = "handler"
			m.later = append(m.later, l)
		case (f.Name == "onload" || f.Name == "onerror") && (of == "img" || of == "iframe" || of == "script" || of == "data"):
		default:
			l.tag = "unrun"
			l.name = f.Name + " of <" + of + ">"
			m.loads = append(m.loads, l)
		}
	}
}

// meta reads the meta elements that stand for headers.
func (m *markup) meta(get func(name string) string, by string) {
	switch strings.ToLower(get("http-equiv")) {
	case "content-security-policy":
		if m.body { // there it counts for nothing (CSP3 3.3)
			break
		}
		m.policy = m.policy.and(get("content"))
	case "refresh":
		if m.refresh == "" {
			m.refresh, m.refreshBy = get("content"), by
		}
	}
	if strings.EqualFold(get("name"), "referrer") {
		m.noReferrer = noReferrer(get("content"), m.noReferrer)
	}
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

// attrs are the attributes of a tag.
type attrs []event.Field

// attributes reads the attributes of the tag that z is at.
func attributes(z *html.Tokenizer, more bool) (all attrs) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if name := string(key); !all.has(name) { // the first wins (HTML 13.2.5.33)
			all = append(all, event.Field{Name: name, Value: string(value)})
		}
	}
	return all
}

func (a attrs) get(name string) string {
	for _, f := range a {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func (a attrs) has(name string) bool {
	return slices.ContainsFunc(a, func(f event.Field) bool { return f.Name == name })
}
