package server

import "net/http"

// A Denial is why the shop refuses a request. Users see less of it than its log.
type Denial string

// The reasons.
const (
	OtherOrigin    Denial = "other origin"    // a page of another origin sent it
	WrongToken     Denial = "wrong token"     // its token is not the session's
	NotLoggedIn    Denial = "not logged in"   // nobody is logged in to the session, if there is one
	BadCredentials Denial = "bad credentials" // the name and the secret do not belong together
)

// deny answers with an error page, and logs why.
func (s shop) deny(w http.ResponseWriter, why Denial, status int, title string, body ...string) {
	if s.env.Denied != nil {
		s.env.Denied(why)
	}
	page(w, status, title, body...)
}
