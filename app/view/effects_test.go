package view

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every effect that the model may ask for is carried out.
func TestEveryEffect(t *testing.T) {
	effects, err := os.ReadFile("../page/effect.go")
	if err != nil {
		t.Fatal(err)
	}
	var carried []byte
	for _, name := range []string{"effects.go", "windows.go"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		carried = append(carried, b...)
	}
	all := regexp.MustCompile(`(?m)^func \((\w+)\) effect\(\)`).FindAllStringSubmatch(string(effects), -1)
	if len(all) < 10 {
		t.Fatalf("only %d effects are found in effect.go", len(all))
	}
	for _, e := range all {
		if !strings.Contains(string(carried), "case page."+e[1]+":") {
			t.Errorf("carryOut has no case for %s", e[1])
		}
	}
}
