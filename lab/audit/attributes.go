package audit

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixlab/lab/cookie"
)

// Attributes are the checks that need no attack: they look at how the session's cookies
// were set, last before now, and at the headers beside them. private is the path of the
// private page, "" where none is known; tls says that the site was reached over https.
func Attributes(exchanges []Exchange, session []string, private string, tls bool) []Result {
	if len(session) == 0 {
		return nil
	}
	results := []Result{
		{ID: "A1", Title: "A script can read the session cookie", Refs: []Reference{RefHTTPOnly, RefWithoutHTTPOnly}, Cause: "The cookie is set without HttpOnly."},
		{ID: "A2", Title: "The session cookie travels over plain http", Refs: []Reference{RefSecure, RefWithoutSecure}, Cause: "The cookie is set without Secure."},
		{ID: "A3", Title: "The session cookie has no SameSite", Refs: []Reference{RefSameSite, RefWithoutSameSite}, Cause: "The cookie is set without SameSite, and browsers differ in what that means."},
		{ID: "A4", Title: "A neighbour host can plant the session cookie", Refs: []Reference{RefHost, RefTrusted}, Cause: "The name has no __Host- prefix."},
		{ID: "A5", Title: "Private pages may be cached, or plain http stays open", Refs: []Reference{RefNoStore, RefCached}},
		{ID: "A6", Title: "The session id stands in an address", Refs: []Reference{RefQuery}, Cause: "The server writes the id into addresses."},
	}
	fine := []string{"The cookie is HttpOnly.", "The cookie is Secure.", "The cookie says its SameSite.", "The name begins with __Host-.",
		"Private pages are not to be kept by caches.", "No address with an id was seen."}
	for i := range results {
		r := &results[i]
		r.Class, r.Cookies, r.Verdict, r.Because = Weakness, session, DidNotWork, fine[i]
	}
	unknown := func(i int, because string) {
		if r := &results[i]; r.Verdict == DidNotWork {
			r.Verdict, r.Because = NotApplicable, because
		}
	}
	say := func(i, exchange int, because string) {
		r := &results[i]
		if r.Verdict == DidNotWork {
			r.Verdict, r.Because = Worked, because
		}
		x := exchanges[exchange]
		if n := len(r.Evidence); n > 0 && r.Evidence[n-1].Says == because {
			return
		}
		r.Evidence = append(r.Evidence, Evidence{exchange, x.Method + " " + pathOf(x.URL), x.Status, because})
	}
	last := map[string]int{} // where each cookie was set last, with a value
	lines := map[string]cookie.Entry{}
	for i, x := range exchanges {
		for _, line := range x.Set {
			e, ok := cookie.Chromium.Read(time.Unix(0, 0), line)
			if ok && e.Value != "" && slices.Contains(session, e.Name) {
				last[e.Name], lines[e.Name] = i, e
			}
		}
	}
	for _, name := range session {
		i, ok := last[name]
		if !ok {
			for k := range 4 {
				unknown(k, "How "+name+" is set was not seen.")
			}
			continue
		}
		e := lines[name]
		if !e.HTTPOnly {
			say(0, i, name+" is set without HttpOnly.")
		}
		switch {
		case !e.Secure && tls:
			say(1, i, name+" is set without Secure.")
		case !e.Secure:
			unknown(1, "The site was reached over plain http, where "+name+" is set without Secure. Over https it may be otherwise: ask there.")
		}
		if e.SameSite == cookie.Default {
			say(2, i, name+" is set without SameSite.")
		}
		lower := strings.ToLower(name)
		switch {
		case strings.HasPrefix(lower, "__host-"):
		case e.Domain != "":
			say(3, i, name+" has no __Host- prefix. It is set with Domain="+e.Domain+".")
		case tls:
			say(3, i, name+" has no __Host- prefix.")
		default:
			unknown(3, name+" has no __Host- prefix. Over plain http it cannot have one, which needs Secure: ask over https.")
		}
	}
	if !slices.ContainsFunc(exchanges, func(x Exchange) bool { return opens(x, session, private) }) {
		unknown(4, "No private page was seen open.")
	}
	cached(exchanges, session, private, tls, say)
	return results
}

// cached looks at the headers of answers to who is logged in.
func cached(exchanges []Exchange, session []string, private string, tls bool, say func(int, int, string)) {
	hsts, secured := false, -1
	for i, x := range exchanges {
		if opens(x, session, private) && !strings.Contains(strings.ToLower(x.Cache), "no-store") {
			say(4, i, "The private page comes without Cache-Control: no-store.")
		}
		if strings.HasPrefix(x.URL, "https:") {
			secured = i
			hsts = hsts || strings.Contains(strings.ToLower(x.HSTS), "includesubdomains")
		}
		if name, ok := inAddress(x.Location, session); ok && !strings.Contains(x.URL, name+"=") {
			say(5, i, fmt.Sprintf("It redirects to an address with %s=.", name))
		}
	}
	if tls && secured >= 0 && !hsts {
		say(4, secured, "There is no Strict-Transport-Security with includeSubDomains: a network attacker can plant cookies over http.")
	}
}

// opens reports whether an exchange opens the private page for who is logged in.
func opens(x Exchange, session []string, private string) bool {
	return private != "" && pathOf(x.URL) == private && x.Status == 200 &&
		slices.ContainsFunc(x.Cookies, func(p Pair) bool { return slices.Contains(session, p.Name) })
}

// inAddress reports whether an address has a parameter that is called as the session's
// cookie is, in its query or its path.
func inAddress(address string, session []string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	const java = ";jsessionid" // Servlet 6.0, 7.1.3, whatever the cookie is called
	if strings.Contains(strings.ToLower(u.Path), java+"=") {
		return java, true
	}
	for _, name := range session {
		if strings.Contains(strings.ToLower(u.Path), ";"+strings.ToLower(name)+"=") {
			return ";" + strings.ToLower(name), true
		}
		if u.Query().Has(name) {
			return name, true
		}
	}
	return "", false
}

func pathOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Path != "" {
		return u.EscapedPath()
	}
	return "/"
}
