//go:build !wasm

// Package audit asks a real server the questions of lab/audit: it logs in, keeps and
// plants cookies, and says whom a private page knows. It carries out the plan of
// lab/audit and judges nothing itself.
//
// It sends requests to the server that it is pointed at and to no other, unless it is
// told that it may. It logs in to two accounts, and out of them.
package audit

import (
	"context"
	"net/url"
	"time"

	core "fixlab/lab/audit"
)

// A Config is what an audit is to do. URL, Login, Private and the two accounts have no
// default.
type Config struct {
	URL     string   // where the site is: "http://127.0.0.1:8080"; paths are taken relative to it
	Login   string   // the page that has the login form, or takes the login
	Private string   // a page that only who is logged in sees, and that says who that is
	Logout  string   // "/logout", or "POST /logout"; "": it is looked for on the private page
	Start   []string // pages that a visitor opens first; none: URL itself

	Alice, Mallory Account

	Form   string // what to post instead of what the form asks: "user={user}&pass={pass}"
	JSON   string // what to post as JSON: {"email":"{user}","password":"{pass}"}
	Effect string // an act that leaves a trace: "POST /basket item={mark}"
	Trace  string // the page on which the trace is seen; "": Private

	Change string // what changes a password: "POST /password old={pass}&new={new}"

	Mode        core.Mode
	MaxLogins   int           // 14
	MaxRequests int           // 400
	Pause       time.Duration // before each login
	Grace       time.Duration // after which an old id is asked for once more; 0: a minute, and in Full mode only
	Timeout     time.Duration // of a request; 10 s
	MaxTime     time.Duration // of all of it, logging out apart; 30 min
	Hosts       []string      // hosts that are not loopback and may be tested
	Roots       []byte        // PEM of certificates to trust besides the system's
	Insecure    bool          // any certificate of a loopback host will do
	UserAgent   string        // "fixlab-audit"
	Browser     Driver        // logs in instead of the client here; nil: none

	named bool // Start was given: forms on its pages may be posted once

	Say   func(string)                               // progress, a line at a time; nil: none
	Sleep func(context.Context, time.Duration) error // nil: the clock's
	Now   func() time.Time                           // nil: the clock's
}

// An Account is one of the two that log in.
type Account struct {
	Name, Password string
	Sees           string // what the private page shows of it alone: a text, or "json:/user/name=alice"; "": Name
	TOTP           string // the secret of its second factor, in base32; "" for none
}

// A Driver logs in with a real browser: it starts with the cookies that are planted, and
// returns those that the browser has after it.
type Driver interface {
	LogIn(ctx context.Context, login *url.URL, who Account, cookies []Cookie) ([]Cookie, error)
}

// A Cookie is one as a browser's protocol gives it.
type Cookie struct {
	Name, Value, Domain, Path string
	Expires                   time.Time // zero: a session cookie
	Secure, HTTPOnly          bool
	SameSite                  string // "Strict", "Lax", "None" or ""
}

func (c *Config) complete() {
	set(&c.MaxLogins, 14)
	set(&c.MaxRequests, 400)
	set(&c.Timeout, 10*time.Second)
	set(&c.MaxTime, 30*time.Minute)
	set(&c.UserAgent, "fixlab-audit")
	if c.named = len(c.Start) > 0; !c.named {
		c.Start = []string{"."}
	}
	if c.Say == nil {
		c.Say = func(string) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Sleep == nil {
		c.Sleep = func(ctx context.Context, d time.Duration) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(d):
				return nil
			}
		}
	}
	set(&c.Alice.Sees, c.Alice.Name)
	set(&c.Mallory.Sees, c.Mallory.Name)
}

func set[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
