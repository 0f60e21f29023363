//go:build !wasm

package cli

import (
	"net"
	"slices"
	"sync"

	"fixlab/lab/session"
)

// What a target keeps for its visitors, and takes from them.
const (
	maxSessions = 1000
	maxAccounts = 200      // besides alice's and mallory's
	maxSession  = 16 << 10 // bytes of a session in the store, with its key
	maxBody     = 16 << 10 // bytes
	maxHeader   = 32 << 10 // bytes; net/http allows 4 KiB more
)

// A queue holds at most max values, the longest untouched first.
type queue[T comparable] struct {
	max int
	all []T
}

// touch puts v at the end. When that makes too many, the first goes and is returned.
func (q *queue[T]) touch(v T) (first T, over bool) {
	q.drop(v)
	q.all = append(q.all, v)
	if len(q.all) > q.max {
		first, over = q.all[0], true
		q.drop(first)
	}
	return first, over
}

// drop takes v out, if it is there.
func (q *queue[T]) drop(v T) {
	if i := slices.Index(q.all, v); i >= 0 {
		q.all = slices.Delete(q.all, i, i+1)
	}
}

// A boundedStore forgets the session that was not used for longest, and keeps none
// that is too large: saving it panics with tooLarge.
type boundedStore struct {
	rows session.Memory
	keys queue[string]
}

type tooLarge struct{}

func (s *boundedStore) Load(id string) (session.Record, bool) {
	rec, ok := s.rows.Load(id)
	if ok {
		s.keys.touch(id)
	}
	return rec, ok
}

func (s *boundedStore) Save(r session.Record) {
	if len(r.ID)+len(r.Data) > maxSession {
		panic(tooLarge{})
	}
	if oldest, over := s.keys.touch(r.ID); over {
		s.rows.Delete(oldest)
	}
	s.rows.Save(r)
}

func (s *boundedStore) Delete(id string) {
	s.keys.drop(id)
	s.rows.Delete(id)
}

// A crowd is a listener that keeps a bounded number of connections. One more
// closes the oldest: an ordinary request is done in no time, so whoever opens many
// and keeps them loses them, and nobody else waits.
type crowd struct {
	net.Listener
	mu   sync.Mutex
	open queue[*guest]
}

// A guest is a connection of a crowd.
type guest struct {
	net.Conn
	of *crowd
}

func (c *crowd) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	g := &guest{conn, c}
	c.mu.Lock()
	oldest, over := c.open.touch(g)
	c.mu.Unlock()
	if over {
		oldest.Conn.Close()
	}
	return g, nil
}

func (g *guest) Close() error {
	g.of.mu.Lock()
	g.of.open.drop(g)
	g.of.mu.Unlock()
	return g.Conn.Close()
}
