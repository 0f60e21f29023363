package deflate

import (
	"cmp"
	"math/bits"
	"slices"
)

// codes are the lengths of a block's two codes, by symbol; 0 for one that does not
// occur.
type codes struct {
	literal  [literals]uint8
	distance [distances]uint8
}

func codesOf(c *counts) *codes {
	k := &codes{}
	lengths(c.literal[:], 15, k.literal[:])
	lengths(c.distance[:], 15, k.distance[:])
	if k.distance == [distances]uint8{} {
		k.distance[0] = 1 // some readers want one even where there are no matches
	}
	return k
}

// lengths writes the lengths of a Huffman code for the symbols that occur, none of
// them over most bits. A code of one symbol has one bit.
func lengths(counts []uint32, most int, out []uint8) {
	clear(out)
	type node struct {
		weight uint32
		symbol uint16
		up     int16 // its parent's place in nodes
	}
	var nodes [2 * literals]node
	n := 0
	for s, weight := range counts {
		if weight > 0 {
			nodes[n] = node{weight: weight, symbol: uint16(s)}
			n++
		}
	}
	if n < 2 {
		if n == 1 {
			out[nodes[0].symbol] = 1
		}
		return
	}
	slices.SortStableFunc(nodes[:n], func(a, b node) int { return cmp.Compare(a.weight, b.weight) })
	// The leaves are in order, and so are the inner nodes as they come to be: the two
	// lightest are at the heads of two queues.
	leaf, inner, made := 0, n, n
	lightest := func() int {
		if leaf < n && (inner == made || nodes[leaf].weight <= nodes[inner].weight) {
			leaf++
			return leaf - 1
		}
		inner++
		return inner - 1
	}
	for ; made < 2*n-1; made++ {
		a := lightest()
		b := lightest()
		nodes[a].up, nodes[b].up = int16(made), int16(made)
		nodes[made].weight = nodes[a].weight + nodes[b].weight
	}
	var depths [2 * literals]int
	var of [literals]int // how many leaves have each depth, those beyond most at most
	over := 0
	for i := 2*n - 3; i >= 0; i-- {
		depths[i] = depths[nodes[i].up] + 1
		if i < n {
			of[min(depths[i], most)]++
			if depths[i] > most {
				over++
			}
		}
	}
	if over > 0 {
		shorten(of[:most+1])
	}
	// The lightest symbols get the longest codes.
	i := 0
	for length := most; length > 0; length-- {
		for range of[length] {
			out[nodes[i].symbol] = uint8(length)
			i++
		}
	}
}

// shorten makes room for codes that were cut to the longest length: of[n] codes of
// n bits must be a prefix code again. A leaf further up gets a brother from below
// until they all fit.
func shorten(of []int) {
	most := len(of) - 1
	room := 0 // what the codes take, where a code of most bits takes 1
	for n := 1; n <= most; n++ {
		room += of[n] << (most - n)
	}
	for ; room > 1<<most; room-- {
		n := most - 1
		for of[n] == 0 {
			n--
		}
		of[n]--
		of[n+1] += 2
		of[most]--
	}
}

// canonical returns the codes of the lengths, as they are written: the first bit
// lowest (RFC 1951 3.2.2).
func canonical(lengths []uint8) []uint16 {
	var next [17]uint16
	for _, n := range lengths {
		if n > 0 {
			next[n+1]++
		}
	}
	for n := 2; n < len(next); n++ {
		next[n] = (next[n] + next[n-1]) << 1
	}
	out := make([]uint16, len(lengths))
	for s, n := range lengths {
		if n > 0 {
			out[s] = bits.Reverse16(next[n]) >> (16 - n)
			next[n]++
		}
	}
	return out
}
