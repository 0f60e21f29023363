package page

import (
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/script/edit"
	"fixlab/scenarios"
)

// An Offer is a script that came by a link or in a file. It is shown before it is played.
type Offer struct {
	Name   string // as of scenarios.Own; of a text that is no script it is that all the same
	Text   string
	Rest   string // what the link says after it: the switches and the step
	Faults []edit.Fault
	About  About
}

// An About is what can be told of a script without playing it.
type About struct {
	Title, Profile string
	On             defence.Set    // of its server, and of the link
	Steps          map[string]int // how many each actor has, as "mallory@alice"
	Hosts          []string       // that it names
	Needs          []string       // see script.Step.Needs
	Wants          int
	Longest        int // the bytes of its longest line
}

// PlayOffer plays the script that is offered, or opens it in the editor where it cannot be
// played.
type PlayOffer struct{}

// offered returns m at the page that shows a script before it is played.
func (m Model) offered(written, switches, step string) Model {
	m.Page = ScriptPage
	o := Offer{Name: scenarios.NameOf(written), Text: written, Rest: switches}
	if step != "" {
		o.Rest += "/" + step
	}
	o.Faults = edit.Faults(written, editWords())
	if s, err := scenarios.Own(written); err == nil {
		o.About = about(s)
		on, _ := defence.Parse(switches)
		o.About.On |= on
	} else if len(o.Faults) == 0 {
		o.Faults = faultsOf(err, written)
	}
	m.Hand.Offer = o
	return m.tell("")
}

func about(s *script.Scenario) About {
	a := About{Title: s.Title, Profile: s.Profile, On: s.On, Steps: map[string]int{}, Wants: len(s.Wants)}
	for line := range strings.SplitSeq(s.Text, "\n") {
		a.Longest = max(a.Longest, len(line))
	}
	a.Needs = granted(s.Steps)
	for _, step := range s.Steps {
		who := step.Who
		if step.At != "" {
			who += "@" + step.At
		}
		a.Steps[who]++
		for _, arg := range step.Args {
			for _, host := range hostsIn(arg) {
				if !slices.Contains(a.Hosts, host) {
					a.Hosts = append(a.Hosts, host)
				}
			}
		}
	}
	slices.Sort(a.Hosts)
	return a
}

// hostsIn returns the hosts of the URLs in a text.
func hostsIn(text string) (hosts []string) {
	for {
		_, rest, ok := strings.Cut(text, "://")
		if !ok {
			return hosts
		}
		end := strings.IndexAny(rest, "/?#\"'<> ;")
		if end < 0 {
			end = len(rest)
		}
		if end > 0 && end < 100 {
			hosts = append(hosts, rest[:end])
		}
		text = rest
	}
}

func (PlayOffer) hand(m Model) Model {
	o := m.Hand.Offer
	m.Hand.undo, m.Hand.redo = nil, nil
	if len(o.Faults) > 0 {
		return m.toMend(o.Text)
	}
	on, _, _ := strings.Cut(o.Rest, "/")
	if s, err := scenarios.Own(o.Text); err == nil {
		d, _ := defence.Parse(on)
		if _, err = m.Run.play(s, d); err != nil { // only its run shows what is wrong
			next := m.toMend(o.Text)
			next.Hand.Faults = faultsOf(err, o.Text)
			return next
		}
	}
	parts := append([]string{strings.TrimPrefix(o.Name, "~")}, strings.Split(o.Rest, "/")...)
	m.Hand = m.Hand.knows(o.Name)
	m.Hand.Site = Site{}
	return m.scriptLink(parts)
}

// toMend returns m with a text in the editor that cannot be played as it is.
func (m Model) toMend(written string) Model {
	m.Page = ""
	return m.script("title: " + text.T("hand.untitled") + "\nprofile: " + firstServer + "\n").draft(written)
}

// ScriptPage is the name of the page that shows a script before it is played; its links
// are those of the script.
const ScriptPage = "2"

// readScript reads the parts of a link to a script behind its version: one that the
// learner has seen is played, any other is offered. Where the link has no script that can
// be read, one without steps is begun, and the notice says so.
func (m Model) readScript(parts []string) Model {
	part := func(i int, missing string) string {
		if i < len(parts) {
			return parts[i]
		}
		return missing
	}
	name := scenarios.Packed(part(0, ""))
	written, err := scenarios.Text(name)
	switch {
	case err != nil && slices.Contains(scenarios.Names(), part(0, "")): // of a lesson, by another version
		var wrong scenarios.Faults
		wrong.Add(text.T("fault.version", "version", quote(ScriptPage)))
		m.Run, m.Page = readRun(parts, Run{}, &wrong), ""
		return m.tell(brokenRun(wrong, m.Run))
	case err != nil:
		fault := strings.TrimSuffix(err.Error(), ".")
		return NewScript(firstServer).hand(m).tell(text.T("notice.broken-script", "fault", fault))
	case m.Hand.saw(name):
		return m.scriptLink(parts)
	}
	return m.offered(written, part(1, "none"), part(2, ""))
}

// firstServer is the server of a script that says none.
const firstServer = "signed-id"

// scriptLink plays the script of a link's parts behind its version.
func (m Model) scriptLink(parts []string) Model {
	var wrong scenarios.Faults
	name, undo, redo := scenarios.Packed(parts[0]), m.Hand.undo, m.Hand.redo
	list := append([]string{name}, parts[1:]...)
	if len(list) == 1 {
		list = append(list, "none")
	}
	last := len(list) == 2
	if last {
		list = append(list, "1")
	}
	r := readRun(list, m.Run, &wrong)
	if last {
		r.Step = max(0, len(r.Trace.Frames)-1)
	}
	m.Hand.Typed = m.stillTyped(r)
	if r.Scenario.Name != m.Scenario.Name { // what is being written into the script stays
		m.Hand.Drafting, m.Hand.Draft, m.Hand.Faults = false, "", nil
	}
	m.Run, m.Page, m.Hand.Checked = r, "", nil
	m.Hand.Sits = m.Hand.Sits && m.maySit()
	m.Hand.undo, m.Hand.redo = undo, redo
	m.Hand = m.Hand.knows(r.Scenario.Name)
	return m.tell(brokenRun(wrong, r))
}

// seen reports whether the learner has seen all scripts among the parts of a link.
func (h Hand) seen(parts []string) bool {
	return !slices.ContainsFunc(parts, func(part string) bool { return scenarios.IsOwn(part) && !h.saw(part) })
}

// unseen offers the first script among the parts of a link that she has not seen.
func (m Model) unseen(parts []string) Model {
	for _, part := range parts {
		if scenarios.IsOwn(part) && !m.Hand.saw(part) {
			return m.readScript([]string{strings.TrimPrefix(part, "~")})
		}
	}
	return m
}
