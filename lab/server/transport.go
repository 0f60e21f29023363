package server

import (
	"net/http"

	"fixlab/lab/defence"
)

// secured reports whether r came over https, and then says for how long the
// browser is to come that way by itself. Over http it answers r: the browser
// is sent to https, and told nothing more, because anybody on the path could
// have written the answer (RFC 6797 §7.1 and §7.2).
func (s shop) secured(w http.ResponseWriter, r *http.Request) bool {
	if s.env.HTTPS != nil && !s.env.HTTPS(r) {
		w.Header().Set("Location", "https://"+r.Host+r.URL.RequestURI())
		page(w, http.StatusMovedPermanently, "Moved to https", "<p>The shop answers there.</p>")
		return false
	}
	const year = "max-age=31536000"
	if s.env.On(defence.HSTSSubDomains) {
		w.Header().Set("Strict-Transport-Security", year+"; includeSubDomains")
	} else if s.env.On(defence.HSTS) {
		w.Header().Set("Strict-Transport-Security", year)
	}
	return true
}
