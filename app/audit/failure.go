//go:build !wasm

package audit

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A failure is a request that has no answer to go on with.
type failure struct {
	says    string // a sentence
	unheard bool   // nothing answers there at all
	stop    bool   // the server asks to stop: 429, a locked account, a captcha

	after time.Duration // for how long it asks to wait, 0 where it does not say
}

func (f *failure) Error() string { return f.says }

// broken says what became of a request that has no answer.
func (c *client) broken(ctx context.Context, u *url.URL, err error) error {
	var op *net.OpError
	dialed := errors.As(err, &op) && op.Op == "dial"
	var dns *net.DNSError
	f := &failure{unheard: !c.answered && (dialed || errors.As(err, &dns))}
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded), timeout(err):
		f.says = fmt.Sprintf("%s did not answer within %v.", c.path(u), c.Timeout)
	case f.unheard:
		f.says = fmt.Sprintf("Nothing answers at %s: %v.", u.Host, err)
	case errors.As(err, &certificate):
		f.unheard = !c.answered
		f.says = fmt.Sprintf("The certificate of %s cannot be trusted: %v. -ca FILE trusts another one; on this machine -insecure takes any.", u.Host, certificate.Err)
	case !c.answered && c.speaksHTTP2(u):
		f.says = fmt.Sprintf("%s speaks HTTP/2 without TLS and nothing else, which this audit does not. Ask it over https, or put something before it that takes HTTP/1.1.", u.Host)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f.says = fmt.Sprintf("The server closed the connection in the middle of its answer to %s.", c.path(u))
	case u.Scheme == "https" && strings.Contains(err.Error(), "first record does not look like a TLS handshake"):
		f.says = fmt.Sprintf("%s does not speak https; try http://%s.", u.Host, u.Host)
	case strings.Contains(err.Error(), "malformed"):
		f.says = fmt.Sprintf("What comes back from %s is no answer of HTTP/1.1: %v.", c.path(u), err)
	default:
		f.says = fmt.Sprintf("There is no answer to %s: %v.", c.path(u), err)
	}
	return f
}

// timeout reports whether err is that time ran out.
func timeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

// over says why nothing more is sent.
func (c *client) over(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &failure{says: fmt.Sprintf("The audit has taken its %v; -max-time allows more.", c.MaxTime)}
	}
	return &failure{says: "The audit was interrupted."}
}

// retryAfter is for how long an answer asks to wait, in full seconds (RFC 9110 10.2.3).
func retryAfter(says string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(says)); err == nil && n > 0 && n < 1e6 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(says); err == nil && at.After(now) {
		return at.Sub(now).Truncate(time.Second) + time.Second
	}
	return 0
}

// asksToWait is for how long a server asks to wait, if that is not too long to be done.
func asksToWait(err error) time.Duration {
	if f := (*failure)(nil); errors.As(err, &f) && f.after <= maxWait {
		return f.after
	}
	return 0
}
