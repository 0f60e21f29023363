package scenarios

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"runtime"
	"testing"

	"fixlab/lab/defence"
)

var hashes = flag.String("hashes", "", "a file of the runs' hashes: written natively, compared with as wasm")

// TestHash: a run is the same run wherever it is played, down to the last byte.
// `make test` has this program write its hashes natively and compare them in Node;
// the browser tests read those of Chromium and Firefox.
func TestHash(t *testing.T) {
	seen := map[string]string{}
	var list bytes.Buffer
	for i, s := range all(t) {
		for _, d := range []defence.Set{0, defence.Sample(i + 1)} {
			name, hash := fmt.Sprint(s.Name, " ", d), run(t, s, d).Hash()
			if seen[hash] != "" {
				t.Errorf("%s and %s have one hash", name, seen[hash])
			}
			if again := run(t, s, d).Hash(); again != hash {
				t.Errorf("%s: %s, played again %s", name, hash, again)
			}
			seen[hash] = name
			fmt.Fprintf(&list, "%s %s\n", hash, name)
		}
	}
	switch {
	case *hashes == "":
	case runtime.GOOS == "js":
		want, err := os.ReadFile(*hashes)
		if err != nil {
			t.Fatal(err)
		}
		if list.String() != string(want) {
			t.Errorf("here the runs' hashes are\n%snatively they are\n%s", list.String(), want)
		}
	default:
		if err := os.WriteFile(*hashes, list.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
