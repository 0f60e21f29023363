package codec

import (
	"errors"
	"strconv"
)

// Pad appends = signs until the length of s is a multiple of four.
func Pad(s string) string { return s + "==="[:(4-len(s)%4)%4] }

// The alphabets of PyBase64.
const (
	Base64Std = false
	Base64URL = true // and the standard one: Python only translates - and _
)

// PyBase64 decodes as Python's base64.b64decode and urlsafe_b64decode do by
// default: characters outside the alphabet and unused bits are ignored, and the
// first complete padding ends the data. Errors have the text of binascii.Error.
// Source: CPython, Modules/binascii.c, a2b_base64.
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
