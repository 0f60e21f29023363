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
	Clear                          // login drops the data and keeps the key
	FrameworkLogin                 // login as the framework's own helper does it, with whatever that does to the key
	Lazy                           // no session before login
	CookieOnly                     // a session key in the URL or in a form is ignored
	FreshCSRF                      // a new CSRF secret at login
	SecurePrefix                   // name the cookie __Secure-…, and so Secure
	HostHTTPPrefix                 // name the cookie __Host-Http-…, and so Secure and HttpOnly
	SameSiteStrict                 // SameSite=Strict
	HSTS                           // Strict-Transport-Security for the host
	HSTSSubDomains                 // Strict-Transport-Security with includeSubDomains
	BareKey                        // the cookie carries the key without a signature
	BindAddress                    // a session works only from the address and User-Agent that logged in
	BindDevice                     // a session works only with the key of the device that logged in
	OriginCheck                    // login refuses a form that another origin sent
	ForgottenPath                  // the mistake: sign-up, single sign-on and step-up do not rotate
	FallbackOrder                  // the mistake: the old secret stays the one that signs
	ReadUnprefixed                 // the mistake: the cookie's name without its prefix is read as well
	UserFirst                      // the mistake: the user is written into the session before it is rotated
	KeepAtLogout                   // the mistake: logout clears the cookie and keeps the record
	DomainCookie                   // the mistake: the cookie is for every sub-domain
)

// An Info describes one switch to a person.
type Info struct {
	Set    Set
	Name   string // as written in scenario files, links and commands
	Title  string
	Does   string // one sentence
	Group  string
	Choice string // switches of one choice exclude each other; "" when it has none
	Wrong  bool   // it weakens the server
}

// The groups, in display order.
const (
	session = "Session"
	login   = "Login"
	cookie  = "Cookie"
	signing = "Signing"
	binding = "Binding"
	wire    = "Transport"
	mistake = "Mistakes"
)

// All lists every switch once, in display order.
var All = []Info{
	{Rotate, "rotate", "Rotate the session key at login", "Login issues a new key, keeps the data and deletes the old record.", session, "", false},
	{Flush, "flush", "Flush the session at login", "Login issues a new key and drops the data.", session, "", false},
	{Clear, "clear", "Clear the data at login", "Login drops the data and keeps the key.", session, "", false},
	{Strict, "strict", "Refuse keys not in the store", "A key that is not in the store is never taken over.", session, "", false},
	{Lazy, "lazy", "No session before login", "A visitor who has not logged in gets no session.", session, "", false},
	{CookieOnly, "cookie-only", "Cookie-only keys", "A session key in the URL or in a form is ignored.", session, "", false},
	{FrameworkLogin, "framework-login", "The framework's own login", "Login calls what the framework offers for it instead of writing the user by hand.", login, "", false},
	{FreshCSRF, "fresh-csrf", "Fresh CSRF secret at login", "Login replaces the secret behind the anti-CSRF tokens.", login, "", false},
	{OriginCheck, "origin-check", "Check the origin of logins", "Login refuses a form that another origin sent.", login, "", false},
	{SecurePrefix, "secure-prefix", "__Secure- cookie name", "The browser accepts this name only over https.", cookie, "prefix", false},
	{HostPrefix, "host-prefix", "__Host- cookie name", "The browser accepts this name only from the host itself.", cookie, "prefix", false},
	{HostHTTPPrefix, "host-http-prefix", "__Host-Http- cookie name", "The browser accepts this name only from the host itself, and from no script.", cookie, "prefix", false},
	{HTTPOnly, "httponly", "HttpOnly", "Scripts cannot read or replace the cookie.", cookie, "", false},
	{Secure, "secure", "Secure", "The cookie travels over https only.", cookie, "", false},
	{Lax, "lax", "SameSite=Lax", "Other sites cannot send the cookie along with a POST form.", cookie, "samesite", false},
	{SameSiteStrict, "samesite-strict", "SameSite=Strict", "Other sites cannot send the cookie along at all.", cookie, "samesite", false},
	{RotateSecret, "rotate-secret", "Rotate the signing secret", "A deploy replaces the secret that signs cookies. It changes no session key.", signing, "", false},
	{SecretFallback, "secret-fallback", "Keep the old secret as fallback", "Values signed with the old secret are still accepted.", signing, "", false},
	{BareKey, "bare-key", "Send the bare key", "The cookie carries the key without a signature.", signing, "", true},
	{BindAddress, "bind-address", "Bind to address and User-Agent", "A session works only from the address and User-Agent that logged in.", binding, "", false},
	{BindDevice, "bind-device", "Bind to a device key", "A session works only in the browser whose key was registered at login.", binding, "", false},
	{HSTS, "hsts", "HSTS for the host", "The browser uses https for this host.", wire, "hsts", false},
	{HSTSSubDomains, "hsts-subdomains", "HSTS with includeSubDomains", "The browser uses https for this host and everything below it.", wire, "hsts", false},
	{KeepOldRecord, "keep-old-record", "Keep the old record", "Rotation leaves the old record alive, with the user in it.", mistake, "", true},
	{ForgottenPath, "forgotten-path", "Forget one way in", "Sign-up, single sign-on and step-up do not rotate the key.", mistake, "", true},
	{UserFirst, "user-first", "Write the user before rotating", "Login saves the user into the session that it is about to leave, where there is a record to save.", mistake, "", true},
	{KeepAtLogout, "keep-at-logout", "Keep the record at logout", "Logout clears the cookie and leaves the record alive.", mistake, "", true},
	{FallbackOrder, "fallback-order", "Secrets in the wrong order", "After a deploy the old secret still signs.", mistake, "", true},
	{ReadUnprefixed, "read-unprefixed", "Read the unprefixed name too", "Without a cookie of the prefixed name the server takes one without the prefix.", mistake, "", true},
	{DomainCookie, "domain-cookie", "Cookie for every sub-domain", "The cookie has a Domain attribute.", mistake, "", true},
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
// what it may have meant, or all there are, or two switches that exclude each
// other.
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
		if other, ok := s.rival(d); ok {
			return 0, fmt.Errorf("%s and %s exclude each other", other.Name, d.Name)
		}
		s |= d.Set
	}
	return s, nil
}

// rival returns the switch of s that excludes d.
func (s Set) rival(d Info) (Info, bool) {
	for _, other := range All {
		if s.Has(other.Set) && other.Set != d.Set && other.Choice == d.Choice && d.Choice != "" {
			return other, true
		}
	}
	return Info{}, false
}

// Valid reports whether Parse accepts s: no two of its switches exclude each other.
func (s Set) Valid() bool {
	for _, d := range All {
		if _, ok := s.rival(d); s.Has(d.Set) && ok {
			return false
		}
	}
	return true
}

// Flip returns s with d thrown: off when it was on; on, and without its rival,
// when it was off.
func (s Set) Flip(d Set) Set {
	if s.Has(d) {
		return s &^ d
	}
	for _, info := range All {
		if info.Set == d {
			if rival, ok := s.rival(info); ok {
				s &^= rival.Set
			}
		}
	}
	return s | d
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

// Sample returns the n-th of a fixed series of sets that Parse accepts: the
// empty one, each switch alone, and then mixtures of a few and of many. It is
// for checks that cannot try every set there is.
func Sample(n int) Set {
	if n == 0 {
		return 0
	}
	if n <= len(All) {
		return All[n-1].Set
	}
	var s Set
	mixed := uint64(n) * 0x9E3779B97F4A7C15
	few := n%2 == 0
	for _, d := range All {
		mixed ^= mixed >> 29
		mixed *= 0xBF58476D1CE4E5B9
		if mixed>>60&1 == 1 && (!few || mixed>>61&1 == 1) {
			s = s.Flip(d.Set)
		}
	}
	return s
}
