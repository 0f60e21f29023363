package page

import (
	"cmp"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/server/owntest"
	"fixlab/scenarios"
)

// news is what the live region says of l, which followed was, and whether that is news.
func (l Learn) news(was Learn) (says string, is bool) {
	switch {
	case l.Early > was.Early:
		return text.T("bet.first"), true
	case l.answeredAgain(was):
		return l.says(), true
	case l.reframed(was):
		return l.lines(), true
	case l.hushed(was):
		return "", true
	}
	says = l.says()
	return says, says != was.says()
}

// says is what the live region says of the stage and its step.
func (l Learn) says() string {
	if l.Lesson == nil {
		return ""
	}
	if l.Forgets {
		return text.T("progress.again")
	}
	if term, ok := scenarios.Meaning(l.Term); ok {
		return l.Term + ": " + term.Meaning
	}
	switch s := l.At(); s.Kind {
	case AtBet:
		return l.Lesson.Course.Bets[s.N].Ask
	case AtAct:
		return l.told()
	case AtAsk:
		return l.judged()
	case AtStop:
		return l.ran()
	case AtOwn:
		return l.owned()
	}
	return l.Lesson.Course.Take
}

// hushed reports whether all that became of was is that something which was said is
// over: what is left was said before.
func (l Learn) hushed(was Learn) bool {
	return l.sameStage(was) && l.Step == was.Step && l.Told == was.Told && (l.Term == "" && was.Term != "" || !l.Forgets && was.Forgets)
}

// answeredAgain reports whether another thing was pointed at, of which the same is to be
// said.
func (l Learn) answeredAgain(was Learn) bool {
	return l.sameStage(was) && l.Told.Text != "" && l.Picked != was.Picked && l.Told == was.Told
}

// reframed reports whether the code of a question is shown in another server's language.
func (l Learn) reframed(was Learn) bool {
	return l.sameStage(was) && l.At().Kind == AtAsk && l.Progress.Framework != was.Progress.Framework
}

// lines says in whose language the code of a question is shown.
func (l Learn) lines() string {
	t, _, _ := l.InFramework(l.Places()[0].Frame)
	p, _ := server.ByID(t.Scenario.Profile)
	if l.Lesson.Course.Asks[l.At().N].Point.Kind != script.PointCode {
		return p.Plain()
	}
	if chosen, ok := server.ByID(l.Progress.Framework); ok && !l.InTheirs(l.Places()) {
		return text.T("ask.golines", "server", chosen.Plain())
	}
	return text.T("ask.linesin", "n", len(l.Places()), "server", p.Plain())
}

// told is what is said of a step: its caption and what it changed, and after the last
// one the result.
func (l Learn) told() string {
	if l.Step == 0 {
		return text.T("act.begin")
	}
	i := l.Step - 1
	out := []string{text.T("learn.step", "n", l.Step, "of", len(l.Trace.Frames)) + ": " + l.Trace.Label(l.Trace.Frames[i].Step.Caption)}
	out = append(out, changesAt(l.Trace, i)...)
	if l.Ended() {
		word, because := words.Ending(l.Trace.Verdict)
		out = append(out, word+".", because, l.BetTruth())
	}
	return strings.TrimSpace(strings.Join(out, " "))
}

// BetTruth says whether the bet was right that was made on the stage's run, where the run
// tells; else the cards that follow do.
func (l Learn) BetTruth() string {
	b, made := l.Lesson.Course.Bets[l.At().N], l.Made(l.At().N)
	if made.Option == "" || !b.OfOneRun() {
		return ""
	}
	if so := Holding(l.Lesson, b); so != made.Option {
		return text.T("bet.wrong", "option", so)
	}
	return text.T("bet.right")
}

// judged is what is said of a question: the question, and then of each answer whether
// it is right.
func (l Learn) judged() string {
	switch {
	case l.Told.Text == "":
		return l.Lesson.Course.Asks[l.At().N].Ask
	case l.Told.Right:
		return l.Told.Text
	}
	return text.T("ask.notyet") + " " + l.Told.Text
}

// Ask is the question of a stage with cards.
func (l Learn) Ask() string {
	return cmp.Or(l.Lesson.Course.Stops[l.At().N].Ask, text.T("stop.ask"))
}

// CardEnds says how the run of a card ended, in a word, and why.
func CardEnds(c script.Card, t *lab.Trace) (word, why string) {
	word, why = words.Ending(t.Verdict)
	return word, cmp.Or(c.Why, why)
}

// ran is what is said of the cards: the question, and once they were run how each run
// ended, and which of them she had trusted.
func (l Learn) ran() string {
	if l.Stops == nil {
		return l.Ask()
	}
	var out []string
	for i, t := range l.Stops {
		card := l.Lesson.Course.Stops[l.At().N].Cards[i]
		title := card.Title
		if l.Picked == i+1 {
			title = text.T("stop.picked", "title", title)
		}
		word, why := CardEnds(card, t)
		out = append(out, title+": "+word+".", why)
	}
	return strings.Join(out, " ")
}

// owned is what is said of the learner's own framework.
func (l Learn) owned() string {
	p, _ := server.ByID(l.Progress.Framework)
	advice, known := owntest.For(p.ID)
	if !known {
		return text.T("own.ask")
	}
	says := p.Plain() + ". " + text.T("own.rotates") + " "
	if v, ok := OwnLogin(l.Lesson, p.ID); ok {
		word, _ := words.Ending(v)
		return says + text.T("own.hand") + ": " + RotatesWords(advice.Rotates) + ". " + text.T("own.framework") + ": " + word + "."
	}
	return says + RotatesWords(advice.Rotates) + "."
}

// RotatesWords says whether a login makes a new session id.
func RotatesWords(a owntest.Answer) string {
	switch a {
	case owntest.Renews:
		return text.T("own.renews")
	case owntest.NoID:
		return text.T("own.noid")
	}
	return text.T("own.keeps")
}

// key returns what a key stands for in the course. Among the dots all arrows go from
// dot to dot. Elsewhere left and right lead back and on, but for a question: there they
// would leave it unanswered.
func (l Learn) key(press Press) Msg {
	if press.On == "steps" && l.Trace != nil {
		switch press.Key {
		case "ArrowRight", "ArrowDown":
			return ToDot(l.Step + 1)
		case "ArrowLeft", "ArrowUp":
			return ToDot(l.Step - 1)
		case "Home":
			return ToDot(1)
		case "End":
			return ToDot(len(l.Trace.Frames))
		}
		return nil
	}
	if l.At().Kind == AtAsk || press.On != "" && press.On != "way" {
		return nil
	}
	switch press.Key {
	case "ArrowRight":
		return Onward{}
	case "ArrowLeft":
		return Backward{}
	}
	return nil
}

// firstBet reads the bet that was begun, or made, in the first view before the page ran:
// the number of its option, and "/sure" or "/guess" once it was made. Of anything else
// comes nothing.
func firstBet(text string) []LearnMsg {
	option, how, made := strings.Cut(text, "/")
	n, err := strconv.Atoi(option)
	switch {
	case err != nil || strconv.Itoa(n) != option || n < 1 || n > len(Course()[0].Course.Bets[0].Options):
		return nil
	case !made:
		return []LearnMsg{PickOption(n)}
	case how != "sure" && how != "guess":
		return nil
	}
	return []LearnMsg{PickOption(n), Commit(how == "sure")}
}

// recall reads what the browser kept. What cannot be read is put aside, not lost.
func recall(kept string) (Progress, []Effect) {
	if kept == "" {
		return Progress{}, nil
	}
	p, err := ParseProgress(kept)
	if err != nil {
		return Progress{}, []Effect{Store{unreadSetting, kept}}
	}
	return p, nil
}
