//go:build !wasm

package audit

import (
	"context"
	"strings"

	core "fixlab/lab/audit"
)

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
		if best == nil || !best.logsIn() && f.logsIn() {
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

// logsIn reports whether a form says that one logs in with it, by where it goes or by what
// is written in it.
func (f form) logsIn() bool {
	return core.LoginWord(f.action.Path) || core.LoginWord(f.text) || strings.Contains(strings.ToLower(f.action.Path), "session")
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

// hidden reports whether a form has fields, and none that somebody could fill in.
func (f form) hidden() bool {
	for _, x := range f.fields {
		if x.kind != "hidden" && x.kind != "submit" {
			return false
		}
	}
	return len(f.fields) > 0
}
