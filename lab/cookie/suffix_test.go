package cookie

import (
	"slices"
	"strings"
	"testing"
)

// TestListsSorted: listed halves its way through the lists.
func TestListsSorted(t *testing.T) {
	for _, list := range []string{suffixes, wildcards, exceptions, publicTLDs} {
		if words := strings.Fields(list); !slices.IsSorted(words) || strings.Join(words, " ")+" " != list {
			t.Errorf("not sorted, or not apart by one space: %q", list)
		}
		for _, word := range strings.Fields(list) {
			if !listed(list, word) || listed(list, word+"x") {
				t.Errorf("%q is not found, or its longer brother is", word)
			}
		}
	}
}
