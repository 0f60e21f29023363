package record

import (
	"slices"

	"fixlab/lab/audit"
)

// order puts commands copied from a browser in the order in which they were sent. With
// "Preserve log", Chrome keeps the newest page first: at each navigation it begins its list
// anew with the request for the page, and appends the ones before. What pages loaded after
// that follows at the end. So "Copy all as cURL" has logout before login. A page that was
// reached from the one before names it as Referer, which tells the direction; known is false
// where browsers' commands are several and none tells.
func order(items []item) (sorted []item, turned, known bool) {
	var pages, rest []item
	browser := false
	for _, x := range items {
		if x.kind != audit.CURL {
			return items, false, true
		}
		browser = browser || x.page || x.referer != ""
		if x.page {
			pages = append(pages, x)
		} else {
			rest = append(rest, x)
		}
	}
	if !browser || len(items) < 2 {
		return items, false, true
	}
	on, back := 0, 0
	for i, x := range pages {
		switch d := nearest(pages, i); {
		case x.referer == "":
		case d > 0:
			back++
		case d < 0:
			on++
		}
	}
	if back <= on {
		return items, false, on > back || len(pages) == 0
	}
	for end := len(pages); end > 0; {
		from := end - 1
		for from > 0 && pages[from].referer != "" && pages[from].referer == pages[from-1].referer {
			from-- // a redirect of the one before
		}
		sorted = append(sorted, pages[from:end]...)
		end = from
	}
	return merge(sorted, rest), true, true
}

// nearest returns how far from page i the nearest stands that it names as Referer, negative
// for one before it; 0 where there is none, or one as far on either side.
func nearest(pages []item, i int) int {
	for d := 1; d < len(pages); d++ {
		before := i-d >= 0 && pages[i-d].URL == pages[i].referer
		after := i+d < len(pages) && pages[i+d].URL == pages[i].referer
		switch {
		case before && after:
			return 0
		case before:
			return -d
		case after:
			return d
		}
	}
	return 0
}

// merge puts what pages loaded behind the page that it names as Referer, in the order of both.
func merge(pages, rest []item) []item {
	var out []item
	at := 0
	for _, x := range rest {
		if i := slices.IndexFunc(pages[at:], func(p item) bool { return p.URL == x.referer }); i >= 0 && (at == 0 || pages[at-1].URL != x.referer) {
			out, at = append(out, pages[at:at+i+1]...), at+i+1
		}
		out = append(out, x)
	}
	return append(out, pages[at:]...)
}
