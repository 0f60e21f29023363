package world

import (
	"fmt"
	"net/url"
	"strings"

	"fixlab/lab/event"
)

// address reads what somebody types into the address bar.
func address(text string) (*url.URL, error) {
	full := text
	if strings.HasPrefix(text, "/") {
		full = "https://" + event.ShopHost + text
	}
	u, err := url.Parse(full)
	if err != nil {
		return nil, fmt.Errorf("%q is not a URL", text)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Opaque != "" {
		return nil, fmt.Errorf("%q is not an http or https URL", text)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return canonical(u), nil
}

// page is the part of a URL that says which page it is.
func page(u *url.URL) string { return u.Scheme + "://" + u.Host + u.Path }
