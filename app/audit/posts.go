//go:build !wasm

package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"fixlab/lab/cookie"
)

// postTemplate posts what -form says, with the hidden fields of the form that is there.
func (r *run) postTemplate(ctx context.Context, b *browser, a *answer, u *url.URL, who Account) (login, error) {
	f := form{action: u, method: "POST"}
	to := a.url
	if there := toLogIn(read(a)); there != nil {
		f.action, f.multipart = there.action, there.multipart
	}
	f.fields = given(read(a))
	f.fields = merge(f.fields, template(r.Form, who))
	p := f.post(to)
	p.header = r.tokens(b, u, read(a))
	after, err := r.client.open(ctx, b, "POST", f.action, p)
	return login{said: "-form to " + r.path(f.action), answer: after, shown: true}, err
}

// template reads -form: "user={user}&pass={pass}", or "user=FIELD&pass=FIELD", which names
// the two fields only.
func template(text string, who Account) (fields []field) {
	text = strings.TrimSpace(text)
	named := !strings.Contains(text, "{")
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == '&' || c == ',' || c == '\n' }) {
		name, value, _ := strings.Cut(part, "=")
		name, _ = url.QueryUnescape(strings.TrimSpace(name))
		if plain, err := url.QueryUnescape(strings.TrimSpace(value)); err == nil {
			value = plain
		}
		switch {
		case named && (name == "user" || name == "pass" || name == "password"):
			x := field{name: value, value: who.Password, kind: "password"}
			if name == "user" {
				x = field{name: value, value: who.Name}
			}
			fields = append(fields, x)
		default:
			fields = append(fields, field{name: name, value: strings.NewReplacer("{user}", who.Name, "{pass}", who.Password).Replace(value)})
		}
	}
	return fields
}

// postJSON posts what -json says, as a script of the login page does.
func (r *run) postJSON(ctx context.Context, b *browser, u *url.URL, who Account) (login, error) {
	a, err := r.client.open(ctx, b, "GET", u, nil) // for its cookies and its token; many answer 404 or 405
	if err != nil {
		return login{}, err
	}
	quoted := func(s string) string { q, _ := json.Marshal(s); return string(q[1 : len(q)-1]) }
	text := strings.NewReplacer("{user}", quoted(who.Name), "{pass}", quoted(who.Password)).Replace(r.JSON)
	var top map[string]json.RawMessage
	json.Unmarshal([]byte(text), &top)
	if strings.Contains(text, "{code}") && who.TOTP != "" {
		code, err := r.code(ctx, who)
		if err != nil {
			return login{}, err
		}
		text = strings.ReplaceAll(text, "{code}", code)
	}
	p := &posting{kind: jsonType, body: []byte(text), from: u, header: r.tokens(b, u, read(a))}
	for name := range top {
		p.fields = append(p.fields, name)
	}
	after, err := r.client.open(ctx, b, "POST", u, p)
	l := login{said: "JSON to " + r.path(u), answer: after, shown: true}
	if err == nil {
		r.bear(b, after)
	}
	return l, err
}

// postUsual posts name and password under all their usual names at once: for a login that
// shows no form.
func (r *run) postUsual(ctx context.Context, b *browser, there *answer, u *url.URL, who Account) (login, error) {
	f := form{action: u, method: "POST"}
	for _, n := range []string{"user", "username", "login", "email", "name"} {
		f.fields = append(f.fields, field{name: n, value: who.Name})
	}
	for _, n := range []string{"pass", "password"} {
		f.fields = append(f.fields, field{name: n, value: who.Password, kind: "password"})
	}
	f.fields = merge(given(read(there)), f.fields)
	p := f.post(u)
	p.header = r.tokens(b, u, read(there))
	a, err := r.client.open(ctx, b, "POST", u, p)
	l := login{said: "name and password under their usual names to " + r.path(u), answer: a}
	if err != nil {
		return l, err
	}
	if there.status >= 400 && (a.status == 404 || a.status == 405 || a.status == 410) {
		return l, &failure{says: fmt.Sprintf("There is no login at %s: it answers %d, and %d to name and password.", r.path(u), there.status, a.status)}
	}
	l.again = a.status == 401 || a.status == 422
	r.bear(b, a)
	return l, nil
}

// given are the fields of a page's POST forms that have a value: its tokens.
func given(p page) (fields []field) {
	for _, f := range p.forms {
		for _, x := range f.fields {
			if f.method == "POST" && x.value != "" && x.kind != "submit" {
				fields = append(fields, x)
			}
		}
	}
	return fields
}

// merge puts more in the place of fields of the same name.
func merge(fields, more []field) []field {
	for _, x := range more {
		found := false
		for i := range fields {
			if fields[i].name == x.name {
				fields[i], found = x, true
			}
		}
		if !found {
			fields = append(fields, x)
		}
	}
	return fields
}

// tokens are the headers in which scripts send back what protects from forged requests:
// of a cookie (Angular, Axios, Laravel, Django) or of a <meta> (Rails, Laravel).
func (r *run) tokens(b *browser, u *url.URL, p page) http.Header {
	h := http.Header{}
	entries, _ := b.jar.Get(r.Now(), u, cookie.Context{TopLevel: true})
	for _, e := range entries {
		value := e.Value
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		switch strings.ToLower(e.Name) {
		case "xsrf-token":
			h.Set("X-XSRF-TOKEN", value)
		case "csrftoken":
			h.Set("X-CSRFToken", value)
		case "csrf-token", "csrf_token", "_csrf":
			h.Set("X-CSRF-Token", value)
		}
	}
	if token := p.metas["csrf-token"]; token != "" {
		h.Set("X-CSRF-Token", token)
	}
	return h
}

// bear notes a token that a login answers with in JSON, which a script would keep.
func (r *run) bear(b *browser, a *answer) {
	var said map[string]any
	if r.bearless || json.Unmarshal(a.body, &said) != nil {
		return
	}
	for _, name := range []string{"access_token", "accessToken", "token", "jwt", "id_token"} {
		if token, ok := said[name].(string); ok && !strings.ContainsAny(token, "\r\n") {
			b.bearer = token
			return
		}
	}
}
