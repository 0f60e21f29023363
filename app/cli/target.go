//go:build !wasm

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"fixlab/app/target"
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
	at, err := target.Listen(*addr, *expose && *yes)
	var wrong target.AddressError
	if errors.As(err, &wrong) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	at.CrossSite = *crossSite
	defer at.Close()
	t := target.New(p, d)
	if _, err := io.WriteString(out, t.Banner(at, os.Getpid())); err != nil {
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
					if said.Output(1, "deployed; signing secrets: "+strings.Join(t.Deploy(), ", ")) != nil {
						end()
					}
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	if err := t.Serve(ctx, at, said); err != nil {
		return err
	}
	said.Print("stopped")
	return nil
}
