package judge

import "fixlab/lab/event"

// refusals are the server's reasons, in sentences.
var refusals = map[event.Denial]string{
	event.OtherOrigin:    "The server refused it, because it came from another origin.",
	event.WrongToken:     "The server refused it, because its token is not that of Alice's session.",
	event.NotLoggedIn:    "The server refused it, because nobody was logged in to the session that it came with.",
	event.BadCredentials: "The server refused it, because the name and the secret in it do not belong together.",
}

// turnedAway: what Mallory wrote sent alice's browser to the shop, and the server
// would not have it; or the browser did not, where the cookie is all there was.
func (j *Judge) turnedAway(v event.Verdict, cookie bool) (event.Verdict, bool) {
	sent := func(at *visit) bool {
		return at.sent.Who == event.Alice && at.sent.Message.ToShop() && at.by == event.Mallory
	}
	for i := range j.visits { // what was refused got further than what asked for nothing
		if at := &j.visits[i]; sent(at) && at.denied != nil {
			j.because(&v, at.sent.Frame, "%s made Alice's browser send a request to the shop.", j.writing(at))
			return j.stop(v, event.Accept, at.denied, refusals[event.Denial(at.denied.Reason)]), true
		}
	}
	for i := range j.visits {
		at := &j.visits[i]
		if !sent(at) {
			continue
		}
		refused, ok := first(j.during(at.sent.Frame), func(e *event.Event) bool {
			return e.Kind == event.Refused && e.Seq > at.sent.Seq
		})
		if ok && cookie {
			j.because(&v, at.sent.Frame, "%s made Alice's browser send a request to the shop.", j.writing(at))
			return j.stop(v, event.Deliver, refused, "Alice's browser refused the cookie of the answer: "+refused.Refusal.Why), true
		}
		if !ok && at.open < 0 && len(j.facts) == 0 {
			j.because(&v, at.sent.Frame, "%s made Alice's browser send a request to the shop.", j.writing(at))
			return j.stop(v, event.Deliver, at.sent, j.inVain(at)), true
		}
	}
	return v, false
}

// inVain says what came of a request that was not refused and opened no session.
func (j *Judge) inVain(at *visit) string {
	switch {
	case at.login != nil && at.login.By == event.Mallory:
		return "It logged Alice's browser in to an account of Mallory's, but Alice was never served in it."
	case at.login != nil:
		return "Alice proved herself with it, by her own word, and it touched nothing else of hers."
	case at.sent.Message.Cookies == "" && j.stored(at):
		return "It came without a session of Alice's and touched no record of hers, but its answer put a new cookie into her browser."
	case j.stored(at):
		return "The server opened no session for it, but its answer put a new cookie into her browser."
	case at.sent.Message.Cookies == "":
		return "It came without a session of Alice's, and touched nothing of hers."
	}
	return "The server opened no session for it, and it touched nothing of Alice's."
}

// stored reports whether Alice's browser stored a cookie with the answer.
func (j *Judge) stored(at *visit) bool {
	_, ok := first(j.during(at.sent.Frame), func(e *event.Event) bool {
		return e.Kind == event.Stored && e.Who == at.sent.Who && e.Seq > at.sent.Seq
	})
	return ok
}
