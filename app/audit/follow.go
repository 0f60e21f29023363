//go:build !wasm

package audit

import (
	"context"
	"net/url"
	"slices"
	"strings"

	core "fixlab/lab/audit"
	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// follow follows a link that carries an id, with an empty jar. Where the server answers
// with an id of its own, the attack ends there.
func (r *run) follow(ctx context.Context, s core.Step, from *browser, seen *core.Seen) error {
	loot := r.sessionOf(from)
	if len(loot) == 0 {
		seen.Nothing = "There was no session cookie before the login, so there is no id to put into a link."
		return nil
	}
	why := "The server took no notice of the id: the browser has one of its own."
	all := names(s.Link, token.Bare(loot[0].Name))
	for _, id := range spellings(loot[0]) {
		b := newBrowser()
		r.jars[s.Jar] = b
		if err := r.arrive(ctx, b, s.Link, all, id); err != nil {
			return err
		}
		got := r.sessionOf(b)
		switch {
		case len(got) > 0:
			if change, _ := token.Compare(loot[0].Name, loot[0].Value, got[0].Value); change.Kept() {
				return nil // the link planted the very cookie
			}
		case carries(b.last, id):
			// The id may travel on in the addresses of the pages; only a login tells.
			b.link = func(u *url.URL) *url.URL { return linked(u, s.Link, all, id) }
			return nil
		default:
			why = "The server took no notice of the id."
		}
	}
	seen.Stopped = why
	return nil
}

// spellings are the ways to write a cookie's id where it is no cookie: as it stands, without
// its percents, and without a signature.
func spellings(e cookie.Entry) []string {
	plain := token.Decode(e.Value)
	id := token.Recognise(e.Name, e.Value).ID
	if id == "" {
		id, _, _ = strings.Cut(plain[strings.Index(plain, ":")+1:], ".")
	}
	var all []string
	for _, x := range []string{e.Value, plain, id} {
		if x != "" && !slices.Contains(all, x) {
			all = append(all, x)
		}
	}
	return all
}

// names are those under which a server may look for an id. A link or a form carries them
// all at once.
func names(link core.Link, cookie string) []string {
	if link == core.Path {
		return []string{strings.ToLower(cookie)}
	}
	all := []string{cookie}
	for _, n := range []string{"sid", "sessid", "session", "sessionid", "session_id"} {
		if n != cookie {
			all = append(all, n)
		}
	}
	return all
}

// arrive opens the start pages and the login page as one who followed the link, or who
// was led to post a form from another site.
func (r *run) arrive(ctx context.Context, b *browser, link core.Link, names []string, id string) error {
	for _, d := range append(slices.Clone(r.deeds), deed{path: r.Login}) {
		u, err := r.at(d.path)
		if err != nil {
			return &failure{says: err.Error()}
		}
		if u = linked(u, link, names, id); link == core.Field {
			if err := r.postForeign(ctx, b, u, names, id); err != nil {
				return err
			}
		}
		if _, err := r.client.open(ctx, b, "GET", u, nil); err != nil {
			return err
		}
	}
	return nil
}

// linked is u with an id in it.
func linked(u *url.URL, link core.Link, names []string, id string) *url.URL {
	with := *u
	switch link {
	case core.Query:
		var all []string
		for _, name := range names {
			all = append(all, url.QueryEscape(name)+"="+url.QueryEscape(id))
		}
		if with.RawQuery != "" {
			all = append(all, with.RawQuery)
		}
		with.RawQuery = strings.Join(all, "&")
	case core.Path:
		with.RawPath = u.EscapedPath() + ";" + names[0] + "=" + url.PathEscape(id)
		with.Path += ";" + names[0] + "=" + id
	}
	return &with
}

// to returns the address at which b gets to a path of the site: where its pages carry an
// id on, and no cookie does, that is in it.
func (r *run) to(b *browser, path string) (*url.URL, error) {
	u, err := r.at(path)
	if err == nil {
		u = r.carried(b, u)
	}
	return u, err
}

// carried is u with the id in it that b's pages carry on, where no cookie does.
func (r *run) carried(b *browser, u *url.URL) *url.URL {
	if b.link != nil && len(r.sessionOf(b)) == 0 {
		return b.link(u)
	}
	return u
}

// postForeign posts to a page what a form on another site can: the fields alone, and with
// them the forms that the page itself has, where the page was named in -start.
func (r *run) postForeign(ctx context.Context, b *browser, u *url.URL, names []string, id string) error {
	var extra []field
	for _, name := range names {
		extra = append(extra, field{name: name, value: id})
	}
	forms := []form{{action: u, method: "POST"}}
	if r.named {
		a, err := r.client.open(ctx, newBrowser(), "GET", u, nil)
		if err != nil {
			return err
		}
		for _, f := range read(a).forms {
			if f.method == "POST" && f.password() < 0 && r.may(f.action) {
				forms = append(forms, f)
			}
		}
	}
	for _, f := range forms {
		for i := range f.fields {
			if f.fields[i].value == "" {
				f.fields[i].value = "fixlab"
			}
		}
		f.fields = merge(f.fields, extra)
		if _, err := r.client.open(ctx, b, "POST", f.action, f.post(nil)); err != nil {
			return err
		}
	}
	return nil
}

// carries reports whether a page's links or forms carry an id on.
func carries(a *answer, id string) bool {
	if a == nil {
		return false
	}
	p := read(a)
	for _, f := range p.forms {
		if strings.Contains(f.action.String(), id) {
			return true
		}
		for _, x := range f.fields {
			if x.value == id {
				return true
			}
		}
	}
	for _, l := range p.links {
		if strings.Contains(l.to.String(), id) {
			return true
		}
	}
	return false
}
