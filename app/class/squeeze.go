package class

// squeeze returns texts, none of which has a zero byte, as short as m foretells them.
func squeeze(m *model, texts []string) (out []byte) {
	low, high := uint32(0), ^uint32(0)
	for _, text := range texts {
		for _, c := range append([]byte(text), 0) {
			for b := 7; b >= 0; b-- {
				bit := int(c>>b) & 1
				mid := middle(low, high, m.p)
				if bit == 1 {
					high = mid
				} else {
					low = mid + 1
				}
				m.learn(bit)
				for ; (low^high)>>24 == 0; low, high = low<<8, high<<8|0xFF {
					out = append(out, byte(low>>24))
				}
			}
		}
	}
	// The fewest bytes that, followed by zeros, lie between low and high.
	for n := 0; n <= 4; n++ {
		mask := uint32(uint64(1)<<(32-8*n) - 1)
		v := (low + mask) &^ mask
		if n == 4 {
			v = low
		}
		if v >= low && v <= high {
			for i := range n {
				out = append(out, byte(v>>(24-8*i)))
			}
			break
		}
	}
	for len(out) > 0 && out[len(out)-1] == 0 {
		out = out[:len(out)-1]
	}
	return out
}

func middle(low, high uint32, p int32) uint32 {
	size := high - low
	return low + size>>12*uint32(p) + size&0xFFF*uint32(p)>>12
}

// unsqueeze returns the n texts that were squeezed. It is not ok when they are longer than
// that together.
func unsqueeze(m *model, in []byte, n, most int) (texts []string, ok bool) {
	next := func() (c byte) {
		if len(in) > 0 {
			c, in = in[0], in[1:]
		}
		return c
	}
	var v uint32
	for range 4 {
		v = v<<8 | uint32(next())
	}
	low, high := uint32(0), ^uint32(0)
	var text []byte
	for len(texts) < n {
		c := 1
		for c < 0x100 {
			mid, bit := middle(low, high, m.p), 0
			if v <= mid {
				bit, high = 1, mid
			} else {
				low = mid + 1
			}
			m.learn(bit)
			for ; (low^high)>>24 == 0; low, high, v = low<<8, high<<8|0xFF, v<<8|uint32(next()) {
			}
			c = c<<1 | bit
		}
		if byte(c) == 0 {
			texts, text = append(texts, string(text)), nil
			continue
		}
		if most--; most < 0 {
			return nil, false
		}
		text = append(text, byte(c))
	}
	return texts, true
}
