package world

import (
	"net/url"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// What a person does in the browser's tools: the list of its cookies.

// copy reads the session cookie, or the one that is named, in the browser's tools, which
// show HttpOnly cookies too. With the session cookie it reads the second one, where the
// session is in two.
func (w *World) copy(b *browser, args []string) error {
	name, cookieName := args[0], w.CookieName()
	value := ""
	if len(args) > 1 {
		cookieName = args[1]
		for _, e := range b.jar.All() {
			if value == "" && isNamed(&e, args[1:]) {
				value = e.Value
			}
		}
	} else {
		value = w.held(b, cookieName)
	}
	w.Vars[name], w.owner[name] = value, w.person
	delete(w.beside, name)
	if value == "" {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Prepared, Text: "finds no cookie " + cookieName + " to copy"})
		return nil
	}
	w.copied(b, cookieName, value)
	if w.Profile.Beside == "" || cookieName != w.CookieName() {
		return nil
	}
	cookieName = w.named(w.Profile.Beside)
	if value = w.held(b, cookieName); value != "" {
		w.keepBeside(name, value)
		w.copied(b, cookieName, value)
	}
	return nil
}

// held returns the value of a cookie that b has for the shop's front page.
func (w *World) held(b *browser, name string) string {
	all, _ := b.jar.Get(w.now, shopFront, cookie.Context{TopLevel: true})
	for _, e := range all {
		if e.Name == name {
			return e.Value
		}
	}
	return ""
}

// isNamed reports whether e is called that: its name, and perhaps its domain as the
// tools show it, and its path.
func isNamed(e *cookie.Entry, words []string) bool {
	return e.Name == words[0] && (len(words) < 2 || e.Host() == words[1]) && (len(words) < 3 || e.Path == words[2])
}

// copied writes down that a cookie was read in b's tools.
func (w *World) copied(b *browser, name, value string) {
	w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Prepared, Text: "copies " + name + "=" + value, Value: value})
	if w.person == event.Mallory {
		w.learn(value, "she read it in the cookie jar")
	}
}

// paste puts a cookie into the jar as the browser's tools do: for the shop with Path=/
// and Secure, HttpOnly too when its name says so, unless what is typed says otherwise;
// for the page of a URL as it stands.
func (w *World) paste(b *browser, args []string) error {
	u := shopFront
	if strings.HasPrefix(args[0], "https://") || strings.HasPrefix(args[0], "http://") {
		at, err := w.memo.address(args[0])
		if err != nil {
			return err
		}
		u, args = at, args[1:]
	}
	line := strings.Join(args, " ")
	full := line
	if u == shopFront {
		pair, rest, _ := strings.Cut(line, ";")
		full = pair + "; Path=/; Secure"
		if strings.HasPrefix(line, "__Host-Http-") || strings.HasPrefix(line, "__Http-") {
			full += "; HttpOnly"
		}
		if rest != "" { // what is typed stands last, and wins
			full += ";" + rest
		}
	}
	w.typed(b, u, line, full, cookie.HTTP)
	return nil
}

// typed puts a cookie into b's jar by hand, on the page of u.
func (w *World) typed(b *browser, u *url.URL, line, full string, api cookie.API) {
	if event.ValueOf(line) == "" {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "has no value to put into the jar"})
		return
	}
	if w.person == event.Mallory {
		w.learn(event.ValueOf(line), "she made it up")
	}
	w.prepared(b.name, func() string { return "puts " + line + " into the jar" })
	w.store(b, u, full, cookie.Context{API: api, TopLevel: true})
}

// forget deletes all cookies, or one.
func (w *World) forget(b *browser, args []string) error {
	if len(args) == 0 {
		b.jar = cookie.Jar{Rules: b.jar.Rules}
		w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Forgot, Text: "deletes all cookies"})
		return nil
	}
	gone := b.jar.Delete(func(e *cookie.Entry) bool { return isNamed(e, args) })
	if len(gone) == 0 {
		w.did(b.name, func() string { return "finds no cookie " + args[0] + " to delete" })
	}
	for _, e := range gone {
		w.did(b.name, func() string { return "deletes the cookie " + e.Name + " of " + e.Host() + e.Path })
		last := &w.Events[len(w.Events)-1]
		last.Act, last.Line = event.Dropped, e.Name+"="+e.Value
	}
	return nil
}
