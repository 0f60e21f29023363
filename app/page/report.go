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
	all, made, ready, done := 0, 0, true, true
	for _, s := range Course() {
		kept := p.Lessons[s.Name]
		done = done && kept.Done
		all += len(s.Course.Bets)
		for i, m := range kept.Bets {
			if m.Option != "" {
				made++
				b := s.Course.Bets[i]
				lines = append(lines, "bet "+s.Name+".bet-"+strconv.Itoa(i+1)+" "+letter(b, m.Option)+" "+letter(b, Holding(s, b)))
			}
		}
	}
	worth := 0.0
	for _, s := range class.Challenges() {
		solved := true
		for n := range s.Course.Goals {
			id := Task{Challenge: s, N: n}.ID()
			d := p.Challenges[id]
			lines = append(lines, "goal "+id+" "+strconv.FormatBool(d.Solved))
			if solved = solved && d.Solved; d.Solved {
				worth += float64(max(leastPoints, fullPoints-d.Hints)) / fullPoints / float64(len(s.Course.Goals))
			}
		}
		done = done && solved
		ready = ready && (solved || !slices.Contains(class.Needed(), s.Name))
	}
	score := int(20*float64(made)/float64(all) + 80*worth/float64(len(class.Challenges())) + 0.5)
	return "progress " + packed + " " + strconv.Itoa(left) + "\n" +
		"score " + strconv.Itoa(score) + " " + strconv.FormatBool(ready) + " " + strconv.FormatBool(done) + "\n" +
		strings.Join(lines, "\n")
}

// The points of a goal that was solved: one less for each hint. They are those of package
// class, which weighs what it has played again.
const (
	fullPoints  = 8
	leastPoints = 4
)

// letter is the letter of a bet's option; "z" for one that the bet no longer has.
func letter(b script.Bet, option string) string {
	for i, o := range b.Options {
		if o.Text == option {
			return string(rune('a' + i))
		}
	}
	return "z"
}
