//go:build !wasm

package cli

import (
	"fmt"
	"io"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/script"
)

// verbs prints what can stand in a scenario file: the keys of the header, the
// verbs, each with who may do it, and the outcomes of a want table.
func verbs(args []string, out io.Writer) error {
	if err := parse(flags("verbs"), args); err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("Header, a line \"key: value\" each, and a blank line after it:\n")
	for _, k := range script.Keys {
		fmt.Fprintf(&b, "  %s: %s\n      %s\n", k.Name, k.Args, k.Does)
	}
	b.WriteString("\nSteps, a line \"who verb arguments\" each; mallory@alice is mallory at alice's browser:\n")
	for _, v := range script.Verbs {
		line := strings.TrimSpace(v.Name + " " + v.Args)
		fmt.Fprintf(&b, "  %s\n      %s: %s\n", line, strings.ReplaceAll(v.Who, " ", " or "), v.Does)
	}
	b.WriteString("\nWant table, under \"-- want --\", a line \"switches[@words] outcome [key]\" each. The outcomes are:\n ")
	for _, o := range event.Outcomes {
		b.WriteString(" " + string(o))
	}
	b.WriteString("\n")
	_, err := io.WriteString(out, b.String())
	return err
}
