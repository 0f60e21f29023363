package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/audit"
	"fixlab/lab/audit/token"
	"fixlab/lab/near"
)

// A Finding is what a rule says of a document.
type Finding = audit.DocumentFinding

// A rule is one thing that a document should say.
type rule struct {
	id, title string
	refs      []audit.Reference
}

var (
	several = audit.Reference{ID: "OAS 3.2.0 4.21.3", Title: "several Set-Cookie, a property a cookie"}
	keyed   = audit.Reference{ID: "OAS 3.2.0 4.27", Title: "security schemes"}

	loginIssues  = rule{"login-issues-new", "A login says that it issues a new id", []audit.Reference{audit.RefRenewed, audit.RefFixation}}
	loginEnds    = rule{"login-ends-previous", "A login ends the session that the browser brought", []audit.Reference{audit.RefRenewed, audit.RefFixation}}
	stepUpIssues = rule{"step-up-issues-new", "A step-up says that it issues a new id", []audit.Reference{audit.RefRenewed, audit.RefFixation}}
	hasLogout    = rule{"logout", "There is a logout", []audit.Reference{audit.RefEnded, audit.RefExpiry}}
	logoutEnds   = rule{"logout-ends-current", "A logout ends the session", []audit.Reference{audit.RefEnded, audit.RefExpiry}}
	isSet        = rule{"cookie-is-set", "Some response sets the session cookie", []audit.Reference{several}}
	hasScheme    = rule{"cookie-has-scheme", "A cookie that a response sets is a security scheme", []audit.Reference{keyed}}
	prefixed     = rule{"cookie-prefix", "The session cookie’s name begins with __Host-", []audit.Reference{audit.RefHost, audit.RefTrusted}}
	inQuery      = rule{"session-not-in-query", "No session comes from a query", []audit.Reference{audit.RefQuery, audit.RefFixation}}
	written      = rule{"x-session", "x-session is written so that it is read", nil}

	attributes = []struct {
		name string
		rule rule
	}{
		{"Secure", rule{"cookie-secure", "A pattern demands Secure of the session cookie", []audit.Reference{audit.RefSecure, audit.RefWithoutSecure}}},
		{"HttpOnly", rule{"cookie-httponly", "A pattern demands HttpOnly of the session cookie", []audit.Reference{audit.RefHTTPOnly, audit.RefWithoutHTTPOnly}}},
		{"SameSite", rule{"cookie-samesite", "A pattern demands SameSite of the session cookie", []audit.Reference{audit.RefSameSite, audit.RefWithoutSameSite}}},
	}
)

// Rules returns the names of all rules of Lint and Drift, sorted.
func Rules() []string {
	out := []string{}
	for _, r := range []rule{loginIssues, loginEnds, stepUpIssues, hasLogout, logoutEnds, isSet, hasScheme, prefixed, inQuery, written,
		driftLogin, driftStepUp, driftLogout, driftCookie, driftSet, driftLook} {
		out = append(out, r.id)
	}
	for _, a := range attributes {
		out = append(out, a.rule.id)
	}
	slices.Sort(out)
	return out
}

// A list is findings as they grow.
type list []Finding

func (l *list) add(r rule, at Place, format string, v ...any) {
	f := Finding{Rule: r.id, Title: r.title, File: at.File, Line: at.Line, Says: fmt.Sprintf(format, v...), Refs: r.refs}
	same := func(g Finding) bool {
		return g.Rule == f.Rule && g.File == f.File && g.Line == f.Line && g.Says == f.Says
	}
	if !slices.ContainsFunc(*l, same) { // what is referred to is read once for each
		*l = append(*l, f)
	}
}

// sorted returns the findings by line, those of the document itself first.
func (l list) sorted(file string) []Finding {
	slices.SortStableFunc(l, func(a, b Finding) int {
		if a.File != b.File && (a.File == file || b.File == file) {
			return cmp.Compare(map[bool]int{true: 0, false: 1}[a.File == file], map[bool]int{true: 0, false: 1}[b.File == file])
		}
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return l
}

// Lint says what a document leaves out of its logins and their cookies, by line. A document
// that is Silent has no findings, and nothing follows from that.
func Lint(d Document) []Finding {
	var l list
	for _, s := range d.Strays {
		l.add(written, s.Place, "%s", s.Says)
	}
	if d.Silent() {
		return l
	}
	d.lintLife(&l)
	sessions := d.sessions()
	for _, s := range sessions {
		d.lintScheme(&l, s)
	}
	d.lintCookies(&l, sessions)
	d.lintQuery(&l, sessions)
	return l.sorted(d.File)
}

// lintLife looks at logins, step-ups and logouts.
func (d Document) lintLife(l *list) {
	logins := d.logins()
	for _, o := range logins {
		issues(l, loginIssues, o, "login")
		if o.Session.Ends.Word == endsNone {
			l.add(loginEnds, o.Session.Ends.Place, "%s ends no session: the id from before the login may go on.", o.Name())
		}
	}
	for _, o := range d.doing(atStepUp, nil) {
		issues(l, stepUpIssues, o, atStepUp)
	}
	logouts := d.logouts()
	for _, o := range logouts {
		if o.Session.Ends.Word == endsNone {
			l.add(logoutEnds, o.Session.Ends.Place, "%s ends no session: a copy of the cookie goes on.", o.Name())
		}
	}
	if len(logouts) == 0 {
		at := Place{d.File, 1}
		if sessions := d.sessions(); len(sessions) > 0 {
			at = sessions[0].Place
		} else if len(logins) > 0 {
			at = logins[0].Place
		}
		l.add(hasLogout, at, "No operation says x-session: {at: logout}, and none is called like a logout: the document has no way to end a session.")
	}
}

// issues looks at what an operation that changes who one is says of the id.
func issues(l *list, r rule, o Operation, at string) {
	switch word := o.Session.Issues; word.Word {
	case issuesNew:
	case "":
		where := o.Place
		if o.Session.Said() {
			where = o.Session.Place
		}
		l.add(r, where, "%s does not say what becomes of the session id: x-session: {at: %s, issues: new} says that it is a new one.", o.Name(), at)
	case "same":
		l.add(r, word.Place, "%s says issues: same: who knew the id before is logged in after.", o.Name())
	default:
		l.add(r, word.Place, "%s says issues: %s, which is not new.", o.Name(), near.Quote(word.Word))
	}
}

func (d Document) lintScheme(l *list, s Scheme) {
	low := strings.ToLower(s.Name)
	if !strings.HasPrefix(low, "__host-") && !strings.HasPrefix(low, "__secure-") {
		l.add(prefixed, s.Place, "The name %s has no prefix: a neighbour host, or a page over plain http, can plant the cookie. __Host-%s cannot be planted from there.", near.Quote(s.Name), s.Name)
	}
	var names []string
	unnamed := ""
	for _, o := range d.Operations {
		for _, c := range o.Sets {
			if c.Name == s.Name {
				return
			}
			if c.Name == "" {
				unnamed = fmt.Sprintf(" %s sets a cookie and does not say which: properties of the header’s schema, or x-set-cookie, say it.", o.Name())
			} else if !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	says := fmt.Sprintf("No response sets %s, the cookie of the scheme %s", near.Quote(s.Name), near.Quote(s.Key))
	l.add(isSet, s.Place, "%s%s", sentence(says+near.Hint(s.Name, names)), unnamed)
}

// lintCookies looks at the cookies that responses set. A logout only takes them away.
func (d Document) lintCookies(l *list, sessions []Scheme) {
	logouts := d.logouts()
	for _, o := range d.Operations {
		if slices.ContainsFunc(logouts, func(out Operation) bool { return out.Place == o.Place }) {
			continue
		}
		for _, c := range o.Sets {
			session := slices.ContainsFunc(sessions, func(s Scheme) bool { return s.Name == c.Name })
			if c.Name == "" || !session && d.keyed(c.Name) {
				continue
			}
			if !session {
				if !harmless(c.Name) {
					l.add(hasScheme, c.Place, "%s sets %s, and no security scheme names it.", o.Name(), near.Quote(c.Name))
				}
				if !token.SessionName(c.Name) || harmless(c.Name) {
					continue
				}
			}
			for _, a := range attributes {
				if slices.ContainsFunc(c.Patterns, func(p string) bool { return demands(p, a.name) }) {
					continue
				}
				what := fmt.Sprintf("The pattern of %s does not demand %s.", near.Quote(c.Name), a.name)
				if len(c.Patterns) == 0 {
					what = fmt.Sprintf("%s has no pattern, so nothing demands %s.", near.Quote(c.Name), a.name)
				}
				l.add(a.rule, c.Place, "%s: %s", o.Name(), what)
			}
		}
	}
}

// keyed reports whether a scheme names a cookie.
func (d Document) keyed(name string) bool {
	return slices.ContainsFunc(d.Schemes, func(s Scheme) bool { return s.In == "cookie" && s.Name == name })
}

// lintQuery looks for sessions that come from an address: a link can carry them.
func (d Document) lintQuery(l *list, sessions []Scheme) {
	same := func(name string) bool {
		return slices.ContainsFunc(sessions, func(s Scheme) bool { return strings.EqualFold(token.Bare(s.Name), token.Bare(name)) })
	}
	for _, s := range d.Schemes {
		if s.Type == "apiKey" && s.In == "query" && (s.Session.Said() || same(s.Name)) {
			l.add(inQuery, s.Place, "The scheme %s takes the session from the query, as %s: a link can carry it.", near.Quote(s.Key), near.Quote(s.Name))
			continue
		}
		for _, o := range d.Operations {
			if s.Type == "apiKey" && s.In == "query" && inPlace(o, s, sessions) {
				l.add(inQuery, s.Place, "%s takes %s from the query in place of the session cookie: a link can carry it.", o.Name(), near.Quote(s.Name))
				break
			}
		}
	}
	for _, o := range d.Operations {
		for _, p := range o.Params {
			if (p.In == "query" || p.In == "path" || p.In == "querystring") && same(p.Name) {
				l.add(inQuery, p.Place, "%s takes %s from the address, which is called as the session cookie is: a link can carry it.", o.Name(), near.Quote(p.Name))
			}
		}
	}
}

// inPlace reports whether an operation takes a scheme where it would take a session cookie.
func inPlace(o Operation, s Scheme, sessions []Scheme) bool {
	cookie, instead := false, false
	for _, need := range o.Security {
		has := slices.ContainsFunc(sessions, func(x Scheme) bool { return slices.Contains(need, x.Key) })
		cookie = cookie || has
		instead = instead || !has && slices.Contains(need, s.Key)
	}
	return cookie && instead
}
