package sign

import (
	"strings"

	"fixlab/lab/codec"
)

// Peek returns the payload of a signed value as JSON text, which takes no key to
// read: that of Django's dumps, Flask's session, cookie-session (both cookies, or
// the bare value of the first) and gorilla's, compressed or not. It verifies
// nothing. ok is false for a value that carries no such payload.
func Peek(signed string) (payload string, ok bool) {
	var err error
	if _, data, ok := strings.Cut(signed, "="); ok && strings.Contains(data, ".sig=") { // cookie-session's two
		signed, _, _ = strings.Cut(data, ";")
	}
	if strings.Contains(signed, ":") {
		return peekDjango(signed)
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

// peekDjango is Peek for Django's dumps: signed cookies and session rows.
func peekDjango(signed string) (payload string, ok bool) {
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

// IsJSON reports whether s is JSON text that codec.ParseJSON accepts.
func IsJSON(s string) bool {
	_, err := codec.ParseJSON(s)
	return err == nil
}

// A Format is a shape of a signed value, named as in the vectors.
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

// Recognise returns the format whose shape value has, "" if it has none. It
// verifies nothing, and a value can be made to look like any format.
func Recognise(value string) Format {
	if strings.Contains(value, ".sig=") {
		return FormatCookieSession
	}
	if inner, ok := strings.CutPrefix(DecodeCookie(value), "s:"); ok && Recognise(inner) == FormatCookieSignature {
		return FormatExpress
	}
	if rest, sig, ok := CutLast(value, ":"); ok && len(sig) == 43 && Only(sig, URLDigits) {
		switch text, stamp, ok := CutLast(rest, ":"); {
		case !ok || stamp == "" || !Only(strings.TrimPrefix(stamp, "-"), Base62Digits):
			return FormatDjango
		case Only(strings.TrimPrefix(text, "."), URLDigits) && peeks(value):
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
		case len(sig) == 27 && Only(sig, URLDigits) && timed && stamped && peeks(value):
			return FormatFlask
		case len(sig) == 27 && Only(sig, URLDigits):
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

func peeks(signed string) bool {
	_, ok := Peek(signed)
	return ok
}
