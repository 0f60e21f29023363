package page

import (
	"runtime"
	"testing"
)

// kept returns the bytes that are in use when all that nobody holds is collected.
func kept() int {
	var m runtime.MemStats
	for range 3 { // what a pool keeps goes with the second collection
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// TestMemoryIsFlat: a thousand acts, each taken back, leave behind no more than a few do:
// the page holds what the script needs that is shown, and not what was there before it.
func TestMemoryIsFlat(t *testing.T) {
	m := playing(t, written(60, "signed-id", "rotate-secret+strict"))
	again := func(n int) {
		for i := range n {
			m = m.then(Act{acts(20)[(i*7)%20]}, TakeBack{})
			if m.Notice != "" {
				m = m.then(TakeBack{}, Again{})
			}
		}
	}
	again(50)
	few := kept()
	again(1000)
	many := kept()
	if grown := many - few; grown > few/2+1<<20 {
		t.Errorf("%d KiB are in use after 50 acts, %d KiB after 1000 more", few>>10, many>>10)
	}
	if m.Trace == nil || len(m.Scenario.Steps) != 60 {
		t.Errorf("%d steps are left", len(m.Scenario.Steps))
	}
}

// TestLongScriptsAreLittle: what the page holds grows with the script, not with its square.
func TestLongScriptsAreLittle(t *testing.T) {
	holds := func(n int) int {
		before := kept()
		m := playing(t, written(n, "signed-id", "rotate-secret+strict+httponly"))
		for range 20 {
			m = m.then(TakeBack{})
		}
		for range 20 {
			m = m.then(Again{})
		}
		after := kept()
		runtime.KeepAlive(m)
		return after - before
	}
	holds(100) // what is worked out once
	short, long := holds(100), holds(400)
	if long > 9*short {
		t.Errorf("100 steps hold %d KiB, 400 hold %d KiB", short>>10, long>>10)
	}
	t.Logf("100 steps hold %d KiB, 400 hold %d KiB", short>>10, long>>10)
}
