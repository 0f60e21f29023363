//go:build !wasm

package cli

import (
	"cmp"
	"fmt"
	"strings"

	"fixlab/app/site"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// firstLesson plays the first lesson with every switch off, as the text that there
// is where the page cannot run.
func firstLesson() (site.Lesson, error) {
	s, err := scenarios.Get(scenarios.Groups()[0].Names[0])
	if err != nil {
		return site.Lesson{}, err
	}
	t, err := lab.Run(s, defence.Set(0))
	if err != nil {
		return site.Lesson{}, err
	}
	l := site.Lesson{
		Title:   s.Title,
		Intro:   "This is the first lesson as text, with every defence off. Each step has what the browsers and the server did.",
		Outcome: string(t.Verdict.Outcome),
		Verdict: fmt.Sprintf("%s, decided at step %d", strings.ToUpper(string(t.Verdict.Outcome)), t.Verdict.Frame+1),
	}
	for i, f := range t.Frames {
		step := site.Step{N: i + 1, Caption: f.Step.Caption, Text: t.Label(f.Step.String())}
		for _, e := range f.Events {
			if e.Kind != event.Ask { // the switches are all off
				step.Events = append(step.Events, t.Label(eventText(e)))
			}
		}
		l.Steps = append(l.Steps, step)
	}
	for _, c := range t.Verdict.Because {
		l.Because = append(l.Because, fmt.Sprintf("Step %d: %s", c.Frame+1, t.Label(c.Text)))
	}
	return l, nil
}

// eventText returns an event as one line.
func eventText(e event.Event) string {
	text := cmp.Or(e.Text, e.Value)
	switch e.Kind {
	case event.Stored, event.Refused, event.Withheld:
		text = string(e.Kind) + " " + text
	}
	if e.Refusal != nil {
		text += ": " + e.Refusal.Why
	}
	return e.Who + ": " + text
}
