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
