//go:build !wasm

package audit

import (
	"context"
	"fmt"
	"strings"

	core "fixlab/lab/audit"
)

// newEnding makes the victim's password another one, for as long as one check lasts. It has
// a capital, a digit and a sign, as many servers ask.
const newEnding = "-Fixlab1"

// change changes the victim's password, and remembers to change it back.
func (r *run) change(ctx context.Context, jar string) error {
	old := r.Alice.Password
	if err := r.changeTo(ctx, jar, old+newEnding); err != nil {
		return err
	}
	r.restore = func(ctx context.Context) error {
		r.MaxRequests, r.MaxLogins = r.MaxRequests+40, r.MaxLogins+1 // whatever the audit has used up
		for _, with := range []string{"L3 new", jar} {               // a server may have ended the one that changed it
			if r.jars[with] != nil && r.changeTo(ctx, with, old) == nil {
				return r.opens(ctx)
			}
		}
		return &failure{says: fmt.Sprintf("The password of %s could not be changed back: it is the one you gave with “%s” behind it.", r.Alice.Name, newEnding)}
	}
	return nil
}

// opens makes sure that the victim's password is the one that it is taken for: a server may
// refuse a new one with a page that looks like any other.
func (r *run) opens(ctx context.Context) error {
	b := newBrowser()
	err := r.visit(ctx, b)
	if err == nil {
		_, err = r.logIn(ctx, b, r.Alice, func() error { return nil })
	}
	if err == nil {
		if who, failed := r.look(ctx, b, false); failed == nil && who == core.Victim {
			return nil
		}
	}
	return &failure{says: fmt.Sprintf("Whether the password of %s was changed back is not sure: with the one you gave she cannot log in. It may be that one with “%s” behind it.", r.Alice.Name, newEnding)}
}

func (r *run) changeTo(ctx context.Context, jar, password string) error {
	d, err := parseDeed(r.Change) // before the passwords are in it: an error shows it
	if err != nil {
		return &failure{says: "-change-password " + err.Error() + "."}
	}
	for i := range d.fields {
		d.fields[i].value = strings.NewReplacer("{pass}", r.Alice.Password, "{new}", password).Replace(d.fields[i].value)
	}
	a, err := r.do(ctx, r.jars[jar], d)
	if err != nil {
		return err
	}
	if a.status >= 400 {
		return &failure{says: fmt.Sprintf("The password could not be changed: %s answers %d.", r.path(a.url), a.status)}
	}
	r.Alice.Password = password
	return nil
}
