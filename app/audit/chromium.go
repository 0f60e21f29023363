//go:build !wasm

package audit

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"fixlab/lab/cookie"
)

// Chromium logs in with a browser of the machine, for logins that only a script can do.
// It is a Driver.
type Chromium struct {
	Path     string // "": $CHROMIUM, chromium, chromium-browser or google-chrome
	Insecure bool   // any certificate will do
	Visible  bool   // with a window

	// Hosts are those that may be tested besides the login page's. Where a page of another
	// one comes up, nothing is typed. What pages of these fetch, a browser fetches.
	Hosts []string
}

// LogIn starts a browser with an empty profile and the cookies, opens the login page, fills
// in its form and waits until the page that follows has come to rest.
func (c Chromium) LogIn(ctx context.Context, login *url.URL, who Account, cookies []Cookie) ([]Cookie, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("ignore-certificate-errors", c.Insecure), chromedp.Flag("headless", !c.Visible), chromedp.ExecPath(c.path()))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var found []*network.Cookie
	err := chromedp.Run(ctx,
		chromedp.ActionFunc(func(ctx context.Context) error { return storage.SetCookies(params(login, cookies)).Do(ctx) }),
		chromedp.Navigate(login.String()),
		chromedp.WaitVisible(`input[type=password]`, chromedp.ByQuery),
		c.stay(login),
		chromedp.Evaluate(fmt.Sprintf(fillIn, quoted(who.Name), quoted(who.Password)), nil),
		submit(),
		chromedp.ActionFunc(func(ctx context.Context) (err error) {
			found, err = storage.GetCookies().Do(ctx)
			return err
		}),
	)
	if err != nil {
		return nil, c.explain(ctx, login, who, err)
	}
	var out []Cookie
	for _, x := range found {
		y := Cookie{Name: x.Name, Value: x.Value, Domain: x.Domain, Path: x.Path, Secure: x.Secure, HTTPOnly: x.HTTPOnly, SameSite: string(x.SameSite)}
		if !x.Session {
			y.Expires = time.Unix(int64(x.Expires), 0)
		}
		out = append(out, y)
	}
	return out, nil
}

// stay fails where the page that came up is not of a host that may be tested.
func (c Chromium) stay(login *url.URL) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		var address string
		if err := chromedp.Location(&address).Do(ctx); err != nil {
			return err
		}
		u, err := url.Parse(address)
		if err != nil {
			return err
		}
		if !may(login, append([]string{login.Hostname()}, c.Hosts...), u) {
			return &failure{says: fmt.Sprintf("%s leads to %s, which this audit may not ask; if it may, say -i-may-test %s.", login.EscapedPath(), u.Hostname(), u.Hostname())}
		}
		return nil
	})
}

// fillIn fills in the form that has the password field, and sends it as a person does: by
// its button, which scripts listen to.
const fillIn = `(() => {
  const set = (field, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, value);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const password = document.querySelector("input[type=password]");
  const within = password.form || document;
  const user = [...within.querySelectorAll("input")].filter((f) => ["text", "email", "tel"].includes(f.type) && f.offsetParent).find(
    (f) => f.compareDocumentPosition(password) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (user) set(user, %s);
  set(password, %s);
  window.fixlabButton = [...within.querySelectorAll("button, input[type=submit]")].find((b) => b.type === "submit") || within.querySelector("button");
})()`

// submit presses the button, and waits until the network has been at rest for a while: for
// rest, or at the longest for busiest, since some pages never are.
func submit() chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		busy := map[network.RequestID]bool{}
		events := make(chan any, 1024)
		listen, stop := context.WithCancel(ctx)
		defer stop()
		chromedp.ListenTarget(listen, func(ev any) {
			select {
			case events <- ev:
			default:
			}
		})
		if err := network.Enable().Do(ctx); err != nil {
			return err
		}
		if err := chromedp.Evaluate(`(window.fixlabButton ? window.fixlabButton.click() : document.querySelector("input[type=password]").form.requestSubmit(), true)`, nil).Do(ctx); err != nil {
			return err
		}
		const rest, busiest = 500 * time.Millisecond, 20 * time.Second
		timer, enough := time.NewTimer(2*rest), time.NewTimer(busiest)
		defer timer.Stop()
		defer enough.Stop()
		for {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-enough.C:
				return nil
			case <-timer.C:
				if len(busy) == 0 {
					return nil
				}
				timer.Reset(rest)
			case ev := <-events:
				switch e := ev.(type) {
				case *network.EventRequestWillBeSent:
					if e.Type != network.ResourceTypeEventSource { // a stream has no end
						busy[e.RequestID] = true
					}
				case *network.EventLoadingFinished:
					delete(busy, e.RequestID)
				case *network.EventLoadingFailed:
					delete(busy, e.RequestID)
				}
				timer.Reset(rest)
			}
		}
	})
}

func (c Chromium) path() string {
	if c.Path != "" {
		return c.Path
	}
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	return "chromium"
}

func (c Chromium) explain(ctx context.Context, login *url.URL, who Account, err error) error {
	var away *failure
	switch {
	case errors.As(err, &away):
		return away
	case errors.Is(err, exec.ErrNotFound):
		return &failure{says: "There is no Chromium to log in with: install one, or name it in $CHROMIUM."}
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &failure{says: fmt.Sprintf("The browser did not get through the login at %s within a minute: it may have found no password field.", login.EscapedPath())}
	case ctx.Err() != nil:
		return &failure{says: "The audit was interrupted."}
	}
	return &failure{says: "The browser could not log in: " + strings.ReplaceAll(err.Error(), who.Password, "…") + "."}
}

// params are cookies as the browser's protocol takes them.
func params(login *url.URL, cookies []Cookie) (out []*network.CookieParam) {
	for _, c := range cookies {
		p := &network.CookieParam{Name: c.Name, Value: c.Value, Path: c.Path, Secure: c.Secure, HTTPOnly: c.HTTPOnly, SameSite: network.CookieSameSite(c.SameSite)}
		if p.Domain = c.Domain; c.Domain == "" {
			p.URL = login.String()
		}
		out = append(out, p)
	}
	return out
}

// ofJar are the cookies of a jar as a browser's protocol has them.
func ofJar(b *browser) (out []Cookie) {
	for _, e := range b.jar.All() {
		c := Cookie{Name: e.Name, Value: e.Value, Domain: e.Host(), Path: e.Path, Secure: e.Secure, HTTPOnly: e.HTTPOnly, Expires: e.Expires}
		if e.SameSite != cookie.Default {
			c.SameSite = e.SameSite.String()
		}
		out = append(out, c)
	}
	return out
}
