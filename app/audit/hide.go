//go:build !wasm

package audit

import (
	"net/url"
	"slices"
	"strings"
)

// What is shorter than this is no secret that can be told from a word of the report.
const (
	leastPassword = 8
	leastValue    = 12
)

// hide takes out of what a report says what the server has put there of passwords, of
// tokens and of the values of session cookies: some write them into addresses. The values
// in Cookie and Set-Cookie stay, for who writes the report to mask.
func (r *run) hide() {
	secrets := map[string]bool{}
	add := func(secret string, least int) {
		if len(secret) >= least && len(secrets) < 3000 {
			for _, form := range []string{secret, url.PathEscape(secret), url.QueryEscape(secret), (&url.URL{Path: secret}).EscapedPath()} {
				secrets[form] = true
			}
		}
	}
	for _, who := range []Account{r.Alice, r.Mallory} {
		add(who.Password, leastPassword)
		add(who.TOTP, leastPassword)
	}
	for _, b := range r.jars {
		add(b.bearer, leastValue)
	}
	for _, x := range r.exchanges {
		for _, c := range x.Cookies {
			if slices.Contains(r.session, c.Name) {
				add(c.Value, leastValue)
			}
		}
	}
	var pairs []string
	for secret := range secrets {
		pairs = append(pairs, secret, "…")
	}
	without := strings.NewReplacer(pairs...)
	clean := func(texts ...*string) {
		for _, s := range texts {
			*s = without.Replace(*s)
		}
	}
	clean(&r.report.Because)
	for i := range r.report.Results {
		x := &r.report.Results[i]
		clean(&x.Because)
		for k := range x.Evidence {
			clean(&x.Evidence[k].Request, &x.Evidence[k].Says)
		}
	}
	for i := range r.exchanges {
		x := &r.exchanges[i]
		clean(&x.URL, &x.Location)
		for k, line := range x.Set {
			if pair, rest, more := strings.Cut(line, ";"); more {
				x.Set[k] = pair + ";" + without.Replace(rest)
			}
		}
	}
}
