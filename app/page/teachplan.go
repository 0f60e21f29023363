package page

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/scenarios/plans"
)

// A TeachMsg is a message to the Teach page.
type TeachMsg interface{ teach(Model) Model }

// What is done with running orders. N is an item, from 0.
type (
	PickPlan  int  // one of Teach.Mine
	EditPlan  bool // begin or end editing
	PlanField struct {
		N    int    // WholePlan for the plan itself
		Name string // "minutes", "what", "how", "link" or "late"
		Text string
	}
	MoveItem  struct{ N, By int }
	CutItem   int
	AddItem   struct{}
	ResetPlan struct{} // to the project's own
	TakePlan  struct{} // what came by a link becomes the trainer's own
	BackPlan  struct{} // take the last change back
	SharePlan struct{} // copy the link to it
)

// WholePlan is PlanField.N for what is not about an item.
const WholePlan = -1

func (p PickPlan) teach(m Model) Model {
	t := m.Teach.ready()
	if p >= 0 && int(p) < len(t.Mine) {
		t = t.at(int(p))
	}
	m.Teach = t
	return m.tell("")
}

func (e EditPlan) teach(m Model) Model {
	m.Teach = m.Teach.ready()
	m.Teach.Editing, m.Teach.typing = bool(e) && m.Teach.Order != Sharing, ""
	return m
}

// edit returns m with its running order changed, and how it was before kept for
// BackPlan; what is typed into one field is one change.
func (m Model) edit(field string, change func(*Plan)) Model {
	t := m.Teach.ready()
	if t.Order == Sharing {
		return m
	}
	was := t.Mine[t.Order]
	now := was
	now.Items = slices.Clone(was.Items)
	change(&now)
	if now.Equal(was) {
		m.Teach = t
		return m
	}
	if field == "" || field != t.typing {
		t.undo = append(slices.Clip(t.undo), undone{t.Order, was})
	}
	t.typing = field
	t.Mine = slices.Clone(t.Mine)
	t.Mine[t.Order] = now
	m.Teach = t
	return m
}

func (f PlanField) teach(m Model) Model {
	p := m.Teach.Plan()
	if f.N != WholePlan && (f.N < 0 || f.N >= len(p.Items)) {
		return m
	}
	m = m.edit(PlanFieldID(f.N, f.Name), func(p *Plan) {
		if f.N == WholePlan {
			p.Minutes = max(1, typedMinutes(f.Text))
			return
		}
		i := &p.Items[f.N]
		switch f.Name {
		case "minutes":
			i.Minutes = typedMinutes(f.Text)
		case "what":
			i.What = plans.Clean(f.Text)
		case "how":
			i.How = plans.Clean(f.Text)
		case "link":
			if i.Link = f.Text; i.Link == NoChoice {
				i.Link = ""
			}
		case "late":
			i.Optional = f.Text != ""
		}
	})
	if f.Name == "minutes" {
		m.Teach.said = PlanFits(m.Teach.Plan())
	}
	return m
}

// typedMinutes reads what was typed, or is being typed, as minutes.
func typedMinutes(typed string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(typed))
	return max(0, min(n, plans.MostMinutes))
}

// PlanFieldID is the id of a field of a running order.
func PlanFieldID(n int, name string) string {
	if n == WholePlan {
		return "plan-" + name
	}
	return "plan-" + strconv.Itoa(n) + "-" + name
}

func (i MoveItem) teach(m Model) Model {
	to, all := i.N+i.By, len(m.Teach.Plan().Items)
	if i.N < 0 || i.N >= all || to < 0 || to >= all {
		return m
	}
	m = m.edit("", func(p *Plan) { p.Items[i.N], p.Items[to] = p.Items[to], p.Items[i.N] })
	p := m.Teach.Plan()
	m.Teach.said = text.T("teach.moved", "what", p.Items[to].What, "n", to+1, "of", all, "minute", p.From(to))
	return m
}

func (c CutItem) teach(m Model) Model {
	p := m.Teach.Plan()
	if c < 0 || int(c) >= len(p.Items) || len(p.Items) == 1 {
		return m
	}
	gone := p.Items[c].What
	m = m.edit("", func(p *Plan) { p.Items = slices.Delete(p.Items, int(c), int(c)+1) })
	return m.undoable(text.T("teach.cut", "what", gone))
}

func (AddItem) teach(m Model) Model {
	if len(m.Teach.Plan().Items) >= plans.MostItems {
		return m.tell(text.T("teach.most-items", "n", plans.MostItems))
	}
	return m.edit("", func(p *Plan) { p.Items = append(p.Items, plans.Item{What: text.T("teach.new-item"), Minutes: 5}) })
}

func (ResetPlan) teach(m Model) Model {
	if !m.Teach.Changed() {
		return m
	}
	m = m.edit("", func(p *Plan) { *p = plans.All()[m.Teach.Order] })
	m.Teach.Editing = false
	return m.undoable(text.T("teach.reset-plan", "n", m.Teach.Plan().Name))
}

func (TakePlan) teach(m Model) Model {
	t := m.Teach.ready()
	if t.Order != Sharing {
		return m
	}
	shared := t.Shared
	m.Teach = t.at(slot(shared))
	m = m.edit("", func(p *Plan) { *p = shared })
	m.Teach.Shared = Plan{}
	return m.undoable(text.T("teach.took-plan", "n", m.Teach.Plan().Name))
}

func (BackPlan) teach(m Model) Model {
	t := m.Teach.ready()
	if len(t.undo) == 0 {
		return m
	}
	last := t.undo[len(t.undo)-1]
	t.undo, t.typing = t.undo[:len(t.undo)-1], ""
	t.Mine = slices.Clone(t.Mine)
	t.Mine[last.order] = last.plan
	t.said = text.T("teach.taken-back", "n", len(t.undo))
	m.Teach = t
	return m.tell("")
}

func (SharePlan) teach(m Model) Model { return m }

// undoable tells what happened, and offers to take it back.
func (m Model) undoable(what string) Model {
	m = m.tell(what)
	m.Undo = true
	return m
}

// PlanFits says whether the items of a running order fit into its minutes.
func PlanFits(p Plan) string {
	total := p.Total()
	switch over := total - p.Minutes; {
	case over > 0 && over <= p.Spare():
		return text.T("teach.fits-late", "total", total, "of", p.Minutes, "over", over)
	case over > 0:
		return text.T("teach.too-long", "total", total, "of", p.Minutes, "over", over)
	case over < 0:
		return text.T("teach.time-left", "total", total, "of", p.Minutes, "left", -over)
	}
	return text.T("teach.fits", "total", total, "of", p.Minutes)
}
