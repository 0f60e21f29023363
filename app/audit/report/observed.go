//go:build !wasm

package report

import (
	"fmt"
	"io"
	"strings"

	"fixlab/lab/audit"
)

// Observed writes what a recording shows, for a person: the answer first, then the time
// line, the cookies, the routes by which somebody else could plant them, and what the
// recording cannot show. It keeps the promises of Text.
func Observed(w io.Writer, o audit.Observed, with Options) error {
	p := page{color: with.Color, width: with.Width}
	color := bold + ";" + yellow
	if o.State == audit.Kept {
		color = bold + ";" + red
	}
	p.say(color, "", "", said(o.Says))
	about := []string{said(o.Site)}
	if len(o.Session) > 0 {
		about = append(about, "session in "+said(strings.Join(cutAll(o.Session), ", ")), said(o.SureWhy))
	}
	if o.Framework != "" {
		about = append(about, said(o.Framework))
	}
	p.say("", "", "", strings.Join(about, "; "))
	p.each("", []string{o.Prove})
	p.each("Passwords in the recording; delete them", o.Spilled)
	p.each("What could not be read", o.Broken)
	p.timeLine(o.Line)
	p.cookies(o.Cookies)
	p.routes(o.Routes)
	if len(o.Notes) > 0 {
		p.title("What often leads astray, and is so here")
		for _, n := range o.Notes {
			p.say("", "  ", "", said(n.Says))
		}
	}
	p.each("What this recording cannot show", o.Limits)
	if o.Command != "" {
		p.title("What would tell")
		p.WriteString("  " + said(o.Command) + "\n")
	}
	if o.Play != "" {
		p.title("The nearest run of the lab")
		p.WriteString("  fixlab play " + said(o.Play) + "\n")
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// each writes sentences under a title.
func (p *page) each(title string, sentences []string) {
	for i, s := range sentences {
		if i == 0 && title != "" {
			p.title(title)
		}
		if p.enough(i, len(sentences)) {
			return
		}
		if s != "" {
			p.say("", "  ", "", said(s))
		}
	}
}

// enough reports whether i of a list's n have been written and no more are to be: how many
// those are, it says.
func (p *page) enough(i, n int) bool {
	if i == most {
		p.say("", "  ", "", fmt.Sprintf("and %d more", n-most))
	}
	return i == most
}

func (p *page) timeLine(points []audit.Point) {
	if len(points) == 0 {
		return
	}
	p.title("Time line")
	for i, x := range points {
		if p.enough(i, len(points)) {
			return
		}
		text := cut(x.Request, middle)
		if x.Count > 1 {
			text += fmt.Sprintf(" and %d alike", x.Count-1)
		}
		if x.Status > 0 {
			text += fmt.Sprintf(", %d", x.Status)
		}
		if x.Moment != audit.Plain {
			text += ", " + string(x.Moment)
		}
		if x.Sent.Key > 0 {
			text += "; sent " + x.Sent.String()
		}
		switch {
		case x.Got.Key > 0:
			text += "; set " + x.Got.String()
		case x.Gone:
			text += "; deleted"
		}
		p.say("", fmt.Sprintf("  %4d  ", x.Exchange+1), "", said(text))
	}
}

func (p *page) cookies(rows []audit.Row) {
	if len(rows) == 0 {
		return
	}
	p.title("Cookies")
	for i, r := range rows {
		if p.enough(i, len(rows)) {
			return
		}
		text := cut(r.Role, short)
		if r.Format != "" {
			text += ", " + cut(r.Format, short)
		}
		for _, v := range []struct {
			when  string
			value audit.Masked
		}{{"at first", r.Start}, {"after the login", r.Login}, {"after the second", r.Again}, {"after the logout", r.Logout}} {
			if v.value.Key > 0 {
				text += "; " + v.when + " " + v.value.String()
			}
		}
		p.say("", "  ", "", said(r.Name)+": "+said(text))
		for _, f := range r.Findings {
			if f.Fault {
				p.say("", "      ", "", said(f.Says)+" ("+said(f.Ref.ID)+")")
			}
		}
	}
}

func (p *page) routes(ways []audit.Way) {
	title := false
	for _, w := range ways {
		if w.Browser != "Chromium" {
			continue
		}
		if !title {
			p.title("Would a planted cookie land? By the lab’s routes, in Chromium")
			title = true
		}
		says := w.Route + ": " + string(w.Empty.Fate)
		if w.Beside.Fate != w.Empty.Fate {
			says += "; beside the genuine one: " + string(w.Beside.Fate)
		}
		if w.Empty.Why != "" {
			says += ". " + w.Empty.Why
		}
		p.say("", "  ", "", said(says))
	}
}

// said is a text as it may be printed: visible, and with an end.
func said(text string) string { return line(cut(text, middle)) }
