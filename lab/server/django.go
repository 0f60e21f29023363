package server

import (
	"crypto/sha1"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// django is what Django's five session engines have in common: the login of
// django.contrib.auth, the user that comes back out of the session, and which
// of two cookies counts.
// Sources: django/contrib/auth/__init__.py (login, get_user),
// django/contrib/sessions/backends/base.py, middleware.py.
type django struct{ sessions }

// djangoKeyed returns Django with sessions under a key, in e.Store.
func djangoKeyed(e Env) django {
	return django{sessions{e, keyed{Env: e, cookie: "sessionid", read: e.last, mint: e.djangoKey, wrap: bare, unwrap: djangoKeyOf, strict: true}}}
}

// djangoKey returns 32 characters of a-z and 0-9 (backends/base.py, _get_new_session_key).
func (e Env) djangoKey() string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
	key := make([]byte, 0, 32)
	for len(key) < cap(key) {
		var b [32]byte
		e.read(b[:])
		for _, c := range b {
			if n := int(c & 63); n < len(alphabet) && len(key) < cap(key) { // drawn again when over, as secrets.choice does
				key = append(key, alphabet[n])
			}
		}
	}
	return string(key)
}

// djangoKeyOf refuses keys under 8 characters unseen (backends/base.py, _validate_session_key).
func djangoKeyOf(text string) (key string, err error) {
	if len(text) < 8 {
		return "", sign.ErrMalformed
	}
	return text, nil
}

// Login writes request.session["user_id"] by hand, or calls auth.login().
func (d django) Login(w http.ResponseWriter, r *http.Request, user string) {
	helper := d.On(defence.FrameworkLogin)
	if key := d.unknown(r); key != "" {
		d.empty(r, key, !helper || d.forgotten(r))
	}
	if !helper {
		d.sessions.Login(w, r, user)
		return
	}
	key, v := d.open(r)
	if (key != "" || v != nil) && d.flushes(r) {
		d.drop(key)
		key, v = "", nil
	}
	switch before := v.Get(session.User); {
	case d.forgotten(r): // somebody's copy of login(), without the lines that follow here
	case before == "": // request.session.cycle_key()
		if key != "" {
			d.retire(record(key, d.authenticated(r, v, user)))
		}
		key = ""
	case before != user || !d.verifies(user, v): // request.session.flush()
		d.drop(key)
		key, v = "", nil
	} // the same user again: nothing rotates
	v = d.authenticated(r, v, user)
	if key != "" && d.rotates(r) { // and request.session.cycle_key() once more
		d.retire(record(key, v))
		key = ""
	}
	d.save(w, r, key, v)
}

// Read is the middleware's answer to a request that read the session: the
// cookie of an unknown key is deleted, and one that does not verify is replaced
// by an empty session (middleware.py, process_response).
func (d django) Read(w http.ResponseWriter, r *http.Request) {
	switch b := d.backend.(type) {
	case keyed:
		text := b.read(r, b.cookie)
		if _, err := b.unwrap(text); text != "" && err != nil || d.unknown(r) != "" {
			d.forget(w)
		}
	case carried:
		if text := b.read(r, b.cookie); text != "" {
			if _, err := d.Signer.Unsign(text); err != nil {
				d.save(w, r, "", nil)
			}
		}
	}
}

// unknown returns the key that r brings when it is not in the store, else "".
func (d django) unknown(r *http.Request) string {
	k, ok := d.backend.(keyed)
	if !ok {
		return ""
	}
	key, err := k.unwrap(k.read(r, k.cookie))
	if err != nil {
		return ""
	}
	if _, ok = d.Store.Load(key); ok {
		return ""
	}
	return key
}

// empty is what becomes of an unknown key when login empties the session before
// anything has loaded it. flush() deletes it, and clear() keeps it: the update
// that save() makes then finds nothing, and the middleware raises
// SessionInterrupted, unless the login cycles the key.
func (d django) empty(r *http.Request, key string, byHand bool) {
	switch {
	case d.flushes(r):
		d.Store.Delete(key)
	case byHand && d.On(defence.Clear) && !d.rotates(r):
		panic(refusal{http.StatusBadRequest})
	}
}

// authHash is where login keeps what ties the session to the user's password.
const authHash = "_auth_user_hash"

// authenticated returns what login writes into the session. It replaces the
// CSRF secret too (rotate_token). Django calls the user _auth_user_id.
func (d django) authenticated(r *http.Request, v session.Values, user string) session.Values {
	signed := d.Signer.Sign(d.password(user))
	return d.enter(r, v.Without(session.CSRF), user).With(authHash, signed[strings.LastIndexByte(signed, ':')+1:])
}

// verifies reports whether the session still fits the user's password and one of the secrets.
func (d django) verifies(user string, v session.Values) bool {
	_, err := d.Signer.Unsign(d.password(user) + ":" + v.Get(authHash))
	return err == nil
}

// Values returns nothing once the hash of the session no longer fits: get_user()
// flushes it. A session with a user and no hash was written by hand, and nothing
// is checked.
func (d django) Values(r *http.Request) session.Values {
	_, v := d.open(r)
	if v.Get(authHash) != "" && !d.verifies(v.Get(session.User), v) {
		return nil
	}
	return v
}

func (d django) Whoami(r *http.Request) (user, name string) {
	user = d.Values(r).Get(session.User)
	return user, user
}

const unsaltedSHA1 = "sha1$$"

// password returns the user's password field, as the hasher that Django has for
// tests makes it (django/contrib/auth/hashers.py, UnsaltedSHA1PasswordHasher).
func (d django) password(user string) string {
	sum := sha1.Sum([]byte(d.Users[user]))
	return unsaltedSHA1 + hex.EncodeToString(sum[:])
}

// djangoSigner signs what Django signs with SECRET_KEY here: session data, and
// password fields, which come back as "field:hash".
type djangoSigner struct {
	data    sign.Signer
	secrets []string
}

// newDjangoSigner has the salt and the lifetime of the session data; 0 is for ever.
func newDjangoSigner(salt string, lifetime time.Duration) func(func() time.Time, []string) sign.Signer {
	return func(now func() time.Time, secrets []string) sign.Signer {
		return djangoSigner{sign.DjangoDumps(salt, now, lifetime, true, secrets...), secrets}
	}
}

func (d djangoSigner) Sign(value string) string {
	if strings.HasPrefix(value, unsaltedSHA1) {
		return value + ":" + sign.DjangoAuthHash(value, d.secrets...).Hash()
	}
	return d.data.Sign(value)
}

func (d djangoSigner) Unsign(signed string) (string, error) {
	if password, hash, ok := cutHash(signed); ok {
		if sign.DjangoAuthHash(password, d.secrets...).Index(hash) < 0 {
			return "", sign.ErrBadSignature
		}
		return password, nil
	}
	return d.data.Unsign(signed)
}

// Explain is sign.Explainer's.
func (d djangoSigner) Explain(signed string) sign.Check {
	if password, hash, ok := cutHash(signed); ok {
		return sign.DjangoAuthHash(password, d.secrets...).Explain(hash)
	}
	return d.data.(sign.Explainer).Explain(signed)
}

// cutHash takes a password field and its hash apart.
func cutHash(signed string) (password, hash string, ok bool) {
	if !strings.HasPrefix(signed, unsaltedSHA1) {
		return "", "", false
	}
	return strings.Cut(signed, ":")
}
