package deflate

import (
	"encoding/binary"
	"slices"
)

// lengthOrder is the order in which a block gives the code for its codes' lengths
// (RFC 1951 3.2.7).
var lengthOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// A run is one symbol of a block's header: a code's length, or a repetition.
type run struct{ symbol, extra, value uint8 }

// A header is what a block begins with: the lengths of its codes, in a code of
// their own.
type header struct {
	literals, distances int // how many lengths of each are given
	runs                []run
	lengths             [19]uint8
	given               int // how many of lengths, in lengthOrder
}

func (k *codes) header() *header {
	h := &header{literals: literals, distances: distances, given: len(lengthOrder)}
	for h.literals > 257 && k.literal[h.literals-1] == 0 {
		h.literals--
	}
	for h.distances > 1 && k.distance[h.distances-1] == 0 {
		h.distances--
	}
	var all [literals + distances]uint8
	n := copy(all[:], k.literal[:h.literals])
	n += copy(all[n:], k.distance[:h.distances])
	var counts [19]uint32
	for i := 0; i < n; {
		r, of := runAt(all[i:n], i > 0 && all[i] == all[max(i, 1)-1])
		h.runs = append(h.runs, r)
		counts[r.symbol]++
		i += of
	}
	lengths(counts[:], 7, h.lengths[:])
	for h.given > 4 && h.lengths[lengthOrder[h.given-1]] == 0 {
		h.given--
	}
	return h
}

// runAt returns the symbol for the first of the lengths, and how many it stands
// for. Again says that the one before was the same.
func runAt(lengths []uint8, again bool) (r run, of int) {
	for of < len(lengths) && lengths[of] == lengths[0] && of < 138 {
		of++
	}
	switch {
	case lengths[0] == 0 && of >= 11:
		return run{18, 7, uint8(of - 11)}, of
	case lengths[0] == 0 && of >= 3:
		return run{17, 3, uint8(of - 3)}, of
	case again && of >= 3:
		of = min(of, 6)
		return run{16, 2, uint8(of - 3)}, of
	}
	return run{symbol: lengths[0]}, 1
}

// headerBits returns how many bits the header takes.
func (k *codes) headerBits() int {
	h := k.header()
	n := 5 + 5 + 4 + 3*h.given
	for _, r := range h.runs {
		n += int(h.lengths[r.symbol]) + int(r.extra)
	}
	return n
}

// A writer writes bits, the lowest first.
type writer struct {
	out  []byte
	held uint64
	n    int
}

func (w *writer) bits(value uint64, n int) {
	w.held |= value << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.held))
		w.held >>= 8
	}
}

// align fills the byte that is begun.
func (w *writer) align() { w.bits(0, -w.n&7) }

func (w *writer) bytes() []byte {
	w.align()
	return w.out
}

// block writes x, which stands for a part of b: in codes of its own, or as it is
// when that is smaller.
func (w *writer) block(b []byte, x block, last bool) {
	c := count(x.tokens)
	final := uint64(0)
	if last {
		final = 1
	}
	if size := x.end - x.start; size > 0 && c.bits() > size*8+(size/0xffff+1)*42 {
		w.stored(b[x.start:x.end], final)
		return
	}
	k := codesOf(&c)
	w.bits(final|2<<1, 3)
	w.header(k.header())
	literal, distance := canonical(k.literal[:]), canonical(k.distance[:])
	for _, t := range x.tokens {
		if t < 256 {
			w.bits(uint64(literal[t]), int(k.literal[t]))
			continue
		}
		m := t.match()
		s := int(lengthSymbol[m.length])
		w.bits(uint64(literal[257+s]), int(k.literal[257+s]))
		w.bits(uint64(m.length-lengthBase[s]), int(lengthExtra[s]))
		s, extra := distanceSymbol(m.distance)
		w.bits(uint64(distance[s]), int(k.distance[s]))
		w.bits(uint64(m.distance-distanceBase(s)), extra)
	}
	w.bits(uint64(literal[endBlock]), int(k.literal[endBlock]))
}

func (w *writer) header(h *header) {
	w.bits(uint64(h.literals-257), 5)
	w.bits(uint64(h.distances-1), 5)
	w.bits(uint64(h.given-4), 4)
	for _, s := range lengthOrder[:h.given] {
		w.bits(uint64(h.lengths[s]), 3)
	}
	codes := canonical(h.lengths[:])
	for _, r := range h.runs {
		w.bits(uint64(codes[r.symbol]), int(h.lengths[r.symbol]))
		w.bits(uint64(r.value), int(r.extra))
	}
}

// stored writes b as it is.
func (w *writer) stored(b []byte, final uint64) {
	for part := range slices.Chunk(b, 0xffff) {
		last := uint64(0)
		if len(part) == len(b) {
			last = final
		}
		b = b[len(part):]
		w.bits(last, 3)
		w.align()
		w.out = binary.LittleEndian.AppendUint16(w.out, uint16(len(part)))
		w.out = binary.LittleEndian.AppendUint16(w.out, ^uint16(len(part)))
		w.out = append(w.out, part...)
	}
}
