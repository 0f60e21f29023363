//go:build !slim

package page

import (
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
	"fixlab/lab/audit/record"
)

func (o OpenRecording) change(a Audit) Audit {
	a.n++
	a.Source, a.Fault = o.Source, ""
	a.Size, a.Read = o.Size, 0
	if a.Stage = a.idle(); o.Size > record.MaxText {
		return a.fail(text.T("audit.too-large", "mb", (o.Size+1<<20-1)>>20, "most", record.MaxText>>20))
	}
	if o.Size == 0 {
		return a.fail(text.T("audit.nothing", "what", a.What()))
	}
	a.Stage = AuditReading
	a.said = text.T("audit.reading", "what", a.What())
	return a
}

func (r RecordingRead) change(a Audit) Audit {
	if r.Turn == a.n && a.Stage == AuditReading {
		a.Read = min(r.Read, a.Size)
	}
	return a
}

func (r RecordingText) change(a Audit) Audit {
	if r.Turn != a.n || a.Stage != AuditReading {
		return a
	}
	if isYAML(r.Text) {
		return a.fail(text.T("audit.yaml", "what", a.What()))
	}
	rec, err := record.Read(r.Text)
	if err != nil {
		return a.fail(text.T("audit.unreadable", "what", a.What(), "why", words.Visible(err.Error())))
	}
	a.rec, a.opt, a.Again, a.Name = rec, audit.Options{Login: -1}, false, a.What()
	return a.observe()
}

func (r RecordingFault) change(a Audit) Audit {
	if r.Turn != a.n || a.Stage != AuditReading {
		return a
	}
	return a.fail(text.T("audit.unreadable", "what", a.What(), "why", words.Visible(r.Why)))
}

func (CancelRecording) change(a Audit) Audit {
	if a.Stage == AuditReading {
		a.n++
		a.Stage = a.idle()
		a.said = text.T("audit.cancelled")
	}
	return a
}

func (ForgetRecording) change(a Audit) Audit {
	return Audit{n: a.n + 1, said: text.T("audit.forgotten")}
}

func (f AnotherRecording) change(a Audit) Audit {
	a.Again, a.Fault = bool(f), "" // what went wrong was with a recording before
	return a
}

func (p PickLogin) change(a Audit) Audit {
	if a.Stage == AuditRead && int(p) >= -1 && int(p) < len(a.rec.Exchanges) {
		a.opt.Login = int(p)
		return a.observe()
	}
	return a
}

func (p PickPrivate) change(a Audit) Audit {
	if a.Stage == AuditRead {
		if a.opt.Private = string(p); p == noPath {
			a.opt.Private = ""
		}
		return a.observe()
	}
	return a
}

func (s ShowValue) change(a Audit) Audit {
	was := a.shown
	if a.shown = 0; s > 0 && int(s) <= len(a.values) {
		a.shown = int(s)
	}
	switch {
	case a.shown > 0:
		a.said = text.T("audit.shown", "value", a.valueName(a.shown))
	case was > 0:
		a.said = text.T("audit.hidden", "value", a.valueName(was))
	}
	return a
}

// observe returns a with what its recording shows.
func (a Audit) observe() Audit {
	found, values := audit.Unmasked(a.rec, a.opt)
	a.Stage, a.Found, a.values, a.shown = AuditRead, &found, values, 0
	a.said = a.Title() + ". " + readAloud(found.Says)
	return a
}
