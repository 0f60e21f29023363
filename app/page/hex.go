package page

import "fixlab/app/text"

// HexOf writes bytes in hex with a space between them.
func HexOf(s string) string {
	const hex = "0123456789abcdef"
	b := make([]byte, 0, 3*len(s))
	for i := range len(s) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, hex[s[i]>>4], hex[s[i]&15])
	}
	return string(b)
}

// BytesOf writes a range of n bytes, counted from 0.
func BytesOf(from, n int) string {
	if n == 1 {
		return text.T("bench.byte", "n", from)
	}
	return text.T("bench.bytes", "from", from, "to", from+n-1)
}
