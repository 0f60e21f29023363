//go:build !wasm

package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fixlab/app/export"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// play prints a run: one line a step, its events indented under it with the
// server's line that did them, and the verdict. The run is spelt as
// scenarios.ParsePlay reads it, and may name a file that ends in .txt in place of
// a lesson; flags say the switches and the words where the spelling does not.
// Without a run it lists the lessons.
func play(args []string, out io.Writer) error {
	f := flags("play")
	on := f.String("on", "", "switches, joined by +")
	with := f.String("with", "", "another server, route, source, jar or browser, joined by +")
	for _, form := range forms {
		f.Bool(form.flag, false, form.says)
	}
	names, err := mixed(f, args)
	if err != nil {
		return err
	}
	switch len(names) {
	case 0:
		return list(out)
	case 1:
	default:
		return usageError{fmt.Errorf("play: one scenario, please, not %q", names)}
	}
	print, err := formOf(f)
	if err != nil {
		return usageError{err}
	}
	s, p, err := spelt(names[0], *on, *with)
	if err != nil {
		return usageError{fmt.Errorf("play: %w", err)}
	}
	t, err := p.RunOf(s)
	if err != nil {
		return err
	}
	if err := print(out, t); err != nil {
		return err
	}
	if t.Cut != "" {
		return errors.New(t.Cut) // the steps are printed; the run has no outcome
	}
	if w, ok := scenarios.RowFor(s, t.Scenario, t.Defences); ok {
		if err := t.Meets(w); err != nil {
			file := s.Name + ".txt"
			if own, _, ok := fileOf(names[0]); ok {
				file = own
			}
			return failure(file, w, err)
		}
	}
	return nil
}

// A printer prints a run.
type printer func(out io.Writer, t *lab.Trace) error

// forms are the forms of a run that a flag asks for.
var forms = []struct {
	flag, says string
	print      printer
}{
	{"json", "print one JSON object", printJSON},
	{"har", "print its messages as an HTTP archive, HAR 1.2", exported(export.HAR)},
	{"mermaid", "print it as a Mermaid sequence diagram", exported(export.Mermaid)},
	{"md", "print it as Markdown", exported(export.Markdown)},
}

func exported(form func(*lab.Trace) string) printer {
	return func(out io.Writer, t *lab.Trace) error {
		_, err := io.WriteString(out, form(t)) // in one piece: see door
		return err
	}
}

// formOf returns the printer of the one form that the flags ask for, lab.Print without one.
func formOf(f *flag.FlagSet) (printer, error) {
	print, asked := printer(lab.Print), ""
	for _, form := range forms {
		if f.Lookup(form.flag).Value.String() != "true" {
			continue
		}
		if asked != "" {
			return nil, fmt.Errorf("play: -%s and -%s are two forms: ask for one", asked, form.flag)
		}
		print, asked = form.print, form.flag
	}
	return print, nil
}

// spelt returns the scenario that text names, and how text and the flags play it.
func spelt(text, on, with string) (s *script.Scenario, p scenarios.Play, err error) {
	if file, row, ok := fileOf(text); ok {
		if s, err = open(file); err == nil && row != "" {
			p.On, p.With, err = scenarios.ParseRow(row)
		}
	} else if p, err = scenarios.ParsePlay(text); err == nil {
		s, err = scenarios.Get(p.Lesson)
	}
	if err != nil {
		return nil, p, err
	}
	d, words, err := scenarios.ParseRow(cmp.Or(on, "none") + "@" + with)
	switch {
	case err != nil:
		return nil, p, err
	case d != 0 && p.On != 0:
		return nil, p, fmt.Errorf("%s names switches, and so does -on: say them once", text)
	case words != "" && p.With != "":
		return nil, p, fmt.Errorf("%s has words after an @, and so has -with: say them once", text)
	}
	p.On, p.With = p.On|d, cmp.Or(p.With, words)
	_, err = p.Arrange(s)
	return s, p, err
}

// fileOf returns the file and the rest of "FILE.txt" or "FILE.txt/rest".
func fileOf(text string) (file, rest string, ok bool) {
	if strings.HasSuffix(text, ".txt") {
		return text, "", true
	}
	at := strings.LastIndex(text, ".txt/")
	if at < 0 {
		return "", "", false
	}
	return text[:at+len(".txt")], text[at+len(".txt/"):], true
}

// open reads a scenario file of the learner's own.
func open(name string) (*script.Scenario, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no file %q", name)
	}
	if err != nil {
		return nil, err
	}
	base := strings.TrimSuffix(filepath.Base(name), ".txt")
	s, err := scenarios.Parse(base, string(text))
	if err != nil { // in a message stands the file as it was called
		if rest, ok := strings.CutPrefix(err.Error(), base+".txt:"); ok {
			err = errors.New(name + ":" + rest)
		}
	}
	return s, err
}

func list(out io.Writer) error {
	all, err := scenarios.All()
	if err != nil {
		return err
	}
	for _, s := range all {
		fmt.Fprintf(out, "%-28s %-22s %s\n", s.Name, s.Profile, s.Title)
	}
	fmt.Fprintf(out, "\nplay NAME[/SWITCHES[@WORDS]] [-on SWITCHES] [-with WORDS] [-json | -har | -mermaid | -md]\nswitches, joined by +: %s\nwords, joined by +:    %s\n", strings.Join(defence.Names(), " "), strings.Join(scenarios.AllWords(), " "))
	return nil
}

func printJSON(out io.Writer, t *lab.Trace) error {
	type because struct {
		Text string `json:"text"`
		Step int    `json:"step"`
	}
	type step struct {
		Step    int    `json:"step"`
		Line    int    `json:"line"`
		Caption string `json:"caption"`
		Text    string `json:"text"`
	}
	type event struct {
		Seq  int    `json:"seq"`
		Step int    `json:"step"`
		Who  string `json:"who"`
		Kind string `json:"kind"`
		Text string `json:"text"`
		Code string `json:"code,omitempty"` // file:line
	}
	type otherwise struct {
		Off     string `json:"off"`
		Outcome string `json:"outcome"` // "" when the steps cannot be played to their end like that
		Costs   int    `json:"costs"`   // how many things Alice pays then
	}
	v := t.Verdict
	o := struct {
		Scenario string      `json:"scenario"`
		Defences string      `json:"defences"`
		Own      string      `json:"own,omitempty"` // the switches of the lesson's own server
		Outcome  string      `json:"outcome"`       // "" when the run was cut
		Cut      string      `json:"cut,omitempty"` // file, line and the limit that ended it
		Gate     string      `json:"gate,omitempty"`
		Key      string      `json:"key"`
		Step     int         `json:"step"` // the deciding one, from 1
		Because  []because   `json:"because"`
		Also     []string    `json:"also,omitempty"`    // what held besides
		Costs    []because   `json:"costs,omitempty"`   // what Alice paid
		Without  []otherwise `json:"without,omitempty"` // what it comes to without some of the switches
		Steps    []step      `json:"steps"`
		Events   []event     `json:"events"`
		Hash     string      `json:"hash"`
	}{Scenario: t.Scenario.Name, Defences: t.Defences.String(), Outcome: string(v.Outcome), Cut: t.Cut, Gate: string(v.Gate),
		Key: v.Key, Step: v.Frame + 1, Hash: t.Hash()}
	if t.Scenario.On != 0 {
		o.Own = t.Scenario.On.String()
	}
	for _, a := range v.Also {
		o.Also = append(o.Also, string(a))
	}
	for _, c := range v.Costs {
		o.Costs = append(o.Costs, because{c.Text, c.Frame + 1})
	}
	for _, w := range v.Without {
		o.Without = append(o.Without, otherwise{w.Off.String(), string(w.Outcome), w.Costs})
	}
	for _, c := range v.Because {
		o.Because = append(o.Because, because{c.Text, c.Frame + 1})
	}
	for i, f := range t.Frames {
		o.Steps = append(o.Steps, step{i + 1, f.Step.Line, f.Step.Caption, f.Step.String()})
		for _, e := range f.Events {
			code := ""
			if len(e.Code) > 0 {
				code = e.Code[0].String()
			}
			o.Events = append(o.Events, event{e.Seq, i + 1, e.Who, string(e.Kind), cmp.Or(e.Text, e.Value), code})
		}
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(o)
}
