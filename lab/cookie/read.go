package cookie

import "time"

// Read returns what a browser of these rules reads in a Set-Cookie line that comes at
// now, before any rule about the URL: Domain is as it is written, and Path "" where the
// line has none. ok is false for a line that it makes nothing of.
func (r Rules) Read(now time.Time, text string) (e Entry, ok bool) {
	j := Jar{Rules: r}
	l, broken := j.parse(text)
	if broken != pass {
		return e, false
	}
	return Entry{Name: l.name, Value: l.value, Domain: l.domain, Path: l.path, Expires: j.expiry(&l, now),
		SameSite: l.sameSite, Priority: l.priority, Secure: l.secure, HTTPOnly: l.httpOnly}, true
}
