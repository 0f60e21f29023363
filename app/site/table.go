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

	rowEntry   = 0 // where in a row stands what, 4 bytes each
	rowName    = 4
	rowStack   = 16
	rowFile    = 20
	rowLine    = 24
	rowFurther = 28 // how many
	rowUnit    = 32 // whose files the file is one of
	rowStart   = 36 // the line at which the function begins
	rowData    = 43 // how many numbers follow the further tables, of data elsewhere; one byte

	furtherUnsafe = 0 // further tables: where a function cannot be interrupted
	furtherLive   = 3 // which of its arguments still hold
	dataArguments = 5 // data: how its arguments are printed
	dataLive      = 6
	noData        = 1<<32 - 1
)

// A functionTable is Go's table of functions in the data of a module.
type functionTable struct {
	names, small []byte
	index        []byte   // of each function its number and where its row is, 4 bytes each
	rows         [][]byte // from the row on
	starts       []uint32 // where the rows are
}

// readTable finds the table in data. It finds none where it does not know it: a
// release of Go to come may write it in another way.
func readTable(data []byte) (*functionTable, bool) {
	at := bytes.Index(data, []byte(tableMagic))
	if at < 0 || len(data) < at+headSize {
		return nil, false
	}
	table := data[at:]
	head := func(i int) uint64 { return binary.LittleEndian.Uint64(table[8+8*i:]) }
	functions, names, units, tables, rows := head(0), head(3), head(4), head(6), head(7)
	if !slices.IsSorted([]uint64{headSize, names, units, tables, rows, uint64(len(table))}) || functions > (uint64(len(table))-rows)/8 {
		return nil, false
	}
	t := &functionTable{names: table[names:units], small: table[tables:rows], index: table[rows : rows+8*functions]}
	for i := range int(functions) {
		start := binary.LittleEndian.Uint32(t.index[8*i+4:])
		from := rows + uint64(start)
		if from+rowSize > uint64(len(table)) {
			return nil, false
		}
		row := table[from:]
		if further := number(row, rowFurther); further > 8 || len(row) < rowSize+4*int(further)+4*int(row[rowData]) {
			return nil, false
		}
		if !bytes.Contains(t.names[min(int(number(row, rowName)), len(t.names)):], []byte{0}) {
			return nil, false
		}
		t.rows, t.starts = append(t.rows, row), append(t.starts, start)
	}
	return t, t.live(nil)
}

// number returns the number that stands at some place.
func number(b []byte, at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }

func setNumber(b []byte, at int, v uint32) { binary.LittleEndian.PutUint32(b[at:], v) }

// name returns the name of the row's function.
func (t *functionTable) name(row []byte) string {
	name, _, _ := bytes.Cut(t.names[number(row, rowName):], []byte{0})
	return string(name)
}

// tables returns where in the row it stands where the function's small tables begin.
func tables(row []byte) []int {
	at := []int{rowStack, rowFile, rowLine}
	for n := range int(number(row, rowFurther)) {
		at = append(at, rowSize+4*n)
	}
	return at
}

// dropLines empties the tables of files and lines of each function that keep does
// not name, and counts these functions. The stack trace of a program that crashes
// still names the functions, without lines.
func (t *functionTable) dropLines(keep func(name string) bool) (dropped int) {
	for _, row := range t.rows {
		if !keep(t.name(row)) {
			clear(row[rowFile : rowLine+4])
			clear(row[rowUnit : rowStart+4])
			dropped++
		}
	}
	t.sweep()
	return dropped
}

// dropUnread empties the tables that nobody reads: in a browser no function is
// interrupted, and of a stack trace's arguments, which are numbers, the addresses
// of things that are gone, nobody learns anything.
func (t *functionTable) dropUnread() {
	for _, row := range t.rows {
		further, data := int(number(row, rowFurther)), int(row[rowData])
		for _, n := range []int{furtherUnsafe, furtherLive} {
			if n < further {
				setNumber(row, rowSize+4*n, 0)
			}
		}
		for _, n := range []int{dataArguments, dataLive} {
			if n < data {
				setNumber(row, rowSize+4*further+4*n, noData)
			}
		}
	}
	t.sweep()
}

// shortenNames writes the type arguments in the functions' names as the runtime
// shows them: [...]. What is left of a name's place is empty.
func (t *functionTable) shortenNames() {
	for _, row := range t.rows {
		at := t.names[number(row, rowName):]
		name := at[:bytes.IndexByte(at, 0)]
		from, to := bytes.IndexByte(name, '['), bytes.LastIndexByte(name, ']')
		if from < 0 || to-from < len("[...]") {
			continue
		}
		short := slices.Concat(name[:from], []byte("[...]"), name[to+1:])
		clear(name[copy(name, short):])
	}
}

// dropNames empties the names of the functions that keep does not name. Of such
// functions the stack trace of a program that crashes says nothing.
func (t *functionTable) dropNames(keep func(name string) bool) {
	for _, row := range t.rows {
		if name := t.name(row); !keep(name) {
			clear(t.names[number(row, rowName):][:len(name)])
		}
	}
}

// sweep empties the small tables that no row names any longer.
func (t *functionTable) sweep() {
	live := make([]bool, len(t.small))
	t.live(live)
	for i := range t.small {
		if !live[i] {
			t.small[i] = 0
		}
	}
}

// live marks the bytes of the small tables that the rows name. It reports whether
// all of these are tables: pairs of numbers up to one that begins with 0 and is
// not the first.
func (t *functionTable) live(mark []bool) bool {
	for _, row := range t.rows {
		for _, place := range tables(row) {
			from := uint64(number(row, place))
			if from == 0 {
				continue
			}
			end, ok := tableEnd(t.small, from)
			if !ok {
				return false
			}
			for i := from; mark != nil && i < end; i++ {
				mark[i] = true
			}
		}
	}
	return true
}

// tableEnd returns where the small table that begins at from ends.
func tableEnd(small []byte, from uint64) (end uint64, ok bool) {
	for at := from; ; {
		if at >= uint64(len(small)) {
			return 0, false
		}
		if small[at] == 0 && at > from {
			return at + 1, true
		}
		for range 2 {
			_, n := binary.Uvarint(small[min(at, uint64(len(small))):])
			if n <= 0 {
				return 0, false
			}
			at += uint64(n)
		}
	}
}

// pack writes the numbers that only grow from row to row as differences, which
// compress far better, as unpackTable of lean/table.go.txt reads them, and reports
// whether it could. It leaves the table as it is where the functions' numbers are
// not consecutive, or a difference would read as no table.
func (t *functionTable) pack() bool {
	if len(t.rows) < 2 {
		return false
	}
	first := number(t.index, 0)
	var furthest uint32
	for i, row := range t.rows {
		if n := first + uint32(i); number(t.index, 8*i) != n || number(row, rowEntry) != n {
			return false
		}
		for _, place := range tables(row) {
			from := number(row, place)
			if from == furthest-1 && from != 0 {
				return false
			}
			furthest = max(furthest, from)
		}
	}

	var start, name uint32
	furthest = 0
	for i, row := range t.rows {
		if i > 0 {
			setNumber(t.index, 8*i, 0)
		}
		setNumber(t.index, 8*i+4, t.starts[i]-start)
		start = t.starts[i]
		setNumber(row, rowEntry, 0)
		setNumber(row, rowName, number(row, rowName)-name)
		name += number(row, rowName)
		for _, place := range tables(row) {
			if from := number(row, place); from != 0 {
				setNumber(row, place, from-furthest+1)
				furthest = max(furthest, from)
			}
		}
	}
	return true
}

// What the runtime keeps of a program (moduledata) begins with the addresses of
// the table, of its names and of more, each with two lengths, and then of this:
// for every 4096 addresses of code the function that stands there, as a number
// and 16 bytes for parts of them. In wasm a function takes 65536 addresses.
const (
	bucketsAt          = 8 + 6*24 // where in the moduledata; then the first address of code, and the end
	bucketSize         = 4 + 16
	bucketReach        = 4096
	bucketsPerFunction = 65536 / bucketReach
)

// dropBuckets empties the table of buckets in the segment that holds the table of
// functions, and reports whether it found it. What finds a function does without
// it (see unpacking).
func dropBuckets(s segment) bool {
	at := bytes.Index(s.data, []byte(tableMagic))
	if at < 0 || len(s.data) < at+headSize {
		return false
	}
	pointer := func(at int) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(s.address)+uint64(at)) }
	names := at + int(number(s.data, at+8+8*3))
	head := slices.Concat(pointer(at), pointer(names))
	module := bytes.Index(s.data, head)
	if module < 0 || len(s.data) < module+bucketsAt+3*8 {
		return false
	}
	field := func(i int) uint64 { return binary.LittleEndian.Uint64(s.data[module+bucketsAt+8*i:]) }
	from := field(0) - uint64(s.address)
	code := field(2) - field(1)
	if code > uint64(len(s.data))*bucketReach {
		return false
	}
	size := code / bucketReach * bucketSize // the last, which is not whole, is shorter
	if from > uint64(len(s.data)) || size > uint64(len(s.data))-from {
		return false
	}
	buckets := s.data[from : from+size]
	i := 0
	for b := range slices.Chunk(buckets, bucketSize) {
		if number(b, 0) != uint32(i/bucketsPerFunction) || !bytes.Equal(b[4:], make([]byte, bucketSize-4)) {
			return false
		}
		i++
	}
	clear(buckets)
	return true
}
