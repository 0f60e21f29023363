package page

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fixlab/app/class"
	"fixlab/scenarios"
	"fixlab/scenarios/plans"
)

// taught returns the Teach page after those messages, and what they had the browser do.
func taught(m Model, messages ...Msg) (Model, []Effect) {
	var all []Effect
	for _, msg := range messages {
		var out []Effect
		m, out = m.Update(msg)
		all = append(all, out...)
	}
	return m, all
}

func stored(effects []Effect) map[string]string {
	out := map[string]string{}
	for _, e := range effects {
		if s, is := e.(Store); is {
			out[s.Name] = s.Text
		}
	}
	return out
}

// All that the project's own running orders open is there.
func TestPlansOpen(t *testing.T) {
	places := map[string]bool{}
	for _, g := range Places() {
		for _, p := range g.Places {
			places[p.Link] = true
		}
	}
	for _, p := range plans.All() {
		for _, i := range p.Items {
			for _, link := range i.Links() {
				if !places[link] {
					t.Errorf("%s: %s opens %s, which is no place", p.Name, i.What, link)
				}
			}
		}
	}
	for _, g := range ClassPlaces() {
		for _, p := range g.Places {
			if href, ok := PlaceHref(p.Link); !ok || href != "#"+p.Link {
				t.Errorf("%s: %q, %t", p.Link, href, ok)
			}
			if m := ParseFragment(p.Link); m.Notice != "" {
				t.Errorf("%s: %s", p.Link, m.Notice)
			}
		}
	}
}

func TestEditPlan(t *testing.T) {
	m := ParseFragment("teach/20")
	own := m.Teach.Plan()
	whats := func(m Model) string {
		var all []string
		for _, i := range m.Teach.Plan().Items {
			all = append(all, i.What[:min(5, len(i.What))])
		}
		return strings.Join(all, "|")
	}
	first := whats(m)
	for _, test := range []struct {
		does []Msg
		want string // what the items begin with
		says string // in the notice, or what the live region says
		at   string // the focus
	}{
		{[]Msg{MoveItem{0, 1}}, "Lesso|Bet o|Lesso|Lesso|Lesso|The b|Hando", "Bet of lesson 1 is item 2 of 7 now, from minute 4.", "plan-1-down"},
		{[]Msg{MoveItem{1, -1}}, "Lesso|Bet o|Lesso|Lesso|Lesso|The b|Hando", "Lesson 1 is item 1 of 7 now, from minute 0.", "plan-0-down"},
		{[]Msg{MoveItem{5, 1}}, "Bet o|Lesso|Lesso|Lesso|Lesso|Hando|The b", "item 7 of 7", "plan-6-up"},
		{[]Msg{MoveItem{0, -1}}, first, "", ""},
		{[]Msg{MoveItem{6, 1}}, first, "", ""},
		{[]Msg{MoveItem{-1, 1}, MoveItem{99, -1}, CutItem(-1), CutItem(99), PlanField{99, "what", "x"}, PlanField{-2, "what", "x"}}, first, "", ""},
		{[]Msg{CutItem(6)}, "Bet o|Lesso|Lesso|Lesso|Lesso|The b", "Deleted: Handout, questions.", "plan-5-cut"},
		{[]Msg{AddItem{}}, first + "|New i", "", "plan-7-what"},
		{[]Msg{PlanField{0, "minutes", "4"}}, first, "22 of 20 minutes: 2 minutes too many.", ""},
		{[]Msg{PlanField{0, "minutes", "3"}, PlanField{0, "late", "on"}}, first, "21 of 20 minutes: one minute too many.", ""},
		{[]Msg{PlanField{0, "late", "on"}, PlanField{0, "minutes", "4"}}, first, "22 of 20 minutes: 2 minutes too many, unless you leave out what is marked *.", ""},
		{[]Msg{PlanField{0, "minutes", "x"}}, first, "18 of 20 minutes: 2 minutes are left.", ""},
		{[]Msg{PlanField{WholePlan, "minutes", "0"}}, first, "20 of 1 minutes: 19 minutes too many.", ""},
		{[]Msg{PlanField{0, "what", "<b>\n\u202ehi"}}, "<b>  |Lesso|Lesso|Lesso|Lesso|The b|Hando", "", ""},
		{[]Msg{CutItem(0), BackPlan{}}, first, "The last change is taken back.", "page-title"},
		{[]Msg{PlanField{1, "what", "a"}, PlanField{1, "what", "ab"}, PlanField{1, "how", "c"}, BackPlan{}, BackPlan{}}, first, "taken back", "page-title"},
		{[]Msg{CutItem(0), CutItem(0), ResetPlan{}}, first, "The running order of 20 minutes is the original again.", "edit-plan"},
		{[]Msg{CutItem(0), ResetPlan{}, BackPlan{}}, strings.Join(strings.Split(first, "|")[1:], "|"), "taken back", "page-title"},
	} {
		m, out := taught(m, append([]Msg{EditPlan(true)}, test.does...)...)
		if got := whats(m); got != test.want {
			t.Errorf("%v: %s, want %s", test.does, got, test.want)
		}
		if says := m.Notice + m.Teach.said; !strings.Contains(says, test.says) {
			t.Errorf("%v: says %q, want %q", test.does, says, test.says)
		}
		at := ""
		for _, e := range out[1:] {
			if f, is := e.(Focus); is && f.ID != PlanFieldID(WholePlan, "minutes") {
				at = f.ID
			}
		}
		if at != test.at {
			t.Errorf("%v: the focus is at %q, want %q", test.does, at, test.at)
		}
		// What is kept is what is shown, and the original is not kept.
		kept := stored(out)
		last, is := kept[PlanSetting+"/20"]
		switch changed := m.Teach.Changed(); {
		case is && changed && last != m.Teach.Plan().Text(), is && !changed && last != "", !is && changed:
			t.Errorf("%v: kept is %q", test.does, last)
		}
	}
	if !own.Equal(plans.All()[0]) {
		t.Error("the project's own running order was changed")
	}
	for range plans.MostItems {
		m, _ = m.Update(AddItem{})
	}
	if n := len(m.Teach.Plan().Items); n != plans.MostItems || !strings.Contains(m.Notice, "at most 60") {
		t.Errorf("%d items: %s", n, m.Notice)
	}
	for range plans.MostItems {
		m, _ = m.Update(CutItem(0))
	}
	if n := len(m.Teach.Plan().Items); n != 1 {
		t.Errorf("%d items are left", n)
	}
}

// What was kept comes back; what cannot be read is put aside, and said.
func TestTeachKept(t *testing.T) {
	m, out := taught(ParseFragment("teach"), PickPlan(2), CutItem(0), ClassField{"name", "7a"}, ClassField{"phrase", "blue kettle"}, ClassBox{"variants", true}, ClassField{"address", "https://lab.example.org"})
	kept := stored(out)
	names := func(kept map[string]string) Settings {
		return Settings{Kept: func(name string) string { return kept[name] }}
	}
	again, effects := Start("teach", names(kept))
	if !again.Teach.Plan().Equal(m.Teach.Plan()) || again.Teach.Class != m.Teach.Class || again.Teach.Lab != m.Teach.Lab || len(again.Teach.Unread) > 0 {
		t.Errorf("kept is %v, and comes back as %+v", kept, again.Teach)
	}
	if len(stored(effects)) > 0 {
		t.Errorf("the start keeps %v", effects)
	}
	if p, err := plans.Parse(kept[PlanSetting]); err != nil || !p.Equal(m.Teach.Plan()) {
		t.Errorf("the notes would read %v, %v", p, err)
	}
	for name, want := range map[string]string{
		PlanSetting:         "",
		PlanSetting + "/45": "Your running order of 45 minutes could not be read (line 1: want \"key: value\", got \"\\x00rubbish\"). The original is shown, and what was kept is put aside under fixlab/1/plan/45/unread.",
		ClassSetting:        "The class that was kept could not be read (a line of it is \"\\x00rubbish\"). It is put aside under fixlab/1/class-taught/unread.",
	} {
		m, out := Start("teach/45", names(map[string]string{name: "\x00rubbish"}))
		if got := stored(out); got[name+"/unread"] != "\x00rubbish" || len(got) != 1 {
			t.Errorf("%s: %v", name, got)
		}
		if got := strings.Join(m.Teach.Unread, ""); got != want || m.Teach.Changed() {
			t.Errorf("%s: says %q", name, got)
		}
	}
}

// A running order comes by a link, is shown and not kept, and becomes one's own.
func TestSharedPlan(t *testing.T) {
	hers, out := taught(ParseFragment("teach/45"), PlanField{0, "what", "<script>alert(1)</script>"}, SharePlan{})
	i := slices.IndexFunc(out, func(e Effect) bool { _, is := e.(Copy); return is })
	_, fragment, _ := strings.Cut(out[i].(Copy).Text, "#")
	m, effects := Start(fragment, Settings{})
	if m.Notice != "" || m.Teach.Order != Sharing || !m.Teach.Plan().Equal(hers.Teach.Plan()) || m.Fragment() != fragment || len(stored(effects)) > 0 {
		t.Fatalf("%s: %s %+v %v", fragment, m.Notice, m.Teach.Plan(), effects)
	}
	same, out := taught(m, EditPlan(true), CutItem(0), PlanField{0, "what", "x"}, MoveItem{0, 1}, AddItem{}, ResetPlan{})
	if !same.Teach.Plan().Equal(m.Teach.Plan()) || same.Teach.Editing || len(stored(out)) > 0 {
		t.Errorf("what is shared can be changed: %v", out)
	}
	took, out := taught(m, TakePlan{})
	if kept := stored(out); !took.Teach.Plan().Equal(hers.Teach.Plan()) || kept[PlanSetting+"/45"] != hers.Teach.Plan().Text() || kept[PlanSetting] != kept[PlanSetting+"/45"] || took.Fragment() != "teach/45" || !took.Undo {
		t.Errorf("taken over is %v: %v", took.Teach.Plan(), out)
	}
	if back, _ := taught(took, BackPlan{}); back.Teach.Changed() {
		t.Error("the running order from before does not come back")
	}
	for link, want := range map[string]string{
		fragment[:len(fragment)-9]: "the running order in the link cannot be read: it is cut short",
		"teach/plan":               "the running order in the link cannot be read: it is cut short",
		"teach/plan/%00":           "the running order in the link cannot be read",
		"teach/30":                 `there is no running order "30"`,
		"teach/45/6":               "a link to Teach has fewer parts",
		fragment + "/x":            "a link to Teach has fewer parts",
		"teach/plan/" + strings.Repeat("A", 5000): "longer than 4096 bytes",
	} {
		m := ParseFragment(link)
		if !strings.Contains(m.Notice, want) {
			t.Errorf("%.40s: %q, want %q", link, m.Notice, want)
		}
	}
}

// standing returns the Teach page as it begins at an address.
func standing(t *testing.T, here string) Model {
	t.Helper()
	m, _ := Start("teach", Settings{Here: here})
	return m
}

func TestAddress(t *testing.T) {
	for _, test := range []struct{ here, typed, want, fault string }{
		{"https://lab.example.org/x/", "", "https://lab.example.org/x/", ""},
		{"http://192.168.1.4:8000/", "", "http://192.168.1.4:8000/", ""},
		{"https://lab.example.org/x/", "https://other.example/lab#teach", "https://other.example/lab", ""},
		{"file:///home/t/lab.html", "other.example", "https://other.example/", ""},
		{"file:///home/t/lab.html", "http://10.0.0.7:8000/lab/?words=de#x", "http://10.0.0.7:8000/lab/", ""},
		{"file:///home/t/lab.html", "https://u:p@other.example/", "https://other.example/", ""},
		{"file:///home/t/lab.html", "", "", "works on this computer only"},
		{"about:srcdoc", "", "", "works on this computer only"},
		{"http://localhost:8000/", "", "", "works on this computer only"},
		{"http://lab.localhost/", "", "", "works on this computer only"},
		{"http://127.0.0.1:8000/", "", "", "works on this computer only"},
		{"http://[::1]:8000/", "", "", "works on this computer only"},
		{"https://lab.example.org/", "localhost", "", "none that others can open"},
		{"https://lab.example.org/", "javascript://x/%0aalert(1)", "", "none that others can open"},
		{"https://lab.example.org/", "file:///x", "", "none that others can open"},
		{"https://lab.example.org/", "my lab", "", "none that others can open"},
		{"https://lab.example.org/", "https://", "", "none that others can open"},
	} {
		m, _ := taught(standing(t, test.here), ClassField{"address", test.typed}, ClassField{"phrase", "blue kettle"})
		got, fault := m.Teach.Address()
		if got != test.want || !strings.Contains(fault, test.fault) || (fault == "") != (test.fault == "") {
			t.Errorf("%s, typed %q: %q %q", test.here, test.typed, got, fault)
		}
		if link, _ := m.Teach.ClassLink(); test.fault == "" {
			u, err := url.Parse(link)
			if err != nil {
				t.Fatal(err)
			}
			if l, err := class.Parse(strings.TrimPrefix(u.Fragment, classWord)); err != nil || l != m.Teach.Class {
				t.Errorf("%s says %+v, %v", link, l, err)
			}
		}
	}
}

// A running order that came by a link may be anybody's: it opens places of the lab, and no
// class, no script and no other window.
func TestPlaceHref(t *testing.T) {
	joins, err := class.Link{Class: "7a", Phrase: "of somebody else"}.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	own := strings.TrimPrefix(scenarios.NameOf("title: x\nprofile: signed-id\n\nmallory get /\n"), "~")
	for link, want := range map[string]string{
		"handout.html": "handout.html", "present/two-rotations/act-2/1": "#present/two-rotations/act-2/1", "challenge/test-the-article/1": "#challenge/test-the-article/1",
		"learn/two-rotations": "#learn/two-rotations", "1/signed-id-toss/rotate/2": "#1/signed-id-toss/rotate/2",
		"class/" + joins: "", "2/" + own: "", "1/~" + own: "", "1/%7E" + own: "", "present/2/" + own: "", "present/%32/" + own: "", "present/1/~" + own: "",
		"notes/1-2": "", "embed/two-rotations": "", "lesson.html": "", "//evil.example": "", "..": "", "present/two-rotationsx": "",
	} {
		href, ok := PlaceHref(link)
		if ok != (want != "") || ok && href != want {
			t.Errorf("%s: %q, %t, want %q", link, href, ok, want)
		}
	}
}

// Everything of the group goes when it is asked for twice on end; the running orders stay.
func TestEndClass(t *testing.T) {
	m, _ := taught(ParseFragment("teach/45"), CutItem(0), ClassField{"name", "7a"}, Propose{1, 2, 3, 4})
	if m.Teach.Bits != 32 || len(strings.Fields(m.Teach.Class.Phrase)) != 4 {
		t.Errorf("the phrase is %q, %d bits", m.Teach.Class.Phrase, m.Teach.Bits)
	}
	m.Learn.Progress.Challenges = map[string]Done{"one-switch": {Solved: true}}
	m.Present.kept = "id 7-7\nvotes signed-is-not-yours/bet 5 3\nshown signed-is-not-yours/act/8\n"
	m.Teach.Owner = "Amira"
	once, _ := taught(m, EndClass{})
	if !reflect.DeepEqual(once.Teach.Class, m.Teach.Class) || !once.Teach.Ends || len(once.SolvedGoals()) != 1 {
		t.Error("once is enough")
	}
	if between, _ := taught(once, ClassBox{"hide", false}, EndClass{}); between.Teach.Class.Class != "7a" {
		t.Error("something else came between")
	}
	if meanwhile, _ := taught(once, Heard("any hello"), ReadCode{}, EndClass{}); meanwhile.Teach.Class.Class != "" {
		t.Error("what nobody did came between")
	}
	twice, out := taught(once, EndClass{})
	if twice.Teach.Class != (class.Link{Hide: true}) || len(twice.SolvedGoals()) != 0 || !twice.Teach.Changed() || twice.Teach.Owner != "" || !strings.Contains(twice.Notice, "cleared") {
		t.Errorf("%+v: %s", twice.Teach, twice.Notice)
	}
	if !slices.ContainsFunc(out, func(e Effect) bool { _, is := e.(StoreProgress); return is }) {
		t.Errorf("the progress stays kept: %v", out)
	}
	if !slices.Contains(out, Effect(KeepTab{PresentSetting, "id 7-7\n"})) {
		t.Errorf("the votes stay kept: %v", out)
	}
	wall := wall(t, "present/signed-is-not-yours")
	wall, _ = wall.Update(Cue{CueVote, 0, 5})
	for _, says := range posted(out) {
		wall, _ = wall.Update(Heard(says))
	}
	if now, _ := wall.Present.Counts(); Voted(now) {
		t.Errorf("the wall has the votes still: %v", now)
	}
	m.Seed = "one"
	first, _ := taught(m, OpenGoal("ten-minute-incident"))
	next, out := taught(first, Follow("teach"), EndClass{}, EndClass{}, OpenGoal("ten-minute-incident"))
	if first.Task.Seed == "" || next.Task.Seed == first.Task.Seed || !slices.Contains(out, Effect(Store{SeedSetting, ""})) {
		t.Errorf("the next learner has the same incident: %q, %q", first.Task.Seed, next.Task.Seed)
	}
	if card := m.OwnCard(); card.Solved != 1 || card.Of != len(class.Goals()) || card.Class != "7a" {
		t.Errorf("the card says %+v", card)
	}
}

// Whatever a link to Teach has, nothing breaks, and the link of what is shown means it.
func FuzzTeachLink(f *testing.F) {
	f.Add("45")
	f.Add("show")
	f.Add("plan/" + plans.All()[0].Pack())
	f.Fuzz(func(t *testing.T, rest string) {
		m := ParseFragment("teach/" + rest)
		if m.Page != "teach" {
			return
		}
		var wrong scenarios.Faults
		again := Teach{}.read(strings.Split(m.Teach.link(), "/"), &wrong)
		if !wrong.None() || again.link() != m.Teach.link() {
			t.Errorf("%q: %q means %q, %s", rest, m.Teach.link(), again.link(), wrong.String())
		}
	})
}
