//go:build !wasm

package audit

import (
	"context"
	"fmt"

	core "fixlab/lab/audit"
)

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
	if clean && got == core.Nobody && (as == core.Attacker && r.turnedAway() || l.again) {
		r.noLogin = why
	}
	return &failure{says: why}
}

// staysIn says what follows where the login takes nobody who is logged in, and no logout
// is known. After one the victim would be a visitor, as in F1.
func (r *run) staysIn(who core.Who, l login, seen *core.Seen) error {
	says := fmt.Sprintf("The login takes nobody who is logged in: after %s the private page still knows %s.", l.said, who)
	if r.came("F1") == core.DidNotWork {
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
