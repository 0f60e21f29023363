package page

import (
	"net/url"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/near"
	"fixlab/scenarios"
)

// readRun returns the run that the parts of a lab's link after its version mean:
// lesson, switches, step and setup. Where they are broken it returns the nearest
// run, and adds what is wrong. Before is the run that was shown.
func readRun(parts []string, before Run, wrong *scenarios.Faults) Run {
	part := func(i int, missing string) string {
		if i < len(parts) {
			return parts[i]
		}
		return missing
	}
	mended := scenarios.Mend(part(0, scenarios.First), part(1, "none"), part(3, ""), wrong)
	r, err := Run{Scenario: mended.Own, Own: mended.Own.Setup, before: before.Trace, ahead: before.ahead}.play(mended.Played, mended.On)
	if err != nil { // a lesson of ours always plays; its tests say so
		wrong.Add(text.T("fault.unplayable", "lesson", quote(mended.Own.Name)))
		first, _ := scenarios.Get(scenarios.First)
		r, _ = Run{}.play(first, 0)
	}
	step, fault := readStep(part(2, "1"), max(1, len(r.Trace.Frames)))
	if fault != "" {
		wrong.Add(fault)
	}
	r.Step = step - 1
	if len(parts) > 4 {
		wrong.Add(text.T("fault.parts-five"))
	}
	return r
}

// readStep returns the step, from 1, that s means among those up to last.
func readStep(s string, last int) (step int, fault string) {
	step, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return 1, text.T("fault.no-step", "step", quote(s))
	case step < 1 || step > last:
		return max(1, min(step, last)), text.T("fault.no-such-step", "step", quote(s), "n", last)
	}
	return step, ""
}

// brokenRun says what was wrong with the link to a run, and what is shown
// instead; nothing for no faults.
func brokenRun(wrong scenarios.Faults, r Run) string {
	if wrong.None() {
		return ""
	}
	and := " " + text.T("notice.and") + " "
	faults, lesson, n := wrong.String(), r.Scenario.Title, r.Step+1
	switches, setup := strings.ReplaceAll(r.Defences.String(), "+", and), strings.ReplaceAll(r.Words(), "+", and)
	switch {
	case r.Defences == 0 && setup == "":
		return text.T("notice.broken", "faults", faults, "lesson", lesson, "n", n)
	case r.Defences == 0:
		return text.T("notice.broken-setup", "faults", faults, "lesson", lesson, "setup", setup, "n", n)
	case setup == "":
		return text.T("notice.broken-on", "faults", faults, "lesson", lesson, "switches", switches, "n", n)
	}
	return text.T("notice.broken-on-setup", "faults", faults, "lesson", lesson, "switches", switches, "setup", setup, "n", n)
}

// unescape decodes a link's parts. A part that cannot be decoded stays as it is,
// and is a fault.
func unescape(parts []string, wrong *scenarios.Faults) (out []string) {
	for _, p := range parts {
		part, err := url.PathUnescape(p)
		if err != nil {
			part = p
			wrong.Add(text.T("fault.not-written", "part", quote(p)))
		}
		out = append(out, part)
	}
	return out
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// quote quotes foreign text for a sentence, shortened when it is long.
func quote(s string) string { return near.Quote(s) }
