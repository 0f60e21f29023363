//go:build !wasm

package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fixlab/app/text"
	"fixlab/app/text/lint"
)

// wordsFile holds the English words of the page; the sources are under app.
const wordsFile = "app/text/en.txt"

// runWords compares the words of the page with the sources under app or, where a file is
// named, a translation with the English words. The error has a line for each fault.
func runWords(args []string, out io.Writer) error {
	f := flags("words")
	dir := f.String("dir", ".", "the project")
	names, err := mixed(f, args)
	if err != nil {
		return err
	}
	if len(names) > 1 {
		return usageError{fmt.Errorf("words: unexpected %q", names[1:])}
	}
	english, err := readWords(filepath.Join(*dir, wordsFile), wordsFile)
	if err != nil {
		return err
	}
	if len(names) == 1 {
		other, err := readWords(names[0], names[0])
		if err != nil {
			return err
		}
		if faults := lint.Translation(english, other); faults != nil {
			return errors.New(strings.Join(faults, "\n"))
		}
		_, err = fmt.Fprintf(out, "%s: %s, none missing, none changed\n", names[0], plural(len(other.Entries), "text"))
		return err
	}
	uses, faults, err := lint.Uses(filepath.Join(*dir, "app"))
	if err != nil {
		return err
	}
	if faults = append(faults, lint.English(english, uses)...); faults != nil {
		return errors.New(strings.Join(faults, "\n"))
	}
	for _, note := range lint.Twice(english) {
		fmt.Fprintln(out, note)
	}
	_, err = fmt.Fprintf(out, "%s in %s: none missing, none unused\n", plural(len(english.Entries), "text"), plural(len(uses), "place"))
	return err
}

// readWords reads a file of texts; name is what its faults say.
func readWords(file, name string) (*text.Catalogue, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	return text.Read(name, string(b))
}
