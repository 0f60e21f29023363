//go:build !wasm

package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"fixlab/lab/audit"
)

// The elements of JUnit's XML as builds read it.
type (
	suites struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []suite  `xml:"testsuite"`
	}
	suite struct {
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Errors   int        `xml:"errors,attr"`
		Skipped  int        `xml:"skipped,attr"`
		Time     string     `xml:"time,attr"` // seconds
		Cases    []testcase `xml:"testcase"`
		Out      string     `xml:"system-out"`
	}
	testcase struct {
		Classname string   `xml:"classname,attr"`
		Name      string   `xml:"name,attr"`
		Failure   *outcome `xml:"failure"`
		Error     *outcome `xml:"error"`
		Skipped   *outcome `xml:"skipped"`
	}
	outcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes r as JUnit's XML, a testcase a check: what worked is a failure, what was
// inconclusive an error, as is what was asked for and left out; what was not tried or does
// not apply is skipped. A weakness is a failure where o.FailOn is audit.Weak, otherwise it
// is skipped, with its words. An audit that came to no answer never passes: it has an error
// of its own where no check has one.
func JUnit(w io.Writer, r audit.Report, o Options) error {
	d := copied(r, false)
	s := suite{Name: line("fixlab audit " + d.Target), Time: fmt.Sprintf("%.3f", d.Seconds), Out: line(sentence(d.Because, d.Ending))}
	for _, x := range d.Results {
		c := testcase{Classname: line("fixlab.audit." + x.Class), Name: line(x.ID + " " + x.Title)}
		says := &outcome{Message: line(x.Because), Type: line(x.Verdict), Text: strings.Join(told(x), "\n")}
		switch control, verdict := x.Class == string(audit.Control), audit.Verdict(x.Verdict); {
		case verdict == audit.DidNotWork && !control || verdict == audit.Held:
		case verdict == audit.NotTried && !x.Asked || verdict == audit.NotApplicable:
			says.Type, says.Message, c.Skipped = "", line(x.Verdict+": "+x.Because), says
		case control || verdict != audit.Worked:
			c.Error = says
		case x.Class == string(audit.Weakness) && o.FailOn != audit.Weak:
			says.Type, says.Message, c.Skipped = "", line("a weakness, which this run does not fail on: "+x.Because), says
		default:
			says.Type, c.Failure = line(x.Class), says
		}
		s.add(c)
	}
	for _, f := range d.Findings {
		says := &outcome{Message: line(f.Says), Type: inDocument, Text: f.at() + "\nAbout: " + joined(f.Refs)}
		c := testcase{Classname: "fixlab.audit." + inDocument, Name: line(f.Rule + " " + f.Says)}
		if o.FailOn == audit.Weak {
			c.Failure = says
		} else {
			says.Type, says.Message, c.Skipped = "", line("in the document, which this run does not fail on: "+f.Says), says
		}
		s.add(c)
	}
	if d.Document != "" && len(d.Findings) == 0 && ran(r.Ending) {
		s.add(testcase{Classname: "fixlab.audit." + inDocument, Name: line(d.Document)})
	}
	if !ran(r.Ending) && s.Errors == 0 {
		s.add(testcase{Classname: "fixlab.audit", Name: "the audit comes to an answer", Error: &outcome{Message: line(d.Because), Type: line(d.Ending)}})
	}
	text, err := xml.MarshalIndent(suites{Suites: []suite{s}}, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}

func (s *suite) add(c testcase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

// told is all that a check has to say, a line each.
func told(x result) (out []string) {
	add := func(name, text string) {
		if text != "" {
			out = append(out, name+text)
		}
	}
	add("Cause: ", line(x.Cause))
	add("About: ", x.requirements())
	add("Cookies: ", line(strings.Join(x.Cookies, ", ")))
	for i, l := range lines(x.Mend) {
		if i == 0 {
			out = append(out, "Mend:")
		}
		out = append(out, "    "+l)
	}
	add("The lab shows it: ", x.shows())
	for i, e := range x.Evidence {
		if i == shown {
			out = append(out, fmt.Sprintf("and %d more", len(x.Evidence)-shown))
			break
		}
		out = append(out, line(fmt.Sprintf("Seen: %s %d: %s", e.Request, e.Status, e.Says)))
	}
	return out
}
