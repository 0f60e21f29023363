package plans

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// Each of the project's own running orders is as long as its name says, and comes out of
// its text, and out of a link, as it is.
func TestAll(t *testing.T) {
	var names []string
	for _, p := range All() {
		names = append(names, p.Name)
		if n := strconv.Itoa(p.Total()); n != p.Name || p.Minutes != p.Total() {
			t.Errorf("%s: the items take %s minutes of %d", p.Name, n, p.Minutes)
		}
		again, err := Parse(p.Text())
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("%s: out of its text comes %v, %v", p.Name, again, err)
		}
		if again, err = Unpack(p.Pack()); err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("%s: out of its link comes %v, %v", p.Name, again, err)
		}
		if n := len(p.Pack()); n > 1500 {
			t.Errorf("%s: a link of %d characters is too long for a chat", p.Name, n)
		}
	}
	if got := strings.Join(names, " "); got != "20 45 90" {
		t.Errorf("the running orders are %s", got)
	}
	if p := All()[1]; p.Spare() != 4 || p.From(0) != 0 || p.From(6) != 29 {
		t.Errorf("45 minutes: %d may be left out, item 7 begins in minute %d", p.Spare(), p.From(6))
	}
}

// A link that is cut anywhere is refused.
func TestCut(t *testing.T) {
	packed := All()[2].Pack()
	for n := range len(packed) {
		if p, err := Unpack(packed[:n]); err == nil {
			t.Fatalf("cut to %d characters it is read as %d items", n, len(p.Items))
		}
	}
}

func TestParse(t *testing.T) {
	const head = "plan: 45\nminutes: 45\n"
	for text, want := range map[string]string{
		"":                           "there is no item in it",
		head:                         "there is no item in it",
		"do: x\n":                    "its length is missing",
		"hello":                      `line 1: want "key: value", got "hello"`,
		"minutes: ten":               "line 1: minutes: want a number of minutes from 0 to 600, got \"ten\"",
		"minutes: 0":                 "line 1: minutes: want at least one minute",
		"minutes: 601":               "line 1: minutes: want a number of minutes from 0 to 600",
		"minutes: +5":                "line 1: minutes: want a number of minutes from 0 to 600",
		"minutes: 5\nminutes: 6":     "line 2: minutes stands in line 1 already",
		"takes: 5":                   `line 1: "takes": unknown; before the first item stand plan, title and minutes`,
		head + "do: a\nplan: 20":     `line 4: plan stands`,
		head + "do: a\nwhat: b":      `line 4: "what": unknown; an item has do, takes, how, open and late`,
		head + "do: a\ntakes: -1":    "line 4: takes: want a number of minutes",
		head + "do: a\nlate: no":     `line 4: late: want "leave out", got "no"`,
		head + "do: a\nhow: b\nhow:": "line 5: how stands in line 4 already",
		head + "do: a\nopen: java'x": `line 4: open: "java'x" is no link of the lab`,
		head + "do: a\nopen: a:b":    `line 4: open: "a:b" is no link of the lab`,
		head + "do: a\u202e":         "line 3: do: there is a character in it that cannot be shown",
		head + "do: \xff":            "line 3: do: there is a character in it that cannot be shown",
		head + "do: " + strings.Repeat("x", MostText+1): "line 3: do: it has more than 200 bytes",
		head + strings.Repeat("do: x\n", MostItems+1):   "line 63: a running order has at most 60 items",
		strings.Repeat("#", MostBytes+1):                "at most 16 KiB",
	} {
		if text == head+"do: a\nplan: 20" {
			want = `line 4: "plan": unknown` // the keys of the head count anew in an item
		}
		p, err := Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
		if len(p.Items) > 0 {
			t.Errorf("%.60q: there are items all the same", text)
		}
	}
	p, err := Parse("# mine\r\nminutes: 50\r\n\r\ndo: <b>Ä: bet</b>\r\ntakes: 3\r\nopen:  challenge/test-the-article/1   key.html\r\nlate: leave out\r\ndo:\r\n")
	want := Plan{Minutes: 50, Items: []Item{{Minutes: 3, What: "<b>Ä: bet</b>", Link: "challenge/test-the-article/1 key.html", Optional: true}, {}}}
	if err != nil || !reflect.DeepEqual(p, want) {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"a\nb\tc\u202ed\xffe":          "a b c d e",
		strings.Repeat("ä", 150):       strings.Repeat("ä", 100),
		"x" + strings.Repeat("ä", 100): "x" + strings.Repeat("ä", 99),
	} {
		if got := Clean(text); got != want || fits(got) != nil {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// Whatever a link or a file has, nothing breaks, and what is read comes out as it is.
func FuzzParse(f *testing.F) {
	for _, p := range All() {
		f.Add(p.Text())
		f.Add(p.Pack())
	}
	f.Add("minutes: 1\ndo:\ndo: : #\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string) (Plan, error){Parse, Unpack} {
			p, err := read(text)
			if err != nil {
				continue
			}
			again, err := Parse(p.Text())
			if err != nil || !reflect.DeepEqual(again, p) {
				t.Errorf("%q: %+v comes out as %+v, %v", text, p, again, err)
			}
			if p.Total() < 0 || p.Spare() > p.Total() {
				t.Errorf("%q: %d of %d may be left out", text, p.Spare(), p.Total())
			}
		}
	})
}
