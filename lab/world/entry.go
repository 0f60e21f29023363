package world

import (
	"net/http"
	"strings"

	"fixlab/lab/event"
)

// An entry is what a host shows that is not the shop.
type entry struct{ title, text string }

// entryOf returns the entry of a host.
func entryOf(host string) entry {
	switch host {
	case event.BlogHost:
		return entry{"Ten days in Lisbon", "We missed the tram, so we walked. Best mistake of the trip."}
	case event.EvilHost:
		return entry{"Prizes", "You have won."}
	case event.NewsHost:
		return entry{"News", "It will rain."}
	case "forum." + event.ShopHost:
		return entry{"The forum", "Which kettle boils fastest?"}
	}
	return entry{"Welcome", "This page is not ready yet."}
}

// html returns the entry without a page around it.
func (e entry) html() string { return "<h1>" + e.title + "</h1><p>" + e.text + "</p>\n" }

// document returns the entry as a page of its own.
func (e entry) document() string { return "<!doctype html><title>" + e.title + "</title>" + e.html() }

// still is a host that always shows its entry.
func still(host string) http.Handler {
	return &resource{header: http.Header{}, body: entryOf(host).document()}
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
		return entryOf(host).document() + c.body
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
	return entryOf(host).html() + c.body
}
