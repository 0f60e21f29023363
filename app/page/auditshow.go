//go:build !slim

package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
	"fixlab/lab/cookie"
	"fixlab/scenarios"
)

// auditStates are the answers as the keys of texts have them.
var auditStates = map[audit.State]string{
	audit.Kept: "kept", audit.Replaced: "replaced", audit.OnlyAtLogin: "only", audit.SealedChange: "sealed", audit.NoID: "no-id",
	audit.Ambiguous: "ambiguous", audit.NoSession: "no-session", audit.NoLoginSeen: "no-login", audit.NoCookieSeen: "no-cookie",
}

// Title is the answer in a few words.
func (a Audit) Title() string { return text.T("audit.state." + auditStates[a.Found.State]) }

// Harm reports whether the answer is that somebody else gets in.
func (a Audit) Harm() bool { return a.Found.State == audit.Kept }

// Bare reports whether the recording was made without its cookies: then there is nothing to
// look at.
func (a Audit) Bare() bool { return a.Found.State == audit.NoCookieSeen }

// Count is how many requests the recording has.
func (a Audit) Count() int { return len(a.rec.Exchanges) }

// mostPoints is how many points the time line has at most at first sight.
const mostPoints = 8

// An AuditPoint is a place on the time line.
type AuditPoint struct {
	Request string
	Sent    MarkedValue // the session's value in the request
	Got     MarkedValue // that the answer sets
	Gone    bool        // the answer deletes it
	Login   bool        // it is a login
	Moment  string      // what it is, in words; "" for a page like others
	Status  int
	At      string // since the first request: "9.4 s"; "" where the recording has no times
	More    int    // requests like it, right after it
}

// Line is the time line: the points that tell most, in their order, and how many there are.
func (a Audit) Line() (shown []AuditPoint, all int) {
	line := a.Found.Line
	at := slices.IndexFunc(line, func(p audit.Point) bool { return p.Moment == audit.Login })
	order := make([]int, len(line))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(weight(line, at, j), weight(line, at, i)) })
	order = order[:min(len(order), mostPoints)]
	slices.Sort(order)
	for _, i := range order {
		shown = append(shown, a.point(line[i]))
	}
	return shown, len(line)
}

// weight is how much a point tells, where the login is point at.
func weight(line []audit.Point, at, i int) int {
	p, w := line[i], 0
	switch {
	case p.Moment == audit.Login:
		w = 100
	case p.Moment == audit.LoginAgain, p.Moment == audit.Logout, p.Moment == audit.SecondFactor, p.Moment == audit.Callback:
		w = 80
	case p.Private:
		w = 50
	case p.Got != "" || p.Gone:
		w = 40
	}
	if at >= 0 && (i == at-1 || i == at+1) || i == 0 {
		w += 60
	}
	if i > 0 && line[i-1].Moment != audit.Plain {
		w += 20
	}
	return w
}

// moments are the words for what a request is.
var moments = map[audit.Moment]string{
	audit.Login: "login", audit.LoginFailed: "failed", audit.SecondFactor: "factor", audit.LoginAgain: "again", audit.Logout: "logout", audit.Callback: "callback",
}

func (a Audit) point(p audit.Point) AuditPoint {
	out := AuditPoint{Request: p.Request, Sent: marked(p.Sent), Got: marked(p.Got), Gone: p.Gone, Login: p.Moment == audit.Login || p.Moment == audit.LoginAgain, Status: p.Status, More: p.Count - 1}
	if n := len(a.rec.Exchanges); p.Exchange >= 0 && p.Exchange < n && a.rec.Exchanges[n-1].At > 0 {
		out.At = seconds(a.rec.Exchanges[p.Exchange].At)
	}
	switch key := moments[p.Moment]; {
	case key != "":
		out.Moment = text.T("audit.moment." + key)
	case p.Private:
		out.Moment = text.T("audit.moment.private")
	}
	return out
}

func seconds(d time.Duration) string {
	return text.T("audit.seconds", "n", strconv.FormatFloat(d.Seconds(), 'f', 1, 64))
}

// An AuditCookie is a row of the table of cookies.
type AuditCookie struct {
	Name     string
	Role     string
	Session  bool
	Host     string        // whose it is, "" where it was not seen set
	Values   []MarkedValue // as Audit.Times
	Seen     bool          // how it was set was seen
	Secure   bool
	HTTPOnly bool
	SameSite string // "" where it is not set
	Prefix   bool   // the name begins with __Host-
	Size     int
	Line     string // how it was set, masked
	Findings []audit.Finding
}

// Change is what the login did to a cookie: "same", "new", "came", "went" or "" for nothing to say.
func (c AuditCookie) Change() string {
	if len(c.Values) < 2 {
		return ""
	}
	switch before, after := c.Values[0], c.Values[1]; {
	case before.Key == 0 && after.Key == 0:
		return ""
	case before.Key == 0:
		return "came"
	case after.Key == 0:
		return "went"
	case before.Key == after.Key:
		return "same"
	}
	return "new"
}

// mostCookies bounds the table.
const mostCookies = 60

// Times names the moments for which the table of cookies has values.
func (a Audit) Times() []string {
	has := func(f func(audit.Row) string) bool {
		return slices.ContainsFunc(a.Found.Cookies, func(r audit.Row) bool { return f(r) != "" })
	}
	if !has(func(r audit.Row) string { return r.Login }) {
		return []string{text.T("audit.time.seen")}
	}
	out := []string{text.T("audit.time.before"), text.T("audit.time.after")}
	if has(func(r audit.Row) string { return r.Again }) {
		out = append(out, text.T("audit.time.again"))
	}
	if has(func(r audit.Row) string { return r.Logout }) || slices.ContainsFunc(a.Found.Line, func(p audit.Point) bool { return p.Moment == audit.Logout }) {
		out = append(out, text.T("audit.time.logout"))
	}
	return out
}

// Cookies are the rows of the table, the session's first, and how many there are.
func (a Audit) Cookies() (rows []AuditCookie, all int) {
	again := slices.ContainsFunc(a.Found.Cookies, func(r audit.Row) bool { return r.Again != "" })
	times := len(a.Times())
	for _, r := range a.Found.Cookies[:min(len(a.Found.Cookies), mostCookies)] {
		c := AuditCookie{Name: r.Name, Role: r.Role, Session: r.Session, Size: r.Size, Line: r.Line, Findings: r.Findings,
			Prefix: strings.HasPrefix(strings.ToLower(r.Name), "__host-")}
		values := []string{r.Start, r.Login}
		if again {
			values = append(values, r.Again)
		}
		for _, v := range append(values, r.Logout)[:times] {
			c.Values = append(c.Values, marked(v))
		}
		if e, ok := cookie.Chromium.Read(time.Time{}, r.Line); ok && r.Line != "" {
			c.Seen, c.Secure, c.HTTPOnly = true, e.Secure, e.HTTPOnly
			if e.SameSite != cookie.Default {
				c.SameSite = e.SameSite.String()
			}
			if c.Host = a.Found.Site; e.Domain != "" {
				c.Host = "." + words.Visible(strings.TrimPrefix(e.Domain, "."))
			}
		}
		rows = append(rows, c)
	}
	return rows, len(a.Found.Cookies)
}

// An AuditValue is a row of the table of values.
type AuditValue struct {
	Name   string
	Masked MarkedValue
	Shown  string // the value itself, where it is to be shown
}

// mostValues bounds the table of values, and longestValue each of them.
const (
	mostValues   = 60
	longestValue = 4096
)

// Values are the values of cookies that the report has, masked but for one at most.
func (a Audit) Values() (rows []AuditValue) {
	for i, v := range a.values[:min(len(a.values), mostValues)] {
		row := AuditValue{Name: v.Name, Masked: marked(v.Masked)}
		if i+1 == a.shown {
			row.Shown = words.Visible(clip(v.Value, longestValue))
		}
		rows = append(rows, row)
	}
	return rows
}

// An AuditRoute is a row of the table of routes.
type AuditRoute struct {
	Title   string
	Browser string // "" for all
	Empty   audit.Landing
	Beside  audit.Landing
	Why     []string // sentences
}

// In reports whether a planted value gets to the server.
func (r AuditRoute) In() bool {
	in := func(l audit.Landing) bool { return l.Fate == audit.Lands || l.Fate == audit.Shadows }
	return in(r.Empty) || in(r.Beside)
}

// Routes are the lab's routes, by which a value of somebody else's would get into the
// session's cookie: once where the browsers agree. Those by which it does come first.
func (a Audit) Routes() (in, other []AuditRoute) {
	ways := a.Found.Routes
	for i := 0; i < len(ways); i++ {
		w := ways[i]
		r := AuditRoute{Title: w.Route, Browser: w.Browser, Empty: w.Empty, Beside: w.Beside}
		if f := scenarios.Route(w.Route); f != nil {
			r.Title = f.Title
		}
		if i+1 < len(ways) && ways[i+1].Route == w.Route && ways[i+1].Empty == w.Empty && ways[i+1].Beside == w.Beside {
			r.Browser = ""
			i++
		}
		for _, l := range []audit.Landing{w.Empty, w.Beside} {
			if l.Why != "" && !slices.Contains(r.Why, l.Why) {
				r.Why = append(r.Why, l.Why)
			}
		}
		if r.In() {
			in = append(in, r)
		} else {
			other = append(other, r)
		}
	}
	return in, other
}

// Weak are the weaknesses that were seen without an attack.
func (a Audit) Weak() (list []audit.Result) {
	for _, r := range a.Found.Faults {
		if r.Verdict == audit.Worked {
			list = append(list, r)
		}
	}
	return list
}

// A Choice is an entry of a list to pick from.
type Choice struct{ Value, Title string }

// noPath is the value of the choice that leaves the private page to the page: no path.
const noPath = "-"

// mostChoices bounds such a list.
const mostChoices = 200

// guess is the choice that leaves it to the page, which takes that; "" for nothing.
func guess(value, taken string) Choice {
	if taken == "" {
		return Choice{value, text.T("audit.guess")}
	}
	return Choice{value, text.T("audit.guess-is", "what", words.Visible(clip(taken, 80)))}
}

// Logins are the requests that may have been the login, the guess first.
func (a Audit) Logins() []Choice {
	taken := ""
	if i := slices.IndexFunc(a.Found.Line, func(p audit.Point) bool { return p.Moment == audit.Login }); i >= 0 && a.opt.Login < 0 {
		taken = a.Found.Line[i].Request
	}
	list := []Choice{guess("-1", taken)}
	for i, x := range a.rec.Exchanges {
		if x.Method == "GET" && !strings.Contains(x.URL, "code=") && !strings.Contains(x.URL, "ticket=") && i != a.opt.Login || x.Method == "OPTIONS" || x.Method == "HEAD" {
			continue
		}
		if len(list) > mostChoices {
			break
		}
		list = append(list, Choice{strconv.Itoa(i), text.T("audit.request", "n", i+1, "request", words.Visible(clip(x.Method+" "+pathIn(x.URL), 80)))})
	}
	return list
}

// Privates are the pages that may be private, the guess first.
func (a Audit) Privates() []Choice {
	taken := ""
	if a.opt.Private == "" {
		taken = a.Found.Private
	}
	list := []Choice{guess(noPath, taken)}
	seen := map[string]bool{}
	for _, x := range a.rec.Exchanges {
		path, _, _ := strings.Cut(pathIn(x.URL), "?")
		if x.Method != "GET" || seen[path] || asset(path) {
			continue
		}
		if seen[path] = true; len(list) > mostChoices {
			break
		}
		list = append(list, Choice{path, words.Visible(clip(path, 80))})
	}
	return list
}

// asset reports whether a path is that of a part of a page.
func asset(path string) bool {
	return slices.ContainsFunc([]string{".js", ".css", ".png", ".jpg", ".svg", ".gif", ".ico", ".woff2", ".woff", ".webp", ".map"}, func(end string) bool { return strings.HasSuffix(path, end) })
}

// pathIn is the path of an address, with the names of its query.
func pathIn(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
		return "/"
	}
	return address
}

// inputs are the lists to pick from, as the browser must show them.
func (a Audit) inputs() []Input {
	if a.Found == nil {
		return nil
	}
	return []Input{{"audit-login", strconv.Itoa(a.opt.Login)}, {"audit-private", cmp.Or(a.opt.Private, noPath)}}
}

// Command is the line that would tell the rest, as it is typed where the lab's sources are.
func (a Audit) Command() string {
	if rest, ok := strings.CutPrefix(a.Found.Command, "fixlab "); ok {
		return text.T("audit.run", "rest", rest)
	}
	return a.Found.Command
}

// Play is the link to the lab's run that comes nearest, "" for none.
func (a Audit) Play() string {
	if a.Found == nil || a.Found.Play == "" {
		return ""
	}
	p, err := scenarios.ParsePlay(a.Found.Play)
	if err != nil {
		return ""
	}
	return p.Link(0)
}

// carried says, of the run at the link that Play gave, which names of the learner's own came
// along; "" for any other run.
func carried(m Model, link string) string {
	a := AuditOf(m)
	if a.Found == nil || link != a.Play() || len(a.Found.Session) == 0 {
		return ""
	}
	return text.T("audit.carried", "cookie", words.Visible(clip(a.Found.Session[0], 60)), "host", a.Found.Site, "here", m.Trace.Cookie, "shop", words.ShopHost)
}
