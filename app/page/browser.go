package page

import "fixlab/app/text"

// Messages that ask something of the browser, whatever they change in the model.
type (
	Share    struct{} // copy the link to what is shown
	CopyText Copy     // of a button
	Copied   struct { // what Copy and CopyAddress have come to
		Button string
		OK     bool
	}
	Undo    struct{} // what Notice tells
	FocusOn string   // the element of that id
)

// A Home is what the page's address leads to.
type Home int

// The homes of a page.
const (
	OnSite   Home = iota // the lab, for everybody
	InFile               // a file on this machine
	InFrame              // the lab, but the address bar shows that of another page
	Homeless             // nothing: it is a page inside another one
)

// A doer is a message that has effects of its own. The buttons of the notice go
// with it, and the focus must not.
type doer interface{ does() []Effect }

func (Share) does() []Effect      { return []Effect{CopyAddress{shareButton}} }
func (c CopyText) does() []Effect { return []Effect{Copy(c)} }
func (Undo) does() []Effect       { return []Effect{Back{}, Focus{ID: headingID}} }
func (Dismiss) does() []Effect    { return []Effect{Focus{ID: headingID}} }
func (f FocusOn) does() []Effect  { return []Effect{Focus{ID: string(f)}} }
func (ToVerdict) does() []Effect  { return []Effect{Focus{ID: verdictID}} }

func (Share) lab(m Model) Model    { m.View.Menu = false; return m }
func (CopyText) lab(m Model) Model { return m }
func (Undo) lab(m Model) Model     { return m }
func (FocusOn) lab(m Model) Model  { return m }

// Unkept says that the browser does not keep what a Store of that name gave it.
type Unkept string

func (Unkept) lab(m Model) Model { m.Teach.Unkept = true; return m }

func (c Copied) lab(m Model) Model {
	switch {
	case c.Button == shareButton && c.OK && m.home == Homeless:
		return m.tell(text.T("notice.copied-part"))
	case c.Button == shareButton && !c.OK && m.home >= InFrame:
		return m.tell(text.T("notice.copy-part", "link", "#"+m.Fragment()))
	case c.Button == shareButton && c.OK && m.home == InFile:
		return m.tell(text.T("notice.copied-file"))
	case c.Button == shareButton && c.OK && m.Page != "":
		return m.tell(text.T("notice.copied-page"))
	case c.Button == shareButton && c.OK:
		return m.tell(text.T("notice.copied-step"))
	case c.Button == shareButton && m.Page != "":
		return m.tell(text.T("notice.copy-page"))
	case c.Button == shareButton:
		return m.tell(text.T("notice.copy-step"))
	case c.Button == scriptButton && c.OK && len(m.Fragment()) > shortLink:
		return m.tell(text.T("hand.long-link", "n", len(m.Fragment())))
	case c.Button == scriptButton && c.OK:
		return m.tell(text.T("hand.copied-link"))
	case !c.OK:
		return m.tell(text.T("notice.no-copy"))
	}
	switch c.Button {
	case CodeButton:
		return m.tell(text.T("code.copied"))
	case SharePlanButton:
		return m.tell(text.T("teach.copied-plan"))
	case CopyClassButton:
		return m.tell(text.T("teach.copied-class"))
	case CopyEmbedButton:
		return m.tell(text.T("teach.copied-embed"))
	}
	if m.Page == "learn" {
		return m.tell(text.T("own.copied"))
	}
	if p := PageOf(m.Page); p != nil && p.copies != nil {
		return p.copies(m, c.Button)
	}
	m.Bench.Copied = c.Button
	return m
}
