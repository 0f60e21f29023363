//go:build !wasm

package report

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"fixlab/lab/audit"
	"fixlab/lab/audit/record"
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

// TestObservedParts: what a browser recorded is told in parts, in their order, a long list to
// its end.
func TestObservedParts(t *testing.T) {
	text, err := os.ReadFile("../../../lab/audit/record/testdata/chromium-sensitive.har")
	if err != nil {
		t.Fatal(err)
	}
	rec, err := record.Read(string(text))
	if err != nil {
		t.Fatal(err)
	}
	o := audit.Observe(rec, audit.Options{Login: -1})
	for range 2 * most {
		o.Line = append(o.Line, o.Line[0])
	}
	var b bytes.Buffer
	if err := Observed(&b, o, Options{}); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if strings.Contains(got, "d83e508bbcf2d8f15787f7549aabb5ce") {
		t.Error("the id is printed")
	}
	for _, part := range []string{
		"The id in sid was ▲ before the login and ▲ after it.", "shop.test; session in sid; ", "\n\nPasswords in the recording; delete them\n  request 4, field password\n", "\n\nTime line\n     1  GET /, 200; set d83e… (32) ▲\n",
		", login; sent d83e… (32) ▲\n", fmt.Sprintf("\n  and %d more", len(o.Line)-most), "\n\nCookies\n  sid: ", "; after the login d83e… (32) ▲", "\n\nWould a planted cookie land? ", "\n\nWhat this recording cannot show\n", "\n\nWhat would tell\n  fixlab audit https://shop.test:8061 ", "\n\nThe nearest run of the lab\n  fixlab play any-route/",
	} {
		_, rest, ok := strings.Cut(got, part)
		if !ok {
			t.Fatalf("%q is missing in what comes next:\n%s", part, got)
		}
		got = rest
	}
}
