package bench

import "strconv"

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

func runeAt(s string, i int) string {
	for at, r := range s {
		if at == i {
			return string(r)
		}
	}
	return s[i : i+1]
}

func runeLen(s string, i int) int {
	for n := range s[i:] {
		if n > 0 {
			return n
		}
	}
	return len(s) - i
}
