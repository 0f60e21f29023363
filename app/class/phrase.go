package class

import (
	_ "embed"
	"strings"
	"unicode"
)

// phraseWords are 256 short words that differ from each other in the first four letters,
// one a line.
//
//go:embed phrase.txt
var phraseWords string

// A phrase that is proposed has PhraseWords words of 256: PhraseBits bits of chance.
const (
	PhraseWords = 4
	PhraseBits  = 8 * PhraseWords
)

// Phrase returns the phrase that goes with so many random bytes.
func Phrase(dice [PhraseWords]byte) string {
	list := strings.Fields(phraseWords)
	words := make([]string, len(dice))
	for i, d := range dice {
		words[i] = list[d]
	}
	return strings.Join(words, " ")
}

// Clean returns a text as a Link can hold it: without what cannot be seen, and of
// LongestName bytes at most.
func Clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	return strings.ToValidUTF8(text[:min(len(text), LongestName)], "")
}
