package page

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/app/class"
	"fixlab/lab/script"
)

// longestKept is how much of a learner's progress a learning management system keeps, in
// characters: SCORM 1.2 has room for 4,096, and web/scorm.js adds some.
const longestKept = 3450

// ReportOf is Report of a text that ParseProgress reads, be it one or not.
func ReportOf(progress string) string {
	p, _ := ParseProgress(progress) // of a text that is none, nothing
	return p.Report()
}

// Report returns what a learning management system is told of p, in lines of words:
//
//	progress PACKED LEFT   with LEFT answers left out, see Packed
//	score N READY DONE     of 100; whether what must be solved to pass is, and whether all is done
//	bet ID OPTION RIGHT    for each that was made, its options as letters
//	goal ID SOLVED         for each of every challenge
func (p Progress) Report() string {
	packed, left := p.Packed(longestKept)
	var lines []string
	made, ready, done := 0, true, true
	for _, s := range Course() {
		kept := p.Lessons[s.Name]
		done = done && kept.Done
		for i, m := range kept.Bets {
			if m.Option != "" {
				made++
				b := s.Course.Bets[i]
				lines = append(lines, "bet "+s.Name+".bet-"+strconv.Itoa(i+1)+" "+letter(b, m.Option)+" "+letter(b, Holding(s, b)))
			}
		}
	}
	for _, s := range class.Challenges() {
		solved := true
		for n := range s.Course.Goals {
			id := Task{Challenge: s, N: n}.ID()
			d := p.Challenges[id]
			lines = append(lines, "goal "+id+" "+strconv.FormatBool(d.Solved))
			solved = solved && d.Solved
		}
		done = done && solved
		ready = ready && (solved || !slices.Contains(class.Needed(), s.Name))
	}
	score := class.Score(made, func(id string) (int, bool) { d := p.Challenges[id]; return d.Hints, d.Solved })
	return "progress " + packed + " " + strconv.Itoa(left) + "\n" +
		"score " + strconv.Itoa(score) + " " + strconv.FormatBool(ready) + " " + strconv.FormatBool(done) + "\n" +
		strings.Join(lines, "\n")
}

// letter is the letter of a bet's option; "z" for one that the bet no longer has.
func letter(b script.Bet, option string) string {
	for i, o := range b.Options {
		if o.Text == option {
			return string(rune('a' + i))
		}
	}
	return "z"
}
