package page

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fixlab/scenarios/plans"
)

// PresentSetting is where a browser keeps what a class has voted and seen, for as long as the
// tab is open.
const PresentSetting = "fixlab/1/present"

// Bounds of what is read from a storage or another window: bytes, lines, a key's bytes, votes
// for an option, seconds of a clock.
const (
	longestWall = 32 << 10
	mostKept    = 400
	longestKey  = 80
	mostVotes   = 999
	mostSeconds = 1 << 40
)

// A Clock is a trainer's: it runs since a second of the browser's clock, and has run before.
type Clock struct {
	Since int64 // 0 while it stands
	Spent int64 // seconds
}

// At returns the seconds that it shows.
func (c Clock) At(now int64) int64 {
	if c.Since == 0 {
		return c.Spent
	}
	return c.Spent + max(0, now-c.Since)
}

// toggled returns c started, or stopped.
func (c Clock) toggled(now int64) Clock {
	if c.Since == 0 {
		return Clock{now, c.Spent}
	}
	return Clock{0, c.At(now)}
}

// keeps writes all of p that a link does not, a line each.
func (p Present) keeps() string {
	var b strings.Builder
	line := func(words ...any) { fmt.Fprintln(&b, words...) }
	if p.id != "" {
		line("id", p.id)
	}
	if p.Blank {
		line("blank")
	}
	if p.Clock != (Clock{}) {
		line("clock", p.Clock.Since, p.Clock.Spent)
	}
	if p.now.on != "" {
		line("item", p.now.on, p.now.item, p.now.since)
	}
	for _, key := range slices.Sorted(maps.Keys(p.shown)) {
		if p.shown[key] {
			line("shown", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(p.counts)) {
		if n := p.counts[key]; Voted(n) {
			line("votes", key, strings.Trim(fmt.Sprint(n), "[]"))
		}
	}
	return b.String()
}

// recalled reads what the browser kept, once.
func (p Present) recalled() Present {
	kept := p.kept
	if p.kept = ""; kept != "" {
		p = p.with(kept)
	}
	return p
}

// with returns p with what keeps wrote in the place of what it has. Lines that it cannot
// read count for nothing.
func (p Present) with(kept string) Present {
	if len(kept) > longestWall {
		return p
	}
	p.Blank, p.Clock, p.now, p.shown, p.counts = false, Clock{}, now{}, map[string]bool{}, map[string][]int{}
	n := 0
	for line := range strings.Lines(kept) {
		word := strings.Fields(line)
		if n++; n > mostKept || len(word) == 0 || len(word) > 1 && len(word[1]) > longestKey {
			continue
		}
		switch word[0] {
		case "id":
			if len(word) == 2 && isID(word[1]) {
				p.id = word[1]
			}
		case "blank":
			p.Blank = true
		case "clock":
			if at, ok := numbers(word[1:], 0, mostSeconds); ok && len(at) == 2 {
				p.Clock = Clock{int64(at[0]), int64(at[1])}
			}
		case "item":
			if at, ok := numbers(word[min(2, len(word)):], 0, mostSeconds); ok && len(at) == 2 && isKey(word[1]) {
				p.now = now{min(at[0], plans.MostItems-1), int64(at[1]), word[1]}
			}
		case "shown":
			if len(word) == 2 && isKey(word[1]) {
				p.shown[word[1]] = true
			}
		case "votes":
			if len(word) >= 4 && len(word) <= 5 && isKey(word[1]) {
				if votes, ok := numbers(word[2:], 0, mostVotes); ok {
					p.counts[word[1]] = votes
				}
			}
		}
	}
	return p
}

// numbers reads words that are all numbers within bounds.
func numbers(words []string, least, most int) (out []int, ok bool) {
	for _, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil || n < least || n > most {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func isKey(key string) bool {
	return strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-/") == ""
}

// isID reports whether a text may be the name of a wall, as dom.Random makes them.
func isID(id string) bool {
	return id != "" && len(id) <= longestKey && strings.Trim(id, "0123456789-") == ""
}

// anew returns p without votes, and with nothing revealed.
func (p Present) anew() Present {
	p.Before = p.keeps()
	p.shown, p.counts = nil, nil
	return p
}

// ended returns p for the next class, without what the one before has voted and seen. Nothing
// brings that back.
func (p Present) ended() Present {
	p.shown, p.counts, p.Before = nil, nil, ""
	return p
}

// undone takes anew back; what runs meanwhile runs on.
func (p Present) undone() Present {
	if p.Before == "" {
		return p
	}
	old := p.with(p.Before)
	p.shown, p.counts, p.Before = old.shown, old.counts, ""
	return p
}

// vote returns p with n votes for an option of the slide, from 0.
func (p Present) vote(option, n int) Present {
	s := p.Slide()
	if !s.Votes() || option < 0 || option >= len(p.Options()) {
		return p
	}
	counts := p.counted(s)
	counts[option] = max(0, min(n, mostVotes))
	if p.counts = maps.Clone(p.counts); p.counts == nil {
		p.counts = map[string][]int{}
	}
	p.counts[p.key(s)] = counts
	p.voted++
	p.Before = ""
	return p
}

// VoteField returns the id of the field with the votes for an option, from 0.
func VoteField(option int) string { return "vote-" + strconv.Itoa(option+1) }

// presentInputs are the fields of the votes.
func presentInputs(m Model) (out []Input) {
	p := m.Present
	if len(p.Slides) == 0 {
		return nil
	}
	if p.Slide().Votes() {
		now, _ := p.Counts()
		for i, n := range now {
			out = append(out, Input{VoteField(i), strconv.Itoa(n)})
		}
	}
	return append(out, Input{"framework", cmp.Or(m.Learn.Progress.Framework, NoFramework)})
}
