//go:build js

package lab

const realHTTP = false
