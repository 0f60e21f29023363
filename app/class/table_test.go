package class

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestClass: the codes of a class of thirty, with some that are copied, edited, cut off or
// of others among them, and what its trainer sees.
func TestClass(t *testing.T) {
	codes, works := thirty(t, classLink)
	copied := works[4]
	copied.Name = "=HYPERLINK(1)"
	text := "Dear all, please paste your codes here:\n"
	for i, c := range codes {
		text += fmt.Sprintf("\n%s: %s\n", works[i].Name, c)
	}
	text += strings.Join([]string{
		"> again: " + codes[7],
		Make(copied, classLink),
		strings.Replace(codes[8], codes[8][20:21], map[bool]string{true: "Z", false: "Y"}[codes[8][20] != 'Z'], 1),
		codes[9][:100],
		Make(works[10], Link{Class: "Elsewhere", Phrase: "x"}),
	}, "\n\n")
	all := Read(text, classLink)
	var states []string
	for _, e := range all[30:] {
		states = append(states, e.State.String())
	}
	if got := strings.Join(states, ", "); len(all) != 35 || got != "duplicate, replayed, edited, cut off, other class" {
		t.Fatalf("%d codes: %s", len(all), got)
	}
	for i, e := range all[:30] {
		hints, tries := 0, 0
		for _, g := range works[i].Goals {
			hints, tries = hints+g.Hints, tries+g.Tries
		}
		if e.State != Fine || e.Like >= 0 || e.Name != works[i].Name || e.Hints() != hints || e.Tries() != tries || e.Solved() != 12 || !e.Passed() {
			t.Errorf("%s: %s, like %d, %d hints, %d tries, %d solved", e.Name, e.State, e.Like, e.Hints(), e.Tries(), e.Solved())
		}
	}

	text = CSV(all)
	if !strings.HasPrefix(text, "\ufeffschema,class_id,learner,day,content,score,status,predictions_made,predictions_right,sure_wrong,hints,ch01,ch02,") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Errorf("%.120q", text)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 36 || len(rows[0]) != 11+12+12+3 {
		t.Fatalf("%d rows of %d, %v", len(rows), len(rows[0]), err)
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	for i, e := range all[:30] {
		row := rows[i+1]
		made, right, sureWrong := e.Predictions()
		for name, want := range map[string]string{
			"schema": Schema, "class_id": hex4(classLink.key().id), "learner": works[i].Name, "day": "2026-11-25", "content": Content(),
			"score": fmt.Sprint(e.Score()), "status": "passed", "predictions_made": fmt.Sprint(made), "predictions_right": fmt.Sprint(right), "sure_wrong": fmt.Sprint(sureWrong),
			"hints": fmt.Sprint(e.Hints()), "ch03": "solved", "ch03_tries": fmt.Sprint(works[i].Goals["one-switch"].Tries), "verified": "replayed", "duplicate": "", "code": codes[i],
		} {
			if got := row[column(name)]; got != want {
				t.Errorf("%s, %s: %q, want %q", e.Name, name, got, want)
			}
		}
	}
	for i, want := range []string{"8", "like 5", "", "", ""} {
		if got := rows[31+i][column("duplicate")]; got != want {
			t.Errorf("row %d: %q, want %q", 31+i, got, want)
		}
	}
	if got := rows[32][column("learner")]; got != "'=HYPERLINK(1)" {
		t.Errorf("%q", got)
	}
	if got := rows[34][column("code")]; got != strings.TrimSpace(codes[9][:100]) {
		t.Errorf("%q", got)
	}
	if got := rows[33][column("learner")] + rows[33][column("score")] + rows[35][column("score")]; got != "" {
		t.Errorf("what is not verified is counted: %q", got)
	}
	misbeliefs(t, all, works)
}

// misbeliefs counts by the learners' own words what Misbeliefs counts.
func misbeliefs(t *testing.T, all []Evidence, works []Work) {
	t.Helper()
	found := Misbeliefs(all)
	if len(found) < 10 || !slices.IsSortedFunc(found, func(a, b Misbelief) int { return b.Count - a.Count }) {
		t.Errorf("%+v", found)
	}
	for _, m := range found {
		count, sure := 0, 0
		for _, w := range append(slices.Clone(works), works[4]) { // that one was copied
			for _, made := range w.Bets {
				for _, b := range made {
					if b.Option == m.Option {
						count++
						if b.Sure {
							sure++
						}
					}
				}
			}
		}
		// An option's words may stand in more than one bet.
		if m.Option == m.Right || m.Count > count || m.Sure > sure || m.Count == 0 {
			t.Errorf("%+v, want at most %d and %d", m, count, sure)
		}
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"Ben": "Ben", "": "", "Li-Ann": "Li-Ann", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(1)": "'@SUM(1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "\u3000＝1": "'\u3000＝1", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x", "\u200b=1": "'\u200b=1", "\u202e@x": "'\u202e@x", "2=1": "2=1",
		"a;=1+1;b": "a;'=1+1;b", "Li, =1": "Li,' =1", ";\"=1": ";'\"=1", "\"=1": "'\"=1", "a;;＝1": "a;;'＝1", "Li; Ben, Jo": "Li; Ben, Jo", "a;": "a;",
	} {
		if got := harmless(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
	var b strings.Builder
	record(&b, []string{"a", `b "c", d`, "-e\nf", " g"})
	record(&b, []string{"Li; Ben"})
	if got := b.String(); got != "a,\"b \"\"c\"\", d\",\"'-e\nf\",\" g\"\r\n\"Li; Ben\"\r\n" {
		t.Errorf("%q", got)
	}
}

// TestScore works out by hand what scores come to.
func TestScore(t *testing.T) {
	score := func(change func(*Work)) (int, bool) {
		w := worked(t, "Amira", classLink)
		change(&w)
		e := one(t, Make(w, classLink), classLink)
		return e.Score(), e.Passed()
	}
	lose := func(ids ...string) func(*Work) {
		return func(w *Work) {
			for _, id := range ids {
				delete(w.Goals, id)
			}
		}
	}
	hints := func(n int) func(*Work) {
		return func(w *Work) {
			for id, g := range w.Goals {
				g.Hints = n
				w.Goals[id] = g
			}
		}
	}
	for _, test := range []struct {
		name   string
		change func(*Work)
		score  int
		passed bool
	}{
		{"all", func(*Work) {}, 100, true},
		{"no bets", func(w *Work) { w.Bets = nil }, 80, true},
		{"one hint each", hints(1), 90, true},
		{"three hints each", hints(3), 70, true},
		{"three hints each, and a bet less", func(w *Work) { hints(3)(w); w.Bets["which-moment"] = nil }, 68, false},
		{"without one challenge", lose("decoys"), 93, true},
		{"without one of three goals", lose("test-the-article/2"), 98, true},
		{"without what stops it", lose("one-switch"), 93, false},
		{"without the basket", lose("keep-the-basket"), 93, false},
		{"without the cookie that will not leave", lose("the-cookie-that-will-not-leave"), 93, false},
		{"a win that was not kept", func(w *Work) { w.Goals["decoys"] = Goal{Solved: true} }, 93, true},
		{"nothing", func(w *Work) { *w = Work{} }, 0, false},
	} {
		if score, passed := score(test.change); score != test.score || passed != test.passed {
			t.Errorf("%s: %d, %v, want %d, %v", test.name, score, passed, test.score, test.passed)
		}
	}
}

func TestJSON(t *testing.T) {
	codes, works := thirty(t, classLink)
	all := Read(codes[0]+"\n"+codes[1][:60], classLink)
	var f evidenceFile
	if err := json.Unmarshal([]byte(JSON(all, classLink)), &f); err != nil {
		t.Fatal(err)
	}
	if f.Schema != "fxlab.evidence/1" || f.Class != classLink.Class || len(f.Learners) != 2 || len(f.Learners[0].Goals) != 14 || f.Learners[1].Verified != "cut off" || f.Learners[1].Score != nil {
		t.Errorf("%+v", f)
	}
	for _, g := range f.Learners[0].Goals {
		win := works[0].Goals[g.Goal].Win
		if g.Win == nil || g.Win.Script != win.Script || g.Win.Patch != win.Patch || win.On != nil && g.Win.Switches != win.On.String() {
			t.Errorf("%s: %+v, want %+v", g.Goal, g.Win, win)
		}
	}
	if strings.Contains(JSON(all, classLink), classLink.Phrase) {
		t.Error("the file has the phrase of the class")
	}
	if !strings.Contains(JSON(nil, Link{}), `"learners": []`) || XAPI(nil) != "[]\n" {
		t.Error("of nobody it is not empty")
	}
}

func TestXAPI(t *testing.T) {
	codes, _ := thirty(t, classLink)
	copied := codes[0] + "\n" + codes[0] + "\n" + codes[1] + "\n" + codes[2][:70] + "\n" + Make(Work{}, classLink)
	text := XAPI(Read(copied, classLink))
	if again := XAPI(Read(copied, classLink)); again != text {
		t.Error("the same codes make other statements")
	}
	if strings.Contains(text, "mailto") || strings.Contains(text, "mbox") {
		t.Error("there is a mail address")
	}
	var all []statement
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	ids, verbs := map[string]bool{}, map[string]int{}
	valid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	for _, s := range all {
		if ids[s.ID] || !valid.MatchString(s.ID) {
			t.Errorf("the id %s is no UUID of version 5, or there twice", s.ID)
		}
		ids[s.ID] = true
		verbs[s.Verb.Display["en-US"]]++
		if s.Actor.Account.Name == "" || !strings.HasPrefix(s.Actor.Account.Home, base+"class/") || !strings.HasPrefix(s.Object.ID, base) || s.Result == nil {
			t.Errorf("%+v", s)
		}
	}
	bets := len(course().bets)
	if verbs["attempted"] != 2*12 || verbs["answered"] != 2*bets || verbs["passed"] != 2 || verbs["failed"] != 1 || verbs["completed"] != 2 {
		t.Errorf("%v", verbs)
	}
	if a, b := uuid([]byte{1}, "x"), uuid([]byte{1}, "y"); a == b || a == uuid([]byte{2}, "x") {
		t.Errorf("%s and %s", a, b)
	}
}
