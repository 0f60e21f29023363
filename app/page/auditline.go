//go:build !slim

package page

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"fixlab/app/text"
	"fixlab/lab/audit"
)

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
	case p.Got.Key > 0 || p.Gone:
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
