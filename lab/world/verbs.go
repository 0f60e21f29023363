package world

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// do plays one step.
func (w *World) do(s script.Step) error {
	w.now = w.now.Add(time.Second)
	w.person, w.at = s.Who, s.Browser()
	b := &w.alice
	if s.Browser() == event.Mallory {
		b = &w.mallory
	}
	at := slices.IndexFunc(verbs, func(v verb) bool { return v.name == s.Verb })
	if at < 0 {
		return fmt.Errorf("%q is not filled in", s.Verb) // script.Parse lets through no other
	}
	defer func() { w.second = false }()
	for _, w.second = range w.turns(s) {
		args, err := w.expanded(s)
		if err != nil {
			return err
		}
		if err := verbs[at].do(w, b, args); err != nil {
			return err
		}
	}
	w.alias(s)
	return nil
}

// expanded returns the arguments of s with its variables expanded.
func (w *World) expanded(s script.Step) ([]string, error) {
	w.wrote = w.wrote[:0]
	if s.Verb == "serve" && w.Profile.Beside != "" { // a script in it may stretch over several
		at, err := w.expand(s.Args[0])
		if err != nil {
			return nil, err
		}
		text, err := w.expandPage(strings.Join(s.Args[1:], " "))
		return []string{at, text}, err
	}
	args := make([]string, len(s.Args))
	for i, a := range s.Args {
		var err error
		var by string
		if args[i], by, err = w.expandBy(a); err != nil {
			return nil, err
		}
		w.wrote = append(w.wrote, by)
	}
	return args, nil
}

// A verb is what one does.
type verb struct {
	name string
	do   func(w *World, b *browser, args []string) error
}

// verbs binds what script.Verbs do, but for those that the setup fills in. b is
// the browser of the step; variables in args are expanded. It is no map, which code would make.
var verbs = []verb{
	{"get", func(w *World, b *browser, args []string) error { return w.visit(b, args[0]) }},
	{"post", func(w *World, b *browser, args []string) error { return w.post(b, args[0], args[1:]) }},
	{"click", func(w *World, b *browser, args []string) error { return w.click(b, strings.Join(args, " ")) }},
	{"submit", (*World).submit},
	{"back", (*World).back},
	{"reload", (*World).reload},
	{"tab", (*World).tab},
	{"copy", (*World).copy},
	{"read", func(w *World, b *browser, args []string) error { return w.noteField(b, args[0], args[1]) }},
	{"paste", (*World).paste},
	{"script", func(w *World, b *browser, args []string) error {
		line := strings.Join(args, " ")
		w.typed(b, shopFront, line, line, cookie.Script)
		return nil
	}},
	{"forget", (*World).forget},
	{"let", (*World).let},
	{"serve", func(w *World, _ *browser, args []string) error { return w.serve(args[0], strings.Join(args[1:], " ")) }},
	{"remove", func(w *World, _ *browser, args []string) error { return w.remove(args[0]) }},
	{"join", (*World).join},
	{"deploy", (*World).deploy},
	{"cache", (*World).cache},
	{"wait", (*World).wait},
}

// cache puts a cache in front of the shop's front page.
func (w *World) cache(*browser, []string) error {
	w.caching = true
	w.log(&event.Event{Who: event.ShopHost, Kind: event.Did, Text: "puts a cache in front of the front page; it keeps the first answer, cookies and all"})
	return nil
}

func (w *World) wait(b *browser, args []string) error {
	d, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	w.now = w.now.Add(d)
	who := b.name
	if w.person == "server" {
		who = event.ShopHost
	}
	w.log(&event.Event{Who: who, Kind: event.Did, Text: "waits " + lasting(d)})
	return nil
}

// join lets b appear under the address and the User-Agent of name's browser.
func (w *World) join(b *browser, args []string) error {
	name := args[0]
	other := &w.alice
	if name == event.Mallory {
		other = &w.mallory
	}
	b.address, b.agent, w.Observed.Joined = other.address, other.agent, true
	w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Prepared, Text: "shares the address and copies the User-Agent of " + name})
	return nil
}

// let names a value. What Mallory names she knows.
func (w *World) let(b *browser, args []string) error {
	name, value, _ := strings.Cut(strings.Join(args, " "), "=")
	w.owner[name] = w.person
	delete(w.beside, name)
	if event.ValueOf(value) == "" {
		w.Vars[name] = ""
		w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Prepared, Text: "has nothing to plant"})
		return nil
	}
	w.Vars[name] = value
	if w.person == event.Mallory {
		w.learn(event.ValueOf(value), "she made it up")
	}
	w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Prepared, Text: "makes ready: " + value, Value: event.ValueOf(value)})
	return nil
}

// deploy starts the server again, as the operator does.
func (w *World) deploy(*browser, []string) error {
	old := w.secrets[0]
	w.secrets = w.env.Deploy(w.secrets)
	if w.secrets[0] == old {
		w.log(&event.Event{Who: event.ShopHost, Kind: event.Did, Text: "starts again with the same signing secret"})
		return nil
	}
	w.start()
	text := "starts again with a new signing secret; the old one is gone"
	if len(w.secrets) > 1 {
		text = "starts again with a new signing secret; the old one still verifies"
	}
	w.log(&event.Event{Who: event.ShopHost, Kind: event.Did, Text: text})
	return nil
}

// expand replaces $name by its value and $$name by its value percent-encoded,
// for URLs; ${name} and $${name} where a letter follows. $cookie is the session cookie's
// name, and script.Written are characters.
// $bait, what a route plants, is $loot unless it has a value of its own.
func (w *World) expand(text string) (string, error) {
	expanded, _, err := w.expandBy(text)
	return expanded, err
}

// expandBy is expand, and says whose word the text is then: that of whoever has
// given a name to a value in it, else that of the person whose step it is.
func (w *World) expandBy(text string) (expanded, by string, err error) {
	var b strings.Builder
	by = w.person
	if !strings.Contains(text, "$") {
		return text, by, nil
	}
	for {
		before, after, ok := strings.Cut(text, "$")
		b.WriteString(before)
		if !ok {
			return b.String(), by, nil
		}
		after, encoded := strings.CutPrefix(after, "$")
		name, n := script.Variable(after)
		value, known := w.Vars[name]
		switch name {
		case "cookie":
			if value, known = w.CookieName(), true; w.second {
				value = w.named(w.Profile.Beside)
			}
		case "bait":
			if !known {
				name = "loot"
				value, known = w.Vars[name]
			}
		default:
			if written, ok := script.Written[name]; ok {
				value, known = written, true
			}
		}
		if other, ok := w.beside[name]; ok && w.second {
			value = other
		}
		if !known {
			return "", "", fmt.Errorf("unknown variable %q: name it with copy or let first", "$"+name)
		}
		owner := w.owner[name]
		if w.person == event.Mallory && owner == event.Alice {
			return "", "", fmt.Errorf("%q is alice's: mallory cannot know it", "$"+name)
		}
		if owner != "" && owner != w.person {
			by = owner
		}
		if b.Len()+len(value) > maxValue {
			return "", "", limit("a value longer than 64 KiB")
		}
		if encoded {
			value = url.QueryEscape(value)
		}
		b.WriteString(value)
		text = after[n:] // not len(name): $bait may have become $loot
	}
}
