//go:build !wasm

package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/near"
	"fixlab/lab/server"
	"fixlab/lab/session"
	"fixlab/lab/world"
)

// runTarget serves a profile over real HTTP, with real randomness and the real
// clock, until it is interrupted. It prints the shell lines that carry the
// attack out. It is made to be broken into, so it listens on a loopback address
// unless it is told twice.
func runTarget(args []string, out io.Writer) error {
	f := flags("target")
	on := f.String("on", "none", "switches, joined by +")
	addr := f.String("addr", "127.0.0.1:8080", "the address to listen on")
	expose := f.Bool("expose", false, "let others reach it")
	yes := f.Bool("yes-expose", false, "and mean it")
	names, err := mixed(f, args)
	if err != nil {
		return err
	}
	if len(names) != 1 {
		return usageError{fmt.Errorf("target: one profile, please; there are %s", strings.Join(server.IDs(), ", "))}
	}
	p, ok := server.ByID(names[0])
	if !ok {
		return usageError{fmt.Errorf("target: unknown profile %q%s", names[0], near.Choices(names[0], server.IDs()))}
	}
	d, err := defence.Parse(*on)
	if err != nil {
		return usageError{fmt.Errorf("target: %w", err)}
	}
	l, err := listen(*addr, *expose && *yes)
	if err != nil {
		return err
	}
	t := newTarget(p, d)
	if _, err := io.WriteString(out, t.banner("http://"+l.Addr().String(), os.Getpid())); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	deploys := make(chan os.Signal, 1)
	if d.Has(defence.RotateSecret) {
		signal.Notify(deploys, syscall.SIGHUP)
		defer signal.Stop(deploys)
	}
	go func() {
		for {
			select {
			case <-deploys:
				fmt.Fprintln(out, "deployed; signing secrets:", strings.Join(t.deploy(), ", "))
			case <-ctx.Done():
				return
			}
		}
	}()
	return serveUntil(ctx, l, t)
}

// listen opens addr. One that others can reach takes exposed.
func listen(addr string, exposed bool) (net.Listener, error) {
	a, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, usageError{fmt.Errorf("target: -addr %q: %w", addr, err)}
	}
	if !a.IP.IsLoopback() && !exposed {
		return nil, usageError{fmt.Errorf("target: %s can be reached by others, and this server is made to be broken into: use a loopback address such as 127.0.0.1:8080, or give both -expose and -yes-expose", addr)}
	}
	l, err := net.ListenTCP("tcp", a)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("target: %s is in use; -addr 127.0.0.1:0 takes a free port", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("target: %w", err)
	}
	return l, nil
}

// serveUntil serves h until ctx ends, and then lets the last requests finish.
func serveUntil(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("target: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	return srv.Shutdown(last)
}

// running is a target at work. It answers one request at a time, because the
// stores and signers of the lab are made for one.
type running struct {
	profile  server.Profile
	defences defence.Set

	one     sync.Mutex
	env     server.Env
	secrets []string // the first signs
	shop    http.Handler
}

func newTarget(p server.Profile, d defence.Set) *running {
	var secret [24]byte
	rand.Read(secret[:]) // never fails
	t := &running{profile: p, defences: d, secrets: []string{hex.EncodeToString(secret[:])}}
	t.env = server.Env{
		Now: time.Now, Rand: rand.Reader, Store: &session.Memory{}, On: func(s defence.Set) bool { return d.Has(s) },
		Users: map[string]string{"alice": "correct-horse", "mallory": "hunter2"},
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

func (t *running) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10)) // before the lock: a slow sender holds nobody up
	if err != nil {
		http.Error(w, "the form is larger than 64 KiB, or broke off", http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	t.one.Lock()
	defer t.one.Unlock()
	t.shop.ServeHTTP(w, r)
}

// A call is one request of an attack.
type call struct {
	says   string // what happens, for the comment above the line
	who    string // "mallory" or "alice"; "server" deploys
	path   string
	form   string // of a POST; "" makes it a GET
	cookie string // the Cookie header; $loot is what the last call that keeps brought
	keeps  bool   // the cookies of the answer are $loot
}

// attacks lists the ways to come by a cookie for alice, in the order in which
// they are tried: one that the server gave to a visitor, one of Mallory's own
// account, an id that the server signs for her, and one that nobody signs.
func (t *running) attacks() [][]call {
	const invented = "c0ffeec0ffeec0ffeec0ffeec0ffee00"
	named := t.env.CookieName(t.profile.Cookie) + "=" + invented
	alice := func(cookie string) call {
		return call{"Alice logs in. How that cookie got into her browser is what the lessons are about.", "alice", "/login", "user=alice&password=correct-horse", cookie, false}
	}
	mallory := func(cookie string) call {
		return call{"Mallory opens the profile with the cookie she has had all along.", "mallory", "/profile", "", cookie, false}
	}
	all := [][]call{
		{{"Mallory opens the shop and keeps the cookie that she gets.", "mallory", "/", "", "", true}, alice("$loot"), mallory("$loot")},
		{{"Mallory logs in to her own account and keeps the cookie.", "mallory", "/login", "user=mallory&password=hunter2", "", true}, alice("$loot"), mallory("$loot")},
		{{"Mallory makes up an id and logs in with it. The server signs it for her.", "mallory", "/login", "user=mallory&password=hunter2", named, true}, alice(named), mallory("$loot")},
		{alice(named), mallory(named)},
	}
	if t.defences.Has(defence.ForgottenPath) { // the same over a way in that somebody forgot
		for _, calls := range all[:len(all):len(all)] {
			if len(calls) < 2 {
				continue
			}
			other := append([]call(nil), calls...)
			in := &other[len(other)-2]
			in.path, in.form = "/sso", "user=alice&ticket=ticket-for-alice"
			all = append(all, other)
		}
	}
	if t.defences.Has(defence.RotateSecret) { // before Mallory comes: a deploy after that would be Alice's luck
		for i, calls := range all {
			all[i] = append([]call{{says: "The server is deployed again.", who: "server"}}, calls...)
		}
	}
	return all
}

// attack returns the first attack that gets Mallory in, tried against a target
// like t, or the first that can be carried out at all.
func (t *running) attack() (calls []call, in bool) {
	for _, try := range t.attacks() {
		page, possible := carryOut(newTarget(t.profile, t.defences), try)
		if possible && strings.Contains(page, "The account of alice.") {
			return try, true
		}
		if possible && calls == nil {
			calls = try
		}
	}
	return calls, false
}

// carryOut plays calls against t and returns the last page. It is not possible to
// go on without a cookie.
func carryOut(t *running, calls []call) (page string, possible bool) {
	net := world.Network{"127.0.0.1": t}
	loot := ""
	for _, c := range calls {
		if c.who == "server" {
			t.deploy()
			continue
		}
		r, err := c.request("http://127.0.0.1", t.defences, loot)
		if err != nil {
			return "", false
		}
		r.RemoteAddr = "127.0.0.1:1"
		res, err := net.RoundTrip(r)
		if err != nil {
			return "", false
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			return "", false
		}
		page = string(body)
		if c.keeps {
			if loot = lootOf(res); loot == "" {
				return "", false
			}
		}
	}
	return page, true
}

// lootOf returns the cookies of an answer as they are sent back.
func lootOf(r *http.Response) string {
	var pairs []string
	for _, line := range r.Header["Set-Cookie"] {
		pair, _, _ := strings.Cut(line, ";")
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, ";")
}

// request returns c as a request to base.
func (c call) request(base string, d defence.Set, loot string) (*http.Request, error) {
	method := http.MethodGet
	if c.form != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequest(method, base+c.path, strings.NewReader(c.form))
	if err != nil {
		return nil, err
	}
	if c.form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, h := range c.header(d) {
		r.Header.Set(h.name, strings.ReplaceAll(h.value, "$loot", loot))
	}
	return r, nil
}

type field struct{ name, value string }

// header returns what c sends besides what every request has. A server that
// binds sessions has to see two browsers.
func (c call) header(d defence.Set) []field {
	var out []field
	if c.cookie != "" {
		out = append(out, field{"Cookie", c.cookie})
	}
	if d.Has(defence.BindAddress) {
		out = append(out, field{"User-Agent", c.who})
	}
	if d.Has(defence.BindDevice) {
		out = append(out, field{server.DeviceKey, c.who})
	}
	return out
}

// shell returns c as a line for a POSIX shell. pid is the target's.
func (c call) shell(base string, d defence.Set, pid int) string {
	if c.who == "server" {
		return fmt.Sprintf("kill -HUP %d; sleep 1", pid)
	}
	line := "curl -si"
	for _, h := range c.header(d) {
		line += fmt.Sprintf(` -H "%s: %s"`, h.name, h.value)
	}
	if c.form != "" {
		line += " -d '" + c.form + "'"
	}
	line += " " + base + c.path
	if c.keeps {
		line = "loot=$(" + line + ` | sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p' | paste -sd ';' -); echo "$loot"`
	}
	return line
}

// banner says where the target is and how to break into it.
func (t *running) banner(base string, pid int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, switches: %s\n%s  (Ctrl-C stops it)\n", t.profile.ID, t.profile.Title, t.defences, base)
	fmt.Fprintf(&b, "signing secret: %s\naccounts: alice correct-horse, mallory hunter2\n\n", t.secrets[0])
	calls, in := t.attack()
	for _, c := range calls {
		fmt.Fprintf(&b, "# %s\n%s\n", c.says, c.shell(base, t.defences, pid))
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

// falls reports whether any attack gets Mallory in.
func (t *running) falls() bool {
	_, in := t.attack()
	return in
}
