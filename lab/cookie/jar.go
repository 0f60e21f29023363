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

	Evicted int  // how many cookies were thrown out to make room, ever
	Ended   bool // the last line that was obeyed had ended already: it deletes, and stores nothing

	// Looked are the attributes of stored cookies on which something hung so
	// far: with any other one set otherwise, the jar would have kept and sent the
	// same cookies. The jar only ever adds to it. LookedAt is the same for the
	// attributes of the line that Set was last given.
	Looked, LookedAt Attributes

	entries []*Entry  // in order of creation; clones share them: nobody writes to one
	soonest time.Time // no entry ends before; zero: none ends at all
	seq     uint64
	skip    uint64 // rules that a test switched off, one bit each
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
// script in the document u assigned to document.cookie (6265bis-22 5.7). It
// returns nil when the line was obeyed, and that includes a line that only
// deletes; otherwise a *Refusal.
func (j *Jar) Set(now time.Time, u *url.URL, line string, from Context) error {
	if r := j.set(now, u, line, from); r != pass {
		return &refusals[r]
	}
	return nil
}

func (j *Jar) set(now time.Time, u *url.URL, text string, from Context) rule {
	j.LookedAt = 0
	v, ok := j.look(u, from)
	if !ok {
		return ruleScheme
	}
	l, r := j.parse(text)
	if r != pass {
		return r
	}
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

	e := &Entry{
		Name: l.name, Value: l.value, Domain: domain, HostOnly: hostOnly, Path: l.path,
		Secure: l.secure, HTTPOnly: l.httpOnly, SameSite: l.sameSite, Priority: l.priority,
		Created: now, Accessed: now, Expires: j.expiry(&l, now), SetBy: v.host,
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

	j.expire(now)
	at := -1
	for i := range j.entries {
		old := j.entries[i]
		if old.Name != e.Name {
			continue
		}
		if !v.secure && (covers(old.Domain, domain) || covers(domain, old.Domain)) &&
			pathCovers(old.Path, e.Path) && samePartition(old, e) && !j.off(ruleLeaveSecure) {
			j.Looked |= SecureAttribute
			if old.Secure {
				return ruleLeaveSecure
			}
		}
		if j.identical(old, e) {
			at = i
		}
	}
	if at >= 0 {
		if v.script && !j.off(ruleHTTPOnlyReplace) {
			j.Looked |= HTTPOnlyAttribute
			if j.entries[at].HTTPOnly {
				return ruleHTTPOnlyReplace
			}
		}
		// 6265bis-22 5.7 step 23.3 keeps the creation time of what is replaced.
		// Chromium does so only if the value stays the same.
		old := j.entries[at]
		if (old.Value == e.Value || j.Rules == Draft || j.off(ruleInheritSameValue)) && !j.off(ruleInherit) {
			e.Created, e.seq = old.Created, old.seq
		}
		j.entries = slices.Delete(j.entries, at, at+1)
	}
	j.Ended = !e.Expires.IsZero() && !now.Before(e.Expires) && !j.off(ruleExpire)
	if j.Ended {
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

// permit asks whether this request may set such a cookie at all (6265bis-22
// 5.7 steps 13 to 19).
func (j *Jar) permit(l *line, v *view, from Context) rule {
	// A top-level navigation may set what it likes; any other request and any
	// script only what its site would be sent.
	cross := v.reach == crossSite || v.reach < strictSite && j.off(ruleTopLevelSet)
	j.LookedAt = v.decisive()
	if cross {
		j.LookedAt |= SameSiteAttribute
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

// Get returns the cookies that a request to u carries, or that a script in the
// document u reads, in the order they are sent: the longer path first, then
// the older (6265bis-22 5.8.3). It counts as an access. nil when there are none.
// The entries are the jar's own: do not write to them, nor keep them.
func (j *Jar) Get(now time.Time, u *url.URL, from Context) []*Entry {
	j.expire(now)
	v, ok := j.look(u, from)
	if !ok {
		return nil
	}
	var out []*Entry
	for i, e := range j.entries {
		if j.withhold(e, &v, now) != pass {
			continue
		}
		if out == nil {
			out = make([]*Entry, 0, len(j.entries)-i)
		}
		out = append(out, j.access(i, now))
	}
	j.sort(out)
	return out
}

// sort puts cookies that are in order of creation into the order they are sent.
func (j *Jar) sort(es []*Entry) {
	if j.off(ruleOrderCreated) {
		slices.Reverse(es)
	}
	if j.off(ruleOrderPath) {
		return
	}
	for i := 1; i < len(es); i++ {
		for k := i; k > 0 && len(es[k].Path) > len(es[k-1].Path); k-- {
			es[k], es[k-1] = es[k-1], es[k]
		}
	}
}

// Withheld returns the cookies in the jar that such a request does not carry,
// each with the rule that holds it back, in order of creation. It is not an
// access.
func (j *Jar) Withheld(now time.Time, u *url.URL, from Context) []Withheld {
	j.expire(now)
	v, ok := j.look(u, from)
	if !ok {
		return nil
	}
	var out []Withheld
	for i := range j.entries {
		if r := j.withhold(j.entries[i], &v, now); r != pass {
			out = append(out, Withheld{*j.entries[i], refusals[r]})
		}
	}
	return out
}

// withhold returns the rule that keeps e out of a request, pass if none does
// (6265bis-22 5.8.3 step 3).
func (j *Jar) withhold(e *Entry, v *view, now time.Time) rule {
	// Chromium does not even look into another partition.
	switch {
	case e.Partition != "" && !v.inPartition(e) && !j.off(ruleSendPartition):
		return ruleSendPartition
	case !(e.Domain == v.host || !e.HostOnly && covers(e.Domain, v.host)) && !j.off(ruleSendDomain):
		return ruleSendDomain
	case !pathCovers(e.Path, v.path) && !j.off(ruleSendPath):
		return ruleSendPath
	}
	if r := j.unfit(e, v, now); r != pass {
		return r
	}
	if j.Rules == Tomorrow && !e.HostOnly && j.shadows(e, v, now) && !j.off(ruleSendShadow) {
		return ruleSendShadow
	}
	return pass
}

// decisive returns the attributes that decide because a request is not over
// https, or not a request.
func (v *view) decisive() (a Attributes) {
	if !v.secure {
		a |= SecureAttribute
	}
	if v.script {
		a |= HTTPOnlyAttribute
	}
	return a
}

// unfit is withhold without the questions of partition, domain, path and shadow.
func (j *Jar) unfit(e *Entry, v *view, now time.Time) rule {
	j.Looked |= v.decisive()
	if v.reach != strictSite {
		j.Looked |= SameSiteAttribute
	}
	switch {
	case e.Secure && !v.secure && !j.off(ruleSendSecure):
		return ruleSendSecure
	case e.HTTPOnly && v.script && !j.off(ruleSendHTTPOnly):
		return ruleSendHTTPOnly
	case j.Rules == Tomorrow && e.secure != v.secure && !j.off(ruleSendScheme):
		return ruleSendScheme
	case j.Rules == Tomorrow && e.HostOnly && e.port != v.port && !j.off(ruleSendPort):
		return ruleSendPort
	case v.reach == strictSite:
		return pass
	}
	switch e.SameSite {
	case Strict:
		if !j.off(ruleSendStrict) {
			return ruleSendStrict
		}
	case Lax:
		if v.reach < lax && !j.off(ruleSendLax) {
			return ruleSendLax
		}
	case Default:
		if v.reach < lax && !(v.reach == laxUnsafe && j.fresh(e, now)) && !j.off(ruleSendDefault) {
			return ruleSendDefault
		}
	}
	return pass
}

// fresh reports whether a cookie without SameSite is young enough to go with
// a cross-site POST (6265bis-22 5.6.7.2).
func (j *Jar) fresh(e *Entry, now time.Time) bool {
	return !j.off(ruleLaxPost) && (now.Sub(e.Created) <= 2*time.Minute || j.off(ruleLaxPostWindow))
}

// shadows reports whether the Domain cookie e has the name of a cookie of the
// very host, be that on another path, which it then may not stand beside.
func (j *Jar) shadows(e *Entry, v *view, now time.Time) bool {
	return slices.ContainsFunc(j.entries, func(o *Entry) bool {
		return o.HostOnly && o.Name == e.Name && o.Domain == v.host && samePartition(o, e) && j.unfit(o, v, now) == pass
	})
}

// access moves the time of last use, on which eviction looks, and returns the
// entry. Chromium moves it at most once a minute, to spare its database.
func (j *Jar) access(i int, now time.Time) *Entry {
	e := j.entries[i]
	if j.off(ruleAccessed) || j.Rules != Draft && now.Sub(e.Accessed) < time.Minute && !j.off(ruleAccessedMinute) || e.Accessed.Equal(now) {
		return e
	}
	used := *e
	used.Accessed = now
	j.entries[i] = &used
	return &used
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

// Len returns how many cookies the jar holds.
func (j *Jar) Len() int { return len(j.entries) }

// Clone returns a jar that changes apart from j.
func (j *Jar) Clone() *Jar {
	c := *j
	c.entries = slices.Clone(j.entries)
	return &c
}

// Equal reports whether j and o have become the same: from now on both answer
// the same.
func (j *Jar) Equal(o *Jar) bool {
	return j.Rules == o.Rules && j.Evicted == o.Evicted && j.Looked == o.Looked && j.seq == o.seq && j.skip == o.skip &&
		slices.EqualFunc(j.entries, o.entries, func(a, b *Entry) bool { return a == b || *a == *b })
}
