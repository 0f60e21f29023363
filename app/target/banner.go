//go:build !wasm

package target

import (
	"fmt"
	"strings"

	"fixlab/lab/defence"
)

// Banner says where the target is, what it is, who may reach it, how it ends, and
// how to break into it.
func (t *Target) Banner(at Place, pid int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, switches: %s\n%s\n\n%s\n", t.profile.ID, t.profile.Under(t.defences), t.defences, at.base, at.warning(pid))
	fmt.Fprintf(&b, "signing secret: %s\naccounts: alice correct-horse, mallory hunter2\n\n", t.secrets[0])
	calls, in := t.attack()
	for _, c := range calls {
		fmt.Fprintf(&b, "# %s\n%s\n", c.says, c.shell(at.base, t.defences, pid))
	}
	b.WriteByte('\n')
	switch {
	case in:
		b.WriteString("The last page is alice's: hijacked.\n")
	case t.defences == 0 || !New(t.profile, 0).falls():
		b.WriteString("The last page is not alice's. None of the attacks that were tried works here, not even with every switch off: there is nothing to fixate, or login gives a new key by itself.\n")
	default:
		b.WriteString("The last page is not alice's: defended against the attacks that were tried.\n")
		if t.defences.Has(defence.BindAddress) {
			b.WriteString("The session is bound to address and User-Agent: Mallory on the same machine gets in with -A and Alice's User-Agent.\n")
		}
	}
	if t.defences&defence.Having(defence.Browsers) != 0 {
		b.WriteString("Cookie prefixes and attributes, HSTS and the Origin header are for browsers. curl -H sends what it is told.\n")
	}
	return b.String()
}

// warning says what a target is, who may reach it, and how it ends.
func (at Place) warning(pid int) string {
	var b strings.Builder
	b.WriteString("WARNING: this server is deliberately vulnerable. ")
	if at.exposed {
		fmt.Fprintf(&b, "EVERYBODY who reaches this machine's network can reach it, at %s. Keep that network apart, and end it when you are done. Under another of this machine's addresses than %s it answers to that.\n", at.Addr(), at.base)
	} else {
		fmt.Fprintf(&b, "It listens on loopback only, at %s: programs on this machine can reach it, the network cannot.\n", at.Addr())
	}
	if at.why != "" {
		b.WriteString(at.why + "\n")
	}
	b.WriteString("It answers under its own address only. ")
	if at.CrossSite {
		b.WriteString("Pages of OTHER SITES may use all of it (-cross-site): do not browse elsewhere meanwhile.\n")
	} else {
		b.WriteString("Pages of other sites may link to its front page and use nothing else; -cross-site lets them. It asks before it opens a typed address of a hole.\n")
	}
	fmt.Fprintf(&b, "It keeps %d sessions and %d accounts; of more, those longest unused go.\n", maxSessions, maxAccounts)
	fmt.Fprintf(&b, "Ctrl-C here, or kill %d, ends it. What it keeps is then gone.\n", pid)
	return b.String()
}
