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
	if j.coming.of != "" {
		j.notePage(j.coming)
		j.coming = pages{}
	}
	switch {
	case v.script:
		j.notePage(v.pages(v.secure))
	case from.TopLevel:
		j.coming = v.pages(v.secure)
	}
}

func (j *Jar) notePage(p pages) {
	if !slices.Contains(j.open, p) {
		j.open = append(j.open, p)
	}
}

// pages are the documents that have one process and so one view: those of a site
// and a scheme, in one jar.
type pages struct {
	of     string // the site, behind the partition's key if it is a third party
	secure bool
}

// pages names the documents of the view's site.
func (v *view) pages(secure bool) pages {
	of := site(v.host)
	if v.third {
		key, _ := v.partition()
		of = key + " " + of
	}
	return pages{of, secure}
}

// byScheme is one answer for the documents of each scheme.
type byScheme struct{ http, https bool }

// heard notes which documents there are to hear that e is HttpOnly.
func (j *Jar) heard(e *Entry, v *view) {
	if e.HTTPOnly && len(j.open) > 0 {
		e.known.http = slices.Contains(j.open, v.pages(false))
		e.known.https = slices.Contains(j.open, v.pages(true))
	}
}

// seen reports whether a document's scripts know of a cookie in the jar: not of
// an HttpOnly one of which they did not hear, nor of one that has ended.
func (j *Jar) seen(e *Entry, v *view, now time.Time) bool {
	known := e.known.http
	if v.secure {
		known = e.known.https
	}
	return (known || !e.HTTPOnly) && !j.ended(e, now)
}

// addStale keeps what a script tried to set and what only the jar refuses, for a
// cookie that the script does not know, HttpOnly or Secure, or because the jar is
// full: scripts see it, though no request carries it.
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
		if e.secure == v.secure && !j.ended(e, now) && j.withhold(e, v, now) == pass {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b *Entry) int { return cmp.Compare(a.shown, b.shown) })
	return out
}
