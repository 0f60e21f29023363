package scenarios

import (
	"cmp"
	"fmt"
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
var terms = sync.OnceValue(func() []Term {
	text, err := files.ReadFile(glossary + ".txt")
	if err != nil {
		panic("scenarios: " + err.Error())
	}
	all, err := parseTerms(string(text))
	if err != nil {
		panic("scenarios: " + err.Error())
	}
	return all
})

// parseTerms reads lines "WORD = MEANING". Every error begins with the file and the line.
func parseTerms(text string) (all []Term, err error) {
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		word, meaning, ok := strings.Cut(line, " = ")
		t := Term{strings.TrimSpace(word), strings.TrimSpace(meaning)}
		switch {
		case !ok || t.Word == "" || t.Meaning == "":
			return nil, fmt.Errorf("%s.txt:%d: want \"WORD = MEANING\", got %q", glossary, i+1, line)
		case slices.ContainsFunc(all, func(o Term) bool { return o.Word == t.Word }):
			return nil, fmt.Errorf("%s.txt:%d: the term %q twice", glossary, i+1, t.Word)
		}
		all = append(all, t)
	}
	return all, nil
}

// glossaryWords returns the words alone.
func glossaryWords() (words []string) {
	for _, t := range terms() {
		words = append(words, t.Word)
	}
	return words
}

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
