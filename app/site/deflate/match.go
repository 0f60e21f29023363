package deflate

import "encoding/binary"

// Deflate's bounds.
const (
	window   = 32 << 10
	shortest = 3
	longest  = 258
)

// A match says that the length bytes at some place stand distance bytes before it
// as well.
type match struct{ length, distance uint16 }

// matches are those of a stretch: at each place the nearest of each length that
// is longer than all nearer ones, the shortest first.
type matches struct {
	list  []match
	first []uint32 // of each place, and the end
	start int
}

// at returns the matches of the place i.
func (m *matches) at(i int) []match {
	i -= m.start
	return m.list[m.first[i]:m.first[i+1]]
}

// depth bounds how many candidates are compared at one place.
const depth = 160

// findMatches looks for the matches in b[start:end], with a binary tree of what
// came before for each hash of four bytes, as LZMA and libdeflate do; for matches
// of three bytes it knows the last place only.
func findMatches(b []byte, start, end int) *matches {
	const hashBits = 16
	var (
		m     = &matches{start: start, first: make([]uint32, 0, end-start+1)}
		three = make([]int32, 1<<hashBits) // a place plus one; 0 is none
		heads = make([]int32, 1<<hashBits)
		left  = make([]int32, window)
		right = make([]int32, window)
	)
	hash := func(x uint32) uint32 { return x * 0x9E3779B1 >> (32 - hashBits) }
	for i := max(0, start-window); i < end; i++ {
		told := i >= start
		if told {
			m.first = append(m.first, uint32(len(m.list)))
		}
		room := min(longest, end-i)
		if len(b)-i < 4 {
			continue
		}
		if !told {
			room = min(longest, len(b)-i)
		}
		word := binary.LittleEndian.Uint32(b[i:])
		best := shortest - 1
		h := hash(word << 8)
		if p := int(three[h]) - 1; told && p >= 0 && i-p <= window && room >= shortest && same(b, p, i, 0, room) >= shortest {
			best = same(b, p, i, 0, room)
			m.list = append(m.list, match{uint16(best), uint16(i - p)})
		}
		three[h] = int32(i + 1)

		h = hash(word)
		next := int(heads[h]) - 1
		heads[h] = int32(i + 1)
		under, over := &left[i%window], &right[i%window]
		under0, over0 := 0, 0 // how much the last node on each side shares with i
		for range depth {
			if next < 0 || i-next >= window {
				break
			}
			n := same(b, next, i, min(under0, over0), room)
			if n > best && told {
				best = n
				m.list = append(m.list, match{uint16(n), uint16(i - next)})
			}
			if n == room { // it takes the node's place
				*under, *over = left[next%window], right[next%window]
				under, over = nil, nil
				break
			}
			if b[next+n] < b[i+n] {
				*under = int32(next + 1)
				under, under0 = &right[next%window], n
				next = int(*under) - 1
			} else {
				*over = int32(next + 1)
				over, over0 = &left[next%window], n
				next = int(*over) - 1
			}
		}
		if under != nil {
			*under, *over = 0, 0
		}
	}
	m.first = append(m.first, uint32(len(m.list)))
	return m
}

// same returns how many bytes at p and q are the same, of which n are known to be,
// up to most.
func same(b []byte, p, q, n, most int) int {
	for n+8 <= most && binary.LittleEndian.Uint64(b[p+n:]) == binary.LittleEndian.Uint64(b[q+n:]) {
		n += 8
	}
	for n < most && b[p+n] == b[q+n] {
		n++
	}
	return n
}
