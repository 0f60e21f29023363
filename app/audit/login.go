//go:build !wasm

package audit

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	core "fixlab/lab/audit"
)

// A login is how it went.
type login struct {
	said   string // what was sent: "the form of /login"
	answer *answer
	shown  bool // a form was there to log in with
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
	if r.report.Logins >= r.MaxLogins {
		return login{}, &failure{says: fmt.Sprintf("The audit has tried its %d logins; -max-logins allows more.", r.MaxLogins)}
	}
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
			r.report.Logins-- // nothing was sent
			return login{said: "a form that " + r.path(u) + " does not show to who is logged in", barred: true}, err
		}
		if a.status >= 400 && a.status < 500 {
			r.report.Logins--
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
			done["code"] = true
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

// captcha reports whether a page asks to prove that one is a person.
func captcha(a *answer) bool {
	text := strings.ToLower(string(a.body))
	return strings.Contains(text, "captcha") || strings.Contains(text, "cf-turnstile")
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
