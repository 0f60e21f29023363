//go:build !wasm

package audit

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fixlab/lab/cookie"
)

// Loopback reports whether host is this machine by its very name.
func Loopback(host string) bool { return cookie.Loopback(strings.ToLower(host)) }

// may reports whether requests may go to u: to a host that was named, and to all of this
// machine where the site is on it. A site elsewhere sends nobody to this machine.
func (c *client) may(u *url.URL) bool { return may(c.base, c.Hosts, u) }

func may(base *url.URL, named []string, u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") &&
		(Loopback(u.Hostname()) && Loopback(base.Hostname()) || slices.ContainsFunc(named, func(h string) bool { return strings.EqualFold(h, u.Hostname()) }))
}

// refuse says why nothing is sent to u, nil where it may be: pages decide where their forms
// and links lead. secret says that a password or something like it would go along.
func (c *client) refuse(u *url.URL, secret bool) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return &failure{says: fmt.Sprintf("%s is no http or https address.", c.path(u))}
	case !c.may(u):
		return &failure{says: fmt.Sprintf("%s is on a host that this audit may not ask; if it may, say -i-may-test %s.", c.path(u), u.Hostname())}
	case secret && c.base.Scheme == "https" && u.Scheme == "http" && !Loopback(u.Hostname()):
		return &failure{says: fmt.Sprintf("%s is plain http, where everybody on the way reads what is posted: nothing is sent there.", c.path(u))}
	}
	return nil
}

// home reports whether u is of the site itself. A token in a header goes nowhere else:
// browsers take it off a redirect to another origin (Fetch, 4.4).
func (c *client) home(u *url.URL) bool {
	private, err := c.at(c.Private)
	for _, of := range []*url.URL{c.base, private} {
		if (of == c.base || err == nil) && of.Scheme == u.Scheme && of.Host == u.Host {
			return true
		}
	}
	return false
}

// proxy is the environment's. What is sent to this machine goes through none.
func proxy(r *http.Request) (*url.URL, error) {
	if Loopback(r.URL.Hostname()) {
		return nil, nil
	}
	return http.ProxyFromEnvironment(r)
}

// path is how an address is spoken of: without its query, and its parameters' values.
func (c *client) path(u *url.URL) string {
	path := parameter.ReplaceAllString(u.EscapedPath(), "$1")
	if u.Host == c.base.Host {
		return cmp.Or(path, "/")
	}
	return u.Scheme + "://" + u.Host + path
}

// masked is an address without what it may hold in secret.
func masked(u *url.URL) string {
	s := *u
	s.User, s.Fragment, s.RawFragment = nil, "", ""
	s.Path, s.RawPath = parameter.ReplaceAllString(s.Path, "$1"), parameter.ReplaceAllString(s.RawPath, "$1")
	var names []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		if name != "" {
			names = append(names, name+"=")
		}
	}
	s.RawQuery, s.ForceQuery = strings.Join(names, "&"), false
	return s.String()
}
