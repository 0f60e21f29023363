package page

import (
	"slices"
	"testing"
)

// An embedded lesson has the course's links with another first word, and stays what it is.
func TestEmbedLinks(t *testing.T) {
	second := Course()[1].Name
	for link, want := range map[string]string{
		"embed":                       "embed/" + Course()[0].Name,
		"embed/" + second:             "embed/" + second,
		"embed/" + second + "/act":    "embed/" + second + "/act",
		"embed/no-such":               "embed/" + Course()[0].Name,
		"embedded":                    "",
		"learn/" + second:             "",
		"1/signed-id-toss/none/1":     "",
		"embed/" + second + "/a/b/c/": "embed/" + second,
	} {
		m := ParseFragment(link)
		if got := m.Fragment(); want != "" && got != want || m.Embedded() != (want != "") {
			t.Errorf("%s is %s, embedded: %v", link, got, m.Embedded())
		}
		if want != "" && ParseFragment(m.Fragment()).Fragment() != m.Fragment() {
			t.Errorf("%s leads elsewhere than it says", m.Fragment())
		}
	}
	m, _ := Start("", Settings{Embed: true})
	if !m.Embedded() {
		t.Error("an address that asks for it does not embed")
	}
	m = m.then(Follow("learn/" + second))
	if m.Fragment() != "embed/"+second {
		t.Errorf("after a link of the course it is %s", m.Fragment())
	}
}

// Other links of an embedded lesson open the whole lab beside it, and leave it as it is.
func TestEmbedLeaves(t *testing.T) {
	m, _ := Start("embed/"+Course()[0].Name, Settings{})
	for _, link := range []string{"1/signed-id-toss/none/1", "challenge/one-switch", "reference", "present/signed-is-not-yours", "nonsense"} {
		next, effects := m.Update(Follow(link))
		if next.Fragment() != m.Fragment() || !slices.Contains(effects, Effect(OpenTab(link))) || !slices.Contains(effects, Effect(Visit{m.Fragment(), true})) {
			t.Errorf("%s leads to %s, with %v", link, next.Fragment(), effects)
		}
	}
	_, effects := m.Update(Follow("embed/" + Course()[1].Name))
	if slices.ContainsFunc(effects, func(e Effect) bool { _, opens := e.(OpenTab); return opens }) {
		t.Errorf("a lesson opens a tab: %v", effects)
	}
	m, _ = Start("1/signed-id-toss/none/1", Settings{})
	if _, effects := m.Update(Follow("reference")); slices.Contains(effects, Effect(OpenTab("reference"))) {
		t.Errorf("the lab opens a tab: %v", effects)
	}
}

// A package that holds all there is says what it does not hold, and stays where it is.
func TestAloneLacks(t *testing.T) {
	m, _ := Start("learn", Settings{Alone: true})
	pages := Pages
	Pages = slices.DeleteFunc(slices.Clone(Pages), func(p Page) bool { return slices.Contains(rare, p.Name) }) // as the first program has them
	t.Cleanup(func() { Pages = pages })
	for _, link := range []string{"teach", "present/" + Course()[0].Name} {
		next, effects := m.Update(Follow(link))
		if next.Fragment() != m.Fragment() || next.Notice == "" || !slices.Contains(effects, Effect(Visit{m.Fragment(), true})) {
			t.Errorf("%s leads to %s, told %q, with %v", link, next.Fragment(), next.Notice, effects)
		}
		if slices.Contains(effects, Effect(Reopen(link))) {
			t.Errorf("%s loads the page anew", link)
		}
	}
	m, _ = Start("learn", Settings{})
	if _, effects := m.Update(Follow("teach")); !slices.Contains(effects, Effect(Reopen("teach"))) {
		t.Errorf("a site does not load its other program: %v", effects)
	}
}

// A link to a page of trainers that was followed before the program was there leads there;
// what was bet meanwhile is kept.
func TestStartsElsewhere(t *testing.T) {
	pages := Pages
	Pages = slices.DeleteFunc(slices.Clone(Pages), func(p Page) bool { return slices.Contains(rare, p.Name) })
	t.Cleanup(func() { Pages = pages })
	_, effects := Start("present/three-defences", Settings{Bet: "1/sure"})
	if last := effects[len(effects)-1]; last != Effect(Reopen("present/three-defences")) {
		t.Errorf("it ends with %#v", last)
	}
	if !slices.ContainsFunc(effects, func(e Effect) bool { _, is := e.(StoreProgress); return is }) {
		t.Error("the bet is lost")
	}
	if m, effects := Start("present/three-defences", Settings{Alone: true}); m.Notice == "" || slices.Contains(effects, Effect(Reopen("present/three-defences"))) {
		t.Errorf("a package without it says %q, with %v", m.Notice, effects)
	}
}
