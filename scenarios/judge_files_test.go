package scenarios

import (
	"os"
	"path/filepath"
	"testing"

	"fixlab/lab"
	"fixlab/lab/script"
)

// TestJudgeFiles: scripts that once fooled the judge hold as they are written.
func TestJudgeFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/judge/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := script.Parse(file, string(text))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, w := range s.Wants {
			played := s
			if w.With != "" {
				if played, err = (Play{With: w.With}).Arrange(s); err != nil {
					t.Errorf("%s: %v", file, err)
					continue
				}
			} else if s.Script != nil {
				if played, err = Arrange(s, s.Setup); err != nil {
					t.Errorf("%s: %v", file, err)
					continue
				}
			}
			tr, err := lab.Run(played, w.On)
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			if v := tr.Verdict; v.Outcome != w.Outcome || (w.Key == "*") != (v.Key != "") && w.Key == "*" {
				t.Errorf("%s:%d: %s: %s %q also %v, want %s %s\n%+v", file, w.Line, w.Row(), v.Outcome, v.Key, v.Also, w.Outcome, w.Key, v.Because)
			}
		}
	}
}
