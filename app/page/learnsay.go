package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/event"
)

// says is what the live region says of the stage and its step.
func (l Learn) says() string {
	if l.Lesson == nil {
		return ""
	}
	switch s := l.At(); s.Kind {
	case AtBet:
		return l.Lesson.Course.Bets[s.N].Ask
	case AtAct:
		return l.told()
	case AtAsk:
		return strings.TrimSpace(l.Lesson.Course.Asks[s.N].Ask + " " + l.Told.Text)
	case AtStop:
		if l.Stops == nil {
			return text.T("stop.ask")
		}
		var out []string
		for i, t := range l.Stops {
			word, _ := words.OutcomeWords(t.Verdict.Outcome)
			out = append(out, l.Lesson.Course.Stops[i].Title+": "+strings.ToLower(word)+".")
		}
		return strings.Join(out, " ")
	}
	if l.At().Kind == AtOwn {
		return text.T("own.ask")
	}
	return l.Lesson.Course.Take
}

// told is what is said of a step: its caption, and after the last one the result.
func (l Learn) told() string {
	if l.Step == 0 {
		return text.T("act.begin")
	}
	say := text.T("learn.step", "n", l.Step, "of", len(l.Trace.Frames)) + ": " + l.Trace.Frames[l.Step-1].Step.Caption
	if l.Ended() {
		word, sentence := words.OutcomeWords(l.Trace.Verdict.Outcome)
		say += " " + word + ". " + sentence
	}
	return l.Trace.Label(say)
}

// key returns what a key stands for in the course.
func (l Learn) key(press Press) Msg {
	switch press.Key {
	case "ArrowRight":
		if press.On == "" || press.On == "steps" || press.On == "button" {
			return Onward{}
		}
	case "ArrowLeft":
		if press.On == "" || press.On == "steps" || press.On == "button" {
			return Backward{}
		}
	}
	return nil
}

// bet returns m with the bet that was begun, or made, before the page ran: the number
// of its option, and "/sure" or "/guess" once it was made.
func (m Model) bet(begun string) Model {
	option, how, made := strings.Cut(begun, "/")
	if m.Page != "learn" || m.Learn.At().Kind != AtBet || len(option) != 1 || option[0] < '1' || option[0] > '9' {
		return m
	}
	m.Learn = PickOption(option[0] - '0').learn(m.Learn)
	if made {
		m.Learn = Commit(how == "sure").learn(m.Learn)
	}
	return m
}

// recall reads what the browser kept. What cannot be read is put aside, not lost.
func recall(kept string) (Progress, []Effect) {
	if kept == "" {
		return Progress{}, nil
	}
	p, err := ParseProgress(kept)
	if err != nil {
		return Progress{}, []Effect{Store{ProgressSetting + "/unread", kept}}
	}
	return p, nil
}

// learnFocus returns the id of the element that the focus goes to after msg: the way
// on, the result when it is there, and the heading of another stage.
func (m Model) learnFocus(was Model, msg Msg) string {
	if m.Page != "learn" || was.Page != "learn" {
		return ""
	}
	switch l := m.Learn; {
	case !l.sameStage(was.Learn):
		return headingID
	case was.Learn.Menu && !l.Menu:
		return lessonsID
	case l.Step == was.Learn.Step || l.At().Kind != AtAct:
		return ""
	case l.Ended():
		return verdictID
	default:
		if _, back := msg.(Backward); back {
			return "back"
		}
		if _, on := msg.(Onward); on {
			return l.wayOn()
		}
	}
	return ""
}

// wayOn returns the id of the button that takes the next step: Mallory's are hers.
func (l Learn) wayOn() string {
	if l.Trace.Frames[l.Step].Step.Who == event.Mallory {
		return "act"
	}
	return "next"
}
