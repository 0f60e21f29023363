package bench

import (
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// cutExpress splits a text of cookie-signature, bare or as express-session's cookie.
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

// cutCookieSession splits the two cookies of cookie-session.
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
