package site

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// maxGap is the longest run of zeros, in bytes, that is written out to join two
// data segments. Longer ones weigh more than the head of a segment.
const maxGap = 256

// maxHole is the longest such run between segments that are edited as one.
const maxHole = 64 << 10

// Sections of a module, by the numbers of the WebAssembly core specification,
// section 5.5.2.
const (
	importSection    = 2
	elementSection   = 9
	dataSection      = 11
	dataCountSection = 12
)

// joinSegments returns the module with neighbouring data segments joined and
// the zeros between them written out. Go's linker cuts data at every few zeros,
// into some 100,000 segments, and their heads compress badly. So do the numbers of
// functions in its table, which widen writes anew. The memory after
// instantiation is the same, but for what edit changes in the joined data: it gets
// long stretches of it, whose zeros are cut out after it.
//
// A module is returned as it is where that is not plain to see: its code may
// name segments by their index (it has a data count section), its memory may
// hold something before the segments are copied in (it is imported), or a
// segment is passive, has an address that is no constant, or overlaps another.
func joinSegments(module []byte, edit func(segment)) ([]byte, error) {
	const magic = "\x00asm\x01\x00\x00\x00"
	if len(module) < len(magic) || string(module[:len(magic)]) != magic {
		return nil, errors.New("join segments: no WebAssembly module of version 1")
	}
	out := append(make([]byte, 0, len(module)), magic...)
	r := reader{b: module[len(magic):]}
	for len(r.b) > 0 && r.err == nil {
		id := r.byte()
		content := r.bytes(r.u32())
		if r.err != nil {
			break
		}
		switch id {
		case dataCountSection:
			return module, nil
		case importSection:
			imported, err := importsMemory(content)
			if err != nil {
				return nil, fmt.Errorf("join segments: imports: %w", err)
			}
			if imported {
				return module, nil
			}
		case elementSection:
			content = widen(content)
		case dataSection:
			segments, constant, err := parseSegments(content)
			if err != nil {
				return nil, fmt.Errorf("join segments: data: %w", err)
			}
			slices.SortFunc(segments, func(a, b segment) int { return cmp.Compare(a.address, b.address) })
			if !constant || overlap(segments) {
				return module, nil
			}
			var short []segment
			for _, s := range joined(segments) {
				edit(s)
				short = append(short, s.cut()...)
			}
			content = appendSegments(nil, short)
		}
		out = append(out, id)
		out = appendSized(out, content)
	}
	if r.err != nil {
		return nil, fmt.Errorf("join segments: sections: %w", r.err)
	}
	return out, nil
}

// elementWidth is the number of bytes that widen gives to a function's number.
const elementWidth = 4

// widen returns the content of a section of elements with each function's number
// written in four bytes, as the format allows. Go's table has all functions in
// order: from one to the next only the first byte changes then, mostly, and three
// that stay compress better than one that does not. A section of another kind is
// returned as it is.
func widen(content []byte) []byte {
	r := reader{b: content}
	n := r.u32()
	out := binary.AppendUvarint(nil, uint64(n))
	for ; n > 0 && r.err == nil; n-- {
		if r.u32() != 0 { // not numbers of functions for table 0
			return content
		}
		address, constant := r.constant()
		if !constant {
			return content
		}
		out = append(appendSigned(append(out, 0, opI32Const), int32(address)), opEnd)
		count := r.u32()
		out = binary.AppendUvarint(out, uint64(count))
		for ; count > 0 && r.err == nil; count-- {
			v := r.u32()
			if v >= 1<<(7*elementWidth) {
				return content
			}
			for range elementWidth - 1 {
				out = append(out, byte(v)|0x80)
				v >>= 7
			}
			out = append(out, byte(v))
		}
	}
	if r.err != nil || len(r.b) > 0 {
		return content
	}
	return out
}

// A segment is data that goes to an address in memory 0.
type segment struct {
	address uint32
	data    []byte
}

// end is the address after the segment's last byte.
func (s segment) end() uint64 { return uint64(s.address) + uint64(len(s.data)) }

// overlap tells whether any two of the segments, sorted by address, overlap:
// then their order matters.
func overlap(segments []segment) bool {
	for i := 1; i < len(segments); i++ {
		if uint64(segments[i].address) < segments[i-1].end() {
			return true
		}
	}
	return false
}

// joined joins segments that are sorted by address and do not overlap. What
// lies between two of them is zero, for nothing is copied to there. The data is a
// copy.
func joined(segments []segment) []segment {
	var out []segment
	for _, s := range segments {
		if n := len(out) - 1; n >= 0 && uint64(s.address)-out[n].end() <= maxHole {
			gap := make([]byte, uint64(s.address)-out[n].end())
			out[n].data = append(append(out[n].data, gap...), s.data...)
			continue
		}
		out = append(out, segment{s.address, bytes.Clone(s.data)})
	}
	return out
}

// cut returns the segment without the long runs of zeros in it, as several.
func (s segment) cut() []segment {
	var out []segment
	from, zeros := 0, 0 // of the current segment; how many there were last
	for i, b := range s.data {
		if b == 0 {
			zeros++
			continue
		}
		if zeros > maxGap && zeros < i {
			out = append(out, segment{s.address + uint32(from), s.data[from : i-zeros]})
			from = i
		}
		zeros = 0
	}
	return append(out, segment{s.address + uint32(from), s.data[from:]})
}

// parseSegments reads the content of a data section. It tells whether every
// segment goes to a constant address in memory 0; those that do not are left out.
func parseSegments(content []byte) (segments []segment, constant bool, err error) {
	const ( // kinds of segments
		active    = 0 // into memory 0
		passive   = 1
		elsewhere = 2 // into the memory whose number follows
	)
	r := reader{b: content}
	constant = true
	for n := r.u32(); n > 0 && r.err == nil; n-- {
		var s segment
		kind, plain := r.u32(), false
		switch kind {
		case active:
			s.address, plain = r.constant()
		case elsewhere:
			r.u32()
			r.constant()
		case passive:
		default:
			r.fail(fmt.Errorf("a segment of kind %d", kind))
		}
		s.data = r.bytes(r.u32())
		if plain {
			segments = append(segments, s)
		}
		constant = constant && plain
	}
	if r.err == nil && len(r.b) > 0 {
		r.fail(fmt.Errorf("%d bytes after the last segment", len(r.b)))
	}
	return segments, constant, r.err
}

// appendSegments appends the content of a data section.
func appendSegments(b []byte, segments []segment) []byte {
	b = binary.AppendUvarint(b, uint64(len(segments)))
	for _, s := range segments {
		b = append(b, 0, opI32Const)
		b = appendSigned(b, int32(s.address))
		b = append(b, opEnd)
		b = appendSized(b, s.data)
	}
	return b
}

// importsMemory tells whether the content of an import section has a memory.
func importsMemory(content []byte) (bool, error) {
	r := reader{b: content}
	memory := false
	limits := func() {
		if flags := r.byte(); flags&1 != 0 { // a maximum follows the minimum
			r.u64()
		}
		r.u64()
	}
	for n := r.u32(); n > 0 && r.err == nil; n-- {
		r.bytes(r.u32()) // the module's name
		r.bytes(r.u32()) // the import's
		switch kind := r.byte(); kind {
		case 0: // a function, of a type
			r.u32()
		case 1: // a table, of references
			r.byte()
			limits()
		case 2:
			memory = true
			limits()
		case 3: // a global, of a type, changing or not
			r.byte()
			r.byte()
		default:
			r.fail(fmt.Errorf("one of kind %d", kind))
		}
	}
	if r.err == nil && len(r.b) > 0 {
		r.fail(fmt.Errorf("%d bytes after the last", len(r.b)))
	}
	return memory, r.err
}
