//go:build !wasm

package audit

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	core "fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// A login is how it went.
type login struct {
	said   string // what was sent: "the form of /login"
	answer *answer
	shown  bool // a form was there to log in with
	factor bool // a code was asked for and given
	again  bool // the answer refuses: it asks for name and password once more
	robot  bool // the login page asks to prove that one is a person
	barred bool // nothing was sent: whoever is logged in gets no form
}

// maxSteps is how many forms a login may consist of: name, password, code.
const maxSteps = 4

// logIn logs b in as who, as a person would: it opens the login page, fills in the form
// that is there with its hidden fields, and goes on as long as another one asks for what
// was not given. half is called before the code of a second factor is sent.
func (r *run) logIn(ctx context.Context, b *browser, who Account, half func() error) (login, error) {
	r.report.Logins++
	if err := r.pause(ctx); err != nil {
		return login{}, err
	}
	r.paused = false
	if r.Browser != nil {
		return r.drive(ctx, b, who)
	}
	u, err := r.to(b, r.Login)
	if err != nil {
		return login{}, &failure{says: err.Error()}
	}
	if r.JSON != "" {
		return r.postJSON(ctx, b, u, who)
	}
	a := b.last // the login page is open already, as a visitor left it
	if a == nil || a.url.Path != u.Path || u.RawQuery != "" && a.url.RawQuery != u.RawQuery {
		if a, err = r.client.open(ctx, b, "GET", u, nil); err != nil {
			return login{}, err
		}
	}
	if r.Form != "" {
		return r.postTemplate(ctx, b, a, u, who)
	}
	a, f, err := r.formOf(ctx, b, a)
	if err != nil {
		return login{}, err
	}
	if f == nil && r.formAt != nil {
		// There is a form for strangers. Is this one logged in already?
		if in, err := r.look(ctx, b, false); err != nil || in != core.Nobody {
			return login{said: "a form that " + r.path(u) + " does not show to who is logged in", barred: true}, err
		}
		if a.status >= 400 && a.status < 500 {
			return login{said: "no form, for " + r.path(u) + " answers " + strconv.Itoa(a.status), answer: a}, nil
		}
	}
	if f == nil {
		return r.postUsual(ctx, b, a, u, who)
	}
	l := login{said: "the form of " + r.path(a.url), shown: true, robot: captcha(a)}
	done := map[string]bool{}
	for range maxSteps {
		code := f.code()
		fill := *f
		fill.fields = append([]field(nil), f.fields...)
		if i := f.user(); i >= 0 && i != code && !done["user"] {
			fill.fields[i].value, done["user"] = who.Name, true
		}
		if i := f.password(); i >= 0 && i != code {
			fill.fields[i].value, done["password"] = who.Password, true
		}
		if code >= 0 && done["password"] && f.password() < 0 {
			if who.TOTP == "" {
				return l, &failure{says: fmt.Sprintf("%s asks for the code of a second factor; -totp gives its secret.", r.path(a.url))}
			}
			if err := half(); err != nil {
				return l, err
			}
			if fill.fields[code].value, err = r.code(ctx, who); err != nil {
				return l, err
			}
			done["code"], l.factor = true, true
		}
		if err = r.refuse(fill.action, true); err != nil {
			return l, err
		}
		if a, err = r.client.open(ctx, b, fill.method, fill.to(), fill.post(a.url)); err != nil {
			return l, err
		}
		l.answer = a
		if a, err = r.goOn(ctx, b, a); err != nil {
			return l, err
		}
		after := read(a)
		if f = r.further(after, done); f == nil {
			l.again = a.status == 401 || a.status == 422 || toLogIn(after) != nil
			return l, nil
		}
	}
	return l, nil
}

// goOn goes from a page to where a browser goes from it by itself: it is refreshed, or a
// script submits its one form of hidden fields, as sign-on does (OAuth 2.0 Form Post
// Response Mode; SAML 2.0 bindings, 3.5).
func (r *run) goOn(ctx context.Context, b *browser, a *answer) (*answer, error) {
	for range maxSteps {
		p := read(a)
		var err error
		switch {
		case p.next != nil && p.next.String() != a.url.String() && r.may(p.next):
			a, err = r.client.open(ctx, b, "GET", p.next, nil)
		case len(p.forms) == 1 && p.forms[0].hidden() && r.may(p.forms[0].action) && bytes.Contains(a.body, []byte("submit()")):
			f := p.forms[0]
			a, err = r.client.open(ctx, b, f.method, f.to(), f.post(a.url))
		default:
			return a, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return a, nil
}

// hidden reports whether a form has fields, and none that somebody could fill in.
func (f form) hidden() bool {
	for _, x := range f.fields {
		if x.kind != "hidden" && x.kind != "submit" {
			return false
		}
	}
	return len(f.fields) > 0
}

// pause waits before a login, once.
func (r *run) pause(ctx context.Context) error {
	if r.Pause > 0 && !r.paused {
		if err := r.Sleep(ctx, r.Pause); err != nil {
			return r.over(ctx)
		}
	}
	r.paused = true
	return nil
}

// securityCheck is where FORM logins of Java post to. The server takes that only after it
// has shown the form in place of a private page (Servlet 6.0, 13.6.3.1).
const securityCheck = "j_security_check"

// formOf returns the login form for b, and the page that has it: the login page, which is
// there, the page where it was found before, or the one that stands in place of the private
// page, where the server shows it itself. Without a form it is the login page alone.
func (r *run) formOf(ctx context.Context, b *browser, there *answer) (*answer, *form, error) {
	f := toLogIn(read(there))
	if f != nil && !strings.Contains(f.action.Path, securityCheck) {
		r.noteForm(b, there)
		return there, f, nil
	}
	if there.status == 404 || there.status == 410 {
		return there, nil, nil // a page that is not there is no reason to look elsewhere
	}
	u, err := r.to(b, r.Private)
	if err != nil {
		return nil, nil, &failure{says: err.Error()}
	}
	if r.formAt != nil && place(r.formAt) != place(there.url) {
		u = r.carried(b, r.formAt)
	}
	a, err := r.client.open(ctx, b, "GET", u, nil)
	if err != nil {
		return nil, nil, err
	}
	if shown := toLogIn(read(a)); shown != nil {
		r.noteForm(b, a)
		return a, shown, nil
	}
	return there, f, nil
}

// noteForm notes where the login form was found, without any id that the address carries.
func (r *run) noteForm(b *browser, a *answer) {
	if b.link == nil {
		u := *a.url
		u.Path, u.RawPath = parameter.ReplaceAllString(u.Path, ""), ""
		r.formAt = &u
	}
}

// toLogIn returns the form of a page that one logs in with: one that asks for a password,
// once; of several the one that says so. A page that asks for a name alone comes first.
func toLogIn(p page) *form {
	var best *form
	for i := range p.forms {
		f := &p.forms[i]
		passwords := 0
		for _, x := range f.fields {
			if x.kind == "password" {
				passwords++
			}
		}
		if passwords != 1 {
			continue
		}
		if best == nil || !says(*best, "log", "sign in", "signin", "session", "auth") && says(*f, "log", "sign in", "signin", "session", "auth") {
			best = f
		}
	}
	if best != nil {
		return best
	}
	for i, f := range p.forms {
		if u := f.user(); u >= 0 && f.method == "POST" && (like(f.fields[u].name, userNames) || f.fields[u].hint == "username") {
			return &p.forms[i]
		}
	}
	// A form without a field's type or name that is known: JSPs of a line.
	for i, f := range p.forms {
		if strings.Contains(f.action.Path, securityCheck) {
			p.forms[i].fields = append(p.forms[i].fields, field{name: "j_username"}, field{name: "j_password", kind: "password"})
			return &p.forms[i]
		}
	}
	return nil
}

// says reports whether a form's action or text holds one of words.
func says(f form, words ...string) bool {
	text := strings.ToLower(f.action.Path + " " + f.text)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// further returns the form of a page that goes on with a login: one that asks for the
// password, or for a code, where none was given yet.
func (r *run) further(p page, done map[string]bool) *form {
	for i, f := range p.forms {
		switch {
		case f.password() >= 0 && !done["password"], f.password() < 0 && f.code() >= 0 && done["password"] && !done["code"]:
			return &p.forms[i]
		}
	}
	return nil
}

// captcha reports whether a page asks to prove that one is a person.
func captcha(a *answer) bool {
	text := strings.ToLower(string(a.body))
	return strings.Contains(text, "captcha") || strings.Contains(text, "cf-turnstile")
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

// code returns a code of the second factor that was not used yet: servers take each once.
func (r *run) code(ctx context.Context, who Account) (string, error) {
	const period = 30 * time.Second
	for range 3 {
		now := r.Now()
		code, err := totp.GenerateCode(strings.ReplaceAll(who.TOTP, " ", ""), now)
		if err != nil {
			return "", &failure{says: "The secret of the second factor is no base32: " + err.Error() + "."}
		}
		if r.codes[who.Name] != code {
			r.codes[who.Name] = code
			return code, nil
		}
		r.Say("waiting for the next code of the second factor")
		if err := r.Sleep(ctx, cmp.Or(period-time.Duration(now.UnixNano()%int64(period)), period)); err != nil {
			return "", r.over(ctx)
		}
	}
	return "", &failure{says: "The second factor gave the same code again and again."}
}
