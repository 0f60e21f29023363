package codec

import "math/bits"

// heapSize is room for the largest tree: its codes and as many inner nodes.
const heapSize = 2*codesLit + 1

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

// build turns the frequencies of t into codes. It returns how many bits the
// symbols take in these codes, and how many in those of the static tree (0
// without one). trees.c, build_tree
func (t *tree) build() (opt, fixed int) {
	var store [heapSize]int
	heap := store[:1] // from 1 on; the rest of store, from the end, is the sorted list
	t.max = -1
	for n := range t.codes {
		if t.nodes[n].freq != 0 {
			heap = append(heap, n)
			t.max = n
		}
	}
	// PKZIP needs at least two codes.
	for len(heap) < 3 {
		n := 0
		if t.max < 2 {
			t.max++
			n = t.max
		}
		heap = append(heap, n)
		t.nodes[n].freq = 1
		opt--
		if t.fixed != nil {
			fixed -= t.fixed(n)
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
	o, f := t.limit(store[sorted:])
	return opt + o, fixed + f
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

// limit sets the lengths of the codes, none longer than allowed, and returns what
// the symbols take, as build does. The sorted list starts with the root.
// trees.c, gen_bitlen
func (t *tree) limit(sorted []int) (opt, fixed int) {
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
		opt += int(p.freq) * (int(p.len) + extra)
		if t.fixed != nil {
			fixed += int(p.freq) * (t.fixed(n) + extra)
		}
	}
	if overflow == 0 {
		return opt, fixed
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
			opt += (length - int(p.len)) * int(p.freq)
			p.len = int16(length)
			n--
		}
	}
	return opt, fixed
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

// fixedTree is one of the static trees, RFC 1951, 3.2.6.
func fixedTree(codes int, length func(code int) int) tree {
	t := tree{nodes: make([]treeNode, codes), max: codes - 1}
	for i := range t.nodes {
		t.nodes[i].len = int16(length(i))
	}
	t.assign()
	return t
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
