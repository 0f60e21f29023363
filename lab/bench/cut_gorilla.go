package bench

import (
	"encoding/base64"
	"strconv"
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// cutGorilla splits gorilla's cookie: the characters of the outer base64 by the
// bytes that they begin, then those bytes, then the value.
func cutGorilla(text string, _ settings) []Layer {
	inside, mac, err := sign.CutGorilla(text)
	if err != nil {
		return unread(text, err.Error())
	}
	stamp, value, _ := strings.Cut(inside, "|")
	decoded, more := cutGorillaDecoded(stamp, value, mac)
	return layer(cutGorillaOuter(text, stamp, inside, mac), append([]Layer{decoded}, more...)...)
}

// cutGorillaOuter splits the base64 of "time|value|mac"; inside is what comes
// before the last bar.
func cutGorillaOuter(text, stamp, inside, mac string) parts {
	// The character that holds the first bit of byte n is number n*8/6.
	var p parts
	at := 0
	upTo := func(r Role, n int, meaning string) {
		end := at
		for chars := n * 8 / 6; end < len(text); end++ {
			if text[end] == '\r' || text[end] == '\n' {
				continue
			}
			if clean(text[:end]) >= chars {
				break
			}
		}
		p.add(r, text[at:end], meaning)
		at = end
	}
	upTo(RoleTime, len(stamp)+1, "the time and a |, in base64")
	upTo(RolePayload, len(inside)+1, "the session, in base64, and a |, in base64 again")
	p.add(RoleSignature, text[at:], "the signature: "+count(len(mac), "byte")+" of HMAC-SHA256, in base64; a character at a border has bits of both sides")
	return p
}

// cutGorillaDecoded splits "time|value|mac", and returns the layer of the session
// too if value can be decoded.
func cutGorillaDecoded(stamp, value, mac string) (decoded Layer, more []Layer) {
	var q parts
	ts, bad := strconv.ParseInt(stamp, 10, 64)
	q.time(stamp, float64(ts), "in decimal", bad == nil)
	q.add(RoleMark, "|", "between the time and the session")
	data, err := base64.URLEncoding.DecodeString(value)
	if err != nil {
		q.add(RolePayload, value, "the session, which cannot be decoded: "+err.Error())
	} else {
		q.add(RolePayload, value, "the session in base64: "+readable(string(data)))
	}
	q.add(RoleMark, "|", "before the signature")
	q.add(RoleSignature, mac, "the signature: "+count(len(mac), "byte")+" of HMAC-SHA256")
	decoded = Layer{Title: "The text, decoded", Parts: q}
	if err == nil && len(data) > 0 {
		session := jsonParts(string(data))
		if !sign.IsJSON(string(data)) {
			session = gobParts(string(data))
		}
		more = []Layer{{Title: "The session, decoded", Parts: session}}
	}
	return decoded, more
}

// clean returns how many characters of s are not line breaks.
func clean(s string) int { return len(s) - strings.Count(s, "\r") - strings.Count(s, "\n") }

func readable(data string) string {
	if sign.IsJSON(data) {
		return strings.TrimSpace(data)
	}
	if v, err := codec.GobDecode(data); err == nil {
		return "gob of " + codec.GoJSON(v)
	}
	return "neither JSON nor gob"
}

// gobParts splits what codec.GobEncode writes.
func gobParts(data string) []Part {
	if _, err := codec.GobDecode(data); err != nil {
		return one(RoleOther, data, "neither JSON nor gob")
	}
	var p parts
	rest, isMap := strings.CutPrefix(data, codec.GobMapType)
	if isMap {
		p.add(RoleMark, codec.GobMapType, "gob: type 64 is a map of interface to interface")
	}
	r := codec.GobReader{Data: rest}
	take := func(role Role, read func() string) {
		before := r.Data
		meaning := read()
		p.add(role, before[:len(before)-len(r.Data)], meaning)
	}
	take(RoleMark, func() string { return "the length of what follows: " + strconv.FormatUint(r.Uint(), 10) })
	take(RoleMark, func() string { return "its type: " + strconv.FormatInt(r.Int(), 10) })
	take(RoleMark, func() string { r.Zero(); return "not a struct" })
	if !isMap {
		take(RoleValue, func() string { return "a string with its length before it: " + strconv.Quote(r.Text()) })
		return p
	}
	n := uint64(0)
	take(RoleMark, func() string { n = r.Uint(); return count(int(n), "member") })
	for ; n > 0 && !r.Bad; n-- {
		take(RoleName, func() string { return "a key with its type and length before it: " + codec.GoJSON(r.Any()) })
		take(RoleValue, func() string { return "its value, likewise: " + codec.GoJSON(r.Any()) })
	}
	p.add(RoleOther, r.Data, "more")
	return p
}
