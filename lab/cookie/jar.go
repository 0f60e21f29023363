package cookie

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A Jar is a browser's cookie store. The zero Jar is an empty one of
// Chromium's. It is not safe for concurrent use.
type Jar struct {
	Rules Rules

	entries []*Entry  // in order of creation; clones share them: nobody writes to one
	soonest time.Time // no entry ends before; zero: none ends at all
	seq     uint64
	skip    uint64 // rules that a test switched off, one bit each
	report  Report // of the call that is being answered
}

// A Report says what became of a line besides its being stored or refused, and
// what that hung on. With any attribute set otherwise that is in neither Looked
// nor Line, the jar would have done the same.
type Report struct {
	Looked  Attributes // of cookies in the jar
	Line    Attributes // of the line itself
	Ended   bool       // the line had ended already: it deletes, and stores nothing
	Evicted int        // how many cookies were thrown out to make room

	Secure   bool // the line is Secure
	Hostable bool // so far as its other attributes, its length and the URL go, its name could begin with __Host-
}

// Attributes is a set of attributes of cookies.
type Attributes uint8

const (
	SecureAttribute Attributes = 1 << iota
	HTTPOnlyAttribute
	SameSiteAttribute
)

// off reports whether a test switched r off.
func (j *Jar) off(r rule) bool { return j.skip != 0 && j.skip&bit(r) != 0 }

// bit is the place of r in Jar.skip; pass has none.
func bit(r rule) uint64 { return 1 << (r - 1) }

// Set offers the jar one Set-Cookie line of a response from u, or what a
// script in the document u assigned to document.cookie (6265bis-22 5.7). The error
// is nil when the line was obeyed, and that includes a line that only deletes;
// otherwise a *Refusal.
func (j *Jar) Set(now time.Time, u *url.URL, line string, from Context) (Report, error) {
	j.report = Report{}
	if r := j.set(now, u, line, from); r != pass {
		return j.report, &refusals[r]
	}
	return j.report, nil
}

func (j *Jar) set(now time.Time, u *url.URL, text string, from Context) rule {
	v, ok := j.look(u, from)
	if !ok {
		return ruleScheme
	}
	l, r := j.parse(text)
	if r != pass {
		return r
	}
	j.report.Secure, j.report.Hostable = l.secure, j.hostable(l, &v)
	domain, hostOnly, r := j.domain(l.domain, v.host)
	if r != pass {
		return r
	}
	if r := j.prefixed(&l, v.host, v.secure); r != pass {
		return r
	}
	if l.name == "" && strings.Contains(l.value, "=") && j.Rules != Draft && !j.off(ruleNamelessEquals) {
		return ruleNamelessEquals
	}
	if r := j.permit(&l, &v, from); r != pass {
		return r
	}

	e := j.entry(&l, &v, now)
	e.Domain, e.HostOnly = domain, hostOnly
	j.expire(now)
	at, r := j.rival(e, &v)
	if r != pass {
		return r
	}
	if at >= 0 {
		// 6265bis-22 5.7 step 23.3 keeps the creation time of what is replaced.
		// Chromium does so only if the value stays the same.
		old := j.entries[at]
		if (old.Value == e.Value || j.Rules == Draft || j.off(ruleInheritSameValue)) && !j.off(ruleInherit) {
			e.Created, e.seq = old.Created, old.seq
		}
		j.entries = slices.Delete(j.entries, at, at+1)
	}
	j.report.Ended = !e.Expires.IsZero() && !now.Before(e.Expires) && !j.off(ruleExpire)
	if j.report.Ended {
		return pass
	}
	if e.seq == 0 {
		j.seq++
		e.seq = j.seq
	}
	j.insert(e)
	j.evict(e)
	return pass
}

// entry makes the cookie of a line, but for its domain (6265bis-22 5.7).
func (j *Jar) entry(l *line, v *view, now time.Time) *Entry {
	e := &Entry{
		Name: l.name, Value: l.value, Path: l.path,
		Secure: l.secure, HTTPOnly: l.httpOnly, SameSite: l.sameSite, Priority: l.priority,
		Created: now, Accessed: now, Expires: j.expiry(l, now), SetBy: v.host,
		secure: v.secure, port: v.port,
	}
	if v.script {
		e.SetBy += " script"
	}
	// 6265bis-22 5.6.4: a Path that does not start with / is none.
	if !strings.HasPrefix(e.Path, "/") {
		e.Path = "/"
		if !j.off(ruleDefaultPath) {
			e.Path = defaultPath(v.path)
		}
	}
	if l.partitioned {
		e.Partition, e.ancestor = v.partition()
	}
	return e
}

// rival returns the place of the cookie that e replaces, -1 if there is none, or
// the rule by which a cookie in the jar keeps e out (6265bis-22 5.7 steps 16 and 23).
func (j *Jar) rival(e *Entry, v *view) (at int, r rule) {
	at = -1
	for i, old := range j.entries {
		if old.Name != e.Name {
			continue
		}
		if !v.secure && (covers(old.Domain, e.Domain) || covers(e.Domain, old.Domain)) &&
			pathCovers(old.Path, e.Path) && samePartition(old, e) && !j.off(ruleLeaveSecure) {
			j.report.Looked |= SecureAttribute
			if old.Secure {
				return -1, ruleLeaveSecure
			}
		}
		if j.identical(old, e) {
			at = i
		}
	}
	if at >= 0 && v.script && !j.off(ruleHTTPOnlyReplace) {
		j.report.Looked |= HTTPOnlyAttribute
		if j.entries[at].HTTPOnly {
			return -1, ruleHTTPOnlyReplace
		}
	}
	return at, pass
}

// permit asks whether this request may set such a cookie at all (6265bis-22
// 5.7 steps 13 to 19).
func (j *Jar) permit(l *line, v *view, from Context) rule {
	// A top-level navigation may set what it likes; any other request and any
	// script only what its site would be sent.
	cross := v.reach == crossSite || v.reach < strictSite && j.off(ruleTopLevelSet)
	j.report.Line = v.decisive()
	if cross {
		j.report.Line |= SameSiteAttribute
	}
	switch {
	case l.partitioned && !(l.secure && v.secure) && !j.off(rulePartitionSecure):
		return rulePartitionSecure
	case l.secure && !v.secure && !j.off(ruleSecureOrigin):
		return ruleSecureOrigin
	case l.httpOnly && v.script && !j.off(ruleHTTPOnlyScript):
		return ruleHTTPOnlyScript
	case l.sameSite == None && !l.secure && !j.off(ruleNoneSecure):
		return ruleNoneSecure
	case cross && l.sameSite == Strict && !j.off(ruleSetStrict):
		return ruleSetStrict
	case cross && l.sameSite == Lax && !j.off(ruleSetLax):
		return ruleSetLax
	case cross && l.sameSite == Default && !j.off(ruleSetDefault):
		return ruleSetDefault
	}
	return pass
}

// identical reports whether two cookies cannot both be in the jar (6265bis-22
// 5.7 step 23). Chromium adds the partition, and tomorrow's the scheme and,
// for a host's own cookie, the port.
func (j *Jar) identical(a, b *Entry) bool {
	return a.Name == b.Name && a.Domain == b.Domain && a.Path == b.Path &&
		(a.HostOnly == b.HostOnly || j.off(ruleIdentityHostOnly)) &&
		(samePartition(a, b) || j.off(ruleIdentityPartition)) &&
		(j.Rules != Tomorrow || a.secure == b.secure && (a.port == b.port || !a.HostOnly))
}

func samePartition(a, b *Entry) bool { return a.Partition == b.Partition && a.ancestor == b.ancestor }

// insert puts e where its creation has it.
func (j *Jar) insert(e *Entry) {
	j.awaits(e)
	i := len(j.entries)
	for i > 0 && created(e, j.entries[i-1]) < 0 {
		i--
	}
	j.entries = slices.Insert(j.entries, i, e)
}

func created(a, b *Entry) int {
	if c := a.Created.Compare(b.Created); c != 0 {
		return c
	}
	return cmp.Compare(a.seq, b.seq)
}

// expire drops what has ended by now.
func (j *Jar) expire(now time.Time) {
	if j.soonest.IsZero() || now.Before(j.soonest) {
		return
	}
	j.soonest = time.Time{}
	for _, e := range j.entries {
		if !j.ended(e, now) {
			j.awaits(e)
		}
	}
	for i := range j.entries {
		if j.ended(j.entries[i], now) {
			j.entries = slices.DeleteFunc(j.entries, func(e *Entry) bool { return j.ended(e, now) })
			return
		}
	}
}

// awaits notes when e ends.
func (j *Jar) awaits(e *Entry) {
	if !e.Expires.IsZero() && (j.soonest.IsZero() || e.Expires.Before(j.soonest)) {
		j.soonest = e.Expires
	}
}

func (j *Jar) ended(e *Entry, now time.Time) bool {
	return !e.Expires.IsZero() && !now.Before(e.Expires) && !j.off(ruleExpire)
}

// All returns a copy of what is in the jar, in order of creation. What has
// expired since the last Set or Get is still in it.
func (j *Jar) All() []Entry {
	var out []Entry
	for _, e := range j.entries {
		out = append(out, *e)
	}
	return out
}

// Clone returns a jar that changes apart from j.
func (j *Jar) Clone() *Jar {
	c := *j
	c.entries = slices.Clone(j.entries)
	return &c
}

// Equal reports whether j and o have become the same: from now on both answer
// the same.
func (j *Jar) Equal(o *Jar) bool {
	return j.Rules == o.Rules && j.seq == o.seq && j.skip == o.skip &&
		slices.EqualFunc(j.entries, o.entries, func(a, b *Entry) bool { return a == b || *a == *b })
}
