package audit

import (
	"strings"
	"testing"
)

func TestMasks(t *testing.T) {
	var m Masks
	a, b := "s%3Aabcdefghijklmnop", "s%3Aqrstuvwxyzabcdef"
	if got := m.Of(a); got != "s%3A… (20) ▲" {
		t.Error(got)
	}
	if got := m.Of(b); got != "s%3A… (20) ●" {
		t.Error(got)
	}
	if m.Of(a) != m.Of(a) || m.Of(a) == m.Of(b) {
		t.Error("equal values share a mark, others do not")
	}
	if got := m.Of("short"); strings.Contains(got, "s") || !strings.Contains(got, "(5)") {
		t.Errorf("a short value is given away: %q", got)
	}
	if got := m.Of(""); got != "(empty)" {
		t.Error(got)
	}
	if got := m.Of("\x1b[2Jabcdefghijkl"); strings.ContainsAny(got, "\x1b") {
		t.Errorf("a control byte: %q", got)
	}
	seen := map[string]bool{}
	for i := range 40 {
		seen[m.Of(strings.Repeat("x", 20+i))] = true
	}
	if len(seen) != 40 {
		t.Errorf("%d marks for 40 values", len(seen))
	}
	if got, want := m.Line("sid="+a+"; Path=/; HttpOnly"), "sid=s%3A… (20) ▲; Path=/; HttpOnly"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := m.Line(a); strings.Contains(got, a) {
		t.Errorf("a cookie without a name shows its value: %q", got)
	}
}
