package page

import (
	"slices"
	"strings"

	"fixlab/app/class"
	"fixlab/app/text"
	"fixlab/scenarios"
	"fixlab/scenarios/plans"
)

// teachPage is the page of what a trainer prepares.
var teachPage = Page{
	Name: "teach",
	link: func(m Model) string { return m.Teach.link() },
	read: func(m Model, parts []string, wrong *scenarios.Faults) Model {
		m.Teach = m.Teach.read(parts, wrong)
		return m
	},
	say:     func(m Model) string { return m.Teach.says() },
	inputs:  func(m Model) []Input { return m.Teach.inputs() },
	start:   Model.recallTeach,
	effects: Model.teachEffects,
	work: func(m Model) (Model, []Effect) {
		var out []Effect
		m.Teach.Codes, out = m.Teach.Codes.work()
		return m, out
	},
}

// A Plan is a running order, see package plans.
type Plan = plans.Plan

// A Teach is what a trainer prepares: her running orders, and her class.
type Teach struct {
	Mine    []Plan // one of each length, as the project has them or as she changed them
	Shared  Plan   // came by a link; without items there is none
	Order   int    // the running order that is shown, an index of Mine; Sharing for Shared
	Editing bool
	Sheet   string     // what fills the page: ShowSheet, LinkSheet, CardSheet, or "" for Teach itself
	Class   class.Link // that she gives out
	Lab     string     // the address of the lab that she typed for her class, "" for none
	Here    string     // that the page has itself
	Owner   string     // whose card is shown, see CardSheet
	Bits    int        // how many bits of chance are in the phrase, 0 where she typed it herself
	Ends    bool       // everything is reset when that is asked for once more
	Unread  []string   // what was kept and could not be read, a sentence each
	Codes   Codes      // of her class
	Unkept  bool       // the browser does not keep what it is given

	undo   []undone
	typing string // the field that was typed into last
	said   string
}

// An undone is a running order as it was.
type undone struct {
	order int
	plan  Plan
}

// Sharing is Teach.Order for the running order that came by a link.
const Sharing = -1

// The sheets of the Teach page.
const (
	ShowSheet = "show"  // the class link for the whole room, and as a print
	LinkSheet = "links" // to lessons and challenges
	CardSheet = "card"  // what a learner takes home
)

var teachSheets = []string{ShowSheet, LinkSheet, CardSheet}

// ready returns t with running orders in it.
func (t Teach) ready() Teach {
	if t.Mine == nil {
		t.Mine = slices.Clone(plans.All())
		t.Order = firstPlan
		t.Class.Hide = true
	}
	return t
}

// firstPlan is the running order that is shown at first, 45 minutes.
const firstPlan = 1

// Plan is the running order that is shown.
func (t Teach) Plan() Plan {
	if t = t.ready(); t.Order == Sharing {
		return t.Shared
	}
	return t.Mine[t.Order]
}

// Opens reports whether the running order that is shown opens a lesson.
func (t Teach) Opens(lesson string) bool {
	return slices.ContainsFunc(t.Plan().Items, func(i plans.Item) bool { return opensLesson(i, lesson) })
}

// Changed reports whether the running order that is shown is no longer the project's own.
func (t Teach) Changed() bool {
	return t.Order != Sharing && !t.Plan().Equal(plans.All()[t.Order])
}

// CanTakeBack reports whether a change can be taken back.
func (t Teach) CanTakeBack() bool { return len(t.undo) > 0 }

// slot is the place of a running order among Mine.
func slot(p Plan) int {
	for i, own := range plans.All() {
		if own.Name == p.Name {
			return i
		}
	}
	return firstPlan
}

// link is the running order that is shown and the sheet.
func (t Teach) link() string {
	t = t.ready()
	switch {
	case t.Sheet != "":
		return t.Sheet
	case t.Order == Sharing:
		return PlanWord + "/" + t.Shared.Pack()
	}
	return t.Mine[t.Order].Name
}

// PlanWord begins the part of a link that holds a running order.
const PlanWord = "plan"

// read undoes link. What it does not say stays.
func (t Teach) read(parts []string, wrong *scenarios.Faults) Teach {
	t = t.ready()
	t.Sheet = ""
	if len(parts) == 0 {
		return t
	}
	more := 1
	switch i := slices.IndexFunc(t.Mine, func(p Plan) bool { return p.Name == parts[0] }); {
	case i >= 0:
		t = t.at(i)
	case slices.Contains(teachSheets, parts[0]):
		t.Sheet = parts[0]
	case parts[0] == PlanWord:
		more = 2
		p, err := plans.Unpack(strings.Join(parts[1:min(len(parts), 2)], ""))
		if err != nil {
			wrong.Add(strings.TrimSuffix(err.Error(), "."))
			break
		}
		p.Name = plans.All()[slot(p)].Name
		t.Shared = p
		t = t.at(Sharing)
	default:
		wrong.Add(text.T("fault.no-order", "order", quote(parts[0])))
	}
	if len(parts) > more {
		wrong.Add(text.T("fault.teach-parts"))
	}
	return t
}

// says is what the live region says of t.
func (t Teach) says() string {
	if t.Sheet != "" {
		return t.SheetTitle()
	}
	return t.said
}

// SheetTitle is the heading of the sheet that fills the page.
func (t Teach) SheetTitle() string { return text.T("teach.sheet." + t.Sheet) }

// at returns t with that running order shown.
func (t Teach) at(order int) Teach {
	if t.Order != order {
		t.Order, t.Editing, t.undo, t.typing = order, false, nil, ""
	}
	return t
}
