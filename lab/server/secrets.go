package server

import (
	"encoding/hex"

	"fixlab/lab/defence"
)

// Deploy returns the signing secrets after a deploy: the first signs, all of
// them verify. It touches no session: a new signing secret is not a new
// session key.
func (e Env) Deploy(secrets []string) []string {
	if !e.On(defence.RotateSecret) {
		return secrets
	}
	var b [24]byte
	e.read(b[:])
	fresh := hex.EncodeToString(b[:])
	if !e.On(defence.SecretFallback) {
		return []string{fresh}
	}
	if e.On(defence.FallbackOrder) { // the newest stands last, and the one before it signs
		return []string{secrets[len(secrets)-1], fresh}
	}
	return []string{fresh, secrets[0]}
}
