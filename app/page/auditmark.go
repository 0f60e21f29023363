//go:build !slim

package page

import (
	"strings"
	"unicode/utf8"

	"fixlab/app/text"
	"fixlab/lab/audit"
)

// A MarkedValue is a cookie's value as a report shows it.
type MarkedValue struct {
	Key   int    // from 1: equal values have one; 0 for no value
	Shown string // "d83e… (32)"
}

func marked(m audit.Masked) MarkedValue { return MarkedValue{m.Key, m.Short()} }

// A MarkedPiece is a piece of a sentence: words, or the mark of a value.
type MarkedPiece struct {
	Text string
	Key  int // from 1
}

// MarkedPieces cuts a sentence of a report at the marks in it.
func MarkedPieces(s string) []MarkedPiece {
	var out []MarkedPiece
	from := 0
	for at := 0; at < len(s); {
		end := at
		if _, size := utf8.DecodeRuneInString(s[at:]); audit.MarkNumber(s[at:at+size]) > 0 {
			end += size
			for end < len(s) && s[end] >= '0' && s[end] <= '9' {
				end++
			}
		}
		n := audit.MarkNumber(s[at:end])
		if n == 0 {
			at++
			continue
		}
		if at > from {
			out = append(out, MarkedPiece{Text: s[from:at]})
		}
		out = append(out, MarkedPiece{Key: n})
		from, at = end, end
	}
	if from < len(s) {
		out = append(out, MarkedPiece{Text: s[from:]})
	}
	return out
}

// readAloud is a sentence of a report as it is read aloud: a mark by the name that its chip has.
func readAloud(s string) string {
	var b strings.Builder
	for _, p := range MarkedPieces(s) {
		if p.Key > 0 {
			p.Text = text.T("audit.key", "n", p.Key)
		}
		b.WriteString(p.Text)
	}
	return b.String()
}
