package codec

import "hash/adler32"

// A Deflater compresses to the same bytes as C zlib at level 6, the default of
// Python's zlib.compress: 15 window bits, memory level 8, lazy matching. The output
// of any other encoder inflates to the same text but makes another cookie.
//
// The source is zlib 1.2.13, deflate.c, deflate_slow; earlier and later releases
// write the same bytes, zlib-ng does not. A Deflater keeps its tables between calls
// and serves one goroutine at a time. The zero Deflater is ready to use.
type Deflater struct {
	data  []byte  // the input, with zeros after it for the matcher to run into
	end   int     // the length of the input
	head  []int32 // by hash: the latest position with it; 0 is none, so position 0 never matches
	prev  []int32 // by position: the one before it with the same hash
	block blockWriter
}

const (
	hashSize = 1 << 15
	maxDist  = 1<<15 - (maxMatch + minMatch + 1) // MAX_DIST
	tooFar   = 4096                              // a match of three this far back costs more than it saves

	// deflate.c, configuration_table[6]
	goodLength = 8
	maxLazy    = 16
	niceLength = 128
	maxChain   = 128
)

// compress returns text in the zlib format (RFC 1950).
func (d *Deflater) compress(text string) []byte {
	sum := adler32.Checksum([]byte(text))
	return append(append([]byte{0x78, 0x9c}, d.Deflate("", text)...), byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
}

// Deflate returns text as a deflate stream without a wrapping (RFC 1951). Its matches may be
// in dict, which Inflate must be given too: zlib's deflateSetDictionary, of at most 32 KiB.
func (d *Deflater) Deflate(dict, text string) []byte {
	d.end = len(dict) + len(text)
	d.data = append(append(append(d.data[:0], dict...), text...), make([]byte, maxMatch+1)...)
	if d.head == nil {
		d.head = make([]int32, hashSize)
	}
	if len(d.prev) < d.end {
		d.prev = make([]int32, d.end)
	}
	d.block.reset()
	for i := 0; i < len(dict) && i+minMatch <= d.end; i++ {
		d.insert(i)
	}
	d.slow(len(dict))
	for i := 0; i+minMatch <= d.end; i++ {
		d.head[d.hash(i)] = 0
	}
	return d.block.out
}

func (d *Deflater) hash(i int) int {
	return (int(d.data[i])<<10 ^ int(d.data[i+1])<<5 ^ int(d.data[i+2])) & (hashSize - 1)
}

// insert enters position i and returns the head of its chain before that.
func (d *Deflater) insert(i int) int {
	h := d.hash(i)
	was := d.head[h]
	d.prev[i] = was
	d.head[h] = int32(i)
	return int(was)
}

// slow writes what begins at pos. It emits a match only when the next position has no longer
// one.
func (d *Deflater) slow(pos int) {
	var (
		start   = pos // where the block began
		pending bool  // the byte before pos awaits a verdict
		length  = minMatch - 1
		at      int // where the match of that length is
	)
	flush := func(last bool) {
		d.block.flush(d.data[start:pos], last)
		start = pos
	}
	for pos < d.end {
		head := 0
		if d.end-pos >= minMatch {
			head = d.insert(pos)
		}
		prevLength, prevAt := length, at
		length = minMatch - 1
		if head != 0 && prevLength < maxLazy && pos-head <= maxDist {
			length, at = d.longest(pos, head, prevLength, at)
			if length == minMatch && pos-at > tooFar {
				length = minMatch - 1
			}
		}
		switch {
		case prevLength >= minMatch && length <= prevLength:
			full := d.block.match(pos-1-prevAt, prevLength)
			for last := pos + prevLength - 2; pos < last; {
				if pos++; pos+minMatch <= d.end {
					d.insert(pos)
				}
			}
			pos++
			pending = false
			length = minMatch - 1
			if full {
				flush(false)
			}
		case pending:
			if d.block.literal(d.data[pos-1]) {
				flush(false)
			}
			pos++
		default:
			pending = true
			pos++
		}
	}
	if pending {
		d.block.literal(d.data[pos-1])
	}
	flush(true)
}

// longest walks the chain from cur for a match with pos of more than best
// bytes, and returns its length and place; without one, best and at as given.
// deflate.c, longest_match
func (d *Deflater) longest(pos, cur, best, at int) (length, where int) {
	scan := d.data[pos : pos+min(maxMatch, len(d.data)-pos)]
	chain, nice := maxChain, min(niceLength, d.end-pos)
	if best >= goodLength {
		chain /= 4
	}
	limit := max(pos-maxDist, 0)
	for {
		m := d.data[cur:]
		if m[best] == scan[best] && m[best-1] == scan[best-1] && m[0] == scan[0] && m[1] == scan[1] {
			n := 2
			for n < len(scan) && m[n] == scan[n] {
				n++
			}
			if n > best {
				best, at = n, cur
				if n >= nice {
					break
				}
			}
		}
		if cur = int(d.prev[cur]); cur <= limit {
			break
		}
		if chain--; chain == 0 {
			break
		}
	}
	return min(best, d.end-pos), at
}
