package deflate

import "math/bits"

// A token is a literal byte, or a match: its length in the upper half and its
// distance in the lower.
type token uint32

func (m match) token() token { return token(m.length)<<16 | token(m.distance) }

func (t token) match() match { return match{uint16(t >> 16), uint16(t)} }

// size returns how many bytes the token stands for.
func (t token) size() int { return max(1, int(t>>16)) }

// The symbols of deflate (RFC 1951 3.2.5).
const (
	literals  = 286
	distances = 30
	endBlock  = 256
)

var (
	lengthBase  = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}

	lengthSymbol [longest + 1]uint8 // less 257
)

func init() {
	for s, base := range lengthBase {
		for n := int(base); n <= longest; n++ {
			lengthSymbol[n] = uint8(s)
		}
	}
}

// distanceSymbol returns the symbol of a distance, and how many further bits it has.
func distanceSymbol(d uint16) (symbol, extra int) {
	if d <= 4 {
		return int(d) - 1, 0
	}
	extra = bits.Len16(d-1) - 2
	return 2*extra + 2 + int((d-1)>>extra&1), extra
}

// distanceBase is the least distance of a symbol.
func distanceBase(symbol int) uint16 {
	if symbol < 4 {
		return uint16(symbol) + 1
	}
	return uint16(2+symbol&1)<<(symbol/2-1) + 1
}

// counts say how often a block has each symbol.
type counts struct {
	literal  [literals]uint32
	distance [distances]uint32
}

func count(tokens []token) (c counts) {
	c.literal[endBlock] = 1
	for _, t := range tokens {
		if t < 256 {
			c.literal[t]++
			continue
		}
		m := t.match()
		c.literal[257+int(lengthSymbol[m.length])]++
		s, _ := distanceSymbol(m.distance)
		c.distance[s]++
	}
	return c
}

func (c counts) plus(o *counts) counts {
	for i, n := range o.literal {
		c.literal[i] += n
	}
	c.literal[endBlock] = 1
	for i, n := range o.distance {
		c.distance[i] += n
	}
	return c
}

// bits returns the size of the block, its codes included.
func (c counts) bits() int {
	k := codesOf(&c)
	n := 3 + k.headerBits()
	for i, f := range c.literal {
		n += int(f) * int(k.literal[i])
		if i > endBlock {
			n += int(f) * int(lengthExtra[i-endBlock-1])
		}
	}
	for i, f := range c.distance {
		_, extra := distanceSymbol(distanceBase(i))
		n += int(f) * (int(k.distance[i]) + extra)
	}
	return n
}

// costs are what the choices of a parse cost, in 64ths of a bit.
type costs struct {
	literal  [256]uint32
	length   [longest + 1]uint32
	distance [distances]uint32
}

// guess returns costs for a first parse.
func guess() *costs {
	c := &costs{}
	for i := range c.literal {
		c.literal[i] = 8 * 64
	}
	for n := shortest; n <= longest; n++ {
		c.length[n] = (7 + uint32(lengthExtra[lengthSymbol[n]])) * 64
	}
	for s := range c.distance {
		_, extra := distanceSymbol(distanceBase(s))
		c.distance[s] = uint32(5+extra) * 64
	}
	return c
}

// costsOf returns the costs by the entropy of the symbols.
func costsOf(n counts) *costs {
	c := &costs{}
	literal, distance := entropy(n.literal[:]), entropy(n.distance[:])
	copy(c.literal[:], literal)
	for n := shortest; n <= longest; n++ {
		s := lengthSymbol[n]
		c.length[n] = literal[257+int(s)] + uint32(lengthExtra[s])*64
	}
	for s := range c.distance {
		_, extra := distanceSymbol(distanceBase(s))
		c.distance[s] = distance[s] + uint32(extra)*64
	}
	return c
}

// entropy returns for each symbol the size of a perfect code for it, in 64ths of
// a bit. A symbol that does not occur costs a little more than the rarest.
func entropy(counts []uint32) []uint32 {
	var total uint32
	for _, n := range counts {
		total += n
	}
	out := make([]uint32, len(counts))
	for i, n := range counts {
		if n == 0 {
			out[i] = log2(max(total, 1)) + 64
		} else {
			out[i] = log2(total) - log2(n)
		}
	}
	return out
}

// log2 returns the logarithm of x in 64ths, rounded down.
func log2(x uint32) uint32 {
	n := uint32(bits.Len32(x)) - 1
	y := uint64(x) << (31 - n) // from 1 to 2, with 31 bits after the point
	for range 6 {
		y = y * y >> 31
		n = n<<1 | uint32(y>>32)
		y >>= y >> 32
	}
	return n
}

// cheapest returns the tokens that cost the least for b[start:end].
func cheapest(b []byte, m *matches, start, end int, c *costs) []token {
	type arrival struct {
		cost uint32
		by   token
	}
	best := make([]arrival, end-start+1)
	for i := range best[1:] {
		best[i+1].cost = 1<<32 - 1
	}
	arrive := func(at int, cost uint32, t token) {
		if cost < best[at].cost {
			best[at] = arrival{cost, t}
		}
	}
	for i := range end - start {
		here := best[i].cost
		arrive(i+1, here+c.literal[b[start+i]], token(b[start+i]))
		n := shortest
		for _, x := range m.at(start + i) {
			s, _ := distanceSymbol(x.distance)
			most := min(int(x.length), end-start-i)
			if most == longest {
				n = longest // in a long run nothing shorter helps
			}
			for ; n <= most; n++ {
				arrive(i+n, here+c.length[n]+c.distance[s], match{uint16(n), x.distance}.token())
			}
		}
	}
	n := 0
	for at := end - start; at > 0; at -= best[at].by.size() {
		n++
	}
	tokens := make([]token, n)
	for at := end - start; at > 0; at -= best[at].by.size() {
		n--
		tokens[n] = best[at].by
	}
	return tokens
}
