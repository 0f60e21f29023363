package audit

import "fmt"

// A Seen is what came of one step.
type Seen struct {
	Step     int    // its place in Check.Steps
	Who      Who    // of a look
	Nothing  string // why there is nothing to go on with, as a sentence: no cookie to keep, no second factor; "" where there is
	Stopped  string // what ended the attack without success, as a sentence; "" where it goes on
	Failed   string // why the step could not be carried out, as a sentence; "" where it could
	Exchange int    // the last exchange of the step, -1 for none
	Request  string // that exchange, "GET /profile"
	Status   int
}

// Judge says what a check came to, from what its steps saw. A control that does not come
// out as it must, or a step that failed, leaves it inconclusive: it is never taken for an
// attack that did not work.
func Judge(c Check, seen []Seen) Result {
	r := Result{ID: c.ID, Title: c.Title, Class: c.Class, Refs: c.Refs}
	decide := func(v Verdict, because string) Result {
		r.Verdict, r.Because = v, because
		if v == Worked {
			r.Cause = c.Cause
		}
		return r
	}
	asked, answer := false, Seen{}
	for _, s := range seen {
		step := c.Steps[s.Step]
		if s.Exchange >= 0 && (step.Do == Look || step.Do == LookEffect || s.Failed != "") {
			r.Evidence = append(r.Evidence, Evidence{s.Exchange, s.Request, s.Status, evidence(step, s)})
		}
		switch {
		case s.Nothing != "":
			return decide(NotApplicable, s.Nothing)
		case s.Stopped != "":
			return decide(DidNotWork, s.Stopped)
		case s.Failed != "" && step.Remark:
			continue
		case s.Failed != "":
			return decide(Inconclusive, s.Failed)
		case step.Do != Look && step.Do != LookEffect:
			continue
		case step.Remark:
			if asked && answer.Who == Victim && s.Who != Victim {
				r.Because += " From a browser with another User-Agent the private page does not open."
			}
		case step.Want != "" && s.Who != step.Want:
			return decide(Inconclusive, control(step, s))
		case step.Want == "":
			asked, answer = true, s
			switch {
			case s.Who == step.harm():
				decide(Worked, worked(c, step))
			case s.Who == Unclear:
				return decide(Inconclusive, "The private page’s answer does not say whose it is.")
			default:
				decide(DidNotWork, failed(c, step, s.Who))
			}
		}
	}
	if last := len(c.Steps) - 1; len(seen) == 0 || !settled(c, seen, last) {
		return decide(Inconclusive, "The check broke off before it was done.")
	}
	if !asked && r.Verdict == "" {
		return decide(Held, "It came out as it must.")
	}
	return r
}

// settled reports whether the steps were carried out to the last, remarks apart.
func settled(c Check, seen []Seen, last int) bool {
	for last > 0 && c.Steps[last].Remark {
		last--
	}
	return seen[len(seen)-1].Step >= last
}

func evidence(step Step, s Seen) string {
	if s.Failed != "" {
		return s.Failed
	}
	return fmt.Sprintf("with the cookies of “%s” the private page knows %s", step.Jar, s.Who)
}

func control(step Step, s Seen) string {
	switch {
	case step.Do == LookEffect:
		return "What -effect does leaves no trace that can be seen even by who did it, so nothing follows from this check."
	case s.Who == Unclear:
		return "The private page’s answer does not say whose it is, so nothing follows from this check."
	case step.Want == Nobody:
		return fmt.Sprintf("The private page knew %s where nobody was logged in, so nothing follows from this check.", s.Who)
	}
	return fmt.Sprintf("The private page should have known %s and knew %s, so nothing follows from this check.", step.Want, s.Who)
}

// harm is whom the page knows when the attack worked.
func (s Step) harm() Who {
	if s.Harm != "" {
		return s.Harm
	}
	return Victim
}

func worked(c Check, step Step) string {
	if c.Yes != "" {
		return c.Yes
	}
	if step.Harm == Attacker {
		return "The browser is in the attacker’s account, and whoever uses it does not know."
	}
	if step.Do == LookEffect {
		return "What was done with a cookie from before the login is in the victim’s account."
	}
	return "The cookies that the attacker knew open the victim’s private page."
}

func failed(c Check, step Step, who Who) string {
	switch {
	case c.No != "" && who == Nobody:
		return c.No
	case step.Harm == Attacker:
		return "The browser is in nobody’s account."
	case step.Do == LookEffect:
		return "What was done with a cookie from before the login is not in the victim’s account."
	case who == Attacker:
		return "The cookies that the attacker knew open her own account and not the victim’s."
	}
	return "The cookies that the attacker knew open nobody’s private page."
}

// End says what results come to, and why, in one sentence.
func End(results []Result, session []string) (Ending, string) {
	var inconclusive, worked, weak *Result
	attacks := 0
	tried := false
	for i := range results {
		r := &results[i]
		// Where no cookie carries the session, there is nothing to try.
		tried = tried || r.Class == Attack && (r.Verdict == DidNotWork || r.Verdict == NotApplicable && len(session) == 0)
		switch {
		case r.Class == Control && r.Verdict == Inconclusive:
			return Unsettled, r.Because
		case r.Class == Control && r.Verdict == NotTried && r.Asked:
			return Unsettled, r.ID + " was not tried: " + r.Because
		case r.Class == Attack && r.Verdict == Worked:
			if attacks++; worked == nil {
				worked = r
			}
		case r.Class == Weakness && r.Verdict == Worked && weak == nil:
			weak = r
		case r.Class == Attack && (r.Verdict == Inconclusive || r.Verdict == NotTried && r.Asked) && inconclusive == nil:
			inconclusive = r
		}
	}
	switch {
	case worked != nil:
		if attacks > 1 {
			return Vulnerable, fmt.Sprintf("%d attacks worked, the first of them %s: %s.", attacks, worked.ID, lower(worked.Title))
		}
		return Vulnerable, "An attack worked: " + worked.ID + ", " + lower(worked.Title) + "."
	case inconclusive != nil:
		return Unsettled, inconclusive.ID + " could not be settled: " + inconclusive.Because
	case !tried:
		return Unsettled, "No attack was tried."
	case weak != nil:
		return Weak, "No attack that was tried worked. There is a weakness: " + weak.ID + ", " + lower(weak.Title) + "."
	}
	if len(session) == 0 {
		return NoAttackWorked, "No attack that was tried worked: no cookie carries the session, so there is none to fixate."
	}
	return NoAttackWorked, "No attack that was tried worked."
}

func lower(s string) string {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}
