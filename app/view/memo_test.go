//go:build !wasm

package view

import (
	"testing"

	"fixlab/lab"
	"fixlab/lab/event"
)

// A window that is not drawn again shows what it would show if it were.
func TestWindowMemo(t *testing.T) {
	spared := 0
	for _, s := range lessons() {
		tr, err := lab.Run(s, 0)
		if err != nil {
			t.Fatal(err)
		}
		for taken := range len(tr.Frames) + 1 {
			for _, name := range []string{event.Mallory, event.Alice} {
				for _, whole := range []bool{false, true} {
					w := window{Trace: tr, Taken: taken, Name: name, Whole: whole}
					if whole && taken == 0 { // Play has a step at any time
						continue
					}
					held := w.memo().(*memo[window]).Part
					if held.Taken != taken {
						spared++
					}
					if got, want := written(held.ui()), written(w.ui()); got != want {
						t.Fatalf("%s, %s after %d steps, as after %d:\n%s\nwant\n%s", s.Name, name, taken, held.Taken, got, want)
					}
				}
			}
		}
	}
	if spared == 0 {
		t.Error("every window is drawn at every step")
	}
}
