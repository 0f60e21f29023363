package paper

import (
	"fmt"
	"strings"
	"testing"
)

// The key is computed; this is what the course's author had in mind.
func TestKeyOfLessons(t *testing.T) {
	all, err := lessons()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1: Yes @5; step 5, code 5",
		"2: Only after the login @7; step 7, code 7",
		"3: A new id at login @5; step 1, code 5, cookie 5",
		"4: The link @5, A script on the shop itself; step 4, code 5, step 4",
		"5: No @3, The session id; step 3, code 3, step 7",
		"6: Yes, with the old id @6, Her ring and Mallory’s gnome; row 6, code 6, step 6",
		"7: No, Yes @10; cookie 5, code 5, step 8",
		"8: No @5; step 5, code 5",
	}
	for i, l := range all {
		var bets, asks []string
		for _, b := range l.Bets {
			text := b.Holds.Text
			if b.Points != nil {
				text += fmt.Sprintf(" @%d", b.Points.N)
			}
			bets = append(bets, text)
		}
		for _, a := range l.Asks {
			asks = append(asks, fmt.Sprintf("%s %d", a.At.Kind, a.At.N))
			if a.At.Kind == "code" && (a.At.Line == "" || a.At.Code == "") || a.At.Kind == "cookie" && a.At.Cookie == "" || a.At.Kind == "row" && a.At.ID == "" {
				t.Errorf("lesson %d: %q is nowhere: %+v", l.N, a.Ask.Ask, a.At)
			}
		}
		if got := fmt.Sprintf("%d: %s; %s", l.N, strings.Join(bets, ", "), strings.Join(asks, ", ")); i >= len(want) || got != want[i] {
			t.Errorf("got  %s", got)
		}
		if n := l.Course.Notes; n.Goal == "" || n.Believe == "" || n.Say == "" || n.Ask == "" || n.Expect == "" || n.Trap == "" || n.Minutes == 0 {
			t.Errorf("lesson %d has no whole notes: %+v", l.N, n)
		}
		if len(l.Cards) < 2 || len(l.Steps) < 5 {
			t.Errorf("lesson %d: %d cards, %d steps", l.N, len(l.Cards), len(l.Steps))
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d lessons", len(all))
	}
}

func TestKeyOfChallenges(t *testing.T) {
	k, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1.1 6 moves",
		"2.1 step 7, code 7",
		"3.1 Rotate the session key at login; 2 more win, 4 do not",
		"4.1 Rotate the session key at login; 1 more win, 5 do not",
		"5.1 Rotate the session key at login; 0 more win, 3 do not",
		"6.1 D",
		"7.1 8 moves",
		"8.1 3 moves", "8.2 3 moves", "8.3 Rotate the session key at login; 1 more win, 2 do not",
		"9.1 __Host- cookie name; 2 more win, 3 do not",
		"10.1 fixated",
		"11.1 false true false true",
		"12.1 Rotate the session key at login; 0 more win, 4 do not",
	}
	var got []string
	for _, c := range k.Challenges {
		for i, p := range c.Parts {
			got = append(got, fmt.Sprintf("%d.%d %s", c.N, i+1, inShort(p)))
		}
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("got\n%s\nwant\n%s", a, b)
	}
}

func inShort(p part) string {
	switch {
	case p.Moves != nil:
		return fmt.Sprintf("%d moves", len(p.Moves))
	case p.Switches != nil:
		return fmt.Sprintf("%s; %d more win, %d do not", strings.Join(p.Switches, ", "), len(p.Wins), len(p.Fails))
	case p.Patch != "":
		name, _, _ := strings.Cut(p.Patch, ":")
		return name
	case p.Claims != nil:
		var all []string
		for _, c := range p.Claims {
			all = append(all, fmt.Sprint(c.True))
		}
		return strings.Join(all, " ")
	case p.Sessions != nil:
		return "fixated"
	}
	var all []string
	for _, a := range p.Points {
		all = append(all, fmt.Sprintf("%s %d", a.At.Kind, a.At.N))
	}
	return strings.Join(all, ", ")
}
