//go:build !js

package server_test

// realHTTP says whether this platform has sockets.
const realHTTP = true
