package codec

import "math/bits"

// The alphabets of deflate, RFC 1951, 3.2.5.
const (
	literals  = 256
	endBlock  = 256
	codesLit  = literals + 1 + 29
	codesDist = 30
	codesBits = 19

	minMatch = 3
	maxMatch = 258
)

// bitsOrder is the order of the code lengths' code lengths, RFC 1951, 3.2.7.
var bitsOrder = [codesBits]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// lengthCode is the code of a match of n+3 bytes, less 257.
func lengthCode(n int) int {
	switch {
	case n == maxMatch-minMatch:
		return 28
	case n < 8:
		return n
	}
	k := bits.Len(uint(n)) - 1
	return 4*(k-1) + n>>(k-2)&3
}

func litExtra(code int) int {
	if code -= literals + 1; code < 8 || code == 28 {
		return 0
	}
	return code/4 - 1
}

// distCode is the code of a match n+1 bytes back.
func distCode(n int) int {
	if n < 4 {
		return n
	}
	k := bits.Len(uint(n)) - 1
	return 2*k + n>>(k-1)&1
}

func distExtra(code int) int { return max(code/2-1, 0) }

func bitsExtra(code int) int {
	switch code {
	case 16:
		return 2
	case 17:
		return 3
	case 18:
		return 7
	}
	return 0
}

func fixedLit(code int) int {
	switch {
	case code < 144:
		return 8
	case code < 256:
		return 9
	case code < 280:
		return 7
	}
	return 8
}

func fixedDist(int) int { return 5 }
