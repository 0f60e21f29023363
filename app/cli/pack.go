//go:build !wasm

package cli

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"fixlab/app/pack"
	"fixlab/app/site"
)

// runPack writes what a trainer takes along.
func runPack(args []string, out io.Writer) error {
	f := flags("pack")
	dir := f.String("out", "_pack", "the folder to write")
	if err := parse(f, args); err != nil {
		return err
	}
	src, err := siteSource("./")
	if err != nil {
		return err
	}
	built, err := src.Files()
	if err != nil {
		return err
	}
	files, err := pack.Files(built, func(name string) ([]byte, error) { return fs.ReadFile(src.Web, name) })
	if err != nil {
		return err
	}
	if err := site.Write(*dir, files, pack.Sums); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "wrote %s%c: the site, lab.html with %d bytes, lab-scorm12.zip with %d\n", *dir, filepath.Separator, len(files["lab.html"]), len(files["lab-scorm12.zip"]))
	return err
}
