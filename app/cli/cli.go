//go:build !wasm

// Package cli holds the commands. None of them is in the wasm.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// commands are all there are, in the order of the usage.
var commands = []command{
	{"build", "[-out DIR] [-base PATH]", "write the static site", build},
	{"serve", "[-dir DIR] [-addr ADDR]", "serve it", serve},
	{"size", "[-dir DIR]", "print what it weighs; fail over the budget", size},
	{"load", "[-dir DIR] [-n RUNS]", "measure how fast it loads; fail over the budget", runLoad},
	{"play", "[NAME[/SWITCHES[@WORDS]]] [-on SWITCHES] [-with WORDS] [-json]", "play a lesson, a file or a link in the terminal", play},
	{"explore", "[-profile P] [-visited] [-json]", "every route, source and set of switches: what stops what", runExplore},
	{"target", "PROFILE [-on SWITCHES] [-addr ADDR]", "serve a profile over real HTTP, to be attacked", runTarget},
}

// Run carries out a command and returns the exit status.
func Run(args []string) int {
	err := run(args, os.Stdout)
	if err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, err)
	var wrong usageError
	if !errors.As(err, &wrong) {
		return 1
	}
	fmt.Fprintf(os.Stderr, "\n%s", usage())
	return 2
}

func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return usageError{errors.New("which command?")}
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		_, err := io.WriteString(out, usage())
		return err
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(args[1:], out)
		}
	}
	return usageError{fmt.Errorf("unknown command %q", args[0])}
}

// usage lists the commands.
func usage() string {
	var b strings.Builder
	b.WriteString("usage: app COMMAND\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  %s %s\n      %s\n", c.name, c.args, c.says)
	}
	return b.String()
}
