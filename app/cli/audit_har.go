//go:build !wasm

package cli

import (
	"fmt"
	"io"

	write "fixlab/app/audit/report"
	core "fixlab/lab/audit"
	"fixlab/lab/audit/record"
)

// readHAR prints what a recording shows. Nothing is sent, so nothing is proved: the exit
// status is that of an audit that is inconclusive.
func (a *auditing) readHAR(out io.Writer) error {
	data, err := readFile(a.har, record.MaxText)
	if err != nil {
		return ended{exitUnread, err.Error()}
	}
	rec, err := record.Read(string(data))
	if err != nil {
		return ended{exitUnread, fmt.Sprintf("%s: %v", a.har, err)}
	}
	seen := core.Observe(rec, core.Options{Login: -1, Private: a.Private})
	options := write.Options{Width: 100}
	out, options.Color = colored(out)
	if err := write.Observed(out, seen, options); err != nil {
		return err
	}
	return ended{exitInconclusive, "A recording shows what one browser saw, and proves no attack."}
}
