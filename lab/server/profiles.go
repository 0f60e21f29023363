package server

import (
	"time"

	"fixlab/lab/sign"
)

// A Profile is a server that the learner can pick.
type Profile struct {
	ID     string
	Title  string
	File   string // its source, in Source
	Cookie string // the cookie's base name
	Note   string // what it is, and what the lab added or left out
	New    func(Env) Framework
	// Signer makes its signer. The first secret signs, all of them verify.
	Signer func(now func() time.Time, secrets []string) sign.Signer
}

// Profiles lists every profile in display order.
var Profiles = []Profile{
	{
		ID: "signed-id", Title: "Signed key, server store", File: "signed_id.go", Cookie: "sid",
		Note: "The lab's own reference server: a random key, signed with HMAC-SHA256, and the session in a store.",
		New:  SignedID,
		Signer: func(_ func() time.Time, secrets []string) sign.Signer {
			return sign.Seed(secrets...)
		},
	},
	{
		ID: "flask-seed", Title: "Flask, the article's own signer", File: "flask_seed.go", Cookie: "session",
		Note: "The Flask article's two views. The lab added one table that says whose session an id is: without it nobody owns a session, and its rows go when an id is rotated away. The profile page greets the id, as the article's does.",
		New:  FlaskSeed,
		Signer: func(_ func() time.Time, secrets []string) sign.Signer {
			return sign.Seed(secrets...)
		},
	},
	{
		ID: "django-db", Title: "Django, database sessions", File: "django_db.go", Cookie: "sessionid",
		Note: "The cookie is the bare key, unsigned; the row is signed. Login is home-made: stock auth.login() has rotate on already. Attributes are off until switched on; stock Django sets HttpOnly, SameSite=Lax and Max-Age, and clears the cookie of a key it does not know.",
		New:  DjangoDB,
		Signer: func(now func() time.Time, secrets []string) sign.Signer {
			return sign.DjangoDumps(sign.SaltSession, now, 0, true, secrets...)
		},
	},
	{
		ID: "django-signed-cookies", Title: "Django, signed cookies", File: "django_signed_cookies.go", Cookie: "sessionid",
		Note: "The cookie holds the session's data, signed and dated, for two weeks. There is no session key and no record. Stock Django answers a bad signature with a fresh empty session, and sets HttpOnly, SameSite=Lax and Max-Age.",
		New:  DjangoSignedCookies,
		Signer: func(now func() time.Time, secrets []string) sign.Signer {
			return sign.DjangoDumps(sign.SaltSignedCookies, now, 14*24*time.Hour, true, secrets...)
		},
	},
}

// ByID returns the profile of that name.
func ByID(id string) (Profile, bool) {
	for _, p := range Profiles {
		if p.ID == id {
			return p, true
		}
	}
	return Profile{}, false
}

// IDs returns the profiles' names in display order.
func IDs() []string {
	var ids []string
	for _, p := range Profiles {
		ids = append(ids, p.ID)
	}
	return ids
}
