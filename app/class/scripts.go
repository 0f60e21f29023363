package class

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"fixlab/lab/codec"
	"fixlab/lab/script"
)

// Scripts are written with few words, most of which stand in the course: in a code they are
// one deflate stream, with the course as its dictionary.

// dictionary is the course: all lessons and challenges, and at last, as the nearest matches
// take the fewest bits, the worked solutions of the challenges that a script answers.
var dictionary = sync.OnceValue(func() string {
	text := ""
	for _, s := range slices.Concat(lessons(), challenges()) {
		text += s.Source()
	}
	for _, x := range course().goals {
		if x.byScript() {
			text += x.begun(x.s.Course.ScriptOf(x.goal().Script))
		}
	}
	return text
})

// begun returns a learner's script that answers x by those steps.
func (x item) begun(steps []script.Step) string {
	s := *x.s
	s.Steps, s.Script = steps, nil
	return script.SetKey(s.Source(), "challenge", x.id)
}

// between stands between two scripts, and in none.
const between = "\x00"

// squeeze returns scripts as a code has them; nothing for none.
func squeeze(scripts []string) []byte {
	if len(scripts) == 0 {
		return nil
	}
	return new(codec.Deflater).Deflate(dictionary(), strings.Join(scripts, between))
}

// unsqueeze returns the n scripts that were squeezed.
func unsqueeze(in []byte, n int) ([]string, error) {
	if n == 0 {
		return nil, nil
	}
	text, err := codec.Inflate(dictionary(), in, longestScripts)
	if err != nil {
		return nil, err
	}
	scripts := strings.Split(text, between)
	if len(scripts) != n {
		return nil, errors.New("the code has not as many scripts as it says")
	}
	return scripts, nil
}
