//go:build !wasm

package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// play prints a run: one line a step, its events indented under it with the
// server's line that did them, and the verdict. Without a name it lists the
// scenarios. A name that ends in .txt is a file.
func play(args []string, out io.Writer) error {
	f := flags("play")
	on := f.String("on", "none", "switches, joined by +")
	with := f.String("with", "", "another server, route, source, jar or browser, joined by +")
	asJSON := f.Bool("json", false, "print one JSON object")
	names, err := mixed(f, args)
	if err != nil {
		return err
	}
	defences, err := defence.Parse(*on)
	if err != nil {
		return usageError{fmt.Errorf("play: %w", err)}
	}
	switch len(names) {
	case 0:
		return list(out)
	case 1:
	default:
		return usageError{fmt.Errorf("play: one scenario, please, not %q", names)}
	}
	s, err := open(names[0])
	if err != nil {
		return usageError{fmt.Errorf("play: %w", err)}
	}
	if s, err = (scenarios.Play{On: defences, With: *with}).Arrange(s); err != nil {
		return usageError{fmt.Errorf("play: %w", err)}
	}
	t, err := lab.Run(s, defences)
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(out, t)
	}
	return lab.Print(out, t)
}

// open reads a lesson, or a scenario file of the learner's own.
func open(name string) (*script.Scenario, error) {
	if !strings.HasSuffix(name, ".txt") {
		return scenarios.Get(name)
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no file %q", name)
	}
	if err != nil {
		return nil, err
	}
	return scenarios.Parse(strings.TrimSuffix(filepath.Base(name), ".txt"), string(text))
}

func list(out io.Writer) error {
	all, err := scenarios.All()
	if err != nil {
		return err
	}
	for _, s := range all {
		fmt.Fprintf(out, "%-28s %-22s %s\n", s.Name, s.Profile, s.Title)
	}
	fmt.Fprintf(out, "\nplay NAME [-on SWITCHES] [-with WORDS] [-json]\nswitches, joined by +: %s\nwords, joined by +:    %s\n", strings.Join(defence.Names(), " "), strings.Join(scenarios.AllWords(), " "))
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
	v := t.Verdict
	o := struct {
		Scenario string    `json:"scenario"`
		Defences string    `json:"defences"`
		Outcome  string    `json:"outcome"`
		Gate     string    `json:"gate,omitempty"`
		Key      string    `json:"key"`
		Step     int       `json:"step"` // the deciding one, from 1
		Because  []because `json:"because"`
		Steps    []step    `json:"steps"`
		Events   []event   `json:"events"`
		Hash     string    `json:"hash"`
	}{Scenario: t.Scenario.Name, Defences: t.Defences.String(), Outcome: string(v.Outcome), Gate: string(v.Gate),
		Key: v.Key, Step: v.Frame + 1, Hash: t.Hash()}
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
