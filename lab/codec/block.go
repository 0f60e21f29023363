package codec

// maxSymbols is how many symbols a block holds: LIT_BUFSIZE - 1 at memory level 8.
const maxSymbols = 1<<14 - 1

// A symbol is a literal (dist 0) or a match of length lit+3 at dist.
type symbol struct {
	dist uint16
	lit  byte
}

// A blockWriter writes deflate blocks (RFC 1951) with the code lengths that zlib's
// trees.c arrives at: where several optimal codes exist, its heap decides.
type blockWriter struct {
	out       []byte
	acc       uint64
	accBits   uint
	symbols   []symbol
	lit, dist tree
	bits      tree

	fixedLit, fixedDist tree // the static trees
}

func (w *blockWriter) reset() {
	w.out, w.acc, w.accBits = nil, 0, 0
	if w.lit.nodes != nil {
		return // flush has begun a block
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

// flush ends the block, whose input was raw, in the shortest of the three
// forms. trees.c, _tr_flush_block
func (w *blockWriter) flush(raw []byte, last bool) {
	litOpt, litFixed := w.lit.build()
	distOpt, distFixed := w.dist.build()
	runs := append(lengths(&w.lit), lengths(&w.dist)...)
	for _, r := range runs {
		w.bits.nodes[r.code].freq++
	}
	bitsOpt, _ := w.bits.build()
	count := codesBits
	for count > 4 && w.bits.nodes[bitsOrder[count-1]].len == 0 {
		count--
	}
	opt := (3 + litOpt + distOpt + bitsOpt + 3*count + 5 + 5 + 4 + 7) / 8
	fixed := (3 + litFixed + distFixed + 7) / 8

	var final uint64
	if last {
		final = 1
	}
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
		w.trees(runs, count)
		w.data(&w.lit, &w.dist)
	}
	if last {
		w.align()
	}
	w.begin()
}

// trees writes the dynamic trees: how many codes each has, and their lengths as
// runs, of whose own code count lengths are written. trees.c, send_all_trees
func (w *blockWriter) trees(runs []run, count int) {
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
