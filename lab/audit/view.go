package audit

import (
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// A view is a recording as far as it is about one site, read once.
type view struct {
	rec     Recording
	opt     Options
	host    string
	domain  string         // what the site's hosts share, "" where there is only one
	own     []seenExchange // one an exchange of the recording
	names   []string       // the site's cookies, in the order in which they were met
	history map[string][]held
	last    map[string]setting // by name
	values  map[string]bool    // of cookies, those that are long enough to be one
	masks   Masks
	session []carrier // what looks like the session
	known   map[Pair]token.Token

	moment []Moment        // one an exchange
	login  span            // the login
	again  span            // the next one that went through
	logout int             // the first logout after the login, -1 for none
	pages  map[string]bool // the paths of private pages
}

// A span are the exchanges of a login: the one that posts, and the last of its redirects or
// of its second factor. Both are -1 where there is no login.
type span struct{ from, to int }

// A setting is the last line that gave a cookie a value.
type setting struct {
	at    int
	line  string
	entry cookie.Entry
}

// A held is what the browser holds of a cookie from an exchange on; "" is nothing.
type held struct {
	at    int
	value string
}

// A seenExchange is an exchange, with cookies only where it is one of the site.
type seenExchange struct {
	ours bool
	url  *url.URL          // nil where it cannot be read
	sent map[string]string // the first of each name counts
	many []string          // names that were sent more than once
	set  map[string]string // the last of each name counts; "" deletes
}

// maxExchanges and maxNames bound what is looked at.
const (
	maxExchanges = 50000
	maxNames     = 300
)

// look reads a recording.
func look(rec Recording, opt Options) *view {
	if len(rec.Exchanges) > maxExchanges {
		rec.Problems = append(slices.Clone(rec.Problems), "The recording has "+strconv.Itoa(len(rec.Exchanges))+" exchanges; the first "+strconv.Itoa(maxExchanges)+" were looked at.")
		rec.Exchanges = rec.Exchanges[:maxExchanges]
	}
	n := len(rec.Exchanges)
	v := &view{rec: rec, opt: opt, known: map[Pair]token.Token{}, history: map[string][]held{}, last: map[string]setting{}, values: map[string]bool{},
		own: make([]seenExchange, n), moment: make([]Moment, n), login: span{-1, -1}, again: span{-1, -1}, logout: -1, pages: map[string]bool{}}
	for i := range rec.Exchanges {
		v.own[i].url, _ = cookie.ParseURL(nil, rec.Exchanges[i].URL)
	}
	v.chooseSite()
	carried := map[string]bool{} // address and name
	for i, x := range rec.Exchanges {
		o := &v.own[i]
		if o.ours = v.ours(o.url); !o.ours {
			continue
		}
		o.sent, o.set = map[string]string{}, map[string]string{}
		where := o.url.Host + o.url.Path + " "
		for _, p := range x.Cookies {
			if _, twice := o.sent[p.Name]; twice {
				o.many = append(o.many, p.Name)
			} else if v.hold(p.Name, i, p.Value) {
				o.sent[p.Name] = p.Value
				carried[where+p.Name] = true
			}
		}
		for _, name := range v.names { // a browser that sent it there once would send it again
			if _, sent := o.sent[name]; !sent && carried[where+name] && !rec.Lacks.Has(NoRequests) && !isPart(o.url.Path) {
				v.hold(name, i, "")
			}
		}
		for _, line := range lines(x.Set) {
			if e, ok := cookie.Chromium.Read(late, line); ok && e.Name != "" {
				if !e.Expires.IsZero() && !e.Expires.After(late) {
					e.Value = ""
				}
				if v.hold(e.Name, i, e.Value) {
					if o.set[e.Name] = e.Value; e.Value != "" {
						v.last[e.Name] = setting{i, line, e}
					}
				}
			}
		}
	}
	return v
}

// isPart reports whether a path is that of a part of a page: recordings leave the cookies
// out where it came from a cache.
func isPart(path string) bool {
	i := strings.LastIndexByte(path, '.')
	return i >= 0 && slices.Contains(strings.Fields("css js mjs map png jpg jpeg gif svg webp avif ico woff woff2 ttf otf mp4 webm json txt xml wasm"), strings.ToLower(path[i+1:]))
}

// late is before any recording was made: a line that ended earlier deletes.
var late = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

// hold notes a value. It reports false for a name too many.
func (v *view) hold(name string, at int, value string) bool {
	h := v.history[name]
	if h == nil {
		if len(v.names) == maxNames {
			return false
		}
		v.names = append(v.names, name)
	}
	if len(value) >= 12 {
		v.values[value] = true
	}
	if n := len(h); n == 0 || h[n-1].value != value {
		v.history[name] = append(h, held{at, value})
	}
	return true
}

// lines are the Set-Cookie lines of an answer: some archives join them by newlines.
func lines(set []string) (list []string) {
	for _, s := range set {
		for line := range strings.SplitSeq(s, "\n") {
			if line = strings.Trim(line, "\r "); line != "" {
				list = append(list, line)
			}
		}
	}
	return list
}

// chooseSite takes the host of the login; else that of most of the requests with what
// looks like a session; else the first.
func (v *view) chooseSite() {
	v.host = v.siteHost()
	if v.host != "" {
		p := place{target: &url.URL{Scheme: "https", Host: hostOnly(v.host), Path: "/"}}
		v.domain = p.site()
	}
}

func (v *view) siteHost() string {
	if i := v.opt.Login; i >= 0 && i < len(v.own) && v.own[i].url != nil {
		return v.own[i].url.Hostname()
	}
	for _, grade := range []int{sureLogin, likelyLogin, maybeLogin} {
		for i, x := range v.rec.Exchanges {
			if v.own[i].url != nil && v.grade(i) == grade && !failedLogin(x, v.own[i].url) {
				return v.own[i].url.Hostname()
			}
		}
	}
	count, most, chosen := map[string]int{}, 0, ""
	for i, x := range v.rec.Exchanges {
		if v.own[i].url == nil {
			continue
		}
		host := v.own[i].url.Hostname()
		if chosen == "" {
			chosen = host
		}
		for _, p := range x.Cookies {
			if v.token(p.Name, p.Value).Role == token.Session {
				count[host]++
				break
			}
		}
		if count[host] > most {
			chosen, most = host, count[host]
		}
	}
	return chosen
}

// ours reports whether an address is the site's: its host, or one that shares its domain.
func (v *view) ours(u *url.URL) bool {
	if u == nil || v.host == "" {
		return false
	}
	host := u.Hostname()
	return host == v.host || v.domain != "" && (host == v.domain || strings.HasSuffix(host, "."+v.domain))
}

// token recognises a value once.
func (v *view) token(name, value string) token.Token {
	t, ok := v.known[Pair{name, value}]
	if !ok {
		t = token.Recognise(name, value)
		v.known[Pair{name, value}] = t
	}
	return t
}

// after is what the browser holds of a cookie when an exchange is over, "" for nothing.
func (v *view) after(name string, i int) string {
	h := v.history[name]
	n := sort.Search(len(h), func(k int) bool { return h[k].at > i })
	if n == 0 {
		return ""
	}
	return h[n-1].value
}

// before is what it held when the request was sent.
func (v *view) before(name string, i int) string {
	if s, ok := v.own[i].sent[name]; ok {
		return s
	}
	return v.after(name, i-1)
}

// landed is what it holds after a login. Where no answer set it, the next request tells.
func (v *view) landed(name string, login span) string {
	for k := login.from; k <= login.to; k++ {
		if _, set := v.own[k].set[name]; set {
			return v.after(name, login.to)
		}
	}
	for k := login.to + 1; k < len(v.own); k++ {
		if s, ok := v.own[k].sent[name]; ok {
			return s
		}
		if _, ok := v.own[k].set[name]; ok {
			break
		}
	}
	return v.after(name, login.to)
}

// id is what values of a cookie are told apart by: the id in them where one is seen.
func (v *view) id(name, value string) string {
	if t := v.token(name, value); t.ID != "" {
		return t.ID
	}
	return value
}

// masked is a value as it is shown, with the mark of the id in it.
func (v *view) masked(name, value string) Masked { return v.masks.Mask(value, v.id(name, value)) }

// mask is masked as a text, "" for no value.
func (v *view) mask(name, value string) string { return v.masked(name, value).String() }

// request names an exchange.
func (v *view) request(i int) string {
	path := "/"
	if u := v.own[i].url; u != nil && u.EscapedPath() != "" {
		path = u.EscapedPath()
	}
	return printable(v.rec.Exchanges[i].Method, 12) + " " + v.path(path)
}

// path is a path as it is shown: an id that it carries as a parameter, and the value of a
// cookie, are not.
func (v *view) path(path string) string {
	var b strings.Builder
	for path != "" {
		n := strings.IndexAny(path, "/;=")
		if n < 0 {
			n = len(path)
		}
		piece := path[:n]
		if v.values[piece] || strings.HasSuffix(b.String(), "=") && token.LooksLikeID(piece) {
			piece = "…"
		}
		b.WriteString(piece)
		if n < len(path) {
			b.WriteByte(path[n])
			n++
		}
		path = path[n:]
	}
	return printable(b.String(), 100)
}

func (v *view) evidence(i int, says string) Evidence {
	return Evidence{Exchange: i, Request: v.request(i), Status: v.rec.Exchanges[i].Status, Says: says}
}
