//go:build !slim

package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
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

// valueName is what value n of Values, from 1, is called: "K1 of sid".
func (a Audit) valueName(n int) string {
	v := a.values[n-1]
	return text.T("audit.value-name", "key", text.T("audit.key", "n", max(1, v.Masked.Key)), "name", v.Name)
}

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
