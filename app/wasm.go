//go:build wasm

package main

// run is never reached in a browser. The commands, and with them every server,
// stay out of the wasm.
func run([]string) int { return 0 }
