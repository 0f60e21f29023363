//go:build !wasm

package cli

import (
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
	case g.crossSite || !foreign(r) || linked(r):
		g.next.ServeHTTP(w, r)
	default:
		refuse(w, http.StatusForbidden, "This server is made to be broken into, and a page of another site seems to have sent this request. Such a page may link to the front page, http://"+own+"/, and use nothing else. Start the target with -cross-site to let other sites in.")
	}
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
// loopback and https only; otherwise Origin or Referer may say it. A browser that
// says nothing may be led by a page without a referrer: it gets all but the holes.
// Other programs are led by nobody.
func foreign(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site != "same-origin" && site != "none"
	}
	from := r.Header.Get("Origin")
	if from == "" {
		from = r.Header.Get("Referer")
	}
	if from == "" {
		return holes[r.URL.Path] && strings.HasPrefix(r.UserAgent(), "Mozilla/")
	}
	u, err := url.Parse(from) // "null" has no host
	return err != nil || u.Scheme != "http" || !strings.EqualFold(u.Host, r.Host)
}

// holes are the pages through which a link alone plants or reads cookies.
var holes = map[string]bool{"/search": true, "/prefs": true}

// linked reports whether r only opens the front page, as a link to it does.
func linked(r *http.Request) bool {
	dest := r.Header.Get("Sec-Fetch-Dest")
	return r.Method == http.MethodGet && r.URL.Path == "/" && (dest == "document" || dest == "")
}
