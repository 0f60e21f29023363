package server

import (
	"cmp"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/sign"
)

// A Profile is a server that the learner can pick. A new one is a Go file with
// its New, a row here, and a listing: see package listing.
type Profile struct {
	ID     string     // in links and lessons: lower-case letters, digits, dots and hyphens
	Title  string     // as it is displayed; where login is home-made beside one of the framework's own, it says so
	Stack  string     // what Title says without the login; "" where it says nothing of it
	File   string     // the file of this package, in Source, that New is in
	Cookie string     // the cookie's name without the prefix that a switch puts before it
	Beside string     // the name of a second cookie, without which the first is worth nothing; "" where one is all
	Reads  Duplicates // which of several cookies of that name counts
	Note   string     // sentences for the help: what it is, and what the lab added or left out
	New    func(Env) Framework
	// Signer makes its signer: the first secret signs, all of them verify. A server
	// that signs nothing has one too, which is not used.
	Signer func(now func() time.Time, secrets []string) sign.Signer
}

// Profiles lists every profile in display order. A test that puts a row in takes it
// out again, and runs beside no other.
var Profiles = []Profile{
	{
		ID: "signed-id", Title: "Signed key, server store", File: "signed_id.go", Cookie: "sid",
		Note: "The lab's own reference server: a random key, signed with HMAC-SHA256, and the session in a store.",
		New:  newSignedID, Signer: plain(sign.Seed),
	},

	{
		ID: "django-db", Title: "Django database sessions, home-made login", Stack: "Django, database sessions", File: "django_db.go", Cookie: "sessionid", Reads: Last,
		Note: "The cookie is the bare key, unsigned; the row is signed." + djangoLogin + djangoStock,
		New:  newDjangoDB, Signer: newDjangoSigner(sign.SaltSession, 0),
	},
	{
		ID: "django-cache", Title: "Django cache sessions, home-made login", Stack: "Django, cache sessions", File: "django_cache.go", Cookie: "sessionid", Reads: Last,
		Note: "Nothing is signed: the cookie is the bare key, and the cache holds the plain session, here as JSON and without Django's key prefix. A new SECRET_KEY changes nothing for a session that a home-made login wrote." + djangoLogin + djangoStock,
		New:  newDjangoCache, Signer: newDjangoSigner(sign.SaltSession, 0),
	},
	{
		ID: "django-cached-db", Title: "Django cached_db sessions, home-made login", Stack: "Django, database sessions read from the cache", File: "django_cache.go", Cookie: "sessionid", Reads: Last,
		Note: "Every session is in the cache, unsigned, and in the database, signed; the cache is read first and forgets nothing here. Both lie in one store: the database's rows are those under " + tableRow + "." + djangoLogin + djangoStock,
		New:  newDjangoCachedDB, Signer: newDjangoSigner(sign.SaltSession, 0),
	},
	{
		ID: "django-file", Title: "Django file sessions, home-made login", Stack: "Django, file sessions", File: "django_db.go", Cookie: "sessionid", Reads: Last,
		Note: "As the database sessions, in one file a session; a key that is no file name is an unknown one." + djangoLogin + djangoStock,
		New:  newDjangoFile, Signer: newDjangoSigner(sign.SaltSession, 0),
	},
	{
		ID: "django-signed-cookies", Title: "Django signed cookies, home-made login", Stack: "Django, signed cookies", File: "django_signed_cookies.go", Cookie: "sessionid", Reads: Last,
		Note: "The cookie holds the session's data, signed and dated, for two weeks. There is no session key and no record." + djangoLogin + " Attributes are off until switched on; stock Django sets HttpOnly, SameSite=Lax and Max-Age.",
		New:  newDjangoSignedCookies, Signer: newDjangoSigner(sign.SaltSignedCookies, 14*24*time.Hour),
	},

	{
		ID: "flask", Title: "Flask, its own session", File: "flask.go", Cookie: "session", Reads: FirstStripped,
		Note: "The cookie holds the session's data, signed and dated, for 31 days. There is no session key and no record. A bad signature is an empty session. Stock Flask sets HttpOnly.",
		New:  newFlask, Signer: flaskSigner,
	},
	{
		ID: "flask-server-id", Title: "Flask, session carrying a server id", File: "flask_server_id.go", Cookie: "session", Reads: FirstStripped,
		Note: "Flask's signed session carries the id of a record that the application keeps. Without strict it takes over an id that it signed and whose record is gone. clear is session.clear(): it loses the id too, so login gets a new one and the old record stays as it was. Rotation deletes the old record.",
		New:  newFlaskServerID, Signer: flaskSigner,
	},
	{
		ID: "flask-session-old", Title: "Flask-Session 0.3.2 and 0.5.0", File: "flask_session.go", Cookie: "session", Reads: FirstStripped,
		Note: "The cookie is the bare id, and any id that a browser brings is taken over. These versions have no call that rotates: session.sid = str(uuid4()) does it, and leaves the old file as it was; the lab deletes it. Stock Flask-Session sets HttpOnly and Expires.",
		New:  newFlaskSessionOld, Signer: flaskSessionSigner,
	},
	{
		ID: "flask-session-old-signed", Title: "Flask-Session 0.3.2 and 0.5.0, with its signer", File: "flask_session.go", Cookie: "session", Reads: FirstStripped,
		Note: "SESSION_USE_SIGNER: the cookie is the id behind a signature. An id that it signed is taken over even when its file is gone. The lab deletes the old file when it rotates.",
		New:  newFlaskSessionOldSigned, Signer: flaskSessionSigner,
	},
	{
		ID: "flask-session", Title: "Flask-Session 0.8", File: "flask_session.go", Cookie: "session", Reads: FirstStripped,
		Note: "Here with SESSION_USE_SIGNER; bare-key is its default, without. An unknown id gets a new one. rotate is regenerate().",
		New:  newFlaskSession, Signer: flaskSessionSigner,
	},
	{
		ID: "flask-seed", Title: "Flask, the article's own signer", File: "flask_seed.go", Cookie: "session", Reads: FirstStripped,
		Note: "The Flask article's two views. The lab added one table that says whose session an id is: without it nobody owns a session, and its rows go when an id is rotated away. strict is verify and keep, against that table. The profile page greets the id, as the article's does.",
		New:  newFlaskSeed, Signer: plain(sign.Seed),
	},
	{
		ID: "flask-seed-verified", Title: "Flask, the article's signer, verified at login", File: "flask_seed_fixed.go", Cookie: "session", Reads: FirstStripped,
		Note: "Login keeps the id of a cookie whose signature is right, and makes a fresh one otherwise. The lab added the table of ids and users, a logout that deletes the row, and a signed id for every visitor: without it there is nothing to plant.",
		New:  newFlaskSeedVerified, Signer: plain(sign.Seed),
	},
	{
		ID: "flask-seed-fixed", Title: "Flask, the article's fix", File: "flask_seed_fixed.go", Cookie: "session", Reads: FirstStripped,
		Note: "A fresh id at every login. The lab added the table of ids and users, a logout, and a signed id for every visitor. The old id's row goes at login; in the article every signed id works for ever.",
		New:  newFlaskSeedFixed, Signer: plain(sign.Seed),
	},

	{
		ID: "express-session", Title: "Express, express-session", File: "express_session.go", Cookie: "connect.sid",
		Note: "The cookie is the id behind a signature. An unknown id or a bad signature gets a new one. flush is regenerate(); rotate is regenerate() with the data copied back. Stock express-session sets HttpOnly. The rows leave out the cookie's settings.",
		New:  newExpressSession, Signer: plain(sign.ExpressSession),
	},
	{
		ID: "express-passport-0.5", Title: "Express, passport 0.5", File: "passport.go", Cookie: "connect.sid",
		Note: "req.login() writes the user into the session that is there. The lab's logout destroys the record; req.logout() of this version only takes the user out.",
		New:  newPassport05, Signer: plain(sign.ExpressSession),
	},
	{
		ID: "express-passport-0.7", Title: "Express, passport 0.7", File: "passport.go", Cookie: "connect.sid",
		Note: "req.login() regenerates the session: a new id, and the data is gone. This is CVE-2022-25896 repaired. The lab's logout destroys the record.",
		New:  newPassport07, Signer: plain(sign.ExpressSession),
	},
	{
		ID: "express-passport-0.7-keep", Title: "Express, passport 0.7 with keepSessionInfo", File: "passport.go", Cookie: "connect.sid",
		Note: "req.login() regenerates the session and merges the old data into it: what was planted before login stays, the CSRF secret included.",
		New:  newPassport07Keep, Signer: plain(sign.ExpressSession),
	},
	{
		ID: "cookie-session", Title: "Express, cookie-session", File: "cookie_session.go", Cookie: dataCookie, Beside: sigCookie,
		Note: "Two cookies: the data, and its signature under session.sig. There is no session key, no record and no date. Stock cookie-session sets HttpOnly. Who copies or plants the one takes the other along; a page that sets one cookie is visited twice. With a cookie prefix the original signs the prefixed name; the lab signs the plain one.",
		New:  newCookieSession, Signer: plain(func(secrets ...string) sign.Signer { return sign.CookieSession(dataCookie, secrets...) }),
	},

	{
		ID: "gorilla-cookie", Title: "Go, gorilla CookieStore", File: "gorilla.go", Cookie: "session",
		Note: "The cookie holds the session's data as gob, signed and dated, for 30 days. There is no session key and no record. With a cookie prefix the original signs the prefixed name; the lab signs the plain one.",
		New:  newGorillaCookie, Signer: gorillaSigner,
	},
	{
		ID: "gorilla-filesystem", Title: "Go, gorilla FilesystemStore", File: "gorilla.go", Cookie: "session",
		Note: "The cookie is a signed id, the file signed gob. The usual code ignores the error of Get, and so takes over an id that it signed and whose file is gone; strict looks at the error. To rotate is to set ID = \"\", which leaves the old file as it was; the lab deletes it.",
		New:  newGorillaFilesystem, Signer: gorillaSigner,
	},
	{
		ID: "scs", Title: "Go, alexedwards/scs", File: "scs.go", Cookie: "session",
		Note: "The cookie is a bare random token. An unknown token gets a new one. rotate is RenewToken(), flush is Destroy(), clear is Clear(). Stock scs sets HttpOnly and SameSite=Lax. The records are JSON here, gob there.",
		New:  newSCS, Signer: plain(sign.Seed), // it signs nothing
	},
}

const (
	djangoLogin = " Login is home-made: it writes the user into the session. framework-login is auth.login(), which rotates for a visitor, flushes for another user, does nothing for the same user again, and ties the session to the password and the secret (here under the user_id of the home-made login)."
	djangoStock = " Attributes are off until switched on; stock Django sets HttpOnly, SameSite=Lax and Max-Age. With a fallback secret the first visitor after a deploy gets a new key; the lab leaves that out. clear() alone on a key that is not there ends in a 400."
)

// plain makes a Profile.Signer of a format without a timestamp.
func plain(of func(...string) sign.Signer) func(func() time.Time, []string) sign.Signer {
	return func(_ func() time.Time, secrets []string) sign.Signer { return of(secrets...) }
}

func flaskSigner(now func() time.Time, secrets []string) sign.Signer {
	return sign.FlaskSession(now, sign.FlaskLifetime, secrets...)
}

func flaskSessionSigner(_ func() time.Time, secrets []string) sign.Signer {
	return sign.ItsDangerous("flask-session", sign.DeriveHMAC, secrets...)
}

func gorillaSigner(now func() time.Time, secrets []string) sign.Signer {
	return sign.Gorilla("session", now, sign.GorillaLifetime, secrets...)
}

// Plain is the title without what it says of the login: where both logins are spoken of.
func (p Profile) Plain() string { return cmp.Or(p.Stack, p.Title) }

// Under is what it is called with these switches on: the framework's own login is not
// home-made.
func (p Profile) Under(on defence.Set) string {
	if on.Has(defence.FrameworkLogin) {
		return p.Plain()
	}
	return p.Title
}

// ByID returns the profile whose ID is id.
func ByID(id string) (Profile, bool) {
	for _, p := range Profiles {
		if p.ID == id {
			return p, true
		}
	}
	return Profile{}, false
}

// IDs returns the IDs of all profiles in display order.
func IDs() []string {
	var ids []string
	for _, p := range Profiles {
		ids = append(ids, p.ID)
	}
	return ids
}
