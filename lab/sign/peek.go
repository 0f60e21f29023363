package sign

import (
	"strings"

	"fixlab/lab/codec"
)

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
	} else if text, _, dot := CutLast(signed, "."); dot {
		text, _, _ = CutLast(text, ".")
		payload, err = codec.DecodePayload(text)
	} else if payload, err = codec.DecodePayload(signed); err == nil && !IsJSON(payload) {
		payload, err = peekGorilla(signed)
	}
	if err != nil || !IsJSON(payload) {
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
	payload, err := codec.DecodePayload(text)
	if err != nil || !IsJSON(payload) {
		return "", false
	}
	return payload, true
}

func IsJSON(s string) bool {
	_, err := codec.ParseJSON(s)
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
	if inner, ok := strings.CutPrefix(DecodeCookie(value), "s:"); ok && Recognise(inner) == FormatCookieSignature {
		return FormatExpress
	}
	if rest, sig, ok := CutLast(value, ":"); ok && len(sig) == 43 && Only(sig, UrlDigits) {
		switch text, stamp, ok := CutLast(rest, ":"); {
		case !ok || stamp == "" || !Only(strings.TrimPrefix(stamp, "-"), Base62Digits):
			return FormatDjango
		case Only(strings.TrimPrefix(text, "."), UrlDigits) && peeks(value):
			return FormatDjangoDumps
		}
		return FormatDjangoTimestamp
	}
	if rest, sig, ok := CutLast(value, "."); ok {
		_, stamp, timed := CutLast(rest, ".")
		_, stamped := FlaskTime(stamp)
		switch {
		case len(sig) == 64 && Only(sig, "0123456789abcdef"):
			return FormatSeed
		case len(sig) == 43 && Only(sig, Base62Digits+"+/"):
			return FormatCookieSignature
		case len(sig) == 27 && Only(sig, UrlDigits) && timed && stamped && peeks(value):
			return FormatFlask
		case len(sig) == 27 && Only(sig, UrlDigits):
			return FormatItsDangerous
		}
		return ""
	}
	if _, mac, err := CutGorilla(value); err == nil && len(mac) == 32 {
		return FormatGorilla
	}
	switch {
	case len(value) == 64 && Only(value, "0123456789abcdef"):
		return FormatAuthHash
	case len(value) == 32 && Only(value, "abcdefghijklmnopqrstuvwxyz0123456789"):
		return FormatDjangoKey
	}
	return ""
}

const UrlDigits = Base62Digits + "-_"

func Only(s, digits string) bool { return strings.Trim(s, digits) == "" }

func peeks(signed string) bool {
	_, ok := Peek(signed)
	return ok
}
