//go:build !wasm

package audit

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A form is what an audit needs of one: where it goes, and its fields as they stand.
type form struct {
	action    *url.URL
	method    string // "GET" or "POST"
	multipart bool
	fields    []field
	text      string // what is written in it, buttons included
}

// A field is a control of a form that is sent with it.
type field struct {
	name, value string
	kind        string // the type attribute in lower case; "select", "textarea"
	hint        string // its autocomplete attribute
}

// A page is what an audit needs of a document.
type page struct {
	forms []form
	links []link
	metas map[string]string // by name, what <meta> says
	next  *url.URL          // where it goes on to by itself, <meta http-equiv="refresh">; nil: nowhere
}

type link struct {
	to   *url.URL
	text string
}

// How much of a document is taken: forms, fields of all of them, links, and bytes of a text
// in it. A document of more elements that merge into the one that is there is not read: the
// parser takes a time for them that goes by their square.
const (
	maxForms  = 200
	maxFields = 3000
	maxLinks  = 3000
	maxText   = 4 << 10
	maxMerged = 100
)

// merged are elements whose attributes are added to the first of their kind (HTML, 13.2.6.4.7).
var merged = regexp.MustCompile(`(?i)<(html|body)`)

// read reads a document. HTML is read as browsers read it; of what is none, nothing is.
func read(a *answer) page {
	p := page{metas: map[string]string{}}
	if len(merged.FindAllIndex(a.body, maxMerged+1)) > maxMerged {
		return p
	}
	root, err := html.Parse(bytes.NewReader(a.body))
	if err != nil {
		return p
	}
	r := reader{page: &p, document: a.url, base: a.url, room: maxFields, places: map[*html.Node]int{}, ids: map[string]int{}}
	nodes := r.find(root, nil)
	for i, n := range nodes {
		r.places[n] = i
		p.forms = append(p.forms, r.form(n))
	}
	r.pressed = make([]bool, len(nodes))
	r.walk(root, -1, false)
	if p.next == nil {
		p.next = refresh(a.url, a.header.Get("Refresh"))
	}
	return p
}

// A reader is a document that is being read.
type reader struct {
	page     *page
	document *url.URL
	base     *url.URL
	room     int                // for fields
	places   map[*html.Node]int // of forms, in page.forms
	ids      map[string]int     // of forms with an id: their places
	pressed  []bool             // whether a form has its default button
}

// find finds the forms, and the address that all others are relative to.
func (r *reader) find(n *html.Node, forms []*html.Node) []*html.Node {
	if inert(n) {
		return forms
	}
	if n.Type == html.ElementNode && n.Namespace == "" {
		switch {
		case n.DataAtom == atom.Base:
			if u, err := r.document.Parse(attribute(n, "href")); err == nil && has(n, "href") {
				r.base = u
			}
		case n.DataAtom == atom.Form && len(forms) < maxForms:
			if id := attribute(n, "id"); id != "" {
				if _, taken := r.ids[id]; !taken {
					r.ids[id] = len(forms)
				}
			}
			forms = append(forms, n)
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		forms = r.find(child, forms)
	}
	return forms
}

// walk reads what is in n, which is within the form of that place, -1 for none. off says that
// a fieldset around it is disabled.
func (r *reader) walk(n *html.Node, within int, off bool) {
	if inert(n) {
		return
	}
	if n.Type == html.ElementNode && n.Namespace == "" {
		switch n.DataAtom {
		case atom.Form:
			if at, ok := r.places[n]; ok {
				within = at
			}
		case atom.Fieldset:
			off = off || has(n, "disabled")
		case atom.A:
			if u, err := r.base.Parse(attribute(n, "href")); err == nil && attribute(n, "href") != "" && len(r.page.links) < maxLinks {
				r.page.links = append(r.page.links, link{u, written(n)})
			}
		case atom.Meta:
			if name := attribute(n, "name"); name != "" {
				r.page.metas[strings.ToLower(name)] = attribute(n, "content")
			}
			if strings.EqualFold(attribute(n, "http-equiv"), "refresh") {
				r.page.next = refresh(r.base, attribute(n, "content"))
			}
		case atom.Input, atom.Button, atom.Textarea, atom.Select:
			r.control(n, within, off || has(n, "disabled"))
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		r.walk(child, within, off)
	}
}

// form reads the start of a form.
func (r *reader) form(n *html.Node) form {
	f := form{method: "GET", action: r.document, text: written(n)}
	f.sends(r.base, attribute(n, "action"), attribute(n, "method"), attribute(n, "enctype"))
	return f
}

// sends notes where a form goes and how, as far as its attributes say, or those of the button
// that sends it.
func (f *form) sends(base *url.URL, action, method, enctype string) {
	if action = strings.TrimSpace(action); action != "" {
		if u, err := base.Parse(action); err == nil {
			f.action = u
		}
	}
	switch strings.ToLower(method) {
	case "post":
		f.method = "POST"
	case "get":
		f.method = "GET"
	}
	if enctype != "" {
		f.multipart = strings.EqualFold(enctype, "multipart/form-data")
	}
}

// control reads a control. It belongs to the form that it names, or else is within (HTML,
// 4.10.17.3); off: it sends nothing.
func (r *reader) control(n *html.Node, within int, off bool) {
	if has(n, "form") {
		at, ok := r.ids[attribute(n, "form")]
		if within = at; !ok {
			within = -1
		}
	}
	if within < 0 || off || r.room <= 0 {
		return
	}
	f := &r.page.forms[within]
	x := field{name: attribute(n, "name"), value: attribute(n, "value"), hint: strings.ToLower(attribute(n, "autocomplete"))}
	x.kind = strings.ToLower(attribute(n, "type"))
	switch n.DataAtom {
	case atom.Textarea:
		x.kind, x.value = "textarea", written(n)
	case atom.Select:
		x.kind, x.value = "select", chosen(n)
	case atom.Button:
		if x.kind != "button" && x.kind != "reset" {
			x.kind = "submit"
		}
	}
	switch x.kind {
	case "button", "reset", "file":
		return
	case "submit", "image":
		if n.DataAtom == atom.Input {
			f.text += " " + x.value
		}
		if r.pressed[within] {
			return
		}
		r.pressed[within] = true // Enter presses the first button (HTML, implicit submission)
		f.sends(r.base, attribute(n, "formaction"), attribute(n, "formmethod"), attribute(n, "formenctype"))
		if x.kind == "image" {
			return
		}
	case "checkbox", "radio":
		if !has(n, "checked") {
			return
		}
		if !has(n, "value") {
			x.value = "on"
		}
	}
	if x.name != "" {
		f.fields = append(f.fields, x)
		r.room--
	}
}

// refresh is where "0; url=/home" leads to (HTML, 4.2.5.3); nil: to nowhere else.
func refresh(base *url.URL, says string) *url.URL {
	_, to, _ := strings.Cut(says, ";")
	name, to, found := strings.Cut(to, "=")
	if !found || !strings.EqualFold(strings.TrimSpace(name), "url") {
		return nil
	}
	u, err := base.Parse(strings.Trim(strings.TrimSpace(to), `"'`))
	if err != nil {
		return nil
	}
	return u
}

// inert reports whether what is in n is no part of the page yet.
func inert(n *html.Node) bool { return n.DataAtom == atom.Template && n.Namespace == "" }

// chosen is the value of the option that a list shows first.
func chosen(list *html.Node) (value string) {
	first, found := true, false
	for n := range list.Descendants() {
		if n.DataAtom != atom.Option || found {
			continue
		}
		v := attribute(n, "value")
		if !has(n, "value") {
			v = written(n)
		}
		if found = has(n, "selected"); found || first {
			value, first = v, false
		}
	}
	return value
}

// written is the text in n, with single spaces, as far as it is read.
func written(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data[:min(len(d.Data), maxText-b.Len())])
			b.WriteByte(' ')
		}
		if b.Len() >= maxText {
			break
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// password returns the place of the form's password field, -1 if it has none.
func (f form) password() int {
	for i, x := range f.fields {
		if x.kind == "password" {
			return i
		}
	}
	return -1
}

// code returns the place of the field that takes the code of a second factor, -1 if it
// has none.
func (f form) code() int {
	for i, x := range f.fields {
		if x.kind == "hidden" || x.kind == "submit" || x.kind == "checkbox" {
			continue
		}
		if x.hint == "one-time-code" || like(x.name, codeNames) {
			return i
		}
	}
	return -1
}

// user returns the place of the field that asks who it is, -1 if it has none.
func (f form) user() int {
	best := -1
	for i, x := range f.fields {
		switch x.kind {
		case "", "text", "email", "tel":
			if x.hint == "username" || x.hint == "email" || like(x.name, userNames) {
				return i
			}
			if best < 0 {
				best = i
			}
		}
	}
	return best
}

var (
	userNames = []string{"user", "username", "user_name", "userid", "login", "email", "e-mail", "mail", "name", "account", "identifier", "log", "j_username", "usr"}
	codeNames = []string{"otp", "totp", "code", "token", "2fa", "mfa", "one_time_code", "otp_code", "otp_attempt", "passcode", "verification_code", "auth_code", "totp_code"}
)

// like reports whether a field's name is one of names, by itself or at the end:
// "user[email]", "login-form.password".
func like(name string, names []string) bool {
	name = strings.ToLower(strings.TrimRight(name, "]"))
	if i := strings.LastIndexAny(name, "[.:"); i >= 0 {
		name = name[i+1:]
	}
	for _, n := range names {
		if name == n {
			return true
		}
	}
	return false
}

// to is where a form goes: a GET form's fields replace the query.
func (f form) to() *url.URL {
	u := *f.action
	u.Fragment = ""
	if f.method == "GET" {
		u.RawQuery = f.values()
	}
	return &u
}

// values are the fields as they stand, in their order (WHATWG URL, urlencoded serializing).
func (f form) values() string {
	var parts []string
	for _, x := range f.fields {
		parts = append(parts, url.QueryEscape(x.name)+"="+url.QueryEscape(x.value))
	}
	return strings.Join(parts, "&")
}

// post is what a POST form sends from page; nil for a GET form.
func (f form) post(from *url.URL) *posting {
	if f.method == "GET" {
		return nil
	}
	p := &posting{kind: "application/x-www-form-urlencoded", body: []byte(f.values()), from: from}
	for _, x := range f.fields {
		p.fields = append(p.fields, x.name)
	}
	if f.multipart {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for _, x := range f.fields {
			w.WriteField(x.name, x.value)
		}
		w.Close()
		p.kind, p.body = w.FormDataContentType(), b.Bytes()
	}
	return p
}
