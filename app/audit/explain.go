//go:build !wasm

package audit

import (
	"fmt"
	"strings"

	core "fixlab/lab/audit"
)

// explain says why a login is none, as far as it can be seen.
func (r *run) explain(l login, b *browser, got, as core.Who) string {
	account, marks := r.Alice, "-alice-sees"
	if as == core.Attacker {
		account, marks = r.Mallory, "-mallory-sees"
	}
	var s strings.Builder
	fmt.Fprintf(&s, "After the login of %s (%s) by %s, ", as, account.Name, l.said)
	a := r.private
	page, asked := r.path(a.url), r.path(&a.asked)
	switch {
	case got == core.Unclear:
		fmt.Fprintf(&s, "%s shows both “%s” and “%s”, or one of them to strangers: %s and -mallory-sees must be what one of them sees alone.", asked, r.Alice.Sees, r.Mallory.Sees, "-alice-sees")
	case got != core.Nobody:
		fmt.Fprintf(&s, "%s shows %s.", asked, got)
	case a.status == 404 || a.status == 410:
		fmt.Fprintf(&s, "%s answers %d: there is no such page; -private names another.", page, a.status)
	case page != asked:
		fmt.Fprintf(&s, "%s redirects to %s: the login did not work.", asked, page)
	case a.status >= 400:
		fmt.Fprintf(&s, "%s answers %d: the login did not work.", asked, a.status)
	default:
		fmt.Fprintf(&s, "%s answers %d, and “%s” is not on it; %s says what it shows this account alone.", asked, a.status, account.Sees, marks)
	}
	if l.answer != nil {
		fmt.Fprintf(&s, " The login ended at %s with %d.", r.path(l.answer.url), l.answer.status)
		switch {
		case l.answer.status == 403:
			s.WriteString(" Something in front of the server may refuse this client: -user-agent changes what it calls itself.")
		case l.again:
			s.WriteString(" Name or password may be wrong.")
		}
	}
	if n := len(r.refused); n > 0 {
		fmt.Fprintf(&s, " A browser does not take its cookie %s.", r.refused[n-1])
	}
	if len(b.jar.All()) == 0 && b.bearer == "" {
		s.WriteString(" No answer has set a cookie.")
		if r.base.Scheme == "http" {
			s.WriteString(" Many servers set Secure cookies over https only.")
		}
	}
	if scheme, _, _ := strings.Cut(a.header.Get("WWW-Authenticate"), " "); a.status == 401 && scheme != "" {
		fmt.Fprintf(&s, " The private page asks for an Authorization header (%s): an identity that no cookie carries cannot be fixated by one.", scheme)
	}
	if !l.shown {
		fmt.Fprintf(&s, " %s has no login form: -form or -json says what to post.", r.Login)
	}
	return s.String()
}
