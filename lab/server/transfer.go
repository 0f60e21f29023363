package server

import (
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"

	"fixlab/lab/session"
)

// transfersKey is the name under which the session keeps what was sent.
const transfersKey = "transfers"

// token returns the anti-CSRF token of r's session: the secret that the session
// holds, made when it is first needed, for a visitor too. It is "" when the
// server can keep none.
func (s shop) token(w http.ResponseWriter, r *http.Request) string {
	if secret := s.f.Values(r).Get(session.CSRF); secret != "" {
		return secret
	}
	if s.closed(r) {
		return ""
	}
	secret := s.env.newKey()
	if !s.f.Put(w, r, session.CSRF, secret) {
		return ""
	}
	return secret
}

// sender returns whose money it is and the session's token. Without either it
// answers r itself.
func (s shop) sender(w http.ResponseWriter, r *http.Request) (user, token string, ok bool) {
	user, _ = s.f.Whoami(r)
	if user == "" {
		s.deny(w, NotLoggedIn, http.StatusUnauthorized, "Unauthorized", "<p>This page is for those who are logged in.</p>", `<a href="/login">Log in</a>`)
		return "", "", false
	}
	if token = s.token(w, r); token == "" {
		page(w, http.StatusNotFound, "This server keeps no token", "<p>Without one it sends no money.</p>")
		return "", "", false
	}
	return user, token, true
}

func (s shop) showTransfer(w http.ResponseWriter, r *http.Request) {
	if _, token, ok := s.sender(w, r); ok {
		page(w, http.StatusOK, "Send money", items(s.f.Values(r).Get(transfersKey)), transferForm(token))
	}
}

// transfer sends money if the form brings the session's token: a page of
// another site can send the form, but it cannot read the token in it.
func (s shop) transfer(w http.ResponseWriter, r *http.Request) {
	fields := form(r)
	user, token, ok := s.sender(w, r)
	if !ok {
		return
	}
	if subtle.ConstantTimeCompare([]byte(fields.Get("token")), []byte(token)) != 1 {
		s.deny(w, WrongToken, http.StatusForbidden, "Wrong token", "<p>Nothing was sent.</p>", `<a href="/transfer">Send money</a>`)
		return
	}
	to, amount := strings.TrimSpace(fields.Get("to")), strings.TrimSpace(fields.Get("amount"))
	if n, err := strconv.ParseUint(amount, 10, 32); err != nil || n == 0 || to == "" {
		page(w, http.StatusBadRequest, "To whom, and how much?", "<p>Nothing was sent.</p>", transferForm(token))
		return
	}
	s.f.Put(w, r, transfersKey, listed(s.f.Values(r).Get(transfersKey), amount+" to "+to))
	if s.env.Transfer != nil {
		s.env.Transfer(user, to, amount)
	}
	page(w, http.StatusOK, "Sent "+amount+" to "+to, "<p>The money is on its way.</p>", `<a href="/transfer">Send money</a>`)
}

func transferForm(token string) string {
	return `<form method="post" action="/transfer">` + hidden(token) + `<label>To <input name="to"></label><label>Amount <input name="amount"></label><button>Send</button></form>`
}
