package cookie

import (
	"net/url"
	"slices"
	"time"
)

// Get returns the cookies that a request to u carries, or that a script in the
// document u reads, in the order they are sent: the longer path first, then
// the older (6265bis-22 5.8.3). It counts as an access. nil when there are none.
// The entries are the jar's own: do not write to them, nor keep them. With any
// attribute of a cookie set otherwise that is not among looked, they would have
// been the same.
func (j *Jar) Get(now time.Time, u *url.URL, from Context) (out []*Entry, looked Attributes) {
	j.expire(now)
	v, ok := j.look(u, from)
	if !ok {
		return nil, 0
	}
	j.report = Report{}
	j.noteDocuments(&v, from)
	for i, e := range j.entries {
		if j.ended(e, now) || j.withhold(e, &v, now) != pass {
			continue
		}
		if out == nil {
			out = make([]*Entry, 0, len(j.entries)-i)
		}
		out = append(out, j.access(i, now))
	}
	if v.script && j.has(stalePage) {
		out = j.page(out, &v, now)
	}
	j.sort(out)
	return out, j.report.Looked
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
		if r := j.withhold(j.entries[i], &v, now); r != pass && !j.ended(j.entries[i], now) {
			out = append(out, Withheld{*j.entries[i], *j.refusal(r)})
		}
	}
	return out
}

// withhold returns the rule that keeps e out of a request, pass if none does
// (6265bis-22 5.8.3 step 3).
func (j *Jar) withhold(e *Entry, v *view, now time.Time) rule {
	// Browsers do not even look into another partition.
	switch {
	case v.third && e.Partition == "" && !j.off(ruleSendThird):
		return ruleSendThird
	case e.Partition != "" && !v.inPartition(e) && !j.off(ruleSendPartition):
		return ruleSendPartition
	case !(e.Domain == v.host || !e.HostOnly && j.spans(e.Domain, v.host)) && !j.off(ruleSendDomain):
		return ruleSendDomain
	case !pathCovers(e.Path, v.path) && !j.off(ruleSendPath):
		return ruleSendPath
	}
	if r := j.unfit(e, v, now); r != pass {
		return r
	}
	if j.has(bindsOrigin) && !e.HostOnly && j.shadows(e, v, now) && !j.off(ruleSendShadow) {
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
	j.report.Looked |= v.decisive()
	if v.reach != strictSite {
		j.report.Looked |= SameSiteAttribute
	}
	switch {
	case e.Secure && !v.secure && !j.off(ruleSendSecure):
		return ruleSendSecure
	case e.HTTPOnly && v.script && !j.off(ruleSendHTTPOnly):
		return ruleSendHTTPOnly
	case j.has(bindsOrigin) && e.secure != v.secure && !j.off(ruleSendScheme):
		return ruleSendScheme
	case j.has(bindsOrigin) && e.HostOnly && e.port != v.port && !j.off(ruleSendPort):
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
		if v.reach < lax && j.has(laxDefault) && !(v.reach == laxUnsafe && j.fresh(e, now)) && !j.off(ruleSendDefault) {
			return ruleSendDefault
		}
	}
	return pass
}

// fresh reports whether a cookie without SameSite is young enough to go with
// a cross-site POST (6265bis-22 5.6.7.2).
func (j *Jar) fresh(e *Entry, now time.Time) bool {
	return now.Sub(e.Created) <= 2*time.Minute || j.off(ruleLaxPostWindow)
}

// shadows reports whether the Domain cookie e has the name of a cookie of the
// very host, be that on another path, which it then may not stand beside.
func (j *Jar) shadows(e *Entry, v *view, now time.Time) bool {
	return slices.ContainsFunc(j.entries, func(o *Entry) bool {
		return o.HostOnly && o.Name == e.Name && o.Domain == v.host && samePartition(o, e) && j.unfit(o, v, now) == pass
	})
}

// access moves the time of last use, on which eviction looks, and returns the
// entry. Browsers move it at most once a minute, to spare their databases.
func (j *Jar) access(i int, now time.Time) *Entry {
	e := j.entries[i]
	if j.off(ruleAccessed) || now.Sub(e.Accessed) < time.Minute && j.has(minuteUse) || e.Accessed.Equal(now) {
		return e
	}
	used := *e
	used.Accessed = now
	j.entries[i] = &used
	return &used
}
