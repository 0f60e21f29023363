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
// verbs, each with who may do it, the outcomes of a want table, and the sections of a
// course.
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
	sections(&b)
	_, err := io.WriteString(out, b.String())
	return err
}

// sections writes the sections that stand under "-- NAME --", and what their words mean.
func sections(b *strings.Builder) {
	b.WriteString("\nOther sections, under \"-- NAME --\". A ROW is as the first column of a want table:\n")
	for _, s := range script.Sections {
		if s.Name == "want" {
			continue
		}
		fmt.Fprintf(b, "  %s\n      %s\n", s.Name, s.Does)
		for _, k := range s.Keys {
			fmt.Fprintf(b, "      %s: %s\n          %s\n", k.Name, k.Args, k.Does)
		}
	}
	b.WriteString(`
EVENT: "decides" is the step that decides the run, "does TEXT" the first step whose line
begins with TEXT, "WHO KIND TEXT" the first event of that kind by that browser or host whose
text holds TEXT, as play prints them; "last EVENT" is the last one instead of the first.
THING: "step EVENT", "cookie EVENT" for an event stored, "row EVENT" for a save, "code EVENT"
for what the server does at a line of its source.
PREDICATE: terms joined by ", ", each turned round by "not" in front: "ends OUTCOME|OUTCOME",
"decides EVENT", "has EVENT", "key TEXT", "moves WHO <= N", "switches <= N", "keeps SWITCHES",
"with ROW: TERM", "costs <= N" for what Alice pays, "shown ACCOUNT|nobody|NAME=VALUE at EVENT" for
the page of that step, "gone $NAME" for a session id without a record at the end, "signed TEXT" for a value of Mallory's that the server
signed, "typed WHO HOST" when her passwords and tickets go to that host alone; in a goal also
"script NAME: TERM", and "revokes every" and "revokes only" fixated sessions of an incident. The lab
plays the run and works out which option holds.
`)
}
