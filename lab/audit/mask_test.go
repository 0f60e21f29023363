package audit

import (
	"strconv"
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

// TestMarkNumber: every mark has its number, and every value its own mark.
func TestMarkNumber(t *testing.T) {
	var masks Masks
	met := map[string]bool{}
	for n := 1; n < 40; n++ {
		m := masks.Mask("a long value "+strconv.Itoa(n), "id "+strconv.Itoa(n))
		mark := MarkOf(n)
		if m.Key != n || MarkNumber(mark) != n || met[mark] || !strings.HasSuffix(m.String(), " "+mark) || m.String() != m.Short()+" "+mark {
			t.Errorf("value %d: %+v, %q, %q", n, m, mark, m)
		}
		met[mark] = true
	}
	for _, none := range []string{"", "▲1", "▲0", "▲x", "▲99999999999999999999", "2▲", "k"} {
		if got := MarkNumber(none); got != 0 {
			t.Errorf("%q has the number %d", none, got)
		}
	}
	if (Masked{}).String() != "" || (Masked{}).Short() != "" {
		t.Error("no value is shown")
	}
}
