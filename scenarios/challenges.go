package scenarios

import (
	"fmt"

	"fixlab/lab/near"
	"fixlab/lab/script"
)

// challenges are the names of the challenges, in their order. Each is a file in challenges/.
var challenges = []string{
	"make-it-happen", "point-at-the-cause", "one-switch", "keep-the-basket", "decoys", "fix-it", "get-in-anyway",
	"test-the-article", "the-cookie-that-will-not-leave", "ten-minute-incident", "nothing-to-rotate", "step-up",
}

// Challenges returns every challenge, in order: lessons with goals. The error names the file
// and the line.
func Challenges() (all []*script.Scenario, err error) {
	for _, name := range challenges {
		s, err := Challenge(name)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// Challenge returns the challenge of that name. The error says which names are near, or all
// of them.
func Challenge(name string) (*script.Scenario, error) {
	text, err := files.ReadFile("challenges/" + name + ".txt")
	if err != nil {
		return nil, fmt.Errorf("unknown challenge %q%s", name, near.Choices(name, challenges))
	}
	return Parse(name, string(text))
}
