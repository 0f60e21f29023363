//go:build !slim

package page

// Effects of the page. The text that was pasted and the file are the browser's: the page
// never has them.
type (
	// ReadRecording has a worker read the recording that was chosen last.
	ReadRecording struct{ Turn int }
	// DropRecording stops that. With Fields the browser's fields are emptied too.
	DropRecording struct{ Fields bool }
)

func (ReadRecording) effect() {}
func (DropRecording) effect() {}

func auditEffects(m, was Model, msg Msg) (out []Effect) {
	now, old := AuditOf(m), AuditOf(was)
	switch msg.(type) {
	case OpenRecording:
		if now.Stage == AuditReading {
			return []Effect{ReadRecording{now.n}, Focus{ID: auditCancel}}
		}
		return []Effect{DropRecording{}, Focus{ID: auditFault}}
	case RecordingText, RecordingFault, DocumentText:
		if old.Stage != AuditReading || now.Stage == AuditReading {
			return nil
		}
		if now.Fault != "" {
			return []Effect{DropRecording{}, Focus{ID: auditFault}}
		}
		if _, document := msg.(DocumentText); document {
			return []Effect{DropRecording{}, Focus{ID: contractTitle}}
		}
		return []Effect{DropRecording{}, Focus{auditResult, true}}
	case CancelRecording:
		return []Effect{DropRecording{}, Focus{ID: auditFile}}
	case ForgetRecording:
		return []Effect{DropRecording{true}, Focus{headingID, true}}
	case AnotherRecording:
		if now.Again {
			return []Effect{Focus{ID: auditFile}}
		}
		return []Effect{Focus{ID: auditAgain}}
	}
	return nil
}

// The ids of elements that effects and tests name.
const (
	auditFile     = "audit-file"
	auditAgain    = "audit-again"
	auditCancel   = "audit-cancel"
	auditFault    = "audit-fault"
	auditResult   = "audit-result"
	contractTitle = "contract-title"
)
