package edit

import (
	"net/url"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A told is what the steps up to a line have set up, as far as one can tell without a run.
type told struct {
	owners map[string]owner
	names  []string          // of variables, in the order in which they were named
	served []string          // URLs, as they are written
	pages  map[string]bool   // those that Mallory answers for, as world has them
	asked  map[string]string // the path that each browser asked for last
	steps  int

	words Words
	sub   map[string]*told // what the fragments of a verb set up, all together
	maybe map[string]int   // variables that a fragment may have named, with the last step that stands for it

	open  int  // the last step that may have named anything, 0 for none
	hosts bool // Mallory may answer anywhere
	shown bool // anybody may see a page
}

// An owner is who named a variable, "" where that is not certain.
type owner struct {
	who  string
	step int
}

func newTold(w Words) *told {
	return &told{words: w, owners: map[string]owner{}, pages: map[string]bool{}, asked: map[string]string{}, sub: map[string]*told{}, maybe: map[string]int{}}
}

func (t *told) name(name, who string) {
	if !script.IsName(name) {
		return
	}
	if _, ok := t.owners[name]; !ok {
		t.names = append(t.names, name)
	}
	t.owners[name] = owner{who, t.steps}
}

// owner returns who named a variable and, for $bait, which it is. It reports false when
// nobody has, so far as one can tell.
func (t *told) owner(name string) (who, is string, ok bool) {
	o, ok := t.owners[name]
	at, maybe := t.maybe[name]
	if !ok && !maybe && name == "bait" {
		if who, is, ok = t.owner("loot"); t.open > 0 {
			who = ""
		}
		return who, is, ok
	}
	if o.step < max(t.open, at) {
		o.who = ""
	}
	return o.who, name, ok || maybe
}

// usable returns the variables that who may use, the last named first, and those that
// every run has.
func (t *told) usable(who string) (list []Suggestion) {
	for i := len(t.names) - 1; i >= 0 && len(list) < mostNear; i-- {
		if by, _, _ := t.owner(t.names[i]); who != event.Mallory || by != event.Alice {
			list = append(list, Suggestion{Text: "$" + t.names[i], Hint: named[by]})
		}
	}
	for _, s := range given {
		by, _, ok := t.owner("bait")
		_, own := t.owners["bait"]
		if s.Text != "$bait" || ok && !own && (who != event.Mallory || by != event.Alice) {
			list = append(list, s)
		}
	}
	return list
}

var named = map[string]string{event.Mallory: "mallory named it", event.Alice: "alice named it"}

// hear takes in a step, in words. One that is wrong may have been meant otherwise.
func (t *told) hear(step []string, wrong bool) {
	t.steps++
	if len(step) < 2 {
		if wrong {
			t.open, t.hosts, t.shown = t.steps, true, true
		}
		return
	}
	who, at, ok := strings.Cut(step[0], "@")
	if !ok {
		at = who
	}
	verb, args := step[1], step[2:]
	if wrong {
		who, t.shown = "", true
	}
	switch verb {
	case "route", "token":
		t.choose(verb)
		return
	case "visit":
		t.shown = true
		return
	case "deploy", "cache", "forget", "join", "wait", "paste", "script", "click", "submit":
		return
	}
	if len(args) == 0 {
		return
	}
	switch verb {
	case "copy", "read":
		t.name(args[0], who)
	case "let":
		name, _, _ := strings.Cut(args[0], "=")
		t.name(name, who)
	case "get", "post":
		path, _, _ := strings.Cut(strings.TrimPrefix(args[0], "https://"+event.ShopHost), "?")
		t.asked[at] = path
	case "serve":
		t.served = append(t.served, args[0])
		if page, ok := pageOf(args[0]); ok && !wrong {
			t.pages[page] = true
		} else {
			t.hosts = true
		}
	default:
		t.open, t.hosts = t.steps, true
	}
}

// choose takes in a step that stands for those of a fragment, whichever it is.
func (t *told) choose(verb string) {
	t.shown = true
	all := t.words.of(verb)
	if verb == "token" {
		defer t.name("loot", event.Mallory) // whichever source it is
	}
	if all == nil {
		t.open, t.hosts = t.steps, true
		return
	}
	sub := t.sub[verb]
	if sub == nil {
		sub = newTold(Words{})
		for _, f := range all {
			for _, s := range f.Steps {
				sub.hear(strings.Fields(s.String()), false)
			}
		}
		t.sub[verb] = sub
	}
	for _, name := range sub.names {
		t.maybe[name] = t.steps
	}
	for page := range sub.pages {
		t.pages[page] = true
	}
	t.hosts = t.hosts || sub.hosts
}

// pageOf returns the page that an address is on. It reports false when that cannot be
// told without a run.
func pageOf(text string) (string, bool) {
	u, ok := addressOf(text)
	if !ok || strings.Contains(text, "$") {
		return "", false
	}
	return u.Scheme + "://" + u.Host + u.Path, true
}

// addressOf reads what somebody types into the address bar.
func addressOf(text string) (*url.URL, bool) {
	if strings.HasPrefix(text, "/") {
		text = "https://" + event.ShopHost + text
	}
	return cookie.ParseURL(nil, text)
}
