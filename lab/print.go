package lab

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/script"
)

// Label replaces every session key in text by its short name: K1, K2, … Keys
// shorter than six characters, which an attacker can choose, stay as they are,
// and so does a key within a longer word.
func (t *Trace) Label(text string) string {
	for i, key := range t.Keys {
		if len(key) < 6 {
			continue
		}
		label, from := fmt.Sprintf("K%d", i+1), 0
		for {
			at := strings.Index(text[from:], key)
			if at < 0 {
				break
			}
			at += from
			from = at + len(key)
			if !wordAt(text, at-1) && !wordAt(text, from) {
				text = text[:at] + label + text[from:]
				from = at + len(label)
			}
		}
	}
	return text
}

// wordAt reports whether a letter, a digit, "-" or "_" stands at i.
func wordAt(text string, i int) bool {
	return i >= 0 && i < len(text) && (script.IsName(text[i:i+1]) || text[i] == '-')
}

// Print writes a run as text: one line a step, its events under it with the
// server's line that did them, and the verdict.
func Print(out io.Writer, t *Trace) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s (%s), switches: %s, browser: %s\n", t.Scenario.Title, t.Scenario.Profile, t.Defences, script.Browsers[t.Scenario.Browser])
	if own := t.Scenario.On; own != 0 {
		fmt.Fprintf(&b, "  this lesson's server has: %s\n", own)
	}
	for i, key := range t.Keys {
		fmt.Fprintf(&b, "  K%d = %s\n", i+1, key)
	}
	for i, f := range t.Frames {
		fmt.Fprintf(&b, "\n%2d %s\n", i+1, t.Label(f.Step.String()))
		for _, e := range f.Events {
			text := e.Text
			if e.Refusal != nil {
				text += ": " + e.Refusal.Why + " (" + e.Refusal.Section + ")"
			}
			fmt.Fprintf(&b, "     %-12s %-8s %s", e.Who, e.Kind, t.Label(text))
			if len(e.Code) > 0 {
				fmt.Fprintf(&b, "  [%s]", e.Code[0])
			}
			b.WriteByte('\n')
		}
	}
	v := t.Verdict
	if t.Cut != "" {
		fmt.Fprintf(&b, "\nSTOPPED at step %d of %d, without a verdict: %s\n", len(t.Frames), len(t.Scenario.Steps), t.Cut)
		_, err := out.Write(b.Bytes())
		return err
	}
	fmt.Fprintf(&b, "\n%s, decided at step %d", strings.ToUpper(string(v.Outcome)), v.Frame+1)
	if v.Gate != "" {
		fmt.Fprintf(&b, " (gate: %s)", v.Gate)
	}
	b.WriteByte('\n')
	if len(v.Also) > 0 {
		fmt.Fprintf(&b, "  also: %s\n", strings.Join(names(v.Also), ", "))
	}
	for _, c := range v.Because {
		fmt.Fprintf(&b, "  step %2d: %s\n", c.Frame+1, t.Label(c.Text))
	}
	for _, c := range v.Costs {
		fmt.Fprintf(&b, "  cost, step %d: %s\n", c.Frame+1, t.Label(c.Text))
	}
	for _, o := range v.Without {
		to := cmp.Or(string(o.Outcome), "cannot be told, the steps cannot be played to their end")
		if o.Outcome == v.Outcome {
			to += " too"
		}
		if len(v.Costs) > 0 && o.Costs == 0 && o.Outcome != "" {
			to += ", and costs Alice nothing"
		}
		fmt.Fprintf(&b, "  without %s: %s\n", o.Off, to)
	}
	_, err := out.Write(b.Bytes())
	return err
}

// names returns the outcomes as text, in their order.
func names(outcomes []event.Outcome) (all []string) {
	for _, o := range outcomes {
		all = append(all, string(o))
	}
	return all
}
