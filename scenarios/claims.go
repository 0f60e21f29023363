package scenarios

import (
	"cmp"
	"fmt"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/sign"
)

// A Claim is something that one of two articles says about session fixation and
// HMAC signatures, in our words, and what came of running it.
type Claim struct {
	Article string // "Django" or "Flask"
	Text    string
	Verdict string // one of Verdicts
	Truth   string
	Shown   Exhibit   // the run that shows it
	Against []Exhibit // runs that show the other side of it
}

// Verdicts are the words for how a claim fared, in display order. What is
// missing is something that the article should have said.
var Verdicts = []string{"true", "partly true", "misleading", "false", "missing"}

// An Exhibit is a run, and what must be seen in it for a verdict to stand.
type Exhibit struct {
	Play
	At      string // the step to look at: the last one that begins with these words
	Outcome event.Outcome
	Sees    []Sight
}

// A Sight is an event that the step has, or has not.
type Sight struct {
	Kind event.Kind
	Has  string // see in; $name is the run's variable
	Not  bool   // no event of that kind has it
	Read bool   // it stands in what a cookie of the answer says to whoever has no key
}

// Look plays the exhibit and returns the index of its step. The error says what
// is wrong with its lesson, words or step.
func (x Exhibit) Look() (t *lab.Trace, frame int, err error) {
	if t, err = x.Run(); err != nil {
		return nil, 0, err
	}
	for i := len(t.Frames) - 1; i >= 0; i-- {
		if strings.HasPrefix(t.Frames[i].Step.String()+" ", x.At+" ") {
			return t, i, nil
		}
	}
	return nil, 0, fmt.Errorf("%s has no step %q", x.Lesson, x.At)
}

// Holds plays the exhibit and returns nil if the run ends as it says and its
// step has what it says, and what differs if not.
func (x Exhibit) Holds() error {
	t, frame, err := x.Look()
	if err != nil {
		return err
	}
	return x.Differs(t, frame)
}

// Differs is Holds for the run and the step that Look returned.
func (x Exhibit) Differs(t *lab.Trace, frame int) error {
	if t.Verdict.Outcome != x.Outcome {
		return fmt.Errorf("%s, want %s", t.Verdict.Outcome, x.Outcome)
	}
	for _, sight := range x.Sees {
		text := sight.Has
		for name, value := range t.Vars {
			text = strings.ReplaceAll(text, "$"+name, value)
		}
		seen := false
		for _, e := range t.Frames[frame].Events {
			seen = seen || e.Kind == sight.Kind && sight.in(e, text)
		}
		if seen == sight.Not {
			return fmt.Errorf("step %d, %q: %s event with %q: %v, want %v", frame+1, x.At, sight.Kind, text, seen, !sight.Not)
		}
	}
	return nil
}

// in reports whether e has text. For a request or an answer that is a part of the
// message, for a cookie a part of its line, and for what happened in the server
// words that all hold: key=, user=, value= and plain= the event's fields, and
// found=yes or found=no.
func (s Sight) in(e event.Event, text string) bool {
	switch {
	case s.Read:
		return strings.Contains(readable(e.Message.Raw), text)
	case e.Message != nil:
		return strings.Contains(e.Message.Raw, text)
	case e.Line != "":
		return strings.Contains(e.Line, text)
	}
	fields := map[string]string{"key": e.Key, "user": e.User, "value": e.Value, "plain": e.Plain, "found": "no"}
	if e.Found {
		fields["found"] = "yes"
	}
	for word := range strings.FieldsSeq(text) {
		name, want, _ := strings.Cut(word, "=")
		if got, ok := fields[name]; !ok || got != want {
			return false
		}
	}
	return true
}

// readable returns what the cookies of an answer say to whoever has no key.
func readable(answer string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(answer, "\r\n") {
		if set, ok := strings.CutPrefix(line, "Set-Cookie: "); ok {
			_, value, _ := strings.Cut(set, "=")
			value, _, _ = strings.Cut(value, ";")
			payload, _ := sign.Peek(value)
			b.WriteString(payload + "\n")
		}
	}
	return b.String()
}

// Claims returns the claims of the two articles in the order of their texts:
// "Session Fixation in Django with Hmac Signatures" and the same for Flask.
func Claims() []Claim { return append(djangoClaims(), flaskClaims()...) }

// has, lacks and reads are sights.
func has(kind event.Kind, text string) Sight   { return Sight{Kind: kind, Has: text} }
func lacks(kind event.Kind, text string) Sight { return Sight{Kind: kind, Has: text, Not: true} }
func reads(text string) Sight                  { return Sight{Kind: event.Response, Has: text, Read: true} }

// The steps that are looked at most.
const (
	login   = "alice post /login"
	profile = "alice get /profile"
	replay  = "mallory get /profile"
)

// route is an exhibit of the lesson that leaves route and server open.
func route(on, with, at string, outcome event.Outcome, sees ...Sight) Exhibit {
	return arranged(Open, on, with, at, outcome, sees...)
}

// shows is an exhibit of a lesson as it stands.
func shows(lesson, on, at string, outcome event.Outcome, sees ...Sight) Exhibit {
	return arranged(lesson, on, "", at, outcome, sees...)
}

// arranged is an exhibit of a lesson played with the words of a setup.
func arranged(lesson, on, with, at string, outcome event.Outcome, sees ...Sight) Exhibit {
	p, err := readPlay(lesson + "/" + cmp.Or(on, "none") + "@" + with)
	if err != nil {
		panic("scenarios: a claim about " + lesson + ": " + err.Error()) // a programmer's error
	}
	return Exhibit{p, at, outcome, sees}
}

func djangoClaims() []Claim {
	claims := []Claim{
		{Text: "The HMAC keeps session data from being changed.", Verdict: "partly true",
			Truth: "True of signed_cookies, which puts the data into the cookie. With the other engines the cookie is a bare key, and there is nothing in it to sign.",
			Shown: route("", "django-signed-cookies+forged", login, event.Defended, has(event.Unsign, "value=$loot found=no"), reads(`"user_id":"alice"`)),
			Against: []Exhibit{
				route("", "django-db", replay, event.Hijacked, has(event.Load, "key=$loot user=alice")),
				route("", "django-cache", login, event.Hijacked, lacks(event.Sign, ""), has(event.Save, "key=$loot user=alice")),
			}},
		{Text: "The HMAC does not prevent fixation if the key stays the same at login.", Verdict: "partly true",
			Truth:   "True where the key names a record on the server. In signed_cookies there is no key, so there is no fixation.",
			Shown:   route("", "django-db", replay, event.Hijacked, has(event.Whoami, "user=alice")),
			Against: []Exhibit{route("", "django-signed-cookies", replay, event.NotApplicable, has(event.Unsign, "found=yes"), has(event.Whoami, "user="))}},
		{Text: "With signed cookies the session id in the cookie is signed; SESSION_COOKIE_NAME switches that on.", Verdict: "false",
			Truth: "The cookie is the signed data, without an id. SESSION_COOKIE_NAME is only its name; the engine is chosen by SESSION_ENGINE.",
			Shown: shows("django-nothing-to-rotate", "", "mallory get /", event.Zombie, reads(`"entry":"/"`), lacks(event.Save, ""), lacks(event.Random, ""))},
		{Text: "A wrong signature makes the session count as empty.", Verdict: "true",
			Truth: "And Django then answers with a fresh, signed, empty cookie if the page looked at the session.",
			Shown: route("", "django-signed-cookies+forged", replay, event.Defended, has(event.Unsign, "value=$loot found=no"), has(event.Whoami, "user="))},
		{Text: "Signing keeps the session's content confidential.", Verdict: "false",
			Truth: "The cookie is base64, sometimes compressed. Whoever has it can read it; no key is needed.",
			Shown: shows("django-nothing-to-rotate", "", login, event.Zombie, reads(`"user_id":"alice"`))},
		{Text: "Signing does not stop an attacker from forcing a known session id on a browser.", Verdict: "partly true",
			Truth:   "A cookie can be planted, signed or not. With signed_cookies that plants data, not an id that two browsers share.",
			Shown:   route("", "django-signed-cookies", "alice get https://blog.shop.example/", event.NotApplicable, has(event.Stored, "sessionid=$loot")),
			Against: []Exhibit{arranged("cycle-or-flush", "", "django-signed-cookies", login, event.Poisoned, reads("gnome"))}},
		{Text: "An application fixes the key early by reading the session or by assigning the key.", Verdict: "false",
			Truth:   "The key cannot be assigned, and reading creates none. Only writing does.",
			Shown:   shows("no-session-before-login", "", "mallory get /basket", event.Hijacked, lacks(event.Save, ""), lacks(event.Response, "Set-Cookie: ")),
			Against: []Exhibit{shows("cycle-or-flush", "", "mallory get /", event.Hijacked, has(event.Save, "user="), has(event.Response, "Set-Cookie: sessionid="))}},
		{Text: "The attacker can supply the key.", Verdict: "false",
			Truth: "No engine takes over a key that it did not issue. Mallory has to ask the server for one.",
			Shown: route("", "django-db+forged", login, event.Defended, has(event.Load, "key=$loot found=no"), has(event.Save, "user=alice")),
			Against: []Exhibit{
				route("", "django-file+forged", login, event.Defended, has(event.Load, "key=$loot found=no")),
				route("", "django-db+trap", login, event.Hijacked, has(event.Save, "key=$loot user=alice")),
			}},
		{Text: "A link to the login page can come with the session cookie already set.", Verdict: "false",
			Truth:   "A link sets no cookie, and Django reads no key from a URL. It takes a sibling host, a script on the shop, plain http or the browser itself.",
			Shown:   route("", "django-db+url-id", login, event.Defended, lacks(event.Request, "$loot")),
			Against: []Exhibit{route("", "django-db+sibling-https", login, event.Hijacked, has(event.Request, "Cookie: sessionid=$loot"))}},
		{Text: "When the victim logs in, the session stays tied to the known key.", Verdict: "partly true",
			Truth:   "True of a login that writes the session by hand. auth.login() issues a new key.",
			Shown:   route("framework-login", "django-db", login, event.Defended, has(event.Delete, "key=$loot found=yes")),
			Against: []Exhibit{route("", "django-db", login, event.Hijacked, has(event.Save, "key=$loot user=alice"))}},
		{Text: "The victim's browser presents the valid signature for the attacker.", Verdict: "false",
			Truth:   "The attacker shows his own copy, in his own browser. With signed_cookies that copy still says what it said before login.",
			Shown:   route("", "django-signed-cookies", replay, event.NotApplicable, has(event.Request, "sessionid=$loot"), has(event.Unsign, "found=yes"), has(event.Whoami, "user=")),
			Against: []Exhibit{route("", "django-db", replay, event.Hijacked, has(event.Request, "sessionid=$loot"), lacks(event.Request, "Host: blog"))}},
		{Text: "db, file and cached_db keep sessions on the server, signed_cookies in the cookie.", Verdict: "true",
			Truth: "cache keeps them on the server, too.",
			Shown: route("", "django-db", login, event.Hijacked, has(event.Save, "user=alice"), lacks(event.Response, "alice's")),
			Against: []Exhibit{
				route("", "django-file", login, event.Hijacked, has(event.Save, "user=alice")),
				route("", "django-cached-db", login, event.Hijacked, has(event.Save, "user=alice")),
				route("", "django-cache", login, event.Hijacked, has(event.Save, "user=alice")),
				route("", "django-signed-cookies", login, event.NotApplicable, lacks(event.Save, ""), reads(`"user_id":"alice"`)),
			}},
		{Text: "In both kinds the danger lies in when the session key is assigned.", Verdict: "partly true",
			Truth:   "signed_cookies has no key. What is left there: planted data, an attacker's own login, and that nothing can be revoked.",
			Shown:   arranged("cycle-or-flush", "", "django-signed-cookies", login, event.Poisoned, lacks(event.Random, ""), reads("gnome")),
			Against: []Exhibit{route("", "django-db", login, event.Hijacked, has(event.Save, "key=$loot user=alice"))}},
		{Text: "Developers must rotate the key at login themselves.", Verdict: "false",
			Truth: "auth.login() does it. Only a login that writes the session by hand has to.",
			Shown: route("framework-login", "django-db", login, event.Defended, has(event.Random, ""), has(event.Delete, "key=$loot found=yes"))},
		{Text: "The remedy: signed_cookies with Secure, HttpOnly and expiry at browser close.", Verdict: "misleading",
			Truth: "signed_cookies has no id to fix, and no revocation: a copied cookie works after logout, for two weeks. Expiry at browser close does not shorten that.",
			Shown: shows("django-nothing-to-rotate", "secure+httponly", profile, event.Zombie, has(event.Unsign, "found=yes"), has(event.Whoami, "user=alice"))},
		{Text: "login() followed by cycle_key() rotates the key and so prevents fixation.", Verdict: "misleading",
			Truth: "login() alone does it; the second call changes nothing about the outcome. With signed_cookies it does nothing at all.",
			Shown: route("framework-login+rotate", "django-db", login, event.Defended, has(event.Delete, "key=$loot found=yes")),
			Against: []Exhibit{
				route("framework-login", "django-db", login, event.Defended, has(event.Delete, "key=$loot found=yes")),
				shows("django-nothing-to-rotate", "framework-login+rotate", profile, event.Zombie, has(event.Whoami, "user=alice")),
			}},
		{Text: "cycle_key() makes a new random key and keeps the data.", Verdict: "partly true",
			Truth: "True of the engines with records. With signed_cookies it signs the same data again, and the old cookie stays valid.",
			Shown: shows("cycle-or-flush", "rotate", login, event.Poisoned, has(event.Random, ""), has(event.Delete, "key=$loot found=yes")),
			Against: []Exhibit{
				arranged("cycle-or-flush", "rotate", "django-signed-cookies", login, event.Poisoned, lacks(event.Random, ""), reads("gnome")),
				arranged("cycle-or-flush", "rotate", "django-signed-cookies", replay, event.Poisoned, has(event.Unsign, "found=yes")),
			}},
		{Text: "flush() clears the session and issues a new key.", Verdict: "partly true",
			Truth: "It deletes the record and the cookie. A new key exists only when something is written afterwards. With signed_cookies an old copy keeps working.",
			Shown: shows("flush-after-login", "framework-login", "alice post /logout", event.Defended, has(event.Delete, "found=yes"), has(event.Response, "Max-Age=0"), lacks(event.Random, ""), lacks(event.Save, "")),
			Against: []Exhibit{
				shows("cycle-or-flush", "flush", login, event.Defended, has(event.Delete, "key=$loot found=yes"), has(event.Random, "")),
				shows("django-nothing-to-rotate", "flush", profile, event.Zombie, has(event.Whoami, "user=alice")),
			}},
		{Text: "A flush() after login is additional safety.", Verdict: "false",
			Truth: "It throws away what login() has just written: the user is logged out.",
			Shown: shows("flush-after-login", "framework-login", profile, event.Defended, has(event.Whoami, "user="), has(event.Response, "401 Unauthorized"))},
		{Text: "Do not touch the session before login.", Verdict: "partly true",
			Truth:   "Reading does no harm. Writing issues a key, and that key can be planted.",
			Shown:   shows("no-session-before-login", "", "mallory get /basket", event.Hijacked, lacks(event.Response, "Set-Cookie: ")),
			Against: []Exhibit{shows("no-session-before-login", "lazy", "mallory get /", event.Defended, lacks(event.Response, "Set-Cookie: "))}},
		{Text: "Signed cookies and key rotation together keep the benefits of both.", Verdict: "false",
			Truth:   "There is no key in a signed cookie. The run ends the same with the rotation and without it.",
			Shown:   shows("django-nothing-to-rotate", "rotate", login, event.Zombie, lacks(event.Random, ""), lacks(event.Delete, "")),
			Against: []Exhibit{shows("django-nothing-to-rotate", "", login, event.Zombie, lacks(event.Random, ""))}},
	}
	for i := range claims {
		claims[i].Article = "Django"
	}
	return claims
}

func flaskClaims() []Claim {
	claims := []Claim{
		{Text: "The listings run as printed.", Verdict: "false",
			Truth: "The indentation is lost, so Python refuses them. The lab runs them with it restored, plus a table that says whose session an id is.",
			Shown: shows("flask-oracle", "", login, event.HijackedWithAccount, has(event.Sign, "plain=chosen"), has(event.Save, "key=chosen user=alice"))},
		{Text: "The HMAC keeps the cookie from being changed.", Verdict: "partly true",
			Truth:   "/profile checks it. /login never does: it signs whatever the cookie holds.",
			Shown:   shows("link-plants-nothing", "", replay, event.Defended, has(event.Unsign, "value=ATTACKER_SESSION found=no"), has(event.Response, "401 Unauthorized")),
			Against: []Exhibit{shows("flask-oracle", "", "mallory post /login", event.HijackedWithAccount, lacks(event.Unsign, ""), has(event.Sign, "plain=chosen"))}},
		{Text: "The HMAC does not stop the server from accepting an id that the attacker supplies.", Verdict: "partly true",
			Truth:   "The login signs the bare id. An attacker without an account never sees that signature, and the bare id is refused.",
			Shown:   route("", "flask-seed+forged", replay, event.Defended, has(event.Unsign, "value=$loot found=no"), has(event.Response, "401 Unauthorized")),
			Against: []Exhibit{route("", "flask-seed+forged", login, event.Defended, has(event.Sign, "plain=$loot"))}},
		{Text: "The application issues no new signed cookie after login.", Verdict: "false",
			Truth: "It sends one at every login. What it uses again is the id inside.",
			Shown: shows("flask-oracle", "", login, event.HijackedWithAccount, has(event.Response, "Set-Cookie: session=chosen."))},
		{Text: "A link /login?session=… plants the id.", Verdict: "false",
			Truth: "The code never reads the query, and a link sets no cookie.",
			Shown: shows("link-plants-nothing", "", "alice get", event.Defended, lacks(event.Sign, "plain=ATTACKER_SESSION"), lacks(event.Stored, "")),
			Against: []Exhibit{
				shows("link-plants-nothing", "", "alice post $link", event.Defended, has(event.Response, "Set-Cookie: session=fixed-by-attacker.")),
			}},
		{Text: "The attacker then uses the signed id again to be the victim.", Verdict: "partly true",
			Truth:   "Only if he can log in himself: then the login signs his id for him. And only with the lab's table; as printed no id is anybody's.",
			Shown:   shows("flask-oracle", "", replay, event.HijackedWithAccount, has(event.Whoami, "user=alice")),
			Against: []Exhibit{route("", "flask-seed+forged", replay, event.Defended, has(event.Whoami, "user="))}},
		{Text: "The application signs whatever id it receives and sends it back.", Verdict: "true",
			Truth: "It is a signing oracle for everybody with an account. A cookie that is signed already is signed again, and grows by 65 bytes with each login.",
			Shown: shows("flask-oracle", "", "mallory post /login", event.HijackedWithAccount, has(event.Sign, "plain=chosen")),
			Against: []Exhibit{
				route("", "flask-seed+own", login, event.Defended, has(event.Response, "Set-Cookie: session=$loot.")),
			}},
		{Text: "(Not mentioned: everybody who logs in without a cookie gets the id fixed-by-attacker.)", Verdict: "missing",
			Truth: "They all share one signed cookie, and so one session. Nobody has to plant anything.",
			Shown: shows("flask-default-id", "", login, event.HijackedWithAccount, has(event.Response, "Set-Cookie: session=fixed-by-attacker."), has(event.Save, "key=fixed-by-attacker user=alice"))},
		{Text: "A signed cookie cannot be altered without being noticed.", Verdict: "true",
			Truth: "True of id and signature; the texts are compared. (A signature that is not ASCII makes both listings fail with a 500.)",
			Shown: route("", "flask-seed-verified+forged", login, event.Defended, has(event.Unsign, "value=$loot found=no"))},
		{Text: "It is worse when the session shows in URLs.", Verdict: "false",
			Truth: "This code reads cookies only: a URL changes nothing here.",
			Shown: route("", "flask-seed+forged+url-id", login, event.Defended, lacks(event.Request, "Cookie: "), has(event.Sign, "plain=fixed-by-attacker")),
			Against: []Exhibit{
				route("", "signed-id+url-id", login, event.Hijacked, has(event.Request, "sid=$loot")),
			}},
		{Text: "The HMAC gives neither freshness nor uniqueness.", Verdict: "true",
			Truth: "No date, no expiry: the same id has the same signature, for everybody, for ever.",
			Shown: shows("flask-default-id", "", login, event.HijackedWithAccount, has(event.Response, articleCookie)),
			Against: []Exhibit{
				shows("flask-default-id", "", "mallory post /login", event.HijackedWithAccount, has(event.Response, articleCookie)),
			}},
		{Text: "A fresh random id after login prevents the fixation.", Verdict: "true",
			Truth: "128 random bits, and no run is hijacked.",
			Shown: route("", "flask-seed-fixed", login, event.Defended, has(event.Random, ""), lacks(event.Save, "key=$loot")),
			Against: []Exhibit{
				route("", "flask-seed-verified", login, event.Hijacked, lacks(event.Random, "")),
			}},
		{Text: "The fix ends every session id from before login.", Verdict: "false",
			Truth: "The server keeps nothing that could end: an id that was ever signed is still greeted.",
			Shown: route("rotate", "flask-seed+own", replay, event.Defended, has(event.Unsign, "found=yes"), has(event.Response, "200 OK"), has(event.Response, "<h1>Hello "), has(event.Whoami, "user="))},
		{Text: "The fix binds the session to the user.", Verdict: "false",
			Truth: "No user is kept anywhere: /profile greets an id. The lab added the table that binds the two.",
			Shown: shows("flask-oracle", "", profile, event.HijackedWithAccount, has(event.Response, "<h1>Hello chosen</h1>"), lacks(event.Response, "<h1>Hello alice</h1>"))},
		{Text: "HttpOnly, Secure and SameSite keep scripts out and forged requests down.", Verdict: "misleading",
			Truth:   "That they do, and none of them stops a cookie that a sibling host plants. A __Host- name does.",
			Shown:   route("httponly+secure+lax", "flask-seed-verified", replay, event.Hijacked, has(event.Whoami, "user=alice")),
			Against: []Exhibit{route("host-prefix", "flask-seed-verified", "alice get https://blog.shop.example/", event.Defended, has(event.Refused, "session=$loot"))}},
		{Text: "Check the HMAC before using the id.", Verdict: "partly true",
			Truth:   "Right, and not enough: verifying and then keeping the id is fixation in its classic form.",
			Shown:   route("", "flask-seed-verified", login, event.Hijacked, has(event.Unsign, "found=yes"), has(event.Save, "user=alice")),
			Against: []Exhibit{route("", "flask-seed-verified+forged", login, event.Defended, has(event.Unsign, "value=$loot found=no"))}},
		{Text: "Flask developers sign session ids.", Verdict: "partly true",
			Truth: "Flask's own session is signed data without an id. Ids come with Flask-Session; 0.3.2 and 0.5.0 even take over invented ones, 0.8.0 does not.",
			Shown: route("", "flask", login, event.NotApplicable, reads(`"user_id":"alice"`), lacks(event.Save, "")),
			Against: []Exhibit{
				shows("strict-and-a-real-key", "", login, event.Hijacked, has(event.Save, "key=$loot user=alice")),
				arranged("strict-and-a-real-key", "", "flask-session", login, event.Defended, lacks(event.Save, "key=$loot")),
			}},
	}
	for i := range claims {
		claims[i].Article = "Flask"
	}
	return claims
}

// articleCookie is what the Flask article's login gives to everybody who brings
// no cookie.
const articleCookie = "Set-Cookie: session=fixed-by-attacker.0901a8c3"
