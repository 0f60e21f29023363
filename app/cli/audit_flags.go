//go:build !wasm

package cli

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
	"fixlab/lab/near"
)

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
	f.IntVar(&f.MaxLogins, "max-logins", 0, fmt.Sprintf("`N` logins at most, wrong passwords included; without it %d, and %d with -full", ordinaryLogins, fullLogins))
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
4 could not log in, 5 nothing answers. It logs in to both accounts, fourteen times at most,
with one wrong password, and logs each out once; other sessions that it opened stay open.

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
		delete(given, "har")
		delete(given, "private")
		if len(given) > 0 || a.URL != "" {
			return nil, wrong("-har reads a recording and sends nothing: it goes with -private alone")
		}
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
	if a.MaxLogins == 0 {
		if a.MaxLogins = ordinaryLogins; a.Mode == core.Full {
			a.MaxLogins = fullLogins
		}
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
