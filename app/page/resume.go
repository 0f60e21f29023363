package page

import "slices"

// A Due is a question from before, for who comes back on another day.
type Due struct {
	Lesson string
	Stage  int
}

// mostDue is how many of them are asked.
const mostDue = 2

// resume returns l as it begins today: where she left, after a question or two of
// lessons that she went through on another day. Who has begun to bet is at that bet, the
// first of all.
func (l Learn) resume(idle bool) Learn {
	last := l.Progress.Day
	if l.today != "" && last != l.today && len(l.Progress.Lessons) > 0 {
		l.Progress.Day = l.today
		l.Progress.changes++
	}
	if !idle {
		return l.open(Course()[0])
	}
	if last != "" && last < l.today {
		l.Due = l.dues()
	}
	return l.due()
}

// dues returns a question of each of the lessons that were gone through last.
func (l Learn) dues() []Due {
	var out []Due
	for _, s := range slices.Backward(Course()) {
		if !l.Progress.Lessons[s.Name].Done {
			continue
		}
		if i := slices.IndexFunc(Stages(s), func(s Stage) bool { return s.Kind == AtAsk }); i >= 0 && len(out) < mostDue {
			out = append(out, Due{s.Name, i})
		}
	}
	return out
}

// due returns l at the next question from before, and after the last one at the first
// lesson that she has not gone through.
func (l Learn) due() Learn {
	all := Course()
	if len(l.Due) > 0 {
		d := l.Due[0]
		l.Due, l.Asked = l.Due[1:], true
		for _, s := range all {
			if s.Name == d.Lesson {
				l.Lesson = s
			}
		}
		return l.at(d.Stage)
	}
	l.Asked = false
	for _, s := range all {
		if !l.Progress.Lessons[s.Name].Done {
			return l.open(s)
		}
	}
	return l.open(all[0])
}
