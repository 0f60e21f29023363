//go:build servers && unix

package audit_test

import (
	"testing"

	"fixlab/app/audit/servers"
)

// TestServers audits every server.
func TestServers(t *testing.T) {
	for _, m := range servers.Measures() {
		t.Run(m.Server, func(t *testing.T) { measured(t, m) })
	}
}
