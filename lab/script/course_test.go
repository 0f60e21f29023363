package script

import (
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// course is a whole one; tests break it.
const course = `
-- card --
goal: You see it.
minutes: 4
take: It is so.
term: session id
term: cookie

-- bet --
# A comment.
ask: Will it?
run: rotate@xss
option: Yes | ends hijacked|zombie, not decides does alice post, key $loot
option: No | with strict: not has shop.example save alice, moves mallory <= 3, switches <= 1, keeps rotate
option: a | b | ends defended
where: last alice stored Domain=shop.example

-- ask --
ask: Where?
point: step decides
right: Right.
wrong step does mallory get: No: later.
wrong: Look again.

-- ask --
ask: Which line?
run: strict
point: code shop.example ask rotate is off
right: Right.
wrong: Look again.

-- stop --
card: rotate | A new id | Login makes one.
why defended: Nobody knew it.
card: none@xss | Nothing | As it is.

-- stop --
ask: And now?
run: rotate@xss
card: strict | Strict | It is.
card: none | Nothing | As it is.

-- notes --
goal: G.
believe: B.
say: S.
ask: A?
expect: E.
minutes: 3
trap: T.

-- story.md --
Words.
`

func TestCourse(t *testing.T) {
	s, err := Parse("x", head+"alice get /\n"+course)
	if err != nil {
		t.Fatal(err)
	}
	c := s.Course
	if c.Goal != "You see it." || c.Minutes != 4 || c.Take != "It is so." || strings.Join(c.Terms, ",") != "session id,cookie" || c.Notes.Trap != "T." {
		t.Errorf("%+v", c)
	}
	if b := c.Bets[0]; len(b.Options) != 3 || b.Options[2].Text != "a | b" || b.Run != "rotate@xss" || b.Line != 13 || !b.Where.Last {
		t.Errorf("%+v", b)
	}
	if a := c.Asks[0]; a.Run != "" || !a.Point.Event.Decides || a.Wrong[0].Text != "No: later." || a.Wrong[0].Thing.Event.Does != "mallory get" || a.Else != "Look again." {
		t.Errorf("%+v", a)
	}
	if st := c.Stops[0].Cards[1]; st.Row != "none@xss" || st.Title != "Nothing" || st.Does != "As it is." || st.Line != 39 {
		t.Errorf("%+v", st)
	}
	if st := c.Stops[0].Cards[0]; st.Ends != event.Defended || st.Why != "Nobody knew it." {
		t.Errorf("%+v", st)
	}
	if st := c.Stops[1]; st.Ask != "And now?" || st.Run != "rotate@xss" || len(st.Cards) != 2 || st.Line != 41 {
		t.Errorf("%+v", st)
	}
	var rows []string
	for _, row := range c.Rows {
		rows = append(rows, row)
	}
	if got := strings.Join(rows, " "); got != "rotate@xss strict none strict rotate none@xss strict none" {
		t.Errorf("rows %q", got)
	}
}

// TestCourseErrors breaks one thing of a whole course at a time.
func TestCourseErrors(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"-- card --\n", "-- crad --\n", `x.txt:6: unknown section "crad", did you mean "card"?`},
		{"goal: You", "gaol: You", `x.txt:7: unknown key "gaol" in the section "card", did you mean "goal"?`},
		{"goal: You see it.\n", "", `x.txt:6: a section "card" needs a line "goal: TEXT"`},
		{"goal: You see it.\n", "goal: A.\ngoal: B.\n", `x.txt:8: a second "goal" in the section "card"`},
		{"goal: You see it.\n", "on: rotate\n", `x.txt:7: unknown key "on" in the section "card", did you mean "own"?`},
		{"goal: You see it.\n", "goal: You see it.\nown: house\n", `x.txt:8: a lesson ends with one's own frameworks, not with "house"`},
		{"minutes: 4", "minutes: four", `x.txt:8: "four" is not a number of minutes from 1 to 60`},
		{"term: cookie", "term: session id", `x.txt:11: the term "session id" twice`},
		{"-- bet --\n", "-- card --\n", `x.txt:13: a second section "card"`},
		{"ask: Will it?", "Will it?", `x.txt:15: want "key: value" in the section "bet", got "Will it?"`},
		{"run: rotate@xss", "run: rotat@xss", `x.txt:16: unknown switch "rotat", did you mean "rotate" or "rotate-secret"?`},
		{"run: rotate@xss", "run: only rotate", `x.txt:16: want a row such as rotate@xss, got "only" before "rotate"`},
		{"option: Yes | ends hijacked|zombie", "option: Yes | ends hijackd", `x.txt:17: unknown outcome "hijackd", did you mean "hijacked"?`},
		{"option: Yes | ends", "option: Yes | end", `x.txt:17: unknown term "end", did you mean "ends"?`},
		{"decides does alice", "does alice", `x.txt:17: unknown term "does", did you mean`},
		{"ends defended", "ends ", `x.txt:19: "ends" says nothing`},
		{"option: Yes | ", "option: Yes ", `x.txt:17: want "option: TEXT | PREDICATE"`},
		{"option: a | b | ends", "option: Yes | ends", `x.txt:19: two options "Yes"`},
		{"with strict: not", "with strict not", `x.txt:18: want "with ROW: TERM", got "with strict not has shop.example save alice"`},
		{"save alice", "saev alice", `x.txt:18: unknown kind of event "saev", did you mean "save"?`},
		{"moves mallory <= 3", "moves malory <= 3", `x.txt:18: nobody is called "malory"`},
		{"moves mallory <= 3", "moves mallory < 3", `x.txt:18: want "<= N", got "< 3"`},
		{"keeps rotate", "keeps rotten", `x.txt:18: unknown switch "rotten"`},
		{"where: last alice", "where: last alcie", `x.txt:20: want an event: "decides", "does TEXT" or "WHO KIND TEXT"; unknown "alcie", did you mean "alice"?`},
		{"step decides", "step decide", `x.txt:24: want an event: "decides", "does TEXT" or "WHO KIND TEXT"; unknown "decide", did you mean "decides"?`},
		{"step decides", "stop decides", `x.txt:24: one cannot point at "stop", did you mean "step"?`},
		{"step decides", "row decides", `x.txt:24: a row is pointed at as "row shop.example save TEXT", not "row decides"`},
		{"step decides", "cookie does alice", `x.txt:24: a cookie is pointed at as "cookie alice stored TEXT", not "cookie does alice"`},
		{"code shop.example ask rotate is off", "code alice stored x", `x.txt:32: a line of code is pointed at by what the server does there`},
		{"code shop.example ask", "code shop.exmaple ask", `x.txt:32: want an event: "decides", "does TEXT" or "WHO KIND TEXT"; unknown "shop.exmaple", did you mean "shop.example"?`},
		{"wrong step does mallory get", "wrong row shop.example save x", `x.txt:26: the question is about a step, the mistake is a row`},
		{"wrong step does mallory get", "wrong row shop.example save K2: alice", `x.txt:26: the thing ends at "row shop.example save K2: "`},
		{"point: step decides\n", "", `x.txt:25: "point" stands before what is said of a mistake`},
		{"wrong: Look again.\n\n-- ask", "\n-- ask", `x.txt:22: a section "ask" needs a line "wrong: TEXT"`},
		{"right: Right.\nwrong: Look again.\n\n-- stop", "right: Right.\n\n-- stop", `x.txt:29: a section "ask" needs a line "wrong: TEXT"`},
		{"card: strict | Strict | It is.\n", "", `x.txt:41: want from two to six cards side by side, got 1`},
		{"run: rotate@xss\ncard", "run: rotate\ncard", `x.txt:41: cards follow the run of rotate, and no bet is about it`},
		{"card: rotate | A new id | Login makes one.\n", "", `x.txt:37: "why" stands below the card that it is about`},
		{"why defended", "why defnded", `x.txt:38: unknown outcome "defnded", did you mean "defended"?`},
		{"why defended: Nobody knew it.\n", "why defended: Nobody knew it.\nwhy defended: It.\n", `x.txt:39: a second "why" for rotate`},
		{"| A new id | Login", "| A new id, Login", `x.txt:37: want "card: ROW | TITLE | SENTENCE", got "rotate | A new id, Login makes one."`},
		{"| A new id |", "|  |", `x.txt:37: want "card: ROW | TITLE | SENTENCE", got "rotate |  | `},
		{"| A new id |", "| \u00a0 |", `x.txt:37: want "card: ROW | TITLE | SENTENCE", got`},
		{"card: none@xss", "card: rotate", `x.txt:39: a second card for rotate`},
		{"trap: T.\n", "", `x.txt:47: a section "notes" needs a line "trap: TEXT"`},
		{"option: No |", "# option: No |", ``},
		{"option: No |", "option: Maybe | ends broken\noption: No |", `x.txt:13: a bet has two or three options, not 4`},
	} {
		text := strings.Replace(course, test.old, test.new, 1)
		if text == course {
			t.Errorf("%q is not in the course", test.old)
		}
		_, err := Parse("x", head+"alice get /\n"+text)
		if test.want == "" && err == nil {
			continue
		}
		if err == nil || test.want == "" || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q\n got %v\nwant %s", test.new, err, test.want)
		}
	}
	_, card, _ := strings.Cut(course, "term: cookie\n")
	if _, err := Parse("x", head+"alice get /\n"+card); err == nil || !strings.Contains(err.Error(), `a course begins with a section "card"`) {
		t.Errorf("without a card: %v", err)
	}
}

// TestOn: the switches of a lesson's own server are in no row of its file.
func TestOn(t *testing.T) {
	own := "title: T\nprofile: signed-id\non: lax+rotate\n\nalice get /\n"
	s, err := Parse("x", own)
	if err != nil {
		t.Fatal(err)
	}
	if s.On != defence.Lax|defence.Rotate || s.Fixed() != defence.Lax|defence.SameSiteStrict|defence.Rotate {
		t.Errorf("on %s, fixed %s", s.On, s.Fixed())
	}
	if got := s.Under(defence.SameSiteStrict | defence.Strict); got != defence.Lax|defence.Rotate|defence.Strict {
		t.Errorf("under %s", got)
	}
	for _, test := range []struct{ text, want string }{
		{"title: T\nprofile: signed-id\non: rotat\n", `x.txt:3: unknown switch "rotat", did you mean "rotate" or "rotate-secret"?`},
		{"title: T\nprofile: signed-id\non: lax+samesite-strict\n", `x.txt:3: lax and samesite-strict exclude each other`},
		{own + "-- want --\nstrict defended\nrotate+strict defended\n", `x.txt:8: rotate is on in every run of this lesson: leave it out`},
		{own + "-- want --\nsamesite-strict defended\n", `x.txt:7: this lesson's server has lax, which excludes samesite-strict`},
		{own + course, `x.txt:14: rotate is on in every run of this lesson: leave it out`},
	} {
		if _, err := Parse("x", test.text); err == nil || err.Error() != test.want {
			t.Errorf("%q\n got %v\nwant %s", test.text, err, test.want)
		}
	}
}
