//go:build !slim

package page

import (
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
)

var auditPage = Page{
	Name: AuditPage,
	link: nothing, read: readNothing,
	say:     func(m Model) string { return AuditOf(m).said },
	effects: auditEffects,
	inputs:  func(m Model) []Input { return AuditOf(m).inputs() },
	carries: carried,
	copies: func(m Model, button string) Model {
		a := AuditOf(m)
		a.Copied = button
		a.said = text.T("audit.copied-says")
		return a.into(m)
	},
}

// AuditOf is m's recording.
func AuditOf(m Model) Audit {
	a, _ := m.Audit.(Audit)
	return a
}

func (a Audit) into(m Model) Model { m.Audit = a; return m }

// An Audit is a recording of somebody's own login and what it shows. It is kept as long as
// the page is open and nowhere else: no link, no storage, no other window has it.
type Audit struct {
	Stage  AuditStage
	Source string          // the name of the file that was chosen last, "" for a text that was pasted
	Size   int             // of it, in bytes; of a text in UTF-16 units
	Read   int             // how much of it was read so far
	Fault  string          // why nothing was read, a sentence
	Found  *audit.Observed // what the recording shows; nil for none
	Name   string          // what the recording is called
	Doc    *Contract       // what a document of OpenAPI says; nil for none
	Again  bool            // another recording is to be chosen, while that is still shown
	Copied string          // the button that copied last

	rec    audit.Recording
	opt    audit.Options
	values []audit.Value // that the report shows masked
	shown  int           // the one among them that is not masked, from 1; 0 is none
	n      int           // counts what was to be read: only the newest is
	said   string
}

// An AuditStage is how far a recording is.
type AuditStage int

// The stages.
const (
	AuditEmpty   AuditStage = iota // there is none
	AuditReading                   // it is read
	AuditRead                      // Found or Doc is there
)

// Turn counts what was to be read: what is left over from before counts for nothing.
func (a Audit) Turn() int { return a.n }

type (
	// OpenRecording says that a recording was chosen. The browser has it; the page's worker
	// reads it.
	OpenRecording struct {
		Source string // as Audit has it
		Size   int
	}
	// RecordingRead says how much of it was read, in bytes.
	RecordingRead struct{ Turn, Read int }
	// RecordingText is what was read, as record.Read takes it.
	RecordingText struct {
		Turn int
		Text string
	}
	// DocumentText is what was read, a document of OpenAPI in JSON.
	DocumentText struct {
		Turn int
		Text string
	}
	// RecordingFault says why it cannot be read.
	RecordingFault struct {
		Turn int
		Why  string
	}
	CancelRecording  struct{}
	ForgetRecording  struct{} // all of it
	AnotherRecording bool     // the form is shown beside the report, or not any more
	PickLogin        int      // that exchange is the login; -1: as guessed
	PickPrivate      string   // the page at that path is private; a value of Privates
	ShowValue        int      // that value of Values, from 1, is shown, and no other; 0 for none
)

func (msg OpenRecording) audit(m Model) Model    { return msg.change(AuditOf(m)).into(m) }
func (msg RecordingRead) audit(m Model) Model    { return msg.change(AuditOf(m)).into(m) }
func (msg RecordingText) audit(m Model) Model    { return msg.change(AuditOf(m)).into(m) }
func (msg DocumentText) audit(m Model) Model     { return msg.change(AuditOf(m)).into(m) }
func (msg RecordingFault) audit(m Model) Model   { return msg.change(AuditOf(m)).into(m) }
func (msg CancelRecording) audit(m Model) Model  { return msg.change(AuditOf(m)).into(m) }
func (msg ForgetRecording) audit(m Model) Model  { return msg.change(AuditOf(m)).into(m) }
func (msg AnotherRecording) audit(m Model) Model { return msg.change(AuditOf(m)).into(m) }
func (msg PickLogin) audit(m Model) Model        { return msg.change(AuditOf(m)).into(m) }
func (msg PickPrivate) audit(m Model) Model      { return msg.change(AuditOf(m)).into(m) }
func (msg ShowValue) audit(m Model) Model        { return msg.change(AuditOf(m)).into(m) }

// idle is the stage when nothing is read any more.
func (a Audit) idle() AuditStage {
	if a.Found != nil || a.Doc != nil {
		return AuditRead
	}
	return AuditEmpty
}

// fail returns a with what went wrong. What was shown before stays.
func (a Audit) fail(why string) Audit {
	a.Fault, a.said = why, why
	a.Stage, a.Again = a.idle(), true
	return a
}

// Form reports whether a recording can be chosen.
func (a Audit) Form() bool {
	return a.Stage != AuditReading && (a.Found == nil && a.Doc == nil || a.Again)
}

// What names the recording.
func (a Audit) What() string {
	if a.Source == "" {
		return text.T("audit.pasted")
	}
	return words.Visible(clip(a.Source, 80))
}

// clip shortens a text of somebody else's to n characters.
func clip(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
