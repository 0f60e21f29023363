//go:build !wasm

package cli

import (
	"io"

	"fixlab/app/words"
)

// A door is the one way from the commands to a terminal. A scenario, a server's
// answer or a file's name may hold what a terminal obeys: it goes through
// words.Terminal. Each Write is a text of its own, so a character that is cut in
// two is shown as bytes.
type door struct{ to io.Writer }

func (d door) Write(text []byte) (int, error) {
	if _, err := io.WriteString(d.to, words.Terminal(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}
