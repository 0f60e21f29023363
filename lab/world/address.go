package world

import (
	"fmt"
	"net/url"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// address reads what somebody types into the address bar.
func address(text string) (*url.URL, error) {
	full := text
	if strings.HasPrefix(text, "/") {
		full = "https://" + event.ShopHost + text
	}
	u, ok := cookie.ParseURL(nil, full)
	if !ok {
		return nil, fmt.Errorf("%q is not an http or https URL", text)
	}
	return bare(u), nil
}

// page is the part of a URL that says which page it is.
func page(u *url.URL) string { return u.Scheme + "://" + u.Host + u.Path }
