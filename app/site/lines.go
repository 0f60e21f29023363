package site

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Go's table of functions, as release 1.26 writes it (internal/abi, symtab.go, and
// runtime, symtab.go and runtime2.go): a head, the functions' names, the files'
// names, one text of many small tables, and for each function a row that says
// where in them its own begin. No table begins at 0: that says there is none.
const (
	tableMagic = "\xf1\xff\xff\xff\x00\x00\x01\x08" // its version, steps of 1, addresses of 8 bytes
	headSize   = 72
	rowSize    = 44 // without the tables of further kinds

	rowName    = 4 // where in a row stands what, 4 bytes each
	rowStack   = 16
	rowFile    = 20
	rowLine    = 24
	rowFurther = 28 // how many
	rowStart   = 36 // the line at which the function begins
)

// dropLines empties, in a copy of the module, the tables of files and lines of
// each function that keep does not name, and counts these functions. It leaves the
// module as it is, and counts none, where it does not know the tables: a release of
// Go to come may write them in another way. The stack trace of a program that
// crashes still names the functions, without lines.
func dropLines(module []byte, keep func(name string) bool) (out []byte, dropped int) {
	out = bytes.Clone(module)
	at := bytes.Index(out, []byte(tableMagic))
	if at < 0 || len(out) < at+headSize {
		return module, 0
	}
	table := out[at:]
	head := func(i int) uint64 { return binary.LittleEndian.Uint64(table[8+8*i:]) }
	functions, names, units, tables, rows := head(0), head(3), head(4), head(6), head(7)
	if !slices.IsSorted([]uint64{headSize, names, units, tables, rows, uint64(len(table))}) || functions > (uint64(len(table))-rows)/8 {
		return module, 0
	}
	small := table[tables:rows]
	live := make([]bool, len(small))
	for i := range functions {
		from := rows + uint64(binary.LittleEndian.Uint32(table[rows+8*i+4:]))
		if from+rowSize > uint64(len(table)) {
			return module, 0
		}
		row := table[from:]
		field := func(at int) uint32 { return binary.LittleEndian.Uint32(row[at:]) }
		name, _, found := bytes.Cut(table[names:units][min(uint64(field(rowName)), units-names):], []byte{0})
		further := int(field(rowFurther))
		if !found || further > 8 || len(row) < rowSize+4*further {
			return module, 0
		}
		if !keep(string(name)) {
			clear(row[rowFile : rowLine+4])
			clear(row[rowStart : rowStart+4])
			dropped++
		}
		used := []int{rowStack, rowFile, rowLine}
		for n := range further {
			used = append(used, rowSize+4*n)
		}
		for _, at := range used {
			if !mark(small, live, field(at)) {
				return module, 0
			}
		}
	}
	for i := range small {
		if !live[i] {
			small[i] = 0
		}
	}
	return out, dropped
}

// mark marks the bytes of the table that begins at from as live: pairs of numbers
// up to one that begins with 0 and is not the first.
func mark(tables []byte, live []bool, from uint32) bool {
	if from == 0 {
		return true
	}
	at := int(from)
	for first := true; ; first = false {
		if at >= len(tables) {
			return false
		}
		if tables[at] == 0 && !first {
			live[at] = true
			return true
		}
		for range 2 {
			_, n := binary.Uvarint(tables[at:])
			if n <= 0 {
				return false
			}
			for i := range n {
				live[at+i] = true
			}
			at += n
		}
	}
}
