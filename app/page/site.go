package page

import (
	"slices"
	"strings"
	"sync"

	"fixlab/app/text"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A Site is what Mallory is about to publish on a page of hers.
type Site struct {
	Open    bool // it stands in the place of the page that her browser shows
	URL     string
	Headers string // a line each
	HTML    string
	Preview []string // what Alice's browser would do with it, sentence by sentence; nil before it is asked for
}

type (
	// OpenSite shows Mallory's own site in her window, or her browser again.
	OpenSite bool
	// A SiteField is what stands in a field of her site: "url", "headers" or "html".
	SiteField struct{ Name, Text string }
	// A Template fills them in, by its index.
	Template int
	// Publish puts it there.
	Publish struct{ URL, Headers, HTML string }
	// A Preview asks what Alice's browser would do with it.
	Preview struct{ URL, Headers, HTML string }
)

func (o OpenSite) hand(m Model) Model {
	m.Hand.Site.Open = bool(o)
	if m.Hand.Site.URL == "" {
		m.Hand.Site.URL = "https://" + event.BlogHost + "/"
	}
	return m
}

func (f SiteField) hand(m Model) Model {
	s := &m.Hand.Site
	switch f.Name {
	case "url":
		s.URL = f.Text
	case "headers":
		s.Headers = f.Text
	case "html":
		s.HTML = f.Text
	}
	s.Preview = nil
	return m
}

func (t Template) hand(m Model) Model {
	all := Templates()
	if t < 0 || int(t) >= len(all) {
		return m
	}
	picked := all[t]
	m.Hand.Site = Site{Open: true, URL: picked.URL, Headers: planted(picked.Headers), HTML: planted(picked.HTML)}
	return m
}

// planted joins lines of a route, in which what Mallory plants is what she has copied.
func planted(lines []string) string {
	return strings.ReplaceAll(strings.Join(lines, "\n"), "$bait", "$loot")
}

// unnamed returns the first of the names that values have by custom which stands on her site,
// and has no value yet; "" for none. It would be published as it is written.
func (m Model) unnamed() string {
	for rest := m.Hand.Site.Headers + "\n" + m.Hand.Site.HTML; ; {
		_, after, ok := strings.Cut(rest, "$")
		if !ok {
			return ""
		}
		name, n := script.Variable(after)
		if slices.Contains([]string{"loot", "bait", "mine", "csrf"}, name) && !m.named(name) {
			return "$" + name
		}
		rest = after[n:]
	}
}

func (p Publish) hand(m Model) Model {
	s := &m.Hand.Site
	s.URL, s.Headers, s.HTML, s.Preview = p.URL, p.Headers, p.HTML, nil
	if name := m.unnamed(); name != "" {
		return m.tell(text.T("site.unnamed", "name", name))
	}
	lines := m.publishes()
	if len(lines) == 0 {
		return m.tell(text.T("site.nothing-new"))
	}
	return Act(lines).hand(m)
}

func (p Preview) hand(m Model) Model {
	s := &m.Hand.Site
	s.URL, s.Headers, s.HTML = p.URL, p.Headers, p.HTML
	if name := m.unnamed(); name != "" {
		return m.tell(text.T("site.unnamed", "name", name))
	}
	tried := Act(append(m.publishes(), "alice get "+s.URL)).hand(m)
	if tried.Scenario == m.Scenario {
		return tried
	}
	s.Preview = []string{}
	for _, e := range tried.Trace.Frames[tried.Step].Events {
		if e.Who == event.Alice && e.Kind != event.Shown {
			s.Preview = append(s.Preview, told(e))
		}
	}
	return m.tell("")
}

// told is what a browser does, with the reason where it refuses something.
func told(e event.Event) string {
	switch e.Kind {
	case event.Stored:
		return text.T("site.stores", "line", e.Text)
	case event.Refused:
		return text.T("site.refuses", "line", e.Text, "why", e.Refusal.Why)
	case event.Withheld:
		return text.T("site.keeps", "line", e.Text, "why", e.Refusal.Why)
	case event.Request:
		return text.T("site.asks", "what", e.Text)
	}
	return e.Text
}

// publishes are the lines by which what stands in the fields comes onto the page: what is
// added to it, or all of it anew.
func (m Model) publishes() (lines []string) {
	s := m.Hand.Site
	headers, html := m.served(s.URL)
	wanted, page := m.headerLines(), m.htmlLines()
	at := strings.TrimSpace(s.URL)
	if !begins(wanted, headers) || !begins(page, html) {
		lines = append(lines, "mallory remove "+at)
		headers, html = nil, nil
	}
	for _, line := range slices.Concat(wanted[len(headers):], page[len(html):]) {
		lines = append(lines, "mallory serve "+at+" "+line)
	}
	return lines
}

func begins(list, head []string) bool {
	return len(list) >= len(head) && slices.Equal(list[:len(head)], head)
}

// headerLines are the headers as steps have them. A line that begins with a blank goes on
// with the one before it.
func (m Model) headerLines() (lines []string) {
	for line := range strings.SplitSeq(m.Hand.Site.Headers, "\n") {
		plain := script.Rest(strings.TrimSpace(line), m.named)
		switch {
		case plain == "":
		case strings.TrimLeft(line, " \t") != line && len(lines) > 0:
			lines[len(lines)-1] += " " + plain
		default:
			lines = append(lines, plain)
		}
	}
	return lines
}

// htmlLines is the page as steps have it: one line of it each. In what keeps its line ends
// they stay.
func (m Model) htmlLines() (lines []string) {
	html, lower := m.Hand.Site.HTML, strings.ToLower(m.Hand.Site.HTML)
	if strings.TrimSpace(html) == "" {
		return nil
	}
	var body []string
	if slices.ContainsFunc([]string{"<script", "<pre", "<textarea", "<style"}, func(tag string) bool { return strings.Contains(lower, tag) }) {
		body = []string{strings.Trim(html, "\n")}
	} else {
		for line := range strings.SplitSeq(html, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				body = append(body, line)
			}
		}
		body = []string{strings.Join(body, " ")}
	}
	for _, line := range body {
		line = script.Rest(line, m.named)
		first, _, _ := strings.Cut(line, " ")
		if _, header := script.HeaderName(first); header || first == "repeat" {
			line = "${space}" + line // it is no header, and is not to be repeated
		}
		lines = append(lines, line)
	}
	return lines
}

// served returns what stands on a page of Mallory's at the step that is shown.
func (m Model) served(url string) (headers, html []string) {
	for i := range min(m.Step+1, len(m.Trace.Frames)) {
		step := m.Trace.Frames[i].Step
		if step.Who != event.Mallory || len(step.Args) == 0 || pageOf(step.Args[0]) != pageOf(url) {
			continue
		}
		switch step.Verb {
		case "remove":
			headers, html = nil, nil
		case "serve":
			what := strings.Join(step.Args[1:], " ")
			if _, header := script.HeaderName(step.Args[1]); header {
				headers = append(headers, what)
			} else {
				html = append(html, what)
			}
		}
	}
	return headers, html
}

// pageOf returns an address without its query.
func pageOf(url string) string {
	at, _, _ := strings.Cut(strings.TrimSpace(url), "?")
	return at
}

// A SiteTemplate is what Mallory publishes in one of the routes.
type SiteTemplate struct {
	Title         string
	URL           string
	Headers, HTML []string
	Needs         []string // see script.Step.Needs
}

// NoTemplate is the value of their list: to pick one is to fill it in.
const NoTemplate = "none"

// Templates are those of all routes, a page each.
var Templates = sync.OnceValue(func() (all []SiteTemplate) {
	for _, r := range scenarios.Routes {
		first := len(all)
		for _, step := range r.Steps {
			if step.Verb != "serve" {
				continue
			}
			at := slices.IndexFunc(all[first:], func(t SiteTemplate) bool { return t.URL == step.Args[0] })
			if at < 0 {
				at = len(all) - first
				all = append(all, SiteTemplate{Title: r.Title, URL: step.Args[0]})
			}
			t, what := &all[first+at], strings.ReplaceAll(strings.Join(step.Args[1:], " "), "$way", "/")
			if _, header := script.HeaderName(step.Args[1]); header {
				t.Headers = append(t.Headers, what)
			} else {
				t.HTML = append(t.HTML, what)
			}
			for _, name := range step.Needs() {
				if !slices.Contains(t.Needs, name) {
					t.Needs = append(t.Needs, name)
				}
			}
		}
	}
	return all
})
