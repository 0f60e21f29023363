package page

// A Sheet is the details that stand in the place of the browsers.
type Sheet string

// The sheets; NoSheet shows the browsers.
const (
	NoSheet       Sheet = ""
	Messages      Sheet = "http"
	MalloryInside Sheet = "mallory" // her cookies, and what she knows
	AliceInside   Sheet = "alice"
	ServerInside  Sheet = "server"
	Ending        Sheet = "result"
	AllDefences   Sheet = "defences"
	GoalSheet     Sheet = "goal"  // of a challenge
	Arrangement   Sheet = "setup" // what the lesson is played with
)

// sheetTitle is the id of a sheet's heading; openers are those of the buttons that
// open one.
const sheetTitle = "sheet-title"

var openers = map[Sheet]string{
	Messages: "show-http", MalloryInside: "show-mallory", AliceInside: "show-alice", ServerInside: "show-server",
	Ending: "show-result", AllDefences: "show-defences", Arrangement: "show-setup", GoalSheet: "show-goal",
}

// Opener returns the id of the button that opens the sheet.
func (s Sheet) Opener() string { return openers[s] }

// A Show opens a sheet, or closes it when it is open.
type Show Sheet

func (s Show) lab(m Model) Model {
	if m.View.Sheet == Sheet(s) {
		s = Show(NoSheet)
	}
	m.View.Sheet = Sheet(s)
	m.View.Playing = false
	return m
}

// A Menu opens or closes what else can be done with the page.
type Menu bool

func (o Menu) lab(m Model) Model { m.View.Menu = bool(o); return m }

// sheetFocus says where the focus goes as a sheet or the menu opens or closes, "" for
// nowhere.
func (m Model) sheetFocus(was Model) string {
	switch {
	case m.Page != was.Page:
	case was.View.Menu && !m.View.Menu:
		return menuButton
	case m.Page != "":
	case m.View.Sheet != was.View.Sheet && m.View.Sheet != NoSheet:
		return sheetTitle
	case m.View.Sheet != was.View.Sheet && m.Step == was.Step:
		return was.View.Sheet.Opener()
	}
	return ""
}
