//go:build !wasm

package audit

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	core "fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// run is an audit at work.
type run struct {
	*client
	jars    map[string]*browser
	last    map[core.Who]string // the jar in which each account logged in last
	deeds   []deed              // what a visitor does first
	formAt  *url.URL            // the page that has the login form
	how     string              // how the last login went
	private *answer             // the private page as it was last seen
	inside  []string            // the jars that have logged in, or tried to
	session []string            // the cookies that carry the session
	codes   map[string]string   // the last code of each account's second factor
	out     exit
	stopped string   // why no more logins are tried
	factor  bool     // a login asked for a second factor
	entered struct { // who the private page knew right after the last login, in which jar and after which exchange
		jar string
		who core.Who
		at  int
	}
	noLogin  string                      // why the first login did not work, "" where it did
	reads    string                      // which of two session cookies counts, as a sentence
	loginAt  int                         // the place of the last login in the transcript
	bearless bool                        // what a login answers in JSON is not sent as Authorization: its cookies do
	paused   bool                        // the pause before the next login is over
	picky    bool                        // the private page takes no parameter that it does not know
	restore  func(context.Context) error // gives the victim her password back; nil: she has it
	traces   map[string]string           // what act leaves behind, by jar

	stranger *stranger // what the private page shows who has not logged in
	rolling  []string  // names of cookies that an answer to a login made others
	asking   bool      // the look that is at work is the question of a check

	report core.Report
}

// Run audits a server. The error is about the Config alone; what becomes of the audit is
// in the report, whatever happens. When ctx ends, those who are still logged in are
// logged out.
func Run(ctx context.Context, config Config) (core.Report, error) {
	config.complete()
	switch {
	case config.Login == "" || config.Private == "":
		return core.Report{}, errors.New("which page logs in, and which is private?")
	case config.Alice.Name == "" || config.Mallory.Name == "" || config.Alice.Name == config.Mallory.Name:
		return core.Report{}, errors.New("an audit needs two accounts")
	case config.Alice.Sees == config.Mallory.Sees:
		return core.Report{}, fmt.Errorf("both accounts would be known by %q", config.Alice.Sees)
	}
	deeds, err := parseDeeds(config.Start)
	if err != nil {
		return core.Report{}, err
	}
	c, err := newClient(&config)
	if err != nil {
		return core.Report{}, err
	}
	if !c.may(c.base) {
		return core.Report{}, fmt.Errorf("%s is not this machine: -i-may-test %s says that you may", c.base.Hostname(), c.base.Hostname())
	}
	defer c.http.CloseIdleConnections()
	r := &run{client: c, deeds: deeds, jars: map[string]*browser{}, last: map[core.Who]string{}, codes: map[string]string{}, traces: map[string]string{}}
	r.report.Target = masked(c.base)
	ctx, stop := context.WithTimeout(ctx, c.MaxTime)
	defer stop()
	r.carryOut(ctx)
	if ctx.Err() != nil {
		r.leave()
	}
	r.hide()
	r.report.Exchanges, r.report.Requests, r.report.Session = c.exchanges, len(c.exchanges), r.session
	r.report.Seconds = c.Now().Sub(c.began).Seconds()
	return r.report, nil
}

// carryOut carries out the plan.
func (r *run) carryOut(ctx context.Context) {
	end := func(e core.Ending, because string) { r.report.Ending, r.report.Because = e, because }
	for _, check := range core.Checks() {
		if ctx.Err() != nil {
			break
		}
		if result, left := r.leftOut(ctx, check); left {
			r.report.Results = append(r.report.Results, result)
			continue
		}
		r.Say(check.ID + " " + check.Title)
		result, failed := r.try(ctx, check)
		r.report.Results = append(r.report.Results, result)
		if check.Class == core.Control && result.Verdict != core.Held {
			if failed == nil {
				result.Because += " -alice-sees and -mallory-sees can say what nothing but the account’s own page shows."
				r.report.Results[len(r.report.Results)-1] = result
			}
			switch {
			case failed != nil && failed.unheard:
				end(core.Unreachable, failed.says)
			case r.noLogin != "":
				end(core.NoLogin, r.noLogin)
			default:
				end(core.Unsettled, result.ID+": "+result.Because)
			}
			return
		}
		if check.ID == "F1" && result.Verdict == core.Worked && r.changed("F1 before", "F1") {
			r.report.Results[len(r.report.Results)-1].Because += r.later(ctx, check)
		}
	}
	r.observe(ctx)
	r.advise()
	r.report.Ending, r.report.Because = core.End(r.report.Results, r.session)
	if ctx.Err() != nil && r.report.Ending != core.Vulnerable { // what was not tried is not known to be well
		end(core.Unsettled, r.over(ctx).Error())
	}
}

// later says of an old id that worked although the login gave a new one whether it does so
// for long.
func (r *run) later(ctx context.Context, check core.Check) string {
	again, ok := core.Grace(check)
	if !ok || r.Grace == 0 && r.Mode != core.Full {
		return " The login gave a new id as well, and the old one is honoured: whether only for a while, -full tells, which asks again a minute later."
	}
	switch result, _ := r.try(ctx, again); result.Verdict {
	case core.DidNotWork:
		return fmt.Sprintf(" The login gave a new id as well, and the old one is honoured for a while: after %v it opens nothing.", r.grace())
	case core.Worked:
		return fmt.Sprintf(" The login gave a new id as well, and the old one is honoured even after %v.", r.grace())
	}
	return ""
}

func (r *run) grace() time.Duration {
	if r.Grace > 0 {
		return r.Grace
	}
	return time.Minute
}

// leftOut says of a check that is not tried why it is not.
func (r *run) leftOut(ctx context.Context, c core.Check) (core.Result, bool) {
	result := core.Result{ID: c.ID, Title: c.Title, Class: c.Class, Refs: c.Refs, Verdict: core.NotTried}
	lacks := func(n core.Need) bool { return c.Needs&n != 0 }
	switch {
	case c.Mode > r.Mode:
		result.Because = "It was not asked for."
		if c.Mode == core.Full {
			result.Because = "It is part of -full."
		}
	case lacks(core.NeedSession) && len(r.session) == 0:
		result.Verdict, result.Because = core.NotApplicable, "No cookie carries the session."
	case lacks(core.NeedDistinct) && r.constant():
		result.Verdict, result.Because = core.NotApplicable, "Both accounts get one id, as F6 shows: there is nothing more to plant."
	case lacks(core.NeedBare) && r.jars["F1 before"] != nil && !r.more(core.Failed, "F1 before"):
		result.Verdict, result.Because = core.NotApplicable, "A wrong password sets no cookie that a visitor has not, and F1 plants those."
	case lacks(core.NeedSeveral) && len(r.session) < 2:
		result.Verdict, result.Because = core.NotApplicable, "One cookie alone carries the session."
	case lacks(core.NeedSeveral) && r.came("F1") != core.DidNotWork:
		result.Verdict, result.Because = core.NotApplicable, "It goes on from F1 where that did not work."
	case lacks(core.NeedFactor) && !r.factor:
		result.Verdict, result.Because = core.NotApplicable, "No second factor was asked for."
	case lacks(core.NeedChange) && r.Change == "":
		result.Because = "-change-password says how a password is changed; it is changed back afterwards."
	case lacks(core.NeedEffect) && r.Effect == "":
		result.Because = "-effect says what to do that leaves a trace."
	case lacks(core.NeedLogout) && !r.findExit(ctx):
		result.Because = "No way to log out was found; -logout names it."
	case r.stopped != "" && c.Logins() > 0:
		result.Asked, result.Because = true, r.stopped
	case r.report.Logins+c.Logins() > r.MaxLogins:
		result.Asked = true
		result.Because = fmt.Sprintf("It needs more logins than the %d that are allowed; -max-logins allows more.", r.MaxLogins)
	default:
		return result, false
	}
	return result, true
}

// constant reports whether two logins were seen to get one id.
func (r *run) constant() bool { return r.came("F6") == core.Worked }

// came is what a check came to, "" before it was its turn.
func (r *run) came(id string) core.Verdict {
	for _, x := range r.report.Results {
		if x.ID == id {
			return x.Verdict
		}
	}
	return ""
}

// more reports whether a jar has a cookie of a name that another one lacks.
func (r *run) more(jar, than string) bool {
	return r.jars[jar] != nil && slices.ContainsFunc(r.jars[jar].jar.All(), func(e cookie.Entry) bool {
		return !slices.ContainsFunc(r.jars[than].jar.All(), func(o cookie.Entry) bool { return o.Name == e.Name })
	})
}
