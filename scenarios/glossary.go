package scenarios

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// glossary is the name, without ".txt", of the file that is no lesson.
const glossary = "glossary"

// A Term is a word of the glossary.
type Term struct{ Word, Meaning string }

// Glossary returns the words of the lessons and what they mean, in the order of the file.
func Glossary() []Term { return slices.Clone(terms()) }

// terms reads the embedded file once; a line that is no term is a programmer's error.
var terms = sync.OnceValue(func() (all []Term) {
	text, err := files.ReadFile(glossary + ".txt")
	if err != nil {
		panic("scenarios: " + err.Error())
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		word, meaning, ok := strings.Cut(line, " = ")
		if !ok {
			panic("scenarios: glossary.txt: no term: " + line)
		}
		all = append(all, Term{word, meaning})
	}
	return all
})

// Meaning returns the term for word, in capitals or small letters and with or without
// the s of a plural; the one that is written exactly so, if there are several.
func Meaning(word string) (Term, bool) {
	best, found := Term{}, false
	for _, t := range terms() {
		switch {
		case t.Word == word:
			return t, true
		case !found && singular(t.Word) == singular(word):
			best, found = t, true
		}
	}
	return best, found
}

// singular returns word in small letters and without the s of a plural.
func singular(word string) string {
	word = strings.ToLower(word)
	if stem, ok := strings.CutSuffix(word, "s"); ok && !strings.HasSuffix(stem, "s") {
		return cmp.Or(stem, word)
	}
	return word
}
