//go:build !wasm

package target

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"
)

// limits are what a server takes from its clients.
type limits struct {
	header, read, write, idle time.Duration // as net/http's Server has them
	end                       time.Duration // for the last requests, when it is to end
	conns                     int           // open at once
}

var ordinary = limits{header: 5 * time.Second, read: 10 * time.Second, write: 10 * time.Second, idle: 30 * time.Second, end: 2 * time.Second, conns: 256}

// panics says what net/http logs of panics. The rest of its log is what clients
// do wrong; it would be a terminal that others write on.
type panics struct{ said *log.Logger }

func (p panics) Write(line []byte) (int, error) {
	if bytes.HasPrefix(line, []byte("http: panic ")) {
		p.said.Print(string(line))
	}
	return len(line), nil
}

// Serve serves t at a place until ctx ends, and then lets the last requests finish. It
// says what panics.
func (t *Target) Serve(ctx context.Context, at Place, said *log.Logger) error {
	return serveUntil(ctx, at, guard{next: t, crossSite: at.CrossSite}, ordinary, said)
}

// serveUntil serves h until ctx ends, and then lets the last requests finish; those
// that take longer than m.end are cut. It says what panics.
func serveUntil(ctx context.Context, l net.Listener, h http.Handler, m limits, said *log.Logger) error {
	srv := &http.Server{
		Handler: h, ErrorLog: log.New(panics{said}, "", 0), MaxHeaderBytes: maxHeader, DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout: m.header, ReadTimeout: m.read, WriteTimeout: m.write, IdleTimeout: m.idle,
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(&boundedListener{Listener: l, open: lru[*boundedConn]{max: m.conns}}) }()
	select {
	case err := <-done:
		return fmt.Errorf("target: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), m.end)
	defer cancel()
	err := srv.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	return err
}
