package codec

import "math/bits"

// This file writes deflate blocks (RFC 1951) with the code lengths that zlib's
// trees.c arrives at: where several optimal codes exist, its heap decides.

const (
	literals  = 256
	endBlock  = 256
	codesLit  = literals + 1 + 29
	codesDist = 30
	codesBits = 19
	heapSize  = 2*codesLit + 1

	maxSymbols = 1<<14 - 1 // a block is flushed at this many (LIT_BUFSIZE - 1 at memory level 8)
)

// bitsOrder is the order of the code lengths' code lengths, RFC 1951, 3.2.7.
var bitsOrder = [codesBits]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// A symbol is a literal (dist 0) or a match of length lit+3 at dist.
type symbol struct {
	dist uint16
	lit  byte
}

type treeNode struct {
	freq            int32
	dad, len, depth int16
	code            uint16
}

// A tree is a Huffman code under construction.
type tree struct {
	nodes   []treeNode // the codes, then room for as many inner nodes
	codes   int
	longest int                       // the longest allowed code
	extra   func(code int) int        // extra bits after a code
	fixed   func(code int) (bits int) // the static tree's length, nil without one
	max     int                       // the largest code in use
}

type blockWriter struct {
	out       []byte
	acc       uint64
	accBits   uint
	symbols   []symbol
	lit, dist tree
	bits      tree

	fixedLit, fixedDist tree // the static trees
	optLen              int  // bits of the block with the dynamic trees
	fixedLen            int  // and with the static ones
}

func (w *blockWriter) reset() {
	w.out, w.acc, w.accBits = nil, 0, 0
	if w.lit.nodes != nil {
		return // flush has left everything as begin does
	}
	w.lit = tree{make([]treeNode, heapSize), codesLit, 15, litExtra, fixedLit, 0}
	w.dist = tree{make([]treeNode, 2*codesDist+1), codesDist, 15, distExtra, fixedDist, 0}
	w.bits = tree{make([]treeNode, 2*codesBits+1), codesBits, 7, bitsExtra, nil, 0}
	w.fixedLit = fixedTree(288, fixedLit)
	w.fixedDist = fixedTree(codesDist, fixedDist)
	w.begin()
}

func (w *blockWriter) begin() {
	w.symbols = w.symbols[:0]
	for _, t := range []*tree{&w.lit, &w.dist, &w.bits} {
		clear(t.nodes)
	}
	w.lit.nodes[endBlock].freq = 1
	w.optLen, w.fixedLen = 0, 0
}

// literal adds a byte to the block and says whether the block is full.
func (w *blockWriter) literal(c byte) bool {
	w.symbols = append(w.symbols, symbol{0, c})
	w.lit.nodes[c].freq++
	return len(w.symbols) == maxSymbols
}

// match adds a match to the block and says whether the block is full.
func (w *blockWriter) match(dist, length int) bool {
	w.symbols = append(w.symbols, symbol{uint16(dist), byte(length - minMatch)})
	w.lit.nodes[literals+1+lengthCode(length-minMatch)].freq++
	w.dist.nodes[distCode(dist-1)].freq++
	return len(w.symbols) == maxSymbols
}

// lengthCode is the code of a match of n+3 bytes, less 257.
func lengthCode(n int) int {
	switch {
	case n == maxMatch-minMatch:
		return 28
	case n < 8:
		return n
	}
	k := bits.Len(uint(n)) - 1
	return 4*(k-1) + n>>(k-2)&3
}

func litExtra(code int) int {
	if code -= literals + 1; code < 8 || code == 28 {
		return 0
	}
	return code/4 - 1
}

// distCode is the code of a match n+1 bytes back.
func distCode(n int) int {
	if n < 4 {
		return n
	}
	k := bits.Len(uint(n)) - 1
	return 2*k + n>>(k-1)&1
}

func distExtra(code int) int { return max(code/2-1, 0) }

func bitsExtra(code int) int {
	switch code {
	case 16:
		return 2
	case 17:
		return 3
	case 18:
		return 7
	}
	return 0
}

func fixedLit(code int) int {
	switch {
	case code < 144:
		return 8
	case code < 256:
		return 9
	case code < 280:
		return 7
	}
	return 8
}

func fixedDist(int) int { return 5 }

// flush ends the block, whose input was raw, in the shortest of the three
// forms. trees.c, _tr_flush_block
func (w *blockWriter) flush(raw []byte, last bool) {
	w.build(&w.lit)
	w.build(&w.dist)
	runs := append(lengths(&w.lit), lengths(&w.dist)...)
	for _, r := range runs {
		w.bits.nodes[r.code].freq++
	}
	w.build(&w.bits)
	count := codesBits
	for count > 4 && w.bits.nodes[bitsOrder[count-1]].len == 0 {
		count--
	}
	w.optLen += 3*count + 5 + 5 + 4

	var final uint64
	if last {
		final = 1
	}
	opt, fixed := (w.optLen+3+7)/8, (w.fixedLen+3+7)/8
	switch {
	case len(raw)+4 <= min(opt, fixed):
		w.put(final, 3)
		w.align()
		n := uint16(len(raw))
		w.out = append(w.out, byte(n), byte(n>>8), byte(^n), byte(^n>>8))
		w.out = append(w.out, raw...)
	case fixed <= opt:
		w.put(1<<1+final, 3)
		w.data(&w.fixedLit, &w.fixedDist)
	default:
		for _, t := range []*tree{&w.lit, &w.dist, &w.bits} {
			t.assign()
		}
		w.put(2<<1+final, 3)
		w.put(uint64(w.lit.max+1-257), 5)
		w.put(uint64(w.dist.max+1-1), 5)
		w.put(uint64(count-4), 4)
		for _, code := range bitsOrder[:count] {
			w.put(uint64(w.bits.nodes[code].len), 3)
		}
		for _, r := range runs {
			w.code(&w.bits, r.code)
			w.put(uint64(r.extra), uint(bitsExtra(r.code)))
		}
		w.data(&w.lit, &w.dist)
	}
	if last {
		w.align()
	}
	w.begin()
}

// data writes the symbols and the end of the block.
func (w *blockWriter) data(lit, dist *tree) {
	for _, s := range w.symbols {
		if s.dist == 0 {
			w.code(lit, int(s.lit))
			continue
		}
		code := literals + 1 + lengthCode(int(s.lit))
		w.code(lit, code)
		n := uint(litExtra(code))
		w.put(uint64(s.lit)&(1<<n-1), n)
		code = distCode(int(s.dist) - 1)
		w.code(dist, code)
		n = uint(distExtra(code))
		w.put(uint64(s.dist-1)&(1<<n-1), n)
	}
	w.code(lit, endBlock)
}

func (w *blockWriter) code(t *tree, code int) {
	w.put(uint64(t.nodes[code].code), uint(t.nodes[code].len))
}

func (w *blockWriter) put(value uint64, n uint) {
	w.acc |= value << w.accBits
	for w.accBits += n; w.accBits >= 8; w.accBits -= 8 {
		w.out = append(w.out, byte(w.acc))
		w.acc >>= 8
	}
}

// align fills the last byte with zero bits.
func (w *blockWriter) align() {
	if w.accBits > 0 {
		w.out = append(w.out, byte(w.acc))
	}
	w.acc, w.accBits = 0, 0
}

// A run is a code of the code lengths' alphabet, with its repeat count.
type run struct{ code, extra int }

// lengths encodes the code lengths of t. A run never spans two trees.
// trees.c, scan_tree
func lengths(t *tree) (runs []run) {
	for n := 0; n <= t.max; {
		length, count := int(t.nodes[n].len), 1
		repeats := n > 0 && int(t.nodes[n-1].len) == length
		most := 138
		if length != 0 {
			most = 7 // the length itself, then six repeats
			if repeats {
				most = 6
			}
		}
		for count < most && n+count <= t.max && int(t.nodes[n+count].len) == length {
			count++
		}
		n += count
		switch {
		case length == 0 && count >= 11:
			runs = append(runs, run{18, count - 11})
			continue
		case length == 0 && count >= 3:
			runs = append(runs, run{17, count - 3})
			continue
		case length != 0 && repeats && count >= 3:
			runs = append(runs, run{16, count - 3})
			continue
		case length != 0 && count >= 4:
			runs = append(runs, run{length, 0}, run{16, count - 4})
			continue
		}
		for range count {
			runs = append(runs, run{length, 0})
		}
	}
	return runs
}

// build turns the frequencies of t into codes, and adds what they cost to
// optLen and fixedLen. trees.c, build_tree
func (w *blockWriter) build(t *tree) {
	var store [heapSize]int
	heap := store[:1] // from 1 on; the rest of store, from the end, is the sorted list
	t.max = -1
	for n := range t.codes {
		if t.nodes[n].freq != 0 {
			heap = append(heap, n)
			t.max = n
		}
	}
	// pkzip wants two codes at least.
	for len(heap) < 3 {
		n := 0
		if t.max < 2 {
			t.max++
			n = t.max
		}
		heap = append(heap, n)
		t.nodes[n].freq = 1
		w.optLen--
		if t.fixed != nil {
			w.fixedLen -= t.fixed(n)
		}
	}
	for k := (len(heap) - 1) / 2; k >= 1; k-- {
		t.sift(heap, k)
	}
	sorted := heapSize
	next := t.codes
	for len(heap) > 2 {
		n := heap[1]
		heap[1] = heap[len(heap)-1]
		heap = heap[:len(heap)-1]
		t.sift(heap, 1)
		m := heap[1]
		store[sorted-1], store[sorted-2] = n, m
		sorted -= 2
		a, b := &t.nodes[n], &t.nodes[m]
		t.nodes[next] = treeNode{freq: a.freq + b.freq, depth: max(a.depth, b.depth) + 1}
		a.dad, b.dad = int16(next), int16(next)
		heap[1] = next
		next++
		t.sift(heap, 1)
	}
	sorted--
	store[sorted] = heap[1]
	w.limit(t, store[sorted:])
}

// sift moves the k-th entry down to its place.
func (t *tree) sift(heap []int, k int) {
	v := heap[k]
	for j := 2 * k; j < len(heap); j *= 2 {
		if j+1 < len(heap) && t.smaller(heap[j+1], heap[j]) {
			j++
		}
		if t.smaller(v, heap[j]) {
			break
		}
		heap[k] = heap[j]
		k = j
	}
	heap[k] = v
}

func (t *tree) smaller(n, m int) bool {
	a, b := &t.nodes[n], &t.nodes[m]
	return a.freq < b.freq || a.freq == b.freq && a.depth <= b.depth
}

// limit sets the lengths of the codes, none longer than allowed. The sorted
// list starts with the root. trees.c, gen_bitlen
func (w *blockWriter) limit(t *tree, sorted []int) {
	var count [16]int
	overflow := 0
	t.nodes[sorted[0]].len = 0
	for _, n := range sorted[1:] {
		p := &t.nodes[n]
		p.len = t.nodes[p.dad].len + 1
		if int(p.len) > t.longest {
			p.len = int16(t.longest)
			overflow++
		}
		if n > t.max {
			continue
		}
		count[p.len]++
		extra := t.extra(n)
		w.optLen += int(p.freq) * (int(p.len) + extra)
		if t.fixed != nil {
			w.fixedLen += int(p.freq) * (t.fixed(n) + extra)
		}
	}
	if overflow == 0 {
		return
	}
	for ; overflow > 0; overflow -= 2 {
		k := t.longest - 1
		for count[k] == 0 {
			k--
		}
		count[k]--
		count[k+1] += 2
		count[t.longest]--
	}
	h := len(sorted)
	for length := t.longest; length > 0; length-- {
		for n := count[length]; n > 0; {
			h--
			if sorted[h] > t.max {
				continue
			}
			p := &t.nodes[sorted[h]]
			w.optLen += (length - int(p.len)) * int(p.freq)
			p.len = int16(length)
			n--
		}
	}
}

// fixedTree is one of the static trees, RFC 1951, 3.2.6.
func fixedTree(codes int, length func(code int) int) tree {
	t := tree{nodes: make([]treeNode, codes), max: codes - 1}
	for i := range t.nodes {
		t.nodes[i].len = int16(length(i))
	}
	t.assign()
	return t
}

// assign numbers the codes by length, RFC 1951, 3.2.2, low bit first.
func (t *tree) assign() {
	nodes := t.nodes[:t.max+1]
	var count [16]int
	for i := range nodes {
		count[nodes[i].len]++
	}
	count[0] = 0
	var next [16]int
	for k, code := 1, 0; k < len(next); k++ {
		code = (code + count[k-1]) << 1
		next[k] = code
	}
	for i := range nodes {
		p := &nodes[i]
		if p.len == 0 {
			continue
		}
		p.code = bits.Reverse16(uint16(next[p.len])) >> (16 - p.len)
		next[p.len]++
	}
}
