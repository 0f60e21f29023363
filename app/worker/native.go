//go:build !wasm

package worker

// Serve returns at once: only a browser has workers.
func Serve() {}
