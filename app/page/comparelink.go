package page

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// Link writes the link to c beside the lab's run, from behind "compare/":
// "<scenario>/<switches>/<row>", "/<setup>" where it is not the lesson's own,
// "/vs/<switches>", and again "/<setup>". The row counts from 1 and is the step,
// where both runs have the same steps; without a row, the link leads to the first difference.
func (c Comparison) Link(left Run) string {
	rest := behindVersion(left.LinkAt(c.Row)) + "/vs/"
	if c.Scenario.Name != left.Scenario.Name { // two scripts of the learner's
		rest += c.Scenario.Name + "/"
	}
	rest += c.Defences.String()
	if words := scenarios.Words(c.Scenario, c.Scenario.Setup, left.Own); words != "" {
		rest += "/" + words
	}
	return rest
}

// link returns the link that leads to the page, at the lab's step unless that is the first
// or the page is shown already.
func (c Comparison) link(left Run, shown bool) string {
	switch {
	case shown:
		return c.Beside(left).Link(left)
	case c.Trace == nil || len(left.Trace.Frames) == 0 || c.Scenario.Name != left.Scenario.Name:
		// What Beside would do, without a run: this link is on every page.
		link := strings.TrimPrefix(CompareLink(left.LinkAt(left.Step), left.Step, left.Defences.Flip(defence.Rotate)), "compare/")
		if left.Step == 0 {
			return stepless(link)
		}
		return link
	}
	c.Row = max(0, slices.IndexFunc(Align(left.Trace, c.Trace), func(p pairing) bool { return p.Left == left.Step }))
	if c.Row == 0 {
		return stepless(c.Link(left))
	}
	return c.Link(left)
}

// stepless returns a link that compares, from behind "compare/", without its row.
func stepless(link string) string {
	parts := strings.Split(link, "/")
	if parts[3] == "vs" {
		return strings.Join(slices.Delete(parts, 2, 3), "/")
	}
	parts[2] = "" // the setup stands behind it
	return strings.Join(parts, "/")
}

// CompareLink returns the link that compares the lab's run with another of the
// same scenario, at a step from 0.
func CompareLink(link string, frame int, with defence.Set) string {
	parts := strings.Split(StepOf(link, frame), "/")
	other := with.String()
	if len(parts) > 4 {
		other += "/" + parts[4]
	}
	return "compare/" + behindVersion(strings.Join(parts, "/")) + "/vs/" + other
}

// behindVersion returns a link to a run without its version, as a link that compares it has
// it.
func behindVersion(link string) string {
	version, rest, _ := strings.Cut(link, "/")
	if version == ScriptPage {
		return scenarios.Packed(rest)
	}
	return rest
}

// BesideLink returns the link that compares two runs of one lesson, or of two scripts of
// the learner's, at the first difference.
func BesideLink(left, right scenarios.Play) string {
	link := behindVersion(left.Link(0)) + "/vs/"
	if right.Lesson != left.Lesson {
		link += right.Lesson + "/"
	}
	link += right.On.String()
	if right.With != "" {
		link += "/" + right.With
	}
	return "compare/" + stepless(link)
}

// read is the inverse of Link.
func (c Comparison) read(lab Run, parts []string, wrong *scenarios.Faults) (next Comparison, left Run) {
	if len(parts) == 0 {
		if c = c.Beside(lab); lab.Step == 0 {
			return GoRow(c.first(lab)).compare(c, lab)
		}
		return c, lab
	}
	part := func(list []string, i int, missing string) string {
		if i < len(list) {
			return list[i]
		}
		return missing
	}
	first, second := parts, []string(nil)
	if at := slices.Index(parts, "vs"); at >= 0 {
		first, second = parts[:at], parts[at+1:]
	} else {
		wrong.Add(text.T("fault.no-vs"))
	}
	// read takes a run for what it says in the lab's link.
	read := func(name, switches, words string) Run {
		return readRun([]string{name, switches, "1", words}, Run{}, wrong)
	}
	left = read(part(first, 0, scenarios.First), part(first, 1, "none"), part(first, 3, ""))
	if len(first) > 4 {
		wrong.Add(text.T("fault.first-four"))
	}
	other := left.Scenario.Name
	if len(second) > 0 && scenarios.IsOwn(second[0]) && scenarios.IsOwn(other) {
		other, second = second[0], second[1:]
	}
	right := read(other, part(second, 0, left.Defences.Flip(defence.Rotate).String()), part(second, 1, ""))
	if len(second) > 2 {
		wrong.Add(text.T("fault.second-two"))
	}
	row := part(first, 2, "")
	if row == "" {
		c = Comparison{Run: right}
		return GoRow(c.first(left)).compare(c, left)
	}
	last := len(Align(left.Trace, right.Trace))
	n, err := strconv.Atoi(row)
	if err != nil || n < 1 || n > last {
		wrong.Add(text.T("fault.no-such-step", "step", quote(row), "n", last))
	}
	return GoRow(n-1).compare(Comparison{Run: right}, left)
}
