package page

import "fixlab/app/survey"

// Because is what stands behind the verdict of one run.
type Because struct {
	Run   string // the link to the run that was asked about
	Found *survey.Why
	Fault string
}

// again returns b without an answer that is an error: it is asked for anew.
func (b Because) again() Because {
	if b.Fault != "" {
		return Because{}
	}
	return b
}

// ask has a worker find out about a run, unless it is about that run already.
func (b Because) ask(j survey.Job) (Because, []Effect) {
	if b.Run == j.For {
		return b, nil
	}
	return Because{Run: j.For}, []Effect{Ask{j}}
}

// take returns b with the answers to its question.
func (b Because) take(list []survey.Answer) Because {
	for _, a := range list {
		switch {
		case a.For != b.Run:
		case a.Kind == "why":
			b.Found = a.Why
		case a.Kind == "error":
			b.Fault = a.Error
		}
	}
	return b
}
