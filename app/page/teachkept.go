package page

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fixlab/app/class"
	"fixlab/app/text"
	"fixlab/scenarios/plans"
)

// The names under which the browser keeps what a trainer has prepared. PlanSetting holds
// the running order that is shown, as Plan.Text writes it: Teach shows it the next time too,
// and the notes have its minutes. The running orders that she changed stand each under
// PlanSetting, a slash and its name.
const (
	PlanSetting  = "fixlab/1/plan"
	ClassSetting = "fixlab/1/class-taught" // what writeTaught writes
)

// asideMark is put behind the name of a setting that could not be read: what was kept there
// is put aside under that name.
const asideMark = "/unread"

// planSettings are the names of all settings of running orders, that of the one that is
// shown first.
func planSettings() []string {
	names := []string{PlanSetting}
	for _, p := range plans.All() {
		names = append(names, PlanSetting+"/"+p.Name)
	}
	return names
}

// recallTeach returns m with what the browser kept for a trainer. What cannot be read is
// put aside, not lost.
func (m Model) recallTeach(s Settings) (Model, []Effect) {
	var out []Effect
	t := m.Teach.ready()
	t.Here = s.Here
	if s.Kept == nil {
		m.Teach = t
		return m, nil
	}
	t.Mine = slices.Clone(t.Mine)
	for i, name := range planSettings() {
		kept := s.Kept(name)
		if kept == "" {
			continue
		}
		p, err := plans.Parse(kept)
		switch {
		case err != nil:
			out = append(out, Store{name + asideMark, kept})
			if i > 0 {
				t.Unread = append(t.Unread, text.T("teach.unread-plan", "n", plans.All()[i-1].Name, "why", err.Error(), "name", name+asideMark))
			}
		case i == 0:
			t.Order = slot(p)
		default:
			p.Name = plans.All()[i-1].Name
			t.Mine[i-1] = p
		}
	}
	if kept := s.Kept(ClassSetting); kept != "" {
		l, lab, err := readTaught(kept)
		if err != nil {
			out = append(out, Store{ClassSetting + asideMark, kept})
			t.Unread = append(t.Unread, text.T("teach.unread-class", "why", err.Error(), "name", ClassSetting+asideMark))
		} else {
			t.Class, t.Lab = l, lab
		}
	}
	t.Codes = recallCodes(s.Kept(CodesSetting), t.Class)
	m.Teach = t
	return m, out
}

// writeTaught writes a class, which need not be whole, and the address of its lab.
func writeTaught(l class.Link, lab string) string {
	var b strings.Builder
	for _, line := range [][2]string{{"class", l.Class}, {"phrase", l.Phrase}, {"lang", l.Lang}, {"hide", box(l.Hide)}, {"variants", box(l.Variants)}, {"lab", lab}} {
		b.WriteString(line[0] + ": " + line[1] + "\n")
	}
	return b.String()
}

// readTaught is the inverse of writeTaught.
func readTaught(kept string) (l class.Link, lab string, err error) {
	for line := range strings.SplitSeq(strings.TrimRight(kept, "\n"), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "class":
			l.Class = value
		case "phrase":
			l.Phrase = value
		case "lang":
			l.Lang = value
		case "hide":
			l.Hide = value != ""
		case "variants":
			l.Variants = value != ""
		case "lab":
			lab = value
		default:
			return class.Link{}, "", fmt.Errorf("a line of it is %s", quote(line))
		}
	}
	whole := l
	if strings.TrimSpace(l.Phrase) == "" {
		whole.Phrase = "none" // that there is none yet is no fault
	}
	if err := whole.Check(); err != nil {
		return class.Link{}, "", err
	}
	return l, strings.TrimSpace(plans.Clean(lab)), nil
}

// box is the value of a box to tick.
func box(on bool) string {
	if on {
		return "on"
	}
	return ""
}

// teachEffects returns what the browser is to do for the Teach page.
func (m Model) teachEffects(was Model, msg Msg) (out []Effect) {
	now, old := m.Teach.ready(), was.Teach.ready()
	for i, p := range now.Mine {
		if !p.Equal(old.Mine[i]) {
			kept := p.Text()
			if p.Equal(plans.All()[i]) {
				kept = ""
			}
			out = append(out, Store{PlanSetting + "/" + p.Name, kept})
		}
	}
	if now.Order != Sharing && (old.Order == Sharing || !now.Plan().Equal(old.Plan())) {
		out = append(out, Store{PlanSetting, now.Plan().Text()})
	}
	if now.Class != old.Class || now.Lab != old.Lab {
		out = append(out, Store{ClassSetting, writeTaught(now.Class, now.Lab)})
	}
	out = append(out, now.Codes.effects(old.Codes, msg)...)
	switch msg.(type) {
	case SharePlan:
		out = append(out, Copy{SharePlanButton, now.local() + "#teach/" + PlanWord + "/" + now.Plan().Pack()})
	case CopyClass:
		if link, fault := now.ClassLink(); fault == "" {
			out = append(out, Copy{CopyClassButton, link})
		}
	case Print:
		out = append(out, PrintOut{})
	case EndClass:
		if old.Ends {
			out = append(out, KeepTab{PresentSetting, m.Present.keeps()}, Post(anyWall+" ended"), Store{SeedSetting, ""})
		}
	}
	if id := m.teachFocus(was, msg); id != "" {
		out = append(out, Focus{ID: id})
	}
	return out
}

// The ids of the buttons that copy.
const (
	SharePlanButton = "copy-plan"
	CopyClassButton = "copy-class"
	CopyEmbedButton = "copy-embed"
)

// teachFocus says where the focus goes, "" where it stays.
func (m Model) teachFocus(was Model, msg Msg) string {
	all := len(m.Teach.Plan().Items)
	switch msg := msg.(type) {
	case EditPlan:
		if m.Teach.Editing {
			return PlanFieldID(WholePlan, "minutes")
		}
		return "edit-plan"
	case MoveItem:
		to := msg.N + msg.By
		switch {
		case msg.N < 0 || msg.N >= all || to < 0 || to >= all:
			return ""
		case msg.By < 0 && to > 0, msg.By > 0 && to == all-1:
			return PlanFieldID(to, "up")
		}
		return PlanFieldID(to, "down")
	case CutItem:
		if all == len(was.Teach.Plan().Items) {
			return ""
		}
		return PlanFieldID(min(int(msg), all-1), "cut")
	case AddItem:
		if all == len(was.Teach.Plan().Items) {
			return ""
		}
		return PlanFieldID(all-1, "what")
	case BackPlan:
		if m.Teach.Editing && len(m.Teach.undo) > 0 {
			return "plan-back"
		}
		return headingID
	case ResetPlan, TakePlan:
		return "edit-plan"
	}
	if m.Page == "teach" && was.Page == "teach" && m.Teach.Sheet != was.Teach.Sheet {
		if m.Teach.Sheet != "" {
			return sheetTitle
		}
		return headingID
	}
	return ""
}

// inputs are the fields of the Teach page.
func (t Teach) inputs() []Input {
	t = t.ready()
	list := []Input{
		{"class-name", t.Class.Class}, {"class-phrase", t.Class.Phrase}, {"class-lang", cmp.Or(t.Class.Lang, text.English)}, {"class-address", t.Lab},
		{"card-name", t.Owner}, {"class-hide", box(t.Class.Hide)}, {"class-variants", box(t.Class.Variants)},
		{"codes-text", t.Codes.Draft}, {"keep-codes", box(t.Codes.Keep)},
	}
	if !t.Editing {
		return list
	}
	p := t.Plan()
	list = append(list, Input{PlanFieldID(WholePlan, "minutes"), strconv.Itoa(p.Minutes)})
	for n, i := range p.Items {
		list = append(list,
			Input{PlanFieldID(n, "minutes"), strconv.Itoa(i.Minutes)}, Input{PlanFieldID(n, "what"), i.What}, Input{PlanFieldID(n, "how"), i.How},
			Input{PlanFieldID(n, "link"), cmp.Or(i.Link, NoChoice)}, Input{PlanFieldID(n, "late"), box(i.Optional)})
	}
	return list
}
