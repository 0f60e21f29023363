package server

import (
	"net/http"
	"strings"

	"fixlab/lab/defence"
)

// Ways are the paths of the forms by which one comes into an account.
var Ways = []string{"/login", "/signup", "/sso", "/step-up"}

// The ways into an account. Each ends in the framework's Login, and each has to
// issue a new session key by itself: ForgottenPath is about all but the first.

// enter answers a login. who says whose it is, or why it is nobody's.
func (s shop) enter(w http.ResponseWriter, r *http.Request, again string, who func(*http.Request) (user string, why Denial)) {
	if s.foreign(r) && s.env.On(defence.OriginCheck) {
		s.deny(w, OtherOrigin, http.StatusForbidden, "Sent from another origin", "<p>Please use the form of this shop.</p>", again)
		return
	}
	user, why := who(r)
	switch why {
	case "":
		s.f.Login(w, r, user)
		page(w, http.StatusOK, "Logged in", "<p>Good to see you.</p>", `<a href="/profile">Profile</a>`, `<a href="/basket">Basket</a>`)
	case NotLoggedIn:
		s.deny(w, why, http.StatusUnauthorized, "Log in first", "<p>The shop does not know yet who you are.</p>", `<a href="/login">Log in</a>`)
	default:
		s.deny(w, why, http.StatusUnauthorized, "Invalid credentials", "<p>The login failed: these two do not belong together.</p>", again)
	}
}

// foreign reports whether a page of another origin sent r. Browsers put Origin
// on every POST (Fetch §3.2.2); what sends none is no page.
func (s shop) foreign(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	scheme, host, ok := strings.Cut(origin, "://") // "null" has none
	return !ok || !strings.EqualFold(host, r.Host) || s.env.HTTPS != nil && scheme != "https"
}

// login: name and password.
func (s shop) login(r *http.Request) (string, Denial) {
	fields := form(r)
	return s.authenticated(fields.Get("user"), fields.Get("password"))
}

// authenticated returns user if given is the password.
func (s shop) authenticated(user, given string) (string, Denial) {
	if password, ok := s.env.Users[user]; !ok || password != given {
		return "", BadCredentials
	}
	return user, ""
}

// signUp opens an account and logs in to it. Whoever has one already, and gives
// its password, is let in as well.
func (s shop) signUp(r *http.Request) (string, Denial) {
	fields := form(r)
	user, password := fields.Get("user"), fields.Get("password")
	if user == "" || password == "" {
		return "", BadCredentials
	}
	if _, taken := s.env.Users[user]; !taken {
		s.env.Users[user] = password
		if s.env.Opened != nil {
			s.env.Opened(user)
		}
	}
	return s.authenticated(user, password)
}

// singleSignOn: the identity provider's word for it. The provider is left out:
// its ticket for a user is a constant that, like a password, is the user's secret.
func (s shop) singleSignOn(r *http.Request) (string, Denial) {
	fields := form(r)
	user := fields.Get("user")
	if _, ok := s.env.Users[user]; !ok || fields.Get("ticket") != Ticket(user) {
		return "", BadCredentials
	}
	return user, ""
}

// stepUp: the password once more, of the user who is logged in.
func (s shop) stepUp(r *http.Request) (string, Denial) {
	given := form(r).Get("password")
	user, _ := s.f.Whoami(r)
	if user == "" {
		return "", NotLoggedIn
	}
	return s.authenticated(user, given)
}

const (
	userField     = `<label>Name <input name="user"></label>`
	passwordField = `<label>Password <input name="password" type="password"></label>`

	signUpForm = `<form method="post" action="/signup">` + userField + passwordField + `<button>Sign up</button></form>`
	ssoForm    = `<form method="post" action="/sso">` + userField + `<label>Ticket <input name="ticket"></label><button>Log in</button></form>`
	stepUpForm = `<form method="post" action="/step-up">` + passwordField + `<button>Go on</button></form>`
)

// loginForm carries the token when there is one, as csurf and Flask-WTF put it
// into every form. The login does not look at it; only a transfer does.
func loginForm(token string) string {
	return `<form method="post" action="/login">` + hidden(token) + userField + passwordField + `<button>Log in</button></form>`
}

// UserField is the name of the field that says who wants to come in.
const UserField = "user"

// Credential returns the name of the field that carries the secret by which the way
// in at path knows a user. Of several fields of that name the body's first counts.
func Credential(path string) string {
	if path == "/sso" {
		return "ticket"
	}
	return "password"
}

// Ticket returns the identity provider's ticket for user.
func Ticket(user string) string { return "ticket-for-" + user }
