//go:build !wasm

package target

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
)

// A Place is where a target listens and who may come.
type Place struct {
	net.Listener
	base      string // the URL under which it answers on this machine, without a path
	why       string // a sentence on the choice of the name, "" when there is nothing to say
	exposed   bool   // others reach it
	CrossSite bool   // pages of other sites may use it
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

// An AddressError is an address on which no target may listen, or that is none.
type AddressError struct{ error }

func (e AddressError) Unwrap() error { return e.error }

func listenTCP(a *net.TCPAddr) (net.Listener, error) { return net.ListenTCP("tcp", a) }

// Listen opens addr, or an address of a target's own when it is empty; on a machine
// without that address it opens the same port of 127.0.0.1. One that others can reach
// takes exposed.
func Listen(addr string, exposed bool) (Place, error) { return listen(addr, exposed, listenTCP) }

func listen(addr string, exposed bool, open func(*net.TCPAddr) (net.Listener, error)) (Place, error) {
	given := addr != ""
	if !given {
		addr = ownAddr
	}
	a, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return Place{}, AddressError{fmt.Errorf("target: -addr %q: %w", addr, err)}
	}
	at := Place{exposed: !a.IP.IsLoopback()}
	if at.exposed && !exposed {
		return Place{}, AddressError{fmt.Errorf("target: %s can be reached by others, and this server is made to be broken into: use a loopback address such as %s, or give both -expose and -yes-expose", addr, ownAddr)}
	}
	at.Listener, err = open(a)
	if !given && errors.Is(err, syscall.EADDRNOTAVAIL) {
		at.why = fmt.Sprintf("This machine has no address %s, so it listens on 127.0.0.1. ", a.IP)
		a.IP = net.IPv4(127, 0, 0, 1)
		at.Listener, err = open(a)
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		return Place{}, fmt.Errorf("target: %s is in use; -addr %s takes a free port", a, net.JoinHostPort(a.IP.String(), "0"))
	}
	if err != nil {
		return Place{}, fmt.Errorf("target: %w", err)
	}
	host := hostOf(at.Addr())
	at.base = "http://" + host
	if strings.HasPrefix(host, ownName) {
		at.why += "It goes by a name of its own there, because whatever listens on 127.0.0.1 shares that address's cookies."
	}
	return at, nil
}
