package paper

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// Which option is right is what the runs say; here is what the course's author says.
func TestQuestions(t *testing.T) {
	all, err := questions()
	if err != nil {
		t.Fatal(err)
	}
	var right []string
	printed := map[string]int{}
	for _, q := range all {
		right = append(right, letter(q.Right))
		printed[q.On(q.Right)]++
		if sorted := slices.Sorted(slices.Values(q.Printed)); slices.IsSorted(q.Printed) || !slices.Equal(sorted, []int{0, 1, 2, 3}) {
			t.Errorf("question %d is printed in the order %v", q.N, q.Printed)
		}
	}
	if got := strings.Join(right, " "); got != "b c b b b b" {
		t.Errorf("right are %s", got)
	}
	for on, n := range printed {
		if n > 2 {
			t.Errorf("%s is right %d times on paper", on, n)
		}
	}
	again, err := questions()
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if !slices.Equal(all[i].Printed, again[i].Printed) {
			t.Errorf("question %d is printed in two orders", i+1)
		}
	}
}

// What is wrong with a question is said with its line.
func TestQuestionsAreChecked(t *testing.T) {
	good, err := files.ReadFile(questionsFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ old, new, want string }{
		{"lesson: any-route", "lesson: any-rout", "any-route"},
		{"option: Nothing, unless login makes a new session id. | ends hijacked", "option: Nothing | not ends hijacked", "no option holds"},
		{"option: A longer secret. | with rotate-secret: not ends", "option: A longer secret. | with rotate-secret: ends", "2 options hold"},
		{"belief: Signed means mine.", "", "a wrong option has a belief"},
		{"belief: Signed means mine.", "beleif: Signed means mine.", `unknown "beleif"`},
		{"option: HttpOnly. | ", "option: HttpOnly. ", `want "option: TEXT | PREDICATE"`},
		{"with httponly@sibling-https: not has", "with httponly@sibling-https: not hat", `"hat"`},
		{"ask: A site signs", "option: A site signs", "want \"ask\""},
		{"lesson: two-rotations\n", "", "a question has a lesson"},
	} {
		text := strings.Replace(string(good), test.old, test.new, 1)
		if text == string(good) {
			t.Fatalf("there is no %q", test.old)
		}
		if _, err := parseQuestions(text); err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), questionsFile+":") {
			t.Errorf("%q for %q: %v, want %s", test.new, test.old, err, test.want)
		}
	}
}

// What a predicate cannot say of an option, a run says here.
func TestQuestionsBesides(t *testing.T) {
	row := func(lesson, row string) *lab.Trace {
		t.Helper()
		s, err := scenarios.Get(lesson)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := scenarios.Rows(s)(row)
		if err != nil {
			t.Fatal(err)
		}
		return tr
	}
	// 1: nothing was guessed or forged, so that no length of the secret has to do with it.
	hijack := row("signed-is-not-yours", "none")
	if at, found := ask.Find(hijack, script.Event{Who: event.ShopHost, Kind: event.Unsign, Text: "refused"}); found {
		t.Errorf("a signature is refused in step %d", at.Frame+1)
	}
	// 3: a login that keeps the old record sends as long a cookie as one that does not, and
	// as long a one as the old.
	lengths := map[int]bool{}
	for _, on := range []string{"rotate+keep-old-record", "rotate"} {
		tr := row("signed-is-not-yours", on)
		if tr.Verdict.Outcome.Harm() != (on != "rotate") {
			t.Errorf("%s ends %s", on, tr.Verdict.Outcome)
		}
		for _, f := range tr.Frames {
			for _, e := range f.Events {
				if e.Kind == event.Stored {
					value, _, _ := strings.Cut(e.Line, ";")
					lengths[len(value)] = true
				}
			}
		}
	}
	if len(lengths) != 1 {
		t.Errorf("cookies of the lengths %v", lengths)
	}
	// 4: Alice is logged in when she follows the link.
	const text = "title: T\nprofile: signed-id\nroute: cross-site\ntoken: trap\n\nmallory token\nalice post /login user=alice password=correct-horse\nmallory route\nalice get /profile\nmallory get /profile\n"
	s, err := scenarios.Parse("link", text)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, planted := ask.Find(tr, script.Event{Who: "alice", Kind: event.Stored, Text: "sid=K1"}); planted || tr.Verdict.Outcome.Harm() {
		t.Errorf("a link plants a cookie once Alice has logged in: %s", tr.Verdict.Outcome)
	}
	if _, tried := ask.Find(tr, script.Event{Who: "alice", Kind: event.Refused, Text: "sid=K1"}); !tried {
		t.Error("the link's page does not even try")
	}
}
