package server

import (
	"encoding/base32"

	"fixlab/lab/codec"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// newGorillaCookie returns gorilla/sessions' CookieStore: the session's values in the
// cookie, as gob, signed and dated. There is no id and no record.
// Source: gorilla/sessions/store.go, CookieStore.
func newGorillaCookie(e Env) Framework {
	return sessions{e, carried{e, "session", e.first, gobValues, valuesOfGob}}
}

// newGorillaFilesystem returns gorilla/sessions' FilesystemStore: signed gob in a file,
// the cookie a signed id. Under the usual session, _ := store.Get(r, name) it
// takes over an id that it signed but no longer has; Strict looks at that error.
// Source: gorilla/sessions/store.go, FilesystemStore.New and Save.
func newGorillaFilesystem(e Env) Framework {
	e.Store = gorillaFiles{e.Store, e.Signer}
	return sessions{e, keyed{Env: e, cookie: "session", read: e.first, mint: e.gorillaID, wrap: e.gobID, unwrap: e.gobIDOf}}
}

// gorillaID returns 32 random bytes in base32, without padding.
func (e Env) gorillaID() string {
	var b [32]byte
	e.read(b[:])
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// gobID returns the cookie around an id.
func (e Env) gobID(id string) string { return e.Signer.Sign(codec.GobEncode(id)) }

func (e Env) gobIDOf(text string) (id string, err error) {
	data, err := e.Signer.Unsign(text)
	if err != nil {
		return "", err
	}
	v, err := codec.GobDecode(data)
	if err != nil {
		return "", err
	}
	id, _ = v.(string)
	return unbare(id)
}

// gorillaFiles is a store of signed files. One that does not decode is as good
// as none.
type gorillaFiles struct {
	session.Store
	Signer sign.Signer
}

func (g gorillaFiles) Load(id string) (session.Record, bool) {
	rec, ok := g.Store.Load(id)
	if !ok {
		return session.Record{}, false
	}
	data, err := g.Signer.Unsign(rec.Data)
	if err != nil {
		return session.Record{}, false
	}
	v, err := valuesOfGob(data)
	return record(id, v), err == nil
}

func (g gorillaFiles) Save(rec session.Record) {
	v, _ := session.ParseValues(rec.Data)
	g.Store.Save(session.Record{ID: rec.ID, Data: g.Signer.Sign(gobValues(v))})
}

func gobValues(v session.Values) string { return codec.GobEncode(object(v)) }

func valuesOfGob(data string) (session.Values, error) {
	decoded, err := codec.GobDecode(data)
	if err != nil {
		return nil, err
	}
	o, ok := decoded.(codec.Object)
	if !ok {
		return nil, sign.ErrMalformed
	}
	var v session.Values
	for _, m := range o {
		text, _ := m.Value.(string)
		v = v.With(m.Key, text)
	}
	return v, nil
}
