//go:build !wasm

package audit

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"fixlab/lab/cookie"
)

// drive logs b in with a real browser: it gets b's cookies, and b gets those that it comes
// out with.
func (r *run) drive(ctx context.Context, b *browser, who Account) (login, error) {
	u, err := r.at(r.Login)
	if err != nil {
		return login{}, &failure{says: err.Error()}
	}
	l := login{said: "a browser on " + r.path(u), shown: true}
	found, err := r.Browser.LogIn(context.WithoutCancel(ctx), u, who, ofJar(b)) // heard out, as other logins
	if err != nil {
		if broke := (*failure)(nil); errors.As(err, &broke) {
			return l, broke
		}
		return l, &failure{says: "The browser could not log in: " + err.Error() + "."}
	}
	b.jar, b.last = &cookie.Jar{}, nil
	for _, c := range found {
		host := strings.TrimPrefix(c.Domain, ".")
		at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
		if host != u.Hostname() {
			at.Host = host
		}
		if _, err := b.jar.Set(r.Now(), at, c.line(), cookie.Context{TopLevel: true}); err != nil {
			r.refused = append(r.refused, c.Name+": "+err.Error())
		}
	}
	return l, nil
}

// line is the Set-Cookie line that makes such a cookie.
func (c Cookie) line() string {
	line := c.Name + "=" + c.Value + "; Path=" + c.Path
	if strings.HasPrefix(c.Domain, ".") {
		line += "; Domain=" + c.Domain[1:]
	}
	if !c.Expires.IsZero() {
		line += "; Expires=" + c.Expires.UTC().Format(http.TimeFormat)
	}
	if c.Secure {
		line += "; Secure"
	}
	if c.HTTPOnly {
		line += "; HttpOnly"
	}
	if c.SameSite != "" {
		line += "; SameSite=" + c.SameSite
	}
	return line
}

// quoted is a text as JavaScript writes it.
func quoted(s string) string {
	q, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(q)
}
