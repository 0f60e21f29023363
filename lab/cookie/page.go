package cookie

import (
	"cmp"
	"slices"
	"time"
)

// The functions of this file are Firefox's stalePage, all observed in Firefox
// 153: a content process has its own copy of a site's cookies, without HttpOnly
// ones. It hears of what is set while it has a document of the site, and so of
// HttpOnly too; not of what a first visit's response set.

// noteDocuments notes of which sites there are documents: of a script's, and of
// the last top-level request's once something else happens.
func (j *Jar) noteDocuments(v *view, from Context) {
	if !j.has(stalePage) {
		return
	}
	if j.coming != "" {
		j.noteDocument(j.coming)
		j.coming = ""
	}
	switch {
	case v.script:
		j.noteDocument(v.jarKey())
	case from.TopLevel:
		j.coming = v.jarKey()
	}
}

func (j *Jar) noteDocument(jar string) {
	if !slices.Contains(j.pages, jar) {
		j.pages = append(j.pages, jar)
	}
}

// jarKey names the jar of a site that this request is for.
func (v *view) jarKey() string {
	if !v.third {
		return site(v.host)
	}
	key, _ := v.partition()
	return key + " " + site(v.host)
}

// addStale keeps what a script tried to set over an HttpOnly cookie that it does
// not know: scripts see it, though no request carries it.
func (j *Jar) addStale(e *Entry, now time.Time) {
	if j.has(stalePage) {
		if j.dropStale(e); !j.ended(e, now) {
			j.seq++
			e.seq, e.shown = j.seq, j.seq
			j.stale = append(j.stale, e)
		}
	}
}

// dropStale drops what scripts see in place of e.
func (j *Jar) dropStale(e *Entry) {
	if len(j.stale) > 0 {
		j.stale = slices.DeleteFunc(slices.Clone(j.stale), func(o *Entry) bool { return j.identical(o, e) })
	}
}

// page returns what a script sees in place of out: what it assigned counts as
// new, and what was refused because of HttpOnly is there.
func (j *Jar) page(out []*Entry, v *view, now time.Time) []*Entry {
	for _, e := range j.stale {
		if !j.ended(e, now) && j.withhold(e, v, now) == pass {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b *Entry) int { return cmp.Compare(a.shown, b.shown) })
	return out
}
