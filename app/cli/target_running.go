//go:build !wasm

package cli

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// running is a target at work. It answers one request at a time, because the
// stores and signers of the lab are made for one.
type running struct {
	profile  server.Profile
	defences defence.Set

	one     sync.Mutex
	env     server.Env
	secrets []string    // the first signs
	opened  lru[string] // the accounts that visitors opened
	shop    http.Handler
}

func newTarget(p server.Profile, d defence.Set) *running {
	var secret [24]byte
	rand.Read(secret[:]) // never fails
	t := &running{profile: p, defences: d, secrets: []string{hex.EncodeToString(secret[:])}, opened: lru[string]{max: maxAccounts}}
	t.env = server.Env{
		Now: time.Now, Rand: rand.Reader, Store: &boundedStore{keys: lru[string]{max: maxSessions}}, On: func(s defence.Set) bool { return d.Has(s) },
		Users: map[string]string{"alice": "correct-horse", "mallory": "hunter2"}, Opened: t.account,
	}
	t.start()
	return t
}

// start starts the server with the present secrets. What it stored stays.
func (t *running) start() {
	t.env.Signer = t.profile.Signer(t.env.Now, t.secrets)
	t.shop = server.New(t.env, t.profile.New(t.env))
}

// deploy starts the server again, with the secrets that a deploy leaves, and
// returns them.
func (t *running) deploy() []string {
	t.one.Lock()
	defer t.one.Unlock()
	t.secrets = t.env.Deploy(t.secrets)
	t.start()
	return t.secrets
}

// account counts an account that a visitor opened, and closes the oldest of too many.
func (t *running) account(user string) {
	if oldest, over := t.opened.touch(user); over {
		delete(t.env.Users, oldest)
	}
}

// ServeHTTP holds nobody up: it has read all of the request before it takes the
// lock, and it has let go of the lock when it begins to write.
func (t *running) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
func (t *running) answer(r *http.Request) (a *answer, ok bool) {
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

// banner says where the target is, what it is, who may reach it, how it ends, and
// how to break into it.
func (t *running) banner(at place, pid int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, switches: %s\n%s\n\n%s\n", t.profile.ID, t.profile.Under(t.defences), t.defences, at.base, at.warning(pid))
	fmt.Fprintf(&b, "signing secret: %s\naccounts: alice correct-horse, mallory hunter2\n\n", t.secrets[0])
	calls, in := t.attack()
	for _, c := range calls {
		fmt.Fprintf(&b, "# %s\n%s\n", c.says, c.shell(at.base, t.defences, pid))
	}
	b.WriteByte('\n')
	switch {
	case in:
		b.WriteString("The last page is alice's: hijacked.\n")
	case t.defences == 0 || !newTarget(t.profile, 0).falls():
		b.WriteString("The last page is not alice's. None of the attacks that were tried works here, not even with every switch off: there is nothing to fixate, or login gives a new key by itself.\n")
	default:
		b.WriteString("The last page is not alice's: defended against the attacks that were tried.\n")
		if t.defences.Has(defence.BindAddress) {
			b.WriteString("The session is bound to address and User-Agent: Mallory on the same machine gets in with -A and Alice's User-Agent.\n")
		}
	}
	if t.defences&defence.Having(defence.Browsers) != 0 {
		b.WriteString("Cookie prefixes and attributes, HSTS and the Origin header are for browsers. curl -H sends what it is told.\n")
	}
	return b.String()
}

// warning says what a target is, who may reach it, and how it ends.
func (at place) warning(pid int) string {
	var b strings.Builder
	b.WriteString("WARNING: this server is deliberately vulnerable. ")
	if at.exposed {
		fmt.Fprintf(&b, "EVERYBODY who reaches this machine's network can reach it, at %s. Keep that network apart, and end it when you are done. Under another of this machine's addresses than %s it answers to that.\n", at.Addr(), at.base)
	} else {
		fmt.Fprintf(&b, "It listens on loopback only, at %s: programs on this machine can reach it, the network cannot.\n", at.Addr())
	}
	if at.why != "" {
		b.WriteString(at.why + "\n")
	}
	b.WriteString("It answers under its own address only. ")
	if at.crossSite {
		b.WriteString("Pages of OTHER SITES may use all of it (-cross-site): do not browse elsewhere meanwhile.\n")
	} else {
		b.WriteString("Pages of other sites may link to its front page and use nothing else; -cross-site lets them. It asks before it opens a typed address of a hole.\n")
	}
	fmt.Fprintf(&b, "It keeps %d sessions and %d accounts; of more, those longest unused go.\n", maxSessions, maxAccounts)
	fmt.Fprintf(&b, "Ctrl-C here, or kill %d, ends it. What it keeps is then gone.\n", pid)
	return b.String()
}
