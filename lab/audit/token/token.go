// Package token recognises what a web framework puts into a cookie, by the shape of
// the value and the cookie's name together, and compares two values of one cookie: is
// the session id in them the same?
//
// It knows no keys and verifies nothing: a value can be made to look like any format.
// Values are those of the wire, percent-encoded and quoted or not. They may be hostile.
package token

import (
	"strings"

	"fixlab/lab/sign"
)

// A Role is what a cookie is for.
type Role string

const (
	Session    Role = "session"
	CSRF       Role = "anti-CSRF token"
	Remember   Role = "remember-me"
	LoginState Role = "state of a login" // of OAuth and OpenID Connect: state, nonce, code verifier
	Balancer   Role = "load balancer"
	Bot        Role = "bot protection"
	Analytics  Role = "analytics"
	Preference Role = "preference or consent"
	Unknown    Role = "unknown"
)

// A Token is what a cookie's value was recognised as.
type Token struct {
	Role      Role
	Format    string // the shape: "JWT", "signed id"; "" where none is known
	Framework string // whose shape and name it is, "" where many share it
	Profile   string // the lab's server that comes nearest, by its ID; "" for none
	Sealed    bool   // encrypted, or too long to be an id and of no known form: what is inside cannot be compared
	Signed    bool   // ID or Payload stands under a signature
	ID        string // the id that the value is or carries; "" where it carries data or nothing can be seen
	Payload   string // the data that it carries, as JSON text; "" for none
	Stamp     string // the time beside ID or Payload, as the format writes it
	Of        string // the value is only the signature of the cookie of this name
	Bits      int    // what an ID of this length and alphabet can hold at most
}

// MaxValue is the length of a value in bytes beyond which nothing is recognised.
// Browsers keep 4096 bytes of name and value; a Cookie header may join several.
const MaxValue = 16 << 10

// Recognise says what a cookie is. The value is what stands behind the = on the wire;
// for the two cookies that cookie-session and koa-session need together it can also be
// both of them, "session=...; session.sig=...", which makes the answer surer.
func Recognise(name, value string) Token {
	t := read(name, value)
	t.Bits = Bits(t.ID)
	if t.Role = roleOf(Bare(name), value, t); t.Role != Session && t.Role != Unknown {
		t.Profile = ""
	}
	return t
}

// read tries the forms on the value as it stands, and then on what is inside its
// quotes and its percent encoding.
func read(name, value string) Token {
	if value == "" || len(value) > MaxValue {
		return Token{}
	}
	plain := Decode(value)
	for _, f := range forms {
		if f.name != nil && !f.name(Bare(name)) {
			continue
		}
		for _, v := range []string{value, plain} {
			if t, ok := f.read(Bare(name), v); ok {
				if t.Format == "" {
					t.Format = f.format
				}
				return t
			}
			if value == plain {
				break
			}
		}
	}
	return Token{}
}

// Decode takes the quotes and the percent encoding off a value.
func Decode(value string) string {
	if n := len(value); n >= 2 && value[0] == '"' && value[n-1] == '"' {
		value = value[1 : n-1]
	}
	return sign.DecodeCookie(value)
}

// Bare returns a cookie's name without the prefix that binds it to its host.
func Bare(name string) string {
	for _, prefix := range []string{"__Host-Http-", "__Http-", "__Host-", "__Secure-"} {
		if len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
			return name[len(prefix):]
		}
	}
	return name
}

// SignatureOf returns the name of the cookie that the cookie of this name signs, as
// the npm package cookies does it: NAME.sig beside NAME. It reports false for
// another name and for a value that is no such signature.
func SignatureOf(name, value string) (of string, ok bool) {
	of, ok = strings.CutSuffix(name, ".sig")
	return of, ok && of != "" && (len(value) == 27 || len(value) == 43) && sign.Only(value, sign.URLDigits)
}
