package token

import (
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// iron is Fe26.2*pwId*salt*iv*ct*exp*hmacSalt*hmac, with ~2 behind it where
// iron-session made it and not hapi's own iron.
func iron(_, v string) (Token, bool) {
	p := strings.Split(v, "*")
	if len(p) != 8 || p[0] != "Fe26.2" || !isHex(p[2], 16, 128) || !isHex(p[6], 16, 128) || !sign.Only(p[5], decimal) {
		return Token{}, false
	}
	t := Token{Framework: "hapi (iron)", Profile: "flask", Sealed: true, Stamp: p[5]}
	mac, version, ok := strings.Cut(p[7], "~")
	if ok {
		t.Framework = "iron-session"
	}
	return t, is(mac, sign.URLDigits, 43, 43) && is(version, decimal, 0, 2)
}

// member returns the text of a string member of a JSON object, "" for none.
func member(o codec.Object, key string) string {
	for _, m := range o {
		if m.Key == key {
			s, _ := m.Value.(string)
			return s
		}
	}
	return ""
}

// object reads base64 of a JSON object.
func object(b64 string) (text string, o codec.Object, ok bool) {
	b, ok := unbase(b64)
	if !ok || len(b) == 0 || b[0] != '{' {
		return "", nil, false
	}
	v, err := codec.ParseJSON(string(b))
	if err != nil {
		return "", nil, false
	}
	o, ok = v.(codec.Object)
	return string(b), o, ok
}

// jwe is a compact JWE of five parts (RFC 7516 section 7.1).
func jwe(name, v string) (Token, bool) {
	p := strings.Split(v, ".")
	if len(p) != 5 || !sign.Only(p[1]+p[2]+p[3]+p[4], sign.URLDigits) {
		return Token{}, false
	}
	_, head, ok := object(p[0])
	t := Token{Sealed: true, Profile: "flask"}
	if low := strings.ToLower(name); strings.HasPrefix(low, "authjs.") || strings.HasPrefix(low, "next-auth.") {
		t.Framework = "Auth.js"
	} else if strings.EqualFold(name, "appSession") || strings.HasPrefix(low, "__session") {
		t.Framework = "Auth0"
	}
	return t, ok && member(head, "alg") != "" && member(head, "enc") != ""
}

// jwt is a compact JWS of three parts (RFC 7515 section 7.1) whose payload is JSON.
func jwt(_, v string) (Token, bool) {
	p := strings.Split(v, ".")
	if len(p) != 3 || !sign.Only(p[2], sign.URLDigits) {
		return Token{}, false
	}
	t, ok := jwtHalf("", p[0]+"."+p[1])
	t.Signed = p[2] != ""
	return t, ok
}

// jwtHalf is header and payload where the signature lies in another cookie.
func jwtHalf(_, v string) (Token, bool) {
	head, body, _ := strings.Cut(v, ".")
	_, h, ok := object(head)
	payload, _, ok2 := object(body)
	return Token{Profile: "flask", Payload: payload}, ok && ok2 && member(h, "alg") != ""
}

func sealedPrefix(prefix, framework, profile string, min int) func(string, string) (Token, bool) {
	return func(_, v string) (Token, bool) {
		rest, ok := strings.CutPrefix(v, prefix)
		return Token{Framework: framework, Profile: profile, Sealed: true}, ok && is(rest, sign.URLDigits+"=.", min, MaxValue)
	}
}

// paseto is vN.local. of PASETO, which is encrypted.
func paseto(_, v string) (Token, bool) {
	if len(v) < 10 || v[0] != 'v' || v[1] < '1' || v[1] > '4' {
		return Token{}, false
	}
	return sealedPrefix(v[:2]+".local.", "", "flask", 40)("", v)
}

// fernet is version 0x80 and 64 bits of time, of which the first four bytes are 0
// until 2106 (Fernet specification); aiohttp-session keeps its sessions so.
func fernet(_, v string) (Token, bool) {
	return sealedPrefix("gAAAAA", "", "flask", 90)("", v)
}

// aspnetCore is a blob of DataProtection, which begins with 09 F0 C9 F0.
func aspnetCore(framework string) func(string, string) (Token, bool) {
	return func(name, v string) (Token, bool) {
		t, ok := sealedPrefix("CfDJ8", framework, "flask", 50)("", v)
		if !ok && strings.HasPrefix(v, "CfDJ8") {
			_, ok = unbase(v)
			t = Token{Framework: framework, Profile: "flask", Sealed: true}
		}
		if strings.EqualFold(name, ".AspNetCore.Session") {
			t.Profile = "gorilla-filesystem" // the key of a record, and a dead one is used again
		}
		return t, ok
	}
}

// railsSealed is ciphertext--iv--tag of AES-256-GCM (Rails 5.2 and later), a 12-byte
// iv and a 16-byte tag.
func railsSealed(_, v string) (Token, bool) {
	p := strings.Split(v, "--")
	if len(p) != 3 {
		return Token{}, false
	}
	_, ok := unbase(p[0])
	iv, ok1 := unbase(p[1])
	tag, ok2 := unbase(p[2])
	return Token{Framework: "Rails", Profile: "flask", Sealed: true}, ok && ok1 && ok2 && len(iv) == 12 && len(tag) == 16
}

// laravel is base64 of {"iv","value","mac"} (Illuminate\Encryption\Encrypter).
func laravel(_, v string) (Token, bool) {
	_, o, ok := object(v)
	return Token{Framework: "Laravel", Profile: "gorilla-filesystem", Sealed: true},
		ok && member(o, "iv") != "" && member(o, "value") != "" && (isHex(member(o, "mac"), 64, 64) || member(o, "tag") != "")
}

// secureSession is ciphertext;nonce of @fastify/secure-session: a secretbox with its
// 24-byte nonce, both in base64.
func secureSession(_, v string) (Token, bool) {
	box, nonce, ok := strings.Cut(v, ";")
	_, ok1 := unbase(box)
	n, ok2 := unbase(nonce)
	return Token{Framework: "Fastify, secure-session", Profile: "flask", Sealed: true}, ok && ok1 && ok2 && len(n) == 24
}
