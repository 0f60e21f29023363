package scenarios

import (
	"os"
	"path/filepath"
	"testing"
)

// TestJudgeFiles: scripts that fool a judge who asks for names, compares texts, or
// takes the first event of a kind for the cause, hold as they are written.
func TestJudgeFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/judge/*.txt")
	if err != nil || len(files) < 40 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse(filepath.Base(file), string(text))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, w := range s.Wants {
			if _, err := Check(s, w); err != nil {
				t.Errorf("%s:%d: row %s: %v", file, w.Line, w.Row(), err)
			}
		}
	}
}
