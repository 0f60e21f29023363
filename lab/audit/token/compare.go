package token

import (
	"slices"
	"strings"
	"unicode"
)

// A Change is what became of a cookie's value.
type Change string

const (
	Same       Change = "same value"
	SameInside Change = "same id inside" // the wrapper is another, the id in it is not
	NewInside  Change = "new id inside"  // the same kind of wrapper
	New        Change = "new value"      // a bare id, or a value of another kind
	OtherData  Change = "other data"     // it holds data and no id, and the data is not the same
	Refreshed  Change = "refreshed"      // the same data; only times in it are others
	Ended      Change = "ended"          // there is no value any more
	CannotTell Change = "cannot tell"    // it is encrypted, or its form is not known
)

// Kept reports whether the id is known to be the same.
func (c Change) Kept() bool { return c == Same || c == SameInside }

// Compare says what became of a cookie between two values of it, and why, in a
// sentence that has no value in it. An empty value is none. Both may hold the two
// cookies of a pair, as in Recognise.
func Compare(name, before, after string) (Change, string) {
	switch {
	case before == after:
		return Same, "The value is the same."
	case before == "":
		return New, "There was no value before."
	case after == "":
		return Ended, "There is no value any more."
	}
	a, b := Recognise(name, before), Recognise(name, after)
	if core := a.core(before); len(core) >= 8 && inside(core, after, b) {
		if b.ID == core && strings.HasPrefix(after, core) && !b.Signed {
			return SameInside, "The id is the same. What stands behind it is another."
		}
		return SameInside, "The id is the same. What is around it is another: a signature, a time or an encoding."
	}
	switch {
	case a.Format != b.Format:
		return shared(before, after, New, "The value is of another kind.")
	case a.Sealed || b.Sealed:
		return CannotTell, "The value is encrypted, or of a form that is not known: it changed, and so it would with the same id inside."
	case a.ID != "" && a.ID == b.ID:
		return SameInside, "The id is the same. What is around it is another: a signature, a time or an encoding."
	case a.ID != "" && a.Signed:
		return NewInside, "The id under the signature is another."
	case a.ID != "":
		return New, "The id is another."
	case a.Payload != "":
		return comparePayloads(a, b)
	}
	return shared(before, after, CannotTell, "The value is another, and its form is not known: an id in it may be the same.")
}

// core is the id that a value is known to carry; of a value in no known form, itself.
func (t Token) core(value string) string {
	if t.Format == "" {
		return Decode(value)
	}
	return t.ID
}

// inside reports whether an id stands in a value, as a part between separators.
func inside(id, value string, t Token) bool {
	return t.ID == id || slices.Contains(pieces(value), id) || strings.HasPrefix(t.ID, id+".")
}

// pieces cuts a value at the separators that frameworks put around ids.
func pieces(value string) []string {
	return strings.FieldsFunc(Decode(value), func(r rune) bool { return strings.ContainsRune(".:|!~*;&=,/ ", r) })
}

// shared looks for an id-like piece that two values have in common.
func shared(before, after string, otherwise Change, why string) (Change, string) {
	if len(before) > MaxValue || len(after) > MaxValue {
		return CannotTell, "The value is too long to be a cookie."
	}
	there := pieces(after)
	for _, p := range pieces(before) {
		if LooksLikeID(p) && slices.Contains(there, p) {
			return SameInside, "A part of the value that looks like an id is the same."
		}
	}
	return otherwise, why
}

// comparePayloads compares data without times, and whatever in it looks like an id
// alone: where the server looks a session up by it, the rest does not matter.
func comparePayloads(a, b Token) (Change, string) {
	was, is := leaves(a), leaves(b)
	for _, l := range was {
		if l.kind == anID && slices.ContainsFunc(is, func(m leaf) bool { return m.kind == anID && m.text == l.text }) {
			return SameInside, "The field " + Printable(l.path) + " in the data looks like an id and is the same."
		}
	}
	for _, l := range was {
		if l.kind == anID && slices.ContainsFunc(is, func(m leaf) bool { return m.path == l.path && m.kind == anID }) {
			return NewInside, "The field " + Printable(l.path) + " in the data looks like an id and is another."
		}
	}
	if slices.Equal(lasting(was), lasting(is)) {
		return Refreshed, "The data is the same; only a time, a count or the signature is another."
	}
	return OtherData, "The data is another, and no field in it looks like an id."
}

// lasting are the leaves that do not change by themselves, in the order of their paths.
func lasting(list []leaf) []string {
	var texts []string
	for _, l := range list {
		if l.kind != stamp {
			texts = append(texts, l.path+"="+l.text)
		}
	}
	slices.Sort(texts)
	return texts
}

// Printable returns a name that came from outside as it can be shown: 40 characters
// at most, and none that a terminal or a page would act on.
func Printable(name string) string {
	var b strings.Builder
	n := 0
	for _, r := range strings.ToValidUTF8(name, "·") {
		if n++; n > 40 {
			b.WriteRune('…')
			break
		}
		if !unicode.IsGraphic(r) || r == unicode.ReplacementChar {
			r = '·'
		}
		b.WriteRune(r)
	}
	return b.String()
}
