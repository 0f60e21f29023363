package page

import "fixlab/lab/defence"

// A Model is everything that the page shows. The lab's run is in the lab's link;
// Page and what belongs to it are in the links of the pages beside the lab.
type Model struct {
	Run
	Page    string      // the page beside the lab that is shown, "" for the lab itself
	Learn   Learn       // the course
	Task    Task        // the challenge that is played
	Seed    string      // of the learner's own incident: neighbours differ
	Hand    Hand        // what the learner plays herself
	Bench   Bench       // the signer bench's
	Matrix  Matrix      // the table of what stops what
	Claims  Claims      // of the two articles
	Explore Exploration // of every combination
	Compare Comparison  // the run beside the lab's
	Because Because     // behind the verdict
	Present Present     // what is shown to a class
	Notes   Notes       // the trainer's second window
	Teach   Teach       // what a trainer prepares
	Audit   any         // a recording of a login of the learner's own, see AuditPage
	Notice  string      // what was wrong, or what just happened; "" when there is nothing to say
	Undo    bool        // going back undoes what Notice tells
	View    View
	Live    string // what the live region says

	again    int    // counts how often an incident was begun anew
	judging  int    // counts what is to be judged of the challenge: only the newest is
	resuming int    // counts what is played ahead: only the newest is
	told     int    // counts what was told: the same once more is news
	unsaid   string // what the live region is about to say
	saying   int    // counts what was said: only the newest is
	beat     int    // counts the player's clocks: only the newest ticks
	workers  int    // how many can run side by side
	alone    bool   // see Settings
	home     Home   // likewise
	embedded bool   // a lesson is shown without what frames it
}

// A View is how the model is looked at. No link keeps it.
type View struct {
	Playing bool
	Gliding bool        // the last thing that moved the cursor was the player or the slider's thumb
	Speed   Speed       // of the player
	Menu    bool        // what else can be done with the page is listed
	Sheet   Sheet       // the details that are shown
	Why     bool        // what stands behind the verdict is open
	Help    bool        // the help is open
	Groups  defence.Set // the switches whose groups are open
	Listing bool        // the server's source is shown in the framework's own language
	Letters bool        // single letters and digits are shortcuts
}

// A Speed is the player's.
type Speed int

// The speeds, slow to fast.
const (
	Half Speed = iota - 1
	Normal
	Double
)

// WhyOpen reports whether what stands behind the verdict is shown.
func (m Model) WhyOpen() bool { return m.View.Why && m.Page == "" }

// tell returns m with a notice that nothing undoes; "" takes it away.
func (m Model) tell(text string) Model {
	m.Notice, m.Undo = text, false
	if text != "" {
		m.told++
	}
	return m
}
