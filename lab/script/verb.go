package script

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/near"
)

// A Verb is one thing that can be done in a scenario: how it is written, what it
// does, and who may do it. Package world binds the doing to its name.
type Verb struct {
	Name  string
	Args  string                    // as a usage line has them
	Does  string                    // as a clause without a subject
	Least int                       // number of arguments
	Most  int                       // -1: any number
	Who   string                    // who may, separated by spaces
	Check func(args []string) error // what is wrong with the arguments before variables are expanded; nil: nothing
	Open  bool                      // it stands for steps that the setup chooses
}

const people = "mallory alice"

// Verbs are all there are.
var Verbs = []Verb{
	{Name: "get", Args: "URL", Does: "types a URL; one that begins with / is on shop.example", Least: 1, Most: 1, Who: people},
	{Name: "post", Args: "URL [NAME=VALUE …]", Does: "submits a form that stands on the same host", Least: 1, Most: -1, Who: people,
		Check: func(args []string) error { return areFields(args[1:]) }},
	{Name: "click", Args: "[#N] TEXT", Does: "follows the link with that text on the page she sees, the Nth of several", Least: 1, Most: -1, Who: people},
	{Name: "submit", Args: "[#N] [BUTTON] [NAME=VALUE …]", Does: "submits the form on the page she sees, the Nth of several, by the button with that text or by Enter; NAME=VALUE types a value, or picks the option, ticks the box or presses the button that has it; NAME= clears a field, unticks the boxes of that name and picks nothing in a list of several", Most: -1, Who: people},
	{Name: "back", Does: "goes back to the page that her tab showed before; one that may not be kept is asked for again", Who: people},
	{Name: "reload", Does: "asks for the page she sees again, as it was asked for; a form is sent again", Who: people},
	{Name: "tab", Args: "[N]", Does: "opens a new tab, or goes to the Nth", Most: 1, Who: people, Check: isTab},
	{Name: "copy", Args: "NAME [COOKIE [DOMAIN [PATH]]]", Does: "reads the value of the session cookie, or of that cookie, in the browser's tools and calls it $NAME; where the session is in two cookies, $cookie=$NAME sets both", Least: 1, Most: 4, Who: people, Check: isFree},
	{Name: "read", Args: "NAME FIELD", Does: "reads the field FIELD of a form on the page she sees, hidden or not, and calls it $NAME", Least: 2, Most: 2, Who: people, Check: isFree},
	{Name: "paste", Args: "[URL] COOKIE", Does: "types a cookie for shop.example into the browser's tools, with Path=/ and Secure; for a URL it is set as it stands", Least: 1, Most: -1, Who: people},
	{Name: "let", Args: "NAME=VALUE", Does: "gives a value the name $NAME; $$NAME is the value percent-encoded, $cookie the session cookie's name", Least: 1, Most: -1, Who: people, Check: isAssignment},
	{Name: "serve", Args: "URL HEADER|HTML", Does: "puts a header or a page on blog.shop.example, on evil.test, or, as a network attacker, on any http host; \"repeat N TEXT\" writes TEXT N times, %d counting; the header \"Status: 307\" is the status", Least: 2, Most: -1, Who: "mallory"},
	{Name: "remove", Args: "URL", Does: "takes away what she put there", Least: 1, Most: 1, Who: "mallory"},
	{Name: "forget", Args: "[COOKIE [DOMAIN [PATH]]]", Does: "deletes all cookies, or that one; a DOMAIN with a dot before it is that of a cookie for subdomains too", Most: 3, Who: people},
	{Name: "join", Args: "NAME", Does: "shares the address and the User-Agent of NAME from now on", Least: 1, Most: 1, Who: people, Check: isPerson},
	{Name: "script", Args: "COOKIE", Does: "runs document.cookie = \"COOKIE\" on shop.example", Least: 1, Most: -1, Who: people},
	{Name: "route", Does: "stands for the steps of the route that was chosen", Who: "mallory", Open: true},
	{Name: "token", Does: "stands for the steps of the source of the value that was chosen", Who: "mallory", Open: true},
	{Name: "visit", Does: "opens the shop if alice has been there before", Who: "alice", Open: true},
	{Name: "deploy", Does: "the server's operator deploys; the signing secret changes if rotate-secret is on", Who: "server"},
	{Name: "cache", Does: "the server's operator puts a cache in front of the front page; it keeps the first answer, cookies and all", Who: "server"},
	{Name: "wait", Args: "DURATION", Does: "lets time pass, such as 90s or 336h", Least: 1, Most: 1, Who: people + " server", Check: isDuration},
}

// instead says how a line is written whose verb may be expected and is none, ""
// for every other.
func instead(verb string) string {
	switch verb {
	case "steal", "take", "exfiltrate":
		return "mallory@alice copy NAME"
	case "plant":
		return "mallory@alice paste COOKIE"
	case "inject":
		return "mallory@alice script COOKIE"
	case "login":
		return "alice post /login user=alice password=correct-horse"
	case "logout":
		return "alice post /logout"
	case "open", "goto":
		return "alice get URL"
	}
	return ""
}

// verb returns the verb of that name.
func verb(name string) (Verb, bool) {
	i := slices.IndexFunc(Verbs, func(v Verb) bool { return v.Name == name })
	if i < 0 {
		return Verb{}, false
	}
	return Verbs[i], true
}

// Actors are what a step can begin with.
var Actors = []string{"mallory", "alice", "server", "mallory@alice", "alice@mallory"}

func isActor(word string) bool { return slices.Contains(Actors, word) }

// check reports what is wrong with a step that can be seen before it is played.
// actor is its first word.
func (s Step) check(actor string) error {
	if err := s.by(actor); err != nil {
		return err
	}
	v, ok := verb(s.Verb)
	if !ok {
		var names []string
		for _, v := range Verbs {
			names = append(names, v.Name)
		}
		if line := instead(s.Verb); line != "" {
			return fmt.Errorf("unknown verb %q: write %q", s.Verb, line)
		}
		return fmt.Errorf("unknown verb %q%s", s.Verb, near.Choices(s.Verb, names))
	}
	return s.takes(v)
}

// by reports what is wrong with who does s. actor is its first word.
func (s Step) by(actor string) error {
	actors := Actors[:3]
	at := s.At == "" && !strings.Contains(actor, "@") || s.Who != "server" && isPerson([]string{s.At}) == nil
	if !slices.Contains(actors, s.Who) || !at {
		return fmt.Errorf("unknown actor %q%s (want mallory, alice or server; mallory@alice sits at alice's browser)", actor, near.Hint(actor, actors))
	}
	return nil
}

// takes reports what is wrong with s, a step of the verb v.
func (s Step) takes(v Verb) error {
	switch n := len(s.Args); {
	case n < v.Least || v.Most >= 0 && n > v.Most:
		return fmt.Errorf("%q takes %s", s.Verb, cmp.Or(v.Args, "nothing"))
	case !slices.Contains(strings.Fields(v.Who), s.Who):
		return fmt.Errorf("%q is not something %s does", s.Verb, s.Who)
	case v.Check == nil:
		return nil
	}
	return v.Check(s.Args)
}

// areFields reports whether args are fields; a word without an equals sign goes on with
// the value before it, see Fields.
func areFields(args []string) error {
	if len(args) > 0 && !strings.Contains(args[0], "=") {
		return fmt.Errorf("want NAME=VALUE, got %q", args[0])
	}
	return nil
}

// Nth reads a number that may stand before the arguments of click and submit, "#2": which
// of several is meant, from 1.
func Nth(args []string) (n int, rest []string) {
	if len(args) > 0 {
		if digits, ok := strings.CutPrefix(args[0], "#"); ok {
			if n, err := strconv.Atoi(digits); err == nil && n >= 1 {
				return n, args[1:]
			}
		}
	}
	return 1, args
}

func isTab(args []string) error {
	if len(args) == 0 {
		return nil
	}
	if n, err := strconv.Atoi(args[0]); err != nil || n < 1 || n > MostTabs {
		return fmt.Errorf("%q is not a tab: want a number from 1 to %d", args[0], MostTabs)
	}
	return nil
}

// MostTabs is how many tabs a browser has.
const MostTabs = 9

func isFree(args []string) error {
	if !IsName(args[0]) || reserved(args[0]) {
		return fmt.Errorf("%q is not a name: want letters and digits", args[0])
	}
	return nil
}

func isAssignment(args []string) error {
	if name, _, ok := strings.Cut(args[0], "="); !ok || !IsName(name) || reserved(name) {
		return fmt.Errorf("want NAME=VALUE, got %q", args[0])
	}
	return nil
}

func isPerson(args []string) error {
	if !slices.Contains(strings.Fields(people), args[0]) {
		return fmt.Errorf("nobody is called %q: want alice or mallory", args[0])
	}
	return nil
}

func isDuration(args []string) error {
	if d, err := time.ParseDuration(args[0]); err != nil || d < 0 || d > 10*365*24*time.Hour {
		return fmt.Errorf("%q is not a duration from 0s to ten years, such as 90s or 336h", args[0])
	}
	return nil
}

// reserved reports whether a variable of that name is given.
func reserved(name string) bool { return name == "cookie" || Written[name] != "" }

// Written are the variables that stand for what a line cannot say otherwise.
var Written = map[string]string{"nbsp": "\u00a0", "space": " ", "newline": "\n", "dollar": "$"}

// Names returns the variable that the step gives a value to, "" for none.
func (s Step) Names() string {
	switch {
	case len(s.Args) == 0:
	case s.Verb == "copy" || s.Verb == "read":
		return s.Args[0]
	case s.Verb == "let":
		name, _, _ := strings.Cut(s.Args[0], "=")
		return name
	}
	return ""
}

// Variable reads the name of a variable at the head of a text that follows a dollar sign,
// "loot" or "{loot}"; n is how long it is as it stands there.
func Variable(text string) (name string, n int) {
	if inner, ok := strings.CutPrefix(text, "{"); ok {
		if end := strings.IndexByte(inner, '}'); end >= 0 && IsName(inner[:end]) {
			return inner[:end], end + 2
		}
	}
	for n < len(text) && IsName(text[n:n+1]) {
		n++
	}
	return text[:n], n
}

// IsName reports whether s can name a variable: letters, digits and underscores.
func IsName(s string) bool {
	for _, c := range s {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_') {
			return false
		}
	}
	return s != ""
}

// HeaderName returns the name of the header that serve puts there where that is the first
// word of what it serves; any other word begins a page.
func HeaderName(word string) (name string, ok bool) {
	name, ok = strings.CutSuffix(word, ":")
	return name, ok && !strings.Contains(name, "<")
}
