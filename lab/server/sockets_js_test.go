//go:build js

package server_test

const realHTTP = false
