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
	"slices"
	"strconv"
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

// An auditFlags is the command line of an audit before it is checked.
type auditFlags struct {
	*flag.FlagSet
	*auditing
	accounts             accountFlags
	quick, full, browser bool
	config, ca           string
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
	f.StringVar(&f.Change, "change-password", "", "`ACT` that changes the victim's password, for -full: POST /password old={pass}&new={new}; it is changed back")
	f.IntVar(&f.MaxLogins, "max-logins", ordinaryLogins, fmt.Sprintf("`N` logins at most, wrong passwords included; %d with -full", fullLogins))
	f.IntVar(&f.MaxRequests, "max-requests", 400, "`N` requests at most")
	f.DurationVar(&f.Pause, "pause", defaultPause, "`TIME` before each login")
	f.DurationVar(&f.Grace, "grace", 0, "`TIME` after which an old id is asked for once more; 1m with -full")
	f.DurationVar(&f.Timeout, "timeout", 10*time.Second, "`TIME` that an answer may take")
	f.DurationVar(&f.MaxTime, "max-time", 30*time.Minute, "`TIME` that all of it may take")
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

-openapi without a URL reads the document and sends nothing. Exit status: 0, with -fail-on
weak 1 if there is a finding, 3 if the document says nothing of sessions.
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
	if a.openapi != "" {
		if err := a.contract(a.openapi, given); err != nil {
			return nil, wrong("%w", err)
		}
	}
	if a.at == "" {
		a.at = f.config
		if a.openapi != "" {
			a.at = a.openapi
		}
	}
	if _, err := a.options(); err != nil {
		return nil, wrong("%w", err)
	}
	switch {
	case a.URL == "" && a.openapi != "" && f.accounts.alice.text == "" && f.accounts.mallory.text == "":
		return a, nil
	case a.URL == "":
		return nil, wrong("which URL?")
	case a.Login == "":
		return nil, wrong("-login says which page logs in%s", a.notes())
	case a.Private == "":
		return nil, wrong("-private says which page only who is logged in sees, with a name on it%s", a.notes())
	case f.quick && f.full:
		return nil, wrong("-quick or -full?")
	case a.Form != "" && a.JSON != "":
		return nil, wrong("-form or -json?")
	}
	switch {
	case f.quick:
		a.mode = "quick"
	case f.full:
		a.mode = "full"
	}
	if a.Mode = core.Ordinary; a.mode != "" {
		a.Mode = modes[a.mode]
	}
	if a.Mode == core.Full && a.MaxLogins == ordinaryLogins {
		a.MaxLogins = fullLogins
	}
	if a.Alice, a.Mallory, err = f.accounts.read(in, prompt); err != nil {
		return nil, wrong("%w", err)
	}
	if f.ca != "" {
		if a.Roots, err = readFile(f.ca, 4<<20); err != nil {
			return nil, wrong("-ca: %w", err)
		}
	}
	if f.browser {
		a.Browser = audit.Chromium{Insecure: a.Insecure, Hosts: a.Hosts}
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
