//go:build !wasm

package report

import (
	"fmt"
	"io"
	"strings"

	"fixlab/lab/audit"
)

// shown is how many pieces of evidence Text gives a finding.
const shown = 6

// Text writes r for a person: one sentence first, then what worked, the controls, what did
// not work, what could not be settled, what was not tried and why, and what all of it did to the
// accounts.
//
// What it writes holds no byte that a terminal obeys but line ends and, with o.Color, its
// own colours. Text in colour must not go through the door of the commands, which would
// show the colours as bytes.
func Text(w io.Writer, r audit.Report, o Options) error {
	d, p := copied(r, false), page{color: o.Color, width: o.Width}
	p.head(d)
	p.controls(d)
	p.findings("Attacks that worked", d.having(audit.Attack, audit.Worked))
	if r.Ending == audit.Vulnerable {
		p.each("How an attacker could plant a cookie", r.Planting)
	}
	p.findings("Weaknesses", d.having(audit.Weakness, audit.Worked))
	p.document(d)
	p.list("What did not work", d.having("", audit.DidNotWork))
	p.list("What could not be settled", d.having("", audit.Inconclusive))
	p.list("What does not apply here", d.having("", audit.NotApplicable))
	p.list("What was not tried", append(d.having(audit.Control, audit.NotTried), d.having("", audit.NotTried)...))
	p.end(d)
	_, err := io.WriteString(w, p.String())
	return err
}

// A page is a text as it grows.
type page struct {
	strings.Builder
	color bool
	width int
}

const (
	red    = "31"
	yellow = "33"
	bold   = "1"
)

func (p *page) head(d document) {
	color := bold
	switch audit.Ending(d.Ending) {
	case audit.Vulnerable:
		color = bold + ";" + red
	case audit.NoAttackWorked:
	default:
		color = bold + ";" + yellow
	}
	p.say(color, "", "", line(sentence(d.Because, d.Ending)))
	if d.Target == "" {
		return
	}
	about := []string{line(d.Target)}
	if len(d.Session) > 0 {
		about = append(about, "session in "+line(strings.Join(d.Session, ", ")))
	}
	if d.Framework != "" {
		about = append(about, line(d.Framework))
	}
	p.say("", "", "", strings.Join(about, "; "))
}

// sentence returns the words of an ending: its reason, and the ending itself where that is
// not an answer to the question.
func sentence(because, ending string) string {
	switch audit.Ending(ending) {
	case audit.Unsettled, audit.NoLogin, audit.Unreachable:
		return strings.TrimSuffix(upper(ending)+": "+because, ": ")
	}
	if because == "" {
		return upper(ending) + "."
	}
	return because
}

func (p *page) findings(title string, of []result) {
	if len(of) == 0 {
		return
	}
	p.title(title)
	for i, r := range of {
		if i > 0 {
			p.WriteByte('\n')
		}
		color := yellow
		if r.Class == string(audit.Attack) {
			color = red
		}
		p.say(color, "  ", line(r.ID)+"  ", line(r.Title))
		p.say("", "      ", "", line(r.Because))
		p.part("Cause: ", line(r.Cause))
		p.part("About: ", r.requirements())
		p.part("Cookies: ", line(strings.Join(r.Cookies, ", ")))
		if mend := lines(r.Mend); len(mend) > 0 {
			p.WriteString("      Mend:\n")
			for _, l := range mend {
				p.WriteString("          " + l + "\n")
			}
		}
		if r.Play != "" {
			p.WriteString("      The lab shows it: " + r.shows() + "\n")
		}
		p.evidence(r.Evidence)
	}
}

// document writes what was found in the document that describes the server.
func (p *page) document(d document) {
	if d.Document == "" {
		return
	}
	p.title("In " + line(d.Document))
	for _, f := range d.Findings {
		p.say(yellow, "  ", f.at()+"  ", line(f.Rule)+": "+line(f.Says))
		p.part("About: ", joined(f.Refs))
	}
	switch {
	case len(d.Findings) > 0:
	case audit.Ending(d.Ending) == audit.OnlyRead:
		p.say("", "  ", "", "No rule finds anything. Whether the server does what the document says was not tried.")
	default:
		p.say("", "  ", "", "No rule finds anything, and nothing was seen that the document says otherwise.")
	}
}

// at is where a finding stands: "api.yaml:31".
func (f finding) at() string { return line(fmt.Sprintf("%s:%d", f.File, f.Line)) }

func (p *page) evidence(seen []evidence) {
	if len(seen) == 0 {
		return
	}
	p.WriteString("      Seen:\n")
	for i, e := range seen {
		if i == shown {
			p.say("", "        ", "", fmt.Sprintf("and %d more, see -o json", len(seen)-shown))
			break
		}
		var at []string
		if e.Request != "" {
			at = append(at, line(e.Request))
		}
		if e.Status != 0 {
			at = append(at, fmt.Sprint(e.Status))
		}
		p.say("", "        ", "", strings.TrimPrefix(strings.Join(at, ", ")+": "+line(e.Says), ": "))
	}
}

func (p *page) controls(d document) {
	first := true
	for _, r := range d.Results {
		if r.Class != string(audit.Control) || r.Verdict == string(audit.NotTried) {
			continue
		}
		if first {
			p.title("Controls")
			first = false
		}
		color, held := "", "held"
		if r.Verdict != string(audit.Held) {
			color, held = yellow, r.Verdict
		}
		p.say(color, "  ", line(r.ID)+"  ", line(r.Title)+": "+held+". "+line(r.Because))
	}
}

// list writes a line for each result.
func (p *page) list(title string, of []result) {
	if len(of) == 0 {
		return
	}
	p.title(title)
	for _, r := range of {
		p.say("", "  ", line(r.ID)+"  ", strings.TrimSuffix(line(r.Title)+": "+line(r.Because), ": "))
	}
}

func (p *page) end(d document) {
	if d.Target == "" {
		return
	}
	p.title("What this did to the accounts")
	p.say("", "  ", "", fmt.Sprintf("%d %s tried, wrong passwords included; %d %s in %.1f s.", d.Logins, plural(d.Logins, "login", "logins"), d.Requests, plural(d.Requests, "request", "requests"), d.Seconds))
	if audit.Ending(d.Ending) == audit.NoAttackWorked {
		p.say("", "  ", "", "This says what was tried and did not work. It does not say that nothing else works.")
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func (p *page) title(text string) {
	p.WriteByte('\n')
	p.say(bold, "", "", text)
}

func (p *page) part(name, text string) {
	if text != "" {
		p.say("", "      ", name, text)
	}
}

// say writes a paragraph: margin and head before its first line, as many blanks before the
// others, and two at least: no line but its first stands where a heading does.
func (p *page) say(color, margin, head, text string) {
	hang := strings.Repeat(" ", max(2, len([]rune(head))))
	for i, l := range wrap(text, p.width-len(margin+hang)) {
		if i == 0 {
			l = head + l
		} else {
			l = hang + l
		}
		if color != "" && p.color {
			l = "\x1b[" + color + "m" + l + "\x1b[0m"
		}
		p.WriteString(strings.TrimRight(margin+l, " ") + "\n")
	}
}

// wrap breaks text at blanks into lines of width characters; a word that is longer stands
// alone. Below 20 it breaks nothing.
func wrap(text string, width int) (out []string) {
	if width < 20 {
		return []string{text}
	}
	now, n := "", 0
	for _, word := range strings.Fields(text) {
		switch m := len([]rune(word)); {
		case n == 0:
			now, n = word, m
		case n+1+m > width:
			out = append(out, now)
			now, n = word, m
		default:
			now, n = now+" "+word, n+1+m
		}
	}
	return append(out, now)
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
