//go:build wasm

package main

// run is never reached: app.RunWhenOnBrowser does not return in a browser. The
// commands, and with them every server, stay out of the wasm.
func run([]string) int { return 0 }
