package token

import (
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// ofSign reads what package sign knows: the lab's own signers.
func ofSign(name, v string) (Token, bool) {
	t, ok := signed(name, v)
	for range 8 { // a login that signs what it gets has signed this several times
		inner, again := signed(name, t.ID)
		if !ok || !again || inner.ID == "" || inner.Format != t.Format {
			break
		}
		t.ID = inner.ID
	}
	return t, ok
}

func signed(name, v string) (Token, bool) {
	format := sign.Recognise(v)
	t := Token{Signed: true}
	switch format {
	case sign.FormatSeed, sign.FormatCookieSignature, sign.FormatItsDangerous:
		t.ID, _, _ = sign.CutLast(v, ".")
		t.Format, t.Profile = "signed id", "signed-id"
		if format == sign.FormatItsDangerous {
			t.Framework, t.Profile = "Python, itsdangerous", "flask-session-old-signed"
			if id, stamp, ok := sign.CutLast(t.ID, "."); ok && len(stamp) == 6 {
				if _, ok := sign.FlaskTime(stamp); ok {
					t.ID, t.Stamp = id, stamp
				}
			}
		}
		if text, _, ok := object(t.ID); ok {
			t.Format, t.ID, t.Payload, t.Profile = "signed data", "", text, "flask"
		}
		return t, t.ID != "" || t.Payload != ""
	case sign.FormatExpress:
		t.ID, _, _ = sign.CutLast(strings.TrimPrefix(sign.DecodeCookie(v), "s:"), ".")
		t.Format, t.Framework, t.Profile = "express-session", "Express, express-session", "express-session"
		return t, t.ID != ""
	case sign.FormatDjango, sign.FormatDjangoTimestamp, sign.FormatDjangoDumps:
		return django(v, format)
	case sign.FormatFlask:
		return flask(v)
	case sign.FormatCookieSession:
		return keygrip(name, v)
	case sign.FormatGorilla:
		return gorilla(v)
	}
	return Token{}, false
}

func django(v string, format sign.Format) (Token, bool) {
	t := Token{Framework: "Django", Format: "Django signed value", Profile: "signed-id", Signed: true}
	t.ID, _, _ = sign.CutLast(v, ":")
	if format == sign.FormatDjango {
		return t, t.ID != ""
	}
	t.ID, t.Stamp, _ = sign.CutLast(t.ID, ":")
	if payload, ok := sign.Peek(v); ok && format == sign.FormatDjangoDumps {
		t.ID, t.Payload, t.Format, t.Profile = "", payload, "Django signed data", "django-signed-cookies"
	}
	return t, t.ID != "" || t.Payload != ""
}

// flask is Flask's session, or Starlette's: that one keeps the padding of its base64
// and the blanks of its JSON.
func flask(v string) (Token, bool) {
	payload, ok := sign.Peek(v)
	rest, _, _ := sign.CutLast(v, ".")
	text, stamp, _ := sign.CutLast(rest, ".")
	t := Token{Format: "Flask session", Framework: "Flask", Profile: "flask", Signed: true, Payload: payload, Stamp: stamp}
	if strings.HasSuffix(text, "=") || strings.Contains(payload, `": `) {
		t.Format, t.Framework = "Starlette session", "Starlette"
	}
	if !strings.HasPrefix(payload, "{") {
		t.Format = "signed data"
	} else if len(ids(t)) > 0 {
		t.Profile = "flask-server-id"
	}
	return t, ok
}

// keygrip reads the two cookies of cookie-session and koa-session.
func keygrip(name, v string) (Token, bool) {
	var t Token
	for pair := range strings.SplitSeq(v, ";") {
		n, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if of, ok := SignatureOf(n, value); ok && Bare(of) == name {
			t.Signed = true
		} else if Bare(n) == name {
			t.Payload, _, _ = object(value)
			if t.Payload == "" {
				t.ID = value
			}
		}
	}
	t.Format, t.Framework, t.Profile = "signed data beside its signature", "Express, cookie-session", "cookie-session"
	if strings.HasPrefix(strings.ToLower(name), "koa") || strings.Contains(t.Payload, `"_maxAge":`) {
		t.Framework = "Koa, koa-session"
	}
	if t.ID != "" {
		t.Format, t.Profile = "signed id beside its signature", "express-session"
	}
	return t, t.Signed && (t.ID != "" || t.Payload != "")
}

// gorilla is gorilla/securecookie: data, the id of a stored session, or, with a block
// key, something encrypted.
func gorilla(v string) (Token, bool) {
	text, _, err := sign.CutGorilla(v)
	stamp, _, _ := strings.Cut(text, "|")
	t := Token{Format: "securecookie", Framework: "Go, gorilla", Profile: "gorilla-cookie", Signed: true, Stamp: stamp}
	payload, ok := sign.Peek(v)
	inner, _ := codec.ParseJSON(payload)
	id, _ := inner.(string)
	switch {
	case !ok:
		t.Sealed = true
	case id != "":
		t.ID, t.Profile = id, "gorilla-filesystem"
	default:
		t.Payload = payload
	}
	return t, err == nil && is(stamp, decimal, 9, 11)
}

// paddedSignature is id.base64 with the padding kept, as better-auth signs.
func paddedSignature(name, v string) (Token, bool) {
	id, mac, ok := sign.CutLast(v, ".")
	t := Token{Profile: "signed-id", Signed: true, ID: id}
	if strings.HasPrefix(name, "better-auth.") {
		t.Framework = "Better Auth"
	}
	return t, ok && id != "" && len(mac) == 44 && mac[43] == '=' && sign.Only(mac[:43], sign.Base62Digits+"+/")
}

// doubleDash is data--hexmac: of Mojolicious, of Rails' signed and older encrypted
// cookies, and of Rack's.
func doubleDash(name, v string) (Token, bool) {
	data, mac, ok := sign.CutLast(v, "--")
	if !ok || !is(mac, lowerHex, 40, 40) && !is(mac, lowerHex, 64, 64) {
		return Token{}, false
	}
	mojo := strings.EqualFold(name, "mojolicious")
	t := Token{Format: "signed data", Framework: "Rails or Rack", Profile: "flask", Signed: true}
	text, o, isObject := object(data)
	if !isObject && mojo {
		text, o, isObject = mojolicious(data)
	}
	b, isBase64 := unbase(data)
	left, right, two := strings.Cut(string(b), "--")
	_, okLeft := unbase(left)
	_, okRight := unbase(right)
	switch {
	case isObject && strings.Contains(text, `"_rails"`):
		t.Framework = "Rails"
		return rails(t, o)
	case isObject:
		if t.Payload = text; mojo {
			t.Framework = "Mojolicious"
		}
	case two && okLeft && okRight:
		t.Format, t.Framework, t.Sealed = "Rails encrypted, before 5.2", "Rails", true
	case isBase64 && strings.HasPrefix(string(b), "\x04\x08"): // Ruby's Marshal
		t.Payload = runs(string(b))
	case LooksLikeID(data):
		t.Format, t.ID, t.Profile = "signed id", data, "signed-id"
	default:
		return Token{}, false
	}
	return t, true
}

// mojolicious undoes what Mojolicious::Sessions does to its base64: - stands for =, and
// the JSON is filled up with Z to 1025 bytes.
func mojolicious(data string) (string, codec.Object, bool) {
	b, _ := unbase(strings.TrimRight(data, "-="))
	text := strings.TrimRight(string(b), "Z")
	v, err := codec.ParseJSON(text)
	o, ok := v.(codec.Object)
	return text, o, ok && err == nil
}

// rails unpacks the envelope {"_rails":{"message","exp","pur"}} of a signed cookie: an
// object is data, anything else is an id.
func rails(t Token, envelope codec.Object) (Token, bool) {
	inner, _ := envelope[0].Value.(codec.Object)
	b, ok := unbase(member(inner, "message"))
	if !ok {
		return Token{}, false
	}
	if text := string(b); sign.IsJSON(text) && strings.HasPrefix(text, "{") {
		t.Payload = text
	} else {
		t.Format, t.ID, t.Profile = "signed id", strings.Trim(text, `"`), "signed-id"
	}
	return t, true
}

// tornado is version 2 of tornado.web.create_signed_value:
// 2|1:0|10:time|length:name|length:base64|hex.
func tornado(_, v string) (Token, bool) {
	p := strings.Split(v, "|")
	if len(p) != 6 || p[0] != "2" || !is(p[5], lowerHex, 64, 64) {
		return Token{}, false
	}
	_, stamp, _ := strings.Cut(p[2], ":")
	_, value, _ := strings.Cut(p[4], ":")
	b, ok := unbase(value)
	t := Token{Framework: "Tornado", Profile: "signed-id", Signed: true, Stamp: stamp, ID: string(b)}
	if strings.HasPrefix(t.ID, "{") && sign.IsJSON(t.ID) {
		t.ID, t.Payload, t.Profile = "", t.ID, "flask"
	}
	return t, ok
}

// phoenix is SFMyNTY.payload.mac of Plug.Crypto.MessageVerifier, the payload in
// Erlang's external term format.
func phoenix(_, v string) (Token, bool) {
	p := strings.Split(strings.TrimRight(v, "="), ".")
	if len(p) != 3 || p[0] != "SFMyNTY" || !is(p[2], sign.URLDigits, 43, 43) {
		return Token{}, false
	}
	b, ok := unbase(p[1])
	t := Token{Framework: "Phoenix", Profile: "flask", Signed: true}
	if t.Payload, _ = termJSON(string(b)); t.Payload == "" {
		t.Payload = runs(string(b))
	}
	return t, ok
}

// jsonText is JSON as it stands, unsigned.
func jsonText(_, v string) (Token, bool) {
	return Token{Payload: v}, strings.HasPrefix(v, "{") && sign.IsJSON(v)
}

// jsonBase64 is JSON in base64. It is unsigned, or its signature lies in another cookie.
func jsonBase64(name, v string) (Token, bool) {
	text, _, ok := object(strings.TrimPrefix(v, "base64-")) // so begins Supabase's
	t := Token{Payload: text}
	if strings.HasPrefix(strings.ToLower(name), "koa") {
		t.Framework, t.Profile = "Koa, koa-session", "cookie-session"
	}
	return t, ok
}
