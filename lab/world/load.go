package world

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

const (
	maxLoads  = 50 // how much a page may load by itself
	maxFrames = 3  // how many frames may lie within each other
)

// run fetches and runs what a document loads by itself, in the order observed in
// Chromium 156: scripts and images as they stand; then modules and deferred
// scripts; then frames and the event handlers that wait for something. Firefox 153
// runs a javascript: URL of a frame then, Chromium as it stands.
func (w *World) run(b *browser, d *document, depth int) {
	var deferred, last []func()
	w.wordy, w.crowded = w.wordy || len(d.policy) > maxPolicy, w.crowded || d.options > maxOptions
	for i := range d.loads {
		if w.bytes += len(d.policy); w.full() != nil {
			return
		}
		if i >= maxLoads {
			w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "loads and runs nothing more of the page: this lab ends after " + strconv.Itoa(maxLoads) + " elements"})
			break
		}
		l := &d.loads[i]
		switch l.tag {
		case "handler":
			last = append(last, func() { w.handler(b, d, l.policy, l.name, l.text) })
		case "unrun":
			if !d.mute {
				w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not run " + l.name + ": this lab knows onload and onerror of img, iframe and script, and onload of svg and body"})
			}
		case "unloaded":
			w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not load what <" + l.name + "> names: this lab loads img, iframe and script"})
		case "script":
			if l.module || l.deferred && l.external {
				deferred = append(deferred, func() { w.runScript(b, d, l) })
			} else {
				w.runScript(b, d, l)
			}
		case "img":
			if ok := w.loadImage(b, d, l); l.onload+l.onerror != "" {
				last = append(last, func() { w.settled(b, d, l, ok) })
			}
		case "iframe":
			_, _, isScript := scriptURL(l.src)
			if isScript && b.jar.Rules != cookie.Firefox || l.src == "" && !l.written {
				w.runFrame(b, d, l, depth) // at once
			} else {
				last = append(last, func() { w.runFrame(b, d, l, depth) })
			}
		}
	}
	for _, f := range append(deferred, last...) {
		if w.full() != nil {
			return
		}
		f()
	}
}

// asks returns the request for what l loads from u. For a frame d itself lies
// between that and the top, if it is a frame.
func (d *document) asks(l *load, u *url.URL) request {
	r := request{method: "GET", url: u, by: l.by, query: l.by, from: cookie.Context{Initiator: d.origin(), Top: d.topOrigin(), Between: d.between},
		loads: l.tag, secure: d.url.Scheme == "https"}
	if l.tag == "iframe" {
		r.from.Between = d.within(l).between
	}
	return r
}

// fetch fetches what l names. It reports false when nothing came.
func (w *World) fetch(b *browser, d *document, l *load) (a arrival, ok bool) {
	u := w.memo.resolve(d, l.src)
	if u == nil {
		return a, false
	}
	r := d.asks(l, u)
	if l.tag == "img" {
		if !w.may(b, d, l.policy, "img-src", u, false) {
			return a, false
		}
		r.may = w.redirectable(b, d, l, "img-src")
	}
	if l.tag == "script" && l.policy != "" {
		r.may = func(next *url.URL) bool {
			ok := l.policy.allowsFrom(d.url, next, l.nonce, true)
			if !ok {
				w.forbidden(b, "a script from "+next.String())
			}
			return ok
		}
	}
	a, err := w.send(b, r)
	w.report(b, err)
	return a, err == nil
}

// may reports whether a policy of d's lets u be loaded for a directive, and writes
// it down if not.
func (w *World) may(b *browser, d *document, p policy, kind string, u *url.URL, redirected bool) bool {
	ok := p.allowsLoad(kind, d.url, u, redirected)
	if !ok {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not ask for " + u.String() + ": the page's Content-Security-Policy forbids it (" + kind + ")"})
	}
	return ok
}

// redirectable returns may for the redirects of what l loads, nil for a page without a policy.
func (w *World) redirectable(b *browser, d *document, l *load, kind string) func(u *url.URL) bool {
	if l.policy == "" {
		return nil
	}
	return func(u *url.URL) bool { return w.may(b, d, l.policy, kind, u, true) }
}

// loadImage fetches an image. It reports false for what is none.
func (w *World) loadImage(b *browser, d *document, l *load) bool {
	media, _, ok := dataOf(l.src)
	if !ok && l.src != "" {
		var a arrival
		a, ok = w.fetch(b, d, l)
		media = a.media
	}
	return ok && is(media, "image/")
}

// settled runs the event handler that waits for l.
func (w *World) settled(b *browser, d *document, l *load, ok bool) {
	if ok {
		w.handler(b, d, l.policy, "onload", l.onload)
	} else {
		w.handler(b, d, l.policy, "onerror", l.onerror)
	}
}

// handler runs the script of an event handler.
func (w *World) handler(b *browser, d *document, p policy, name, text string) {
	w.written(b, d, name, text, p.allowsHandler)
}

// follow runs the script of a javascript: URL. It reports false for another URL.
func (w *World) follow(b *browser, d *document, p policy, name, ref string) bool {
	text, ref, ok := scriptURL(ref)
	if ok {
		w.written(b, d, name, text, func(string) bool { return p.allowsJavaScriptURL(ref) })
	}
	return ok
}

// written runs a script that stands in an attribute, if its policy allows it.
func (w *World) written(b *browser, d *document, name, text string, allowed func(text string) bool) {
	switch {
	case text == "" || d.mute:
	case !allowed(text):
		w.forbidden(b, name)
	default:
		w.script(b, d, text)
	}
}

// forbidden writes down that a policy stopped a script.
func (w *World) forbidden(b *browser, what string) {
	w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not run " + what + ": the page's Content-Security-Policy forbids it"})
}

// runScript runs a script element, and fetches it first if it has a src.
func (w *World) runScript(b *browser, d *document, l *load) {
	if d.mute {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not run a script: a sandbox forbids it"})
		return
	}
	if !l.external {
		if l.policy.allowsInline(l.nonce, l.text) {
			w.script(b, d, l.text)
		} else {
			w.forbidden(b, "an inline script")
		}
		return
	}
	_, text, data := dataOf(l.src)
	u := w.memo.resolve(d, l.src)
	if (data || u != nil) && !l.policy.allowsFrom(d.url, u, l.nonce, false) {
		w.forbidden(b, "a script from "+event.Quoted(l.src))
		w.settled(b, d, l, false)
		return
	}
	ok := data
	if !data && l.src != "" {
		var a arrival
		a, ok = w.fetch(b, d, l)
		switch text = a.body; {
		case !ok:
		case a.status < 200 || a.status > 299:
			ok = false // an error page is no script
		case (l.module || l.cors) && originOf(a.url) != d.origin() && a.cors != "*" && a.cors != d.origin():
			w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not run a script of another origin that asks for CORS and is not allowed it"})
			ok = false
		case !a.runsAs() || l.module && !isJavaScript(a.media):
			w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not run a script of the type " + cmp.Or(a.media, "text/html")})
			ok = false
		}
	}
	if ok {
		w.script(b, d, text)
	}
	w.settled(b, d, l, ok)
}

// runFrame loads a frame and runs what is in it.
func (w *World) runFrame(b *browser, d *document, l *load, depth int) {
	if depth >= maxFrames {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "loads no frame here: this lab goes " + strconv.Itoa(maxFrames) + " frames deep"})
		return
	}
	_, _, isScript := scriptURL(l.src)
	u := w.memo.resolve(d, l.src)
	loads := true // if only the page of an error, or an empty one
	switch {
	case l.written: // about:srcdoc is of its parent's origin, and has its policy
		w.bytes += len(l.text)
		a := arrival{url: d.url, body: l.text, of: writer{by: l.by}, head: head{policy: l.policy, referrer: d.referrer, base: d.base}}
		w.runIn(b, w.memo.document(&a, d.within(l)), request{}, depth+1)
	case isScript && !l.sandboxed:
		w.follow(b, d, l.policy, "the javascript: URL of a frame", l.src)
	case isScript:
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not run the javascript: URL of a sandboxed frame"})
	case is(strings.TrimSpace(l.src), "data:"):
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not look into a frame with a data: URL, whose document has no cookies"})
	case l.src != "" && u != nil:
		if !w.may(b, d, l.policy, "frame-src", u, false) {
			loads = b.jar.Rules != cookie.Firefox // as observed
			break
		}
		r := d.asks(l, u)
		r.may = w.redirectable(b, d, l, "frame-src")
		err := w.loadFrame(b, d.within(l), r, depth+1)
		w.report(b, err)
		loads = err == nil || err != errBlocked && b.jar.Rules != cookie.Firefox // as observed
	}
	if loads {
		w.handler(b, d, l.policy, "onload", l.onload)
	}
}

// loadFrame loads a document into a frame.
func (w *World) loadFrame(b *browser, at place, r request, depth int) error {
	a, err := w.send(b, r)
	if err != nil {
		return err
	}
	if !a.framed(at) {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not show the page in a frame: its X-Frame-Options or frame-ancestors forbids it"})
		return nil
	}
	frame := w.memo.document(&a, at)
	w.show(b, frame)
	w.runIn(b, frame, r, depth)
	return nil
}

// runIn runs what is in a frame that r loaded, and follows where that sends it.
func (w *World) runIn(b *browser, d *document, r request, depth int) {
	w.run(b, d, depth)
	if next, ok := w.refresh(b, d, r); ok {
		w.report(b, w.loadFrame(b, d.place, next, depth))
	}
}

// framed reports whether the page may be shown at a place: frame-ancestors says so
// (CSP3 6.4.2.1), and without it X-Frame-Options.
func (a *arrival) framed(at place) bool {
	around := append(strings.Fields(at.between), at.top)
	each := func(ok func(origin string) bool) bool {
		return !slices.ContainsFunc(around, func(s string) bool { return !ok(s) })
	}
	decided := false
	ok := a.policy.allows("frame-ancestors", func(sources []string) bool {
		decided = true
		return each(func(origin string) bool {
			u, err := url.Parse(origin)
			return err == nil && slices.ContainsFunc(sources, func(s string) bool { return source(s, a.url, u, true) })
		})
	})
	if decided {
		return ok
	}
	for word := range strings.SplitSeq(a.framing, ",") {
		switch strings.ToLower(strings.TrimSpace(word)) {
		case "deny":
			return false
		case "sameorigin":
			if !each(func(origin string) bool { return origin == originOf(a.url) }) {
				return false
			}
		}
	}
	return true
}

// report writes down that something a page asked for did not load.
func (w *World) report(b *browser, err error) {
	if err != nil && err != errBlocked {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "gets no answer: " + err.Error()})
	}
}

// maxWait is for how many seconds somebody looks at a page that sends the browser on.
const maxWait = 10

// refresh returns the request by which d, that r loaded, sends the browser on:
// a Refresh header or <meta http-equiv=refresh>.
func (w *World) refresh(b *browser, d *document, r request) (next request, ok bool) {
	if d.refresh == "" {
		return next, false
	}
	seconds, ref, ok := refreshOf(d.refresh)
	u := w.memo.resolve(&document{base: d.refreshBase}, ref)
	switch {
	case ok && d.mute:
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "is not sent on: a sandbox forbids it"})
		return next, false
	case !ok || u == nil || w.full() != nil:
		return next, false
	case ref == "" || u.String() == d.url.String():
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not load the page again, as it asks for: this lab does not reload"})
		return next, false
	case seconds > maxWait || r.refreshed >= maxRedirects:
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not wait to be sent on to " + u.String() + " after " + strconv.Itoa(seconds) + " s"})
		return next, false
	}
	next = d.asks(&load{by: d.refreshBy}, u)
	next.refreshed = r.refreshed + 1
	if d.top == "" {
		next.from = cookie.Context{TopLevel: true, Initiator: d.origin()}
	} else {
		next.loads = "iframe"
	}
	return next, true
}

// script runs a script of d: its assignments to document.cookie. A silent run
// does not run a long one twice in the same jar.
func (w *World) script(b *browser, d *document, text string) {
	const long = 20
	s := w.memo.script(text)
	if d.opaque && (s.other || len(s.lines) > 0) {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "skips a script in a sandbox, whose document has no cookies"})
		return
	}
	if !w.silent || len(s.lines) <= long {
		w.assign(b, d, s)
		return
	}
	run := scriptRun{profile: w.Profile.ID, who: b.name, url: d.url, top: d.place, now: w.now, before: b.jar.Clone()}
	for i := range s.runs {
		if r := &s.runs[i]; r.repeats(&run) {
			b.jar = *r.after.Clone()
			w.Observed.add(r.observed)
			for _, e := range r.events {
				w.log(&e)
			}
			return
		}
	}
	first, before := len(w.Events), w.Observed
	w.Observed = Observed{}
	w.assign(b, d, s)
	run.after, run.events, run.observed = b.jar.Clone(), slices.Clone(w.Events[first:]), w.Observed
	w.Observed.add(before)
	if len(s.runs) < mostKept {
		s.runs = append(s.runs, run)
	}
}

// assign makes the assignments of s.
func (w *World) assign(b *browser, d *document, s *pageScript) {
	for _, line := range s.lines {
		if w.full() != nil {
			return
		}
		w.store(b, d.url, line, cookie.Context{API: cookie.Script, TopLevel: d.top == "", Top: d.top, Between: d.between})
	}
	if s.other {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "skips a script where it does something else: this lab runs assignments to document.cookie and cookieStore.set, with texts, variables and sums of them"})
	}
}
