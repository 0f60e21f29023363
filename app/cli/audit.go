//go:build !wasm

package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// Exit statuses of an audit. One that is inconclusive is never 0.
const (
	exitAttack       = 1
	exitUnread       = 2 // of a file that cannot be read, as of wrong usage
	exitInconclusive = 3
	exitNoLogin      = 4
	exitNetwork      = 5
)

// defaultPause is what an audit waits before each login.
const defaultPause = 500 * time.Millisecond

// How many logins an audit may take.
const (
	ordinaryLogins = 14
	fullLogins     = 24
)

// An ended is a command that did what it was asked to, and says by its status what came
// of it.
type ended struct {
	status int
	says   string
}

func (e ended) Error() string { return e.says }

// statusOf is the exit status of a report.
func statusOf(r core.Report, failOn core.Ending) int {
	switch r.Ending {
	case core.Vulnerable:
		return exitAttack
	case core.Weak, core.NoAttackWorked, core.OnlyRead:
		switch {
		case failOn != core.Weak:
			return 0
		case r.Ending == core.Weak || len(r.Findings) > 0:
			return exitAttack
		case unsettled(r) != "":
			return exitInconclusive
		}
		return 0
	case core.NoLogin:
		return exitNoLogin
	case core.Unreachable:
		return exitNetwork
	}
	return exitInconclusive
}

// unsettled says which weakness could not be settled, "" for none.
func unsettled(r core.Report) string {
	for _, x := range r.Results {
		if x.Class == core.Weakness && (x.Verdict == core.Inconclusive || x.Verdict == core.NotTried && x.Asked) {
			return x.ID + " could not be settled: " + x.Because
		}
	}
	return ""
}

// An auditing is what the command line asks for.
type auditing struct {
	audit.Config
	outputs []output
	failOn  core.Ending
	values  bool
	at      string // the file of the repository that results belong to
	har     string
	mode    string // "quick", "ordinary" or "full", "" for ordinary
	openapi string // the file of document
	reading        // of it
}

// runAudit audits a login over HTTP.
func runAudit(args []string, out io.Writer) error {
	a, err := readAudit(args, os.Stdin, os.Stderr)
	if err != nil {
		return err
	}
	switch {
	case a.har != "":
		return a.readHAR(out)
	case a.URL == "": // a document alone
		return a.conclude(a.lint(), out)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	if terminal(os.Stderr) {
		a.Say = func(line string) { fmt.Fprintln(door{os.Stderr}, line) }
	}
	r, err := audit.Run(ctx, a.Config)
	if err != nil {
		return usageError{fmt.Errorf("audit: %w", err)}
	}
	a.compare(&r)
	return a.conclude(r, out)
}

// conclude writes a report and says what it comes to.
func (a *auditing) conclude(r core.Report, out io.Writer) error {
	status := statusOf(r, a.failOn)
	if err := a.write(r, out); err != nil {
		if status != exitAttack {
			status = exitInconclusive // nobody reads what it came to
		}
		return ended{status, err.Error()}
	}
	switch {
	case status == 0:
		return nil
	case status == exitInconclusive && r.Ending == core.NoAttackWorked:
		return ended{status, fmt.Sprintf("%s %s", r.Because, unsettled(r))}
	case terminal(os.Stdout) && slices.Contains(a.outputs, output{form: "text"}):
		return ended{status: status} // the report has just said why
	}
	return ended{status, fmt.Sprintf("%s: %s", r.Ending, r.Because)}
}
