//go:build !wasm

package load

import (
	"bytes"
	"strings"
	"testing"
)

func TestLoadBudget(t *testing.T) {
	hello := times{500, 4000, 4000}
	for _, test := range []struct {
		lab  times
		want string // part of the error
	}{
		{times{500, 800, 2800}, ""},
		{times{900, 800, 2800}, ""},
		{times{500, 804, 2800}, "load: content visible is at 0.20 of the hello world's"},
		{times{500, 800, 2900}, "load: interactive is at 0.72 of the hello world's, over 0.70"},
	} {
		var out bytes.Buffer
		err := compare(&out, 3, hello, test.lab)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v, want %q", test.lab, err, test.want)
		}
		if !strings.Contains(out.String(), "median of 3") {
			t.Errorf("printed\n%s", out.String())
		}
	}
}

func TestMedian(t *testing.T) {
	paint := func(t times) float64 { return t.Paint }
	for _, test := range []struct {
		in   []times
		want float64
	}{
		{[]times{{Paint: 3}}, 3},
		{[]times{{Paint: 9}, {Paint: 1}, {Paint: 2}}, 2},
		{[]times{{Paint: 9}, {Paint: 1}, {Paint: 2}, {Paint: 4}}, 3},
	} {
		if got := median(test.in, paint); got != test.want {
			t.Errorf("%v: %v, want %v", test.in, got, test.want)
		}
	}
}
