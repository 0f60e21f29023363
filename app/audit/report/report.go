//go:build !wasm

// Package report writes an audit: as text for a person, as JSON, as SARIF 2.1.0 for code
// scanning, as JUnit for a build. report.md describes the three that a program reads.
//
// Each takes what it writes from a copy of the report in which cookie values are masked,
// every text has an end, and what is no UTF-8 is replaced: parts of a report come from the
// server that was tested.
package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fixlab/app/words"
	"fixlab/lab/audit"
)

// Options are how a report is written.
type Options struct {
	Color  bool         // of Text: with the colours of ANSI terminals
	Width  int          // of Text: the columns after which a line is wrapped, 0 for never
	Values bool         // of JSON: cookie values as they are, not masked
	FailOn audit.Ending // of JUnit: audit.Weak makes a weakness, and a finding in a document, a failure; otherwise only an attack is one
	At     Places       // of SARIF: where in the repository a result belongs
	Root   string       // of SARIF: the repository's folder, below which the files of findings are
}

// How long a text may be, in characters: names and titles, sentences, and lines of source.
const (
	short  = 200
	middle = 600
	long   = 4000
)

// most is how many of a kind an exchange may list: a server can set cookies without end.
const most = 50

// copied returns the report as it may be written.
func copied(r audit.Report, values bool) document {
	var masks audit.Masks
	d := document{Format: Format, Version: Version, Target: cut(r.Target, middle), Ending: string(r.Ending), Because: cut(r.Because, middle), Framework: cut(r.Framework, short),
		Session: cutAll(r.Session), Planting: sentences(r.Planting), Results: []result{}, Document: cut(r.Document, middle), Findings: []finding{}, Exchanges: []exchange{}, Logins: r.Logins, Requests: r.Requests, Seconds: r.Seconds}
	for _, x := range r.Results {
		y := result{ID: cut(x.ID, short), Title: cut(x.Title, short), Class: string(x.Class), Verdict: string(x.Verdict), Asked: x.Asked, Because: cut(x.Because, middle),
			Cause: cut(x.Cause, middle), Mend: cut(x.Mend, long), Play: cut(x.Play, short), Cookies: cutAll(x.Cookies), Evidence: []evidence{}}
		y.Refs = references(x.Refs)
		for _, e := range x.Evidence {
			y.Evidence = append(y.Evidence, evidence{e.Exchange, cut(e.Request, middle), e.Status, cut(e.Says, middle)})
		}
		d.Results = append(d.Results, y)
	}
	for _, x := range r.Findings {
		d.Findings = append(d.Findings, finding{cut(x.Rule, short), cut(x.Title, short), cut(x.File, middle), max(x.Line, 1), cut(x.Says, middle), references(x.Refs)})
	}
	for _, x := range r.Exchanges {
		y := exchange{At: x.At.Seconds(), Method: cut(x.Method, short), URL: cut(x.URL, middle), Status: x.Status, Location: cut(x.Location, middle),
			Fields: cutAll(x.Fields), Bearer: x.Bearer, HSTS: cut(x.HSTS, short), Cache: cut(x.Cache, short), Cookies: []pair{}, Set: []string{}}
		for i, c := range x.Cookies {
			if i == most {
				y.Left += len(x.Cookies) - most
				break
			}
			if !values {
				c.Value = masks.Of(c.Value)
			}
			y.Cookies = append(y.Cookies, pair{cut(c.Name, short), cut(c.Value, long)})
		}
		for i, line := range x.Set {
			if i == most {
				y.Left += len(x.Set) - most
				break
			}
			if !values {
				line = masks.Line(line)
			}
			y.Set = append(y.Set, cut(line, long))
		}
		d.Exchanges = append(d.Exchanges, y)
	}
	return d
}

func references(of []audit.Reference) []reference {
	out := []reference{}
	for _, ref := range of {
		out = append(out, reference{cut(ref.ID, short), cut(ref.Title, short)})
	}
	return out
}

// having returns the results of a class with a verdict; an empty class is any but a control.
func (d document) having(class audit.Class, verdict audit.Verdict) (out []result) {
	for _, r := range d.Results {
		if r.Verdict == string(verdict) && (r.Class == string(class) || class == "" && r.Class != string(audit.Control)) {
			out = append(out, r)
		}
	}
	return out
}

// finding reports whether the result is an attack that worked or a weakness that is there.
func (r result) finding() bool {
	return r.Verdict == string(audit.Worked) && r.Class != string(audit.Control)
}

// requirements returns what a check is about, in one line.
func (r result) requirements() string { return joined(r.Refs) }

func joined(refs []reference) string {
	var out []string
	for _, ref := range refs {
		out = append(out, strings.TrimSuffix(ref.ID+", "+ref.Title, ", "))
	}
	return line(strings.Join(out, "; "))
}

// shows returns the command by which the lab shows what worked, "" for none.
func (r result) shows() string {
	if r.Play == "" {
		return ""
	}
	return line("fixlab play " + r.Play)
}

// line writes text so that it is one line and a reader sees every byte of it.
func line(text string) string { return words.Visible(text) }

// lines writes text of several lines so that a reader sees every byte of it.
func lines(text string) []string {
	text = strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if text == "" {
		return nil
	}
	out := strings.Split(text, "\n")
	for i := range out {
		out[i] = line(strings.ReplaceAll(out[i], "\t", "    "))
	}
	return out
}

// cut ends text after n characters, and replaces what is no UTF-8.
func cut(text string, n int) string {
	if len(text) > n {
		seen := 0
		for at := range text {
			if seen++; seen > n {
				text = text[:at] + "…"
				break
			}
		}
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	return text
}

// cutAll does so with a list, which it ends, too.
func cutAll(list []string) []string {
	out := slices.Clone(list[:min(len(list), most)])
	for i := range out {
		out[i] = cut(out[i], short)
	}
	if len(list) > most {
		out = append(out, "…")
	}
	return append([]string{}, out...)
}

// sentences are a list of them, each with an end.
func sentences(list []string) []string {
	out := []string{}
	for _, s := range list[:min(len(list), most)] {
		out = append(out, cut(s, long))
	}
	return out
}
