package page

import (
	"cmp"
	"net/url"
	"strings"

	"fixlab/app/class"
	"fixlab/app/text"
	"fixlab/lab/cookie"
	"fixlab/scenarios/plans"
)

// What is done with the class.
type (
	ClassField struct {
		Name string // "name", "phrase", "lang" or "address"
		Text string
	}
	ClassBox struct {
		Name string // "hide" or "variants"
		On   bool
	}
	Propose   [class.PhraseWords]byte // a phrase, by chance
	CopyClass struct{}                // the link
	EndClass  struct{}                // reset everything for the next group; the first asks
	Print     struct{}                // what is shown
)

// NoChoice is the value of a list's option for nothing.
const NoChoice = "none"

func (f ClassField) teach(m Model) Model {
	c := &m.Teach.Class
	_, before := m.Teach.ClassLink()
	switch f.Name {
	case "name":
		c.Class = class.Clean(f.Text)
	case "phrase":
		if next := class.Clean(f.Text); next != c.Phrase {
			c.Phrase, m.Teach.Bits = next, 0
		}
	case "lang":
		c.Lang = f.Text
	case "address":
		m.Teach.Lab = strings.TrimSpace(plans.Clean(f.Text))
	}
	if _, now := m.Teach.ClassLink(); now != before {
		m.Teach.said = cmp.Or(now, text.T("teach.link-there"))
	}
	return m
}

func (b ClassBox) teach(m Model) Model {
	switch b.Name {
	case "hide":
		m.Teach.Class.Hide = b.On
	case "variants":
		m.Teach.Class.Variants = b.On
	}
	return m
}

func (p Propose) teach(m Model) Model {
	m.Teach.Class.Phrase = class.Phrase(p)
	m.Teach.Bits = class.PhraseBits
	m.Teach.said = text.T("teach.proposed", "phrase", m.Teach.Class.Phrase)
	return m
}

func (CopyClass) teach(m Model) Model { return m }
func (Print) teach(m Model) Model     { return m }

func (EndClass) teach(m Model) Model {
	t := m.Teach.ready()
	if !t.Ends {
		t.Ends = true
		t.said = text.T("teach.end-again")
		m.Teach = t
		return m
	}
	t.Ends = false
	t.Class, t.Bits, t.Owner = class.Link{Hide: true}, 0, ""
	t.Codes = Codes{playing: t.Codes.playing}
	m.Teach = t
	m.again++ // who sits here next has another incident, and is no copy
	m.Learn.Class, m.Learn.Name, m.Task = class.Link{}, "", Task{}
	m.Present = m.Present.recalled().ended()
	if m.Learn = m.Learn.anew(Progress{}); m.Learn.Lesson != nil {
		m.Learn = m.Learn.at(0)
	}
	return m.tell(text.T("teach.ended"))
}

// Address returns the lab's address for others. The fault says why there is none.
func (t Teach) Address() (address, fault string) {
	typed := t.Lab
	if typed == "" {
		if reach(t.Here) == nil {
			return "", text.T("teach.address-local")
		}
		typed = t.Here
	}
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u := reach(typed)
	if u == nil {
		return "", text.T("teach.address-wrong")
	}
	u.Fragment, u.RawQuery, u.User = "", "", nil
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), ""
}

// AddressFault says what is wrong with the address that she typed, "" where nothing is.
func (t Teach) AddressFault() string {
	if _, fault := t.Address(); t.Lab != "" {
		return fault
	}
	return ""
}

// reach returns an address that other computers can open, nil for any other.
func reach(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || strings.ContainsAny(u.Host, " \"<>") {
		return nil
	}
	if host := strings.ToLower(u.Hostname()); cookie.Loopback(host) || host == "0.0.0.0" {
		return nil
	}
	return u
}

// ClassLink returns the whole link for the class. The fault says why there is none.
func (t Teach) ClassLink() (link, fault string) {
	address, fault := t.Address()
	if fault != "" {
		return "", fault
	}
	if strings.TrimSpace(t.Class.Phrase) == "" {
		return "", text.T("teach.no-phrase")
	}
	fragment, err := t.Class.Fragment()
	if err != nil {
		return "", text.T("teach.no-link", "why", err.Error())
	}
	return address + "#" + classWord + fragment, ""
}

// local returns the address of the lab for others, or the page's own where there is none.
func (t Teach) local() string {
	if address, fault := t.Address(); fault == "" {
		return address
	}
	return t.Here
}
