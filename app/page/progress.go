package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fixlab/app/class"
	"fixlab/app/words"
	"fixlab/lab/near"
	"fixlab/lab/server"
)

// ProgressSetting is the one key under which the browser keeps a Progress.
const ProgressSetting = "fixlab/progress"

// unreadSetting is where what could not be read is put aside.
const unreadSetting = ProgressSetting + "/unread"

// progressVersion is written into a Progress.
const progressVersion = 1

// A Progress is what a learner has done. It is kept in the browser, and can be saved
// to a file and loaded from one.
type Progress struct {
	Version    int               `json:"version"`
	Framework  string            `json:"framework,omitempty"` // a profile's ID
	Day        string            `json:"day,omitempty"`       // of the last visit, "2026-01-31"
	Lessons    map[string]Record `json:"lessons,omitempty"`
	Challenges map[string]Done   `json:"challenges,omitempty"` // by Task.ID
	Resets     int               `json:"resets,omitempty"`     // counts how often all was forgotten, or replaced by a file

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
	Where  int    `json:"where,omitempty"` // the step, from 1, at which she said that it is decided; 0 for none
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

// anew returns l with p in the place of all that was done.
func (l Learn) anew(p Progress) Learn {
	p.Resets, p.changes = l.Progress.Resets+1, l.Progress.changes+1
	if l.today != "" {
		p.Day = l.today
	}
	l.Progress = p
	l.Due, l.Asked = nil, false
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

// largestProgress bounds a file of progress, and longestOption the text of an option
// in it, in bytes. mostResets and mostSteps bound numbers in it.
const (
	largestProgress = 64 << 10
	longestOption   = 400
	mostResets      = 1 << 20
	mostSteps       = 1000
)

// ParseProgress reads what String or Packed wrote. What it says of lessons, bets and servers that
// there are not is left out, so that what is kept stays small. An option that a bet no
// longer has is kept: it is what she said. The error says what is wrong, for whoever
// chose the file.
func ParseProgress(text string) (Progress, error) {
	var p Progress
	if len(text) > largestProgress {
		return p, fmt.Errorf("it has more than %d bytes", largestProgress)
	}
	text, err := unpacked(text)
	if err != nil {
		return p, fmt.Errorf("it is cut short, or no progress: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) { // its text quotes a number of any length
			what, _, _ := strings.Cut(wrong.Value, " ")
			err = fmt.Errorf("a %s stands in a wrong place, before byte %d", what, wrong.Offset+1)
		}
		return Progress{}, fmt.Errorf("it is no file of progress: %w", err)
	}
	if p.Version != progressVersion {
		return Progress{}, fmt.Errorf("its version is %d, and this page reads version %d", p.Version, progressVersion)
	}
	if p.Resets < 0 || p.Resets > mostResets { // nobody counted so far
		p.Resets = 0
	}
	if _, ok := server.ByID(p.Framework); !ok {
		p.Framework = ""
	}
	if _, err := time.Parse(time.DateOnly, p.Day); err != nil {
		p.Day = ""
	}
	known := map[string]Record{}
	for _, s := range Course() {
		r, ok := p.Lessons[s.Name]
		if !ok {
			continue
		}
		bets := len(s.Course.Bets)
		r.Bets = r.Bets[:min(len(r.Bets), bets)]
		for i, made := range r.Bets {
			if made.Where < 0 || made.Where > mostSteps {
				r.Bets[i].Where = 0
			}
			if len(made.Option) > longestOption || words.Visible(made.Option) != made.Option {
				return Progress{}, fmt.Errorf("in the lesson %s the option %s cannot be shown", s.Name, near.Quote(made.Option))
			}
		}
		slices.Sort(r.Seen)
		r.Seen = slices.DeleteFunc(slices.Compact(r.Seen), func(n int) bool { return n < 0 || n >= bets })
		known[s.Name] = r
	}
	p.Lessons = known
	if len(p.Challenges) == 0 {
		return p, nil
	}
	done := map[string]Done{}
	for _, id := range class.Goals() {
		d, ok := p.Challenges[id]
		if !ok {
			continue
		}
		if d.Hints < 0 || d.Hints > 3 {
			d.Hints = 0
		}
		if d.Tries < 0 || d.Tries > mostResets {
			d.Tries = 0
		}
		if len(d.Answer) > longestAnswer || words.Visible(d.Answer) != d.Answer {
			return Progress{}, fmt.Errorf("the answer to the challenge %s cannot be shown", id)
		}
		done[id] = d
	}
	p.Challenges = done
	return p, nil
}
