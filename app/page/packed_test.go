package page

import (
	"encoding/base64"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"fixlab/app/class"
)

// worst returns the progress that takes most room: all bets made, on the longest options, all
// challenges solved with all hints, each by an answer of n bytes that no packing makes shorter.
func worst(n int) Progress {
	dice := rand.NewChaCha8([32]byte{})
	p := Progress{Framework: "express-session", Day: "2026-12-31", Resets: mostResets, Lessons: map[string]Record{}, Challenges: map[string]Done{}}
	for _, s := range Course() {
		r := Record{Done: true}
		for i, b := range s.Course.Bets {
			longest := ""
			for _, o := range b.Options {
				if len(o.Text) > len(longest) {
					longest = o.Text
				}
			}
			r.Bets, r.Seen = append(r.Bets, Made{longest, true, mostSteps - i}), append(r.Seen, i)
		}
		p.Lessons[s.Name] = r
	}
	for i, id := range class.Goals() {
		answer := make([]byte, n)
		dice.Read(answer)
		p.Challenges[id] = Done{true, 3, mostResets - i, base64.RawURLEncoding.EncodeToString(answer)[:n]}
	}
	return p
}

// What an LMS keeps has room for all that was done, and the longest answers go first.
func TestPacked(t *testing.T) {
	for _, n := range []int{0, 40, 400, longestAnswer} {
		p := worst(n)
		text, left := p.Packed(longestKept)
		if len(text) > longestKept || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Fatalf("answers of %d bytes: %d characters, or not all of ASCII: %q", n, len(text), text)
		}
		t.Logf("answers of %d bytes: %d characters, %d answers left out", n, len(text), left)
		got, err := ParseProgress(text)
		if err != nil {
			t.Fatal(err)
		}
		kept := 0
		for id, d := range got.Challenges {
			if d.Answer != "" {
				kept++
			}
			d.Answer = p.Challenges[id].Answer
			got.Challenges[id] = d
		}
		if n > 0 && kept+left != len(p.Challenges) || (left > 0) != (n >= 400) {
			t.Errorf("answers of %d bytes: %d kept, %d said to be left out", n, kept, left)
		}
		p.Version = progressVersion
		if !reflect.DeepEqual(got, p) {
			t.Errorf("answers of %d bytes: packed %+v, unpacked %+v", n, p, got)
		}
	}
	p := worst(20)
	d := p.Challenges["one-switch"]
	d.Answer = strings.Repeat("0123456789abcdefghijklmnopqrstuvwxyz#+", 100)[:3700]
	dice := rand.New(rand.NewPCG(1, 2))
	b := []byte(d.Answer)
	dice.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
	d.Answer = string(b)
	p.Challenges["one-switch"] = d
	text, left := p.Packed(longestKept)
	got, err := ParseProgress(text)
	if err != nil || left != 1 || got.Challenges["one-switch"].Answer != "" || !got.Challenges["one-switch"].Solved {
		t.Errorf("%v, %d left out, one-switch is %+v", err, left, got.Challenges["one-switch"])
	}
	// A file of progress may hold options that no bet has had.
	for name, r := range p.Lessons {
		for i := range r.Bets {
			o := make([]byte, longestOption)
			for j := range o {
				o[j] = 'a' + byte(dice.IntN(26))
			}
			r.Bets[i].Option = string(o)
		}
		p.Lessons[name] = r
	}
	if text, _ = p.Packed(longestKept); len(text) > longestKept {
		t.Errorf("with strange options: %d characters", len(text))
	}
	if got, err := ParseProgress(text); err != nil || !got.Lessons[Course()[0].Name].Done || !got.Challenges["one-switch"].Solved {
		t.Errorf("with strange options: %v, %+v", err, got)
	}
}

// A text that is cut short, or anything else, is said to be so.
func TestUnpackedWrong(t *testing.T) {
	text, _ := worst(10).Packed(longestKept)
	for _, wrong := range []string{"1|", "1|!", text[:len(text)/2], "1|" + text} {
		if p, err := ParseProgress(wrong); err == nil {
			t.Errorf("%.40q is read as %+v", wrong, p)
		}
	}
	if _, err := ParseProgress(text); err != nil {
		t.Error(err)
	}
}

// A reported is a report as its reader has it.
type reported struct {
	packed, score, ready, done string
	bets, goals                [][]string
}

func report(t *testing.T, p Progress) (r reported) {
	t.Helper()
	for line := range strings.SplitSeq(p.Report(), "\n") {
		switch words := strings.Split(line, " "); {
		case words[0] == "progress" && len(words) == 3:
			r.packed = words[1]
		case words[0] == "score" && len(words) == 4:
			r.score, r.ready, r.done = words[1], words[2], words[3]
		case words[0] == "bet" && len(words) == 4:
			r.bets = append(r.bets, words[1:])
		case words[0] == "goal" && len(words) == 3:
			r.goals = append(r.goals, words[1:])
		default:
			t.Errorf("a line is %q", line)
		}
	}
	return r
}

// A report says what was done, and how much of 100 that is.
func TestReport(t *testing.T) {
	if r := report(t, Progress{}); r.score != "0" || r.ready != "false" || r.done != "false" || len(r.bets) != 0 || len(r.goals) != len(class.Goals()) {
		t.Errorf("of nothing: %+v", r)
	}
	all := worst(10)
	if r := report(t, all); r.score != strconv.Itoa(20+80*5/8) || r.ready != "true" || r.done != "true" {
		t.Errorf("of everything with every hint: %+v", r)
	}
	for id, d := range all.Challenges {
		d.Hints = 0
		all.Challenges[id] = d
	}
	r := report(t, all)
	if r.score != "100" {
		t.Errorf("of everything: %s", r.score)
	}
	seen := map[string]bool{}
	for _, b := range r.bets {
		if seen[b[0]] || len(b[0]) > 255 || b[1] < "a" || b[1] > "d" || b[2] < "a" || b[2] > "d" {
			t.Errorf("a bet is %q", b)
		}
		seen[b[0]] = true
	}
	for _, id := range class.Needed() {
		d := all.Challenges[id]
		if !d.Solved {
			t.Fatalf("there is no challenge %s", id)
		}
		all.Challenges[id] = Done{}
		if r := report(t, all); r.ready != "false" || r.done != "false" {
			t.Errorf("without %s: %+v", id, r)
		}
		all.Challenges[id] = d
	}
}

// The score is the one of a completion code whose wins were all won again.
func TestReportScore(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	passed := 0
	for range 200 {
		p := Progress{Lessons: map[string]Record{}, Challenges: map[string]Done{}}
		e := class.Evidence{Work: class.Work{Bets: map[string][]class.Bet{}}}
		often := 1 + dice.IntN(20)
		for _, s := range Course() {
			var made []Made
			var bets []class.Bet
			for _, b := range s.Course.Bets {
				option := ""
				if dice.IntN(4) > 0 {
					option = b.Options[dice.IntN(len(b.Options))].Text
				}
				made, bets = append(made, Made{Option: option}), append(bets, class.Bet{Option: option})
			}
			p.Lessons[s.Name], e.Bets[s.Name] = Record{Bets: made}, bets
		}
		for _, id := range class.Goals() {
			d := Done{Solved: dice.IntN(often) > 0, Hints: dice.IntN(4)}
			r := class.Result{ID: id, Goal: class.Goal{Solved: d.Solved, Hints: d.Hints}}
			if p.Challenges[id] = d; d.Solved {
				r.Status = class.Won
			}
			e.Results = append(e.Results, r)
		}
		r := report(t, p)
		score, err := strconv.Atoi(r.score)
		if err != nil {
			t.Fatal(err)
		}
		passes := r.ready == "true" && score >= class.PassMark
		if score != e.Score() || passes != e.Passed() {
			t.Fatalf("an LMS is told %d and %v, a code says %d and %v: %+v", score, passes, e.Score(), e.Passed(), p)
		}
		if passes {
			passed++
		}
	}
	if passed == 0 || passed == 200 {
		t.Errorf("%d pass", passed)
	}
}
