package page

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// ProgressSetting is the one key under which the browser keeps a Progress.
const ProgressSetting = "fixlab/progress"

// progressVersion is written into a Progress.
const progressVersion = 1

// A Progress is what a learner has done. It is kept in the browser, and can be saved
// to a file and loaded from one.
type Progress struct {
	Version   int               `json:"version"`
	Framework string            `json:"framework,omitempty"` // a profile's ID
	Day       string            `json:"day,omitempty"`       // of the last visit, "2026-01-31"
	Lessons   map[string]Record `json:"lessons,omitempty"`

	changes int // counts them
}

// A Record is what was done in one lesson.
type Record struct {
	Bets []Made `json:"bets,omitempty"` // one for each bet up to the last that was made
	Seen []int  `json:"seen,omitempty"` // bets whose runs were seen to the end
	Done bool   `json:"done,omitempty"` // the card was reached
}

// A Made is a bet that was made.
type Made struct {
	Option string `json:"option"` // its text: a lesson may change; "" for none
	Sure   bool   `json:"sure,omitempty"`
}

// keep returns l with the lesson's record changed. Nobody else's is.
func (l Learn) keep(change func(*Record)) Learn {
	r := l.Progress.Lessons[l.Lesson.Name]
	r.Bets, r.Seen = slices.Clone(r.Bets), slices.Clone(r.Seen)
	change(&r)
	l.Progress.Lessons = maps.Clone(l.Progress.Lessons)
	if l.Progress.Lessons == nil {
		l.Progress.Lessons = map[string]Record{}
	}
	l.Progress.Lessons[l.Lesson.Name] = r
	if l.today != "" {
		l.Progress.Day = l.today
	}
	l.Progress.changes++
	return l
}

// String writes p as ParseProgress reads it.
func (p Progress) String() string {
	p.Version = progressVersion
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		panic("the page: progress is plain data: " + err.Error())
	}
	return string(b) + "\n"
}

// largestProgress bounds a file of progress, in bytes.
const largestProgress = 64 << 10

// ParseProgress reads what String wrote. The error says what is wrong, for whoever
// chose the file.
func ParseProgress(text string) (Progress, error) {
	var p Progress
	if len(text) > largestProgress {
		return p, fmt.Errorf("it has %d bytes, and progress at most %d", len(text), largestProgress)
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return Progress{}, fmt.Errorf("it is no file of progress: %w", err)
	}
	if p.Version != progressVersion {
		return Progress{}, fmt.Errorf("its version is %d, and this page reads version %d", p.Version, progressVersion)
	}
	return p, nil
}
