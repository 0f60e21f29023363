package audit

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReferencesStandOnce: a requirement has one title, so none is written but in refs.go.
func TestReferencesStandOnce(t *testing.T) {
	id := regexp.MustCompile(`"(ASVS 5\.0 ?[0-9.]*|CWE-[0-9]+|WSTG-[A-Z]+-[0-9]+)"`)
	times := map[string]int{}
	for _, root := range []string{".", "../../app/audit"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			source, err := os.ReadFile(name)
			for _, line := range strings.Split(string(source), "\n") {
				line, _, _ = strings.Cut(line, "//")
				for _, x := range id.FindAllString(line, -1) {
					if times[x]++; name != "refs.go" || times[x] > 1 {
						t.Errorf("%s: %s stands in refs.go once", name, x)
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if times[`"CWE-384"`] != 1 {
		t.Error("refs.go was not read")
	}
}
