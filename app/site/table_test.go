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
	data              []uint32
}

// tableOf returns a module's end that holds a table of the functions, which are
// numbered from 7 on.
func tableOf(small []byte, all []fn) []byte {
	le := binary.LittleEndian
	var names, rows []byte
	index := make([]byte, 8*len(all)+4)
	for i, f := range all {
		le.PutUint32(index[8*i:], uint32(7+i))
		le.PutUint32(index[8*i+4:], uint32(len(index)+len(rows)))
		row := make([]byte, rowSize)
		row[rowData] = byte(len(f.data))
		for at, v := range map[int]uint32{rowEntry: uint32(7 + i), rowName: uint32(len(names)), rowStack: f.stack, rowFile: f.file, rowLine: f.line, rowFurther: uint32(len(f.further)), rowStart: f.start} {
			le.PutUint32(row[at:], v)
		}
		for _, v := range slices.Concat(f.further, f.data) {
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

// dropped drops lines in a copy of the module.
func dropped(t *testing.T, module []byte, keep func(string) bool) ([]byte, int) {
	t.Helper()
	module = bytes.Clone(module)
	table, ok := readTable(module)
	if !ok {
		return module, 0
	}
	return module, table.dropLines(keep)
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
	all := []fn{{"mine.f", 1, 10, 4, []uint32{16}, 7, nil}, {"theirs.f", 1, 10, 13, []uint32{0, 16}, 8, nil}, {"theirs.g", 1, 0, 4, nil, 9, nil}}
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
		wanted := tableOf(want, left)
		got, n := dropped(t, tableOf(small, all), func(name string) bool { return strings.HasPrefix(name, test.keep) })
		if n != test.dropped || !bytes.Equal(got, wanted) {
			t.Errorf("kept %q: %d dropped\n%q, want\n%q", test.keep, n, got, wanted)
		}
	}
}

// Where a function cannot be interrupted and how its arguments are printed is gone.
func TestDropUnread(t *testing.T) {
	small := []byte("\x00" + "\x02\x01\x00" + "\x04\x01\x00" + "\x06\x01\x00" + "\x08\x01\x00")
	module := tableOf(small, []fn{
		{"f", 1, 0, 0, []uint32{4, 7, 1, 10}, 0, []uint32{1, 2, 3, 4, 5, 6, 7, 8}},
		{"g", 1, 7, 0, []uint32{4}, 0, []uint32{9}},
	})
	table, ok := readTable(module)
	if !ok {
		t.Fatal("no table")
	}
	table.dropUnread()
	small = []byte("\x00" + "\x02\x01\x00" + "\x00\x00\x00" + "\x06\x01\x00" + "\x00\x00\x00")
	want := tableOf(small, []fn{
		{"f", 1, 0, 0, []uint32{0, 7, 1, 0}, 0, []uint32{1, 2, 3, 4, 5, noData, noData, 8}},
		{"g", 1, 7, 0, []uint32{0}, 0, []uint32{9}},
	})
	if !bytes.Equal(module, want) {
		t.Errorf("%q, want\n%q", module, want)
	}
}

// Names lose their type arguments, to the last bracket, and keep their places.
func TestShortenNames(t *testing.T) {
	names := []string{"slices.Sort[go.shape.[]int,int].func1", "f", "g[...]", "h[]", "i[int]"}
	want := []string{"slices.Sort[...].func1", "f", "g[...]", "h[]", "i[int]"}
	var all []fn
	for _, name := range names {
		all = append(all, fn{name: name})
	}
	module := tableOf([]byte("\x00"), all)
	before := bytes.Clone(module)
	table, ok := readTable(module)
	if !ok {
		t.Fatal("no table")
	}
	table.shortenNames()
	for i, row := range table.rows {
		if got := table.name(row); got != want[i] {
			t.Errorf("%s is %s, want %s", names[i], got, want[i])
		}
	}
	long, short := []byte(names[0]), []byte(want[0])
	if !bytes.Equal(module, bytes.Replace(before, long, append(short, make([]byte, len(long)-len(short))...), 1)) {
		t.Error("something else has changed")
	}
}

// Only the names that are kept are left.
func TestDropNames(t *testing.T) {
	names := []string{"runtime.mallocgc", "fixlab/lab.Run", "github.com/someone/some/pkg/app.Text", "main.main", "type:.eq.fixlab/lab.Frame", "net/http.Get", "golang.org/x/net/html.Parse"}
	var all, want []fn
	for _, name := range names {
		all = append(all, fn{name: name})
		if !named(name) {
			name = strings.Repeat("\x00", len(name))
		}
		want = append(want, fn{name: name})
	}
	module := tableOf([]byte("\x00"), all)
	table, ok := readTable(module)
	if !ok {
		t.Fatal("no table")
	}
	table.dropNames(named)
	if !bytes.Equal(module, tableOf([]byte("\x00"), want)) {
		t.Errorf("%q", module)
	}
	var left []string
	for _, row := range table.rows {
		left = append(left, table.name(row))
	}
	if got := strings.Join(left, " "); got != " fixlab/lab.Run github.com/someone/some/pkg/app.Text main.main   golang.org/x/net/html.Parse" {
		t.Errorf("left are %q", got)
	}
}

// unpacked does what unpackTable of lean/table.go.txt does.
func unpacked(module []byte) []byte {
	module = bytes.Clone(module)
	le := binary.LittleEndian
	table := module[bytes.Index(module, []byte(tableMagic)):]
	rows := table[le.Uint64(table[64:]):]
	var start, name, furthest uint32
	first := le.Uint32(rows)
	for i := range uint32(le.Uint64(table[8:])) {
		start += le.Uint32(rows[8*i+4:])
		le.PutUint32(rows[8*i:], first+i)
		le.PutUint32(rows[8*i+4:], start)
		row := rows[start:]
		name += le.Uint32(row[rowName:])
		le.PutUint32(row[rowEntry:], first+i)
		le.PutUint32(row[rowName:], name)
		for _, at := range tables(row) {
			if v := le.Uint32(row[at:]); v != 0 {
				v += furthest - 1
				furthest = max(furthest, v)
				le.PutUint32(row[at:], v)
			}
		}
	}
	return module
}

func TestPack(t *testing.T) {
	small := []byte("\x00" + "\x02\x01\x00" + "\x04\x01\x00" + "\x06\x01\x00" + "\x08\x01\x00")
	whole := tableOf(small, []fn{
		{"f", 1, 0, 4, []uint32{4, 0}, 3, []uint32{5}},
		{"g", 1, 7, 10, []uint32{10, 1}, 4, nil},
		{"h", 4, 0, 10, nil, 5, nil},
	})
	packed := bytes.Clone(whole)
	table, ok := readTable(packed)
	if !ok || !table.pack() {
		t.Fatal("it was not packed")
	}
	if bytes.Equal(packed, whole) {
		t.Error("it is as it was")
	}
	if got := unpacked(packed); !bytes.Equal(got, whole) {
		t.Errorf("it unpacks to\n%q, want\n%q", got, whole)
	}
	for name, module := range map[string][]byte{
		"one function":         tableOf(small, []fn{{"f", 1, 0, 0, nil, 0, nil}}),
		"one within another":   tableOf(small, []fn{{"f", 4, 0, 3, nil, 0, nil}, {"g", 1, 0, 0, nil, 0, nil}}),
		"a number left out":    bytes.Replace(whole, []byte("\x08\x00\x00\x00"), []byte("\x09\x00\x00\x00"), 1),
		"other numbers in row": bytes.Replace(whole, []byte("\x07\x00\x00\x00\x00\x00\x00\x00"), []byte("\x06\x00\x00\x00\x00\x00\x00\x00"), 1),
	} {
		before := bytes.Clone(module)
		if table, ok := readTable(module); !ok || table.pack() || !bytes.Equal(module, before) {
			t.Errorf("%s: it was packed, or touched", name)
		}
	}
}

// The buckets are emptied where they say what they must, and only there.
func TestDropBuckets(t *testing.T) {
	le := binary.LittleEndian
	const address, functions = 1000, 3
	build := func(idx uint32) segment {
		s := segment{address, tableOf([]byte("\x00"), nil)}
		table := bytes.Index(s.data, []byte(tableMagic))
		from := len(s.data)
		for i := range functions*bucketsPerFunction - 1 {
			b := make([]byte, bucketSize)
			le.PutUint32(b, uint32(i/bucketsPerFunction)*idx)
			s.data = append(s.data, b...)
		}
		s.data = append(s.data, "\x02\x00\x00\x00\x00 and more"...) // the last one is not whole
		data := make([]byte, bucketsAt+24)
		le.PutUint64(data, uint64(address+table))
		le.PutUint64(data[8:], uint64(address+table+headSize))
		le.PutUint64(data[bucketsAt:], uint64(address+from))
		le.PutUint64(data[bucketsAt+8:], 1<<28)
		le.PutUint64(data[bucketsAt+16:], 1<<28+functions<<16-4096+2)
		s.data = append(s.data, data...)
		return s
	}
	s := build(1)
	want := bytes.Clone(s.data)
	from := bytes.Index(want, []byte("what comes after")) + len("what comes after")
	clear(want[from : from+(functions*bucketsPerFunction-1)*bucketSize])
	if !dropBuckets(s) || !bytes.Equal(s.data, want) {
		t.Error("the buckets are not empty, or more is")
	}
	for name, s := range map[string]segment{
		"other functions": build(2),
		"no module data":  {address, bytes.Replace(build(1).data, []byte("\x02\x00\x00\x00\x00 and"), []byte("\x01\x00\x00\x00\x00 and"), 1)[:900]},
		"no table":        {address, []byte("nothing")},
	} {
		before := bytes.Clone(s.data)
		if dropBuckets(s) || !bytes.Equal(s.data, before) {
			t.Errorf("%s: buckets were emptied", name)
		}
	}
}

// What is no table, or breaks off, stays as it is.
func TestReadTable(t *testing.T) {
	whole := tableOf([]byte("\x00\x02\x01\x00"), []fn{{"theirs.f", 1, 1, 1, []uint32{1}, 7, []uint32{2}}})
	if table, ok := readTable(whole); !ok || len(table.rows) != 1 || table.name(table.rows[0]) != "theirs.f" {
		t.Fatalf("the whole is no table: %v", ok)
	}
	end := len(whole) - len("what comes after")
	for n := range end {
		if _, ok := readTable(whole[:n]); ok {
			t.Errorf("%d bytes of %d are a table", n, end)
		}
	}
	for name, module := range map[string][]byte{
		"another release":   bytes.Replace(whole, []byte("\xf1\xff"), []byte("\xf0\xff"), 1),
		"a table elsewhere": tableOf([]byte("\x00\x02\x01\x00"), []fn{{"theirs.f", 9, 1, 1, nil, 7, nil}}),
		"no end":            tableOf([]byte("\x00\x02\x01\x02"), []fn{{"theirs.f", 1, 1, 1, nil, 7, nil}}),
	} {
		if _, ok := readTable(module); ok {
			t.Errorf("%s: a table", name)
		}
	}
}

// Whatever the bytes, nothing breaks.
func FuzzTable(f *testing.F) {
	f.Add(tableOf([]byte("\x00\x02\x01\x00\x04\x81\x01\x06\x02\x00"), []fn{{"mine.f", 1, 1, 4, []uint32{4}, 7, []uint32{1}}, {"theirs.f", 1, 1, 4, nil, 8, nil}}))
	f.Fuzz(func(t *testing.T, module []byte) {
		table, ok := readTable(module)
		if !ok {
			return
		}
		table.dropLines(func(name string) bool { return strings.HasPrefix(name, "mine.") })
		table.dropUnread()
		table.shortenNames()
		table.pack()
		dropBuckets(segment{0, module})
	})
}
