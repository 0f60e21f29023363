package codec

import (
	"encoding/base64"
	"strings"
)

// maxInflated is the largest inflated payload, in bytes. The real libraries have
// no such limit, but they check the signature first.
const maxInflated = 1 << 20

// EncodePayload returns payload in unpadded base64url, as Django's sign_object and
// itsdangerous' URLSafeSerializer sign it. With a pack it is compressed first, and
// a dot marks it, where that saves at least two bytes; pack nil never compresses.
func EncodePayload(payload string, pack *Deflater) string {
	if pack != nil {
		if z := pack.compress(payload); len(z) < len(payload)-1 {
			return "." + base64.RawURLEncoding.EncodeToString(z)
		}
	}
	return base64.RawURLEncoding.EncodeToString([]byte(payload))
}

// DecodePayload is the inverse of EncodePayload. It decodes base64 as leniently as
// Python does. It fails on text that Python or zlib would not decode, and on a
// payload that inflates to more than 1 MiB.
func DecodePayload(text string) (string, error) {
	text, packed := strings.CutPrefix(text, ".")
	data, err := PyBase64(Pad(text), Base64URL)
	if err != nil || !packed {
		return string(data), err
	}
	plain, err := inflate(data, maxInflated)
	return string(plain), err
}
