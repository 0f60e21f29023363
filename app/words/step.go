package words

import (
	"slices"

	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/lab/event"
)

// Title says in a few words who does what in a step.
func Title(t *lab.Trace, i int) string {
	f := t.Frames[i]
	who := Person(f.Step.Who)
	switch {
	case f.Step.Who == "server":
		who = text.T("did.server")
	case f.Step.At != "":
		who = text.T("did.at", "who", who, "whose", Person(f.Step.At))
	}
	start, answer, host := "", "", ""
	for _, e := range f.Events {
		switch {
		case e.Kind == event.Request && start == "":
			start, host = e.Message.Start, e.Message.To
		case e.Kind == event.Response && answer == "":
			answer = e.Message.Start
		}
	}
	if start != "" {
		if host != ShopHost {
			start = text.T("did.from", "start", start, "host", host)
		}
		return who + ": " + start + " → " + answer
	}
	for _, e := range f.Events {
		if e.Kind == event.Did {
			return who + " " + e.Text
		}
	}
	return who + ": " + f.Step.Verb
}

// Happened says what a step changed, in at most two sentences.
func Happened(t *lab.Trace, i int) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) && len(out) < 2 {
			out = append(out, s)
		}
	}
	pick := func(kind event.Kind) (event.Event, bool) { return last(t.Frames[i].Events, kind) }
	if e, ok := pick(event.Refused); ok {
		add(text.T("did.refused", "who", Person(e.Who), "why", e.Refusal.Why))
	}
	if e, ok := pick(event.Denied); ok {
		add(text.T("did.denied", "why", DenialWords(event.Denial(e.Reason))))
	}
	if e, ok := pick(event.Whoami); ok && e.User != "" {
		add(text.T("did.served", "who", Person(e.Person), "user", Person(e.User)))
	}
	if says := storeChange(pick); says != "" {
		add(says)
	}
	if e, ok := pick(event.Learned); ok {
		add(text.T("did.learned", "value", e.Value))
	}
	if e, ok := pick(event.Stored); ok && len(out) == 0 {
		add(text.T("did.stored", "who", Person(e.Who), "value", e.Value))
	}
	if e, ok := pick(event.Unsign); ok && !e.Found && e.Value != "" {
		add(text.T("did.unsigned"))
	}
	if e, ok := pick(event.Whoami); ok && e.User == "" {
		add(text.T("did.nobody", "who", Person(e.Person)))
	}
	if e, ok := pick(event.Did); ok && len(out) == 0 {
		who := Person(e.Who)
		if e.Who == ShopHost {
			who = text.T("did.server")
		}
		add(who + " " + e.Text + ".")
	}
	if len(out) == 0 {
		add(text.T("did.nothing"))
	}
	return out
}

// storeChange says what a step saved and deleted, "" for nothing.
func storeChange(pick func(event.Kind) (event.Event, bool)) string {
	saved, ok := pick(event.Save)
	gone, deleted := pick(event.Delete)
	switch {
	case ok && deleted && gone.Key != saved.Key:
		return text.T("did.replaced", "old", gone.Key, "new", saved.Key, "session", sessionOf(saved.User))
	case ok:
		return text.T("did.saved", "new", saved.Key, "session", sessionOf(saved.User))
	case deleted && gone.Found:
		return text.T("did.deleted", "old", gone.Key)
	}
	return ""
}

// last returns the last event of that kind.
func last(events []event.Event, kind event.Kind) (e event.Event, ok bool) {
	for _, x := range events {
		if x.Kind == kind {
			e, ok = x, true
		}
	}
	return e, ok
}

func sessionOf(user string) string {
	if user == "" {
		return text.T("did.anonymous")
	}
	return text.T("did.session", "who", Person(user))
}

// KeyMoment reports whether a step is one to stop at: a value is learned,
// planted or refused, somebody logs in, or the verdict points there.
func KeyMoment(t *lab.Trace, i int) bool {
	if t.Verdict.Frame == i || slices.ContainsFunc(t.Verdict.Because, func(c event.Clause) bool { return c.Frame == i }) {
		return true
	}
	return slices.ContainsFunc(t.Frames[i].Events, func(e event.Event) bool {
		return e.Kind == event.Learned || e.Kind == event.Refused || e.Kind == event.Login || e.Kind == event.Stored && planted(t, i, e)
	})
}

// planted reports whether a cookie that was stored in step i is one that Mallory knows,
// and the browser is not hers.
func planted(t *lab.Trace, i int, stored event.Event) bool {
	return stored.Who != event.Mallory && slices.ContainsFunc(t.Frames[:i+1], func(f lab.Frame) bool {
		return slices.ContainsFunc(f.Events, func(e event.Event) bool { return e.Kind == event.Learned && e.Value == stored.Value })
	})
}

// Announcement is what the live region says of a step.
func Announcement(t *lab.Trace, i int) string {
	say := text.T("learn.step", "n", i+1, "of", len(t.Frames)) + ": " + t.Frames[i].Step.Caption
	for _, s := range Happened(t, i) {
		say += " " + Spoken(t, s)
	}
	if i == len(t.Frames)-1 {
		say += " " + text.T("did.ends", "outcome", Spaced(t.Verdict.Outcome))
	}
	return say
}
