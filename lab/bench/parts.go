package bench

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/sign"
)

// A Role is the purpose of a part of a signed text.
type Role string

// The roles of parts.
const (
	RoleValue     Role = "value"
	RolePayload   Role = "payload" // a value that is encoded
	RoleTime      Role = "time"
	RoleSignature Role = "signature"
	RoleName      Role = "name"
	RoleMark      Role = "mark"
	RoleOther     Role = "other" // what the format does not look at, or cannot
)

// A Part is a contiguous stretch of a Layer.
type Part struct {
	Role    Role
	Text    string // its bytes
	Meaning string // one line that says what it is
	Date    string // of a time: the same as "2006-01-02 15:04:05 UTC"
}

// A Layer is a text in parts. The first layer of a signed text is the text itself;
// each of the others is the result of decoding or decompressing a part of the one
// before it.
type Layer struct {
	Title string
	Parts []Part
}

// Text returns the text: the concatenation of the parts.
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

// hexSignature describes a signature in hex.
func hexSignature(digest string) func(string) string {
	return func(sig string) string {
		if len(sig) != 64 || !sign.Only(sig, "0123456789abcdef") {
			return "in the signature’s place: not 64 digits of hex"
		}
		return "the signature: 32 bytes of HMAC-" + digest + " in hex"
	}
}

// base64Signature describes a signature of size bytes in unpadded base64.
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
