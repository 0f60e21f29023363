//go:build !wasm

package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"fixlab/app/audit"
	write "fixlab/app/audit/report"
	core "fixlab/lab/audit"
	"fixlab/lab/near"
)

// Exit statuses of an audit. One that is inconclusive is never 0.
const (
	exitAttack       = 1
	exitInconclusive = 3
	exitNoLogin      = 4
	exitNetwork      = 5
)

// defaultPause is what an audit waits before each login.
const defaultPause = 500 * time.Millisecond

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
	case core.Weak:
		if failOn == core.Weak {
			return exitAttack
		}
		return 0
	case core.NoAttackWorked:
		return 0
	case core.NoLogin:
		return exitNoLogin
	case core.Unreachable:
		return exitNetwork
	}
	return exitInconclusive
}

// An auditing is what the command line asks for.
type auditing struct {
	audit.Config
	outputs []output
	failOn  core.Ending
	values  bool
	at      string // the file of the repository that results belong to
	har     string
}

// runAudit audits a login over HTTP.
func runAudit(args []string, out io.Writer) error {
	a, err := readAudit(args, os.Stdin, os.Stderr)
	if err != nil {
		return err
	}
	if a.har != "" {
		return a.readHAR(out)
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
	if err := a.write(r, out); err != nil {
		return err
	}
	if status := statusOf(r, a.failOn); status != 0 {
		return ended{status, fmt.Sprintf("%s: %s", r.Ending, r.Because)}
	}
	return nil
}

// An auditFlags is the command line of an audit before it is checked.
type auditFlags struct {
	*flag.FlagSet
	*auditing
	accounts             accountFlags
	quick, full, browser bool
	config, openapi, ca  string
}

func newAuditFlags() *auditFlags {
	f := &auditFlags{FlagSet: flags("audit"), auditing: &auditing{failOn: core.Vulnerable}}
	f.StringVar(&f.Login, "login", "", "`PATH` of the page that logs in")
	f.StringVar(&f.Private, "private", "", "`PATH` of a page that only who is logged in sees, with the account's name on it")
	f.accounts.define(f.FlagSet)
	f.StringVar(&f.Logout, "logout", "", "`PATH`, or \"POST PATH\"; without it a link or a form on the private page is looked for")
	f.Func("start", "`PATH` of a page that a visitor opens first; again for more; URL without it.\nForms on such a page are posted once, with an id in a field", func(s string) error { f.Start = append(f.Start, s); return nil })
	f.StringVar(&f.Form, "form", "", "`FIELDS` to post where the page has no form: user={user}&pass={pass}")
	f.StringVar(&f.JSON, "json", "", "`OBJECT` to post as JSON: {\"email\":\"{user}\",\"password\":\"{pass}\"}; {code} is the second factor")
	f.BoolVar(&f.browser, "browser", false, "log in with Chromium, where only a script can")
	f.StringVar(&f.config, "config", "", "`FILE` in YAML that says all this")
	f.StringVar(&f.openapi, "openapi", "", "`FILE` with an OpenAPI document: it is looked through, and says how to log in")
	f.StringVar(&f.har, "har", "", "`FILE` with a recording: it is read, and nothing is sent")
	f.BoolVar(&f.quick, "quick", false, "four logins: F1, F3 and L1")
	f.BoolVar(&f.full, "full", false, "what takes a minute or leaves a trace, too")
	f.StringVar(&f.Effect, "effect", "", "`ACT` that leaves a trace, for -full: POST /basket item={mark}")
	f.StringVar(&f.Trace, "trace", "", "`PATH` of the page that shows the trace; the private page without it")
	f.IntVar(&f.MaxLogins, "max-logins", 14, "`N` logins at most, wrong passwords included")
	f.IntVar(&f.MaxRequests, "max-requests", 400, "`N` requests at most")
	f.DurationVar(&f.Pause, "pause", defaultPause, "`TIME` before each login")
	f.DurationVar(&f.Grace, "grace", 0, "`TIME` after which an old id is asked for once more; 1m with -full")
	f.DurationVar(&f.Timeout, "timeout", 10*time.Second, "`TIME` that an answer may take")
	f.StringVar(&f.UserAgent, "user-agent", "fixlab-audit", "`TEXT` that the audit calls itself")
	f.Func("i-may-test", "`HOST` that is not this machine and may be tested, typed in full", func(s string) error { f.Hosts = append(f.Hosts, s); return nil })
	f.StringVar(&f.ca, "ca", "", "`FILE` of certificates to trust besides the system's")
	f.BoolVar(&f.Insecure, "insecure", false, "take any certificate of this machine")
	f.Func("o", "`FORM` of the report: text, json, sarif or junit; FORM=FILE writes a file; again for more", f.addOutput)
	f.StringVar(&f.at, "at", "", "`FILE` of the repository, or FILE:LINE, that SARIF shows results at; -config's or -openapi's without it")
	f.Func("fail-on", "`WHAT` makes the exit status 1: vulnerable, or weak", func(s string) error {
		choices := []string{string(core.Vulnerable), string(core.Weak)}
		if s != choices[0] && s != choices[1] {
			return fmt.Errorf("%q is neither vulnerable nor weak%s", s, near.Choices(s, choices))
		}
		f.failOn = core.Ending(s)
		return nil
	})
	f.BoolVar(&f.values, "show-values", false, "show cookie values as they are")
	return f
}

// auditHelp is what usage says of the flags.
func auditHelp() string {
	var b strings.Builder
	f := newAuditFlags()
	f.SetOutput(&b)
	f.PrintDefaults()
	return strings.ReplaceAll(b.String(), "\t", "    ") + `
Exit status: 0 no attack worked, 1 an attack worked, 2 wrong usage, 3 inconclusive,
4 could not log in, 5 nothing answers. It logs in to both accounts, up to fourteen times,
gives one wrong password, and logs both out once.
`
}

// readAudit reads the command line. Passwords come from where it says, asked for at the
// terminal in the last place.
func readAudit(args []string, in *os.File, prompt io.Writer) (*auditing, error) {
	f := newAuditFlags()
	a := f.auditing
	words, err := mixed(f.FlagSet, args)
	if err != nil {
		return nil, err
	}
	wrong := func(format string, v ...any) error { return usageError{fmt.Errorf("audit: "+format, v...)} }
	given := map[string]bool{}
	f.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if len(words) > 1 {
		return nil, wrong("one URL, please, not %q", words)
	}
	if len(words) == 1 {
		a.URL = words[0]
	}
	if a.har != "" {
		return a, nil
	}
	if f.config != "" {
		if err := a.configure(f.config, given, &f.accounts); err != nil {
			return nil, wrong("%w", err)
		}
	}
	if f.openapi != "" {
		if err := a.contract(f.openapi, given); err != nil {
			return nil, wrong("%w", err)
		}
	}
	if a.at == "" {
		a.at = f.config
		if f.openapi != "" {
			a.at = f.openapi
		}
	}
	switch {
	case a.URL == "":
		return nil, wrong("which URL?")
	case a.Login == "" || a.Private == "":
		return nil, wrong("-login and -private say which page logs in, and which one only who is logged in sees")
	case f.quick && f.full:
		return nil, wrong("-quick or -full?")
	case a.Form != "" && a.JSON != "":
		return nil, wrong("-form or -json?")
	case f.quick:
		a.Mode = core.Quick
	case f.full:
		a.Mode = core.Full
	case a.Mode == core.Quick && !given["quick"]:
		a.Mode = core.Ordinary
	}
	for _, o := range a.outputs {
		if o.form == "sarif" && a.at == "" {
			return nil, wrong("SARIF shows results at a file of the repository: -config or -openapi name one, or -at")
		}
	}
	if a.Alice, a.Mallory, err = f.accounts.read(in, prompt); err != nil {
		return nil, wrong("%w", err)
	}
	if f.ca != "" {
		if a.Roots, err = os.ReadFile(f.ca); err != nil {
			return nil, wrong("-ca: %w", err)
		}
	}
	if f.browser {
		a.Browser = audit.Chromium{Insecure: a.Insecure}
	}
	return a, nil
}

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

// write writes the report in every form that was asked for.
func (a *auditing) write(r core.Report, out io.Writer) error {
	if len(a.outputs) == 0 {
		a.outputs = []output{{form: "text"}}
	}
	options := write.Options{Values: a.values, FailOn: a.failOn}
	if a.at != "" {
		file, line := a.at, 1
		if i := strings.LastIndexByte(file, ':'); i > 0 {
			if _, err := fmt.Sscanf(file[i+1:], "%d", &line); err == nil {
				file = file[:i]
			}
		}
		root, err := os.Getwd()
		if err != nil {
			return err
		}
		if file, err = write.RepositoryFile(root, file); err != nil {
			return err
		}
		options.At = write.Everywhere(write.Place{File: file, Line: line})
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
		f, err := os.Create(o.file)
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
	if through, ok := out.(door); ok {
		if to, ok := through.to.(*os.File); ok && terminal(to) && os.Getenv("NO_COLOR") == "" {
			out, options.Color = to, true // the door would show the colours as bytes; Text lets no other through
		}
	}
	return write.Text(out, r, options)
}

// terminal reports whether f is one.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
