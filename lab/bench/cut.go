package bench

import (
	"strconv"
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// cutPlain splits a value, a separator and a signature.
func cutPlain(text, sep, value string, signature func(string) string) []Layer {
	v, sig, ok := sign.CutLast(text, sep)
	if !ok {
		return unread(text, "there is no "+strconv.Quote(sep)+" in it")
	}
	var p parts
	p.add(RoleValue, v, value)
	p.add(RoleMark, sep, "between the value and the signature")
	p.add(RoleSignature, sig, signature(sig))
	return layer(p)
}

// cutPayload adds an encoded payload to p, and returns the layers inside it.
func cutPayload(p *parts, text string) []Layer {
	body, packed := strings.CutPrefix(text, ".")
	if packed {
		p.add(RoleMark, ".", "a mark: the payload is compressed with zlib")
	}
	plain, err := codec.DecodePayload(text)
	if err != nil {
		p.add(RolePayload, body, "the payload, which cannot be decoded: "+err.Error())
		return nil
	}
	p.add(RolePayload, body, "the payload in base64url without padding: "+plain)
	if !packed {
		return []Layer{{Title: "The payload, decoded", Parts: jsonParts(plain)}}
	}
	data, err := codec.PyBase64(codec.Pad(body), codec.Base64URL)
	if err != nil || len(data) < 6 {
		return nil
	}
	var z parts
	z.add(RoleMark, string(data[:2]), "zlib’s header: deflate, a window of 32 KiB, and the level")
	z.add(RolePayload, string(data[2:len(data)-4]), "the text, deflated")
	z.add(RoleMark, string(data[len(data)-4:]), "Adler-32 of the text: a checksum, not a signature")
	return []Layer{{Title: "The payload, decoded", Parts: z}, {Title: "The payload, decompressed", Parts: jsonParts(plain)}}
}

// jsonParts splits JSON text into its members; text that is no object is one part.
func jsonParts(text string) []Part {
	_, err := codec.ParseJSON(text)
	switch {
	case err != nil:
		return one(RoleOther, text, "not JSON: "+err.Error())
	case !strings.HasPrefix(text, "{"):
		return one(RoleValue, text, "the value, as JSON")
	}
	var p parts
	p.add(RoleMark, "{", "the session begins")
	at := 1
	for i, m := range codec.Spans(text) {
		if i > 0 {
			p.add(RoleMark, text[at:m.From], "and")
			at = m.From
		}
		p.add(RoleValue, text[at:m.To], "the member "+strconv.Quote(m.Key))
		at = m.To
	}
	p.add(RoleMark, text[at:], "the session ends")
	return p
}
