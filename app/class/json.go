package class

import (
	"encoding/json"
	"fmt"
	"strconv"
)

func number(n int) string { return strconv.Itoa(n) }

func twoDigits(n int) string { return fmt.Sprintf("%02d", n) }

// The JSON of what was read.
type (
	evidenceFile struct {
		Schema   string        `json:"schema"`
		Class    string        `json:"class"`
		ClassID  string        `json:"class_id"`
		Content  string        `json:"content"`
		PassMark int           `json:"pass_mark"`
		Needed   []string      `json:"needed"`
		Learners []learnerJSON `json:"learners"`
	}
	learnerJSON struct {
		Learner     string     `json:"learner"`
		Day         string     `json:"day,omitempty"`
		ClassID     string     `json:"class_id,omitempty"`
		Content     string     `json:"content,omitempty"`
		Verified    string     `json:"verified"`
		Duplicate   string     `json:"duplicate,omitempty"` // as of CSV
		Score       *int       `json:"score,omitempty"`
		Status      string     `json:"status,omitempty"`
		Predictions []betJSON  `json:"predictions,omitempty"`
		Goals       []goalJSON `json:"goals,omitempty"`
		Code        string     `json:"code"`
	}
	betJSON struct {
		Lesson string `json:"lesson"`
		Ask    string `json:"ask"`
		Option string `json:"option"`
		Sure   bool   `json:"sure"`
		Right  bool   `json:"right"`
	}
	goalJSON struct {
		Goal   string   `json:"goal"`
		Status string   `json:"status"`
		Hints  int      `json:"hints"`
		Tries  int      `json:"tries"`
		Why    string   `json:"why,omitempty"` // it could not be played
		Win    *winJSON `json:"configuration,omitempty"`
	}
	winJSON struct {
		Script   string      `json:"script,omitempty"`
		Switches string      `json:"switches,omitempty"`
		Points   []int       `json:"points,omitempty"` // which of the candidates, from 1
		Patch    string      `json:"patch,omitempty"`
		Seed     string      `json:"seed,omitempty"`
		Revoked  []string    `json:"revoked,omitempty"`
		Claims   []claimJSON `json:"claims,omitempty"`
	}
	claimJSON struct {
		True bool   `json:"true"`
		Run  string `json:"run"`
	}
)

// JSON returns all that was read of a class, with the configurations that won.
func JSON(all []Evidence, l Link) string {
	f := evidenceFile{Schema, l.Class, hex4(l.key().id), Content(), PassMark, Needed(), []learnerJSON{}}
	for _, e := range all {
		f.Learners = append(f.Learners, e.json())
	}
	return indented(f)
}

func indented(v any) string {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic("class: evidence is plain data: " + err.Error())
	}
	return string(b) + "\n"
}

func (e Evidence) json() learnerJSON {
	j := learnerJSON{Learner: e.Name, Day: e.Day, ClassID: e.Class, Content: e.Content, Verified: e.State.String(), Duplicate: e.repeats(), Status: e.verdict(), Code: e.Code}
	if !e.Counted() {
		return j
	}
	score := e.Score()
	j.Score = &score
	for i, w := range course().bets {
		if b := w.of(e.Work); b.Option != "" {
			bet := w.bet()
			j.Predictions = append(j.Predictions, betJSON{w.lesson.Name, bet.Ask, b.Option, b.Sure, b.Option == bet.Options[rights()[i]].Text})
		}
	}
	for _, r := range e.Results {
		if r.Status == Untouched {
			continue
		}
		g := goalJSON{Goal: r.ID, Status: r.Status.String(), Hints: r.Goal.Hints, Tries: r.Goal.Tries, Win: r.Goal.Win.json()}
		if r.Err != nil {
			g.Why = r.Err.Error()
		}
		j.Goals = append(j.Goals, g)
	}
	return j
}

func (w Win) json() *winJSON {
	if w.empty() {
		return nil
	}
	j := winJSON{Script: w.Script, Points: w.Points, Patch: w.Patch, Seed: w.Seed, Revoked: w.Revoked}
	if w.On != nil {
		j.Switches = w.On.String()
	}
	for _, c := range w.Claims {
		j.Claims = append(j.Claims, claimJSON{c.True, c.Row})
	}
	return &j
}
