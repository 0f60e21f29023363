package bench

import (
	"math"

	"fixlab/lab/sign"
)

// cutTimestamp splits a text of Django's TimestampSigner.
func cutTimestamp(text string, _ settings) []Layer {
	return cutDjango(text, func(p *parts, v string) []Layer {
		p.add(RoleValue, v, "the value, as it is")
		return nil
	})
}

// cutDumps splits a text of Django's signing.dumps.
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

// cutFlask splits Flask's session cookie.
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
