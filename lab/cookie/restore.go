package cookie

import "slices"

// Restore returns a jar that holds copies of es, which All returned. It behaves
// as the jar that they are from.
func Restore(rules Rules, es []Entry) *Jar {
	j := &Jar{Rules: rules}
	for _, e := range es {
		j.entries = append(j.entries, &e)
		j.seq = max(j.seq, e.seq)
	}
	slices.SortStableFunc(j.entries, created)
	return j
}
