//go:build !wasm

package audit

import (
	"context"
	"fmt"

	core "fixlab/lab/audit"
)

// visit does what a visitor does first, and opens the login page. Once the session's cookies
// are known, one who has none by then tries the private page, too, which may note where to
// go after a login.
func (r *run) visit(ctx context.Context, b *browser) error {
	for _, d := range r.deeds {
		if _, err := r.do(ctx, b, d); err != nil {
			return err
		}
	}
	err := r.openLogin(ctx, b)
	if err != nil || len(r.session) == 0 || len(r.sessionOf(b)) > 0 {
		return err
	}
	if _, err := r.do(ctx, b, deed{method: "GET", path: r.Private}); err != nil {
		return err
	}
	return r.openLogin(ctx, b)
}

func (r *run) openLogin(ctx context.Context, b *browser) error {
	u, err := r.at(r.Login)
	if err != nil {
		return &failure{says: err.Error()}
	}
	a, err := r.client.open(ctx, b, "GET", u, nil)
	if err == nil && a.status == 403 && r.JSON == "" { // where scripts post, nothing may be to be got
		err = &failure{says: fmt.Sprintf("%s answers 403 before anybody has tried to log in: something may refuse this client; -user-agent changes what it calls itself.", r.path(a.url))}
	}
	return err
}

// look opens the private page with what b holds, which stays as it is.
func (r *run) look(ctx context.Context, b *browser, elsewhere bool) (core.Who, error) {
	c := b.copy()
	if elsewhere {
		c.agent = r.UserAgent + " (another browser)"
	}
	a, err := r.openPrivate(ctx, c)
	if err != nil {
		return core.Unclear, err
	}
	if r.private = a; r.stranger == nil {
		r.meet(a)
	}
	who := r.whom(a)
	if who != core.Nobody && !elsewhere {
		r.follows(b.jar.All(), c.jar.All(), r.asking)
	}
	if who == core.Nobody && a.status >= 500 {
		return core.Unclear, &failure{says: fmt.Sprintf("The private page answers %d.", a.status)}
	}
	return who, nil
}

// openPrivate opens the private page past any cache.
func (r *run) openPrivate(ctx context.Context, b *browser) (*answer, error) {
	u, err := r.to(b, r.Private)
	if err != nil {
		return nil, &failure{says: err.Error()}
	}
	fresh := *u
	if r.picky {
		return r.client.open(ctx, b, "GET", u, nil)
	}
	if fresh.RawQuery != "" {
		fresh.RawQuery += "&"
	}
	fresh.RawQuery += "nocache=" + random(8, "0123456789abcdef")
	a, err := r.client.open(ctx, b, "GET", &fresh, nil)
	if err != nil || a.status != 400 && a.status != 404 && a.status != 422 {
		return a, err
	}
	// Some servers take no parameter that they do not know.
	plain, err := r.client.open(ctx, b, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	r.picky = plain.status != a.status
	return plain, nil
}

// turnedAway reports whether the private page, as it was last seen, refuses or asks to log in.
func (r *run) turnedAway() bool {
	a := r.private
	return a.status == 401 || a.status == 403 || a.url.Path != r.privatePath() || toLogIn(read(a)) != nil
}

func (r *run) privatePath() string {
	u, err := r.at(r.Private)
	if err != nil {
		return ""
	}
	return u.Path
}
