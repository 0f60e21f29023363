package record

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// A post is what a request carries in its body, on its way to names.
type post struct {
	kind, text string
	names      []string
	secrets    []string
}

// add takes in the name of a field.
func (p *post) add(name string, filled bool) {
	if len(p.names) > maxNames {
		return
	}
	p.names = append(p.names, strings.Clone(name)) // not the text, which has the value
	if filled && audit.PasswordField(name) {
		p.secrets = append(p.secrets, "field "+shown(name))
	}
}

// post gives an exchange the names of what was posted: of a form, or of the top of a JSON
// object. Below the top of JSON only names that look like a password's are taken, with the
// way to them, "user.password".
func (x *item) post(p *post) {
	if len(p.names) == 0 && p.text != "" {
		kind := strings.ToLower(p.kind)
		switch first := strings.TrimLeft(p.text, " \t\r\n"); {
		case strings.HasPrefix(kind, "multipart/form-data"):
			p.multipart()
		case strings.Contains(kind, "json") || strings.HasPrefix(first, "{"):
			s := scanner{text: p.text}
			p.json(&s, "", 0)
		case kind == "" || strings.HasPrefix(kind, "application/x-www-form-urlencoded"):
			p.form()
		}
	}
	x.Fields = append(x.Fields, p.names...)
	x.secrets = append(x.secrets, p.secrets...)
}

// form reads application/x-www-form-urlencoded (WHATWG URL 5.1).
func (p *post) form() {
	for part := range strings.SplitSeq(p.text, "&") {
		if name, value, has := strings.Cut(part, "="); name != "" || has {
			p.add(unplus(name), value != "")
		}
	}
}

func unplus(s string) string {
	return strings.ToValidUTF8(cookie.Unescape(strings.ReplaceAll(s, "+", " ")), "\ufffd")
}

// json reads the members of an object.
func (p *post) json(s *scanner, way string, depth int) {
	s.object(func(key string) {
		s.space()
		from := s.at
		if from < len(s.text) && s.text[from] == '{' && depth < 4 {
			if depth == 0 {
				p.add(key, false)
			}
			p.json(s, way+key+".", depth+1)
			return
		}
		s.skip()
		if depth == 0 || audit.PasswordField(key) {
			p.add(way+key, s.bad == "" && s.text[from:s.at] != `""` && s.text[from:s.at] != "null")
		}
	})
}

// multipart reads the heads of the parts (RFC 7578). The boundary is that of the first line,
// because some recordings have the type without it.
func (p *post) multipart() {
	boundary, rest, ok := strings.Cut(p.text, "\n")
	boundary = strings.TrimRight(boundary, "\r")
	if !ok || !strings.HasPrefix(boundary, "--") || len(boundary) > 72 {
		return
	}
	for part := range strings.SplitSeq("\n"+rest, "\n"+boundary) {
		head, body, _ := strings.Cut(strings.ReplaceAll(part[:min(len(part), maxValue)], "\r\n", "\n"), "\n\n")
		for line := range strings.SplitSeq(head, "\n") {
			name, value, _ := strings.Cut(line, ":")
			if !strings.EqualFold(strings.TrimSpace(name), "Content-Disposition") {
				continue
			}
			if _, after, ok := strings.Cut(value, ` name="`); ok {
				field, _, _ := strings.Cut(after, `"`)
				p.add(strings.ToValidUTF8(field, "\ufffd"), strings.TrimSpace(body) != "")
			}
		}
	}
}

// shown is a word of a recording as a message may show it: at most 60 characters, and
// nothing that a terminal obeys.
func shown(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n++; n > 60 {
			b.WriteString("…")
			break
		}
		if !strconv.IsPrint(r) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}
