package world

import (
	"net/http"
	"strings"

	"fixlab/lab/event"
)

// An entry is what a host shows that is not the shop.
type entry struct {
	text     string
	html     string // heading and text
	document string // as a page of its own
}

func newEntry(title, text string) entry {
	html := "<h1>" + title + "</h1><p>" + text + "</p>\n"
	return entry{text, html, "<!doctype html><title>" + title + "</title>" + html}
}

var (
	entries = map[string]entry{
		event.BlogHost:  newEntry("Ten days in Lisbon", "We missed the tram, so we walked. Best mistake of the trip."),
		event.EvilHost:  newEntry("Prizes", "You have won."),
		event.NewsHost:  newEntry("News", "It will rain."),
		event.ForumHost: newEntry("The forum", "Which kettle boils fastest?"),
	}
	unfinished = newEntry("Welcome", "This page is not ready yet.")
)

// entryOf returns the entry of a host.
func entryOf(host string) entry {
	if e, ok := entries[host]; ok {
		return e
	}
	return unfinished
}

// still is a host that always shows its entry.
func still(host string) http.Handler {
	return &resource{header: http.Header{}, body: entryOf(host).document}
}

// whole are the tags of a page with something to read, or with a head that a heading
// before it would end: to a page with one of them nothing is added.
var whole = []string{"<p>", "<p ", "<!", "<html", "<head", "<body", "<title", "<meta", "<base", "<link", "<style", "<frameset"}

// dressed returns what c shows in a window of its own: the host's entry where Mallory
// gave no HTML, the entry before HTML with nothing to read, and its text after a
// heading of hers. Her bytes stand in it as they are.
func (c *resource) dressed(host string) string {
	html := strings.TrimSpace(c.body)
	if c.header.Get("Location") != "" && (c.status == 0 || redirects(c.status)) {
		return c.body // which nobody sees
	}
	if c.header.Get("Content-Type") != "" || html != "" && html[0] != '<' {
		return c.body
	}
	if html == "" {
		return entryOf(host).document
	}
	html = strings.ToLower(html)
	for _, tag := range whole {
		if strings.Contains(html, tag) {
			return c.body
		}
	}
	if strings.Contains(html, "<h1") {
		return c.body + "<p>" + entryOf(host).text + "</p>\n"
	}
	return entryOf(host).html + c.body
}
