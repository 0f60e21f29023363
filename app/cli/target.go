//go:build !wasm

package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/near"
	"fixlab/lab/server"
)

// runTarget serves a profile over real HTTP, with real randomness and the real
// clock, until it is interrupted. It prints the shell lines that carry the
// attack out. It is made to be broken into, so it listens on a loopback address
// of its own unless it is told twice, and keeps other sites' pages out.
func runTarget(args []string, out io.Writer) error {
	f := flags("target")
	on := f.String("on", "none", "switches, joined by +")
	addr := f.String("addr", "", "the address to listen on")
	crossSite := f.Bool("cross-site", false, "let pages of other sites use it")
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	log.SetOutput(io.Discard)    // net/http tells there which bytes of a client's cookie it leaves out
	at, err := listen(*addr, *expose && *yes, listenTCP)
	if err != nil {
		return err
	}
	at.crossSite = *crossSite
	defer at.Close()
	t := newTarget(p, d)
	if _, err := io.WriteString(out, t.banner(at, os.Getpid())); err != nil {
		return err
	}
	said := log.New(out, "target: ", 0) // one line at a time, from whichever goroutine
	ctx, end := context.WithCancel(ctx)
	defer end()
	if d.Has(defence.RotateSecret) {
		deploys := make(chan os.Signal, 1)
		signal.Notify(deploys, syscall.SIGHUP)
		defer signal.Stop(deploys)
		go func() {
			for {
				select {
				case <-deploys:
					// A terminal that was closed sends the same signal, and takes no line.
					if said.Output(1, "deployed; signing secrets: "+strings.Join(t.deploy(), ", ")) != nil {
						end()
					}
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	if err := serveUntil(ctx, at, guard{next: t, crossSite: at.crossSite}, ordinary, said); err != nil {
		return err
	}
	said.Print("stopped")
	return nil
}

// A place is where a target listens and who may come.
type place struct {
	net.Listener
	base      string // the URL under which it answers on this machine, without a path
	why       string // a sentence on the choice of the name, "" when there is nothing to say
	exposed   bool   // others reach it
	crossSite bool   // pages of other sites may use it
}

const (
	// ownAddr is where a target listens by default. Browsers keep cookies by
	// address, and not by port (RFC 6265 §8.5): at an address of its own a target
	// shares none with other programs. Linux and Windows have all of 127.0.0.0/8.
	ownAddr = "127.70.105.120:8080"
	// ownName stands for an address that other programs use too. Browsers and curl
	// take it to the loopback address without asking anybody (RFC 6761 §6.3).
	ownName = "fixlab.localhost"
)

func listenTCP(a *net.TCPAddr) (net.Listener, error) { return net.ListenTCP("tcp", a) }

// listen opens addr, or ownAddr when it is empty; on a machine without that
// address it opens the same port of 127.0.0.1. One that others can reach takes
// exposed.
func listen(addr string, exposed bool, open func(*net.TCPAddr) (net.Listener, error)) (place, error) {
	given := addr != ""
	if !given {
		addr = ownAddr
	}
	a, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return place{}, usageError{fmt.Errorf("target: -addr %q: %w", addr, err)}
	}
	at := place{exposed: !a.IP.IsLoopback()}
	if at.exposed && !exposed {
		return place{}, usageError{fmt.Errorf("target: %s can be reached by others, and this server is made to be broken into: use a loopback address such as %s, or give both -expose and -yes-expose", addr, ownAddr)}
	}
	at.Listener, err = open(a)
	if !given && errors.Is(err, syscall.EADDRNOTAVAIL) {
		at.why = fmt.Sprintf("This machine has no address %s, so it listens on 127.0.0.1. ", a.IP)
		a.IP = net.IPv4(127, 0, 0, 1)
		at.Listener, err = open(a)
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		return place{}, fmt.Errorf("target: %s is in use; -addr %s takes a free port", a, net.JoinHostPort(a.IP.String(), "0"))
	}
	if err != nil {
		return place{}, fmt.Errorf("target: %w", err)
	}
	host := hostOf(at.Addr())
	at.base = "http://" + host
	if strings.HasPrefix(host, ownName) {
		at.why += "It goes by a name of its own there, because whatever listens on 127.0.0.1 shares that address's cookies."
	}
	return at, nil
}

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
