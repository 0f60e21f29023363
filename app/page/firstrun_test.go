package page

import "testing"

// The course has runs of its own: the lab's first run is not played before somebody
// turns to it, and then it is the run of the link without a lesson.
func TestFirstRunWaits(t *testing.T) {
	m := begin(t, "").then(PickOption(1), Commit(true), Onward{}, Speak{}, Elsewhere(""))
	if m.Trace != nil {
		t.Error("the course played the lab's first run")
	}
	link := m.LinkAt(m.Step)
	for _, msg := range []Msg{Follow(link), Follow("reference"), Help(true)} {
		if next := m.then(msg); next.Trace == nil || next.LinkAt(next.Step) != link {
			t.Errorf("after %T %v the run is %v", msg, msg, next.Trace)
		}
	}
	if played := begin(t, link); played.Trace.Hash() != m.then(Follow(link)).Trace.Hash() || played.Step != 0 {
		t.Errorf("#%s is another run", link)
	}
}
