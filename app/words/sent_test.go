package words

import (
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// In every step of every lesson a cookie that is said to have been sent stands in a
// request, one of a jar that is held back has its reason, and none is both in one
// request; of the cookies of one name and value, as many are said to have been sent as
// the requests carry.
func TestSent(t *testing.T) {
	all, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	twins := 0
	for _, s := range all {
		tr, err := lab.Run(s, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range tr.Frames {
			if i == 0 {
				continue
			}
			for _, b := range f.State.Browsers {
				before := tr.Frames[i-1].State.Browser(b.Name).Jar
				for _, e := range before {
					line := e.Name + "=" + e.Value
					carried, held := Sent(tr, i, b.Name, e)
					requests, withheld, most := 0, 0, 0
					for _, ev := range f.Events {
						switch {
						case ev.Who == b.Name && ev.Kind == event.Withheld && ev.Line == line:
							withheld++
						case ev.Who == b.Name && ev.Kind == event.Request:
							n := strings.Count("; "+ev.Message.Cookies+"; ", "; "+line+"; ")
							requests, most = requests+n, max(most, n)
						}
					}
					if carried && requests == 0 {
						t.Errorf("%s, step %d: %s is said to be sent, and no request has it", s.Name, i+1, line)
					}
					if !carried && requests > 0 && withheld == 0 {
						t.Errorf("%s, step %d: %s was sent and is not said to be", s.Name, i+1, line)
					}
					if len(held) > withheld || withheld > 0 && requests == 0 && len(held) == 0 {
						t.Errorf("%s, step %d: %s was held back %d times, %d are told", s.Name, i+1, line, withheld, len(held))
					}
					if requests > 0 && withheld > 0 {
						twins++
						sent := 0
						for _, o := range before {
							if c, _ := Sent(tr, i, b.Name, o); c && o.Name+"="+o.Value == line {
								sent++
							}
						}
						if sent < most {
							t.Errorf("%s, step %d: %s: %d are said to be sent, a request has %d", s.Name, i+1, line, sent, most)
						}
					}
				}
			}
		}
	}
	if twins == 0 {
		t.Error("no cookie has a twin that was held back")
	}
}
