package site

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// A fn is a function in a table of functions, with where its small tables begin.
type fn struct {
	name              string
	stack, file, line uint32
	further           []uint32
	start             uint32 // the line at which it begins
}

// functionTable returns a module's end that holds a table of the functions.
func functionTable(small []byte, all []fn) []byte {
	le := binary.LittleEndian
	var names, rows []byte
	index := make([]byte, 8*len(all)+4)
	for i, f := range all {
		le.PutUint32(index[8*i+4:], uint32(len(index)+len(rows)))
		row := make([]byte, rowSize)
		for at, v := range map[int]uint32{rowName: uint32(len(names)), rowStack: f.stack, rowFile: f.file, rowLine: f.line, rowFurther: uint32(len(f.further)), rowStart: f.start} {
			le.PutUint32(row[at:], v)
		}
		for _, v := range f.further {
			row = le.AppendUint32(row, v)
		}
		names, rows = append(names, f.name+"\x00"...), append(rows, row...)
	}
	head := []byte(tableMagic)
	at := uint64(headSize)
	for _, v := range []uint64{uint64(len(all)), 0, 0, at, at + uint64(len(names)), at + uint64(len(names)), at + uint64(len(names)), at + uint64(len(names)+len(small))} {
		head = le.AppendUint64(head, v)
	}
	return slices.Concat([]byte("\x00asm, and what comes first"), head, names, small, index, rows, []byte("what comes after"))
}

// The lines of what is not kept are gone, and nothing else: not a table that
// another function shares, nor one of another kind.
func TestDropLines(t *testing.T) {
	small := []byte("\x00" + // none
		"\x02\x01\x00" + // 1: a stack's
		"\x04\x81\x01\x06\x02\x00" + // 4: lines, two steps, one of them of two bytes
		"\x00\x03\x00" + // 10: a file's, whose first step is 0
		"\x08\x05\x00" + // 13: lines
		"\x0a\x07\x00") // 16: of a further kind
	all := []fn{{"mine.f", 1, 10, 4, []uint32{16}, 7}, {"theirs.f", 1, 10, 13, []uint32{0, 16}, 8}, {"theirs.g", 1, 0, 4, nil, 9}}
	for _, test := range []struct {
		keep    string
		dropped int
		empty   [][2]int // of small, from and to
	}{
		{"mine.", 2, [][2]int{{13, 16}}},
		{"theirs.", 1, nil},
		{"nobody's.", 3, [][2]int{{4, 16}}},
		{"", 0, nil},
	} {
		module := functionTable(small, all)
		before := bytes.Clone(module)
		want := bytes.Clone(small)
		for _, e := range test.empty {
			clear(want[e[0]:e[1]])
		}
		left := slices.Clone(all)
		for i := range left {
			if !strings.HasPrefix(left[i].name, test.keep) {
				left[i].file, left[i].line, left[i].start = 0, 0, 0
			}
		}
		wanted := functionTable(want, left)
		got, dropped := dropLines(module, func(name string) bool { return strings.HasPrefix(name, test.keep) })
		if dropped != test.dropped || !bytes.Equal(got, wanted) {
			t.Errorf("kept %q: %d dropped\n%q, want\n%q", test.keep, dropped, got, wanted)
		}
		if !bytes.Equal(module, before) {
			t.Errorf("kept %q: the module that it was given is another", test.keep)
		}
	}
}

// What is no table, or breaks off, stays as it is.
func TestDropLinesElsewhere(t *testing.T) {
	whole := functionTable([]byte("\x00\x02\x01\x00"), []fn{{"theirs.f", 1, 1, 1, []uint32{1}, 7}})
	none := func(string) bool { return false }
	if _, dropped := dropLines(whole, none); dropped != 1 {
		t.Fatalf("%d dropped of the whole", dropped)
	}
	end := len(whole) - len("what comes after")
	for n := range end {
		if got, dropped := dropLines(whole[:n], none); dropped != 0 || !bytes.Equal(got, whole[:n]) {
			t.Errorf("%d bytes of %d: %d dropped", n, end, dropped)
		}
	}
	for name, module := range map[string][]byte{
		"another release":   bytes.Replace(whole, []byte("\xf1\xff"), []byte("\xf0\xff"), 1),
		"a table elsewhere": functionTable([]byte("\x00\x02\x01\x00"), []fn{{"theirs.f", 9, 1, 1, nil, 7}}),
		"no end":            functionTable([]byte("\x00\x02\x01\x02"), []fn{{"theirs.f", 1, 1, 1, nil, 7}}),
	} {
		if got, dropped := dropLines(module, none); dropped != 0 || !bytes.Equal(got, module) {
			t.Errorf("%s: %d dropped", name, dropped)
		}
	}
}

func FuzzDropLines(f *testing.F) {
	f.Add(functionTable([]byte("\x00\x02\x01\x00\x04\x81\x01\x06\x02\x00"), []fn{{"mine.f", 1, 1, 4, []uint32{4}, 7}, {"theirs.f", 1, 1, 4, nil, 8}}))
	f.Fuzz(func(t *testing.T, module []byte) {
		got, dropped := dropLines(module, func(name string) bool { return strings.HasPrefix(name, "mine.") })
		if len(got) != len(module) || dropped == 0 && !bytes.Equal(got, module) && !bytes.Contains(module, []byte(tableMagic)) {
			t.Errorf("%d bytes become %d, %d dropped", len(module), len(got), dropped)
		}
	})
}
