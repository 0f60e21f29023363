package page

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// knows returns h after the script of that name was seen.
func (h Hand) knows(name string) Hand {
	n := sum(name)
	if len(h.known) > 0 && h.known[len(h.known)-1] == n {
		return h
	}
	known := slices.DeleteFunc(slices.Clone(h.known), func(old uint64) bool { return old == n })
	if len(known) >= mostKnown {
		known = known[1:]
	}
	h.known = append(known, n)
	return h
}

// saw reports whether the script of that name was seen.
func (h Hand) saw(name string) bool { return slices.Contains(h.known, sum(name)) }

// Seen writes the scripts that were seen last, for the browser to keep while the tab is
// open.
func (h Hand) Seen() string {
	var out []string
	for _, n := range h.known {
		out = append(out, strconv.FormatUint(n, 36))
	}
	return strings.Join(out, " ")
}

// sawBefore returns h after those scripts were seen, as Seen wrote them.
func (h Hand) sawBefore(seen string) Hand {
	var known []uint64
	for word := range strings.FieldsSeq(seen) {
		if n, err := strconv.ParseUint(word, 36, 64); err == nil && len(known) < mostKnown {
			known = append(known, n)
		}
	}
	h.known = known
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
