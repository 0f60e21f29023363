package world

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A view is what a tab shows, and what it showed before. Views are shared: nobody
// writes to one.
type view struct {
	page   event.Browser
	doc    *document
	asked  request // the last request that led here
	again  bool    // it may not be kept: going back asks for it again (RFC 9111 5.2.2.5)
	before *view
}

// remembers reports whether a step of s needs what a tab showed before.
func remembers(s *script.Scenario) bool {
	return slices.ContainsFunc(s.Steps, func(step script.Step) bool {
		return step.Verb == "back" || step.Verb == "reload" || step.Verb == "tab"
	})
}

// turns a page over: what b shows now is what it showed before, from now on.
func (w *World) turnOver(b *browser) {
	if b.page.URL != "" && w.remembers {
		v := b.view
		b.before = &v
	}
}

// back goes back to the page before. One that may be kept is shown as it was left,
// which is what browsers do (HTML 7.4.6.1, "bfcache"); this lab keeps every such page.
func (w *World) back(b *browser, _ []string) error {
	v := b.before
	if v == nil {
		w.did(b.name, func() string { return "has no page to go back to" })
		return nil
	}
	if !v.again {
		w.did(b.name, func() string { return "goes back to " + v.page.URL + ", as it was left" })
		b.view = *v
		return nil
	}
	if v.asked.method == http.MethodPost {
		w.did(b.name, func() string {
			return "goes back to " + v.page.URL + ", which came of a form and may not be kept: nothing is sent before she says so by reloading"
		})
		b.view = *v
		b.doc, b.page.Page = nil, []event.Block{{Tag: "h1", Text: "Send the form again?"}, {Tag: "p", Text: "This page came of a form. To see it, load it again: the form is then sent again."}}
		return nil
	}
	w.did(b.name, func() string { return "goes back to " + v.page.URL + ", which may not be kept: it is asked for again" })
	return w.loadAgain(b, *v)
}

// reload asks for the page again. Who started the request that led to it has started
// this one too (6265bis-22 8.8.5, as Chromium does).
func (w *World) reload(b *browser, _ []string) error {
	if b.page.URL == "" {
		w.did(b.name, func() string { return "has no page to load again" })
		return nil
	}
	w.did(b.name, func() string {
		if b.asked.method == http.MethodPost {
			return "loads " + b.page.URL + " again, and says yes to sending the form again"
		}
		return "loads " + b.page.URL + " again"
	})
	return w.loadAgain(b, b.view)
}

// loadAgain has b ask again for what v shows, in its place.
func (w *World) loadAgain(b *browser, v view) error {
	was := b.view
	b.view = v
	b.before = nil // navigate turns no page over
	w.remembers = false
	err := w.navigate(b, v.asked)
	w.remembers = true
	if b.before = v.before; b.page.URL == "" {
		b.view = was
	}
	return err
}

// tab opens a new tab, or goes to one that is open. All of them have the browser's one
// jar.
func (w *World) tab(b *browser, args []string) error {
	n := len(b.tabs) + 1
	if len(b.tabs) == 0 {
		n = 2
	}
	if len(args) > 0 {
		n, _ = strconv.Atoi(args[0]) // script.Parse lets through no other
	}
	all := slices.Clone(b.tabs) // checkpoints share it
	if len(all) == 0 {
		all = []view{{}}
	}
	switch {
	case n > len(all)+1 || len(args) > 0 && n > len(all):
		return fmt.Errorf("%s has no tab %d", b.name, n)
	case n > script.MostTabs:
		return fmt.Errorf("a browser has %d tabs at most", script.MostTabs)
	case n == len(all)+1:
		all = append(all, view{})
	}
	all[b.tab] = b.view
	b.tabs, b.tab, b.view = all, n-1, all[n-1]
	w.did(b.name, func() string { return "goes to tab " + strconv.Itoa(n) })
	return nil
}

// seen returns the browser as somebody sees it, whose cookies were those when it was seen
// last.
func (b *browser) seen(was []cookie.Entry) event.Browser {
	page := b.page
	page.Name, page.Jar, page.Back = b.name, b.jar.AllAs(was), b.before != nil
	for i, v := range b.tabs {
		if i == b.tab {
			v = b.view
		}
		page.Tabs = append(page.Tabs, v.page.Title())
	}
	page.Tab = b.tab
	return page
}
