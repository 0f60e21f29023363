package world

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A browser is one person's: its jar, what it knows of hosts that want https,
// and the page it shows.
type browser struct {
	name    string
	jar     cookie.Jar
	hsts    cookie.HSTS
	met     bool   // the shop has answered it over https
	view           // the tab that is looked at
	tabs    []view // all of them, but for what is looked at; nil while there is one
	tab     int    // which is looked at
	address string // from which the network sees it
	agent   string // User-Agent
	device  string // the key of the machine, for servers that bind sessions to it
}

func newBrowser(name string, rules cookie.Rules) browser {
	b := browser{name: name, address: "203.0.113.66:50001", agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0", device: "device-key-of-mallory"}
	if name == "alice" {
		b.address, b.agent, b.device = "198.51.100.20:50002", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0", "device-key-of-alice"
	}
	b.jar.Rules = rules
	return b
}

// visit is a typed navigation.
func (w *World) visit(b *browser, text string) error {
	u, err := w.memo.address(text)
	if err != nil {
		return err
	}
	return w.navigate(b, request{method: "GET", url: u, by: w.wrote[0], query: w.wrote[0], from: cookie.Context{TopLevel: true}})
}

// post submits a form that stands on a page of the same host.
func (w *World) post(b *browser, text string, fields []string) error {
	u, err := w.memo.address(text)
	if err != nil {
		return err
	}
	return w.navigate(b, request{method: "POST", url: u, form: w.typedFields(fields), query: w.wrote[0], from: cookie.Context{TopLevel: true, Initiator: u.Scheme + "://" + u.Host}})
}

// click follows the link with that text on the page that b shows.
func (w *World) click(b *browser, text string) error {
	if b.doc == nil {
		return fmt.Errorf("%s sees no page yet", b.name)
	}
	i := b.doc.link(text, w.second)
	if i < 0 {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "finds no link " + text + " on the page"})
		return nil
	}
	by, target := b.doc.links[i].by, b.doc.links[i].target
	if w.follow(b, b.doc, b.doc.policy, "the javascript: URL", b.doc.links[i].href) {
		return nil
	}
	if strings.HasPrefix(strings.TrimSpace(b.doc.links[i].href), "#") { // HTML 7.4.2.3.3
		w.did(b.name, func() string { return "clicks " + text + ", which leads to a place on the same page" })
		return nil
	}
	u := w.memo.resolve(b.doc, b.doc.links[i].href)
	if u == nil {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "clicks " + text + ", which leads nowhere"})
		return nil
	}
	return w.goTo(b, target, request{method: "GET", url: u, by: by, query: by, from: cookie.Context{TopLevel: true, Initiator: b.doc.origin()}})
}

// goTo sends r for the whole window, or for the frame of b's page with the name
// target.
func (w *World) goTo(b *browser, target string, r request) error {
	for i := range b.doc.loads {
		if l := &b.doc.loads[i]; l.tag == "iframe" && l.name == target && target != "" {
			r.from.TopLevel, r.from.Top, r.loads, r.secure = false, b.doc.topOrigin(), "iframe", b.doc.url.Scheme == "https"
			err := w.loadFrame(b, b.doc.within(l), r, 1)
			if isLimit(err) {
				return err
			}
			w.report(b, err)
			return nil
		}
	}
	return w.navigate(b, r)
}

// submit submits the page's form with these fields filled in, by one of its buttons or by
// Enter: in the whole window, or in the frame that the form names as its target.
func (w *World) submit(b *browser, given []string) error {
	if b.doc == nil {
		return fmt.Errorf("%s sees no page yet", b.name)
	}
	if len(b.doc.forms) == 0 {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "finds no form on the page"})
		return nil
	}
	if b.doc.still {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "does not submit the form: a sandbox forbids it"})
		return nil
	}
	n, given := script.Nth(given)
	if n > len(b.doc.forms) {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: fmt.Sprintf("finds no form %d on the page", n)})
		return nil
	}
	f := b.doc.forms[n-1]
	if f.method == "DIALOG" {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "submits a form with the method dialog, which sends nothing"})
		return nil
	}
	if w.follow(b, b.doc, b.doc.policy, "the javascript: URL of a form", f.action) {
		return nil
	}
	filled := b.doc.filling(&f)
	if lacks, err := w.fill(filled, given); err != nil {
		return fmt.Errorf("%s %w", b.name, err)
	} else if lacks != "" {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: lacks})
		return nil
	}
	fields := filled.entries(true)
	u := w.memo.resolve(b.doc, cmp.Or(f.action, b.doc.url.String()))
	if u == nil {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "submits a form that leads nowhere"})
		return nil
	}
	r := request{method: "POST", url: u, form: fields, by: f.by, query: f.by, from: cookie.Context{TopLevel: true, Initiator: b.doc.origin()},
		loads: "form", secure: b.doc.url.Scheme == "https", referrer: b.doc.referrer}
	if f.method != "POST" {
		get := *u
		get.RawQuery = event.Encode(fields)
		get.ForceQuery = true
		r.method, r.url, r.asked = "GET", &get, fields
		r.form = nil
	}
	if !w.may(b, b.doc, b.doc.policy, "form-action", r.url, false) {
		return nil
	}
	if page := b.doc; page.policy != "" && b.jar.Rules != cookie.Firefox { // which does not ask again where a redirect leads, as observed
		r.may = func(next *url.URL) bool { return w.may(b, page, page.policy, "form-action", next, true) }
	}
	return w.goTo(b, f.target, r)
}

// navigate loads a page into b's window and runs what is in it. A page that
// does not answer is an error page; a host that nobody ever set up is an error.
func (w *World) navigate(b *browser, r request) error {
	asked := r.url
	if w.net[asked.Hostname()] == nil && w.served[w.memo.page(asked)] == nil && r.from.Initiator == "" {
		return fmt.Errorf("no such host %q", asked.Hostname())
	}
	a, err := w.send(b, r)
	if isLimit(err) {
		return err
	}
	if err == errBlocked {
		return nil // she goes back
	}
	if err != nil {
		w.report(b, err)
		w.turnOver(b)
		b.asked, b.again = w.sent, true
		b.doc, b.page = nil, event.Browser{URL: asked.String(), Page: []event.Block{{Tag: "h1", Text: "This page does not answer"}, {Tag: "p", Text: "Nobody is there, or the way is blocked."}}}
		return nil
	}
	switch a.status {
	case http.StatusNoContent, http.StatusResetContent, http.StatusNotModified: // as observed in Chromium 156
		w.log(&event.Event{Who: b.name, Kind: event.Did, Text: "stays on the page: the answer has no content"})
		return nil
	}
	w.turnOver(b)
	b.asked, b.again = a.asked, a.unkept
	b.doc = w.memo.document(&a, place{})
	w.show(b, b.doc)
	b.page = event.Browser{URL: a.url.String(), Status: a.status, Page: b.doc.blocks}
	w.run(b, b.doc, 0)
	if err := w.full(); err != nil {
		return err
	}
	if next, ok := w.refresh(b, b.doc, r); ok {
		return w.navigate(b, next)
	}
	return nil
}

// typedFields are the last arguments of a step as fields. One without an equals sign
// goes on with the value before it, after a blank.
func (w *World) typedFields(args []string) []event.Field {
	from := len(w.wrote) - len(args)
	all := make([]event.Field, 0, len(args))
	for i, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok && len(all) > 0 {
			all[len(all)-1].Value += " " + arg
			continue
		}
		all = append(all, event.Field{Name: name, Value: value, By: w.wrote[from+i]})
	}
	return all
}

// noteField reads a field of a form on the page that b shows.
func (w *World) noteField(b *browser, name, wanted string) error {
	value := ""
	if b.doc != nil {
		for _, f := range b.doc.forms {
			for _, x := range b.doc.filling(&f).entries(false) {
				if x.Name == wanted && value == "" {
					value = x.Value
				}
			}
		}
	}
	w.Vars[name], w.owner[name] = value, w.person
	if value == "" {
		w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Prepared, Text: "finds nothing in a field " + wanted})
		return nil
	}
	w.log(&event.Event{Who: b.name, Kind: event.Did, Act: event.Prepared, Text: "reads the field " + wanted + ": " + value, Value: value})
	if w.person == event.Mallory {
		w.learn(value, "it stood in a form that the server gave her")
	}
	return nil
}

// shopFront is the shop's front page.
var shopFront = &url.URL{Scheme: "https", Host: event.ShopHost, Path: "/"}
