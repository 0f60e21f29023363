package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/script"
)

// A scenario that a learner has written is known by its whole text: its name is mark and
// the text as a link has it. So whatever plays lessons by their names plays it too.
const (
	mark        = "~"
	scriptLinks = "2" // the version of links to it: "2/text/switches/step"
	file        = "script"
)

// Own returns the scenario of a text that is no lesson of ours; it may have no steps yet.
// The error names the line, in a file called script.txt.
func Own(text string) (*script.Scenario, error) { return own(text, "") }

func own(text, name string) (*script.Scenario, error) {
	s, err := script.Draft(file, text)
	if err != nil {
		return nil, err
	}
	if line, err := named(s, text); err != nil {
		return nil, fmt.Errorf("%s.txt:%d: %w", file, line, err)
	}
	if s, err = filled(s); err != nil {
		return nil, err
	}
	if s.Name = name; name == "" {
		s.Name = NameOf(text)
	}
	s.Steps, s.Script = inFile(s.Steps), inFile(s.Script)
	return s, nil
}

// inFile returns steps that say in which file they are: the name does not.
func inFile(steps []script.Step) []script.Step {
	steps = slices.Clone(steps)
	for i := range steps {
		if steps[i].File == "" {
			steps[i].File = file
		}
	}
	return steps
}

// NameOf returns the name of the scenario of a text, be it one or not.
func NameOf(text string) string { return mark + codec.Pack(text, &codec.Deflater{}) }

// IsOwn reports whether a scenario of that name is no lesson of ours.
func IsOwn(name string) bool { return strings.HasPrefix(name, mark) }

// Packed returns the name of the scenario whose text a link has like that.
func Packed(text string) string { return mark + strings.TrimRight(text, "=") }

// Text returns the text of a scenario that IsOwn, by its name. The error says that it is
// cut short or no such text.
func Text(name string) (string, error) {
	text, err := codec.Unpack(strings.TrimPrefix(name, mark), script.MostBytes)
	if err != nil {
		return "", fmt.Errorf("the script in the link cannot be read: it is cut short, or longer than %d KiB", script.MostBytes>>10)
	}
	return text, nil
}
