//go:build !wasm

package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fixlab/app/site"
)

const usage = `usage: app COMMAND

  build  [-out DIR] [-base PATH]         write the static site
  serve  [-dir DIR] [-addr ADDR]         serve it
  size   [-dir DIR]                      print what it weighs; fail over the budget
  load   [-dir DIR] [-n RUNS]            measure how fast it loads; fail over the budget
  play   [NAME] [-on SWITCHES] [-with WORDS] [-json]   play a scenario in the terminal
  explore [-profile P] [-visited] [-json]
                                         every route, source and set of switches: what stops what
  target PROFILE [-on SWITCHES] [-addr ADDR]
                                         serve a profile over real HTTP, to be attacked
`

// A usageError is a mistake in how a command was called: exit status 2.
type usageError struct{ error }

// Run carries out a command and returns the exit status.
func Run(args []string) int {
	err := command(args, os.Stdout)
	if err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, err)
	var wrong usageError
	if errors.As(err, &wrong) {
		return 2
	}
	return 1
}

func command(args []string, out io.Writer) error {
	if len(args) == 0 {
		return usageError{errors.New(usage)}
	}
	name, args := args[0], args[1:]
	switch name {
	case "build":
		return build(args, out)
	case "serve":
		return serve(args, out)
	case "size":
		return size(args, out)
	case "load":
		return load(args, out)
	case "play":
		return play(args, out)
	case "explore":
		return runExplore(args, out)
	case "target":
		return runTarget(args, out)
	case "help", "-h", "-help", "--help":
		_, err := io.WriteString(out, usage)
		return err
	}
	return usageError{fmt.Errorf("unknown command %q\n\n%s", name, usage)}
}

// flags returns a command's flag set; its own printing is off, because run
// prints the error.
func flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// parse reads a command's flags; the command takes nothing else.
func parse(f *flag.FlagSet, args []string) error {
	if err := f.Parse(args); err != nil {
		return usageError{fmt.Errorf("%s: %w\n\n%s", f.Name(), err, usage)}
	}
	if f.NArg() > 0 {
		return usageError{fmt.Errorf("%s: unexpected %q\n\n%s", f.Name(), f.Args(), usage)}
	}
	return nil
}

func build(args []string, out io.Writer) error {
	f := flags("build")
	dir := f.String("out", "_site", "the folder to write")
	base := f.String("base", "./", "the path the site will have, if known, like /lab/")
	if err := parse(f, args); err != nil {
		return err
	}
	if *base != "./" && (!strings.HasPrefix(*base, "/") || !strings.HasSuffix(*base, "/")) {
		return usageError{fmt.Errorf("build: -base %q must start and end with a slash", *base)}
	}
	src, err := site.Load(".")
	if err != nil {
		return err
	}
	src.Base = *base
	if src.Lesson, err = firstLesson(); err != nil {
		return err
	}
	files, err := src.Files()
	if err != nil {
		return err
	}
	if err := site.Write(*dir, files); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "wrote %s%c: %d files\n", *dir, filepath.Separator, len(files))
	return err
}

func serve(args []string, out io.Writer) error {
	f := flags("serve")
	dir := f.String("dir", "_site", "the built site")
	addr := f.String("addr", "127.0.0.1:8000", "the address to listen on")
	if err := parse(f, args); err != nil {
		return err
	}
	if err := built(*dir); err != nil {
		return err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	url := "http://" + l.Addr().String()
	if a, ok := l.Addr().(*net.TCPAddr); ok && a.IP.IsLoopback() {
		url = fmt.Sprintf("http://localhost:%d", a.Port)
	}
	fmt.Fprintf(out, "Fixation Lab: %s  (Ctrl-C stops it)\n", url)
	server := &http.Server{Handler: site.Handler(os.DirFS(*dir)), ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(l)
}

// built says how to build the site when dir does not hold it.
func built(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "index.html")); err != nil {
		return fmt.Errorf("no site in %s: build it with `make site`", dir)
	}
	return nil
}
