// Package deflate compresses what is packed once and fetched often. It writes
// RFC 1951 about a twentieth smaller than zlib's level 9 and some fifty times
// slower: it looks for the cheapest way through the data, as Zopfli does. The
// same input gives the same bytes on every machine: costs are whole numbers.
package deflate

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"runtime"
	"sync"
)

// stretch is how many bytes are searched by themselves, side by side with others.
const stretch = 1 << 20

// Gzip returns b in the gzip format (RFC 1952), without a name or a time.
func Gzip(b []byte) []byte {
	var out bytes.Buffer
	out.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255}) // the slowest method, an unknown system
	out.Write(Deflate(b))
	var tail [8]byte
	binary.LittleEndian.PutUint32(tail[:], crc32.ChecksumIEEE(b))
	binary.LittleEndian.PutUint32(tail[4:], uint32(len(b)))
	out.Write(tail[:])
	return out.Bytes()
}

// Deflate returns b as a deflate stream.
func Deflate(b []byte) []byte {
	n := max(1, (len(b)+stretch-1)/stretch)
	blocks := make([][]block, n)
	var all sync.WaitGroup
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		turns <- struct{}{}
		all.Go(func() {
			blocks[i] = search(b, i*stretch, min((i+1)*stretch, len(b)))
			<-turns
		})
	}
	all.Wait()
	var w writer
	for i, bs := range blocks {
		for k, x := range bs {
			w.block(b, x, i == n-1 && k == len(bs)-1)
		}
	}
	return w.bytes()
}

// A block is a run of tokens with codes of its own, and the bytes they stand for.
type block struct {
	tokens     []token
	start, end int
}

// passes is how often a block is searched again, each time with the costs that
// the last search came to.
const passes = 4

// search returns cheap blocks for b[start:end]; matches may reach back before it.
func search(b []byte, start, end int) []block {
	m := findMatches(b, start, end)
	tokens := cheapest(b, m, start, end, guess())
	for range 2 {
		tokens = cheapest(b, m, start, end, costsOf(count(tokens)))
	}
	blocks := split(tokens, start)
	for i := range blocks {
		x := &blocks[i]
		for range passes {
			next := cheapest(b, m, x.start, x.end, costsOf(count(x.tokens)))
			if count(next).bits() >= count(x.tokens).bits() {
				break
			}
			x.tokens = next
		}
	}
	return blocks
}

// piece is how many tokens a block has before it is joined with its neighbours.
const piece = 2048

// split cuts tokens, which stand for the bytes from start on, into blocks: pieces
// are joined as long as that makes them smaller.
func split(tokens []token, start int) []block {
	type part struct {
		block
		counts     counts
		bits, gain int // of the part alone; what joining it with the next one saves
	}
	var parts []part
	for from := 0; from < len(tokens) || from == 0; from += piece {
		p := part{block: block{tokens: tokens[from:min(from+piece, len(tokens))], start: start}}
		for _, t := range p.tokens {
			start += t.size()
		}
		p.end, p.counts = start, count(p.tokens)
		p.bits = p.counts.bits()
		parts = append(parts, p)
	}
	gain := func(i int) int {
		if i < 0 || i+1 >= len(parts) {
			return 0
		}
		return parts[i].bits + parts[i+1].bits - parts[i].counts.plus(&parts[i+1].counts).bits()
	}
	for i := range parts {
		parts[i].gain = gain(i)
	}
	for {
		best := 0
		for i := range parts {
			if parts[i].gain > parts[best].gain {
				best = i
			}
		}
		if parts[best].gain <= 0 {
			break
		}
		p, next := &parts[best], &parts[best+1]
		p.tokens, p.end = p.tokens[:len(p.tokens)+len(next.tokens)], next.end
		p.counts = p.counts.plus(&next.counts)
		p.bits = p.counts.bits()
		parts = append(parts[:best+1], parts[best+2:]...)
		for _, i := range []int{best - 1, best} {
			if i >= 0 {
				parts[i].gain = gain(i)
			}
		}
	}
	blocks := make([]block, len(parts))
	for i := range parts {
		blocks[i] = parts[i].block
	}
	return blocks
}
