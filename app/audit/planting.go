//go:build !wasm

package audit

import (
	"net/url"
	"slices"
	"strings"

	core "fixlab/lab/audit"
	"fixlab/scenarios"
)

// stage is the name under which a site of this machine is taken to be, where the routes of
// an attacker are asked for: a name of its own has no neighbours.
const stage = "shop.example"

// planting says, a sentence each, by which of the lab's routes somebody else could put a
// session cookie into a browser, and which of two the server then reads. It is computed from
// how the cookies were set; which routes are open is the site's own affair.
func (r *run) planting() (says []string) {
	exchanges, where := r.exchanges, ""
	if Loopback(r.base.Hostname()) {
		exchanges = slices.Clone(exchanges)
		for i := range exchanges {
			exchanges[i].URL, exchanges[i].Location = r.staged(exchanges[i].URL), r.staged(exchanges[i].Location)
		}
		where = " were the site at " + r.base.Scheme + "://" + stage + ", set as it is here"
	}
	var in, out []string
	for _, w := range core.Routes(exchanges, r.session, r.loginAt) {
		switch title := scenarios.Route(w.Route).Title; {
		case w.Browser != "Chromium":
		case w.Empty.Fate == core.Lands, w.Empty.Fate == core.Shadows:
			in = append(in, title)
		case w.Empty.Fate == core.Stopped:
			out = append(out, title)
		}
	}
	if in != nil {
		says = append(says, "Chromium would take one"+where+": "+strings.Join(in, "; ")+".")
	}
	if out != nil {
		says = append(says, "It would take none by: "+strings.Join(out, "; ")+".")
	}
	if r.reads != "" {
		says = append(says, r.reads)
	}
	return says
}

// staged is an address of the site as it would be on the stage.
func (r *run) staged(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != r.base.Host {
		return address
	}
	u.Host = stage
	return u.String()
}
