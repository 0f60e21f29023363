//go:build !wasm

package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	write "fixlab/app/audit/report"
	core "fixlab/lab/audit"
	"fixlab/lab/near"
)

// An output is one form of the report, and where it goes: "" is the standard output.
type output struct{ form, file string }

var outputs = []string{"text", "json", "sarif", "junit"}

func (a *auditing) addOutput(text string) error {
	form, file, _ := strings.Cut(text, "=")
	for _, o := range outputs {
		if o == form {
			a.outputs = append(a.outputs, output{form, file})
			return nil
		}
	}
	return fmt.Errorf("there is no form %q%s", form, near.Choices(form, outputs))
}

// options says how the report is written. It is an error if SARIF is asked for and has no
// place in the repository.
func (a *auditing) options() (o write.Options, err error) {
	o = write.Options{Values: a.values, FailOn: a.failOn}
	if !slices.ContainsFunc(a.outputs, func(o output) bool { return o.form == "sarif" }) {
		return o, nil
	}
	if a.at == "" {
		return o, errors.New("SARIF shows results at a file of the repository: -config or -openapi name one, or -at")
	}
	file, line := a.at, 1
	if i := strings.LastIndexByte(file, ':'); i > 0 {
		if n, err := strconv.Atoi(file[i+1:]); err == nil {
			file, line = file[:i], n
		}
	}
	if o.Root, err = os.Getwd(); err == nil {
		file, err = write.RepositoryFile(o.Root, file)
	}
	o.At = a.places(write.Place{File: file, Line: line}, o.Root)
	return o, err
}

// write writes the report in every form that was asked for.
func (a *auditing) write(r core.Report, out io.Writer) error {
	if len(a.outputs) == 0 {
		a.outputs = []output{{form: "text"}}
	}
	options, err := a.options()
	if err != nil {
		return err
	}
	for _, o := range a.outputs {
		if err := o.write(r, out, options); err != nil {
			return fmt.Errorf("audit: %s: %w", o.form, err)
		}
	}
	return nil
}

func (o output) write(r core.Report, out io.Writer, options write.Options) (err error) {
	if o.file != "" {
		mode := os.FileMode(0o666)
		if options.Values {
			mode = 0o600 // who reads it is logged in
		}
		f, err := os.OpenFile(o.file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		out = f
	}
	switch o.form {
	case "json":
		return write.JSON(out, r, options)
	case "sarif":
		return write.SARIF(out, r, options)
	case "junit":
		return write.JUnit(out, r, options)
	}
	options.Width = 100
	out, options.Color = colored(out)
	return write.Text(out, r, options)
}

// colored returns the terminal behind the door, where there is one that shows colours: the
// door would show them as bytes. What writes to it lets no other control through.
func colored(out io.Writer) (io.Writer, bool) {
	if through, ok := out.(door); ok {
		if to, ok := through.to.(*os.File); ok && terminal(to) && os.Getenv("NO_COLOR") == "" {
			return to, true
		}
	}
	return out, false
}

// terminal reports whether f is one.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
