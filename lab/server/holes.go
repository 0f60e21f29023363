package server

import (
	"net/http"
	"strings"
)

// The two pages here have a real hole each. Through them somebody else can write
// the shop's own cookie.

// search shows what was searched for as it came, so a link can put a script
// into the page. The route "XSS at the target" needs it.
func search(w http.ResponseWriter, r *http.Request) {
	page(w, http.StatusOK, "Search", "<p>Nothing found for "+r.URL.Query().Get("q")+".</p>")
}

// prefs keeps a preference in a cookie, and writes name and value into the
// header as they came: a ";" in the value begins an attribute, and the name may
// be the session cookie's. The route "header injection at the target" needs it.
// A line break ends nothing: net/http's server makes a space of it.
func prefs(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("name")+q.Get("value") == "" {
		page(w, http.StatusBadRequest, "Which preference?", "<p>Nothing was kept.</p>")
		return
	}
	line := strings.NewReplacer("\r", " ", "\n", " ").Replace(q.Get("name") + "=" + q.Get("value"))
	w.Header().Add("Set-Cookie", strings.TrimSpace(line))
	page(w, http.StatusOK, "Preference kept", "<p>The shop will remember it.</p>", `<a href="/">The shop</a>`)
}

// Taken returns the names of the fields from which the page at path makes what it
// puts into the session. Of several fields of a name the body's first counts.
func Taken(path string) []string {
	switch path {
	case "/basket":
		return []string{"item"}
	case "/transfer":
		return []string{"to", "amount"}
	}
	return nil
}

// Echoed returns the name of the query's field that the page at path shows as it
// came, "" when that page shows none.
func Echoed(path string) string {
	if path == "/search" {
		return "q"
	}
	return ""
}
