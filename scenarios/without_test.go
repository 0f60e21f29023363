package scenarios

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// TestWithout: what a verdict says of the run without some switches is what Run says
// of that run, over random scripts; what it leaves out makes no difference; and a
// switch that was on and to which it points as what decided did make one.
func TestWithout(t *testing.T) {
	t.Parallel()
	var one, all, same, price, pointed int
	for n := range 3000 {
		q := questionOf(n)
		tr := q.run()
		if tr == nil || tr.Cut != "" {
			continue
		}
		v := tr.Verdict
		if (v.Without == nil) != (q.on == 0) {
			t.Fatalf("script %d under %s: %v", n, q.on, v.Without)
		}
		played := map[defence.Set]event.Verdict{}
		off := func(d defence.Set) event.Verdict {
			if _, ok := played[d]; !ok {
				played[d] = event.Verdict{}
				if r, err := lab.Run(tr.Scenario, q.on&^d); err == nil {
					played[d] = r.Verdict
				}
			}
			return played[d]
		}
		for _, o := range v.Without {
			if r := off(o.Off); r.Outcome != o.Outcome || len(r.Costs) != o.Costs || !q.on.Has(o.Off) {
				t.Fatalf("script %d under %s: it says %v, and it is %q at %d costs\n%s", n, q.on, o, r.Outcome, len(r.Costs), q.text())
			}
			switch {
			case o.Outcome == v.Outcome && o.Costs == len(v.Costs):
				same++
			case o.Outcome == v.Outcome:
				price++
			case o.Off.Len() > 1:
				all++
			default:
				one++
			}
		}
		for _, info := range q.on.Infos() {
			said := slices.ContainsFunc(v.Without, func(o event.Otherwise) bool { return o.Off == info.Set })
			if r := off(info.Set); !said && (r.Outcome != v.Outcome || len(r.Costs) != len(v.Costs)) {
				t.Fatalf("script %d under %s: %s made a difference, and only %v is said\n%s", n, q.on, info.Name, v.Without, q.text())
			}
		}
		for _, e := range tr.Frames[v.Frame].Events {
			if e.Seq != v.Event || e.Kind != event.Ask || !e.On {
				continue
			}
			pointed++
			if r := off(e.Switch); r.Outcome == v.Outcome && r.Gate == v.Gate {
				t.Fatalf("script %d under %s: it points to %s, without which it is %s at gate %q too: %v\n%s", n, q.on, e.Switch, r.Outcome, r.Gate, v.Because, q.text())
			}
		}
	}
	t.Logf("one switch %d, all of them %d, none %d, only the price %d; pointed to a switch that was on %d times", one, all, same, price, pointed)
	if one == 0 || all == 0 || same == 0 || price == 0 || pointed == 0 {
		t.Error("not all of it came up")
	}
}

// A long run under many switches tells what all of them together did, and no more.
func TestWithoutLong(t *testing.T) {
	t.Parallel()
	s, err := script.Parse("long", "title: L\nprofile: signed-id\n\nmallory get /\nmallory copy loot\nalice paste $cookie=$loot\n"+
		strings.Repeat("alice post /login user=alice password=correct-horse\nmallory get /profile\nalice post /basket item=x\n", 130))
	if err != nil {
		t.Fatal(err)
	}
	on := defence.Rotate | defence.Strict | defence.RotateSecret | defence.BindAddress | defence.HTTPOnly
	long, err := lab.Run(s, on)
	if err != nil || long.Cut != "" {
		t.Fatal(long, err)
	}
	none, err := lab.Run(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []event.Otherwise{{Off: on, Outcome: none.Verdict.Outcome, Costs: len(none.Verdict.Costs), Long: true}}
	if got := long.Verdict.Without; !slices.Equal(got, want) || none.Verdict.Outcome == long.Verdict.Outcome {
		t.Errorf("%v, want %v", got, want)
	}
}
