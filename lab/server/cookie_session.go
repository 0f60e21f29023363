package server

import (
	"net/http"
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/session"
)

// newCookieSession returns cookie-session: the session is in two cookies, the data
// and its signature.
// There is no id and no record: nothing to rotate and nothing to revoke.
// req.session = null at login drops the data.
// Source: cookie-session/index.js, keygrip/index.js.
func newCookieSession(e Env) Framework { return sessions{e, cookieSession{e}} }

type cookieSession struct{ Env }

const (
	dataCookie = "session"
	sigCookie  = "session.sig"
)

func (c cookieSession) open(r *http.Request) (key string, v session.Values) {
	data, sig := c.first(r, dataCookie), c.first(r, sigCookie)
	if data == "" {
		return "", nil
	}
	text, err := c.Signer.Unsign(dataCookie + "=" + data + "; " + sigCookie + "=" + sig)
	if err != nil {
		return "", nil
	}
	v, err = session.ParseValues(text)
	if err != nil || !c.fits(r, v) {
		return "", nil
	}
	return "", v
}

func (c cookieSession) save(w http.ResponseWriter, _ *http.Request, _ string, v session.Values) {
	for pair := range strings.SplitSeq(c.Signer.Sign(codec.NodeJSON(object(v))), "; ") {
		name, value, _ := strings.Cut(pair, "=")
		c.setCookie(w, name, value)
	}
}

func (c cookieSession) forget(w http.ResponseWriter) {
	c.clearCookie(w, dataCookie)
	c.clearCookie(w, sigCookie)
}
