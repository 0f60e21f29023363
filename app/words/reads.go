package words

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// shopLogin is where a planted cookie has to arrive.
var shopLogin = &url.URL{Scheme: "https", Host: ShopHost, Path: "/login"}

// loginForm is the context of the shop's own login form.
var loginForm = cookie.Context{Method: http.MethodPost, TopLevel: true, Initiator: "https://" + ShopHost}

// A Rival is a cookie that goes to the shop's login under the session cookie's
// name.
type Rival struct {
	Cookie cookie.Entry
	Read   bool // it is the one that this server reads
}

// Rivals returns the cookies of b that go to the shop's login under the session
// cookie's name, as servers read names, in the order in which they are sent.
func Rivals(t *lab.Trace, i int, b event.Browser) []Rival {
	var out []Rival
	sent, _ := cookie.Restore(t.Scenario.Browser, b.Jar).Get(t.Frames[i].State.Now, shopLogin, loginForm)
	for _, e := range sent {
		if strings.TrimSpace(e.Name) == t.Cookie {
			out = append(out, Rival{Cookie: *e})
		}
	}
	if len(out) > 1 {
		if at := read(t, sent, out); at >= 0 {
			out[at].Read = true
		}
	}
	return out
}

// read returns the index of the rival that the server reads: it is given a
// request with all that is sent, and watched at its signer and its store. -1
// when it looks at none of them.
func read(t *lab.Trace, sent []*cookie.Entry, all []Rival) (at int) {
	p, ok := server.ByID(t.Scenario.Profile)
	if !ok {
		return -1
	}
	at = -1
	see := func(text string) {
		for i, r := range all {
			if at < 0 && r.Cookie.Value != "" && strings.Contains(text, r.Cookie.Value) {
				at = i
			}
		}
	}
	now := func() time.Time { return time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC) }
	f := p.New(server.Env{
		Now: now, Rand: zeros{}, Store: watchedStore{see}, Signer: watchedSigner{p.Signer(now, []string{"any"}), see},
		On:    func(d defence.Set) bool { return t.Defences.Has(d) },
		Users: map[string]string{},
	})
	defer func() { _ = recover() }() // a server may break down on a cookie that it has read
	f.Whoami(&http.Request{Method: http.MethodPost, URL: shopLogin, Host: ShopHost, Body: http.NoBody,
		Header: http.Header{"Cookie": {cookie.Header(sent)}}})
	return at
}

// watchedSigner accepts what it accepts and tells what it was asked.
type watchedSigner struct {
	sign.Signer
	see func(string)
}

func (s watchedSigner) Unsign(signed string) (string, error) {
	s.see(signed)
	return s.Signer.Unsign(signed)
}

// watchedStore is empty and tells what it was asked for.
type watchedStore struct{ see func(string) }

func (s watchedStore) Load(id string) (session.Record, bool) {
	s.see(id)
	return session.Record{}, false
}
func (s watchedStore) Save(session.Record) {}
func (s watchedStore) Delete(string)       {}

// zeros are no randomness: nothing that is drawn here is ever used.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

var _ io.Reader = zeros{}
