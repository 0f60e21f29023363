package page

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

func TestCompareLinks(t *testing.T) {
	for _, link := range []string{
		"compare/signed-id-toss/none/1/vs/rotate",
		"compare/signed-id-toss/rotate+strict/3/vs/none",
		"compare/any-route/none/4/xss/vs/none/url-id",
		"compare/any-route/none/4/vs/httponly/django-db+visited",
	} {
		m := linked(t, link)
		if m.Fragment() != link {
			t.Errorf("%s leads to %s", link, m.Fragment())
		}
		if again := m.then(Follow(link)); again.Fragment() != link || again.Notice != "" {
			t.Errorf("%s followed leads to %s: %s", link, again.Fragment(), again.Notice)
		}
	}
	for link, want := range map[string]string{
		"compare/no-lesson/none/1/vs/rotate":              `there is no lesson "no-lesson"`,
		"compare/signed-id-toss/magic/1/vs/rotate":        `there is no switch "magic"`,
		"compare/signed-id-toss/none/1/vs/magic":          `there is no switch "magic"`,
		"compare/signed-id-toss/none/99/vs/rotate":        `there is no step "99"`,
		"compare/signed-id-toss/none/x/vs/rotate":         `there is no step "x"`,
		"compare/signed-id-toss/none/1":                   "there is no vs/ in it",
		"compare/any-route/none/1/vs/none/luck":           `"luck"`,
		"compare/signed-id-toss/none/1//x/vs/rotate":      "more parts than four",
		"compare/signed-id-toss/none/1/vs/rotate//and/so": "more parts than two",
	} {
		m := ParseFragment(link)
		if m.Page != "compare" || !strings.Contains(m.Notice, want) || !strings.HasPrefix(m.Notice, "This link is broken: ") {
			t.Errorf("%s: %q, %s", link, m.Page, m.Notice)
		}
		if again := ParseFragment(m.Fragment()); again.Notice != "" {
			t.Errorf("%s is mended to %s: %s", link, m.Fragment(), again.Notice)
		}
	}
}

// Every step of both runs stands in one row, in order, and equal ones side by side.
func TestAlign(t *testing.T) {
	for _, links := range [][2]string{
		{"1/signed-id-toss/none/1", "1/signed-id-toss/rotate/1"},
		{"1/any-route/none/1/xss", "1/any-route/none/1/url-id"},
		{"1/any-route/none/1/visited", "1/any-route/none/1/own"},
	} {
		a, b := linked(t, links[0]).Trace, linked(t, links[1]).Trace
		rows := Align(a, b)
		left, right, paired := 0, 0, 0
		for _, p := range rows {
			if p.Left >= 0 {
				if p.Left != left {
					t.Errorf("%v: step %d where %d is due", links, p.Left, left)
				}
				left++
			}
			if p.Right >= 0 {
				if p.Right != right {
					t.Errorf("%v: right step %d where %d is due", links, p.Right, right)
				}
				right++
			}
			if p.Left >= 0 && p.Right >= 0 {
				paired++
				if x, y := a.Frames[p.Left].Step.String(), b.Frames[p.Right].Step.String(); x != y {
					t.Errorf("%v: %q beside %q", links, x, y)
				}
			}
		}
		if left != len(a.Frames) || right != len(b.Frames) || paired < 3 {
			t.Errorf("%v: %d of %d, %d of %d, %d paired", links, left, len(a.Frames), right, len(b.Frames), paired)
		}
		row, event := Parts(a, b, rows)
		for _, p := range rows[:max(0, row)] {
			if !Alike(a, b, p) {
				t.Errorf("%v: something differs before row %d", links, row)
			}
		}
		if row < 0 || Alike(a, b, rows[row]) {
			t.Errorf("%v: nothing differs in row %d, event %d", links, row, event)
		}
	}
	m := linked(t, "1/signed-id-toss/none/1")
	if row, event := Parts(m.Trace, m.Trace, Align(m.Trace, m.Trace)); row != -1 || event != -1 {
		t.Errorf("a run differs from itself at %d, %d", row, event)
	}
}

func TestCompareCursor(t *testing.T) {
	m := linked(t, "compare/signed-id-toss/none/1/vs/rotate")
	for _, test := range []struct {
		press Press
		want  Msg
	}{
		{Press{Key: "ArrowRight"}, GoRow(1)},
		{Press{Key: "ArrowLeft"}, GoRow(-1)},
		{Press{Key: "ArrowDown"}, nil},
		{Press{Key: "ArrowDown", On: "link"}, GoRow(1)},
		{Press{Key: "ArrowRight", On: "choice"}, nil},
		{Press{Key: "Home"}, GoRow(0)},
		{Press{Key: "End"}, GoRow(len(m.Trace.Frames) - 1)},
		{Press{Key: "Escape"}, Escape{}},
	} {
		if got := Shortcut(m, test.press); got != test.want {
			t.Errorf("%+v: %#v, want %#v", test.press, got, test.want)
		}
	}
	first, _ := Parts(m.Trace, m.Compare.Trace, Align(m.Trace, m.Compare.Trace))
	m = m.then(GoRow(first))
	if m.Step != first || !strings.Contains(m.Compare.says(m.Run), "the first difference") {
		t.Errorf("step %d: %s", m.Step, m.Compare.says(m.Run))
	}
	if m = m.then(GoRow(-5)); m.Compare.Row != 0 || !strings.Contains(m.Compare.says(m.Run), "the same in both") {
		t.Errorf("row %d: %s", m.Compare.Row, m.Compare.says(m.Run))
	}
	// A switch of either run, and the other stays.
	m = m.then(FlipSide{Right, m.Compare.Defences})
	if m.Compare.Defences != 0 || m.Defences != 0 || !strings.HasSuffix(m.Fragment(), "/vs/none") {
		t.Errorf("flipped to %s", m.Fragment())
	}
	if frame, _ := lab.Diverge(m.Trace, m.Compare.Trace); frame != -1 {
		t.Errorf("two equal runs differ at %d", frame)
	}
}

// A link that names no step leads to the first difference, as does that of a lab that is at
// its first step; one that names a step leads there.
func TestCompareOpens(t *testing.T) {
	for link, row := range map[string]int{
		"compare/signed-id-toss/none/vs/rotate":      6,
		"compare/any-route/none//xss/vs/none/url-id": 2,
		"compare/signed-id-toss/none/vs/none":        0,
		"compare/signed-id-toss/none/1/vs/rotate":    0,
	} {
		m := linked(t, link)
		if m.Compare.Row != row || m.Notice != "" {
			t.Errorf("%s leads to row %d, want %d: %s", link, m.Compare.Row, row, m.Notice)
		}
	}
	for link, row := range map[string]int{"1/signed-id-toss/none/1": 6, "1/signed-id-toss/none/3": 2, "1/any-route/none/1/xss": 5} {
		m := linked(t, link)
		to := LinkToPage(m, "compare")
		if there := m.then(Follow(to)); there.Compare.Row != row || there.Notice != "" {
			t.Errorf("from %s by %s: row %d, want %d; %s", link, to, there.Compare.Row, row, there.Notice)
		}
	}
	m := linked(t, "compare/signed-id-toss/none/vs/rotate")
	for row := range m.Trace.Frames {
		if says := m.then(GoRow(row)).Compare.says(m.Run); regexp.MustCompile("[0-9a-f]{20}").MatchString(says) {
			t.Errorf("a whole key or signature is read aloud: %s", says)
		}
	}
}

// The link that compares a run in two browsers leads there, and they end differently.
func TestBesideLink(t *testing.T) {
	run := scenarios.Play{Lesson: "regenerating-promotes-the-attacker", On: defence.Rotate}
	other := run
	other.With = "firefox"
	link := BesideLink(run, other)
	m := at(t, link)
	first, _ := Parts(m.Trace, m.Compare.Trace, Align(m.Trace, m.Compare.Trace))
	if first < 1 || m.Compare.Row != first || m.Fragment() != strings.Replace(link, "/rotate/vs/", "/rotate/"+strconv.Itoa(first+1)+"/vs/", 1) {
		t.Errorf("%s leads to %s, and the first difference is at row %d", link, m.Fragment(), first)
	}
	if l, r := m.Trace.Verdict.Outcome, m.Compare.Trace.Verdict.Outcome; l != event.Broken || r != event.Defended {
		t.Errorf("%s ends %s and %s", link, l, r)
	}
}
