package sign

import "strings"

// Peek returns what anybody can read of a signed value without any key, as JSON
// text: the payload of Django's dumps, of Flask's session, of cookie-session
// (the first of its cookies, bare) and of gorilla's, compressed or not. It is
// not ok for a value that carries no such payload.
func Peek(signed string) (payload string, ok bool) {
	var err error
	if _, data, ok := strings.Cut(signed, "="); ok && strings.Contains(data, ".sig=") { // cookie-session's two
		signed, _, _ = strings.Cut(data, ";")
	}
	if strings.Contains(signed, ":") {
		return PeekDjango(signed)
	} else if text, _, dot := cutLast(signed, "."); dot {
		text, _, _ = cutLast(text, ".")
		payload, err = decodePayload(text)
	} else if payload, err = decodePayload(signed); err == nil && !isJSON(payload) {
		payload, err = peekGorilla(signed)
	}
	if err != nil || !isJSON(payload) {
		return "", false
	}
	return payload, true
}

// PeekDjango is Peek for Django's dumps alone: signed cookies and session rows.
func PeekDjango(signed string) (payload string, ok bool) {
	text, _, ok := strings.Cut(signed, ":")
	if !ok {
		return "", false
	}
	payload, err := decodePayload(text)
	if err != nil || !isJSON(payload) {
		return "", false
	}
	return payload, true
}

func isJSON(s string) bool {
	_, err := ParseJSON(s)
	return err == nil
}

// A Format names one of the forms that a value can have.
type Format string

const (
	FormatSeed            Format = "seed.flask"
	FormatDjango          Format = "django.Signer"
	FormatDjangoTimestamp Format = "django.TimestampSigner"
	FormatDjangoDumps     Format = "django.signing.dumps" // also signed_cookies and session rows
	FormatDjangoKey       Format = "django session key"   // a bare key, unsigned
	FormatAuthHash        Format = "django._auth_user_hash"
	FormatFlask           Format = "flask.session"
	FormatItsDangerous    Format = "itsdangerous.Signer"
	FormatCookieSignature Format = "cookie-signature"
	FormatExpress         Format = "express-session"
	FormatCookieSession   Format = "cookie-session(keygrip)"
	FormatGorilla         Format = "gorilla/securecookie"
)

// Recognise tells a value's format by its shape alone, "" when it has none of
// them. Nothing is verified, and a value can be made to look like any.
func Recognise(value string) Format {
	if strings.Contains(value, ".sig=") {
		return FormatCookieSession
	}
	if inner, ok := strings.CutPrefix(decodeCookie(value), "s:"); ok && Recognise(inner) == FormatCookieSignature {
		return FormatExpress
	}
	if rest, sig, ok := cutLast(value, ":"); ok && len(sig) == 43 && only(sig, urlDigits) {
		switch text, stamp, ok := cutLast(rest, ":"); {
		case !ok || stamp == "" || !only(strings.TrimPrefix(stamp, "-"), base62Digits):
			return FormatDjango
		case only(strings.TrimPrefix(text, "."), urlDigits) && peeks(value):
			return FormatDjangoDumps
		}
		return FormatDjangoTimestamp
	}
	if rest, sig, ok := cutLast(value, "."); ok {
		_, stamp, timed := cutLast(rest, ".")
		_, stamped := flaskTime(stamp)
		switch {
		case len(sig) == 64 && only(sig, "0123456789abcdef"):
			return FormatSeed
		case len(sig) == 43 && only(sig, base62Digits+"+/"):
			return FormatCookieSignature
		case len(sig) == 27 && only(sig, urlDigits) && timed && stamped && peeks(value):
			return FormatFlask
		case len(sig) == 27 && only(sig, urlDigits):
			return FormatItsDangerous
		}
		return ""
	}
	if _, mac, err := cutGorilla(value); err == nil && len(mac) == 32 {
		return FormatGorilla
	}
	switch {
	case len(value) == 64 && only(value, "0123456789abcdef"):
		return FormatAuthHash
	case len(value) == 32 && only(value, "abcdefghijklmnopqrstuvwxyz0123456789"):
		return FormatDjangoKey
	}
	return ""
}

const urlDigits = base62Digits + "-_"

func only(s, digits string) bool { return strings.Trim(s, digits) == "" }

func peeks(signed string) bool {
	_, ok := Peek(signed)
	return ok
}
