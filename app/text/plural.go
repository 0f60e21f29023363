package text

import (
	"fmt"
	"strconv"
	"strings"
)

// A rule says which of a language's forms goes with a number: a test for each but
// the last, which is for all other numbers. The head of en.txt says how it is
// written.
type rule []test

// A test holds for the numbers that are in all of its sets. A set that is not wanted
// must not hold them.
type test []set

type set struct {
	not    bool
	mod    int // the number counts modulo this; 0 is the number itself
	ranges [][2]int
}

// english is the rule of a file that has none.
var english = rule{{{ranges: [][2]int{{1, 1}}}}}

// form returns the place of the form that goes with n.
func (c *Catalogue) form(n int) int {
	for i, t := range c.plural {
		if t.holds(n) {
			return i
		}
	}
	return len(c.plural)
}

// Forms returns how many forms the language has.
func (c *Catalogue) Forms() int { return len(c.plural) + 1 }

func (t test) holds(n int) bool {
	for _, s := range t {
		at, in := max(n, -n), false
		if s.mod > 0 {
			at %= s.mod
		}
		for _, r := range s.ranges {
			in = in || r[0] <= at && at <= r[1]
		}
		if in == s.not {
			return false
		}
	}
	return true
}

// parseRule reads "1; %10 2-4 not %100 12-14; other".
func parseRule(text string) (rule, error) {
	forms := strings.Split(text, ";")
	if last := strings.TrimSpace(forms[len(forms)-1]); last != "other" {
		return nil, fmt.Errorf("plural: the last form is %q, want other", last)
	}
	var r rule
	for _, form := range forms[:len(forms)-1] {
		var t test
		s := set{}
		for _, word := range strings.Fields(form) {
			switch {
			case word == "not" && s.mod == 0 && !s.not:
				s.not = true
			case word[0] == '%' && s.mod == 0:
				n, err := strconv.Atoi(word[1:])
				if err != nil || n < 1 {
					return nil, fmt.Errorf("plural: %q, want %% and a number", word)
				}
				s.mod = n
			default:
				for item := range strings.SplitSeq(word, ",") {
					from, to, is := strings.Cut(item, "-")
					if !is {
						to = from
					}
					a, err1 := strconv.Atoi(from)
					b, err2 := strconv.Atoi(to)
					if err1 != nil || err2 != nil || a > b {
						return nil, fmt.Errorf("plural: %q, want numbers and ranges like 0,2-4", word)
					}
					s.ranges = append(s.ranges, [2]int{a, b})
				}
				t, s = append(t, s), set{}
			}
		}
		if len(t) == 0 || s.not || s.mod > 0 {
			return nil, fmt.Errorf("plural: %q says no numbers", strings.TrimSpace(form))
		}
		r = append(r, t)
	}
	return r, nil
}
