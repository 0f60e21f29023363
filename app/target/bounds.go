//go:build !wasm

package target

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

// An lru holds at most max values, the least recently used first.
type lru[T comparable] struct {
	max int
	all []T
}

// touch puts v at the end. When that makes too many, the first goes and is returned.
func (q *lru[T]) touch(v T) (first T, over bool) {
	q.drop(v)
	q.all = append(q.all, v)
	if len(q.all) > q.max {
		first, over = q.all[0], true
		q.drop(first)
	}
	return first, over
}

// drop takes v out, if it is there.
func (q *lru[T]) drop(v T) {
	if i := slices.Index(q.all, v); i >= 0 {
		q.all = slices.Delete(q.all, i, i+1)
	}
}

// A boundedStore forgets the session that was not used for longest, and keeps none
// that is too large: saving it panics with tooLarge.
type boundedStore struct {
	rows session.Memory
	keys lru[string]
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

// A boundedListener keeps a bounded number of connections open. One more closes the
// oldest: an ordinary request is done in no time, so whoever opens many and keeps
// them loses them, and nobody else waits.
type boundedListener struct {
	net.Listener
	mu   sync.Mutex
	open lru[*boundedConn]
}

// A boundedConn leaves the list of its listener when it is closed.
type boundedConn struct {
	net.Conn
	of *boundedListener
}

func (l *boundedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &boundedConn{conn, l}
	l.mu.Lock()
	oldest, over := l.open.touch(c)
	l.mu.Unlock()
	if over {
		oldest.Conn.Close()
	}
	return c, nil
}

func (c *boundedConn) Close() error {
	c.of.mu.Lock()
	c.of.open.drop(c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}
