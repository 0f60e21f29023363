//go:build !wasm

package cli

import (
	"flag"
	"fmt"
	"io"
)

// A command is one word on the command line: how it is called, what it is for,
// and what it does with the words after it.
type command struct {
	name string
	args string        // its flags and words, for the usage
	says string        // one line
	more func() string // what usage adds for it alone; nil for nothing
	run  func(args []string, out io.Writer) error
}

// A usageError is a mistake in how a command was called: exit status 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// flags returns a command's flag set, which prints nothing itself.
func flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// parse reads a command's flags; the command takes nothing else.
func parse(f *flag.FlagSet, args []string) error {
	words, err := mixed(f, args)
	if err == nil && len(words) > 0 {
		err = usageError{fmt.Errorf("%s: unexpected %q", f.Name(), words)}
	}
	return err
}

// mixed reads flags and words in any order, and returns the words.
func mixed(f *flag.FlagSet, args []string) (words []string, err error) {
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return nil, usageError{fmt.Errorf("%s: %w", f.Name(), err)}
		}
		if args = f.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	return words, nil
}
