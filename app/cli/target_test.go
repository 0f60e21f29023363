//go:build !wasm

package cli

import (
	"bytes"
	"net"
	"strings"
	"testing"
)

func TestTargetErrors(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, test := range []struct{ args, err string }{
		{"", "target: one profile, please; there are signed-id, "},
		{"signed-id django-db", "target: one profile, please; there are signed-id, "},
		{"singed-id", `target: unknown profile "singed-id", did you mean "signed-id"?`},
		{"zope", `target: unknown profile "zope"; there are signed-id, `},
		{"signed-id -on rotte", `target: unknown switch "rotte", did you mean "rotate"?`},
		{"signed-id -port 80", "target: flag provided but not defined: -port"},
		{"signed-id -addr nonsense", `target: -addr "nonsense": `},
		{"signed-id -addr :8080", "target: :8080 can be reached by others, and this server is made to be broken into: "},
		{"signed-id -addr 0.0.0.0:8080", "target: 0.0.0.0:8080 can be reached by others"},
		{"-expose signed-id -addr 192.0.2.1:8080", "target: 192.0.2.1:8080 can be reached by others"},
		{"-yes-expose signed-id -addr [::]:8080", "target: [::]:8080 can be reached by others"},
		{"-addr " + taken.Addr().String() + " signed-id", "target: " + taken.Addr().String() + " is in use; "},
	} {
		var out bytes.Buffer
		err := runTarget(strings.Fields(test.args), &out)
		if err == nil || !strings.HasPrefix(err.Error(), test.err) {
			t.Errorf("target %s: error %v, want %s", test.args, err, test.err)
		}
		if out.Len() > 0 {
			t.Errorf("target %s printed %s", test.args, out.String())
		}
	}
}
