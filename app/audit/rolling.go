//go:build !wasm

package audit

import (
	"slices"

	core "fixlab/lab/audit"
	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// follows hears that a look with the cookies was got the cookies now: some servers give a
// new id with every answer. Whoever has logged in goes on with the new one: every browser
// that holds the old cookie, and where the look was no question also what was kept of it.
func (r *run) follows(was, now []cookie.Entry, question bool) {
	for _, old := range was {
		at := slices.IndexFunc(now, func(e cookie.Entry) bool {
			return e.Name == old.Name && e.Domain == old.Domain && e.Path == old.Path && e.Value != old.Value
		})
		if at < 0 {
			continue
		}
		if change, _ := token.Compare(old.Name, old.Value, now[at].Value); !change.Kept() && change != token.Refreshed {
			r.rolling = append(r.rolling, old.Name)
		}
		for _, b := range r.jars {
			all := b.jar.All()
			i := slices.IndexFunc(all, func(e cookie.Entry) bool { return e.Name == old.Name && e.Value == old.Value })
			if i >= 0 && !(b.kept && question) {
				all[i] = now[at]
				b.jar = cookie.Restore(cookie.Chromium, all)
			}
		}
	}
}

// rolls reports whether the session's cookies were seen to be others with every answer.
func (r *run) rolls() bool {
	return slices.ContainsFunc(r.session, func(name string) bool { return slices.Contains(r.rolling, name) })
}

// refuses reports whether the private page, as it was last seen, refuses a cookie as such:
// it does not give even what strangers get.
func (r *run) refuses(got core.Who) bool {
	a := r.private
	return got == core.Nobody && a.status >= 400 && a.status < 500 && !r.stranger.gets(a)
}
