//go:build !wasm

package target

import (
	"html"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// A guard stands before a target and keeps out what a website could make the
// browser of the target's user send. Browsers send the cookies of a host to all its
// ports, and a host's name can be pointed at this machine (DNS rebinding).
type guard struct {
	next      http.Handler
	crossSite bool // pages of other sites may use the target
}

func (g guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	own := hostOf(local)
	switch {
	case !strings.EqualFold(r.Host, own) && !strings.EqualFold(r.Host+":80", own):
		refuse(w, http.StatusMisdirectedRequest, "This server is made to be broken into. It answers at http://"+own+" and under no other name, so that no website can point a name of its own at it.")
	case g.crossSite || linked(r):
		g.next.ServeHTTP(w, r)
	case foreign(r):
		refuse(w, http.StatusForbidden, "This server is made to be broken into, and a page of another site seems to have sent this request. Such a page may link to the front page, http://"+own+"/, and use nothing else. Start the target with -cross-site to let other sites in.")
	case holes[r.URL.Path] && unled(r):
		ask(w, r)
	default:
		g.next.ServeHTTP(w, r)
	}
}

// ask answers with a link to what r asked for: a request that comes of it is known
// to be the user's. A page of another site cannot have it clicked in a frame.
func ask(w http.ResponseWriter, r *http.Request) {
	h, link := w.Header(), html.EscapeString(r.URL.RequestURI())
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Frame-Options", "DENY")
	w.WriteHeader(http.StatusForbidden)
	io.WriteString(w, `<!doctype html><title>Did you mean this?</title><h1>Did you mean this?</h1>
<p>This server is made to be broken into, and this address uses one of its holes. If you typed it, <a href="`+link+`">go on</a>.
If another site has sent you here, leave: a browser does not tell the one from the other.</p>
<p><code>`+link+`</code></p>
`)
}

func refuse(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, sentence, status)
}

// hostOf returns the one Host under which a target answers at a local address: the
// address itself, or ownName where other programs listen too.
func hostOf(local net.Addr) string {
	a, err := netip.ParseAddrPort(local.String())
	if err != nil {
		return ""
	}
	ip := a.Addr().Unmap().WithZone("")
	if ip.IsUnspecified() || ip == netip.AddrFrom4([4]byte{127, 0, 0, 1}) || ip == netip.IPv6Loopback() {
		_, port, _ := net.SplitHostPort(local.String())
		return net.JoinHostPort(ownName, port)
	}
	return netip.AddrPortFrom(ip, a.Port()).String()
}

// foreign reports whether a page of another origin may have sent r. Browsers say
// where a request comes from in Sec-Fetch-Site (Fetch Metadata §2.4), but to
// loopback and https only; otherwise Origin or Referer may say it.
func foreign(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site != "same-origin" && site != "none"
	}
	from := r.Header.Get("Origin")
	if from == "" {
		from = r.Header.Get("Referer")
	}
	if from == "" {
		return false
	}
	u, err := url.Parse(from) // "null" has no host
	return err != nil || u.Scheme != "http" || !strings.EqualFold(u.Host, r.Host)
}

// unled reports whether a browser sent r and names no page that led to it. It says
// "none" of an address that was typed and of one to which a typed one redirects, as
// observed in Chromium 156 and Firefox 153; without Sec-Fetch-Site a page that gives
// no referrer is not named either. Other programs are led by nobody.
func unled(r *http.Request) bool {
	h := r.Header
	if site := h.Get("Sec-Fetch-Site"); site != "" {
		return site == "none"
	}
	return h.Get("Origin") == "" && h.Get("Referer") == "" && strings.HasPrefix(r.UserAgent(), "Mozilla/")
}

// holes are the pages through which a link alone plants or reads cookies.
var holes = map[string]bool{"/search": true, "/prefs": true}

// linked reports whether r only opens the front page, as a link to it does.
func linked(r *http.Request) bool {
	dest := r.Header.Get("Sec-Fetch-Dest")
	return r.Method == http.MethodGet && r.URL.Path == "/" && (dest == "document" || dest == "")
}
