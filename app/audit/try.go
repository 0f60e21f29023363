//go:build !wasm

package audit

import (
	"context"
	"errors"
	"fmt"

	core "fixlab/lab/audit"
)

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
			s.Failed = broke.says
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
		return r.logInAbroad(ctx, s.Jar, b, r.Mallory, seen)
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
