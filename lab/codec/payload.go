package codec

import (
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"strings"
)

func Unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// maxInflated bounds what a compressed payload may grow to, in bytes. The real
// libraries know no bound, but check the signature first.
const maxInflated = 1 << 20

// EncodePayload is the text that Django's sign_object and itsdangerous' URLSafe
// serializer sign for a payload. Compression is tried when pack is not nil.
func EncodePayload(payload string, pack *Deflater) string {
	if pack != nil {
		if z := pack.compress(payload); len(z) < len(payload)-1 {
			return "." + base64.RawURLEncoding.EncodeToString(z)
		}
	}
	return base64.RawURLEncoding.EncodeToString([]byte(payload))
}

// DecodePayload undoes encodePayload, as leniently as Python does.
func DecodePayload(text string) (string, error) {
	text, packed := strings.CutPrefix(text, ".")
	data, err := PyBase64(Pad(text), Base64URL)
	if err != nil || !packed {
		return string(data), err
	}
	plain, err := inflate(data, maxInflated)
	return string(plain), err
}

// Pad makes the length of s a multiple of four.
func Pad(s string) string { return s + "==="[:(4-len(s)%4)%4] }

// The alphabets of pyBase64.
const (
	Base64Std = false
	Base64URL = true // and the standard one: Python only translates - and _
)

// PyBase64 decodes as Python's base64.b64decode and urlsafe_b64decode do when
// not told to be strict: a character outside the alphabet is passed over,
// unused bits are not looked at, and the first complete padding ends the data.
// CPython, Modules/binascii.c, a2b_base64
func PyBase64(s string, url bool) ([]byte, error) {
	out := make([]byte, 0, len(s)/4*3+3)
	var quad, pads int
	var left byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '=' {
			if quad >= 2 {
				if pads++; quad+pads >= 4 {
					return out, nil
				}
			}
			continue
		}
		var d byte
		switch {
		case 'A' <= c && c <= 'Z':
			d = c - 'A'
		case 'a' <= c && c <= 'z':
			d = c - 'a' + 26
		case '0' <= c && c <= '9':
			d = c - '0' + 52
		case c == '+' || url && c == '-':
			d = 62
		case c == '/' || url && c == '_':
			d = 63
		default:
			continue
		}
		pads = 0
		switch quad {
		case 1:
			out = append(out, left<<2|d>>4)
		case 2:
			out = append(out, left<<4|d>>2)
		case 3:
			out = append(out, left<<6|d)
		}
		left = d
		quad = (quad + 1) % 4
	}
	switch quad {
	case 0:
		return out, nil
	case 1:
		n := strconv.Itoa(len(out)/3*4 + 1)
		return nil, errors.New("Invalid base64-encoded string: number of data characters (" + n + ") cannot be 1 more than a multiple of 4")
	}
	return nil, errors.New("Incorrect padding")
}

// PyFloat is Python's repr of a finite float: the shortest digits that read
// back the same, with an exponent below 1e-4 and from 1e16 on.
func PyFloat(f float64) string {
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}
