package page

import "fixlab/app/text"

// Where says in which lesson the learner is, and at which of its stages. It tells
// nothing of how a run ends: before the first bet not even the lesson's title, which
// hints at it.
func (l Learn) Where() string {
	if l.First() {
		return l.stageTitle()
	}
	return text.T("learn.where", "title", l.Lesson.Title, "stage", l.stageTitle())
}

// stageTitle names the stage, by its number where the lesson has more of its kind.
func (l Learn) stageTitle() string {
	at, n, of := l.At(), 0, 0
	for i, s := range Stages(l.Lesson) {
		if s.Kind == at.Kind {
			if of++; i <= l.Stage {
				n++
			}
		}
	}
	title := l.stageName()
	if of > 1 {
		title = text.T("stage.one", "stage", title, "n", n, "of", of)
	}
	return title
}

func (l Learn) stageName() string {
	switch l.At().Kind {
	case AtBet:
		return text.T("bet.yours")
	case AtAct:
		if l.Ended() {
			return text.T("stage.result")
		}
		return text.T("stage.act")
	case AtAsk:
		return text.T("stage.ask." + l.Lesson.Course.Asks[l.At().N].Point.Kind.String())
	case AtStop:
		return text.T("stage.stop")
	case AtOwn:
		return text.T("stage.own")
	}
	return text.T("card.take")
}

// SplitAsk cuts a bet's text into its story and its last sentence, the question.
func SplitAsk(ask string) (story, question string) {
	for i := len(ask) - 2; i > 0; i-- {
		if ask[i] == ' ' && (ask[i-1] == '.' || ask[i-1] == '?' || ask[i-1] == ':') {
			return ask[:i], ask[i+1:]
		}
	}
	return "", ask
}
