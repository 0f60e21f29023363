package cookie

import (
	"slices"
	"testing"
)

// TestListsSorted: listed halves its way through the lists.
func TestListsSorted(t *testing.T) {
	for _, list := range [][]string{suffixes[:], wildcards[:], exceptions[:], publicTLDs[:]} {
		if !slices.IsSorted(list) {
			t.Errorf("not sorted: %q", list)
		}
		for _, word := range list {
			if !listed(list, word) || listed(list, word+"x") {
				t.Errorf("%q is not found, or its longer brother is", word)
			}
		}
	}
}
