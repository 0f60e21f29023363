package page

import (
	"encoding/json"
	"slices"
	"strconv"

	"fixlab/app/class"
	"fixlab/lab/script"
)

// A Report is what a learning management system is told of a Progress.
type Report struct {
	Progress string         `json:"progress"` // packed
	Left     int            `json:"left"`     // answers that found no room in it
	Score    int            `json:"score"`    // of 100
	Ready    bool           `json:"ready"`    // the challenges are solved without which nobody passes
	Done     bool           `json:"done"`     // there is nothing left to do
	Bets     []ReportedBet  `json:"bets"`     // that were made, in the order of the course
	Goals    []ReportedGoal `json:"goals"`    // all
}

// A ReportedBet is a bet that was made; its options are letters.
type ReportedBet struct {
	ID     string `json:"id"`
	Option string `json:"option"`
	Right  string `json:"right"`
}

// A ReportedGoal is a challenge, or one of its parts.
type ReportedGoal struct {
	ID     string `json:"id"`
	Solved bool   `json:"solved"`
}

// longestKept is how much of a learner's progress a learning management system keeps, in
// characters: SCORM 1.2 has room for 4,096, and web/scorm.js adds some.
const longestKept = 3450

// ReportOf is Report of a text that ParseProgress reads, be it one or not.
func ReportOf(progress string) string {
	p, _ := ParseProgress(progress) // of a text that is none, nothing
	return p.Report()
}

// Report returns what a learning management system is told of p, as JSON.
func (p Progress) Report() string {
	r := Report{Done: true, Ready: true, Goals: []ReportedGoal{}, Bets: []ReportedBet{}}
	r.Progress, r.Left = p.Packed(longestKept)
	bets := 0
	for _, s := range Course() {
		kept := p.Lessons[s.Name]
		r.Done = r.Done && kept.Done
		bets += len(s.Course.Bets)
		for i, made := range kept.Bets {
			if made.Option != "" {
				b := s.Course.Bets[i]
				r.Bets = append(r.Bets, ReportedBet{s.Name + ".bet-" + strconv.Itoa(i+1), letter(b, made.Option), letter(b, Holding(s, b))})
			}
		}
	}
	worth, all := 0.0, Challenges()
	for _, s := range all {
		solved := true
		for n := range s.Course.Goals {
			id := Task{Challenge: s, N: n}.ID()
			d := p.Challenges[id]
			r.Goals = append(r.Goals, ReportedGoal{id, d.Solved})
			if solved = solved && d.Solved; d.Solved {
				worth += float64(max(leastPoints, fullPoints-d.Hints)) / fullPoints / float64(len(s.Course.Goals))
			}
		}
		r.Done = r.Done && solved
		r.Ready = r.Ready && (solved || !slices.Contains(class.Needed(), s.Name))
	}
	r.Score = int(20*float64(len(r.Bets))/float64(bets) + 80*worth/float64(len(all)) + 0.5)
	b, err := json.Marshal(r)
	if err != nil {
		panic("the page: a report is plain data: " + err.Error())
	}
	return string(b)
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
