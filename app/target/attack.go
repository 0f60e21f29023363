//go:build !wasm

package target

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/world"
)

// A call is one request of an attack.
type call struct {
	says   string // what happens, for the comment above the line
	who    string // "mallory" or "alice"; "server" deploys
	path   string
	form   string // of a POST; "" makes it a GET
	cookie string // the Cookie header; $loot is what the last call that keeps brought
	keeps  bool   // the cookies of the answer are $loot
}

// attacks lists the ways to come by a cookie for alice, in the order in which
// they are tried: one that the server gave to a visitor, one of Mallory's own
// account, an id that the server signs for her, and one that nobody signs.
func (t *Target) attacks() [][]call {
	const invented = "c0ffeec0ffeec0ffeec0ffeec0ffee00"
	named := t.env.CookieName(t.profile.Cookie) + "=" + invented
	alice := func(cookie string) call {
		return call{"Alice logs in. How that cookie got into her browser is what the lessons are about.", "alice", "/login", "user=alice&password=correct-horse", cookie, false}
	}
	mallory := func(cookie string) call {
		return call{"Mallory opens the profile with the cookie she has had all along.", "mallory", "/profile", "", cookie, false}
	}
	all := [][]call{
		{{"Mallory opens the shop and keeps the cookie that she gets.", "mallory", "/", "", "", true}, alice("$loot"), mallory("$loot")},
		{{"Mallory logs in to her own account and keeps the cookie.", "mallory", "/login", "user=mallory&password=hunter2", "", true}, alice("$loot"), mallory("$loot")},
		{{"Mallory makes up an id and logs in with it. The server signs it for her.", "mallory", "/login", "user=mallory&password=hunter2", named, true}, alice(named), mallory("$loot")},
		{alice(named), mallory(named)},
	}
	if t.defences.Has(defence.ForgottenPath) { // the same over a way in that somebody forgot
		for _, calls := range all[:len(all):len(all)] {
			if len(calls) < 2 {
				continue
			}
			other := append([]call(nil), calls...)
			in := &other[len(other)-2]
			in.path, in.form = "/sso", "user=alice&ticket=ticket-for-alice"
			all = append(all, other)
		}
	}
	if t.defences.Has(defence.RotateSecret) { // before Mallory comes: a deploy after that would be Alice's luck
		for i, calls := range all {
			all[i] = append([]call{{says: "The server is deployed again.", who: "server"}}, calls...)
		}
	}
	return all
}

// attack returns the first attack that gets Mallory in, tried against a target
// like t, or the first that can be carried out at all.
func (t *Target) attack() (calls []call, in bool) {
	for _, try := range t.attacks() {
		page, possible := carryOut(New(t.profile, t.defences), try)
		if possible && strings.Contains(page, "The account of alice.") {
			return try, true
		}
		if possible && calls == nil {
			calls = try
		}
	}
	return calls, false
}

// carryOut plays calls against t and returns the last page. It is not possible to
// go on without a cookie.
func carryOut(t *Target, calls []call) (page string, possible bool) {
	net := world.Network{"127.0.0.1": t}
	loot := ""
	for _, c := range calls {
		if c.who == "server" {
			t.Deploy()
			continue
		}
		r, err := c.request("http://127.0.0.1", t.defences, loot)
		if err != nil {
			return "", false
		}
		r.RemoteAddr = "127.0.0.1:1"
		res, err := net.RoundTrip(r)
		if err != nil {
			return "", false
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			return "", false
		}
		page = string(body)
		if c.keeps {
			if loot = lootOf(res); loot == "" {
				return "", false
			}
		}
	}
	return page, true
}

// lootOf returns the cookies of an answer as they are sent back.
func lootOf(r *http.Response) string {
	var pairs []string
	for _, line := range r.Header["Set-Cookie"] {
		pair, _, _ := strings.Cut(line, ";")
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, ";")
}

// request returns c as a request to base.
func (c call) request(base string, d defence.Set, loot string) (*http.Request, error) {
	method := http.MethodGet
	if c.form != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequest(method, base+c.path, strings.NewReader(c.form))
	if err != nil {
		return nil, err
	}
	if c.form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, h := range c.header(d) {
		r.Header.Set(h.name, strings.ReplaceAll(h.value, "$loot", loot))
	}
	return r, nil
}

type field struct{ name, value string }

// header returns what c sends besides what every request has. A server that
// binds sessions has to see two browsers.
func (c call) header(d defence.Set) []field {
	var out []field
	if c.cookie != "" {
		out = append(out, field{"Cookie", c.cookie})
	}
	if d.Has(defence.BindAddress) {
		out = append(out, field{"User-Agent", c.who})
	}
	if d.Has(defence.BindDevice) {
		out = append(out, field{server.DeviceKey, c.who})
	}
	return out
}

// shell returns c as a line for a POSIX shell. pid is the target's.
func (c call) shell(base string, d defence.Set, pid int) string {
	if c.who == "server" {
		return fmt.Sprintf("kill -HUP %d; sleep 1", pid)
	}
	line := "curl -si"
	for _, h := range c.header(d) {
		line += fmt.Sprintf(` -H "%s: %s"`, h.name, h.value)
	}
	if c.form != "" {
		line += " -d '" + c.form + "'"
	}
	line += " " + base + c.path
	if c.keeps {
		line = "loot=$(" + line + ` | sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p' | paste -sd ';' -); echo "$loot"`
	}
	return line
}

// falls reports whether any attack gets Mallory in.
func (t *Target) falls() bool {
	_, in := t.attack()
	return in
}
