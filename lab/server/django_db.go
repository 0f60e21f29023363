package server

import (
	"net/http"
	"strings"

	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// newDjangoDB returns Django with sessions in a table; the cookie is the bare key.
// What is signed is the row. An unknown key is never taken over.
// Source: django/contrib/sessions/backends/db.py.
func newDjangoDB(e Env) Framework {
	e.Store = djangoRows{e.Store, e.Signer}
	return djangoKeyed(e)
}

// newDjangoFile returns Django with each session in a file, written as a row of the
// table is.
// Source: django/contrib/sessions/backends/file.py.
func newDjangoFile(e Env) Framework {
	e.Store = djangoFiles{djangoRows{e.Store, e.Signer}}
	return djangoKeyed(e)
}

// djangoRows is a store of signed rows. The signature is not bound to the key.
type djangoRows struct {
	session.Store
	Signer sign.Signer
}

// Load returns an empty session, under the same key, for a row that does not
// decode (backends/base.py, decode).
func (d djangoRows) Load(key string) (session.Record, bool) {
	rec, ok := d.Store.Load(key)
	if !ok {
		return session.Record{}, false
	}
	data, err := d.Signer.Unsign(rec.Data)
	if err != nil {
		data = "{}"
	}
	return session.Record{ID: key, Data: data}, true
}

func (d djangoRows) Save(rec session.Record) {
	d.Store.Save(session.Record{ID: rec.ID, Data: d.Signer.Sign(rec.Data)})
}

// djangoFiles knows no session under a key that is no file name, and raises
// InvalidSessionKey when it shall delete one (backends/file.py, _key_to_file).
type djangoFiles struct{ djangoRows }

func (d djangoFiles) Load(key string) (session.Record, bool) {
	if !isFileName(key) {
		return session.Record{}, false
	}
	return d.djangoRows.Load(key)
}

func (d djangoFiles) Delete(key string) {
	if !isFileName(key) {
		panic(refusal{http.StatusBadRequest})
	}
	d.Store.Delete(key)
}

func isFileName(key string) bool {
	return strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
