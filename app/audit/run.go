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
	"fixlab/lab/audit/token"
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
	login    core.Seen                   // of a first login that did not work
	reads    string                      // which of two session cookies counts, as a sentence
	loginAt  int                         // the place of the last login in the transcript
	shut     bool                        // the private page, as it was last seen, turns away who is not logged in
	bearless bool                        // what a login answers in JSON is not sent as Authorization: its cookies do
	paused   bool                        // the pause before the next login is over
	picky    bool                        // the private page takes no parameter that it does not know
	restore  func(context.Context) error // gives the victim her password back; nil: she has it
	traces   map[string]string           // what act leaves behind, by jar

	stranger *stranger // what the private page shows who has not logged in
	rolling  []string  // names of cookies that an answer to a login made others
	asking   bool      // the look that is at work is the question of a check
	marked   core.Who  // whose mark the private page's last answer shows, whatever it is

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
			case r.login.Failed != "":
				end(core.NoLogin, r.login.Failed)
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

// try carries out one check.
func (r *run) try(ctx context.Context, c core.Check) (core.Result, *failure) {
	var seen []core.Seen
	var broke *failure
	victim, attacker := r.last[core.Victim], r.last[core.Attacker]
	for i, step := range c.Steps {
		for _, name := range []*string{&step.Jar, &step.From} {
			switch *name {
			case core.LastOfVictim:
				*name = victim
			case core.LastOfAttacker:
				*name = attacker
			}
		}
		s := core.Seen{Step: i, Exchange: -1}
		before := len(r.exchanges)
		var err error
		if i == 0 && c.Logins() > 0 {
			err = r.pause(ctx) // now, and not between a visit and its login: the visitor's session may end
		}
		if err == nil {
			err = r.step(ctx, step, &s)
		}
		if err != nil {
			if !errors.As(err, &broke) {
				broke = &failure{says: err.Error()}
			}
			s.Failed, s.Refused = broke.says, broke.stop
			if broke.stop && (step.Do == core.LogIn || step.Do == core.LogInWrong) {
				r.stopped = "No more logins: " + broke.says
			}
		}
		if n := len(r.exchanges); n > before {
			x := r.exchanges[n-1]
			u, _ := r.base.Parse(x.URL)
			s.Exchange, s.Request, s.Status = n-1, x.Method+" "+r.path(u), x.Status
		}
		seen = append(seen, s)
		if s.Failed != "" && !step.Remark || s.Nothing != "" || s.Stopped != "" || step.Want != "" && s.Who != step.Want {
			break
		}
	}
	result := core.Judge(c, seen)
	if r.restore != nil {
		if err := r.restore(context.WithoutCancel(ctx)); err != nil {
			result.Verdict, result.Because = core.Inconclusive, err.Error()
			r.Say(err.Error())
		}
		r.restore = nil
	}
	if c.ID == "C2" && result.Verdict == core.Held {
		result.Because += " They log in by " + r.how + "."
	}
	result.Cookies = r.session
	return result, broke
}

// step carries out one step.
func (r *run) step(ctx context.Context, s core.Step, seen *core.Seen) error {
	from := r.jars[s.From]
	if s.From != "" && from == nil {
		return &failure{says: fmt.Sprintf("There is no jar “%s”.", s.From)}
	}
	b := r.jars[s.Jar]
	switch s.Do {
	case core.Visit:
		b = newBrowser()
		r.jars[s.Jar] = b
		return r.visit(ctx, b)
	case core.LogIn, core.LogInWrong:
		return r.enter(ctx, s, b, seen)
	case core.LogInAbroad:
		b = newBrowser()
		r.jars[s.Jar] = b
		return r.logInAbroad(ctx, b, r.Mallory, seen)
	case core.Keep, core.KeepSession:
		kept := from.copy()
		kept.kept = true
		if s.Do == core.KeepSession {
			kept.keepOnly(r.session)
		}
		kept.bearer = "" // what is planted is a cookie
		switch r.jars[s.Jar] = kept; {
		case len(kept.jar.All()) > 0 || from.bearer != "":
		case s.From == core.Failed:
			seen.Nothing = "No page that was opened before the login set a cookie, nor did a wrong password, so there is none to plant."
		default:
			seen.Nothing = "No page that was opened before the login set a cookie, so there is none to plant; -start names a page, or a post, that does."
		}
	case core.Plant:
		planted := from.copy()
		planted.bearer, planted.kept = "", false
		r.jars[s.Jar] = planted
	case core.Change:
		return r.change(ctx, s.Jar)
	case core.Lay:
		b.lay(from.jar.All())
	case core.Invent:
		return r.invent(s.Jar, seen)
	case core.Follow:
		return r.follow(ctx, s, from, seen)
	case core.Look:
		if r.entered.jar == s.Jar && r.entered.at == len(r.exchanges) && !s.Elsew {
			seen.Who = r.entered.who // the login has just looked
			return nil
		}
		r.asking = s.Want == ""
		who, err := r.look(ctx, b, s.Elsew)
		r.asking = false
		seen.Who = who
		return err
	case core.LogOut:
		err := r.logOut(ctx, b)
		if none := (*noExit)(nil); errors.As(err, &none) {
			seen.Nothing = none.says
			return nil
		}
		return err
	case core.Wait:
		r.Say(fmt.Sprintf("waiting %v", r.grace()))
		if r.Sleep(ctx, r.grace()) != nil {
			return r.over(ctx)
		}
	case core.Find:
		return r.find(ctx, b, seen)
	case core.Act:
		return r.act(ctx, s.Jar)
	case core.LookEffect:
		return r.lookEffect(ctx, b, s.From, seen)
	}
	return nil
}

// visit does what a visitor does first, and opens the login page. Once the session's cookies
// are known, one who has none by then tries the private page, too, which may note where to
// go after a login.
func (r *run) visit(ctx context.Context, b *browser) error {
	for _, d := range r.deeds {
		if _, err := r.do(ctx, b, d); err != nil {
			return err
		}
	}
	err := r.openLogin(ctx, b)
	if err != nil || len(r.session) == 0 || len(r.sessionOf(b)) > 0 {
		return err
	}
	if _, err := r.do(ctx, b, deed{method: "GET", path: r.Private}); err != nil {
		return err
	}
	return r.openLogin(ctx, b)
}

func (r *run) openLogin(ctx context.Context, b *browser) error {
	u, err := r.at(r.Login)
	if err != nil {
		return &failure{says: err.Error()}
	}
	a, err := r.client.open(ctx, b, "GET", u, nil)
	if err == nil && a.status == 403 && r.JSON == "" { // where scripts post, nothing may be to be got
		err = &failure{says: fmt.Sprintf("%s answers 403 before anybody has tried to log in: something may refuse this client; -user-agent changes what it calls itself.", r.path(a.url))}
	}
	return err
}

// look opens the private page with what b holds, which stays as it is.
func (r *run) look(ctx context.Context, b *browser, elsewhere bool) (core.Who, error) {
	c := b.copy()
	if elsewhere {
		c.agent = r.UserAgent + " (another browser)"
	}
	a, err := r.openPrivate(ctx, c)
	if err != nil {
		return core.Unclear, err
	}
	if r.private = a; r.stranger == nil {
		r.meet(a)
	}
	who := r.whom(a)
	if who != core.Nobody && !elsewhere {
		r.follows(b.jar.All(), c.jar.All(), r.asking)
	}
	r.shut = who == core.Nobody && (a.status == 401 || a.status == 403 || a.url.Path != r.privatePath() || toLogIn(read(a)) != nil)
	if who == core.Nobody && a.status >= 500 {
		return core.Unclear, &failure{says: fmt.Sprintf("The private page answers %d.", a.status)}
	}
	return who, nil
}

// openPrivate opens the private page past any cache.
func (r *run) openPrivate(ctx context.Context, b *browser) (*answer, error) {
	u, err := r.to(b, r.Private)
	if err != nil {
		return nil, &failure{says: err.Error()}
	}
	fresh := *u
	if r.picky {
		return r.client.open(ctx, b, "GET", u, nil)
	}
	if fresh.RawQuery != "" {
		fresh.RawQuery += "&"
	}
	fresh.RawQuery += "nocache=" + random(8, "0123456789abcdef")
	a, err := r.client.open(ctx, b, "GET", &fresh, nil)
	if err != nil || a.status != 400 && a.status != 404 && a.status != 422 {
		return a, err
	}
	// Some servers take no parameter that they do not know.
	plain, err := r.client.open(ctx, b, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	r.picky = plain.status != a.status
	return plain, nil
}

func (r *run) privatePath() string {
	u, err := r.at(r.Private)
	if err != nil {
		return ""
	}
	return u.Path
}

// enter logs in, and says why it did not work.
func (r *run) enter(ctx context.Context, s core.Step, b *browser, seen *core.Seen) error {
	who, as := r.Alice, s.As
	if as == core.Attacker {
		who = r.Mallory
	}
	if s.Do == core.LogInWrong {
		who.Password = "no-" + random(12, "abcdefghijkmnpqrstuvwxyz23456789")
	}
	half := func() error {
		r.factor = true
		if s.Half == "" {
			return nil
		}
		r.jars[s.Half] = b.copy()
		early, err := r.look(ctx, b, false)
		if err == nil && early == as {
			err = &failure{says: "The private page opens before the second factor is given."}
		}
		return err
	}
	clean := r.last[as] == ""
	r.inside = append(r.inside, s.Jar)
	l, err := r.logIn(ctx, b, who, half)
	if err != nil || s.Do == core.LogInWrong {
		return err
	}
	got, err := r.look(ctx, b, false)
	if err != nil {
		return err
	}
	if got == core.Nobody && b.bearer != "" && !r.bearless {
		cookies := b.copy()
		cookies.bearer = "" // what was taken for a token may be none
		if got, err = r.look(ctx, cookies, false); err != nil {
			return err
		}
		if got != core.Nobody {
			r.forgetTokens()
			b.bearer = ""
		}
	}
	if got = r.learn(r.private, as, got); got == as && l.barred {
		seen.Nothing = "Who is logged in gets no login form, and so cannot log in another time."
		return nil
	}
	if got == as {
		if b.link == nil {
			r.last[as] = s.Jar
		}
		if r.how = l.said; l.answer != nil {
			r.loginAt = l.answer.exchange
		}
		r.entered.jar, r.entered.who, r.entered.at = s.Jar, got, len(r.exchanges)
		return nil
	}
	if !clean && (got != core.Nobody || !l.shown && r.formAt != nil) {
		// Somebody is logged in already, by the cookie that was planted: out, and in again.
		other := got
		if r.findExit(ctx) && r.logOut(ctx, b) == nil {
			if l, err = r.logIn(ctx, b, who, half); err != nil {
				return err
			}
			if got, err = r.look(ctx, b, false); err == nil && got == as {
				r.last[as] = s.Jar
				return nil
			}
		}
		if other == got && got != core.Nobody && got != core.Unclear {
			return r.staysIn(got, l, seen)
		}
	}
	if !clean && r.refuses(got) {
		seen.Stopped = fmt.Sprintf("With the planted cookie the server answers %d to the private page, as it does to no stranger, and the login does not work either: the attack ends there.", r.private.status)
		return nil
	}
	why := r.explain(l, b, got, as)
	if l.robot || l.answer != nil && captcha(l.answer) {
		return &failure{says: why + " The login asks to prove that one is a person, which an audit does not.", stop: true}
	}
	if clean && got == core.Nobody && (r.shut && as == core.Attacker || l.again) {
		r.login.Failed = why
	}
	return &failure{says: why}
}

// staysIn says what follows where the login takes nobody who is logged in, and no logout
// is known. After one the victim would be a visitor, as in F1.
func (r *run) staysIn(who core.Who, l login, seen *core.Seen) error {
	says := fmt.Sprintf("The login takes nobody who is logged in: after %s the private page still knows %s.", l.said, who)
	if slices.ContainsFunc(r.report.Results, func(x core.Result) bool { return x.ID == "F1" && x.Verdict == core.DidNotWork }) {
		seen.Stopped = says + " Once logged out, she would be a visitor, as in F1."
		return nil
	}
	return &failure{says: says + " -logout says how she would log out first."}
}

// forgetTokens leaves out the header Authorization from now on.
func (r *run) forgetTokens() {
	r.bearless = true
	for _, b := range r.jars {
		b.bearer = ""
	}
}

// find finds the cookies that carry the session: of those that go to the private page or,
// where these do not open it, of all that its host gets.
func (r *run) find(ctx context.Context, b *browser, seen *core.Seen) error {
	ask := func(some []string) (core.Who, error) {
		c := b.copy()
		c.bearer = ""
		c.keepOnly(some)
		return r.look(ctx, c, false)
	}
	names, all := r.suspects(b, false), r.suspects(b, true)
	if b.bearer != "" {
		if who, err := ask(all); err != nil || who != core.Victim {
			return err // identity travels in a header
		}
		r.forgetTokens() // the cookies alone do, and they are what is asked about
	}
	session, why, err := core.FindSession(names, ask)
	if why == core.NotThese && len(all) > len(names) {
		session, why, err = core.FindSession(all, ask)
	}
	if why != "" {
		err = &failure{says: why}
	}
	if err != nil {
		return err
	}
	r.session = session
	r.twice(ctx)
	for _, e := range b.jar.All() {
		if slices.Contains(session, e.Name) && r.report.Framework == "" {
			r.report.Framework = token.Recognise(e.Name, e.Value).Framework
		}
	}
	return nil
}
