package world

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"fixlab/lab/event"
)

// shown are the elements whose text makes a Block.
var shown = []string{"h1", "h2", "h3", "p", "a", "li", "dt", "dd", "label", "button"}

// readDocument reads the page of an arrival at a place.
func readDocument(a *arrival, at place) *document {
	a.policy.allows("sandbox", func(words []string) bool {
		at.sandbox(words)
		return true
	})
	base := cmp.Or(a.base, a.url)
	d := &document{url: a.url, base: base, refreshBase: base, place: at, policy: a.policy, refresh: a.refresh, refreshBy: a.of.by, referrer: a.referrer}
	// Text, or nothing that is shown. XML without a namespace has no element that does anything.
	if a.media != "" && !(a.isXML() && (strings.Contains(a.body, "http://www.w3.org/1999/xhtml") || strings.Contains(a.body, "http://www.w3.org/2000/svg"))) {
		d.blocks = append(d.blocks, event.Block{Tag: "p", Text: a.body})
		if a.of.by == "" {
			d.own = append(d.own, a.body)
		}
		return d
	}
	d.blocks = make([]event.Block, 0, 16)
	m := markup{document: d, z: html.NewTokenizer(strings.NewReader(a.body)), script: -1, fields: fields{button: -1}, inside: a.of.inside(a.body)}
	m.read()
	m.endFields()
	d.number()
	d.loads = append(d.loads, m.later...)
	return d
}

// number has each block that is a link say which it is of those with its text.
func (d *document) number() {
	so, nth := map[string]int{}, make([]int, len(d.links)) // how many of each text so far
	for i, l := range d.links {
		text := oneLine(l.text)
		so[text]++
		nth[i] = so[text]
	}
	for i := range d.blocks {
		if b := &d.blocks[i]; b.Link > 0 {
			b.Link = nth[b.Link-1]
		}
	}
}

// A markup is a page that is being read.
type markup struct {
	*document
	z       *html.Tokenizer
	visible bool
	block   int // the block whose text comes, while it is visible
	script  int // the load whose text comes, -1 for none
	inert   int // templates that are open
	foreign foreign
	inForm  bool
	fields
	target  string // of <base>
	inLink  bool
	blockBy string
	inside  func(at int) string
	later   []load // when all is read
	based   bool
	body    bool // something has begun it
	open    bool // an element of the head whose text comes
}

// inHead are the elements that do not begin the body (HTML 13.2.6.4.4).
var inHead = []string{"html", "head", "title", "base", "meta", "link", "script", "style", "noscript", "template", "noframes", "basefont", "bgsound"}

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
			if m.inert > 0 {
				continue
			}
			m.body = m.body || !m.open && strings.TrimSpace(text) != ""
			switch {
			case m.script >= 0:
				m.loads[m.script].text += text // of a script it is the raw text
			case m.fieldText(text):
				continue
			case m.button >= 0:
				m.blocks[m.button].Text += text
			case m.visible:
				m.blocks[m.block].Text += text
			}
			if m.inLink {
				m.links[len(m.links)-1].text += text
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := m.z.TagName()
			tag := string(name)
			attrs := attributes(m.z, more)
			closed := kind == html.SelfClosingTagToken
			alien := m.foreign.start(m.z, tag, attrs.get("encoding"), closed)
			if tag == "template" && !alien && !(m.inert == 0 && attrs.has("shadowrootmode")) {
				m.inert++
			}
			if m.inert > 0 { // nothing in a template is of the page
				m.ended()
				m.visible = false
				continue
			}
			if alien {
				m.startForeign(tag, attrs, m.inside(at), closed)
			} else {
				m.start(tag, attrs, m.inside(at))
			}
		case html.EndTagToken:
			name, _ := m.z.TagName()
			tag := string(name)
			m.foreign.end(m.z, tag)
			if m.inert == 0 && m.endField(tag) {
				continue
			}
			m.ended()
			m.visible, m.script, m.open = false, -1, false
			switch tag {
			case "template":
				m.inert = max(0, m.inert-1)
			case "body", "html", "br":
				m.body = true
			case "form":
				m.inForm = false
			case "a":
				m.inLink = false
			}
		}
	}
}

// ended notes that a block has ended.
func (m *markup) ended() {
	if !m.visible || m.blockBy != "" {
		return
	}
	b := &m.blocks[m.block]
	m.ownText(b.Text)
	if b.Tag == "li" {
		m.data = append(m.data, b.Text)
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
	if m.inList() && !m.startInList(tag, attrs, by) {
		return
	}
	m.open = false
	if tag == "title" || tag == "style" || tag == "noscript" || tag == "noframes" || tag == "script" {
		m.open = true
	}
	m.body = m.body || !slices.Contains(inHead, tag)
	if !isField(tag) { // a field ends no text that it stands in
		m.ended()
		if m.visible = slices.Contains(shown, tag); m.visible {
			m.block, m.blockBy, m.button = len(m.blocks), by, -1
			m.add(tag)
		}
	}
	if tag == "image" { // an old name (HTML 13.2.6.4.7)
		tag = "img"
	}
	l := load{tag: tag, src: get("src"), by: by, policy: m.policy}
	switch tag {
	case "a":
		m.link(attrs, get("href"), by)
	case "form":
		if !m.inForm { // one in another is none
			m.inForm = true
			m.forms = append(m.forms, form{method: strings.ToUpper(get("method")), action: get("action"), target: cmp.Or(get("target"), m.target), id: get("id"), by: by})
		}
	case "input", "textarea", "select", "button":
		m.control(tag, attrs, by)
	case "fieldset", "legend":
		m.startSet(tag, attrs.has("disabled"))
	case "label":
		if attrs.has("for") {
			m.fors = append(m.fors, named{m.block, get("for")})
		}
	case "base":
		if attrs.has("href") && !m.based { // the first counts, be it good or not
			m.based = true
			if u := m.resolve(get("href")); u != nil && m.policy.allowsLoad("base-uri", m.url, u, false) {
				m.base = u
			}
		}
		if m.target == "" {
			m.target = get("target")
		}
	case "meta":
		m.meta(get, by)
	case "img", "iframe", "script":
		l.name, l.nonce = get("name"), get("nonce")
		l.onload, l.onerror = get("onload"), get("onerror")
		l.external, l.cors = attrs.has("src"), attrs.has("crossorigin")
		l.deferred = attrs.has("defer")
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
	m.unloaded(tag, attrs, by)
	m.handlers(attrs, l)
}

// formNumber returns the number of the form that is open, from 1; 0 for none.
func (m *markup) formNumber() int {
	if !m.inForm {
		return 0
	}
	return len(m.forms)
}

// startForeign reads a start tag of svg or math.
func (m *markup) startForeign(tag string, attrs attrs, by string, closed bool) {
	m.ended()
	m.visible, m.body, m.open = false, true, false
	href := attrs.get("href")
	if !attrs.has("href") {
		href = attrs.get("xlink:href")
	}
	l := load{tag: tag, src: href, external: href != "", by: by, policy: m.policy, nonce: attrs.get("nonce")}
	switch {
	case tag == "a":
		m.link(attrs, href, by)
	case tag == "script" && m.foreign.svg():
		l.onload, l.onerror = attrs.get("onload"), attrs.get("onerror")
		if kind := strings.TrimSpace(attrs.get("type")); kind != "" && !isJavaScript(kind) {
			l.tag = "data"
		}
		m.loads = append(m.loads, l)
		if !closed {
			m.script = len(m.loads) - 1
		}
	case tag == "image":
		m.loads = append(m.loads, load{tag: "unloaded", name: "image> of <svg", by: by})
	}
	m.handlers(attrs, l)
}

// link reads a link, whose text comes. Without an href it is none.
func (m *markup) link(attrs attrs, href, by string) {
	if m.inLink = attrs.has("href") || attrs.has("xlink:href"); !m.inLink {
		return
	}
	if m.visible {
		m.blocks[m.block].Link = len(m.links) + 1 // for now: see number
	}
	m.links = append(m.links, link{href: href, by: by, target: cmp.Or(attrs.get("target"), m.target)})
}

// unloaded notes an element that loads something that this lab does not load.
func (m *markup) unloaded(tag string, attrs attrs, by string) {
	from := ""
	switch tag {
	case "embed", "frame", "video", "audio", "track":
		from = attrs.get("src")
	case "source":
		from = attrs.get("src") + attrs.get("srcset")
	case "object":
		from = attrs.get("data")
	case "link":
		from = attrs.get("href")
	case "input":
		if strings.EqualFold(attrs.get("type"), "image") {
			from = attrs.get("src")
		}
	case "img":
		from = attrs.get("srcset")
		tag = "img srcset"
	}
	if from != "" {
		m.loads = append(m.loads, load{tag: "unloaded", name: tag, by: by})
	}
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
		m.policy = m.policy.and(inMeta(get("content")))
	case "refresh": // of several the soonest counts, of those the last
		seconds, _, ok := refreshOf(get("content"))
		if before, _, has := refreshOf(m.refresh); ok && (!has || seconds <= before) {
			m.refresh, m.refreshBy, m.refreshBase = get("content"), by, m.base
		}
	}
	if strings.EqualFold(get("name"), "referrer") {
		switch word := strings.ToLower(get("content")); {
		case word == "never": // its old name
			m.referrer = "no-referrer"
		case !strings.ContainsAny(word, ", "): // one word, as it stands
			m.referrer = referrerPolicy([]string{word}, m.referrer)
		}
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
	const few = 32
	var many map[string]bool // the names, when there are many
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		name := string(key)
		if len(all) < few && all.has(name) || many[name] { // the first wins (HTML 13.2.5.33)
			continue
		}
		all = append(all, event.Field{Name: name, Value: string(value)})
		switch {
		case len(all) == few:
			many = map[string]bool{}
			for _, f := range all {
				many[f.Name] = true
			}
		case len(all) > few:
			many[name] = true
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
