//go:build !wasm

package report

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"fixlab/lab/audit"
)

// fill puts text into every string of v, and two of them into every list.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), text)
			}
		}
	}
}

// TestObserved: whatever stands in a recording, the terminal gets no control byte and no
// line without an end.
func TestObserved(t *testing.T) {
	for _, text := range []string{"\x1b[31mred", "two\nlines", "\u202eright to left", "<b>bold</b>", "\x00\xff", strings.Repeat("x", 1<<20), ""} {
		var o audit.Observed
		fill(reflect.ValueOf(&o).Elem(), text)
		var b bytes.Buffer
		if err := Observed(&b, o, Options{Width: 100}); err != nil {
			t.Fatal(err)
		}
		for _, c := range b.String() {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == unicode.ReplacementChar && text != "\x00\xff") {
				t.Fatalf("%.20q: %q is printed", text, c)
			}
		}
		if b.Len() > 1<<20 {
			t.Errorf("%.20q: %d bytes are printed", text, b.Len())
		}
	}
}
