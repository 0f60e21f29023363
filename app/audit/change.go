//go:build !wasm

package audit

import (
	"context"
	"fmt"
	"strings"
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
		for _, with := range []string{"L3 new", jar} { // a server may have ended the one that changed it
			if r.jars[with] != nil && r.changeTo(ctx, with, old) == nil {
				return nil
			}
		}
		return &failure{says: fmt.Sprintf("The password of %s could not be changed back: it is the one you gave with “%s” behind it.", r.Alice.Name, newEnding)}
	}
	return nil
}

func (r *run) changeTo(ctx context.Context, jar, password string) error {
	fields := strings.NewReplacer("%", "%25", "&", "%26", " ", "%20")
	d, err := parseDeed(strings.NewReplacer("{pass}", fields.Replace(r.Alice.Password), "{new}", fields.Replace(password)).Replace(r.Change))
	if err != nil {
		return &failure{says: "-change-password " + err.Error() + "."}
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
