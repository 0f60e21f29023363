package sign

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/codec"
)

// GorillaLifetime is the maxAge of gorilla/sessions' stores.
const GorillaLifetime = 30 * 24 * time.Hour

// gorillaMax is securecookie's default MaxLength, in bytes.
const gorillaMax = 4096

type gorilla struct {
	*ring
	name   string
	now    func() time.Time
	maxAge time.Duration
}

// Gorilla signs as gorilla/securecookie does with hash keys only: padded
// base64url of "time|value|mac", where value is the padded base64url of what
// Sign is given (see GobEncode; for the JSON serializer GoJSON and a newline)
// and mac the raw HMAC-SHA256 of "name|time|value" under the secret itself. Sign
// returns "" where the real Encode fails: for more than 4096 bytes. Unsign gives
// the serialized value back, undecoded.
//
// A value older than maxAge in whole seconds is refused; 0 is never; one from
// the future is accepted. The cookie is malleable: the outer base64 is decoded
// before anything is checked, by rules that pass over line breaks and the
// unused bits of the last character.
func Gorilla(name string, now func() time.Time, maxAge time.Duration, keys ...string) Signer {
	return &gorilla{(&ring{
		algorithm: "HMAC-SHA256",
		hash:      sha256.New,
		encode:    base64.URLEncoding.EncodeToString,
	}).secrets(keys), name, now, maxAge}
}

// Sign: securecookie.go, SecureCookie.Encode.
func (s *gorilla) Sign(value string) string {
	text := strconv.FormatInt(s.now().Unix(), 10) + "|" + base64.URLEncoding.EncodeToString([]byte(value))
	signed := base64.URLEncoding.EncodeToString([]byte(text + "|" + string(s.sum(0, s.name+"|"+text))))
	if len(signed) > gorillaMax {
		return ""
	}
	return signed
}

// Unsign: securecookie.go, SecureCookie.Decode.
func (s *gorilla) Unsign(signed string) (string, error) {
	if len(signed) > gorillaMax {
		return "", &failure{ErrMalformed, "securecookie: the value is too long"}
	}
	text, mac, err := CutGorilla(signed)
	if err != nil {
		return "", err
	}
	if s.index(s.name+"|"+text, base64.URLEncoding.EncodeToString([]byte(mac))) < 0 {
		return "", &failure{ErrBadSignature, "securecookie: the value is not valid"}
	}
	stamp, encoded, _ := strings.Cut(text, "|")
	ts, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return "", &failure{ErrMalformed, "securecookie: invalid timestamp"}
	}
	if s.maxAge != 0 && ts < s.now().Unix()-int64(s.maxAge/time.Second) {
		return "", &failure{ErrExpired, "securecookie: expired timestamp"}
	}
	value, err := base64.URLEncoding.DecodeString(encoded)
	if err != nil {
		return "", gorillaBase64(err)
	}
	return string(value), nil
}

// CutGorilla decodes a cookie and cuts it into "time|value" and the raw MAC. It
// verifies nothing. An error matches ErrMalformed.
func CutGorilla(signed string) (text, mac string, err error) {
	data, err := base64.URLEncoding.DecodeString(signed)
	if err != nil {
		return "", "", gorillaBase64(err)
	}
	parts := strings.SplitN(string(data), "|", 3)
	if len(parts) != 3 {
		return "", "", &failure{ErrMalformed, "securecookie: the value is not valid"}
	}
	return parts[0] + "|" + parts[1], parts[2], nil
}

func gorillaBase64(err error) error {
	return &failure{ErrMalformed, "securecookie: base64 decode failed - caused by: " + err.Error()}
}

// Explain shows the raw MACs in base64url.
func (s *gorilla) Explain(signed string) Check {
	text, mac, _ := CutGorilla(signed)
	return s.explain(s.name+"|"+text, base64.URLEncoding.EncodeToString([]byte(mac)))
}

// peekGorilla reads the value inside a cookie as JSON.
func peekGorilla(signed string) (string, error) {
	text, _, err := CutGorilla(signed)
	if err != nil {
		return "", err
	}
	_, encoded, _ := strings.Cut(text, "|")
	data, err := base64.URLEncoding.DecodeString(encoded)
	if err != nil {
		return "", err
	}
	if _, err := codec.ParseJSON(string(data)); err == nil {
		return strings.TrimSpace(string(data)), nil
	}
	v, err := codec.GobDecode(string(data))
	if err != nil {
		return "", errors.New("neither JSON nor gob")
	}
	return codec.GoJSON(v), nil
}
