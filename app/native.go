//go:build !wasm

package main

import (
	"fixlab/app/cli"
	"fixlab/app/view"
)

// run carries out a command and returns the exit status.
func run(args []string) int { return cli.Run(args, view.First) }
