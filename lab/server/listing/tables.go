package listing

import "fixlab/lab/defence"

// A table ties the moments of a server to the lines of its listing.
type table struct {
	files  []string
	always defence.Set // what this profile's login does whatever the switches say
	logins []login     // the first of which all switches are on counts; the last needs none

	check        spot // the password is right
	keep, read   spot // a value is written, and the user read
	leave        spot // logout
	leaveKeeping spot // logout that keeps the record
	pay          spot // a transfer
	secret       spot // the signing secrets
	switches     []setting

	// What the listing spells out and most leave to the framework.
	open, openStrict spot // where the session comes from
	saved, signed    spot // where it is saved, and its cookie signed
}

// A login is one of the listing's functions that log a user in.
type login struct {
	when defence.Set
	in   string
	turn string // what becomes of the session that the visitor brought
	user string // the user is written; "" when turn does that too
}

// A setting is the line of a switch that is on.
type setting struct {
	any  defence.Set // one of these
	spot spot
}

const (
	names    = defence.HostPrefix | defence.SecurePrefix | defence.HostHTTPPrefix | defence.ReadUnprefixed
	hsts     = defence.HSTS | defence.HSTSSubDomains
	sameSite = defence.Lax | defence.SameSiteStrict
	keepOld  = defence.Rotate | defence.KeepOldRecord
)

var tables = map[string]table{
	"django-db":             django,
	"django-cache":          django,
	"django-cached-db":      django,
	"django-file":           django,
	"django-signed-cookies": django,

	"flask":                    flask,
	"flask-server-id":          flaskServerID,
	"flask-session-old":        flaskSession("login_rotated_before", "login_flushed_before", "cache.delete("),
	"flask-session-old-signed": flaskSession("login_rotated_before", "login_flushed_before", "cache.delete("),
	"flask-session":            flaskSession("login_rotated", "login_flushed", "regenerate("),
	"flask-seed": flaskSeed(seedKeeping, seedRotated, seedFlushed,
		login{defence.Strict, "login_verified_strict", "verify()", ""},
		login{0, "login_by_hand", "return", ""}),
	"flask-seed-verified": flaskSeed(seedFlushed, seedKeeping, seedRotated,
		login{defence.Strict, "login_verified_strict", "verify()", ""},
		login{0, "login_verified", "return", ""}),
	"flask-seed-fixed": flaskSeed(
		login{defence.KeepOldRecord, "login_keeping_old", "return", "table["},
		login{0, "login_rotated", "table.pop", ""}),

	"express-session":           express(0, login{0, "loginByHand", "req.session.user", ""}),
	"express-passport-0.5":      express(0, login{0, "loginWithPassport", "req.login(", ""}),
	"express-passport-0.7":      express(defence.FrameworkLogin, login{defence.FrameworkLogin, "loginWithPassport", "req.login(", ""}),
	"express-passport-0.7-keep": express(defence.FrameworkLogin, login{defence.FrameworkLogin, "loginKeepingInfo", "req.login(", ""}),
	"cookie-session":            cookieSession,

	"gorilla-cookie": gorilla(
		login{defence.Flush, "loginCleared", "clear(", `s.Values["user"]`},
		login{defence.Clear, "loginCleared", "clear(", `s.Values["user"]`},
		login{0, "loginByHand", `s.Values["user"]`, ""}),
	"gorilla-filesystem": gorilla(
		login{defence.Flush, "loginFlushed", "os.Remove(", `s.Values["user"]`},
		login{keepOld, "loginKeepingOld", `s.ID = ""`, `s.Values["user"]`},
		login{defence.Rotate, "loginRotated", "os.Remove(", `s.Values["user"]`},
		login{defence.Clear, "loginCleared", "clear(", `s.Values["user"]`},
		login{0, "loginByHand", `s.Values["user"]`, ""}),
	"scs": scs,
}

const djangoUser = `request.session["user_id"] = user.pk`

var django = table{
	files: []string{"django.py"},
	logins: []login{
		{defence.FrameworkLogin, "login_by_auth", "login(request, user)", ""},
		{defence.Flush, "login_flushed", "flush()", djangoUser},
		{keepOld, "login_keeping_old", "create()", djangoUser},
		{defence.Rotate, "login_rotated", "cycle_key()", djangoUser},
		{defence.Clear, "login_cleared", "clear()", djangoUser},
		{0, "login_by_hand", djangoUser, ""},
	},
	check:        spot{"log_in", "authenticate("},
	keep:         spot{"keep", "request.session[name]"},
	read:         spot{"profile", `request.session.get("user_id")`},
	leave:        spot{"log_out", "flush()"},
	leaveKeeping: spot{"log_out_of_the_browser", "delete_cookie("},
	pay:          spot{"transfer", "pay("},
	secret:       spot{"", "SECRET_KEY_FALLBACKS ="},
	switches: []setting{
		{names, spot{"", "SESSION_COOKIE_NAME ="}},
		{defence.HTTPOnly, spot{"", "SESSION_COOKIE_HTTPONLY ="}},
		{defence.Secure, spot{"", "SESSION_COOKIE_SECURE ="}},
		{sameSite, spot{"", "SESSION_COOKIE_SAMESITE ="}},
		{defence.DomainCookie, spot{"", "SESSION_COOKIE_DOMAIN ="}},
		{defence.HSTSSubDomains, spot{"", "SECURE_HSTS_INCLUDE_SUBDOMAINS ="}},
		{defence.HSTS, spot{"", "SECURE_HSTS_SECONDS ="}},
		{defence.OriginCheck, spot{"", "@csrf_protect  #"}},
		{defence.FreshCSRF, spot{"log_in", "rotate_token("}},
	},
}

// flaskApp is what the Flask listings share but the article's.
func flaskApp(file string, logins ...login) table {
	return table{
		files:  []string{file, "flask_app.py"},
		logins: logins,
		check:  spot{"log_in", "check_password("},
		keep:   spot{"keep", "current()[name]"},
		read:   spot{"profile", `current().get("user")`},
		leave:  spot{"log_out", "session.clear()"},
		pay:    spot{"transfer", "pay("},
		secret: spot{"", "SECRET_KEY="},
		switches: []setting{
			{names, spot{"", "SESSION_COOKIE_NAME="}},
			{defence.HTTPOnly, spot{"", "SESSION_COOKIE_HTTPONLY="}},
			{defence.Secure, spot{"", "SESSION_COOKIE_SECURE="}},
			{sameSite, spot{"", "SESSION_COOKIE_SAMESITE="}},
			{defence.DomainCookie, spot{"", "SESSION_COOKIE_DOMAIN="}},
			{defence.SecretFallback | defence.FallbackOrder, spot{"", "SECRET_KEY_FALLBACKS="}},
			{hsts, spot{"https_only", "Strict-Transport-Security"}},
			{defence.OriginCheck, spot{"same_origin", "request.headers.get("}},
			{defence.FreshCSRF, spot{"log_in", "secrets.token_hex("}},
		},
	}
}

var flask = flaskApp("flask.py",
	login{defence.Flush, "login_cleared", "session.clear()", `session["user"]`},
	login{defence.Clear, "login_cleared", "session.clear()", `session["user"]`},
	login{0, "login_by_hand", `session["user"]`, ""},
)

var flaskServerID = func() table {
	t := flaskApp("flask_server_id.py",
		login{defence.Clear, "login_cleared", "session.clear()", `current()["user"]`},
		login{defence.Flush, "login_flushed", "store.pop(", `current()["user"]`},
		login{keepOld, "login_keeping_old", `session["sid"]`, `old["user"]`},
		login{defence.Rotate, "login_rotated", "store.pop(", "user=user"},
		login{0, "login_by_hand", `current()["user"]`, ""},
	)
	t.open, t.openStrict = spot{"current", "store.setdefault("}, spot{"current_strict", "not in store"}
	t.leave, t.leaveKeeping = spot{"log_out", "store.pop("}, spot{"log_out_of_the_browser", "session.clear()"}
	return t
}()

// flaskSession is Flask-Session: the functions in which its version rotates and
// flushes, and how.
func flaskSession(rotated, flushed, turn string) table {
	t := flaskApp("flask_session.py",
		login{defence.Flush, flushed, turn, `session["user"]`},
		login{keepOld, "login_keeping_old", "session.sid = ", `session["user"]`},
		login{defence.Rotate, rotated, turn, `session["user"]`},
		login{defence.Clear, "login_cleared", "session.clear()", `session["user"]`},
		login{0, "login_by_hand", `session["user"]`, ""},
	)
	t.leaveKeeping = spot{"log_out_of_the_browser", "delete_cookie("}
	t.switches = append(t.switches, setting{defence.BareKey, spot{"", "SESSION_USE_SIGNER ="}})
	return t
}

var (
	seedFlushed = login{defence.Flush, "login_rotated", "table.pop", ""}
	seedRotated = login{defence.Rotate, "login_rotated", "table.pop", ""}
	seedKeeping = login{keepOld, "login_keeping_old", "return", "table["}
)

// flaskSeed is the article's.
func flaskSeed(logins ...login) table {
	return table{
		files:        []string{"flask_seed.py"},
		logins:       logins,
		check:        spot{"log_in", "check_password("},
		keep:         spot{"visit", "verify()"},
		read:         spot{"profile", "verify()"},
		leave:        spot{"log_out", "table.pop("},
		leaveKeeping: spot{"log_out_of_the_browser", "delete_cookie("},
		secret:       spot{"verify", "for key in KEYS"},
		saved:        spot{"remember", "table[session_id] = user"},
		signed:       spot{"remember", "mac(KEYS[0]"},
		switches: []setting{
			{names, spot{"verify", "request.cookies.get("}},
			{defence.HTTPOnly, spot{"remember", "httponly="}},
			{defence.Secure, spot{"remember", "secure="}},
			{sameSite, spot{"remember", "samesite="}},
			{defence.DomainCookie, spot{"remember", "domain="}},
			{hsts, spot{"remember", "Strict-Transport-Security"}},
			{defence.OriginCheck, spot{"log_in", `request.headers.get("Origin"`}},
		},
	}
}

// express is express-session, with logins before its own.
func express(always defence.Set, first login) table {
	logins := []login{
		{defence.Flush, "loginFlushed", "regenerate(", "req.session.user ="},
		{keepOld, "loginKeepingOld", "generate(req)", "req.session.user ="},
		{defence.Rotate, "loginRotated", "regenerate(", "{ user }"},
		{defence.Clear, "loginCleared", "delete req.session", "req.session.user ="},
	}
	if first.when == 0 {
		logins = append(logins, first)
	} else {
		logins = append(append([]login{first}, logins...), login{0, "loginByHand", "req.session.user =", ""})
	}
	t := expressApp("express.js", logins...)
	t.always = always
	t.leave, t.leaveKeeping = spot{"logOut", "req.session.destroy("}, spot{"logOutOfTheBrowser", "clearCookie("}
	return t
}

func expressApp(file string, logins ...login) table {
	return table{
		files:  []string{file, "express_app.js"},
		logins: logins,
		check:  spot{"logIn", "checkPassword("},
		keep:   spot{"keep", "req.session[name]"},
		read:   spot{"whose", "req.session.user"},
		leave:  spot{"logOut", "req.session = null"},
		pay:    spot{"transfer", "pay("},
		secret: spot{"", "KEYS,"},
		switches: []setting{
			{names, spot{"", `name: "`}},
			{defence.HTTPOnly, spot{"", "httpOnly:"}},
			{defence.Secure, spot{"", "secure:"}},
			{sameSite, spot{"", "sameSite:"}},
			{defence.DomainCookie, spot{"", "domain:"}},
			{hsts, spot{"", "Strict-Transport-Security"}},
			{defence.OriginCheck, spot{"", "origin !=="}},
			{defence.FreshCSRF, spot{"logIn", "req.session.csrf ="}},
		},
	}
}

var cookieSession = expressApp("cookie_session.js",
	login{defence.Flush, "loginCleared", "req.session = ", ""},
	login{defence.Clear, "loginCleared", "req.session = ", ""},
	login{0, "loginByHand", "req.session.user", ""},
)

// goApp is what the Go listings share.
func goApp(t table) table {
	t.files = append(t.files, "go_app.go.txt")
	t.check = spot{"logIn", "checkPassword("}
	t.leaveKeeping = spot{"logOutOfTheBrowser", "http.SetCookie("}
	t.pay = spot{"transfer", "pay("}
	t.switches = append(t.switches,
		setting{sameSite, spot{"", "http.SameSiteLaxMode"}},
		setting{hsts, spot{"secured", "Strict-Transport-Security"}},
		setting{defence.OriginCheck, spot{"secured", "http.NewCrossOriginProtection("}},
		setting{defence.FreshCSRF, spot{"logIn", "rand.Text()"}},
	)
	return t
}

func gorilla(logins ...login) table {
	return goApp(table{
		files:      []string{"gorilla.go.txt"},
		logins:     logins,
		keep:       spot{"keep", "s.Values[key]"},
		read:       spot{"profile", `Values["user"]`},
		leave:      spot{"logOut", "MaxAge"},
		secret:     spot{"", "keys..."},
		open:       spot{"current", "store.Get("},
		openStrict: spot{"currentStrict", "err != nil"},
		switches: []setting{
			{names, spot{"", "const name ="}},
			{defence.HTTPOnly, spot{"", "HttpOnly:"}},
			{defence.Secure, spot{"", "Secure:"}},
			{defence.DomainCookie, spot{"", "Domain:"}},
		},
	})
}

var scs = goApp(table{
	files: []string{"scs.go.txt"},
	logins: []login{
		{defence.Flush, "loginFlushed", "manager.Destroy(", "manager.Put("},
		{keepOld, "loginKeepingOld", "manager.RenewToken(", "manager.Put("},
		{defence.Rotate, "loginRotated", "manager.RenewToken(", "manager.Put("},
		{defence.Clear, "loginCleared", "manager.Clear(", "manager.Put("},
		{0, "loginByHand", "manager.Put(", ""},
	},
	keep:   spot{"keep", "manager.Put("},
	read:   spot{"profile", "manager.GetString("},
	leave:  spot{"logOut", "manager.Destroy("},
	secret: spot{"", "scs.New()"},
	switches: []setting{
		{names, spot{"", "manager.Cookie.Name ="}},
		{defence.HTTPOnly, spot{"", "manager.Cookie.HttpOnly ="}},
		{defence.Secure, spot{"", "manager.Cookie.Secure ="}},
		{defence.DomainCookie, spot{"", "manager.Cookie.Domain ="}},
	},
})
