package contract

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/audit"
	"fixlab/lab/cookie"
)

var (
	driftLogin  = rule{"drift-login", "A login does what the document says of it", []audit.Reference{audit.RefRenewed, audit.RefFixation}}
	driftStepUp = rule{"drift-step-up", "A step-up does what the document says of it", []audit.Reference{audit.RefRenewed, audit.RefFixation}}
	driftLogout = rule{"drift-logout", "A logout does what the document says of it", []audit.Reference{audit.RefEnded, audit.RefExpiry}}
	driftCookie = rule{"drift-cookie", "The session is in the cookie that the document names", []audit.Reference{keyed}}
	driftSet    = rule{"drift-set-cookie", "A response sets the cookies that the document says it sets", []audit.Reference{several}}
	driftLook   = rule{"drift-attributes", "A cookie has the attributes that the document demands", nil}
)

// Drift says where an audit saw something else than the document says, by line. What the
// audit could not settle is no drift, and what the document does not say is Lint's.
func Drift(d Document, r audit.Report) []Finding {
	var l list
	worked := func(ids ...string) (out []string) {
		for _, x := range r.Results {
			if x.Verdict == audit.Worked && slices.Contains(ids, x.ID) {
				out = append(out, x.ID)
			}
		}
		return out
	}
	says := func(o Operation, w Word, any ...string) bool { // a word that was put to the test
		return slices.Contains(any, w.Word) && len(d.answers(o, r)) > 0
	}
	for _, o := range d.logins() {
		if kept := worked("F1", "F1b", "F1c", "F3"); len(kept) > 0 && says(o, o.Session.Issues, issuesNew) {
			l.add(driftLogin, o.Session.Issues.Place, "The document says that %s issues a new id, and the server goes on with one from before the login: %s worked.", o.Name(), strings.Join(kept, " and "))
		}
		if kept := worked("L2"); len(kept) > 0 && says(o, o.Session.Ends, "previous", "current", "all") {
			l.add(driftLogin, o.Session.Ends.Place, "The document says that %s ends the session that the browser brought, and after another login the earlier cookie still opens the private page: L2.", o.Name())
		}
	}
	for _, o := range d.doing(atStepUp, nil) {
		if kept := worked("F8"); len(kept) > 0 && says(o, o.Session.Issues, issuesNew) {
			l.add(driftStepUp, o.Session.Issues.Place, "The document says that %s issues a new id, and a cookie from before the second factor opens the private page: F8 worked.", o.Name())
		}
	}
	for _, o := range d.logouts() {
		if kept := worked("L1"); len(kept) > 0 && says(o, o.Session.Ends, "current", "all") {
			l.add(driftLogout, o.Session.Ends.Place, "The document says that %s ends the session, and the cookie from before it still opens the private page: L1.", o.Name())
		}
	}
	d.driftCookies(&l, r)
	return l.sorted(d.File)
}

// Findings are those of Lint and of Drift together, by line.
func Findings(d Document, r audit.Report) []Finding {
	return list(append(Lint(d), Drift(d, r)...)).sorted(d.File)
}

// driftCookies holds the cookies that the server set against those of the document.
func (d Document) driftCookies(l *list, r audit.Report) {
	sessions := d.sessions()
	if len(r.Session) > 0 && len(sessions) > 0 && !slices.ContainsFunc(sessions, func(s Scheme) bool { return slices.Contains(r.Session, s.Name) }) {
		l.add(driftCookie, sessions[0].Place, "The document says that the session is in %s, and the server has it in %s.", sessions[0].Name, strings.Join(r.Session, " and "))
	}
	for _, o := range d.Operations {
		answers := d.answers(o, r)
		for _, c := range o.Sets {
			of, lines := 0, []string(nil)
			for _, x := range answers {
				if !c.comesWith(x.Status) {
					continue
				}
				of++
				for _, line := range x.Set {
					if e, ok := cookie.Chromium.Read(then, line); ok && e.Name == c.Name {
						lines = append(lines, line)
					}
				}
			}
			if c.Required && c.Name != "" && of > 0 && lines == nil {
				l.add(driftSet, c.Place, "The document says that %s sets %s, and none of %d answers did.", o.Name(), c.Name, of)
			}
			for _, a := range attributes {
				demanded := slices.ContainsFunc(c.Patterns, func(p string) bool { return demands(p, a.name) })
				if n := without(lines, a.name); demanded && n > 0 {
					l.add(driftLook, c.Place, "The document demands %s of %s, and %s set it %d of %d times without.", a.name, c.Name, o.Name(), n, len(lines))
				}
			}
		}
	}
}

// answers returns what an audit heard from an operation.
func (d Document) answers(o Operation, r audit.Report) (out []audit.Exchange) {
	for _, x := range r.Exchanges {
		if x.Method == o.Method && x.Status > 0 && d.matches(o.Path, x.URL) {
			out = append(out, x)
		}
	}
	return out
}

// comesWith reports whether a response of the document is one of a status: "204", "2XX", "default".
func (c Cookie) comesWith(status int) bool {
	s := strconv.Itoa(status)
	return c.Status == s || c.Status == "default" || strings.EqualFold(c.Status, s[:1]+"XX")
}

// then is a time after every date by which servers take a cookie away.
var then = time.Unix(1<<30, 0)

// without returns how many lines of Set-Cookie lack an attribute. One that takes the cookie
// away does not count.
func without(lines []string, attribute string) (n int) {
	for _, line := range lines {
		e, _ := cookie.Chromium.Read(then, line)
		has := map[string]bool{"Secure": e.Secure, "HttpOnly": e.HTTPOnly, "SameSite": e.SameSite != cookie.Default}[attribute]
		if gone := e.Value == "" || !e.Expires.IsZero() && !e.Expires.After(then); !gone && !has {
			n++
		}
	}
	return n
}

// matches reports whether an address is one of a path of the document.
func (d Document) matches(path, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	want, got := strings.Split(d.Base+path, "/"), strings.Split(u.Path, "/")
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		if w != got[i] && !(strings.HasPrefix(w, "{") && strings.HasSuffix(w, "}") && got[i] != "") {
			return false
		}
	}
	return true
}
