package bench

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// A Role is what a part of a signed text is there for.
type Role string

// The roles.
const (
	RoleValue     Role = "value"
	RolePayload   Role = "payload" // a value that is encoded
	RoleTime      Role = "time"
	RoleSignature Role = "signature"
	RoleName      Role = "name"
	RoleMark      Role = "mark"
	RoleOther     Role = "other" // what the format does not look at, or cannot
)

// A Part is a stretch of a Layer.
type Part struct {
	Role    Role
	Text    string // its bytes
	Meaning string // one line
	Date    string // of a time: when, in UTC
}

// A Layer is a text with its parts, which joined are the text. The first layer
// of a signed text is the text itself, the others are what is encoded in it.
type Layer struct {
	Title string
	Parts []Part
}

// Text returns the layer's parts joined.
func (l Layer) Text() string {
	var b strings.Builder
	for _, p := range l.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

type parts []Part

func (p *parts) add(r Role, text, meaning string) {
	if text != "" {
		*p = append(*p, Part{Role: r, Text: text, Meaning: meaning})
	}
}

func (p *parts) time(text string, seconds float64, how string, ok bool) {
	if !ok || seconds > maxTime || seconds < -maxTime {
		p.add(RoleTime, text, "the time, which cannot be read")
		return
	}
	at := date(time.Unix(int64(seconds), 0))
	p.add(RoleTime, text, "the time, "+strconv.FormatInt(int64(seconds), 10)+" "+how+": "+at)
	if text != "" {
		(*p)[len(*p)-1].Date = at
	}
}

func one(r Role, text, meaning string) []Part {
	var p parts
	p.add(r, text, meaning)
	return p
}

func date(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" }

const missing = "not of this format: "

func unread(text, why string) []Layer {
	return []Layer{{Title: "The text", Parts: one(RoleOther, text, missing+why)}}
}

func layer(p parts, more ...Layer) []Layer {
	return append([]Layer{{Title: "The text", Parts: p}}, more...)
}

// hexSignature tells what a signature in hex is.
func hexSignature(digest string) func(string) string {
	return func(sig string) string {
		if len(sig) != 64 || !sign.Only(sig, "0123456789abcdef") {
			return "in the signature’s place: not 64 digits of hex"
		}
		return "the signature: 32 bytes of HMAC-" + digest + " in hex"
	}
}

// base64Signature tells what a signature of size bytes in unpadded base64 is.
func base64Signature(digest string, size int) func(string) string {
	return func(sig string) string {
		want := base64.RawURLEncoding.EncodedLen(size)
		if len(sig) != want {
			return "in the signature’s place: " + count(len(sig), "character") + " instead of " + strconv.Itoa(want)
		}
		return "the signature: " + strconv.Itoa(size) + " bytes of HMAC-" + digest + " in base64 without padding; the last character has " +
			count(want*6-size*8, "unused bit")
	}
}

// cutPlain parts a value, a separator and a signature.
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

// cutTimestamp parts a text of Django's TimestampSigner.
func cutTimestamp(text string, _ settings) []Layer {
	return cutDjango(text, func(p *parts, v string) []Layer {
		p.add(RoleValue, v, "the value, as it is")
		return nil
	})
}

// cutDumps parts a text of Django's dumps.
func cutDumps(text string, _ settings) []Layer { return cutDjango(text, cutPayload) }

func cutDjango(text string, value func(p *parts, v string) []Layer) []Layer {
	rest, sig, ok := sign.CutLast(text, ":")
	if !ok {
		return unread(text, `there is no ":" in it`)
	}
	v, stamp, ok := sign.CutLast(rest, ":")
	var p parts
	more := value(&p, v)
	if ok {
		ts, err := sign.FromBase62(stamp)
		p.add(RoleMark, ":", "between the value and the time")
		p.time(stamp, ts, "in base 62", err == nil)
	}
	p.add(RoleMark, ":", "before the signature")
	p.add(RoleSignature, sig, base64Signature("SHA256", 32)(sig))
	return layer(p, more...)
}

// cutPayload parts an encoded payload, and what is inside.
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

// jsonParts parts JSON text into its members, or returns it as one part.
func jsonParts(text string) []Part {
	v, err := codec.ParseJSON(text)
	switch {
	case err != nil:
		return one(RoleOther, text, "not JSON: "+err.Error())
	case !strings.HasPrefix(text, "{"):
		return one(RoleValue, text, "the value, as JSON")
	}
	var p parts
	at, n := 1, 0
	p.add(RoleMark, "{", "the session begins")
	members := v.(codec.Object)
	for at < len(text) && n < len(members) {
		// A member ends where another value can be read no further.
		read := codec.Parser{Text: text, At: at}
		read.Space()
		key, err := read.Value(1)
		if err != nil {
			break
		}
		read.Space()
		if !read.Take(":") {
			break
		}
		read.Space()
		if _, err := read.Value(1); err != nil {
			break
		}
		name, _ := key.(string)
		p.add(RoleValue, text[at:read.At], "the member "+strconv.Quote(name))
		at = read.At
		n++
		if at < len(text) && text[at] == ',' {
			p.add(RoleMark, ",", "and")
			at++
		}
	}
	p.add(RoleMark, text[at:], "the session ends")
	return p
}

// cutFlask parts Flask's session cookie.
func cutFlask(text string, _ settings) []Layer {
	rest, sig, ok := sign.CutLast(text, ".")
	if !ok {
		return unread(text, `there is no "." in it`)
	}
	var p parts
	body, stamp, ok := sign.CutLast(rest, ".")
	more := cutPayload(&p, body)
	if ok {
		ts, good := sign.FlaskTime(stamp)
		p.add(RoleMark, ".", "between the payload and the time")
		p.time(stamp, float64(min(ts, math.MaxInt64)), "as big-endian bytes in base64url", good && stamp != "")
	}
	p.add(RoleMark, ".", "before the signature")
	p.add(RoleSignature, sig, base64Signature("SHA1", 20)(sig))
	return layer(p, more...)
}

// cutExpress parts a text of cookie-signature, bare or as express-session's cookie.
func cutExpress(text string, _ settings) []Layer {
	plain := sign.DecodeCookie(text)
	inner, wire := strings.CutPrefix(plain, "s:")
	if !wire {
		return cutPlain(text, ".", "the session id, as it is", base64Signature("SHA256", 32))
	}
	id, sig, ok := sign.CutLast(inner, ".")
	if !ok {
		return unread(text, `there is no "." in it`)
	}
	// Each stretch of the decoded text is a stretch of the cookie.
	var p parts
	at := 0
	add := func(r Role, n int, meaning string) {
		from := at
		for ; n > 0 && at < len(text); n-- {
			switch {
			case plain != sign.Latin1(text) && text[at] == '%':
				at += 3
			case text[at] >= 0x80:
				at, n = at+1, n-1 // one byte of the cookie is two of the decoded text
			default:
				at++
			}
			at = min(at, len(text))
		}
		p.add(r, text[from:at], meaning)
	}
	add(RoleMark, 2, "a mark: s: for signed")
	add(RoleValue, len(id), "the session id, percent-encoded where it must be")
	add(RoleMark, 1, "between the id and the signature")
	p.add(RoleSignature, text[at:], base64Signature("SHA256", 32)(sig)+", percent-encoded")
	return layer(p)
}

// cutCookieSession parts the two cookies of cookie-session.
func cutCookieSession(text string, set settings) []Layer {
	var p parts
	var seenValue, seenSig bool
	var more []Layer
	for i, cookie := range strings.Split(text, ";") {
		if i > 0 {
			p.add(RoleMark, ";", "between two cookies")
		}
		body := strings.TrimLeft(cookie, " ")
		p.add(RoleMark, cookie[:len(cookie)-len(body)], "a space")
		if v, ok := strings.CutPrefix(body, set.name+"="); ok && !seenValue {
			seenValue = true
			p.add(RoleName, set.name+"=", "the session’s cookie; its name is signed too")
			data, err := codec.PyBase64(codec.Pad(v), codec.Base64URL)
			if err != nil {
				p.add(RolePayload, v, "the payload, which cannot be decoded: "+err.Error())
				continue
			}
			p.add(RolePayload, v, "the payload in base64: "+string(data))
			more = []Layer{{Title: "The payload, decoded", Parts: jsonParts(string(data))}}
		} else if v, ok := strings.CutPrefix(body, set.name+".sig="); ok && !seenSig {
			seenSig = true
			p.add(RoleName, set.name+".sig=", "the signature’s cookie")
			p.add(RoleSignature, v, base64Signature("SHA1", 20)(v))
		} else {
			p.add(RoleOther, body, "another cookie, not looked at")
		}
	}
	if !seenValue && !seenSig {
		return unread(text, "there is no cookie "+set.name+" in it")
	}
	return layer(p, more...)
}

// cutGorillaParts parts gorilla's cookie: the characters of the outer base64 by
// the bytes that they begin, then those bytes, then the value.
func cutGorillaParts(text string, _ settings) []Layer {
	inside, mac, err := sign.CutGorilla(text)
	if err != nil {
		return unread(text, err.Error())
	}
	stamp, value, _ := strings.Cut(inside, "|")
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
	layers := layer(p, Layer{Title: "The text, decoded", Parts: q})
	if err == nil && len(data) > 0 {
		session := jsonParts(string(data))
		if !sign.IsJSON(string(data)) {
			session = gobParts(string(data))
		}
		layers = append(layers, Layer{Title: "The session, decoded", Parts: session})
	}
	return layers
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

// gobParts parts what GobEncode writes.
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
