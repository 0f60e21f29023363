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
	base, room := a.url, maxFields
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if inert(n) {
			return
		}
		if n.Type == html.ElementNode && n.Namespace == "" {
			switch n.DataAtom {
			case atom.Base:
				if u, err := a.url.Parse(attribute(n, "href")); err == nil {
					base = u
				}
			case atom.Form:
				if len(p.forms) < maxForms {
					p.forms = append(p.forms, readForm(n, base, a.url, &room))
				}
			case atom.A:
				if len(p.links) == maxLinks {
					break
				}
				if u, err := base.Parse(attribute(n, "href")); err == nil && attribute(n, "href") != "" {
					p.links = append(p.links, link{u, written(n)})
				}
			case atom.Meta:
				if name := attribute(n, "name"); name != "" {
					p.metas[strings.ToLower(name)] = attribute(n, "content")
				}
				if strings.EqualFold(attribute(n, "http-equiv"), "refresh") {
					p.next = refresh(base, attribute(n, "content"))
				}
			}
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(root)
	if p.next == nil {
		p.next = refresh(a.url, a.header.Get("Refresh"))
	}
	return p
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

// readForm reads a form, as long as there is room for fields.
func readForm(n *html.Node, base, document *url.URL, room *int) form {
	f := form{method: "GET", action: document, text: written(n)}
	if strings.EqualFold(attribute(n, "method"), "post") {
		f.method = "POST"
	}
	f.multipart = strings.EqualFold(attribute(n, "enctype"), "multipart/form-data")
	if action := strings.TrimSpace(attribute(n, "action")); action != "" {
		if u, err := base.Parse(action); err == nil {
			f.action = u
		}
	}
	pressed := false
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if inert(n) || *room <= 0 {
			return
		}
		if n.Type == html.ElementNode && n.Namespace == "" && !has(n, "disabled") {
			before := len(f.fields)
			x := field{name: attribute(n, "name"), value: attribute(n, "value"), hint: strings.ToLower(attribute(n, "autocomplete"))}
			switch n.DataAtom {
			case atom.Input:
				x.kind = strings.ToLower(attribute(n, "type"))
				switch x.kind {
				case "submit", "image":
					// Enter presses the first button (HTML, implicit submission).
					if !pressed && x.name != "" && x.kind == "submit" {
						f.fields = append(f.fields, x)
					}
					pressed, f.text = true, f.text+" "+x.value
				case "button", "reset", "file":
				case "checkbox", "radio":
					if x.value == "" {
						x.value = "on"
					}
					if has(n, "checked") && x.name != "" {
						f.fields = append(f.fields, x)
					}
				default:
					if x.name != "" {
						f.fields = append(f.fields, x)
					}
				}
			case atom.Button:
				if kind := strings.ToLower(attribute(n, "type")); kind != "button" && kind != "reset" {
					if x.kind = "submit"; !pressed && x.name != "" {
						f.fields = append(f.fields, x)
					}
					pressed = true
				}
			case atom.Textarea:
				x.kind, x.value = "textarea", written(n)
				if x.name != "" {
					f.fields = append(f.fields, x)
				}
			case atom.Select:
				x.kind, x.value = "select", chosen(n)
				if x.name != "" {
					f.fields = append(f.fields, x)
				}
			}
			*room -= len(f.fields) - before
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(n)
	return f
}

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
