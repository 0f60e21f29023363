//go:build !wasm

package audit

import (
	"bytes"
	"html"
	"net/url"
	"slices"

	core "fixlab/lab/audit"
)

// A stranger is where the private page leads who has not logged in. A page that turns
// strangers away often has names on it all the same: demo accounts, the name that was
// typed in last.
type stranger struct {
	at     string // host and path, without parameters
	status int
	form   *form    // the login form there, nil for none
	marks  core.Who // whose name stands there
	apart  bool     // it is no private page, to all appearance: it refuses, or it is another page
	proven bool     // a login has led elsewhere
	passed int      // how often a name on it was taken for nothing
}

// meet notes the first answer of the private page, to one who has not logged in.
func (r *run) meet(a *answer) {
	r.stranger = &stranger{at: place(a.url), status: a.status, form: toLogIn(read(a)),
		apart: a.status == 401 || a.status == 403 || parameter.ReplaceAllString(a.url.Path, "") != r.privatePath()}
	r.stranger.marks = r.marks(a)
}

// whom says whom an answer of the private page knows: nobody, where it is what strangers
// get, and otherwise whose mark it shows.
func (r *run) whom(a *answer) core.Who {
	who := r.marks(a)
	if s := r.stranger; s.apart && s.gets(a) {
		if who != core.Nobody {
			s.passed++
		}
		return core.Nobody
	}
	return who
}

// gets reports whether a is the page that strangers get.
func (s *stranger) gets(a *answer) bool { return place(a.url) == s.at && a.status == s.status }

// place is where an address leads, whatever its query and its parameters.
func place(u *url.URL) string { return u.Host + parameter.ReplaceAllString(u.Path, "") }

// learn hears whom the private page's answer a knows after the first login of as, and
// corrects that where everybody gets the same page, and only the marks on it tell.
func (r *run) learn(a *answer, as, got core.Who) core.Who {
	s := r.stranger
	switch {
	case s.proven || a == nil:
	case !s.gets(a):
		s.proven = got == as
	case s.apart && r.marks(a) != s.marks && toLogIn(read(a)) == nil:
		if s.apart = false; s.passed > 1 {
			return core.Unclear // what was taken for nothing before counts after all
		}
		return r.marks(a)
	}
	return got
}

// unsaid is the text of a without what its login form has been filled in with, if it is
// the form that strangers get.
func (s *stranger) unsaid(a *answer) *answer {
	if s == nil || s.form == nil {
		return a
	}
	b := *a
	for _, f := range read(a).forms {
		if f.password() < 0 || f.action.Path != s.form.action.Path {
			continue
		}
		for _, x := range f.fields {
			for _, quote := range []string{`"`, `'`, ``} {
				for _, value := range slices.Compact([]string{x.value, html.EscapeString(x.value)}) {
					if value != "" {
						b.body = bytes.ReplaceAll(b.body, []byte("value="+quote+value+quote), nil)
					}
				}
			}
		}
	}
	return &b
}
