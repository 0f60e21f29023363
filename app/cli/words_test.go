//go:build !wasm

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWordsCommand: the project's own words have no fault; a translation without
// entries lacks them all.
func TestWordsCommand(t *testing.T) {
	var out bytes.Buffer
	if err := run([]string{"words", "-dir", "../.."}, &out); err != nil || !strings.Contains(out.String(), "none missing, none unused") {
		t.Errorf("%v, and it prints %q", err, out.String())
	}
	file := filepath.Join(t.TempDir(), "de.txt")
	if err := os.WriteFile(file, []byte("plural: 1; other\nno.such.key = Nichts\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := run([]string{"words", "-dir", "../..", file}, &out)
	if !strings.Contains(errText(err), file+":2: no.such.key has no English text") {
		t.Errorf("a translation of nothing: %v", err)
	}
	for _, args := range [][]string{{"words", "-dir", t.TempDir()}, {"words", "-dir", "../..", "/no/such/file"}} {
		if err := run(args, &out); err == nil {
			t.Errorf("%q is no error", args)
		}
	}
}
