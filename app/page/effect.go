package page

import (
	"time"

	"fixlab/app/survey"
	"fixlab/scenarios"
)

// A Msg is something that the learner, a clock, a worker or the browser did: a
// LabMsg, LearnMsg, BenchMsg, MatrixMsg, ClaimsMsg, ExploreMsg or CompareMsg.
type Msg any

// An Effect is something that the browser does after an Update. It is plain
// data: what is done is decided here, and package view carries it out.
type Effect interface{ effect() }

type (
	// Visit puts a fragment into the address. Back comes back to what was there,
	// unless it replaces that.
	Visit struct {
		Fragment string
		Replace  bool
	}
	// Back goes back one entry in the browser's history.
	Back struct{}
	// After sends a message some time later.
	After struct {
		Wait time.Duration
		Msg  Msg
	}
	// Copy puts a text on the clipboard; Copied, with the same button, says
	// whether that worked.
	Copy struct{ Button, Text string }
	// CopyAddress is Copy for the page's own address.
	CopyAddress struct{ Button string }
	// Keep stores a setting in the browser, for as long as the storage holds.
	Keep struct {
		Storage string // SessionStorage or LocalStorage
		Name    string
		On      bool
	}
	// Store keeps a text in the browser for good.
	Store struct{ Name, Text string }
	// KeepTab keeps a text in the browser, for as long as the tab is open.
	KeepTab struct{ Name, Text string }
	// Post says something to the other windows of the lab; Heard has it there.
	Post string
	// OpenWindow opens a second window of the lab at a fragment; NotesBlocked says that the
	// browser opened none.
	OpenWindow struct{ Fragment string }
	// Hold puts the focus on the element of that id, once the page is drawn, where nothing
	// else has it.
	Hold string
	// TellTime has Beat tell the time, so much later.
	TellTime time.Duration
	// KeepScripts keeps which scripts were seen, for as long as the tab is open.
	KeepScripts string
	// StoreProgress keeps a Progress in the browser for good, as String writes it; Over
	// says with what another tab has written.
	StoreProgress string
	// PrintOut has the browser print what is shown.
	PrintOut struct{}
	// Download gives the learner a text as a file.
	Download struct{ Name, Text string }
	// KeepDraft keeps what is being written into the script and is not played, for as long as
	// the tab is open; "" is nothing.
	KeepDraft string
	// Upload lets the learner choose a file; Uploaded has its text, or Opened that of a script.
	Upload struct{ Script bool }
	// Caret puts the caret of a text field at a byte of its text, once the page is drawn.
	Caret struct {
		ID   string
		Text string
		At   int
	}
	// Focus puts the focus on the element of that id, once the page is drawn.
	Focus struct {
		ID  string
		Top bool // the page is scrolled to its top, and not to the element
	}
	// Reveal scrolls the region of that id, once the page is drawn, so that its
	// current line is in the middle. A focus inside the steps moves to that line.
	Reveal string
	// InView scrolls the page just so far that the element of that id is in view, once the
	// page is drawn.
	InView string
	// Title is the document's.
	Title string
	// Dialog opens or closes the dialog of that id, once the page is drawn.
	Dialog struct {
		ID   string
		Open bool
	}
	// Ask has workers do jobs of one kind, side by side; Answers come in as they
	// have them. What the workers of that kind were doing is cancelled.
	Ask []survey.Job
	// Cancel stops the workers of that kind of job; one waits for the next.
	Cancel string
	// Release terminates the workers of that kind of job.
	Release string
	// Observe plays those cells of the table of what stops what, a few at a time;
	// Observed says what they have come to.
	Observe struct{ From, To int }
	// PlayClaim plays the runs of a claim; ClaimPlayed says what they show.
	PlayClaim struct{ Claim scenarios.Claim }
)

func (Visit) effect()         {}
func (Back) effect()          {}
func (After) effect()         {}
func (Copy) effect()          {}
func (CopyAddress) effect()   {}
func (Keep) effect()          {}
func (Store) effect()         {}
func (StoreProgress) effect() {}
func (PrintOut) effect()      {}
func (Download) effect()      {}
func (Upload) effect()        {}
func (KeepScripts) effect()   {}
func (KeepDraft) effect()     {}
func (Caret) effect()         {}
func (Focus) effect()         {}
func (KeepTab) effect()       {}
func (Post) effect()          {}
func (OpenWindow) effect()    {}
func (Hold) effect()          {}
func (TellTime) effect()      {}
func (Reveal) effect()        {}
func (InView) effect()        {}
func (Title) effect()         {}
func (Dialog) effect()        {}
func (Ask) effect()           {}
func (Cancel) effect()        {}
func (Release) effect()       {}
func (Observe) effect()       {}
func (PlayClaim) effect()     {}

// The browser's storages: one for as long as the tab is open, one for good.
const (
	SessionStorage = "sessionStorage"
	LocalStorage   = "localStorage"
)

// ReopenedSetting says, until the page has started, that Reopen has loaded it.
const ReopenedSetting = "fixlab/1/reopened"

// The names under which settings are stored.
const (
	LettersSetting = "fixlab/1/shortcuts"
	ListingSetting = "fixlab/1/listing"
	SeedSetting    = "fixlab/1/seed" // of the learner's own incident
	DraftSetting   = "fixlab/1/draft"
	ScriptsSetting = "fixlab/1/scripts" // see Hand.Seen
)

// The ids of elements that effects name.
const (
	headingID    = "page-title"
	goalID       = "goal"
	scriptID     = "script"
	paperID      = "script-paper"
	previewID    = "site-preview"
	scriptButton = "script-link"
	verdictID    = "verdict"
	stepsID      = "steps"
	codeID       = "code"
	helpID       = "help"
	toldID       = "answer"
	whyID        = "why"
	shareButton  = "share"
	menuButton   = "more"
)

// An Input is a field of the page as the browser must show it.
type Input struct{ ID, Value string }
