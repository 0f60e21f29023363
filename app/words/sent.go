package words

import (
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// A Held is a request that went without a cookie, and why.
type Held struct {
	Request string // "POST /login"
	Refusal *cookie.Refusal
}

// Sent says what a step of t did with a cookie in the jar of who: whether a request
// carried it, and which ones went without it. Cookies of one name and one value are
// told apart by what the rule is about.
func Sent(t *lab.Trace, step int, who string, e cookie.Entry) (carried bool, held []Held) {
	line := e.Name + "=" + e.Value
	var back []*cookie.Refusal // of the request that comes next
	for _, ev := range t.Frames[step].Events {
		switch {
		case ev.Who != who:
		case ev.Kind == event.Withheld && ev.Line == line:
			back = append(back, ev.Refusal)
		case ev.Kind == event.Request:
			m := ev.Message
			sent := slices.Contains(strings.Split(m.Cookies, "; "), line)
			at := slices.IndexFunc(back, func(r *cookie.Refusal) bool { return !sent && len(back) == 1 || about(r, e, m) })
			switch {
			case at >= 0:
				held = append(held, Held{m.Start, back[at]})
			case sent && reaches(e, m.To):
				carried = true
			}
			back = nil
		}
	}
	return carried, held
}

// about reports whether a rule that held back a cookie of e's name and value from m can
// have been about e.
func about(r *cookie.Refusal, e cookie.Entry, m *event.Message) bool {
	_, path, _ := strings.Cut(m.Start, " ")
	path, _, _ = strings.Cut(path, "?")
	covers := path == e.Path || strings.HasPrefix(path, strings.TrimSuffix(e.Path, "/")+"/")
	switch r.Rule {
	case "domain":
		return !reaches(e, m.To)
	case "path":
		return !covers
	case "secure":
		return covers && e.Secure
	case "samesite-strict":
		return covers && e.SameSite == cookie.Strict
	}
	return covers
}

// reaches reports whether a host gets e as far as its Domain goes.
func reaches(e cookie.Entry, host string) bool {
	return e.Domain == host || !e.HostOnly && strings.HasSuffix(host, "."+e.Domain)
}
