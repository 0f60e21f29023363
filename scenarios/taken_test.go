package scenarios

import (
	"slices"
	"testing"

	"fixlab/lab"
	"fixlab/lab/script"
)

// A lesson that is taken over at its end is the same run, on whatever server: its text
// says all that the lesson and its setup say.
func TestTaken(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		setups := []string{""}
		if s.Opens("route") {
			setups = append(setups, "cookie-session", "django-db+xss", "flask+shared-computer+firefox", "scs+url-id+visited+own")
		}
		for _, with := range setups {
			played, err := Play{Lesson: s.Name, With: with}.Arrange(s)
			if err != nil {
				continue // it leaves less open
			}
			was, err := lab.Run(played, 0)
			if err != nil && with == "" {
				t.Fatal(err)
			}
			if err != nil {
				continue // its steps make no sense there
			}
			mine, err := script.Parse("mine", script.Taken(played, len(played.Steps)))
			if err != nil {
				t.Errorf("%s@%s: %v", s.Name, with, err)
				continue
			}
			is, err := lab.Run(mine, 0)
			if err != nil {
				t.Errorf("%s@%s: %v", s.Name, with, err)
				continue
			}
			if was.Verdict.Outcome != is.Verdict.Outcome || was.Verdict.Key != is.Verdict.Key {
				t.Errorf("%s@%s ends %s by %q, taken over %s by %q", s.Name, with, was.Verdict.Outcome, was.Verdict.Key, is.Verdict.Outcome, is.Verdict.Key)
			}
			seconds := slices.ContainsFunc(played.Steps, func(step script.Step) bool { return step.Second })
			if frame, _ := lab.Diverge(was, is); frame >= 0 && !seconds {
				t.Errorf("%s@%s: another run from step %d", s.Name, with, frame+1)
			}
			for n := range len(played.Steps) {
				if part, err := script.Draft("mine", script.Taken(played, n)); err != nil || !seconds && len(part.Steps) != n {
					t.Errorf("%s@%s, %d steps: %v", s.Name, with, n, err)
				}
			}
		}
	}
}
