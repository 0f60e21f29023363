//go:build !wasm

package cli

import (
	"io"
	"strings"

	"fixlab/app/words"
)

// A door is the one way from the commands to a terminal. A scenario, a server's
// answer or a file's name may hold what a terminal obeys: it goes through
// words.Terminal, and through uncommanded, for what reads a build's log. Each Write is a text of its own, so a character that is cut in
// two is shown as bytes.
type door struct{ to io.Writer }

func (d door) Write(text []byte) (int, error) {
	if _, err := io.WriteString(d.to, uncommanded(words.Terminal(string(text)))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// uncommanded writes text so that a build service obeys nothing in its log: Azure Pipelines
// takes "##vso[…]" for a command anywhere in a line, GitHub Actions "##[…]", and "::…" at
// a line's head, TeamCity "##teamcity[…]". What is JSON stays JSON of the same value.
func uncommanded(text string) string {
	if !strings.Contains(text, "##") && !strings.Contains(text, "::") {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		if rest := strings.TrimLeft(line, " "); len(rest) > 2 && rest[:2] == "::" && letter(rest[2]) {
			b.WriteString(line[:len(line)-len(rest)] + `:\u003a`)
			line = rest[2:]
		}
		for {
			at := strings.Index(line, "##")
			if at < 0 {
				break
			}
			b.WriteString(line[:at+1])
			line = line[at+1:]
			if opens(line[1:]) {
				b.WriteString(`\u0023`)
				line = line[1:]
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// opens reports whether a command's name and its bracket stand at the head of text.
func opens(text string) bool {
	for i := range len(text) {
		if text[i] == '[' {
			return true
		}
		if !letter(text[i]) {
			return false
		}
	}
	return false
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
