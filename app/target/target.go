//go:build !wasm

// Package target serves a profile of the lab over real HTTP, with real randomness and
// the real clock. It is made to be broken into: it says how, bounds what it keeps and
// takes, and keeps other sites' pages out.
package target

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// A Target is a server of the lab at work. It answers one request at a time, because
// the stores and signers of the lab are made for one.
type Target struct {
	profile  server.Profile
	defences defence.Set

	one     sync.Mutex
	env     server.Env
	secrets []string    // the first signs
	opened  lru[string] // the accounts that visitors opened
	shop    http.Handler
}

// New starts a profile with switches on. Its accounts are alice with the password
// correct-horse, and mallory with hunter2.
func New(p server.Profile, d defence.Set) *Target {
	var secret [24]byte
	rand.Read(secret[:]) // never fails
	t := &Target{profile: p, defences: d, secrets: []string{hex.EncodeToString(secret[:])}, opened: lru[string]{max: maxAccounts}}
	t.env = server.Env{
		Now: time.Now, Rand: rand.Reader, Store: &boundedStore{keys: lru[string]{max: maxSessions}}, On: func(s defence.Set) bool { return d.Has(s) },
		Users: map[string]string{"alice": "correct-horse", "mallory": "hunter2"}, Opened: t.account,
	}
	t.start()
	return t
}

// start starts the server with the present secrets. What it stored stays.
func (t *Target) start() {
	t.env.Signer = t.profile.Signer(t.env.Now, t.secrets)
	t.shop = server.New(t.env, t.profile.New(t.env))
}

// Deploy starts the server again, with the secrets that a deploy leaves, and
// returns them.
func (t *Target) Deploy() []string {
	t.one.Lock()
	defer t.one.Unlock()
	t.secrets = t.env.Deploy(t.secrets)
	t.start()
	return t.secrets
}

// account counts an account that a visitor opened, and closes the oldest of too many.
func (t *Target) account(user string) {
	if oldest, over := t.opened.touch(user); over {
		delete(t.env.Users, oldest)
	}
}

// ServeHTTP holds nobody up: it has read all of the request before it takes the
// lock, and it has let go of the lock when it begins to write.
func (t *Target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		http.Error(w, fmt.Sprintf("The form is larger than %d bytes.", maxBody), http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		http.Error(w, "The form broke off.", http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	a, ok := t.answer(r)
	if !ok {
		http.Error(w, fmt.Sprintf("A session holds at most %d bytes here, and this would be more. Without its cookie you get a new one.", maxSession), http.StatusRequestEntityTooLarge)
		return
	}
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	w.Write(a.body.Bytes())
}

// answer lets the shop answer r into memory. It is not ok when a session grew too large.
func (t *Target) answer(r *http.Request) (a *answer, ok bool) {
	a = &answer{header: http.Header{}}
	t.one.Lock()
	defer t.one.Unlock()
	defer func() {
		if v := recover(); v != nil {
			if _, large := v.(tooLarge); !large {
				panic(v)
			}
			ok = false
		}
	}()
	t.shop.ServeHTTP(a, r)
	return a, true
}

// An answer is an http.ResponseWriter in memory.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = cmp.Or(a.status, status) } // the first counts

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}
