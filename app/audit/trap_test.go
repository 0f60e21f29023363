//go:build !wasm

package audit_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// A trap is a server by which a simpler audit is led to the wrong end, and the end that
// an honest one comes to.
type trap struct {
	n      int                       // trap of that number; 0: it is about no answer at all
	name   string                    // which of its servers
	server func(*clock) http.Handler // goes by the clock of the audit
	config func(*audit.Config)

	ends    []core.Ending
	session []string                // the cookies that carry the session; nil: not asked
	want    map[string]core.Verdict // by check
	says    string                  // is in a sentence of the report
	kind    kind
}

// A kind is how a trap's server is spoken with.
type kind int

const (
	plain   kind = iota // HTTP/1.1
	tls                 // HTTP/1.1 over TLS
	tlsH2               // HTTP/2 over TLS
	cleanH2             // HTTP/2 in the clear and nothing else (RFC 9113, 3.3)
)

var (
	vulnerable = []core.Ending{core.Vulnerable}
	notFound   = []core.Ending{core.NoAttackWorked, core.Weak}
	unsettled  = []core.Ending{core.Unsettled}
	noLogin    = []core.Ending{core.NoLogin}
)

const (
	worked        = core.Worked
	didNotWork    = core.DidNotWork
	notApplicable = core.NotApplicable
	inconclusive  = core.Inconclusive
)

type verdicts = map[string]core.Verdict

// of returns a shop as a trap's server. Each test has one of its own.
func of(made func() *shop) func(*clock) http.Handler {
	return func(*clock) http.Handler { return made() }
}

func traps() []trap {
	return slices.Concat(cookieTraps, loginTraps, visitorTraps, wayTraps, logoutTraps, serverTraps, hiddenTraps, silence)
}

func TestTraps(t *testing.T) {
	for _, tr := range traps() {
		t.Run(fmt.Sprintf("%d %s", tr.n, tr.name), func(t *testing.T) {
			at := newClock()
			s := httptest.NewUnstartedServer(tr.server(at))
			switch tr.kind {
			case plain:
				s.Start()
			case tlsH2:
				s.EnableHTTP2 = true
				fallthrough
			case tls:
				s.StartTLS()
			case cleanH2:
				s.Config.Protocols = new(http.Protocols)
				s.Config.Protocols.SetUnencryptedHTTP2(true)
				s.Start()
			}
			defer s.Close()
			c := auditing(s.URL)
			c.MaxLogins, c.Insecure, c.Now, c.Sleep = 40, true, at.now, at.sleep
			if tr.config != nil {
				tr.config(&c)
			}
			report, err := audit.Run(context.Background(), c)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if t.Failed() {
					tell(t, report)
				}
			}()
			if !slices.Contains(tr.ends, report.Ending) {
				t.Errorf("it comes to %q, want one of %q", report.Ending, tr.ends)
			}
			if got := slices.Sorted(slices.Values(report.Session)); tr.session != nil && !slices.Equal(got, tr.session) {
				t.Errorf("the session is in %q, want %q", got, tr.session)
			}
			for id, want := range tr.want {
				if got := result(report, id).Verdict; got != want {
					t.Errorf("%s: %q, want %q", id, got, want)
				}
			}
			said := report.Because
			for _, r := range report.Results {
				said += "\n" + r.Because
			}
			if !strings.Contains(said, tr.says) {
				t.Errorf("it does not say %q", tr.says)
			}
		})
	}
}

// TestTrapsAreAll: the traps that lab/audit/traps.md calls live are set here, and no others.
func TestTrapsAreAll(t *testing.T) {
	list, err := os.ReadFile("../../lab/audit/traps.md")
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{"0": true}
	for _, tr := range traps() {
		set[strconv.Itoa(tr.n)] = true
	}
	rows := regexp.MustCompile(`(?m)^\| (\d+) \|.*\| (live)?(?:, )?(?:recorded)? \|$`).FindAllStringSubmatch(string(list), -1)
	for i, row := range rows {
		if row[1] != strconv.Itoa(i+1) {
			t.Errorf("trap %s stands at place %d", row[1], i+1)
		}
		if set[row[1]] != (row[2] != "") {
			t.Errorf("trap %s is set: %v; the list says %q", row[1], set[row[1]], row[0])
		}
		delete(set, row[1])
	}
	if len(set) != 1 || len(rows) < 38 {
		t.Errorf("of %d rows none is for the traps %v", len(rows), set)
	}
}
