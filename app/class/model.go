package class

// Scripts are written with few words, most of which stand in the challenge. A model that
// has read the challenge foretells each bit of a script, and arithmetic coding spends on it
// only what was not foretold. The model mixes what the last bytes were followed by before
// ("context mixing"); everything is integers, so it comes to the same everywhere.

const (
	orders     = 6          // contexts of 1, 2, 3, 4 and 6 bytes, and the word
	slots      = 1 << 15    // of each
	inputs     = orders + 2 // and the longest match, and a constant
	matchMost  = 24         // longer matches are no surer
	matchHash  = 1 << 12    // of the last matchLeast bytes
	matchLeast = 5
)

// A model foretells the next bit of a text.
type model struct {
	slot   [orders][slots]uint16 // how likely a one is, and in the lowest bits how often it was asked
	weight [matchMost + 1][inputs]int32
	sure   [matchMost + 1]uint16 // by the length of the match: how likely it goes on
	last   [matchHash]int32      // where a hash was seen

	text   []byte
	hash   [orders]uint32
	word   uint32
	match  int // where the text that follows the match begins, 0 for none
	length int
	bits   uint32 // of the byte that is read, after a one

	in   [inputs]int32
	used [orders]*uint16
	p    int32 // in 4096ths
}

func newModel() *model {
	m := &model{bits: 1}
	for i := range m.slot {
		for k := range m.slot[i] {
			m.slot[i][k] = 1 << 15
		}
	}
	for i := range m.weight {
		for k := range m.weight[i] {
			m.weight[i][k] = 1 << 14
		}
	}
	for i := range m.sure {
		m.sure[i] = 3 << 14
	}
	m.predict()
	return m
}

// squash is the logistic function, and stretch its inverse, both of 4096 parts.
func squash(x int32) int32 {
	if x > 2047 {
		return 4095
	}
	if x < -2047 {
		return 1
	}
	w, i := x&127, (x>>7)+16
	return (curve[i]*(128-w) + curve[i+1]*w + 64) >> 7
}

var curve = [33]int32{1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094}

var stretched = func() (t [4096]int16) {
	at := 0
	for x := int32(-2047); x <= 2047; x++ {
		for v := int(squash(x)); at <= v; at++ {
			t[at] = int16(x)
		}
	}
	for ; at < len(t); at++ {
		t[at] = 2047
	}
	return t
}()

// predict works out p.
func (m *model) predict() {
	for i := range m.used {
		m.used[i] = &m.slot[i][(m.hash[i]+m.bits*0x9E3779B1)>>7&(slots-1)]
		m.in[i] = int32(stretched[*m.used[i]>>4])
	}
	m.in[orders] = 0
	if m.length > 0 {
		next := uint32(m.text[m.match]) | 0x100
		at := shift(m.bits)
		if next>>(8-at) != m.bits {
			m.length = 0
		} else if m.in[orders] = int32(stretched[m.sure[m.length]>>4]); next>>(7-at)&1 == 0 {
			m.in[orders] = -m.in[orders]
		}
	}
	m.in[orders+1] = 256
	sum := int64(0)
	for i, x := range m.in {
		sum += int64(x) * int64(m.weight[m.length][i])
	}
	m.p = squash(int32(max(-2047, min(2047, sum>>16))))
}

// shift returns how many bits of the byte were read.
func shift(bits uint32) (n int) {
	for ; bits > 1; bits >>= 1 {
		n++
	}
	return n
}

// learn takes the bit that came.
func (m *model) learn(bit int) {
	miss := (int32(bit)<<12 - m.p) * 4
	w := &m.weight[m.length]
	for i, x := range m.in {
		w[i] += (x*miss + 1<<13) >> 14
	}
	for _, s := range m.used {
		*s = nudged(*s, bit == 1)
	}
	if m.length > 0 {
		right := (m.text[m.match]>>(7-shift(m.bits))&1 == 1) == (bit == 1)
		m.sure[m.length] = steadied(m.sure[m.length], right)
	}
	if m.bits = m.bits<<1 | uint32(bit); m.bits >= 0x100 {
		m.byte(byte(m.bits))
		m.bits = 1
	}
	m.predict()
}

// nudged returns a slot after a bit: what was seldom asked learns fast.
func nudged(s uint16, one bool) uint16 {
	n := s & 15
	p := int32(s >> 4)
	if one {
		p += (4095 - p) * 2 / (2*int32(n) + 3)
	} else {
		p -= p * 2 / (2*int32(n) + 3)
	}
	return uint16(p)<<4 | min(n+1, 15)
}

// steadied returns how sure a match is after a bit.
func steadied(p uint16, right bool) uint16 {
	if right {
		return p + (65535-p)>>6
	}
	return p - p>>6
}

// byte ends a byte of the text.
func (m *model) byte(c byte) {
	m.text = append(m.text, c)
	n := len(m.text)
	if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
		m.word = (m.word + uint32(c) + 1) * 0x2F0B4C47
	} else if m.word != 0 {
		m.word = m.word>>20 + uint32(c) // the word before counts a little
	}
	h := uint32(0)
	for i := range 6 {
		if i < n {
			h = (h + uint32(m.text[n-1-i]) + 1) * 0x3D4D51CB
		}
		if k := [6]int{0, 1, 2, 3, -1, 4}[i]; k >= 0 {
			m.hash[k] = h + uint32(k)
		}
	}
	m.hash[5] = m.word * 0x2C1B3C6D

	if m.length > 0 && m.text[m.match] == c {
		m.match++
		m.length = min(m.length+1, matchMost)
	} else {
		m.length = 0
	}
	if n < matchLeast {
		return
	}
	h = 0
	for _, c := range m.text[n-matchLeast:] {
		h = (h + uint32(c) + 1) * 0x3D4D51CB
	}
	at := &m.last[h>>20]
	if m.length == 0 && *at > 0 {
		m.match = int(*at)
		for m.length < matchMost && m.length < m.match && m.text[m.match-1-m.length] == m.text[n-1-m.length] {
			m.length++
		}
	}
	*at = int32(n)
}

// read has the model read a text.
func (m *model) read(text string) {
	for i := range len(text) {
		for b := 7; b >= 0; b-- {
			m.learn(int(text[i]>>b) & 1)
		}
	}
}
