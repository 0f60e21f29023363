package page

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"fixlab/lab/near"
	"fixlab/scenarios"
)

// readRun returns the run that the parts of a lab's link after its version mean:
// lesson, switches, step and setup. Where they are broken it returns the nearest
// run, and adds what is wrong.
func readRun(parts []string, wrong *scenarios.Faults) Run {
	part := func(i int, missing string) string {
		if i < len(parts) {
			return parts[i]
		}
		return missing
	}
	mended := scenarios.Mend(part(0, scenarios.First), part(1, "none"), part(3, ""), wrong)
	r, err := Run{Scenario: mended.Own, Own: mended.Own.Setup}.play(mended.Played, mended.On)
	if err != nil { // a lesson of ours always plays; its tests say so
		wrong.Add("the lesson " + quote(mended.Own.Name) + " cannot be played")
		first, _ := scenarios.Get(scenarios.First)
		r, _ = Run{}.play(first, 0)
	}
	step, fault := readStep(part(2, "1"), len(r.Trace.Frames))
	if fault != "" {
		wrong.Add(fault)
	}
	r.Step = step - 1
	if len(parts) > 4 {
		wrong.Add("it has more parts than five")
	}
	return r
}

// readStep returns the step, from 1, that text means among those up to last.
func readStep(text string, last int) (step int, fault string) {
	step, err := strconv.Atoi(text)
	switch {
	case err != nil:
		return 1, quote(text) + " is not a step"
	case step < 1 || step > last:
		return max(1, min(step, last)), fmt.Sprintf("there is no step %s among the %d", quote(text), last)
	}
	return step, ""
}

// brokenRun says what was wrong with the link to a run, and what is shown
// instead; nothing for no faults.
func brokenRun(wrong scenarios.Faults, r Run) string {
	if wrong.None() {
		return ""
	}
	on := "no switch on"
	if r.Defences != 0 {
		on = strings.ReplaceAll(r.Defences.String(), "+", " and ") + " on"
	}
	if words := r.Words(); words != "" {
		on += ", played as " + strings.ReplaceAll(words, "+", " and ")
	}
	return fmt.Sprintf("This link is broken: %s. Shown instead: “%s”, %s, step %d.", wrong.String(), r.Scenario.Title, on, r.Step+1)
}

// unescape decodes a link's parts. A part that cannot be decoded stays as it is,
// and is a fault.
func unescape(parts []string, wrong *scenarios.Faults) (out []string) {
	for _, p := range parts {
		text, err := url.PathUnescape(p)
		if err != nil {
			text = p
			wrong.Add(quote(p) + " is not written correctly")
		}
		out = append(out, text)
	}
	return out
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// quote quotes foreign text for a sentence, shortened when it is long.
func quote(s string) string { return near.Quote(s) }
