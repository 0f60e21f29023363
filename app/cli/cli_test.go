//go:build !wasm

package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// TestUsage: help is no error, what is wrong is said, and the usage after it is
// that of the command alone.
func TestUsage(t *testing.T) {
	for _, test := range []struct {
		args     string
		out, err string // how they begin
		usage    string // what follows a mistake
	}{
		{"help", "usage: app COMMAND\n\n  build [-out DIR]", "", ""},
		{"-h", "usage: app COMMAND", "", ""},
		{"help play", "usage: app play [NAME", "", ""},
		{"play -h", "usage: app play [NAME", "", ""},
		{"target --help", "usage: app target PROFILE", "", ""},
		{"", "", "which command?", "usage: app COMMAND"},
		{"plya", "", `unknown command "plya"`, "usage: app COMMAND"},
		{"size -dri x", "", "size: flag provided but not defined: -dri", "usage: app size [-dir DIR]\n"},
		{"size x", "", `size: unexpected ["x"]`, "usage: app size [-dir DIR]\n"},
		{"load -n 0", "", "load: -n 0: want at least 1", "usage: app load"},
		{"build -base lab", "", `build: -base "lab" must start and end with a slash`, "usage: app build"},
	} {
		var out bytes.Buffer
		args := strings.Fields(test.args)
		err := run(args, &out)
		var wrong usageError
		if (err != nil) != (test.err != "") || !strings.HasPrefix(errText(err), test.err) || !strings.HasPrefix(out.String(), test.out) {
			t.Errorf("%q: %v, and it prints %q", test.args, err, out.String())
		}
		if err != nil && (!errors.As(err, &wrong) || !strings.HasPrefix(usage(args), test.usage)) {
			t.Errorf("%q: %v with the usage %q", test.args, err, usage(args))
		}
	}
}

// TestStatus: 2 for a mistake in the call, 1 for every other error.
func TestStatus(t *testing.T) {
	for _, args := range []string{"", "frob", "build -x", "build -base lab", "serve extra", "size -dir", "load -n 0", "play no-such-lesson"} {
		if got := Run(strings.Fields(args), firstView); got != 2 {
			t.Errorf("app %s: exit status %d, want 2", args, got)
		}
	}
	for _, args := range []string{"serve -dir /no/such", "size -dir /no/such", "load -dir /no/such"} {
		if got := Run(strings.Fields(args), firstView); got != 1 {
			t.Errorf("app %s: exit status %d, want 1", args, got)
		}
	}
}
