package words

import (
	"strings"
)

// A span is a stretch of a story: Mark is 'c' for code, 'e' for emphasis, 's'
// for strong emphasis, or 0.
type span struct {
	Text string
	Mark byte
}

// Spans reads the inline Markdown that stories use: `code`, *emphasis* and
// **strong**. A mark without its partner is text.
func Spans(text string) []span {
	var out []span
	plain := ""
	for text != "" {
		mark, sign := byte(0), ""
		switch {
		case text[0] == '`':
			mark, sign = 'c', "`"
		case strings.HasPrefix(text, "**"):
			mark, sign = 's', "**"
		case text[0] == '*':
			mark, sign = 'e', "*"
		}
		inner, rest, ok := "", "", false
		if mark != 0 {
			inner, rest, ok = strings.Cut(text[len(sign):], sign)
		}
		if !ok || inner == "" {
			n := max(1, len(sign))
			plain, text = plain+text[:n], text[n:]
			continue
		}
		if plain != "" {
			out, plain = append(out, span{Text: plain}), ""
		}
		out, text = append(out, span{inner, mark}), rest
	}
	if plain != "" {
		out = append(out, span{Text: plain})
	}
	return out
}

// FirstSentence returns the first sentence of a story, on one line. A stop ends one
// where a capital, a mark or a digit follows it after a space.
func FirstSentence(story string) string {
	line := strings.Join(strings.Fields(story), " ")
	for i := range len(line) {
		if !strings.ContainsRune(".?!", rune(line[i])) {
			continue
		}
		if i+1 == len(line) {
			return line
		}
		next, ok := strings.CutPrefix(line[i+1:], " ")
		if ok && next != "" && (next[0] < 'a' || next[0] > 'z') && !strings.HasSuffix(line[:i], "e.g") && strings.Count(line[:i], "(") == strings.Count(line[:i], ")") {
			return line[:i+1]
		}
	}
	return line
}
