package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/near"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// Routes are the ways in which a value gets into alice's browser, in display
// order: from the shop itself outwards, the control last.
var Routes = fragments("routes", "url-id", "form-id", "header-injection", "xss", "xss-path", "xss-overflow",
	"sibling-https", "sibling-script", "sibling-http", "network-redirect", "network-subdomain", "network-img",
	"shared-computer", "shared-cache", "login-csrf", "login-csrf-frame", "nameless", "unicode-prefix", "cross-site")

// Tokens are the sources of the planted value, in display order.
var Tokens = fragments("tokens", "trap", "forged", "own", "oracle")

// none is the source for routes that plant no value of Mallory's.
var none = fragments("tokens", "none")[0]

// fragments reads the embedded files; one that does not parse is a
// programmer's error.
func fragments(folder string, names ...string) []*script.Fragment {
	var out []*script.Fragment
	for _, name := range names {
		text, err := files.ReadFile(folder + "/" + name + ".txt")
		if err != nil {
			panic("scenarios: " + err.Error())
		}
		f, err := script.ParseFragment(folder, name, string(text))
		if err != nil {
			panic("scenarios: " + err.Error())
		}
		out = append(out, f)
	}
	return out
}

// find returns the fragment of that name.
func find(all []*script.Fragment, name string) *script.Fragment {
	for _, f := range all {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Route returns the route of that name, nil if there is none.
func Route(name string) *script.Fragment { return find(Routes, name) }

// Arrange returns s played with another setup. What the script does not leave
// open is as in s; the server can be another where the route is open. The error names a route or a source that does not exist.
func Arrange(s *script.Scenario, with script.Setup) (*script.Scenario, error) {
	played := *s
	if !opensServer(s) {
		with.Profile = s.Profile
	}
	if !s.Opens("route") {
		with.Route = s.Route
	}
	if !s.Opens("token") {
		with.Token = s.Token
	}
	if !s.Opens("visit") {
		with.Visited = s.Visited
	}
	played.Setup = with
	var route, token *script.Fragment
	if s.Opens("route") {
		if route = find(Routes, with.Route); route == nil {
			return nil, unknown("route", with.Route, Routes)
		}
	}
	if s.Opens("token") {
		if token = find(Tokens, with.Token); token == nil {
			return nil, unknown("token", with.Token, Tokens)
		}
		if route != nil && route.Token != "" {
			if token = none; route.Token != none.Name {
				token = find(Tokens, route.Token)
			}
		}
	}
	return played.Fill(route, token), nil
}

// unknown says that no fragment of that kind has the name, and which there are.
func unknown(kind, name string, all []*script.Fragment) error {
	var names []string
	for _, f := range all {
		names = append(names, f.Name)
	}
	if name == "" {
		return fmt.Errorf("\"mallory %s\" stands for a %[1]s that the header does not name%s", kind, near.Choices(name, names))
	}
	return fmt.Errorf("unknown %s %q%s", kind, name, near.Choices(name, names))
}

// Words returns how with differs from the setup of s itself, as names joined by
// "+": a server, a route, a token, "visited" or "fresh", a browser. It is "" when nothing
// differs.
func Words(s *script.Scenario, with script.Setup, own script.Setup) string {
	var words []string
	if opensServer(s) && with.Profile != own.Profile {
		words = append(words, with.Profile)
	}
	if s.Opens("route") && with.Route != own.Route {
		words = append(words, with.Route)
	}
	if s.Opens("token") && with.Token != own.Token {
		words = append(words, with.Token)
	}
	if s.Opens("visit") && with.Visited != own.Visited {
		words = append(words, jars[with.Visited])
	}
	if with.Browser != own.Browser {
		words = append(words, script.Browsers[with.Browser])
	}
	return strings.Join(words, "+")
}

var jars = map[bool]string{false: "fresh", true: "visited"}

// With is the inverse of Words: own, changed as the words say. The error names
// the first word that is none.
func With(own script.Setup, words string) (script.Setup, error) {
	if words == "" {
		return own, nil
	}
	for word := range strings.SplitSeq(words, "+") {
		_, isProfile := server.ByID(word)
		switch {
		case isProfile:
			own.Profile = word
		case find(Routes, word) != nil:
			own.Route = word
		case find(Tokens, word) != nil:
			own.Token = word
		case word == jars[true] || word == jars[false]:
			own.Visited = word == jars[true]
		case slices.Contains(script.Browsers, word):
			own.Browser = cookie.Rules(slices.Index(script.Browsers, word))
		case slices.Contains(defence.Names(), word):
			return own, fmt.Errorf("%q is a switch: it stands before the @", word)
		default:
			return own, fmt.Errorf("%q is no server, route, source, jar or browser%s", word, near.Choices(word, AllWords()))
		}
	}
	return own, nil
}

// AllWords lists the words that With takes.
func AllWords() []string {
	words := append(server.IDs(), jars[true], jars[false])
	for _, f := range slices.Concat(Routes, Tokens) {
		words = append(words, f.Name)
	}
	return append(words, script.Browsers...)
}

// opensServer reports whether s can be played on another server from a link: where the
// route is left open, and in the course, which compares servers.
func opensServer(s *script.Scenario) bool { return s.Opens("route") || s.Course != nil }
