package codec

import (
	"errors"
	"hash/adler32"
	"strconv"
)

// errInflate is zlib's own word for data it cannot use.
var errInflate = errors.New("Error -3 while decompressing data: invalid data")

// inflate undoes deflate in its zlib wrapping (RFC 1950, RFC 1951). Like
// Python's zlib.decompress it wants a complete stream with the right checksum
// and passes over what follows. compress/zlib does the same, but is ten times
// the code in the wasm.
func inflate(z []byte, limit int) ([]byte, error) {
	if len(z) < 6 || z[0]&15 != 8 || z[0]>>4 > 7 || (int(z[0])<<8|int(z[1]))%31 != 0 || z[1]&0x20 != 0 {
		return nil, errInflate
	}
	r := inflater{in: z[2:], limit: limit}
	if err := r.blocks(); err != nil {
		return nil, err
	}
	r.held = 0 // the checksum begins at a byte
	sum := uint32(0)
	for range 4 {
		sum = sum<<8 | uint32(r.byte())
	}
	if r.bad || sum != adler32.Checksum(r.out) {
		return nil, errInflate
	}
	return r.out, nil
}

// Inflate undoes Deflate, with the same dict. The error says that z is no such stream, or that
// it inflates to more than limit bytes. It passes over what follows the stream.
func Inflate(dict string, z []byte, limit int) (string, error) {
	r := inflater{in: z, out: []byte(dict), before: len(dict), limit: limit}
	if err := r.blocks(); err != nil {
		return "", err
	}
	return string(r.out[len(dict):]), nil
}

// blocks reads all blocks of a deflate stream (RFC 1951).
func (r *inflater) blocks() error {
	for last := false; !last; {
		last = r.bits(1) == 1
		switch r.bits(2) {
		case 0:
			r.stored()
		case 1:
			var lengths [288 + 30]byte
			for i := range lengths {
				if lengths[i] = 5; i < 288 {
					lengths[i] = byte(fixedLit(i))
				}
			}
			r.coded(lengths[:288], lengths[288:], true)
		case 2:
			r.dynamic()
		default:
			r.bad = true
		}
		if len(r.out)-r.before > r.limit {
			return errors.New("the payload inflates to more than " + strconv.Itoa(r.limit) + " bytes")
		}
		if r.bad {
			return errInflate
		}
	}
	return nil
}

// An inflater reads bits, low ones first. Once bad, everything it gives is zero.
type inflater struct {
	in, out []byte
	acc     uint
	held    uint // bits in acc
	before  int  // bytes of out that are a dictionary
	limit   int  // of the others
	bad     bool
}

func (r *inflater) byte() byte {
	if len(r.in) == 0 {
		r.bad = true
		return 0
	}
	c := r.in[0]
	r.in = r.in[1:]
	return c
}

func (r *inflater) bits(n int) int {
	for r.held < uint(n) {
		r.acc |= uint(r.byte()) << r.held
		r.held += 8
	}
	v := r.acc & (1<<n - 1)
	r.acc >>= n
	r.held -= uint(n)
	return int(v)
}

func (r *inflater) stored() {
	r.acc, r.held = 0, 0
	n := int(r.byte()) | int(r.byte())<<8
	inverse := int(r.byte()) | int(r.byte())<<8
	if n != ^inverse&0xffff || n > len(r.in) {
		r.bad = true
		return
	}
	r.out = append(r.out, r.in[:n]...)
	r.in = r.in[n:]
}

// A huffman code by length: how many codes each has, and their symbols in order.
type huffman struct {
	count   [16]int
	symbols []int
}

// code makes a huffman of code lengths. It is bad when the lengths leave too
// little room for the codes, or too much, except that one lone code of one bit,
// or none at all, may stand where lone is set.
func (r *inflater) code(lengths []byte, lone bool) *huffman {
	h := new(huffman)
	for _, n := range lengths {
		h.count[n]++
	}
	used := len(lengths) - h.count[0]
	h.count[0] = 0
	room := 1
	for _, n := range h.count[1:] {
		if room = 2*room - n; room < 0 {
			r.bad = true
			return h
		}
	}
	if room > 0 && !(lone && (used == 0 || used == 1 && h.count[1] == 1)) {
		r.bad = true
	}
	var next [17]int
	for n, c := range h.count {
		next[n+1] = next[n] + c
	}
	h.symbols = make([]int, used)
	for s, n := range lengths {
		if n > 0 {
			h.symbols[next[n]] = s
			next[n]++
		}
	}
	return h
}

func (r *inflater) symbol(h *huffman) int {
	code, first, index := 0, 0, 0
	for _, n := range h.count[1:] {
		code |= r.bits(1)
		if code-n < first {
			return h.symbols[index+code-first]
		}
		index += n
		first = (first + n) << 1
		code <<= 1
	}
	r.bad = true
	return 0
}

func (r *inflater) dynamic() {
	nlit, ndist, nbits := r.bits(5)+257, r.bits(5)+1, r.bits(4)+4
	if nlit > 286 || ndist > 30 {
		r.bad = true
		return
	}
	var lengths [286 + 30 + 138]byte
	for _, i := range bitsOrder[:nbits] {
		lengths[i] = byte(r.bits(3))
	}
	h := r.code(lengths[:codesBits], false)
	clear(lengths[:codesBits])
	n := 0
	for n < nlit+ndist && !r.bad {
		var repeat int
		var length byte
		switch s := r.symbol(h); s {
		case 16:
			if n == 0 {
				r.bad = true
				return
			}
			length, repeat = lengths[n-1], 3+r.bits(2)
		case 17:
			repeat = 3 + r.bits(3)
		case 18:
			repeat = 11 + r.bits(7)
		default:
			length, repeat = byte(s), 1
		}
		for range repeat {
			lengths[n] = length
			n++
		}
	}
	if n > nlit+ndist || lengths[endBlock] == 0 {
		r.bad = true
	}
	if !r.bad {
		r.coded(lengths[:nlit], lengths[nlit:nlit+ndist], false)
	}
}

// coded reads the symbols of a block up to its end.
func (r *inflater) coded(lit, dist []byte, fixed bool) {
	l, d := r.code(lit, true), &huffman{}
	if fixed {
		d.count[5] = 30 // two codes stay unused
		d.symbols = make([]int, 30)
		for i := range d.symbols {
			d.symbols[i] = i
		}
	} else {
		d = r.code(dist, true)
	}
	for !r.bad && len(r.out)-r.before <= r.limit {
		s := r.symbol(l)
		switch {
		case r.bad || s == endBlock:
			return
		case s < literals:
			r.out = append(r.out, byte(s))
			continue
		case s > 285:
			r.bad = true
			return
		}
		n := baseLength(s-literals-1) + r.bits(litExtra(s))
		s = r.symbol(d)
		back := baseDist(s) + r.bits(distExtra(s))
		if r.bad || back > len(r.out) || back > 1<<15 {
			r.bad = true
			return
		}
		for range n {
			r.out = append(r.out, r.out[len(r.out)-back])
		}
	}
}

// baseLength is the shortest match of a length code, less 257.
func baseLength(code int) int {
	switch {
	case code < 8:
		return code + minMatch
	case code == 28:
		return maxMatch
	}
	return minMatch + (4+code%4)<<(code/4-1)
}

// baseDist is the shortest distance of a distance code.
func baseDist(code int) int {
	if code < 4 {
		return code + 1
	}
	return 1 + (2+code%2)<<(code/2-1)
}
