package words

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/server"
)

// loginForm is the context of the shop's own forms.
var loginForm = cookie.Context{Method: http.MethodPost, TopLevel: true, Initiator: "https://" + ShopHost}

// A Rival is a cookie that goes to the shop's login under the session cookie's
// name.
type Rival struct {
	Cookie cookie.Entry
	Read   bool // it is the one that this server reads
}

// Rivals returns the cookies of b that go to the shop's login, by the way in that the
// lesson uses, under the session cookie's name, as servers read names, in the order in
// which they are sent.
func Rivals(t *lab.Trace, i int, b event.Browser) []Rival {
	var out []Rival
	var names []string
	login := &url.URL{Scheme: "https", Host: ShopHost, Path: t.Scenario.WayIn()}
	sent, _ := cookie.Restore(t.Scenario.Browser, b.Jar).Get(t.Frames[i].State.Now, login, loginForm)
	for _, e := range sent {
		if strings.TrimSpace(e.Name) == t.Cookie {
			out, names = append(out, Rival{Cookie: *e}), append(names, e.Name)
		}
	}
	if p, ok := server.ByID(t.Scenario.Profile); ok && len(out) > 1 {
		exists := func(k int) bool {
			return slices.ContainsFunc(t.Frames[i].State.Rows, func(row event.Row) bool { return strings.Contains(out[k].Cookie.Value, row.Key) })
		}
		if at := p.Reads.Pick(names, t.Cookie, exists); at >= 0 {
			out[at].Read = true
		}
	}
	return out
}
