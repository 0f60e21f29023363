package listing

import "fixlab/lab/defence"

// A table ties the moments of a server to the lines of its listing. Tables are
// plain data, laid out by the compiler: nothing here runs.
type table struct {
	profiles []string
	files    []string
	always   defence.Set // what this profile's login does whatever the switches say
	logins   []login     // the first of which all switches are on counts; the last needs none
	*frame               // what listings of one framework share

	*exit

	open, openStrict spot // where the session comes from, if the listing spells it out
}

// A frame is the application around the sessions.
type frame struct {
	check         spot // the password is right
	keep, read    spot // a value is written, and the user read
	pay           spot // a transfer
	secret        spot // the signing secrets
	saved, signed spot // where the session is saved, and its cookie signed, if the listing spells it out
	switches      []setting
}

// An exit is how a user logs out.
type exit struct {
	leave   spot
	keeping spot // and the record stays
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

var (
	names    = defence.Prefix.Set() | defence.ReadUnprefixed
	hsts     = defence.Upgrade.Set()
	sameSite = defence.SameSite.Set()
	keepOld  = defence.Rotate | defence.KeepOldRecord
)

var tables = []table{
	{
		profiles: []string{"django-db", "django-cache", "django-cached-db", "django-file", "django-signed-cookies"},
		files:    []string{"django.py"},
		frame:    &django,
		logins: []login{
			{defence.FrameworkLogin, "login_by_auth", "login(request, user)", ""},
			{defence.Flush, "login_flushed", "flush()", djangoUser},
			{keepOld, "login_keeping_old", "create()", djangoUser},
			{defence.Rotate, "login_rotated", "cycle_key()", djangoUser},
			{defence.Clear, "login_cleared", "clear()", djangoUser},
			{0, "login_by_hand", djangoUser, ""},
		},
		exit: &djangoExit,
	},

	{
		profiles: []string{"flask"},
		files:    []string{"flask.py", "flask_app.py"},
		frame:    &flask,
		logins: []login{
			{defence.Flush, "login_cleared", "session.clear()", flaskUser},
			{defence.Clear, "login_cleared", "session.clear()", flaskUser},
			{0, "login_by_hand", flaskUser, ""},
		},
		exit: &flaskExit,
	},
	{
		profiles: []string{"flask-server-id"},
		files:    []string{"flask_server_id.py", "flask_app.py"},
		frame:    &flask,
		logins: []login{
			{defence.Clear, "login_cleared", "session.clear()", flaskCurrentUser},
			{defence.Flush, "login_flushed", "store.pop(", flaskCurrentUser},
			{keepOld, "login_keeping_old", `session["sid"]`, `old["user"]`},
			{defence.Rotate, "login_rotated", "store.pop(", "user=user"},
			{0, "login_by_hand", flaskCurrentUser, ""},
		},
		exit:       &flaskServerIDExit,
		open:       "current|store.setdefault(",
		openStrict: "current_strict|not in store",
	},
	{
		profiles: []string{"flask-session"},
		files:    []string{"flask_session.py", "flask_app.py"},
		frame:    &flask,
		logins: []login{
			{defence.Flush, "login_flushed", "regenerate(", flaskUser},
			{keepOld, "login_keeping_old", "session.sid = ", flaskUser},
			{defence.Rotate, "login_rotated", "regenerate(", flaskUser},
			{defence.Clear, "login_cleared", "session.clear()", flaskUser},
			{0, "login_by_hand", flaskUser, ""},
		},
		exit: &flaskSessionExit,
	},
	{
		profiles: []string{"flask-session-old", "flask-session-old-signed"},
		files:    []string{"flask_session.py", "flask_app.py"},
		frame:    &flask,
		logins: []login{
			{defence.Flush, "login_flushed_before", "cache.delete(", flaskUser},
			{keepOld, "login_keeping_old", "session.sid = ", flaskUser},
			{defence.Rotate, "login_rotated_before", "cache.delete(", flaskUser},
			{defence.Clear, "login_cleared", "session.clear()", flaskUser},
			{0, "login_by_hand", flaskUser, ""},
		},
		exit: &flaskSessionExit,
	},
	{
		profiles: []string{"flask-seed"},
		files:    []string{"flask_seed.py"},
		frame:    &flaskSeed,
		logins: []login{
			{keepOld, "login_keeping_old", "return", "table["},
			{defence.Rotate, "login_rotated", "table.pop(", ""},
			{defence.Flush, "login_rotated", "table.pop(", ""},
			{defence.Strict, "login_verified_strict", "verify()", ""},
			{0, "login_by_hand", "return", ""},
		},
		exit: &flaskSeedExit,
	},
	{
		profiles: []string{"flask-seed-verified"},
		files:    []string{"flask_seed.py"},
		frame:    &flaskSeed,
		logins: []login{
			{defence.Flush, "login_rotated", "table.pop(", ""},
			{keepOld, "login_keeping_old", "return", "table["},
			{defence.Rotate, "login_rotated", "table.pop(", ""},
			{defence.Strict, "login_verified_strict", "verify()", ""},
			{0, "login_verified", "return", ""},
		},
		exit: &flaskSeedExit,
	},
	{
		profiles: []string{"flask-seed-fixed"},
		files:    []string{"flask_seed.py"},
		frame:    &flaskSeed,
		logins: []login{
			{defence.KeepOldRecord, "login_keeping_old", "return", "table["},
			{0, "login_rotated", "table.pop(", ""},
		},
		exit: &flaskSeedExit,
	},

	{
		profiles: []string{"express-session"},
		files:    []string{"express.js", "express_app.js"},
		frame:    &express,
		logins: []login{
			{defence.Flush, "loginFlushed", "regenerate(", expressUser},
			{keepOld, "loginKeepingOld", "generate(req)", expressUser},
			{defence.Rotate, "loginRotated", "regenerate(", "{ user }"},
			{defence.Clear, "loginCleared", "delete req.session", expressUser},
			{0, "loginByHand", expressUser, ""},
		},
		exit: &expressExit,
	},
	{
		profiles: []string{"express-passport-0.5"},
		files:    []string{"express.js", "express_app.js"},
		frame:    &express,
		logins: []login{
			{defence.Flush, "loginFlushed", "regenerate(", expressUser},
			{keepOld, "loginKeepingOld", "generate(req)", expressUser},
			{defence.Rotate, "loginRotated", "regenerate(", "{ user }"},
			{defence.Clear, "loginCleared", "delete req.session", expressUser},
			{0, "loginWithPassport", "req.login(", ""},
		},
		exit: &expressExit,
	},
	{
		profiles: []string{"express-passport-0.7"},
		files:    []string{"express.js", "express_app.js"},
		frame:    &express,
		always:   defence.FrameworkLogin,
		logins: []login{
			{defence.FrameworkLogin, "loginWithPassport", "req.login(", ""},
			{defence.Clear, "loginCleared", "delete req.session", expressUser},
			{0, "loginByHand", expressUser, ""},
		},
		exit: &expressExit,
	},
	{
		profiles: []string{"express-passport-0.7-keep"},
		files:    []string{"express.js", "express_app.js"},
		frame:    &express,
		always:   defence.FrameworkLogin,
		logins: []login{
			{defence.FrameworkLogin, "loginKeepingInfo", "req.login(", ""},
			{defence.Clear, "loginCleared", "delete req.session", expressUser},
			{0, "loginByHand", expressUser, ""},
		},
		exit: &expressExit,
	},
	{
		profiles: []string{"cookie-session"},
		files:    []string{"cookie_session.js", "express_app.js"},
		frame:    &express,
		logins: []login{
			{defence.Flush, "loginCleared", "req.session = ", ""},
			{defence.Clear, "loginCleared", "req.session = ", ""},
			{0, "loginByHand", expressUser, ""},
		},
		exit: &cookieSessionExit,
	},

	{
		profiles: []string{"gorilla-cookie"},
		files:    []string{"gorilla.go.txt", "go_app.go.txt"},
		frame:    &gorilla,
		logins: []login{
			{defence.Flush, "loginCleared", "clear(", gorillaUser},
			{defence.Clear, "loginCleared", "clear(", gorillaUser},
			{0, "loginByHand", gorillaUser, ""},
		},
		exit:       &gorillaExit,
		open:       "current|store.Get(",
		openStrict: "currentStrict|err != nil",
	},
	{
		profiles: []string{"gorilla-filesystem"},
		files:    []string{"gorilla.go.txt", "go_app.go.txt"},
		frame:    &gorilla,
		logins: []login{
			{defence.Flush, "loginFlushed", "os.Remove(", gorillaUser},
			{keepOld, "loginKeepingOld", `s.ID = ""`, gorillaUser},
			{defence.Rotate, "loginRotated", "os.Remove(", gorillaUser},
			{defence.Clear, "loginCleared", "clear(", gorillaUser},
			{0, "loginByHand", gorillaUser, ""},
		},
		exit:       &gorillaExit,
		open:       "current|store.Get(",
		openStrict: "currentStrict|err != nil",
	},
	{
		profiles: []string{"scs"},
		files:    []string{"scs.go.txt", "go_app.go.txt"},
		frame:    &scs,
		logins: []login{
			{defence.Flush, "loginFlushed", "manager.Destroy(", "manager.Put("},
			{keepOld, "loginKeepingOld", "manager.RenewToken(", "manager.Put("},
			{defence.Rotate, "loginRotated", "manager.RenewToken(", "manager.Put("},
			{defence.Clear, "loginCleared", "manager.Clear(", "manager.Put("},
			{0, "loginByHand", "manager.Put(", ""},
		},
		exit: &scsExit,
	},
}

// How the user is written.
const (
	djangoUser       = `request.session["user_id"] = user.pk`
	flaskUser        = `session["user"]`
	flaskCurrentUser = `current()["user"]`
	expressUser      = "req.session.user ="
	gorillaUser      = `s.Values["user"]`
)

var (
	djangoExit        = exit{"log_out|flush()", "log_out_of_the_browser|delete_cookie("}
	flaskExit         = exit{leave: "log_out|session.clear()"}
	flaskServerIDExit = exit{"log_out|store.pop(", "log_out_of_the_browser|session.clear()"}
	flaskSessionExit  = exit{"log_out|session.clear()", "log_out_of_the_browser|delete_cookie("}
	flaskSeedExit     = exit{"log_out|table.pop(", "log_out_of_the_browser|delete_cookie("}
	expressExit       = exit{"logOut|req.session.destroy(", "logOutOfTheBrowser|clearCookie("}
	cookieSessionExit = exit{leave: "logOut|req.session = null"}
	gorillaExit       = exit{"logOut|MaxAge", "logOutOfTheBrowser|http.SetCookie("}
	scsExit           = exit{"logOut|manager.Destroy(", "logOutOfTheBrowser|http.SetCookie("}
)

var django = frame{
	check:  "log_in|authenticate(",
	keep:   "keep|request.session[name]",
	read:   `profile|request.session.get("user_id")`,
	pay:    "transfer|pay(",
	secret: "|SECRET_KEY_FALLBACKS =",
	switches: []setting{
		{names, "|SESSION_COOKIE_NAME ="},
		{defence.HTTPOnly, "|SESSION_COOKIE_HTTPONLY ="},
		{defence.Secure, "|SESSION_COOKIE_SECURE ="},
		{sameSite, "|SESSION_COOKIE_SAMESITE ="},
		{defence.DomainCookie, "|SESSION_COOKIE_DOMAIN ="},
		{defence.HSTSSubDomains, "|SECURE_HSTS_INCLUDE_SUBDOMAINS ="},
		{defence.HSTS, "|SECURE_HSTS_SECONDS ="},
		{defence.OriginCheck, "|@csrf_protect  #"},
		{defence.FreshCSRF, "log_in|rotate_token("},
	},
}

var flask = frame{
	check:  "log_in|check_password(",
	keep:   "keep|current()[name]",
	read:   `profile|current().get("user")`,
	pay:    "transfer|pay(",
	secret: "|SECRET_KEY=",
	switches: []setting{
		{names, "|SESSION_COOKIE_NAME="},
		{defence.HTTPOnly, "|SESSION_COOKIE_HTTPONLY="},
		{defence.Secure, "|SESSION_COOKIE_SECURE="},
		{sameSite, "|SESSION_COOKIE_SAMESITE="},
		{defence.DomainCookie, "|SESSION_COOKIE_DOMAIN="},
		{defence.SecretFallback | defence.FallbackOrder, "|SECRET_KEY_FALLBACKS="},
		{hsts, "https_only|Strict-Transport-Security"},
		{defence.OriginCheck, "same_origin|request.headers.get("},
		{defence.FreshCSRF, "log_in|secrets.token_hex("},
	},
}

var flaskSeed = frame{
	check:  "log_in|check_password(",
	keep:   "visit|verify()",
	read:   "profile|verify()",
	secret: "verify|for key in KEYS",
	saved:  "remember|table[session_id] = user",
	signed: "remember|mac(KEYS[0]",
	switches: []setting{
		{names, "verify|request.cookies.get("},
		{defence.HTTPOnly, "remember|httponly="},
		{defence.Secure, "remember|secure="},
		{sameSite, "remember|samesite="},
		{defence.DomainCookie, "remember|domain="},
		{hsts, "remember|Strict-Transport-Security"},
		{defence.OriginCheck, `log_in|request.headers.get("Origin"`},
	},
}

var express = frame{
	check:  "logIn|checkPassword(",
	keep:   "keep|req.session[name]",
	read:   "whose|req.session.user",
	pay:    "transfer|pay(",
	secret: "|KEYS,",
	switches: []setting{
		{names, `|name: "`},
		{defence.HTTPOnly, "|httpOnly:"},
		{defence.Secure, "|secure:"},
		{sameSite, "|sameSite:"},
		{defence.DomainCookie, "|domain:"},
		{hsts, "|Strict-Transport-Security"},
		{defence.OriginCheck, "|origin !=="},
		{defence.FreshCSRF, "logIn|req.session.csrf ="},
	},
}

var gorilla = frame{
	check:  "logIn|checkPassword(",
	keep:   "keep|s.Values[key]",
	read:   `profile|Values["user"]`,
	pay:    "transfer|pay(",
	secret: "|keys...",
	switches: []setting{
		{names, "|const name ="},
		{defence.HTTPOnly, "|HttpOnly:"},
		{defence.Secure, "|Secure:"},
		{sameSite, "|http.SameSiteLaxMode"},
		{defence.DomainCookie, "|Domain:"},
		{hsts, "secured|Strict-Transport-Security"},
		{defence.OriginCheck, "secured|http.NewCrossOriginProtection("},
		{defence.FreshCSRF, "logIn|rand.Text()"},
	},
}

var scs = frame{
	check:  "logIn|checkPassword(",
	keep:   "keep|manager.Put(",
	read:   "profile|manager.GetString(",
	pay:    "transfer|pay(",
	secret: "|scs.New()",
	switches: []setting{
		{names, "|manager.Cookie.Name ="},
		{defence.HTTPOnly, "|manager.Cookie.HttpOnly ="},
		{defence.Secure, "|manager.Cookie.Secure ="},
		{sameSite, "|http.SameSiteLaxMode"},
		{defence.DomainCookie, "|manager.Cookie.Domain ="},
		{hsts, "secured|Strict-Transport-Security"},
		{defence.OriginCheck, "secured|http.NewCrossOriginProtection("},
		{defence.FreshCSRF, "logIn|rand.Text()"},
	},
}
