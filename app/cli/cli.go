//go:build !wasm

// Package cli holds the commands. None of them is in the wasm.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// commands are all there are, in the order of the usage.
var commands = []command{
	{"build", "[-out DIR] [-base PATH]", "write the static site", nil, build},
	{"serve", "[-dir DIR] [-addr ADDR]", "serve it", nil, serve},
	{"size", "[-dir DIR]", "print what it weighs; fail over the budget", nil, size},
	{"pack", "[-out DIR]", "write what a trainer takes along: the site, the lab as one file, a package for an LMS", nil, runPack},
	{"load", "[-dir DIR] [-n RUNS]", "measure how fast it loads; fail over the budget", nil, runLoad},
	{"play", "[NAME[/SWITCHES[@WORDS]]] [-on SWITCHES] [-with WORDS] [-json | -har | -mermaid | -md]", "play a lesson, a file or a link in the terminal", nil, play},
	{"check", "FILE…", "play every want row of scenario files; fail where one does not hold", nil, check},
	{"verbs", "", "what can stand in a scenario file: the header's keys, the verbs, the outcomes", nil, verbs},
	{"words", "[-dir DIR] [FILE]", "which words of the page are missing or unused; of a translation, what is missing or has changed", nil, runWords},
	{"explore", "[-profile P] [-visited] [-json]", "every route, source and set of switches: what stops what", nil, runExplore},
	{"audit", "URL -login PATH -private PATH -as NAME:env:VARIABLE -and NAME:env:VARIABLE [flags]", "ask a real login whether it keeps the session id", auditHelp, runAudit},
	{"target", "PROFILE [-on SWITCHES] [-addr ADDR] [-cross-site]", "serve a profile over real HTTP, to be attacked", nil, runTarget},
}

// Run carries out a command and returns the exit status. first draws the page's
// first view as HTML, for the site.
func Run(args []string, first func() string) int {
	firstView = first
	return complain(os.Stderr, args, run(args, os.Stdout))
}

var firstView = func() string { return "" }

// complain says what went wrong with the command args, if anything did, through
// the door, and returns the exit status.
func complain(to io.Writer, args []string, err error) int {
	var wrong usageError
	var done ended
	switch {
	case err == nil:
		return 0
	case errors.As(err, &done):
		if done.says != "" {
			fmt.Fprintln(door{to}, err)
		}
		return done.status
	case !errors.As(err, &wrong):
		fmt.Fprintln(door{to}, err)
		return 1
	}
	fmt.Fprintf(door{to}, "%v\n\n%s", err, brief(args))
	return 2
}

// run carries out a command. What it prints goes through the door.
func run(args []string, out io.Writer) error {
	out = door{out}
	if len(args) == 0 {
		return usageError{errors.New("which command?")}
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		_, err := io.WriteString(out, usage(args[1:]))
		return err
	}
	i := named(args)
	if i < 0 {
		return usageError{fmt.Errorf("unknown command %q", args[0])}
	}
	err := commands[i].run(args[1:], out)
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(out, usage(args))
	}
	return err
}

// named returns the place of the command that args begin with, -1 if there is none.
func named(args []string) int {
	return slices.IndexFunc(commands, func(c command) bool { return len(args) > 0 && c.name == args[0] })
}

// usage says how the command that args begin with is called, or lists them all.
func usage(args []string) string {
	if i := named(args); i >= 0 {
		c := commands[i]
		text := fmt.Sprintf("usage: app %s\n  %s\n", strings.TrimSpace(c.name+" "+c.args), c.says)
		if c.more != nil {
			text += "\n" + c.more()
		}
		return text
	}
	var b strings.Builder
	b.WriteString("usage: app COMMAND\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  %s\n      %s\n", strings.TrimSpace(c.name+" "+c.args), c.says)
	}
	return b.String()
}

// brief is usage after a mistake: without what would push the mistake off the screen.
func brief(args []string) string {
	i := named(args)
	if i < 0 || commands[i].more == nil {
		return usage(args)
	}
	c := commands[i]
	return fmt.Sprintf("usage: app %s\n  app help %s lists the flags\n", strings.TrimSpace(c.name+" "+c.args), c.name)
}
