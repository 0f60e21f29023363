package page

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/near"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A Model is everything that the page shows. Scenario with its setup, Defences
// and Step are in the lab's link; Trace follows from the first two. Page and
// what belongs to it are in the links of the pages beside the lab.
type Model struct {
	Scenario *script.Scenario // as it is played
	Own      script.Setup     // the lesson's, when nothing else is picked
	Defences defence.Set
	Step     int // an index of Trace.Frames
	Trace    *lab.Trace
	Page     string        // the page beside the lab that is shown, "" for the lab itself
	Bench    Bench         // the signer bench's
	Observed []Observation // of the table of what stops what, as far as it is played
	Claims   Claims        // of the two articles
	Because  Because       // behind the verdict
	Explore  Exploration   // of every combination
	Compare  Comparison    // the run beside the lab's
	Notice   string        // what was wrong, or what just happened; "" when there is nothing to say
	Undo     bool          // going back undoes what Notice tells
	Live     string        // what the live region says
	View     View

	saying    int // counts what was said: only the newest is
	observing int // how many cells the page was asked to play
	workers   int // how many can run side by side
	beat      int // counts the player's clocks: only the newest ticks
}

// A View is how the model is looked at. No link keeps it.
type View struct {
	Playing   bool
	Gliding   bool  // the last thing that moved the cursor was the player or the slider's thumb
	Speed     Speed // of the player
	Projector bool
	Blank     bool
	HTTP      bool        // the messages are open
	Why       bool        // what stands behind the verdict is open
	Switches  bool        // the switches are open, where the screen is too small for them
	Setup     bool        // the setup is open, where the screen is too small for it
	Lane      words.Lane  // the panel picked by hand, where there is room for one
	Picked    bool        // Lane was picked; otherwise the panel follows the actor
	Help      bool        // the help is open
	Listing   bool        // the server's source is shown in the framework's own language
	Groups    defence.Set // the switches whose groups are open
	Letters   bool        // single letters and digits are shortcuts
}

// Settings are what the browser remembers of an earlier visit, and what it can do.
type Settings struct {
	Projector, Letters, Listing bool
	Workers                     int // that can run side by side
}

// Start returns the model of the page as it comes up with that fragment in the
// address, and what the browser is to do at first.
func Start(fragment string, s Settings) (Model, []Effect) {
	m := ParseFragment(fragment)
	m.View.Projector, m.View.Letters, m.View.Listing = s.Projector, s.Letters, s.Listing
	m.View.Groups = defence.All[0].Layer.Set()
	m.View = m.View.opened(0, m.Defences)
	var out []Effect
	if m.Notice != "" {
		out = append(out, Visit{m.Fragment(), true})
	}
	out = append(out, Title(m.documentTitle()))
	if m.Page == "" {
		out = append(out, Reveal(stepsID), Reveal(codeID))
	}
	m.workers = s.Workers
	m, more := m.work(m)
	return m, append(out, more...)
}

// A Speed is the player's.
type Speed int

// The speeds, slow to fast.
const (
	Half Speed = iota - 1
	Normal
	Double
)

// A Msg is something that the learner, or the player's clock, did.
type Msg interface{ apply(Model) Model }

type (
	Go          int         // to that frame
	By          int         // that many frames further
	Key         int         // to the next (1) or the previous (-1) key moment
	Drag        int         // the slider's thumb is at that frame
	Rest        struct{}    // the slider's thumb was let go
	Play        struct{}    // play or pause
	Tick        int         // the player's next frame is due, by the clock of that number
	Pace        Speed       // the player's speed
	Flip        defence.Set // one switch
	Open        string      // a lesson by name
	SetRoute    string      // a route by name
	SetToken    string      // a source of the value by name
	SetJar      bool        // alice has been to the shop before
	SetServer   string      // a profile's ID
	SetRules    cookie.Rules
	Follow      string   // a link's fragment
	Reset       struct{} // the first step, as the lesson begins
	Projector   struct{}
	Blank       struct{}
	HTTP        struct{}
	Switches    struct{}
	Setups      struct{}
	Pick        words.Lane // a panel
	Tell        string     // a notice
	Dismiss     struct{}   // the notice
	Escape      struct{}   // close, then stop, then leave the projector
	ToVerdict   struct{}   // the step that decides, and the focus to the verdict
	Help        bool       // open or close the help
	Letters     bool       // single letters and digits are shortcuts
	ShowListing bool       // the server's source in the framework's own language
	FocusOn     string     // the element of that id
	Share       struct{}   // copy the link to what is shown
	Undo        struct{}   // what Notice tells
	CopyText    Copy       // of a button
	Copied      struct {   // what Copy and CopyAddress have come to
		Button string
		OK     bool
	}
)

// A doer is a message that asks something of the browser by itself, whatever it
// changes.
type doer interface{ does(Model) []Effect }

// Update returns the model after msg, and what the browser is to do for it, in
// that order. It is pure.
func (m Model) Update(msg Msg) (Model, []Effect) {
	next, out := m.after(msg).effects(m, msg)
	if d, ok := msg.(doer); ok {
		out = append(out, d.does(next)...)
	}
	return next, out
}

// after returns the model after msg.
func (m Model) after(msg Msg) Model {
	before := m
	m = msg.apply(m)
	switch msg.(type) {
	case Tick, Drag, Write:
		m.View.Gliding = true
	case Speak, Answers, Observed, ClaimPlayed, Copied, Group: // nobody did anything
	default:
		m.View.Gliding = false
	}
	m.View = m.View.opened(before.Defences, m.Defences)
	if m.Fragment() == before.Fragment() {
		return m
	}
	switch msg.(type) {
	case Follow, Reset:
	default:
		m.Notice, m.Undo = "", false
	}
	m.View.Picked = m.View.Picked && m.Step == before.Step
	return m
}

func (g Go) apply(m Model) Model {
	m.Step = max(0, min(int(g), len(m.Trace.Frames)-1))
	m.View.Playing = false
	return m
}

func (b By) apply(m Model) Model { return (Go(m.Step + int(b))).apply(m) }

func (k Key) apply(m Model) Model {
	last := len(m.Trace.Frames) - 1
	for i := m.Step + int(k); i >= 0 && i <= last; i += int(k) {
		if i == 0 || i == last || words.KeyMoment(m.Trace, i) {
			return Go(i).apply(m)
		}
	}
	m.View.Playing = false
	return m
}

func (d Drag) apply(m Model) Model { return Go(d).apply(m) }
func (Rest) apply(m Model) Model   { return m }

func (Play) apply(m Model) Model {
	m.View.Playing = !m.View.Playing
	if m.View.Playing && m.Step == len(m.Trace.Frames)-1 {
		m.Step = 0
	}
	return m
}

func (t Tick) apply(m Model) Model {
	if !m.View.Playing || int(t) != m.beat {
		return m
	}
	m.Step = min(m.Step+1, len(m.Trace.Frames)-1)
	m.View.Playing = m.Step < len(m.Trace.Frames)-1
	return m
}

func (p Pace) apply(m Model) Model {
	m.View.Speed = max(Half, min(Speed(p), Double))
	return m
}

func (f Flip) apply(m Model) Model { return m.play(m.Scenario, m.Defences.Flip(defence.Set(f))) }

func (o Open) apply(m Model) Model {
	s, err := scenarios.Get(string(o))
	if err != nil {
		m.Notice, m.Undo = err.Error()+".", false
		return m
	}
	m.Step, m.View.Playing = 0, false
	return m.play(s, m.Defences)
}

func (f Follow) apply(m Model) Model {
	m.View.Playing, m.View.Why = false, false
	if p, parts := pageNamed(string(f)); p != nil {
		parts, wrong := unescape(parts)
		return m.turn(p, parts).broken(wrong)
	}
	next := ParseFragment(string(f))
	if next.Scenario.Name != m.Scenario.Name || next.Scenario.Setup != m.Scenario.Setup || next.Defences != m.Defences {
		m.Scenario, m.Own, m.Defences, m.Trace = next.Scenario, next.Own, next.Defences, next.Trace
	}
	m.Page, m.Step, m.Notice, m.Undo = "", next.Step, next.Notice, false
	m.Explore, m.Compare = Exploration{}, Comparison{} // they begin anew at what the lab shows
	return m
}

func (Reset) apply(m Model) Model {
	if m.Step == 0 && m.Defences == 0 && m.Scenario.Setup == m.Own {
		m.Notice, m.Undo = "This is the first step already, with every switch off.", false
		return m
	}
	m.Step, m.View.Playing = 0, false
	says := "Back at step 1, with every switch off."
	if m.Scenario.Setup != m.Own {
		says = "Back at step 1, with every switch off and the lesson’s own way in."
	}
	if s, err := scenarios.Arrange(m.Scenario, m.Own); err == nil {
		m = m.play(s, 0)
	}
	m.Step, m.Notice, m.Undo = 0, says, true
	return m
}

func (Projector) apply(m Model) Model {
	m.View.Projector = !m.View.Projector
	m.View.Blank = false
	return m
}

func (Blank) apply(m Model) Model {
	m.View.Blank = m.View.Projector && !m.View.Blank
	m.View.Playing = false
	return m
}

func (HTTP) apply(m Model) Model {
	m.View.HTTP = !m.View.HTTP
	m.View.Playing = false
	return m
}

func (Switches) apply(m Model) Model { m.View.Switches = !m.View.Switches; return m }
func (Setups) apply(m Model) Model   { m.View.Setup = !m.View.Setup; return m }
func (p Pick) apply(m Model) Model   { m.View.Lane, m.View.Picked = words.Lane(p), true; return m }
func (t Tell) apply(m Model) Model   { m.Notice, m.Undo = string(t), false; return m }
func (Dismiss) apply(m Model) Model  { m.Notice, m.Undo = "", false; return m }

func (Escape) apply(m Model) Model {
	switch v := &m.View; {
	case m.Page != "":
		m.Notice, m.Undo = "", false
	case v.Blank:
		v.Blank = false
	case v.HTTP:
		v.HTTP = false
	case v.Playing:
		v.Playing = false
	case m.Notice != "":
		m.Notice, m.Undo = "", false
	case v.Projector:
		v.Projector = false
	}
	return m
}

func (ToVerdict) apply(m Model) Model     { return Go(m.Trace.Verdict.Frame).apply(m) }
func (ToVerdict) does(Model) []Effect     { return []Effect{Focus{ID: verdictID}} }
func (h Help) apply(m Model) Model        { m.View.Help = bool(h); return m }
func (l Letters) apply(m Model) Model     { m.View.Letters = bool(l); return m }
func (l ShowListing) apply(m Model) Model { m.View.Listing = bool(l); return m }
func (FocusOn) apply(m Model) Model       { return m }
func (f FocusOn) does(Model) []Effect     { return []Effect{Focus{ID: string(f)}} }
func (Share) apply(m Model) Model         { return m }
func (Share) does(Model) []Effect         { return []Effect{CopyAddress{shareButton}} }
func (Undo) apply(m Model) Model          { return m }
func (Undo) does(Model) []Effect          { return []Effect{Back{}} }
func (CopyText) apply(m Model) Model      { return m }
func (c CopyText) does(Model) []Effect    { return []Effect{Copy(c)} }

func (c Copied) apply(m Model) Model {
	what := "step"
	if m.Page != "" {
		what = "page"
	}
	switch {
	case c.Button == shareButton && c.OK:
		return Tell("The link to this " + what + " is copied.").apply(m)
	case c.Button == shareButton:
		return Tell("The address bar holds the link to this " + what + ": copy it from there.").apply(m)
	case !c.OK:
		return Tell("The browser does not let this page copy. Select the text and copy it.").apply(m)
	}
	m.Bench.Copied = c.Button
	return m
}

// play runs s under d and stays at the line of the script that was shown.
func (m Model) play(s *script.Scenario, d defence.Set) Model {
	t, err := lab.Run(s, d)
	if err != nil {
		m.Notice, m.Undo = "This lesson cannot be played: "+err.Error()+".", false
		return m
	}
	step := min(m.Step, len(t.Frames)-1)
	if m.Scenario == nil || m.Scenario.Name != s.Name {
		m.Own = s.Setup
	} else if m.Trace != nil {
		step = corresponding(m.Trace.Frames[m.Step].Step, t, m.Step)
	}
	m.Scenario, m.Defences, m.Trace, m.Step = s, d, t, step
	return m
}

// Fragment returns the link to m: "1/<scenario>/<switches>/<step>", the step
// from 1, and "/<setup>" where it is not the lesson's own; and for a page beside
// the lab what that page says. ParseFragment is its inverse.
func (m Model) Fragment() string {
	if p := PageOf(m.Page); p != nil {
		return p.link(m)
	}
	return m.LinkAt(m.Step)
}

// LinkAt returns the link to another step, from 0, of m's run.
func (m Model) LinkAt(step int) string { return LinkTo(m.Play(), step) }

// Play returns the words of m's run.
func (m Model) Play() scenarios.Play { return scenarios.Of(m.Scenario, m.Own, m.Defences) }

// LinkTo writes the lab's link to a step, from 0, of a run.
func LinkTo(p scenarios.Play, step int) string { return p.Link(step) }

// Shown returns the lane to show where there is room for one.
func (m Model) Shown() words.Lane {
	if m.View.Picked {
		return m.View.Lane
	}
	// The verdict may be about the server in a step of somebody else's.
	if v := m.Trace.Verdict; v.Frame == m.Step && slices.ContainsFunc(m.Trace.Frames[m.Step].Events, func(e event.Event) bool {
		return e.Seq == v.Event && e.Who == words.ShopHost && len(e.Code) > 0
	}) {
		return words.Server
	}
	return words.Acting(m.Trace, m.Step)
}

// ParseFragment returns the model that a link means. It never fails: where the
// link is broken it returns the nearest model, and Notice says what was wrong
// and what is shown instead. No fragment is the first lesson.
func ParseFragment(fragment string) Model {
	fragment = strings.TrimPrefix(fragment, "#")
	p, parts := pageNamed(fragment)
	parts, wrong := unescape(parts)
	if p != nil {
		return parseRun("", nil, nil).turn(p, parts).broken(wrong)
	}
	return parseRun(fragment, parts, wrong)
}

// parseRun is ParseFragment for a link to the lab: fragment is how it is written,
// parts are its parts, and wrong is what is wrong with it so far.
func parseRun(fragment string, parts, wrong []string) Model {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	switch {
	case fragment == "":
		parts = nil
	case parts[0] == "1":
		parts = parts[1:]
	case isNumber(parts[0]):
		say("its version %s is not one that this page knows", quote(parts[0]))
		parts = parts[1:]
	default:
		say("it does not begin with 1/, and there is no page %s", quote(parts[0]))
	}
	part := func(i int, missing string) string {
		if i < len(parts) {
			return parts[i]
		}
		return missing
	}

	run := scenarios.Mend(part(0, scenarios.First), part(1, "none"), part(3, ""))
	wrong = append(wrong, run.Faults...)
	s, d := run.Own, run.On
	m := Model{Scenario: s, Own: s.Setup}.play(run.Played, d)
	if m.Trace == nil { // a lesson of ours always plays; its tests say so
		say("the lesson %s cannot be played", quote(s.Name))
		first, _ := scenarios.Get(scenarios.First)
		m = Model{}.play(first, 0)
	}
	m.Notice = ""

	text := part(2, "1")
	step, err := strconv.Atoi(text)
	switch last := len(m.Trace.Frames); {
	case err != nil:
		say("%s is not a step", quote(text))
		step = 1
	case step < 1 || step > last:
		say("there is no step %s among the %d", quote(text), last)
		step = max(1, min(step, last))
	}
	m.Step = step - 1
	if len(parts) > 4 {
		say("it has more parts than five")
	}

	if wrong != nil {
		on := "no switch on"
		if d != 0 {
			on = strings.ReplaceAll(d.String(), "+", " and ") + " on"
		}
		if words := scenarios.Words(m.Scenario, m.Scenario.Setup, m.Own); words != "" {
			on += ", played as " + strings.ReplaceAll(words, "+", " and ")
		}
		m.Notice = fmt.Sprintf("This link is broken: %s. Shown instead: “%s”, %s, step %d.", strings.Join(wrong, "; "), m.Scenario.Title, on, m.Step+1)
	}
	return m
}

// unescape decodes a link's parts. A part that cannot be decoded stays as it is,
// and wrong says so.
func unescape(parts []string) (out, wrong []string) {
	for _, p := range parts {
		text, err := url.PathUnescape(p)
		if err != nil {
			text, wrong = p, append(wrong, quote(p)+" is not written correctly")
		}
		out = append(out, text)
	}
	return out, wrong
}

// broken tells of what else was wrong with the link to a page beside the lab.
func (m Model) broken(wrong []string) Model {
	if wrong != nil {
		m.Notice = "This link is broken: " + strings.Join(wrong, "; ") + ". Shown instead: “" + PageTitle(m) + "”."
	}
	return m
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// quote quotes foreign text for a sentence, shortened when it is long.
func quote(s string) string { return near.Quote(s) }

// WhyOpen reports whether what stands behind the verdict is shown.
func (m Model) WhyOpen() bool { return m.View.Why && m.Page == "" }

// StepOf replaces the step of a fragment.
func StepOf(link string, frame int) string {
	parts := strings.SplitN(link, "/", 5)
	parts[3] = strconv.Itoa(frame + 1)
	return strings.Join(parts, "/")
}

// Why opens or closes what stands behind the verdict, at the step that decides.
type Why bool

func (w Why) apply(m Model) Model {
	if m.View.Why == bool(w) {
		return m
	}
	if w {
		m = Go(m.Trace.Verdict.Frame).apply(m)
	}
	m.View.Why = bool(w)
	return m
}
