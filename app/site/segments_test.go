package site

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

// A part is one data segment of a test's module.
type part struct {
	kind    int // as the format has it
	address int32
	global  bool // the address is a global's value, 64
	data    []byte
}

// module encodes a module of one memory of one page. It is written without the
// code under test.
func module(imported, counted bool, parts []part) []byte {
	section := func(b []byte, id byte, content ...byte) []byte {
		b = binary.AppendUvarint(append(b, id), uint64(len(content)))
		return append(b, content...)
	}
	b := []byte("\x00asm\x01\x00\x00\x00")
	imports := []byte("\x02\x01m\x01g\x03\x7f\x00\x01m\x01t\x01\x70\x01\x00\x01")
	if imported {
		imports = append(imports, "\x01m\x01m\x02\x00\x01"...)
		imports[0]++
	}
	b = section(b, 2, imports...)
	if !imported {
		b = section(b, 5, 1, 0, 1)
	}
	if counted {
		b = section(b, 12, byte(len(parts)))
	}
	data := binary.AppendUvarint(nil, uint64(len(parts)))
	for _, p := range parts {
		data = append(data, byte(p.kind))
		if p.kind == 2 {
			data = append(data, 0)
		}
		if p.kind != 1 && p.global {
			data = append(data, 0x23, 0, 0x0b)
		} else if p.kind != 1 { // five bytes whatever the value: the format allows it
			u := uint32(p.address)
			data = append(data, 0x41, byte(u)|0x80, byte(u>>7)|0x80, byte(u>>14)|0x80, byte(u>>21)|0x80, byte(p.address>>28)&0x7f, 0x0b)
		}
		data = append(binary.AppendUvarint(data, uint64(len(p.data))), p.data...)
	}
	b = section(b, 11, data...)
	return section(b, 0, []byte("\x04name.")...)
}

// memory instantiates a module of the kind that module makes: it copies its
// active segments into a memory that holds fill, and returns that and the
// number of segments. ok is false if one does not fit.
func memory(t *testing.T, b []byte, fill byte) (m []byte, segments int, ok bool) {
	t.Helper()
	m = bytes.Repeat([]byte{fill}, 65536)
	uvarint := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			t.Fatalf("no number in % x", b)
		}
		b = b[n:]
		return int(v)
	}
	for b = b[8:]; len(b) > 0; {
		id := b[0]
		b = b[1:]
		size := uvarint()
		if id != 11 {
			b = b[size:]
			continue
		}
		segments = uvarint()
		for range segments {
			kind := uvarint()
			if kind == 2 {
				uvarint()
			}
			at := int64(64)
			switch {
			case kind == 1:
			case b[0] == 0x23:
				b = b[3:]
			default:
				at = 0
				for i := 1; ; i++ {
					at |= int64(b[i]&0x7f) << (7 * (i - 1))
					if b[i] < 0x80 {
						if b[i] >= 0x40 && i < 5 {
							at |= -1 << (7 * i)
						}
						b = b[i+2:]
						break
					}
				}
				at = int64(uint32(at))
			}
			n := uvarint()
			if kind != 1 {
				if at+int64(n) > int64(len(m)) {
					return nil, segments, false
				}
				copy(m[at:], b[:n])
			}
			b = b[n:]
		}
	}
	return m, segments, true
}

// leave edits nothing.
func leave(segment) {}

// Whatever the segments, memory is the same with and without joining them.
func TestJoinSegmentsKeepsMemory(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	joinedSome := 0
	for range 5000 {
		imported, counted := dice.IntN(8) == 0, dice.IntN(8) == 0
		var parts []part
		at := dice.IntN(100)
		for range dice.IntN(12) {
			p := part{address: int32(at), data: make([]byte, dice.IntN(6))}
			for i := range p.data {
				p.data[i] = byte(dice.IntN(256))
			}
			switch dice.IntN(60) {
			case 0:
				p.kind = 1
			case 1:
				p.kind = 2
			case 2:
				p.global = true
			case 3:
				p.address = int32(65530 + dice.IntN(8)) // at the end of memory, or over it
			case 4:
				p.address = int32(dice.IntN(at + 1)) // back into the others
			case 5:
				p.address = -1
			}
			parts = append(parts, p)
			at += len(p.data) + dice.IntN(20)*dice.IntN(30)
		}
		if dice.IntN(2) == 0 {
			dice.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		}
		before := module(imported, counted, parts)
		original := bytes.Clone(before)
		after, err := joinSegments(before, leave)
		if err != nil {
			t.Fatalf("%+v: %v", parts, err)
		}
		if !bytes.Equal(before, original) {
			t.Fatalf("%+v: the module itself was written to", parts)
		}
		want, n, ok := memory(t, before, 0)
		got, m, okToo := memory(t, after, 0)
		if ok != okToo || !bytes.Equal(want, got) {
			t.Fatalf("%+v: memory differs", parts)
		}
		if imported {
			want, _, _ := memory(t, before, 0xee)
			if got, _, _ := memory(t, after, 0xee); !bytes.Equal(want, got) {
				t.Fatalf("%+v: an imported memory differs", parts)
			}
		}
		if m != n && counted {
			t.Fatalf("%+v: %d segments where the module counts %d", parts, m, n)
		}
		if m < n {
			joinedSome++
		}
		if again, err := joinSegments(after, leave); err != nil || !bytes.Equal(again, after) {
			t.Fatalf("%+v: joining twice gives something else, %v", parts, err)
		}
	}
	if joinedSome < 500 {
		t.Errorf("only %d of the modules had anything joined", joinedSome)
	}
}

func TestJoinSegments(t *testing.T) {
	a, b := part{data: []byte("aa"), address: 8}, part{data: []byte("bb"), address: 20}
	far := part{data: []byte("f"), address: 22 + maxGap + 1}
	near := part{data: []byte("n"), address: 22 + maxGap}
	high := part{data: []byte("h"), address: -2}
	passive := part{kind: 1, data: []byte("pp")}
	for _, test := range []struct {
		name              string
		imported, counted bool
		parts             []part
		want              int // segments
	}{
		{"none", false, false, nil, 0},
		{"two neighbours", false, false, []part{a, b}, 1},
		{"in any order", false, false, []part{b, a}, 1},
		{"a gap that is just small enough", false, false, []part{a, b, near}, 1},
		{"a gap that is too large", false, false, []part{a, b, far}, 2},
		{"an address over 2 GB", false, false, []part{high, a, b}, 2},
		{"two that overlap", false, false, []part{a, b, a}, 3},
		{"a passive segment", false, false, []part{a, passive, b}, 3},
		{"an address in a global", false, false, []part{a, {global: true}, b}, 3},
		{"code that may name segments", false, true, []part{a, b}, 2},
		{"an imported memory", true, false, []part{a, b}, 2},
	} {
		before := module(test.imported, test.counted, test.parts)
		after, err := joinSegments(before, leave)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if _, n, _ := memory(t, after, 0); n != test.want {
			t.Errorf("%s: %d segments, want %d", test.name, n, test.want)
		}
		if test.want == len(test.parts) && test.want > 2 && !bytes.Equal(before, after) {
			t.Errorf("%s: the module is not as it was", test.name)
		}
	}
}

// Edited data is cut where it has become empty, and the module is left alone.
func TestJoinSegmentsEdits(t *testing.T) {
	before := module(false, false, []part{{data: bytes.Repeat([]byte("a"), maxGap+3), address: 8}, {data: []byte("bb"), address: 8 + 2*maxGap}, {data: []byte("c"), address: 9000}})
	original := bytes.Clone(before)
	after, err := joinSegments(before, func(s segment) {
		if s.address != 8 || len(s.data) != 9000+1-8 {
			t.Errorf("%d bytes at %d are edited as one", len(s.data), s.address)
		}
		clear(s.data[1 : maxGap+2])
	})
	if err != nil || !bytes.Equal(before, original) {
		t.Fatalf("the module is another, or %v", err)
	}
	want := make([]byte, 65536)
	want[8], want[8+maxGap+2], want[9000] = 'a', 'a', 'c'
	copy(want[8+2*maxGap:], "bb")
	if got, n, _ := memory(t, after, 0); n != 3 || !bytes.Equal(got, want) {
		t.Errorf("%d segments, or other data", n)
	}
}

// What is no module is refused, wherever it breaks off.
func TestJoinSegmentsRefuses(t *testing.T) {
	whole := module(false, false, []part{{data: []byte("aa")}, {data: []byte("bb"), address: 4}})
	boundaries := 0
	for n := range whole {
		if _, err := joinSegments(whole[:n], leave); err == nil {
			boundaries++ // a module that ends between two sections is a module
		}
	}
	if boundaries != 4 {
		t.Errorf("%d shorter modules were taken, want 4: before each section", boundaries)
	}
	for _, bad := range []string{"\x0b\x02\x01\x03", "\x0b\x01\x05", "\x0b\x05\x01\x00\x20\x00\x0b", "\x0b\x03\x00\x00\x00", "\x02\x05\x01\x00\x00\x09\x00", "\x0b\x0a\x01\x00\x41\xff\xff\xff\xff\x0f\x0b\x00"} {
		if _, err := joinSegments([]byte("\x00asm\x01\x00\x00\x00"+bad), leave); err == nil {
			t.Errorf("% x was taken", bad)
		}
	}
}

// Any bytes give a module or an error, and a module that was joined once is as
// small as it gets.
func FuzzJoinSegments(f *testing.F) {
	f.Add(module(false, false, []part{{data: []byte("aa")}, {data: []byte("bb"), address: 4}}))
	f.Add(module(true, true, []part{{kind: 1, data: []byte("aa")}, {kind: 2, global: true}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := joinSegments(b, leave)
		if err != nil {
			return
		}
		if again, err := joinSegments(out, leave); err != nil || !bytes.Equal(again, out) {
			t.Errorf("joining again gives another module, %v", err)
		}
	})
}

// A section of elements says the same in more bytes, or is left alone.
func TestWiden(t *testing.T) {
	for _, test := range []struct{ name, content, want string }{
		{"functions", "\x02\x00\x41\x80\x20\x0b\x02\x05\xac\x02\x00\x41\x00\x0b\x00", "\x02\x00\x41\x80\x20\x0b\x02\x85\x80\x80\x00\xac\x82\x80\x00\x00\x41\x00\x0b\x00"},
		{"none", "\x00", "\x00"},
		{"another kind", "\x01\x01\x00\x01\x05", ""},
		{"an address in a global", "\x01\x00\x23\x00\x0b\x01\x05", ""},
		{"a number of more than four bytes", "\x01\x00\x41\x00\x0b\x01\x80\x80\x80\x80\x01", ""},
		{"one that breaks off", "\x01\x00\x41\x00\x0b\x02\x05", ""},
		{"one that goes on", "\x01\x00\x41\x00\x0b\x01\x05\x05", ""},
	} {
		if test.want == "" {
			test.want = test.content
		}
		if got := widen([]byte(test.content)); string(got) != test.want {
			t.Errorf("%s: % x, want % x", test.name, got, test.want)
		}
	}
}
