//go:build !wasm

package audit

import (
	"context"
	"net/url"

	core "fixlab/lab/audit"
)

// elsewhere is a page of another site. Nothing is ever sent there (RFC 2606).
var elsewhere = &url.URL{Scheme: "https", Host: "attacker.example", Path: "/"}

// logInAbroad posts who's login with b, which is empty, as a form on another site would:
// with the fields and tokens of a page that the attacker has opened herself.
func (r *run) logInAbroad(ctx context.Context, b *browser, who Account, seen *core.Seen) error {
	if r.JSON != "" || r.Browser != nil {
		seen.Nothing = "The login is no form, and a form on another site cannot post what it takes."
		return nil
	}
	own := newBrowser()
	if err := r.visit(ctx, own); err != nil {
		return err
	}
	r.report.Logins++
	page := read(own.last)
	f := toLogIn(page)
	switch {
	case r.Form != "":
		u, err := r.at(r.Login)
		if err != nil {
			return &failure{says: err.Error()}
		}
		made := form{action: u, method: "POST", fields: merge(given(page), template(r.Form, who))}
		if f != nil {
			made.action = f.action
		}
		f = &made
	case f == nil || f.user() < 0 || f.password() < 0:
		seen.Nothing = "The login page has no form that another site could copy."
		return nil
	default:
		f.fields[f.user()].value, f.fields[f.password()].value = who.Name, who.Password
	}
	p := f.post(elsewhere)
	if p == nil {
		p = &posting{from: elsewhere} // a link to it will do
	}
	_, err := r.client.open(ctx, b, f.method, f.to(), p)
	return err
}
