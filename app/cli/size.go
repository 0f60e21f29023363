//go:build !wasm

package cli

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/andybalholm/brotli"
)

// A budget is of a program as it travels, in bytes: packed by the build, and by a host
// that speaks brotli.
type budget struct {
	name         string
	gzip, brotli int
}

// The budgets, in the order of weigh: of the program that a first visit loads, and of the
// whole one, which trainers load.
var budgets = [2]budget{{"app", 2_400_000, 1_780_000}, {"whole", 2_940_000, 2_150_000}}

// size prints what the site in dir weighs and fails over the budget.
func size(args []string, out io.Writer) error {
	f := flags("size")
	dir := f.String("dir", "_site", "the built site")
	if err := parse(f, args); err != nil {
		return err
	}
	if err := built(*dir); err != nil {
		return err
	}
	sizes, err := weigh(*dir)
	if err != nil {
		return err
	}
	return report(out, sizes)
}

// A fileSize is the size of one file, in bytes.
type fileSize struct {
	name              string
	raw, gzip, brotli int
}

// weigh measures what a visit transfers, the two programs first.
func weigh(dir string) ([]fileSize, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var wasm, rest []fileSize
	for _, e := range entries {
		name := e.Name()
		ext := filepath.Ext(name)
		switch {
		case strings.HasPrefix(name, "404.") || name == ".nojekyll" || name == "licences.txt":
			continue // not part of a visit
		case strings.HasPrefix(name, "paper-"), ext == ".html" && name != "index.html" && name != "lesson.html":
			continue // to print: for who asks
		case strings.HasSuffix(name, packed), strings.HasSuffix(name, ".gz.js"):
			continue // counted as their program's gzip
		case ext == ".png" && name != "icon-192.png":
			continue // fetched when the app is installed
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		w := fileSize{name, len(b), len(b), len(b)}
		if ext != ".png" { // compressed as it is
			if w.gzip, err = zipped(dir, name, b); err != nil {
				return nil, err
			}
			if w.brotli, err = brotlied(b); err != nil {
				return nil, err
			}
		}
		if ext == ".wasm" {
			wasm = append(wasm, w)
		} else {
			rest = append(rest, w)
		}
	}
	if len(wasm) != 2 || !strings.HasPrefix(wasm[0].name, "app-") || !strings.HasPrefix(wasm[1].name, "whole-") {
		return nil, fmt.Errorf("size: %s holds %d files .wasm, want app-*.wasm and whole-*.wasm", dir, len(wasm))
	}
	return append(wasm, rest...), nil
}

// report prints the sizes as a table. The first two are the programs, which have budgets.
func report(out io.Writer, sizes []fileSize) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(name string, w fileSize) {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t\n", name, w.raw, w.gzip, w.brotli)
	}
	fmt.Fprintln(t, "bytes\traw\tgzip\tbrotli 11\t")
	var total fileSize
	for i, w := range sizes {
		line(w.name, w)
		if i != 1 { // of the two programs a visit loads one
			total.raw, total.gzip, total.brotli = total.raw+w.raw, total.gzip+w.gzip, total.brotli+w.brotli
		}
	}
	line("a first visit", total)
	for _, b := range budgets {
		fmt.Fprintf(t, "budget of %s.wasm\t\t%d\t%d\t\n", b.name, b.gzip, b.brotli)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	var over []error
	for i, b := range budgets {
		if n := sizes[i].gzip - b.gzip; n > 0 {
			over = append(over, fmt.Errorf("size: %s.wasm is %d bytes over its gzip budget", b.name, n))
		}
		if n := sizes[i].brotli - b.brotli; n > 0 {
			over = append(over, fmt.Errorf("size: %s.wasm is %d bytes over its brotli budget", b.name, n))
		}
	}
	return errors.Join(over...)
}

// packed ends the name of a program as the build has packed it.
const packed = ".gz.bin"

// zipped returns the length of the file name, which holds b, as it travels: the
// packed file beside it for a program, which a visit loads in its place, and
// gzip -9 for the others.
func zipped(dir, name string, b []byte) (int, error) {
	if stem, ok := strings.CutSuffix(name, ".wasm"); ok {
		info, err := os.Stat(filepath.Join(dir, stem+packed))
		if err != nil {
			return 0, fmt.Errorf("size: what travels for %s: %w", name, err)
		}
		return int(info.Size()), nil
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	return squeeze(w, b, &out)
}

// brotlied returns the length of b after brotli -q 11 -w 24.
func brotlied(b []byte) (int, error) {
	var out bytes.Buffer
	return squeeze(brotli.NewWriterOptions(&out, brotli.WriterOptions{Quality: 11, LGWin: 24}), b, &out)
}

func squeeze(w io.WriteCloser, b []byte, out *bytes.Buffer) (int, error) {
	if _, err := w.Write(b); err != nil {
		return 0, err
	}
	err := w.Close()
	return out.Len(), err
}
