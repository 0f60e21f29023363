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

// readAudit reads the command line. Passwords come from where it says, asked for at the
// terminal in the last place.
func readAudit(args []string, in *os.File, prompt io.Writer) (*auditing, error) {
	a := &auditing{failOn: core.Vulnerable}
	f := flags("audit")
	var accounts accountFlags
	accounts.define(f)
	f.StringVar(&a.Login, "login", "", "the page that logs in")
	f.StringVar(&a.Private, "private", "", "a page that only who is logged in sees, with her name on it")
	f.StringVar(&a.Logout, "logout", "", `"/logout" or "POST /logout"; else it is looked for on the private page`)
	f.Func("start", "a page that a visitor opens first; again for more", func(s string) error { a.Start = append(a.Start, s); return nil })
	f.StringVar(&a.Form, "form", "", `what to post, "user={user}&pass={pass}"`)
	f.StringVar(&a.JSON, "json", "", `what to post as JSON, {"email":"{user}","password":"{pass}"}`)
	f.StringVar(&a.Effect, "effect", "", `an act that leaves a trace, "POST /basket item={mark}"`)
	f.StringVar(&a.Trace, "trace", "", "the page that shows it")
	quick, full, browser := f.Bool("quick", false, "four logins: F1, F3 and L1"), f.Bool("full", false, "what takes time, too"), f.Bool("browser", false, "log in with Chromium")
	config := f.String("config", "", "a file with all this")
	openapi := f.String("openapi", "", "an OpenAPI document")
	f.IntVar(&a.MaxLogins, "max-logins", 14, "")
	f.IntVar(&a.MaxRequests, "max-requests", 400, "")
	f.DurationVar(&a.Pause, "pause", defaultPause, "before each login")
	f.DurationVar(&a.Grace, "grace", 0, "after which an old id is asked for once more")
	f.DurationVar(&a.Timeout, "timeout", 0, "of a request")
	f.StringVar(&a.UserAgent, "user-agent", "", "")
	f.Func("i-may-test", "a host that is not this machine", func(s string) error { a.Hosts = append(a.Hosts, s); return nil })
	ca := f.String("ca", "", "a file of certificates to trust")
	f.BoolVar(&a.Insecure, "insecure", false, "take any certificate of this machine's")
	f.StringVar(&a.har, "har", "", "read a recording and send nothing")
	f.StringVar(&a.at, "at", "", "the file of the repository, and :LINE, that results are shown at in SARIF")
	f.BoolVar(&a.values, "show-values", false, "cookie values as they are")
	f.Func("fail-on", "vulnerable or weak", func(s string) error {
		choices := []string{string(core.Vulnerable), string(core.Weak)}
		if s != choices[0] && s != choices[1] {
			return fmt.Errorf("%q is neither vulnerable nor weak%s", s, near.Choices(s, choices))
		}
		a.failOn = core.Ending(s)
		return nil
	})
	f.Func("o", "text, json, sarif or junit, and =FILE", a.addOutput)
	words, err := mixed(f, args)
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
	if *config != "" {
		if err := a.configure(*config, given, &accounts); err != nil {
			return nil, wrong("%w", err)
		}
	}
	if *openapi != "" {
		if err := a.contract(*openapi, given); err != nil {
			return nil, wrong("%w", err)
		}
	}
	if a.at == "" {
		a.at = *config
		if *openapi != "" {
			a.at = *openapi
		}
	}
	switch {
	case a.URL == "":
		return nil, wrong("which URL?")
	case a.Login == "" || a.Private == "":
		return nil, wrong("-login and -private say which page logs in, and which one only who is logged in sees")
	case *quick && *full:
		return nil, wrong("-quick or -full?")
	case a.Form != "" && a.JSON != "":
		return nil, wrong("-form or -json?")
	case *quick:
		a.Mode = core.Quick
	case *full:
		a.Mode = core.Full
	case a.Mode == core.Quick && !given["quick"]:
		a.Mode = core.Ordinary
	}
	for _, o := range a.outputs {
		if o.form == "sarif" && a.at == "" {
			return nil, wrong("SARIF shows results at a file of the repository: -config or -openapi name one, or -at")
		}
	}
	if a.Alice, a.Mallory, err = accounts.read(in, prompt); err != nil {
		return nil, wrong("%w", err)
	}
	if *ca != "" {
		if a.Roots, err = os.ReadFile(*ca); err != nil {
			return nil, wrong("-ca: %w", err)
		}
	}
	if *browser {
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
