package page

import (
	"strings"
	"testing"

	"fixlab/app/survey"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// Switches that stop the same attacks are told of in one line, those that stop
// most first, and the mistakes not at all.
func TestAlone(t *testing.T) {
	// Two routes succeed with nothing on. What is stopped, by the switch that is on.
	stops := map[defence.Set][2]bool{
		defence.Rotate: {true, true}, defence.Flush: {true, true},
		defence.Strict: {true, false}, defence.HTTPOnly: {false, true},
	}
	orders := survey.ModeAlone.Orders(0)
	e := Exploration{Mode: survey.ModeAlone, Found: &Found{}}
	for _, o := range orders {
		row := make([]survey.Ending, len(scenarios.Routes)+1)
		for i := range row {
			row[i].Outcome = event.Defended
			if i < 2 && !stops[o.Set][i] {
				row[i].Outcome = event.Hijacked
			}
		}
		if e.Alone() != nil {
			t.Fatalf("it tells after %d of %d rows", len(e.Found.Rows), len(orders))
		}
		e.Found.Rows = append(e.Found.Rows, row)
	}
	title := func(d defence.Set) string { return "“" + d.Infos()[0].Title + "”" }
	got := e.Alone()
	want := []string{
		"Each of these alone would do; it stops all 2 of 2: " + title(defence.Rotate) + ", " + title(defence.Flush) + ".",
		title(defence.Strict) + " alone stops 1 of 2.",
		title(defence.HTTPOnly) + " alone stops 1 of 2.",
	}
	if len(got) != 4 || strings.Join(got[:3], "\n") != strings.Join(want, "\n") || !strings.HasPrefix(got[3], "Alone these stop none: ") {
		t.Fatalf("it tells\n%s\nwant\n%s\nand those that stop none", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, d := range defence.All {
		if told := strings.Contains(strings.Join(got, "\n"), "“"+d.Title+"”"); told == d.Wrong {
			t.Errorf("%s: told of is %v", d.Name, told)
		}
	}
	e.Found.Rows[0] = e.Found.Rows[1] // with nothing on nothing succeeds
	for i := range 2 {
		e.Found.Rows[0][i].Outcome = event.Defended
	}
	if got := e.Alone(); len(got) != 1 || !strings.HasPrefix(got[0], "With nothing on, no route") {
		t.Errorf("it tells %q", got)
	}
	if e.Mode = survey.ModeAlone + 1; e.Alone() != nil {
		t.Error("it tells about another table")
	}
}
