package class

import "math/bits"

// A bitWriter packs numbers, high bits first: each of its bytes is a bit.
type bitWriter []byte

func (w *bitWriter) put(v uint64, n int) {
	for n--; n >= 0; n-- {
		*w = append(*w, byte(v>>n&1))
	}
}

func (w *bitWriter) flag(on bool) {
	if on {
		w.put(1, 1)
	} else {
		w.put(0, 1)
	}
}

// number writes a number from 0 that is mostly small: Elias gamma of the next.
func (w *bitWriter) number(v int) {
	n := bits.Len64(uint64(v) + 1)
	w.put(0, n-1)
	w.put(uint64(v)+1, n)
}

// bytes returns the bits eight to a byte, the last filled up with zeros.
func (w bitWriter) bytes() []byte {
	out := make([]byte, (len(w)+7)/8)
	for i, bit := range w {
		out[i/8] |= bit << (7 - i%8)
	}
	return out
}

// A bitReader is the inverse. Once bad, it reads zeros.
type bitReader struct {
	in  []byte
	at  int // in bits
	bad bool
}

func (r *bitReader) get(n int) (v uint64) {
	for range n {
		v <<= 1
		if r.at >= len(r.in)*8 {
			r.bad = true
			return 0
		}
		v |= uint64(r.in[r.at/8]>>(7-r.at%8)) & 1
		r.at++
	}
	return v
}

func (r *bitReader) flag() bool { return r.get(1) == 1 }

// number reads one that is at most that large.
func (r *bitReader) number(most int) int {
	n := 0
	for !r.bad && !r.flag() {
		if n++; n > 31 {
			r.bad = true
		}
	}
	v := int(1<<n|r.get(n)) - 1
	if r.bad || v > most {
		r.bad = true
		return 0
	}
	return v
}

// rest returns the bytes after the one that was read last.
func (r *bitReader) rest() []byte { return r.in[min(len(r.in), (r.at+7)/8):] }
