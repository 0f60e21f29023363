package edit

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// TestMutated spoils the steps of the repository's files at random: what Faults finds in
// a file that the parser takes, a run fails at, and the other way round.
func TestMutated(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	all := files(t)
	var words []string // of steps
	for _, name := range slices.Sorted(maps.Keys(all)) {
		s, err := script.Parse("x", all[name])
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range s.Steps {
			words = append(words, step.Args...)
		}
	}
	words = append(words, "$loot", "$mine", "$bait", "$$csrf", "$nbsp", "$", "http://old.example/", "https://news.example/", "http://news.example/")
	faulty, failed := 0, 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text, _, _ := strings.Cut(all[name], "-- ")
		for range 40 {
			lines := strings.Split(text, "\n")
			for range 1 + dice.IntN(3) {
				i := dice.IntN(len(lines))
				fields := strings.Fields(lines[i])
				switch first := slices.Index(lines, "") + 1; {
				case i < first || len(fields) == 0 || fields[0][0] == '#':
				case dice.IntN(3) == 0:
					lines[i] = ""
				case dice.IntN(3) == 0:
					lines[i] = strings.Replace(lines[i], []string{"mallory", "alice"}[dice.IntN(2)], []string{"mallory", "alice", "mallory@alice"}[dice.IntN(3)], 1)
				case len(fields) > 2:
					fields[2+dice.IntN(len(fields)-2)] = words[dice.IntN(len(words))]
					lines[i] = strings.Join(fields, " ")
				}
			}
			spoilt := strings.Join(lines, "\n")
			s, err := scenarios.Parse("x", spoilt)
			if err != nil {
				continue
			}
			tr, err := lab.Run(s, 0)
			list := Faults(spoilt, known)
			switch {
			case err == nil && tr.Cut == "" && list != nil:
				t.Fatalf("%v, and it plays\n%s", list, spoilt)
			case err != nil && !strings.HasPrefix(err.Error(), "x.txt:"): // in a fragment
			case err != nil && len(list) == 0:
				failed++
				t.Logf("%v is no fault", err)
			case err != nil && !strings.HasPrefix(err.Error(), fmt.Sprintf("x.txt:%d: ", list[0].Line)):
				failed++
				t.Logf("%v, the first fault is %v", err, list[0])
			case err != nil:
				faulty++
			}
		}
	}
	if t.Logf("%d faults are found before a run, %d are not", faulty, failed); faulty < 400 || failed > faulty/10 {
		t.Errorf("%d faults are found before a run, %d are not", faulty, failed)
	}
}
