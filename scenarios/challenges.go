package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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

// IsChallenge reports whether there is a challenge of that name.
func IsChallenge(name string) bool { return slices.Contains(challenges, name) }

// GoalOf returns the challenge and the goal that a learner's script answers, by its header:
// "name", or "name/2" for the second of several goals. The error says which there are.
func GoalOf(answers string) (s *script.Scenario, goal int, err error) {
	name, part, several := strings.Cut(answers, "/")
	if s, err = Challenge(name); err != nil || !several {
		return s, 0, err
	}
	n, err := strconv.Atoi(part)
	if err != nil || n < 1 || n > len(s.Course.Goals) {
		return nil, 0, fmt.Errorf("the challenge %s has no goal %q: want a number from 1 to %d", name, part, len(s.Course.Goals))
	}
	return s, n - 1, nil
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
