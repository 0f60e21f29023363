//go:build !wasm

package main

// inWorker is false: only a browser has workers.
func inWorker() bool { return false }

func work() {}
