// Package near suggests the word that a person meant.
package near

import (
	"strconv"
	"strings"
)

// Match returns the words that are at most two edits from word, or longer and begin
// with it if it has three bytes or more, in the order of words.
func Match(word string, words []string) []string {
	var out []string
	for _, w := range words {
		if word != "" && (len(word) > 2 && len(w) > len(word) && w[:len(word)] == word || distance(word, w) <= 2) {
			out = append(out, w)
		}
	}
	return out
}

// Closest returns the word that is the fewest edits from word, the first of several,
// and "" when words is empty.
func Closest(word string, words []string) string {
	best, least := "", 1<<30
	for _, w := range words {
		if d := distance(word, w); d < least {
			best, least = w, d
		}
	}
	return best
}

// Hint turns Match into the tail of a sentence: `, did you mean "rotate"?`, or
// "" when nothing is near.
func Hint(word string, words []string) string {
	s := ""
	for i, w := range Match(word, words) {
		switch i {
		case 0:
			s = ", did you mean \"" + w + "\""
		default:
			s += " or \"" + w + "\""
		}
	}
	if s != "" {
		s += "?"
	}
	return s
}

// Choices is Hint, or when nothing is near a list of all: "; there are lax, strict".
func Choices(word string, words []string) string {
	if hint := Hint(word, words); hint != "" {
		return hint
	}
	return "; there are " + strings.Join(words, ", ")
}

// Quote quotes foreign text for a sentence, shortened when it is long.
func Quote(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return strconv.Quote(s)
}

// distance is the Levenshtein distance in bytes. Words longer than 64 bytes
// are cut, which bounds the work on hostile input.
func distance(a, b string) int {
	a, b = a[:min(len(a), 64)], b[:min(len(b), 64)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
