package audit

import (
	"slices"
	"strings"

	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// Observe says what a recording shows, without anything being sent. It takes whatever a
// recording may hold, and is pure: the same recording gives the same report.
func Observe(rec Recording, opt Options) Observed {
	r, _ := observe(rec, opt)
	return r
}

func observe(rec Recording, opt Options) (Observed, *view) {
	v := look(rec, opt)
	v.find()
	r := Observed{Site: printable(v.host, 100), Spilled: rec.Passwords, Broken: v.rec.Problems}
	v.judge(&r)
	if rec.Lacks.Has(NoCookies) {
		return r, v
	}
	r.Private = v.path(v.shownPath())
	v.timeline(&r)
	v.table(&r)
	exchanges := v.sites()
	if len(r.Session) > 0 && !rec.Lacks.Has(NoAnswers) {
		r.Faults = Attributes(exchanges, r.Session, r.Private, v.tls())
	}
	r.Routes = Routes(exchanges, r.Session, v.login.from)
	v.notes(&r)
	v.limits(&r)
	r.Play = v.play(&r)
	r.Command = v.command()
	return r, v
}

// sites are the exchanges, with those of other sites emptied, each in its place.
func (v *view) sites() []Exchange {
	list := slices.Clone(v.rec.Exchanges)
	for i := range list {
		if v.own[i].ours {
			list[i].Set = lines(list[i].Set)
		} else {
			list[i] = Exchange{}
		}
	}
	return list
}

// tls reports whether the site was met over https.
func (v *view) tls() bool {
	return slices.ContainsFunc(v.own, func(o seenExchange) bool { return o.ours && o.url.Scheme == "https" })
}

// timeline draws uneventful exchanges that carry the same value together.
func (v *view) timeline(r *Observed) {
	name := ""
	if len(r.Session) > 0 {
		name = r.Session[0]
	}
	for i, o := range v.own {
		if !o.ours {
			continue
		}
		got, set := o.set[name]
		p := Point{Exchange: i, Count: 1, Request: v.request(i), Status: v.rec.Exchanges[i].Status, Moment: v.moment[i],
			Sent: v.masked(name, o.sent[name]), Got: v.masked(name, got), Gone: set && got == "", Private: v.private(i)}
		quiet := p.Moment == Plain && !set && !p.Private
		if n := len(r.Line); n > 0 && quiet {
			if last := &r.Line[n-1]; last.Moment == Plain && last.Got.Key == 0 && !last.Gone && !last.Private && last.Sent == p.Sent {
				last.Count++
				continue
			}
		}
		r.Line = append(r.Line, p)
	}
}

// table lists the site's cookies, the session's first.
func (v *view) table(r *Observed) {
	end := len(v.own) - 1
	for _, name := range v.names {
		row := Row{Name: printable(name, 60), Session: slices.Contains(r.Session, name), Exchange: -1}
		var t token.Token
		var largest string
		for _, h := range v.history[name] {
			if h.value != "" {
				t = v.token(name, h.value)
				if len(h.value) > len(largest) {
					largest = h.value
				}
			}
		}
		if v.login.to >= 0 {
			if value := v.landed(name, v.login); value != "" {
				t = v.token(name, value)
			}
		}
		row.Role, row.Format, row.Size = string(t.Role), t.Format, len(name)+len(largest)
		shown := func(value string) Masked { return v.masked(name, value) }
		if v.login.from >= 0 {
			row.Start, row.Login = shown(v.before(name, v.login.from)), shown(v.landed(name, v.login))
			if v.again.from >= 0 {
				row.Again = shown(v.landed(name, v.again))
			}
			if v.logout >= 0 && !v.rec.Lacks.Has(NoAnswers) { // else nobody saw what it did
				row.Logout = shown(v.after(name, v.hops(v.logout)))
			}
		} else {
			row.Start = shown(v.after(name, end))
		}
		last, seen := v.last[name]
		if seen {
			_, attributes, _ := strings.Cut(last.line, ";")
			row.Line, row.Exchange = printable(name+"="+v.mask(name, last.entry.Value)+";"+attributes, 300), last.at
			row.Set = last.entry
			row.Set.Value = ""
		}
		v.findings(&row, t, last.entry, seen && !v.rec.Lacks.Has(NoAttributes))
		r.Cookies = append(r.Cookies, row)
	}
	slices.SortStableFunc(r.Cookies, func(a, b Row) int {
		switch {
		case a.Session == b.Session:
			return 0
		case a.Session:
			return -1
		}
		return 1
	})
}

// findings are the requirements on a cookie (ASVS 5.0, chapters 3.3 and 7.2). They are
// faults of the session's cookies and of those that log in by themselves.
func (v *view) findings(row *Row, t token.Token, e cookie.Entry, seen bool) {
	counts := row.Session || t.Role == token.Remember
	add := func(ref Reference, says string, fault bool) {
		row.Findings = append(row.Findings, Finding{ref, says, fault && counts})
	}
	low := strings.ToLower(row.Name)
	prefix := ""
	for _, p := range []string{"__host-http-", "__http-", "__host-", "__secure-"} {
		if strings.HasPrefix(low, p) {
			prefix = p
			break
		}
	}
	if seen {
		switch {
		case e.Secure:
			add(RefSecure, "Secure is set.", false)
		case v.tls():
			add(RefSecure, "Secure is not set: the cookie goes over plain http too.", true)
		default:
			add(RefSecure, "Secure is not set. The site was met over plain http; over https it may be otherwise.", false)
		}
		if e.SameSite == cookie.Default {
			add(RefSameSite, "SameSite is not set, and browsers differ in what that means.", true)
		} else {
			add(RefSameSite, "SameSite="+e.SameSite.String()+" is set.", e.SameSite == cookie.None)
		}
	}
	switch {
	case strings.HasPrefix(prefix, "__host-"):
		add(RefHost, "The name begins with __Host-: no other host can set it.", false)
	case seen && e.Domain != "":
		add(RefHost, "It is set with Domain="+printable(e.Domain, 60)+": every host of that domain gets it, and can set it.", true)
	default:
		add(RefHost, "The name has no __Host- prefix: other hosts of the site can set one like it.", true)
	}
	if seen {
		if e.HTTPOnly {
			add(RefHTTPOnly, "HttpOnly is set.", false)
		} else {
			add(RefHTTPOnly, "HttpOnly is not set: scripts read it.", true)
		}
	}
	if row.Size > 4096 {
		add(RefSize, "Name and value have more than 4096 bytes: browsers do not keep it.", true)
	}
	if row.Session && t.ID != "" && t.Bits < 128 {
		add(RefRandom, "An id of this length and alphabet holds less than 128 bits.", true)
	}
}
