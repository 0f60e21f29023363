//go:build !wasm

package cli

import (
	"errors"
	"io"
)

func (a *auditing) readHAR(io.Writer) error { return errors.New("todo") }
