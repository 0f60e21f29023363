//go:build !wasm

package audit

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	core "fixlab/lab/audit"
)

// An exit is a way to log out.
type exit struct {
	looked bool
	to     *url.URL
	method string
}

// findExit finds the way to log out: what -logout says, else a form or a link of the
// private page that says so.
func (r *run) findExit(ctx context.Context) bool {
	if r.out.looked {
		return r.out.to != nil
	}
	if r.Logout != "" {
		r.out.looked = true
		method, path, both := strings.Cut(r.Logout, " ")
		if !both {
			method, path = "", r.Logout
		}
		u, err := r.at(strings.TrimSpace(path))
		if err == nil {
			r.out.to, r.out.method = u, strings.ToUpper(method)
		}
		return err == nil
	}
	b := r.jars[r.last[core.Victim]]
	return b != nil && r.findExitOf(ctx, b)
}

// findExitOf looks for a way to log out as b is shown it, on the private page and elsewhere.
// Without an answer it is looked for another time.
func (r *run) findExitOf(ctx context.Context, b *browser) bool {
	a, err := r.openPrivate(ctx, b)
	if err != nil {
		return false
	}
	if r.out.looked = true; r.leads(a) {
		return true
	}
	for _, d := range r.deeds {
		u, err := r.at(d.path)
		if err != nil {
			continue
		}
		if a, err := r.client.open(ctx, b, "GET", u, nil); err == nil && r.leads(a) {
			return true
		}
	}
	return false
}

// leads notes the form or the link of a page that logs out.
func (r *run) leads(a *answer) bool {
	p := read(a)
	for _, f := range p.forms {
		if leaves(f.to(), f.text) && r.may(f.action) {
			r.out.to, r.out.method = f.action, f.method
			return true
		}
	}
	for _, l := range p.links {
		if leaves(l.to, l.text) && r.may(l.to) {
			r.out.to, r.out.method = l.to, "GET"
			return true
		}
	}
	return false
}

// leaves reports whether what leads to u under such a text logs out.
func leaves(u *url.URL, text string) bool {
	return core.LogoutWord(u.Path+"?"+u.RawQuery) || core.LogoutWord(text)
}

// A noExit says that there is no logout where one was thought to be.
type noExit struct{ says string }

func (e *noExit) Error() string { return e.says }

// logOut logs b out, by the form on the private page if there is one for it.
func (r *run) logOut(ctx context.Context, b *browser) error {
	if !r.findExit(ctx) {
		return &noExit{"No way to log out was found; -logout names it."}
	}
	a, err := r.openPrivate(ctx, b)
	if err != nil {
		return err
	}
	page := read(a)
	f, found := r.exitOn(page)
	send := func(body string) error {
		p := f.post(a.url)
		if p != nil {
			p.header = r.tokens(b, r.out.to, page)
		}
		if p != nil && !found { // as scripts do it: nothing, or an object with nothing in it
			p.kind, p.body = "", []byte(body)
			if body != "" {
				p.kind = "application/json"
			}
		}
		after, err := r.client.open(ctx, b, f.method, f.to(), p)
		if err == nil {
			a = after
		}
		return err
	}
	if err = send(""); err != nil {
		return err
	}
	if r.out.method == "" && f.method == "GET" {
		who, err := r.look(ctx, b, false)
		if err == nil && who != core.Nobody {
			f.method = "POST"
			err = send("")
		}
		if err != nil {
			return err
		}
	}
	if !found && f.method != "GET" && (a.status == 400 || a.status == 415) {
		if err = send("{}"); err != nil {
			return err
		}
	}
	b.bearer = "" // the script of a site forgets it
	r.inside = slices.DeleteFunc(r.inside, func(name string) bool { return r.jars[name] == b })
	if (a.status == 404 || a.status == 405) && r.Logout == "" {
		return &noExit{fmt.Sprintf("There is no logout at %s: it answers %d.", r.path(r.out.to), a.status)}
	}
	if a.status >= 400 && a.status != 401 && a.status != 403 {
		if who, err := r.look(ctx, b, false); err == nil && who == core.Nobody {
			return nil // what came after the logout was refused
		}
		return &failure{says: fmt.Sprintf("The logout at %s was answered with %d.", r.path(r.out.to), a.status)}
	}
	return nil
}

// exitOn returns how a page logs out whom it was shown: its own form, or its own link, which
// may have a token in it, and whether there is one. Without it, it is what was found first.
func (r *run) exitOn(p page) (form, bool) {
	f := form{action: r.out.to, method: r.out.method}
	set(&f.method, "GET")
	for _, says := range []bool{true, false} { // one that says so comes before one that goes to the same address
		for _, there := range p.forms {
			if there.action.Path == r.out.to.Path && (!says && there.action.RawQuery == r.out.to.RawQuery || leaves(there.to(), there.text)) {
				return there, true
			}
		}
	}
	if f.method == "GET" {
		for _, l := range p.links {
			if l.to.Path == r.out.to.Path && leaves(l.to, l.text) {
				f.action = l.to
			}
		}
		for part := range strings.SplitSeq(f.action.RawQuery, "&") {
			if name, value, _ := strings.Cut(part, "="); name != "" {
				name, _ = url.QueryUnescape(name)
				value, _ = url.QueryUnescape(value)
				f.fields = append(f.fields, field{name: name, value: value})
			}
		}
	}
	return f, false
}

// leave logs out every browser that is still logged in, when the audit was interrupted.
func (r *run) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	r.MaxRequests += 8 * len(r.inside)
	found := r.findExit(ctx)
	for i := len(r.inside) - 1; !found && i >= 0; i-- { // any who is logged in is shown it
		found = r.findExitOf(ctx, r.jars[r.inside[i]])
	}
	if !found {
		r.Say("no way to log out was found: who is logged in stays so")
		return
	}
	for _, name := range slices.Clone(r.inside) {
		r.Say("logging out " + name)
		if err := r.logOut(ctx, r.jars[name]); err != nil {
			r.Say(name + " stays logged in: " + err.Error())
		}
	}
}
