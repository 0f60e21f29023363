//go:build !js

package lab

// realHTTP says whether this platform has sockets.
const realHTTP = true
