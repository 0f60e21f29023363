package page

import "strconv"

// HexOf writes bytes in hex with a space between them.
func HexOf(text string) string {
	const hex = "0123456789abcdef"
	b := make([]byte, 0, 3*len(text))
	for i := range len(text) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, hex[text[i]>>4], hex[text[i]&15])
	}
	return string(b)
}

// BytesOf writes a range of n bytes, counted from 0.
func BytesOf(from, n int) string {
	if n == 1 {
		return "byte " + strconv.Itoa(from)
	}
	return "bytes " + strconv.Itoa(from) + "–" + strconv.Itoa(from+n-1)
}
