package event

// A Denial is the server's own reason to refuse a request: the Reason of a Denied
// event. The values are those of server.Denial.
type Denial string

// The reasons.
const (
	OtherOrigin    Denial = "other origin"    // a page of another origin sent it
	WrongToken     Denial = "wrong token"     // its token is not the session's
	NotLoggedIn    Denial = "not logged in"   // nobody is logged in to the session, if there is one
	BadCredentials Denial = "bad credentials" // the name and the secret do not belong together
)
