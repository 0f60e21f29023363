//go:build !wasm

package target

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fixlab/app/words"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

// pipes is a listener whose connections are pipes: what is written waits until it
// is read, so a client that does not read stops its server at the first byte.
type pipes struct {
	offered chan *pipe
	once    sync.Once
	closed  chan int
}

// A pipe is the server's end of one.
type pipe struct {
	net.Conn
	once   sync.Once
	closed chan int // is closed with the server's end
}

func newPipes() *pipes { return &pipes{offered: make(chan *pipe), closed: make(chan int)} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.offered:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 70, 105, 120), Port: 8080} }
func (p *pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }

func (c *pipe) LocalAddr() net.Addr  { return (*pipes)(nil).Addr() }
func (c *pipe) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }
func (c *pipe) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// dial returns both ends of a new connection. It has been accepted. Its client's
// end is closed with the test, or when that hangs.
func (p *pipes) dial(t *testing.T) (client net.Conn, served *pipe) {
	client, end := net.Pipe()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	context.AfterFunc(ctx, func() { client.Close() })
	t.Cleanup(cancel)
	served = &pipe{Conn: end, closed: make(chan int)}
	p.offered <- served
	return client, served
}

// isCut waits until the server closes the connection.
func (c *pipe) isCut(t *testing.T, says string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case <-c.closed:
	case <-ctx.Done():
		t.Errorf("%s: it is not cut", says)
	}
}

const front = "GET / HTTP/1.1\r\nHost: 127.70.105.120:8080\r\n\r\n"

// isServed asks for the front page over a connection of its own.
func (p *pipes) isServed(t *testing.T) {
	t.Helper()
	c, _ := p.dial(t)
	if _, err := io.WriteString(c, front); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v", res, err)
	}
}

func target(t *testing.T) guard {
	t.Helper()
	p, _ := server.ByID("signed-id")
	return guard{next: New(p, 0)}
}

// TestTargetUnread: a client that does not read its answer holds nobody else up,
// nor the end of the target.
func TestTargetUnread(t *testing.T) {
	l := newPipes()
	serving(t, l, target(t), limits{conns: 9})
	c, _ := l.dial(t)
	io.WriteString(c, long)
	if _, err := c.Read(make([]byte, 1)); err != nil { // it is being written
		t.Fatal(err)
	}
	l.isServed(t)
}

// long is a request whose answer is longer than any buffer between the handler and
// the pipe.
var long = strings.Replace(front, "/", "/search?q="+strings.Repeat("x", 20<<10), 1)

// TestTargetSlow: who sends a head or a form too slowly, or nothing more, or does
// not read, is cut when the time for it is over.
func TestTargetSlow(t *testing.T) {
	for _, test := range []struct {
		says string
		m    limits
		sent string
	}{
		{"no head", limits{header: time.Millisecond}, ""},
		{"half a head", limits{header: time.Millisecond}, "GET / HTTP/1.1\r\nHost: 127.70"},
		{"half a form", limits{read: time.Millisecond}, "POST /login HTTP/1.1\r\nHost: 127.70.105.120:8080\r\nContent-Length: 20\r\n\r\nuser="},
		{"nothing more", limits{idle: time.Millisecond}, front},
		{"does not read", limits{write: time.Millisecond}, long},
	} {
		l := newPipes()
		test.m.conns = 9
		serving(t, l, target(t), test.m)
		c, served := l.dial(t)
		go io.WriteString(c, test.sent) // it may be cut meanwhile
		if test.m.write == 0 {
			go io.Copy(io.Discard, c)
		}
		served.isCut(t, test.says)
	}
}

// TestTargetCrowd: one connection too many closes the oldest, and is served.
func TestTargetCrowd(t *testing.T) {
	l := newPipes()
	serving(t, l, target(t), limits{conns: 3})
	var all []*pipe
	for range 20 {
		_, served := l.dial(t)
		all = append(all, served)
	}
	l.isServed(t)
	for i, served := range all[:18] {
		served.isCut(t, fmt.Sprint("connection ", i))
	}
	select {
	case <-all[19].closed:
		t.Error("the youngest was closed")
	default:
	}
}

// TestTargetLarge: bodies, heads and sessions have a size.
func TestTargetLarge(t *testing.T) {
	running, at := listening(t, "signed-id", "none")
	v := &visitor{at: at}
	v.do(t, "GET", "/", "")
	refused := 0
	for i := range 40 {
		_, response := v.do(t, "POST", "/basket", "item="+strings.Repeat("x", 1000))
		switch {
		case strings.HasPrefix(response, "HTTP/1.1 413 "):
			refused++
		case refused > 0 || !strings.HasPrefix(response, "HTTP/1.1 200 "):
			t.Fatalf("item %d: %s", i, response)
		}
	}
	if _, response := v.do(t, "GET", "/basket", ""); refused < 20 || !strings.HasPrefix(response, "HTTP/1.1 200 ") || len(response) < 10_000 {
		t.Errorf("%d of 40 items were refused; the basket: %s", refused, response)
	}
	for size, status := range map[int]int{maxBody: http.StatusUnauthorized, maxBody + 1: http.StatusRequestEntityTooLarge} {
		w := httptest.NewRecorder()
		running.ServeHTTP(w, httptest.NewRequest("POST", "/login", strings.NewReader(strings.Repeat("x", size))))
		if w.Code != status {
			t.Errorf("a form of %d bytes: %d, want %d", size, w.Code, status)
		}
	}
	if _, response := v.do(t, "POST", "/login", "user=alice&password=correct-horse"); !strings.HasPrefix(response, "HTTP/1.1 413 ") && !strings.HasPrefix(response, "HTTP/1.1 200 ") {
		t.Errorf("a login with a full session: %s", response)
	}
	if n := len(running.env.Users); n != 2 {
		t.Errorf("%d accounts", n)
	}
}

func TestTargetLargeHead(t *testing.T) {
	l := newPipes()
	serving(t, l, target(t), limits{conns: 9})
	for size, status := range map[int]int{maxHeader / 2: http.StatusOK, maxHeader + 8<<10: http.StatusRequestHeaderFieldsTooLarge} {
		c, _ := l.dial(t)
		go io.WriteString(c, strings.Replace(front, "/", "/?"+strings.Repeat("x", size), 1)) // it may be cut meanwhile
		if res, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || res.StatusCode != status {
			t.Errorf("a head of %d bytes: %v, %v; want %d", size, res, err, status)
		}
	}
}

// TestTargetFlood: visitors and sign-ups without end leave a bounded number of
// sessions and accounts, and the accounts of the attack are among them.
func TestTargetFlood(t *testing.T) {
	for _, p := range server.Profiles {
		target := New(p, 0)
		for i := range maxSessions + 50 {
			form := fmt.Sprintf("user=u%d&password=x", i)
			for _, c := range []call{{path: "/"}, {path: "/signup", form: form}} {
				r, err := c.request("http://127.0.0.1", 0, "")
				if err != nil {
					t.Fatal(err)
				}
				r.RemoteAddr = "127.0.0.1:1"
				if a, ok := target.answer(r); !ok || a.status != http.StatusOK {
					t.Fatalf("%s %d: %v %s", p.ID, i, ok, a.body.String())
				}
			}
		}
		store := target.env.Store.(*boundedStore)
		rows := 0
		for _, key := range store.keys.all {
			if _, ok := store.rows.Load(key); ok {
				rows++
			}
		}
		if rows != len(store.keys.all) || rows > maxSessions {
			t.Errorf("%s: %d sessions, %d of them known", p.ID, len(store.keys.all), rows)
		}
		if n := len(target.env.Users); n != maxAccounts+2 {
			t.Errorf("%s: %d accounts", p.ID, n)
		}
		for _, user := range []string{"alice", "mallory", fmt.Sprintf("u%d", maxSessions+49)} {
			if target.env.Users[user] == "" {
				t.Errorf("%s: no account of %s", p.ID, user)
			}
		}
	}
}

func TestBoundedStore(t *testing.T) {
	s := &boundedStore{keys: lru[string]{max: 2}}
	row := func(id string) session.Record { return session.Record{ID: id, Data: "data of " + id} }
	s.Save(row("a"))
	s.Save(row("b"))
	s.Load("a") // now b is the one that was not used for longest
	s.Save(row("c"))
	for id, kept := range map[string]bool{"a": true, "b": false, "c": true} {
		if rec, ok := s.Load(id); ok != kept || ok && rec != row(id) {
			t.Errorf("%s: %v %v", id, rec, ok)
		}
	}
	s.Delete("a")
	s.Save(row("d"))
	if _, ok := s.Load("c"); !ok || !slices.Equal(s.keys.all, []string{"d", "c"}) {
		t.Errorf("after a delete: %v", s.keys.all)
	}
	defer func() {
		if v := recover(); v != (tooLarge{}) {
			t.Errorf("a large record: %v", v)
		}
	}()
	s.Save(session.Record{ID: "e", Data: strings.Repeat("x", maxSession)})
}

// TestTargetSays: a target says what panics, so that a terminal obeys nothing in it,
// and nothing of what its clients do wrong.
func TestTargetSays(t *testing.T) {
	for _, test := range []struct{ sent, says string }{
		{strings.Replace(front, "/", "/?a;b", 1), ""}, // net/http logs this
		{front, `target: http: panic serving 127.0.0.1:1: \x1b[2J`},
	} {
		var out bytes.Buffer
		l, done := newPipes(), make(chan error)
		ctx, stop := context.WithCancel(context.Background())
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery == "" {
				panic("\x1b[2J")
			}
		})
		go func() { done <- serveUntil(ctx, l, h, limits{conns: 9}, log.New(terminal{&out}, "target: ", 0)) }()
		c, served := l.dial(t)
		io.WriteString(c, test.sent)
		io.ReadAll(io.LimitReader(c, 1)) // it has been answered, or cut
		c.Close()
		served.isCut(t, test.sent)
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if said := out.String(); !strings.HasPrefix(said, test.says) || test.says == "" && said != "" || strings.Contains(said, "\x1b") {
			t.Errorf("%q: it says %q", test.sent, said)
		}
	}
}

// A terminal is where the commands print.
type terminal struct{ to io.Writer }

func (t terminal) Write(line []byte) (int, error) {
	_, err := io.WriteString(t.to, words.Terminal(string(line)))
	return len(line), err
}
