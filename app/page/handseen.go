package page

import (
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// knows returns h after the script of that name was seen.
func (h Hand) knows(name string) Hand {
	known := maps.Clone(h.known)
	if known == nil || len(known) >= mostKnown {
		known = map[uint64]bool{}
	}
	known[sum(name)] = true
	h.known = known
	return h
}

// Seen writes the scripts that were seen last, for the browser to keep while the tab is
// open.
func (h Hand) Seen() string {
	var out []string
	for n := range h.known {
		out = append(out, strconv.FormatUint(n, 36))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// sawBefore returns h after those scripts were seen, as Seen wrote them.
func (h Hand) sawBefore(seen string) Hand {
	for word := range strings.FieldsSeq(seen) {
		if n, err := strconv.ParseUint(word, 36, 64); err == nil && len(h.known) < mostKnown {
			if h.known == nil {
				h.known = map[uint64]bool{}
			}
			h.known[n] = true
		}
	}
	return h
}

// mostKnown bounds them: nothing grows without end.
const mostKnown = 512

// sum stands for a script that was seen.
func sum(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64()
}
