package page

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fixlab/app/text"
	"fixlab/lab/script"
	"fixlab/lab/script/edit"
	"fixlab/scenarios"
)

// An Editor is the text of the script as it is being written.
type Editor struct {
	Drafting bool   // Draft stands there, which is not what is played
	Draft    string // what cannot be played yet, or was typed just now
	Faults   []edit.Fault
	Words    []edit.Suggestion // what could stand where the caret is; nil for none
	Word     int               // the one that is picked
	Asked    bool              // she asked for the list, or has moved in it: Enter takes a word
	Checked  []Checked         // what the rows of its want table have come to; nil before it was asked

	kept   string // what the browser keeps of Draft
	caret  int    // in bytes of the draft
	fault  string // what was said of it last
	typing int    // counts what was typed: only the newest comes to rest
}

// A Checked is what a row of the want table comes to.
type Checked struct {
	Row, Want string
	Fault     string // what came instead; "" when it holds
}

// judgeAfter is how long a run stays before it is judged: it is drawn first.
const judgeAfter = time.Millisecond

// editAfter is how long the script is left alone before what was typed is played.
const editAfter = 400 * time.Millisecond

type (
	// An Edit is what stands in the editor now, the caret being at a byte of it. Offer asks
	// for what could stand there; Asked says that it was asked for by a key.
	Edit struct {
		Text  string
		Caret int
		Offer bool
		Asked bool
	}
	// EditRests plays what was typed, unless more was typed since; 0 stands for all of it.
	EditRests int
	// PickWord goes along the words that are offered, TakeWord takes the one that is picked,
	// or that of an index from 1, and NoWords closes their list.
	PickWord int
	TakeWord int
	NoWords  struct{}
	// CheckWants plays the rows of the want table.
	CheckWants struct{}
	// SaveScript gives the script to the learner as a file, CopyScript its link.
	SaveScript struct{}
	CopyScript struct{}
	// ChooseScript lets her choose a file, and Opened has a file's text.
	ChooseScript struct{}
	Opened       string
	// ToFault puts the caret on the line of a fault, by its index.
	ToFault int
	// ToLine goes to the step of a line of the text, from 1.
	ToLine int
	// SetHead sets a line of the script's header, or takes it away with "".
	SetHead struct{ Key, Value string }
)

// Written returns the text of the script as it stands in the editor.
func (m Model) Written() string {
	if m.Hand.Drafting {
		return m.Hand.Draft
	}
	if !m.ByHand() {
		return ""
	}
	return m.Scenario.Text
}

func (e Edit) hand(m Model) Model {
	h := &m.Hand
	h.caret = e.Caret
	asked := h.Asked && h.Words != nil && e.Text != m.Written() && !strings.HasSuffix(e.Text[:min(e.Caret, len(e.Text))], " ") && !strings.HasSuffix(e.Text[:min(e.Caret, len(e.Text))], "\n")
	h.Words, h.Word, h.Asked = nil, 0, e.Asked || asked // she types on in the word for which she has asked
	if e.Text != m.Written() {
		m = m.draft(e.Text)
		h = &m.Hand
		h.typing++
	}
	if e.Offer {
		_, h.Words = edit.Complete(e.Text, e.Caret, editWords())
	}
	return m
}

// draft returns m with a text in the editor that is not played yet.
func (m Model) draft(written string) Model {
	h := &m.Hand
	h.Drafting, h.Draft, h.Checked = written != m.Scenario.Text, written, nil
	h.Faults = edit.Faults(written, editWords())
	return m
}

// editWords are the words that only package scenarios knows.
func editWords() edit.Words { return edit.Words{Routes: scenarios.Routes, Tokens: scenarios.Tokens} }

func (r EditRests) hand(m Model) Model {
	h := m.Hand
	if !h.Drafting || r != 0 && int(r) != h.typing || len(h.Faults) > 0 {
		return m
	}
	was := m.Scenario.Text
	next, err := m.scripted(h.Draft)
	if err != nil { // only its run shows what is wrong
		m.Hand.Faults = faultsOf(err, h.Draft)
		return m
	}
	next.Hand = next.Hand.did(between(was, h.Draft))
	return next
}

// writing reports whether msg is about what is written in the editor: its caret stays in view
// then, and not the step that is shown.
func writing(msg Msg) bool {
	switch msg.(type) {
	case Edit, EditRests, TakeWord:
		return true
	}
	return false
}

// faultsOf are those of a text that cannot be played for that error: at the line that it
// names, else at the last one that is written.
func faultsOf(err error, written string) []edit.Fault {
	line, says := faultOf(err)
	return []edit.Fault{{Line: cmp.Or(line, strings.Count(strings.TrimRight(written, "\n"), "\n")+1), Says: says}}
}

func (p PickWord) hand(m Model) Model {
	if n := len(m.Hand.Words); n > 0 {
		m.Hand.Word, m.Hand.Asked = (m.Hand.Word+int(p)+n)%n, true
	}
	return m
}

func (t TakeWord) hand(m Model) Model {
	h := m.Hand
	i := h.Word
	if t > 0 {
		i = int(t) - 1
	}
	if i >= len(h.Words) {
		return m
	}
	written, caret := edit.Apply(m.Written(), h.caret, h.Words[i])
	return Edit{Text: written, Caret: caret, Offer: strings.HasSuffix(h.Words[i].Text, " ")}.hand(m)
}

func (NoWords) hand(m Model) Model { m.Hand.Words = nil; return m }

func (CheckWants) hand(m Model) Model {
	m = EditRests(0).hand(m)
	if !m.ByHand() || m.Hand.Drafting {
		return m
	}
	s := m.Scenario
	if len(s.Wants) == 0 {
		return m.tell(text.T("hand.no-wants"))
	}
	var out []Checked
	for _, w := range s.Wants {
		c := Checked{Row: w.Row(), Want: strings.TrimSpace(string(w.Outcome) + " " + w.Key)}
		if _, err := scenarios.Check(s, w); err != nil {
			c.Fault = withoutFile(err)
		}
		out = append(out, c)
	}
	m.Hand.Checked = out
	return m
}

func (SaveScript) hand(m Model) Model { return m }
func (CopyScript) hand(m Model) Model { return m }

// shortLink is how long a link may be that a chat takes.
const shortLink = 2000

func (ChooseScript) hand(m Model) Model { return m }

func (o Opened) hand(m Model) Model {
	return m.offered(string(o), "none", "")
}

func (ToFault) hand(m Model) Model { return m }

// at returns the byte of the text at which the fault is.
func (t ToFault) at(m Model) int {
	if int(t) >= len(m.Hand.Faults) {
		return 0
	}
	f, at := m.Hand.Faults[t], 0
	lines := strings.SplitAfter(m.Written(), "\n")
	for _, line := range lines[:min(f.Line-1, len(lines))] {
		at += len(line)
	}
	return at + f.From
}

func (l ToLine) hand(m Model) Model {
	if m.Hand.Drafting || m.Scenario.Script != nil {
		return m
	}
	at := slices.IndexFunc(m.Scenario.Steps, func(s script.Step) bool { return s.Line == int(l) })
	if at < 0 || at == m.Step {
		return m
	}
	return Go(at).lab(m)
}

// What cannot stand there stays in its field, to be mended.
func (s SetHead) hand(m Model) Model {
	next := m.head(script.SetKey(m.Scenario.Text, s.Key, s.Value))
	if next.Scenario == m.Scenario && next.Notice != "" {
		return Type{HeadField(s.Key), s.Value}.hand(next)
	}
	return next
}

// HeadField is the id of the field of a line of the header.
func HeadField(key string) string { return "head-" + key }

// head returns m with the script of that text, which differs in its header, at the step
// that is shown.
func (m Model) head(written string) Model {
	if m.Hand.Drafting {
		return m.tell(text.T("hand.mend-first"))
	}
	next := m.script(written)
	if next.Scenario == m.Scenario {
		return next
	}
	next.Step = max(0, min(m.Step, len(next.Trace.Frames)-1))
	next.Hand = next.Hand.did(between(m.Scenario.Text, next.Scenario.Text))
	return next
}

// rearrange is arrange for a script: its setup is in its header.
func (m Model) rearrange(change func(*script.Setup)) Model {
	was, is, written := m.Scenario.Setup, m.Scenario.Setup, m.Scenario.Text
	change(&is)
	set := func(key, value string, differs bool) {
		if differs {
			written = script.SetKey(written, key, value)
		}
	}
	set("profile", is.Profile, is.Profile != was.Profile)
	set("route", is.Route, is.Route != was.Route)
	set("token", is.Token, is.Token != was.Token)
	set("jar", map[bool]string{true: "visited"}[is.Visited], is.Visited != was.Visited)
	set("browser", script.Browsers[is.Browser], is.Browser != was.Browser)
	return m.head(written)
}
