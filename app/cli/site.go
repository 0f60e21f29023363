//go:build !wasm

package cli

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fixlab/app/load"
	"fixlab/app/paper"
	"fixlab/app/site"
)

// build writes the static site.
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
	src, err := siteSource(*base)
	if err != nil {
		return err
	}
	files, err := src.Files()
	if err != nil {
		return err
	}
	if err := site.Write(*dir, files, site.Mark); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "built with %s: %s\nwrote %s%c: %d files\n", src.Go, src.Reductions, *dir, filepath.Separator, len(files))
	return err
}

// siteSource returns all that the site is made of.
func siteSource(base string) (site.Source, error) {
	src, err := site.Load(".")
	if err != nil {
		return src, err
	}
	src.Base, src.First = base, firstView()
	if src.Lesson, err = firstLesson(); err != nil {
		return src, err
	}
	src.Sheets, err = paper.Sheets()
	return src, err
}

// serve serves a built site until it is stopped.
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

// runLoad measures how fast a built site loads beside go-app's hello world.
func runLoad(args []string, out io.Writer) error {
	f := flags("load")
	dir := f.String("dir", "_site", "the built site")
	runs := f.Int("n", 5, "runs of each")
	if err := parse(f, args); err != nil {
		return err
	}
	if *runs < 1 {
		return usageError{fmt.Errorf("load: -n %d: want at least 1", *runs)}
	}
	if err := built(*dir); err != nil {
		return err
	}
	return load.Run(*dir, *runs, out)
}
