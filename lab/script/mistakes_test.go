package script

import (
	"fmt"
	"strings"
	"testing"
)

// TestMistakes: each line's mistake is told, and none that only follows from another.
func TestMistakes(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{head + "alice get /\n", nil},
		{"", []string{"1: the header has no title"}},
		{"titel: T\nprofile: singed-id\n\nmalory get /\n", []string{`1: unknown key "titel"`, `2: unknown profile "singed-id"`, `4: unknown actor "malory"`}},
		{"title: T\n\nmalory get /\n", []string{`3: unknown actor`, `4: the header has no profile`}},
		{"title: T\nprofile: signed-id\nmallory get /\nalice pots /\n", []string{`3: want "key: value" in the header`, `4: unknown verb "pots"`}},
		{head + "alice get\nalice wait long\n\n-- wnat --\nrubbish\n\n-- want --\nrotat defended\nnone broken\nnone defended\nstrict winning\n", []string{
			`4: "get" takes URL`, `5: "long" is not a duration`, `7: unknown section "wnat"`, `11: unknown switch "rotat"`, `13: a second row for none`, `14: unknown outcome "winning"`}},
		{head + "alice get /\n-- card --\ngaol: G.\n-- bet --\nask: A?\noption: Yes | wins\n-- ask --\nask: A?\npoint: nothing\nright: R.\nwrong step alice get: W.\n-- stop --\ncard: rotat | T | S.\nwhy broken: S.\n", []string{
			`6: unknown key "gaol"`, `9: unknown term "wins"`, `12: one cannot point at "nothing"`, `16: unknown switch "rotat"`}},
		{head + "alice get /\n-- card --\ngoal: G.\n-- bet --\nask: A?\n-- card --\ngoal: G.\n-- want --\nrotat broken\n", []string{
			`5: a section "card" needs a line "minutes`, `7: a section "bet" needs a line "option`, `9: a second section "card"`, `12: unknown switch "rotat"`}},
		{"title: T\nprofile: signed-id\non: rotate\n\nalice get /\n-- want --\nrotate broken\n", []string{`7: rotate is on in every run`}},
		{head + strings.Repeat("bob get /\n", 50), append(make([]string, 19), `23: unknown actor "bob"`)},
	} {
		_, found := Mistakes(test.text, 20)
		if len(found) != len(test.want) {
			t.Errorf("%q: %v, want %d", test.text, found, len(test.want))
			continue
		}
		for i, m := range found {
			if got := fmt.Sprintf("%d: %v", m.Line, m.Err); !strings.HasPrefix(got, test.want[i]) {
				t.Errorf("%q: %s, want %s", test.text, got, test.want[i])
			}
		}
	}
}

// FuzzMistakes: the first mistake is what Parse says, and Parse accepts what has none.
func FuzzMistakes(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(strings.ReplaceAll(s, "e", "x"))
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Parse("x", text)
		_, found := Mistakes(text, 20)
		got := ""
		if len(found) > 0 {
			got = fmt.Sprintf("x.txt:%d: %v", found[0].Line, found[0].Err)
		}
		if err == nil && got != "" || err != nil && err.Error() != got || len(found) > 20 {
			t.Errorf("%q, Parse says %v", got, err)
		}
		for _, m := range found {
			if m.Line < 1 || m.Line > strings.Count(text, "\n")+1 {
				t.Errorf("%v is on no line", m)
			}
		}
	})
}
