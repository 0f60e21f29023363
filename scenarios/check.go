package scenarios

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/near"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// Check plays s as the row w of its want table says, and returns the run. The
// error says what came instead of what w wants, or why it cannot be played.
func Check(s *script.Scenario, w script.Want) (*lab.Trace, error) {
	t, err := Play{s.Name, w.On, w.With}.RunOf(s)
	if err != nil {
		return nil, err
	}
	return t, t.Meets(w)
}

// Rows plays rows of s as Check does, each once.
func Rows(s *script.Scenario) ask.Rows {
	played := map[string]*lab.Trace{}
	return func(row string) (*lab.Trace, error) {
		if t := played[row]; t != nil {
			return t, nil
		}
		on, with, err := ParseRow(row)
		if err != nil {
			return nil, err
		}
		t, err := Play{s.Name, on, with}.RunOf(s)
		if err == nil {
			played[row] = t
		}
		return t, err
	}
}

// RowFor returns the row of the want table of s, as its file has it, that is
// about the run of played, s in another setup, under d.
func RowFor(s, played *script.Scenario, d defence.Set) (script.Want, bool) {
	i := slices.IndexFunc(s.Wants, func(w script.Want) bool {
		setup, err := With(s.Setup, w.With)
		return err == nil && w.On == d && setup == played.Setup
	})
	if i < 0 {
		return script.Want{}, false
	}
	return s.Wants[i], true
}

// RunOf plays s, which need not be a lesson of ours, as p says. The errors are
// those of Arrange, of lab.Run, and of a server for which the steps of s make no
// sense.
func (p Play) RunOf(s *script.Scenario) (*lab.Trace, error) {
	played, err := p.Arrange(s)
	if err != nil {
		return nil, err
	}
	t, err := lab.Run(played, p.On)
	if err != nil || played.Profile == s.Profile || s.Opens("route") {
		return t, err
	}
	setup := played.Setup
	setup.Profile = s.Profile
	home, err := Arrange(s, setup)
	if err != nil {
		return nil, err
	}
	own, err := lab.Run(home, p.On)
	if err != nil {
		return nil, err
	}
	if t.Cut != "" || own.Cut != "" {
		return t, nil
	}
	return t, fits(own, t)
}

// fits returns nil if every step of own, a run of a script on the server that it
// is written for, makes sense in t, the same script on another server. The error
// says what is missing there. A request that a defence refuses is not missing.
func fits(own, t *lab.Trace) error {
	home, _ := server.ByID(own.Scenario.Profile)
	here, _ := server.ByID(t.Scenario.Profile)
	for i, f := range t.Frames {
		step, there := f.Step, own.Frames[i]
		says := ""
		switch status := missing(f); {
		case home.Cookie != here.Cookie && namesCookie(step, home.Cookie):
			says = fmt.Sprintf("names the cookie %s, and the session cookie of this server is %s: write $cookie for either", home.Cookie, here.Cookie)
		case status != 0 && missing(there) == 0:
			says = fmt.Sprintf("is answered with %d: %s", status, heading(f, step.Browser()))
		case i > 0 && acts(there) && !acts(f) && samePage(own.Frames[i-1], t.Frames[i-1], step.Browser()):
			says = "finds no such thing on this server's page " + near.Quote(heading(t.Frames[i-1], step.Browser()))
		}
		if says != "" {
			return fmt.Errorf("%s cannot be played on %s: step %d on line %d, %q, %s", t.Scenario.Name, here.ID, i+1, step.Line, step, says)
		}
	}
	return nil
}

// namesCookie reports whether step writes the cookie called name by that name. In
// the query of a URL it is a parameter.
func namesCookie(step script.Step, name string) bool {
	for _, arg := range step.Args {
		before, _, ok := strings.Cut(arg, name+"=")
		for _, prefix := range server.Prefixes {
			before = strings.TrimSuffix(before, prefix)
		}
		if ok && (before == "" || !script.IsName(before[len(before)-1:]) && !strings.ContainsAny(before[len(before)-1:], "-.$?&")) {
			return true
		}
	}
	return false
}

// missing returns the status with which the shop told the browser of the step
// that it has no such page or cannot do this, 0 if it did not.
func missing(f lab.Frame) (status int) {
	for _, e := range f.Events {
		if e.Kind == event.Response && e.Message.From == event.ShopHost && e.Message.To == f.Step.Browser() {
			if status = e.Message.Status; status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
				status = 0
			}
		}
	}
	return status
}

// heading returns the heading of the page that the browser shows after f.
func heading(f lab.Frame, browser string) string {
	for _, block := range f.State.Browser(browser).Page {
		if block.Tag == "h1" {
			return block.Text
		}
	}
	return ""
}

// samePage reports whether the browser shows the same page of a site after a and
// after b, whatever stands on it: one that a defence closed is another page.
func samePage(a, b lab.Frame, browser string) bool {
	x, y := a.State.Browser(browser), b.State.Browser(browser)
	return x.URL == y.URL && x.Status == y.Status && heading(a, browser) == heading(b, browser)
}

// acts reports whether a step at a page, to read, click or submit, found what it
// was for.
func acts(f lab.Frame) bool {
	return slices.ContainsFunc(f.Events, func(e event.Event) bool {
		switch f.Step.Verb {
		case "read":
			return e.Kind == event.Did && e.Value != ""
		case "click", "submit":
			return e.Kind == event.Request
		}
		return false
	})
}
