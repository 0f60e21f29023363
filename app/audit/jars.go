//go:build !wasm

package audit

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// keepOnly takes out of b's jar all cookies but those of these names.
func (b *browser) keepOnly(names []string) {
	b.jar.Delete(func(e *cookie.Entry) bool { return !slices.Contains(names, e.Name) })
}

// lay puts cookies into b's jar in place of those of their names.
func (b *browser) lay(over []cookie.Entry) {
	kept := slices.DeleteFunc(b.jar.All(), func(e cookie.Entry) bool {
		return slices.ContainsFunc(over, func(o cookie.Entry) bool { return o.Name == e.Name })
	})
	b.jar = cookie.Restore(cookie.Chromium, append(kept, over...))
}

// suspects are the names of the cookies that go to the private page or, with deep, to any
// path of its host. What is likely no session comes first, then what logs in by itself, then
// what is kept longest.
func (r *run) suspects(b *browser, deep bool) []string {
	u, err := r.at(r.Private)
	if err != nil {
		return nil
	}
	sent, _ := b.jar.Clone().Get(r.Now(), u, cookie.Context{TopLevel: true})
	for _, e := range b.jar.All() {
		if at := (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: e.Path}); deep {
			more, _ := b.jar.Clone().Get(r.Now(), at, cookie.Context{TopLevel: true})
			sent = append(sent, more...)
		}
	}
	rank := func(e *cookie.Entry) int {
		switch token.Recognise(e.Name, e.Value).Role {
		case token.Session:
			return 4
		case token.Unknown:
			return 3
		case token.LoginState:
			return 2
		case token.Remember:
			return 1
		}
		return 0
	}
	lasts := func(e *cookie.Entry) time.Time {
		if e.Expires.IsZero() {
			return e.Created
		}
		return e.Expires
	}
	slices.SortStableFunc(sent, func(a, b *cookie.Entry) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), lasts(b).Compare(lasts(a)))
	})
	var names []string
	for _, e := range sent {
		if !slices.Contains(names, e.Name) {
			names = append(names, e.Name)
		}
	}
	return names
}

// sessionOf returns the cookies of b that carry the session.
func (r *run) sessionOf(b *browser) (found []cookie.Entry) {
	for _, e := range b.jar.All() {
		if slices.Contains(r.session, e.Name) {
			found = append(found, e)
		}
	}
	return found
}

// changed reports whether the session's cookies differ between two jars in anything but
// what wraps the id.
func (r *run) changed(before, after string) bool {
	a, b := r.sessionOf(r.jars[before]), r.sessionOf(r.jars[after])
	for _, old := range a {
		for _, now := range b {
			if old.Name != now.Name {
				continue
			}
			switch change, _ := token.Compare(old.Name, old.Value, now.Value); change {
			case token.New, token.NewInside:
				return true
			case token.CannotTell: // what is as short as a bare id, and has nothing in common, is another
				if len(old.Value) <= 40 && len(now.Value) <= 40 {
					return true
				}
			}
		}
	}
	return false
}
