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
	stale   []*Entry // what scripts see in place of HttpOnly cookies, see addStale
	open    []pages  // of which there have been documents, see noteDocuments
	coming  pages    // of which the last request asks for one
	skip    uint64   // rules that a test switched off, one bit each
	lacks   trait    // traits that a test took away
	report  Report   // of the call that is being answered

	asked, answer string // the last host whose site was asked for, and that
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
		return j.report, j.refusal(r)
	}
	return j.report, nil
}

func (j *Jar) set(now time.Time, u *url.URL, text string, from Context) rule {
	v, ok := j.look(u, from)
	if !ok {
		return ruleScheme
	}
	if v.script {
		j.noteDocuments(&v, from)
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
	if r := j.prefixed(&l, &v, v.secure); r != pass {
		return r
	}
	if l.name == "" && strings.Contains(l.value, "=") && j.has(noHiddenPair) && !j.off(ruleNamelessEquals) {
		return ruleNamelessEquals
	}
	if r := j.permit(&l, &v, from); r != pass {
		return r
	}

	e := j.entry(&l, &v, now)
	e.Domain, e.HostOnly = domain, hostOnly
	j.expire(now)
	at, r := j.rival(e, &v, now)
	if r != pass {
		return r
	}
	j.dropStale(e)
	j.heard(e, &v)
	if at >= 0 {
		// 6265bis-22 5.7 step 23.3 keeps the creation time of what is replaced.
		// Chromium does so only if the value stays the same, and Firefox only if
		// it has not ended.
		old := j.entries[at]
		if (old.Value == e.Value || j.has(keepsAge)) && !j.ended(old, now) && !j.off(ruleInherit) {
			e.Created, e.seq = old.Created, old.seq
		}
		j.entries = slices.Delete(j.entries, at, at+1)
	}
	j.report.Ended = !e.Expires.IsZero() && !now.Before(e.Expires) && !j.off(ruleExpire)
	if j.report.Ended {
		return pass
	}
	if at < 0 && j.has(ownJars) && !j.off(ruleEvict) && !j.geckoRoom(e, now) && !j.off(ruleFull) {
		if v.script {
			j.addStale(e, now)
		}
		return ruleFull
	}
	if e.seq == 0 {
		j.seq++
		e.seq = j.seq
	}
	if e.shown = e.seq; v.script && j.has(stalePage) {
		j.seq++
		e.shown = j.seq
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
	if e.Path = pathFor(l, v); j.off(ruleDefaultPath) && e.Path != l.path {
		e.Path = "/"
	}
	if l.partitioned || v.third {
		e.Partition, e.ancestor = v.partition()
	}
	return e
}

// pathFor returns the path of a line's cookie: a Path that does not start with /
// is none (6265bis-22 5.6.4).
func pathFor(l *line, v *view) string {
	if strings.HasPrefix(l.path, "/") {
		return l.path
	}
	return defaultPath(v.path)
}

// rival returns the place of the cookie that e replaces, -1 if there is none, or
// the rule by which a cookie in the jar keeps e out (6265bis-22 5.7 steps 16 and 23).
func (j *Jar) rival(e *Entry, v *view, now time.Time) (place int, r rule) {
	at, seen := -1, false
	for i, old := range j.entries {
		if old.Name != e.Name {
			continue
		}
		if !v.secure && j.near(old, e) &&
			pathCovers(old.Path, e.Path) && samePartition(old, e) && !j.off(ruleLeaveSecure) {
			j.report.Looked |= SecureAttribute
			if old.Secure {
				r, seen = ruleLeaveSecure, seen || j.identical(old, e) && j.seen(old, v, now)
			}
		}
		if j.identical(old, e) {
			at = i
		}
	}
	if at >= 0 && v.script && r == pass && !j.off(ruleHTTPOnlyReplace) {
		j.report.Looked |= HTTPOnlyAttribute
		if old := j.entries[at]; old.HTTPOnly && !j.ended(old, now) {
			r, seen = ruleHTTPOnlyReplace, j.seen(old, v, now)
		}
	}
	if r == pass {
		return at, pass
	}
	if v.script && !seen {
		j.addStale(e, now)
	}
	return -1, r
}

// near reports whether a cookie and one beside it that http sets go to a host in
// common. By Firefox a host's own cookie does not reach below it.
func (j *Jar) near(a, b *Entry) bool {
	return j.spans(a.Domain, b.Domain) && !(a.HostOnly && a.Domain != b.Domain && j.has(parentsOnly)) ||
		j.spans(b.Domain, a.Domain) && !(b.HostOnly && a.Domain != b.Domain && j.has(parentsOnly))
}

// permit asks whether this request may set such a cookie at all (6265bis-22
// 5.7 steps 13 to 19).
func (j *Jar) permit(l *line, v *view, from Context) rule {
	// A top-level navigation may set what it likes; any other request and any
	// script only what its site would be sent.
	cross := v.offers == crossSite || v.offers < strictSite && j.off(ruleTopLevelSet)
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
	case l.sameSite == None && !l.secure && j.has(noneSecure) && !j.off(ruleNoneSecure):
		return ruleNoneSecure
	case cross && l.sameSite == Strict && !j.off(ruleSetStrict):
		return ruleSetStrict
	case cross && l.sameSite == Lax && !j.off(ruleSetLax):
		return ruleSetLax
	case cross && l.sameSite == Default && j.has(laxDefault) && !j.off(ruleSetDefault):
		return ruleSetDefault
	}
	return pass
}

// identical reports whether two cookies cannot both be in the jar (6265bis-22
// 5.7 step 23). Browsers add the partition, and tomorrow's Chromium the scheme
// and, for a host's own cookie, the port.
func (j *Jar) identical(a, b *Entry) bool {
	return a.Name == b.Name && a.Domain == b.Domain && a.Path == b.Path &&
		(a.HostOnly == b.HostOnly || j.off(ruleIdentityHostOnly)) &&
		(samePartition(a, b) || j.off(ruleIdentityPartition)) &&
		(!j.has(bindsOrigin) || a.secure == b.secure && (a.port == b.port || !a.HostOnly))
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
	if j.soonest.IsZero() || now.Before(j.soonest) || j.has(unswept) {
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

// AllAs is All: the very list was, when it says the same.
func (j *Jar) AllAs(was []Entry) []Entry {
	if len(was) != len(j.entries) || len(was) == 0 {
		return j.All()
	}
	for i, e := range j.entries {
		if *e != was[i] {
			return j.All()
		}
	}
	return was
}

// Delete takes out the cookies that are meant, as a person does in the browser's tools,
// and returns them in order of creation.
func (j *Jar) Delete(meant func(*Entry) bool) (gone []*Entry) {
	left := make([]*Entry, 0, len(j.entries)) // clones share the old one
	for _, e := range j.entries {
		if meant(e) {
			gone = append(gone, e)
		} else {
			left = append(left, e)
		}
	}
	j.entries = left
	j.stale = slices.DeleteFunc(slices.Clone(j.stale), meant)
	return gone
}

// Clone returns a jar that changes apart from j.
func (j *Jar) Clone() *Jar {
	c := *j
	c.entries, c.stale, c.open = slices.Clone(j.entries), slices.Clone(j.stale), slices.Clone(j.open)
	return &c
}

// Equal reports whether j and o have become the same: from now on both answer
// the same.
func (j *Jar) Equal(o *Jar) bool {
	return j.Rules == o.Rules && j.seq == o.seq && j.skip == o.skip &&
		slices.EqualFunc(j.entries, o.entries, alike) && slices.EqualFunc(j.stale, o.stale, alike) &&
		j.coming == o.coming && slices.Equal(j.open, o.open)
}

func alike(a, b *Entry) bool { return a == b || *a == *b }
