//go:build !wasm

package audit

import (
	"context"
	"slices"

	core "fixlab/lab/audit"
	"fixlab/lab/audit/token"
)

// find finds the cookies that carry the session: of those that go to the private page or,
// where these do not open it, of all that its host gets.
func (r *run) find(ctx context.Context, b *browser, seen *core.Seen) error {
	ask := func(some []string) (core.Who, error) {
		c := b.copy()
		c.bearer = ""
		c.keepOnly(some)
		return r.look(ctx, c, false)
	}
	names, all := r.suspects(b, false), r.suspects(b, true)
	if b.bearer != "" {
		if who, err := ask(all); err != nil || who != core.Victim {
			return err // identity travels in a header
		}
		r.forgetTokens() // the cookies alone do, and they are what is asked about
	}
	session, why, err := core.FindSession(names, ask)
	if why == core.NotThese && len(all) > len(names) {
		session, why, err = core.FindSession(all, ask)
	}
	if why != "" {
		err = &failure{says: why}
	}
	if err != nil {
		return err
	}
	r.session = session
	r.twice(ctx)
	for _, e := range b.jar.All() {
		if slices.Contains(session, e.Name) && r.report.Framework == "" {
			r.report.Framework = token.Recognise(e.Name, e.Value).Framework
		}
	}
	return nil
}
