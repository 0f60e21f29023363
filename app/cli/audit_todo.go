//go:build !wasm

package cli

import (
	"errors"
)

func (a *auditing) configure(string, map[string]bool, *accountFlags) error { return errors.New("todo") }
func (a *auditing) contract(string, map[string]bool) error                 { return errors.New("todo") }
