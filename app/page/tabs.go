package page

import (
	"cmp"
	"maps"
	"slices"

	"fixlab/app/text"
)

// Two tabs keep one Progress. Each writes it together with what it finds there, and
// takes over what the other writes.

// Elsewhere is what the browser keeps of the progress after another tab wrote it.
type Elsewhere string

func (e Elsewhere) lab(m Model) Model {
	kept, err := ParseProgress(string(e))
	if err != nil {
		return m
	}
	was := m.Learn.Progress
	now := kept.with(was)
	if now.changes = was.changes; now.String() != kept.String() { // they lack something
		now.changes++
	}
	m.Learn.Progress = now
	if m.Learn.Lesson != nil && now.Framework != was.Framework {
		m.Learn = m.Learn.repointed()
	}
	if now.Resets == was.Resets {
		return m
	}
	m.Learn.Due, m.Learn.Asked = nil, false // of lessons that nothing is kept of
	if m.Learn.Lesson != nil {
		m.Learn = m.Learn.at(0)
	}
	return m.tell(text.T("progress.elsewhere"))
}

// What cannot be read is put aside: the next change is written over it.
func (e Elsewhere) does() []Effect {
	_, aside := recall(string(e))
	return aside
}

// Over returns what is to be kept in the place of what is kept now.
func (s StoreProgress) Over(kept string) string {
	mine, err := ParseProgress(string(s))
	if err != nil {
		return string(s)
	}
	theirs, err := ParseProgress(kept)
	if err != nil {
		return string(s)
	}
	return mine.with(theirs).String()
}

// with returns all that was bet, seen or done in p or in o. Where they contradict each
// other p is right. After all was forgotten, or replaced by a file, only what came then
// counts.
func (p Progress) with(o Progress) Progress {
	switch {
	case p.Resets > o.Resets:
		return p
	case p.Resets < o.Resets:
		return o
	}
	p.Day = cmp.Or(p.Day, o.Day)
	both := maps.Clone(o.Lessons)
	if both == nil {
		both = map[string]Record{}
	}
	for name, r := range p.Lessons {
		both[name] = r.with(both[name])
	}
	p.Lessons = both
	for id, d := range o.Challenges {
		if mine := p.Challenges[id]; d.Solved && !mine.Solved || d.Solved == mine.Solved && d.Tries > mine.Tries {
			p.Challenges = maps.Clone(p.Challenges)
			if p.Challenges == nil {
				p.Challenges = map[string]Done{}
			}
			p.Challenges[id] = d
		}
	}
	return p
}

func (r Record) with(o Record) Record {
	bets := slices.Clone(r.Bets)
	for i, made := range o.Bets {
		switch {
		case i >= len(bets):
			bets = append(bets, made)
		case bets[i].Option == "":
			bets[i] = made
		}
	}
	seen := slices.Concat(r.Seen, o.Seen)
	slices.Sort(seen)
	return Record{Bets: bets, Seen: slices.Compact(seen), Done: r.Done || o.Done}
}
