package page

import (
	"testing"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/scenarios"
)

// Every cell of the table has a word, and its link leads to the run and the step
// that show what it says.
func TestMatrixLinks(t *testing.T) {
	s, err := scenarios.Get(MatrixLesson)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[lab.Delivery]int{}
	var x Matrix
	for i := range MatrixSize() {
		o := PlayCell(s, i)
		x.Cells = append(x.Cells, o)
		seen[o.Chromium.Delivery]++
		for browser, o := range map[cookie.Rules]Sight{cookie.Chromium: o.Chromium, cookie.Firefox: o.Firefox} {
			if o.Delivery == "" {
				t.Errorf("cell %d: nothing observed", i)
			}
			m := at(t, o.Link)
			if m.Fragment() != o.Link {
				t.Errorf("cell %d: %s leads to %s", i, o.Link, m.Fragment())
			}
			delivery, frame := m.Trace.Delivered()
			if delivery != o.Delivery || frame != m.Step {
				t.Errorf("%s shows %s at step %d, the table says %s", o.Link, delivery, frame+1, o.Delivery)
			}
			if route := scenarios.Routes[i/2/len(MatrixColumns)].Name; m.Scenario.Route != route || m.Defences != MatrixColumns[i%len(MatrixColumns)].Set || m.Scenario.Browser != browser {
				t.Errorf("cell %d: %s is another run", i, o.Link)
			}
		}
	}
	if seen[lab.Alone] == 0 || seen[lab.Before] == 0 || seen[lab.Blocked] == 0 {
		t.Errorf("deliveries: %v", seen)
	}
	if n := x.differ(); n > MatrixSize()/4 {
		t.Errorf("Firefox differs in %d of %d cells", n, MatrixSize())
	}
}

// Cells that come twice, or late, count once and in order.
func TestObserved(t *testing.T) {
	m := at(t, "1/any-route/none/1").then(
		Observed{0, []Observation{{Chromium: Sight{lab.Alone, "a"}}}},
		Observed{0, []Observation{{Chromium: Sight{lab.Blocked, "x"}}}},
		Observed{1, []Observation{{Chromium: Sight{lab.Before, "b"}}, {Chromium: Sight{lab.After, "c"}}}})
	if len(m.Matrix.Cells) != 3 || m.Matrix.Cells[0].Chromium.Link != "a" || m.Matrix.Cells[2].Chromium.Link != "c" {
		t.Errorf("observed %v", m.Matrix.Cells)
	}
	if m.Matrix.says() != "" {
		t.Error("the table is said to be complete")
	}
	if next := at(t, "1/any-route/none/1"); len(next.Matrix.Cells) != 0 {
		t.Error("a link brings observations")
	}
	with := at(t, "1/any-route/none/1")
	with.Matrix.Cells = m.Matrix.Cells
	if kept := with.then(Follow("1/flask-oracle/none/2")); len(kept.Matrix.Cells) != 3 {
		t.Error("following a link forgets what was played")
	}
}

// The mark is at the cookie that the server's own code reads.
func TestRead(t *testing.T) {
	for _, test := range []struct {
		link string
		want []bool // of the rivals in alice's jar, in the order sent
	}{
		{"1/any-route/none/7/xss-path+visited", []bool{true, false}}, // reads the first
		{"1/any-route/none/7/sibling-https+visited", []bool{true, false}},
		{"1/any-route/none/5/xss+visited", []bool{false}}, // no rival, no mark
		{"1/any-route/none/1", nil},
	} {
		m := at(t, test.link)
		check := func(name string, want []bool) {
			all := words.Rivals(m.Trace, m.Step, m.Trace.Frames[m.Step].State.Browser("alice"))
			var got []bool
			for _, r := range all {
				got = append(got, r.Read)
			}
			if len(got) != len(want) {
				t.Errorf("%s, %s: %v, want %v", test.link, name, got, want)
				return
			}
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("%s, %s: %v, want %v", test.link, name, got, want)
				}
			}
		}
		check("signed-id", test.want)
		if len(test.want) == 2 { // Django reads the last of them, Flask and Go the first
			for profile, want := range map[string][]bool{"django-db": {false, true}, "flask-server-id": {true, false}, "express-session": {true, false}, "gorilla-filesystem": {true, false}} {
				played := *m.Scenario
				played.Profile = profile
				tr, err := lab.Run(&played, 0)
				if err != nil {
					t.Fatal(err)
				}
				_, step := tr.Delivered()
				m.Trace, m.Step = tr, step-1
				check(profile, want)
			}
		}
	}
}
