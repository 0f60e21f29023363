// Package defence names the switches a learner can throw.
package defence

import (
	"fmt"
	"strings"

	"fixlab/lab/near"
)

// A Set is a set of switches. The zero Set is a server with none of them on.
type Set uint32

const (
	Rotate         Set = 1 << iota // a new session key at login, the data kept, the old record deleted
	Flush                          // a new session key at login, the data dropped
	KeepOldRecord                  // the mistake: Rotate leaves the old record alive
	Strict                         // keep only a session key that this server has in its store
	HostPrefix                     // name the cookie __Host-…, and so Secure
	HTTPOnly                       // hide the cookie from document.cookie
	Secure                         // send the cookie over https only
	Lax                            // SameSite=Lax
	RotateSecret                   // a deploy replaces the signing secret
	SecretFallback                 // RotateSecret still accepts what the old secret signed
)

// An Info describes one switch to a person.
type Info struct {
	Set   Set
	Name  string // as written in scenario files, links and commands
	Title string
	Does  string // one sentence
	Group string
	Wrong bool // a mistake, not a defence
}

// All lists every switch once, in display order.
var All = []Info{
	{Rotate, "rotate", "Rotate the session key at login", "Login issues a new key, keeps the data and deletes the old record.", "Session key", false},
	{Flush, "flush", "Flush the session at login", "Login issues a new key and drops the data.", "Session key", false},
	{KeepOldRecord, "keep-old-record", "Mistake: keep the old record", "Rotation leaves the old record alive, with the user in it.", "Session key", true},
	{Strict, "strict", "Refuse keys not in the store", "A key that is not in the store is never taken over.", "Session key", false},
	{RotateSecret, "rotate-secret", "Rotate the signing secret", "A deploy replaces the secret that signs cookies. It changes no session key.", "Signing secret", false},
	{SecretFallback, "secret-fallback", "Keep the old secret as fallback", "Values signed with the old secret are still accepted.", "Signing secret", false},
	{HostPrefix, "host-prefix", "__Host- cookie name", "The browser accepts this name only from the host itself.", "Cookie", false},
	{HTTPOnly, "httponly", "HttpOnly", "Scripts cannot read or replace the cookie.", "Cookie", false},
	{Secure, "secure", "Secure", "The cookie travels over https only.", "Cookie", false},
	{Lax, "lax", "SameSite=Lax", "Other sites cannot send the cookie along with a form.", "Cookie", false},
}

// Has reports whether s contains every switch of t.
func (s Set) Has(t Set) bool { return s&t == t }

// String returns the form that Parse accepts, such as "rotate+strict"; "none" when empty.
func (s Set) String() string {
	var names []string
	for _, d := range All {
		if s.Has(d.Set) {
			names = append(names, d.Name)
		}
	}
	if names == nil {
		return "none"
	}
	return strings.Join(names, "+")
}

// Parse is the inverse of String. The error names the first unknown switch and
// what it may have meant, or all there are.
func Parse(text string) (Set, error) {
	if text == "none" {
		return 0, nil
	}
	var s Set
	for name := range strings.SplitSeq(text, "+") {
		d, ok := byName(name)
		if !ok {
			hint := near.Hint(name, Names())
			if hint == "" {
				hint = "; there are " + strings.Join(Names(), ", ")
			}
			return 0, fmt.Errorf("unknown switch %q%s", name, hint)
		}
		s |= d.Set
	}
	return s, nil
}

// Names returns the switches' names in display order.
func Names() []string {
	var names []string
	for _, d := range All {
		names = append(names, d.Name)
	}
	return names
}

func byName(name string) (Info, bool) {
	for _, d := range All {
		if d.Name == name {
			return d, true
		}
	}
	return Info{}, false
}
