package bench

import (
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// Schemes lists the formats in display order. It must not be modified.
var Schemes = []Scheme{
	{
		Name: "seed.flask", Slug: "seed", Title: "The article’s Flask code",
		Use:  "The session id and its HMAC in hex, as the Flask code that this lab began with writes it. No time, no salt.",
		Asks: asks("Session id", sampleText, false),
		signer: func(set settings, _ string) sign.Signer {
			return sign.Seed(set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return cutPlain(text, ".", "the session id, as it is", hexSignature("SHA256"))
		},
		recipe: func(settings) recipe { return recipe{digest: "sha256", encode: "hex"} },
	},
	{
		Name: "flask.session", Slug: "flask", Title: "Flask: its own session",
		Use:       "Flask’s session cookie: the whole session as JSON, compressed where that is shorter, with the time, signed by itsdangerous. Everybody can read it.",
		Asks:      asks("Session, as JSON", sampleJSON, true, timed("2678400")...),
		Malleable: looseItsDangerous,
		signer: func(set settings, _ string) sign.Signer {
			return sign.FlaskSession(set.now, set.lifetime, set.secret)
		},
		write: func(set settings) (string, error) {
			v, err := object(set.value)
			if err != nil {
				return "", err
			}
			return codec.FlaskJSON(v), nil
		},
		read: asItIs,
		cut:  cutFlask,
		recipe: func(settings) recipe {
			return recipe{digest: "sha1", derive: "hmac", prefix: "cookie-session", encode: "base64url"}
		},
	},
	{
		Name: "itsdangerous.Signer", Slug: "itsdangerous", Title: "itsdangerous: Signer, as Flask-Session uses it",
		Use: "A value and its HMAC. Flask-Session signs its session ids so when it is told to. No time.",
		Asks: asks("Value", sampleText, false, ask(FieldSalt, "Salt", "flask-session"),
			choice("Key derivation", true, true, string(sign.DeriveHMAC), string(sign.DeriveDjangoConcat), string(sign.DeriveConcat), string(sign.DeriveNone))),
		Malleable: looseItsDangerous,
		signer: func(set settings, _ string) sign.Signer {
			return sign.ItsDangerous(set.salt, sign.Derivation(set.choice), set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return cutPlain(text, ".", "the value, as it is", base64Signature("SHA1", 20))
		},
		recipe: func(set settings) recipe {
			r := recipe{digest: "sha1", encode: "base64url"}
			switch sign.Derivation(set.choice) {
			case sign.DeriveHMAC:
				r.derive, r.prefix = "hmac", set.salt
			case sign.DeriveDjangoConcat:
				r.derive, r.prefix = "hash", set.salt+"signer"
			case sign.DeriveConcat:
				r.derive, r.prefix = "hash", set.salt
			}
			return r
		},
	},
	{
		Name: "django.signed_cookies", Slug: "django-signed-cookies", Title: "Django: session in a signed cookie",
		Use:  "The session cookie of the signed_cookies backend: the whole session as JSON, compressed where that is shorter, with the time. Everybody can read it.",
		Asks: asks("Session, as JSON", sampleJSON, true, timed("1209600")...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoDumps(sign.SaltSignedCookies, set.now, set.lifetime, true, set.secret)
		},
		write:  djangoObject,
		read:   asItIs,
		cut:    cutDumps,
		recipe: func(settings) recipe { return djangoRecipe(sign.SaltSignedCookies) },
	},
	{
		Name: "django.db_session_data", Slug: "django-row", Title: "Django: a row of the session store",
		Use:  "What the db, cached_db and file backends write into the store. The cookie holds only the key; nothing in the row says to which key it belongs.",
		Asks: asks("Session, as JSON", sampleJSON, true, ask(FieldTime, "Time, in seconds since 1970", demoTime)),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoDumps(sign.SaltSession, set.now, 0, true, set.secret)
		},
		write:  djangoObject,
		read:   asItIs,
		cut:    cutDumps,
		recipe: func(settings) recipe { return djangoRecipe(sign.SaltSession) },
	},
	{
		Name: "django.signing.dumps", Slug: "django-dumps", Title: "Django: signing.dumps",
		Use: "Any JSON with the time, as django.core.signing.dumps writes it for links and tokens.",
		Asks: asks("Data, as JSON", sampleJSON, true, append([]Ask{ask(FieldSalt, "Salt", sign.SaltDumps),
			choice("Compress", true, false, "no", "yes")}, timed("0")...)...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoDumps(set.salt, set.now, set.lifetime, set.choice == "yes", set.secret)
		},
		write: func(set settings) (string, error) {
			v, err := codec.ParseJSON(set.value)
			if err != nil {
				return "", err
			}
			return codec.PythonJSON(v), nil
		},
		read:   asItIs,
		cut:    cutDumps,
		recipe: func(set settings) recipe { return djangoRecipe(set.salt) },
	},
	{
		Name: "django.Signer", Slug: "django-signer", Title: "Django: Signer",
		Use:  "A value and its HMAC, as django.core.signing.Signer writes it. No time.",
		Asks: asks("Value", sampleText, false, ask(FieldSalt, "Salt", sign.SaltSigner)),
		signer: func(set settings, _ string) sign.Signer {
			return sign.Django(set.salt, set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return cutPlain(text, ":", "the value, as it is", base64Signature("SHA256", 32))
		},
		recipe: func(set settings) recipe { return djangoRecipe(set.salt) },
	},
	{
		Name: "django.TimestampSigner", Slug: "django-timestamp", Title: "Django: TimestampSigner",
		Use:  "A value with the time and the HMAC of both.",
		Asks: asks("Value", sampleText, false, append([]Ask{ask(FieldSalt, "Salt", sign.SaltTimestamp)}, timed("0")...)...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoTimestamp(set.salt, set.now, set.lifetime, set.secret)
		},
		cut:    cutTimestamp,
		recipe: func(set settings) recipe { return djangoRecipe(set.salt) },
	},
	{
		Name: "django.set_signed_cookie", Slug: "django-cookie", Title: "Django: set_signed_cookie",
		Use: "A cookie of the application’s own: its value with the time and an HMAC that also covers the cookie’s name.",
		Asks: asks("Value", "ATTACKER", false, append([]Ask{ask(FieldName, "Cookie name", "session"),
			ask(FieldSalt, "Extra salt", "")}, timed("0")...)...),
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoSignedCookie(set.name, set.salt, set.now, set.lifetime, set.secret)
		},
		cut: cutTimestamp,
		recipe: func(set settings) recipe {
			r := djangoRecipe(set.name + set.salt)
			r.prefix += "django.http.cookies"
			return r
		},
	},
	{
		Name: "django._auth_user_hash", Slug: "django-auth-hash", Title: "Django: the session’s _auth_user_hash",
		Use: "A hash that Django keeps inside the session: the HMAC of the user’s password field. It ends all of the user’s sessions when the password changes.",
		Asks: []Ask{ask(FieldValue, "Password field", "pbkdf2_sha256$260000$saltsaltsalt$AAAA"),
			ask(FieldSecret, "Secret", demoSecret)},
		signer: func(set settings, _ string) sign.Signer {
			return sign.DjangoAuthHash(set.value, set.secret)
		},
		cut: func(text string, _ settings) []Layer {
			return []Layer{{Title: "The text", Parts: one(RoleSignature, text, hexSignature("SHA256")(text))}}
		},
		recipe: func(settings) recipe {
			return recipe{digest: "sha256", derive: "hash", prefix: sign.SaltAuthHash, encode: "hex"}
		},
	},
	{
		Name: "cookie-signature", Slug: "cookie-signature", Title: "Express: cookie-signature and express-session",
		Use: "A session id and its HMAC. express-session puts s: before it and percent-encodes it. No time, no salt.",
		Asks: asks("Session id", sampleText, false,
			choice("Written as", true, false, "the signed value", "express-session’s cookie")),
		Malleable: "The signature is compared as text, but a cookie of express-session is percent-decoded first, so that the same text has many spellings.",
		signer: func(set settings, text string) sign.Signer {
			if set.choice == "express-session’s cookie" || strings.HasPrefix(sign.DecodeCookie(text), "s:") {
				return sign.ExpressSession(set.secret)
			}
			return sign.CookieSignature(set.secret)
		},
		cut:    cutExpress,
		recipe: func(settings) recipe { return recipe{digest: "sha256", encode: "base64"} },
	},
	{
		Name: "cookie-session(keygrip)", Slug: "cookie-session", Title: "Express: cookie-session",
		Use:       "Two cookies: one has the whole session as JSON in base64, the other, with .sig, its HMAC. Everybody can read the session. No time.",
		Asks:      asks("Session, as JSON", sampleJSON, true, ask(FieldName, "Cookie name", "session")),
		Malleable: "The two cookies may come in either order and among others; of two with one name the first counts. Each text by itself must be exact.",
		signer: func(set settings, _ string) sign.Signer {
			return sign.CookieSession(set.name, set.secret)
		},
		write: func(set settings) (string, error) {
			v, err := object(set.value)
			if err != nil {
				return "", err
			}
			return codec.NodeJSON(v), nil
		},
		read:   asItIs,
		cut:    cutCookieSession,
		recipe: func(settings) recipe { return recipe{digest: "sha1", encode: "base64url"} },
	},
	{
		Name: "gorilla/securecookie", Slug: "gorilla", Title: "Go: gorilla/securecookie",
		Use: "The time, the session in base64 and the HMAC, all in base64 once more. The HMAC also covers the cookie’s name. Everybody can read the session.",
		Asks: asks("Session, as JSON", sampleJSON, true, append([]Ask{ask(FieldName, "Cookie name", "session"),
			choice("Serializer", true, false, "gob", "JSON")}, timed("2592000")...)...),
		Malleable: "The outer base64 is decoded before anything is checked, and Go passes over line breaks and the unused bits of the last character. The text may change, the value may not.",
		signer: func(set settings, _ string) sign.Signer {
			return sign.Gorilla(set.name, set.now, set.lifetime, set.secret)
		},
		write: writeGorilla,
		read:  readGorilla,
		cut:   cutGorilla,
		recipe: func(settings) recipe {
			return recipe{digest: "sha256", encode: "base64url padded"}
		},
	},
}

// SchemeBySlug returns the scheme whose Slug is slug, nil if there is none.
func SchemeBySlug(slug string) *Scheme {
	for i := range Schemes {
		if Schemes[i].Slug == slug {
			return &Schemes[i]
		}
	}
	return nil
}

const (
	sampleText = "9f9265bf4b9e185396420f58eebb5a2a"
	sampleJSON = `{"cart":"kettle","user":"alice"}`

	looseItsDangerous = "The signature is decoded before it is compared, and Python decodes leniently: the unused bits of its last character, + for -, / for _, and = signs at its end make no difference. The text may change, the value may not."
)

func djangoRecipe(salt string) recipe {
	return recipe{digest: "sha256", derive: "hash", prefix: salt + "signer", encode: "base64url"}
}
