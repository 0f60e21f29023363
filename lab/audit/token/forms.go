package token

import (
	"strings"

	"fixlab/lab/sign"
)

// A form is one way to write a session. It is tried where the name fits; without a
// condition on the name the shape alone is telling enough.
type form struct {
	format string
	name   func(bare string) bool
	read   func(name, value string) (Token, bool)
}

// Formats that the code asks for.
const (
	bareID   = "bare id"
	opaque   = "opaque data"
	jsonData = "JSON"
)

// own are the formats that only sessions have: the name need not read like one's.
var own = map[string]bool{
	"express-session": true, "Fe26.2 (iron)": true, "Flask session": true, "Starlette session": true,
	"Phoenix signed": true, "Phoenix encrypted": true,
	"WordPress login": true, "Drupal session id": true, "ASP.NET Core ticket": true,
}

// forms are tried in this order: those of one name or one mark first, the signed ones,
// and bare ids last.
var forms = []form{
	{"WordPress login", named("wordpress_logged_in_", "wordpress_sec_"), wordpress},
	{"Drupal session id", drupalName, bareOf("Drupal", "scs", func(v string) bool { return is(v, sign.URLDigits+",", 22, 128) })},
	{"Tomcat session id", exactly("jsessionid"), routed("Java, Tomcat", func(v string) bool { return is(v, upperHex, 32, 32) })},
	{"servlet session id", exactly("jsessionid"), routed("Java servlet", func(v string) bool { return Bits(strings.TrimLeft(v, "0")) >= IDBits })},
	{"ASP.NET session id", exactly("asp.net_sessionid"), bareOf("ASP.NET", "flask-session-old", func(v string) bool { return is(v, "abcdefghijklmnopqrstuvwxyz012345", 24, 24) })},
	{"ASP session id", named("aspsessionid"), bareOf("ASP", "flask-session-old", func(v string) bool { return is(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 24, 24) })},
	{"PHP session id", exactly("phpsessid"), bareOf("PHP", "flask-session-old", func(v string) bool { return is(v, sign.URLDigits[:62]+",-", 22, 256) })},
	{"Django session key", exactly("sessionid"), bareOf("Django", "django-db", func(v string) bool { return is(v, lower36, 32, 32) })},
	{"base64 of a UUID", exactly("session"), springSession},
	{"Beaker session id", exactly("beaker.session.id"), beaker},
	{"", nil, signatureAlone},

	{"Fe26.2 (iron)", nil, iron},
	{"JWE", nil, jwe},
	{"JWT", nil, jwt},
	{"JWT without its signature", nil, jwtHalf},
	{"Phoenix signed", nil, phoenix},
	{"Phoenix encrypted", nil, sealedPrefix("XCP.", "Phoenix", "flask", 3)},
	{"PASETO, local", nil, paseto},
	{"Fernet", nil, fernet},
	{"ASP.NET Core ticket", named(".aspnetcore."), aspnetCore("ASP.NET Core")},
	{"DataProtection", nil, aspnetCore("ASP.NET Core")},
	{"Rails encrypted", nil, railsSealed},
	{"data--hex", nil, doubleDash},
	{"Laravel encrypted", nil, laravel},
	{"secure-session", nil, secureSession},
	{"Tornado signed", nil, tornado},

	{"", nil, ofSign},
	{"signed id, padded", nil, paddedSignature},
	{jsonData, nil, jsonText},
	{"base64 JSON", nil, jsonBase64},
	{bareID, nil, bare},
	{opaque, nil, opaqueData},
}

func exactly(low string) func(string) bool {
	return func(name string) bool { return strings.EqualFold(name, low) }
}

func named(prefixes ...string) func(string) bool {
	return func(name string) bool {
		for _, p := range prefixes {
			if len(name) >= len(p) && strings.EqualFold(name[:len(p)], p) {
				return true
			}
		}
		return false
	}
}

// bareOf is a bare id of one framework.
func bareOf(framework, profile string, fits func(string) bool) func(string, string) (Token, bool) {
	return func(_, v string) (Token, bool) {
		return Token{Framework: framework, Profile: profile, ID: v}, fits(v)
	}
}

// routed is a bare id with, perhaps, the worker that a balancer should send it to:
// ".jvmRoute" of Tomcat and WildFly, "!..." of WebLogic.
func routed(framework string, fits func(string) bool) func(string, string) (Token, bool) {
	return func(_, v string) (Token, bool) {
		id := v
		if i := strings.IndexAny(v, ".!"); i >= 0 {
			id = v[:i]
		}
		return Token{Framework: framework, Profile: "scs", ID: id}, fits(id)
	}
}

// drupalName is SESS or SSESS and 32 hex digits of the site's address.
func drupalName(name string) bool {
	hash, ok := strings.CutPrefix(strings.TrimPrefix(name, "S"), "SESS")
	return ok && is(hash, lowerHex, 32, 32)
}

// springSession is a UUID in base64 (Spring Session, DefaultCookieSerializer).
func springSession(_, v string) (Token, bool) {
	b, ok := unbase(v)
	return Token{Framework: "Java, Spring Session", Profile: "scs", ID: string(b)}, ok && isUUID(string(b))
}

// beaker is HMAC-SHA1 in hex and the id (beaker/session.py, SignedCookie).
func beaker(_, v string) (Token, bool) {
	if !is(v, lowerHex, 72, 104) {
		return Token{}, false
	}
	return Token{Framework: "Beaker", Profile: "signed-id", Signed: true, ID: v[40:]}, true
}

// signatureAlone is the second cookie of cookie-session and of koa-session.
func signatureAlone(name, v string) (Token, bool) {
	of, ok := SignatureOf(name, v)
	return Token{Format: "keygrip signature", Of: of, Signed: true}, ok
}

// wordpress is user|expiration|token|hmac (wp-includes/pluggable.php,
// wp_generate_auth_cookie).
func wordpress(_, v string) (Token, bool) {
	p := strings.Split(v, "|")
	if len(p) != 4 || p[0] == "" || !is(p[1], decimal, 9, 11) || !is(p[2], sign.Base62Digits, 43, 43) || !isHex(p[3], 32, 64) {
		return Token{}, false
	}
	return Token{Framework: "WordPress", Profile: "signed-id", Signed: true, ID: p[2], Stamp: p[1]}, true
}

// bare is an id that many frameworks could have made.
func bare(name, v string) (Token, bool) {
	if !LooksLikeID(v) {
		return Token{}, false
	}
	t := Token{ID: v, Profile: "scs"}
	switch {
	case is(v, sign.URLDigits, 43, 43) && strings.EqualFold(name, "session"):
		t.Framework = "scs or Flask-Session" // both are 32 random bytes in base64url
	case isUUID(v) && strings.EqualFold(name, "session"):
		t.Framework, t.Profile = "Flask-Session", "flask-session-old"
	case is(v, lowerHex, 32, 40) && strings.EqualFold(name, "ci_session"):
		t.Framework, t.Profile = "CodeIgniter", "flask-session-old"
	}
	return t, true
}

// opaqueData is what is too long for an id and in no known form: most likely sealed.
func opaqueData(_, v string) (Token, bool) {
	return Token{Sealed: true}, len(v) > 128 && Bits(strings.ReplaceAll(v, ".", "")) > 0
}
