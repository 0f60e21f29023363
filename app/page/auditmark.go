//go:build !slim

package page

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
)

// auditMarks are the marks of audit.Masks, in its order.
var auditMarks = []string{"▲", "●", "■", "◆", "▼", "★", "✚", "✖"}

// A MarkedValue is a cookie's value as a report shows it.
type MarkedValue struct {
	Key   int    // from 1: equal values have one; 0 for no value
	Shown string // "d83e… (32)"
}

// marked reads a value as audit.Masks writes it: "d83e… (32) ▲".
func marked(masked string) MarkedValue {
	i := strings.LastIndexByte(masked, ' ')
	if i < 0 {
		return MarkedValue{Shown: masked}
	}
	if n := markNumber(masked[i+1:]); n > 0 {
		return MarkedValue{n, masked[:i]}
	}
	return MarkedValue{Shown: masked}
}

// markNumber is the number of a mark, from 1; 0 for what is none.
func markNumber(mark string) int {
	for i, m := range auditMarks {
		rest, is := strings.CutPrefix(mark, m)
		if !is {
			continue
		}
		if rest == "" {
			return i + 1
		}
		if n, err := strconv.Atoi(rest); err == nil && n > 1 {
			return (n-1)*len(auditMarks) + i + 1
		}
	}
	return 0
}

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
		if i := slices.IndexFunc(auditMarks, func(m string) bool { return strings.HasPrefix(s[at:], m) }); i >= 0 {
			end += len(auditMarks[i])
			for end < len(s) && s[end] >= '0' && s[end] <= '9' {
				end++
			}
		}
		n := markNumber(s[at:end])
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

// MarkOf is the mark with that number.
func MarkOf(n int) string { return auditMarks[(n-1)%len(auditMarks)] }
