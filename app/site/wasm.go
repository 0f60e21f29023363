package site

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Instructions of the constant expressions that say where a segment goes.
const (
	opEnd       = 0x0b
	opGlobalGet = 0x23
	opI32Const  = 0x41
	opI64Const  = 0x42
	opI32Add    = 0x6a
	opI32Sub    = 0x6b
	opI32Mul    = 0x6c
	opI64Add    = 0x7c
	opI64Sub    = 0x7d
	opI64Mul    = 0x7e
)

var errShort = errors.New("the module ends too early")

// A reader reads the binary format of WebAssembly. After an error everything
// reads as zero, and err is the first.
type reader struct {
	b   []byte // what is left
	err error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.b, r.err = nil, err
	}
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail(errShort)
		return 0
	}
	b := r.b[0]
	r.b = r.b[1:]
	return b
}

func (r *reader) bytes(n uint32) []byte {
	if uint64(n) > uint64(len(r.b)) {
		r.fail(errShort)
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

// u64 reads an unsigned number of the format LEB128.
func (r *reader) u64() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail(fmt.Errorf("no number in % x", r.b[:min(len(r.b), binary.MaxVarintLen64)]))
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) u32() uint32 {
	v := r.u64()
	if v > math.MaxUint32 {
		r.fail(fmt.Errorf("the number %d has more than 32 bits", v))
		return 0
	}
	return uint32(v)
}

// signed reads a signed number of the format LEB128, of at most 64 bits.
func (r *reader) signed() int64 {
	var v int64
	for shift := 0; shift < 70; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b&0x80 == 0 {
			if b&0x40 != 0 && shift+7 < 64 {
				v |= -1 << (shift + 7)
			}
			return v
		}
	}
	r.fail(errors.New("a number of more than 64 bits"))
	return 0
}

// constant reads a constant expression. It tells whether that is one i32.const,
// and its value.
func (r *reader) constant() (value uint32, ok bool) {
	for n := 0; r.err == nil; n++ {
		switch op := r.byte(); op {
		case opEnd:
			return value, ok
		case opI32Const:
			v := r.signed()
			if v < math.MinInt32 || v > math.MaxInt32 {
				r.fail(fmt.Errorf("i32.const %d", v))
			}
			value, ok = uint32(v), n == 0
		case opI64Const:
			r.signed()
			ok = false
		case opGlobalGet:
			r.u32()
			ok = false
		case opI32Add, opI32Sub, opI32Mul, opI64Add, opI64Sub, opI64Mul:
			ok = false
		default:
			r.fail(fmt.Errorf("instruction %#02x in an address", op))
		}
	}
	return 0, false
}

// appendSigned appends v in the format LEB128.
func appendSigned(b []byte, v int32) []byte {
	for v < -64 || v > 63 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v)&0x7f)
}

// appendSized appends the length of content, and content.
func appendSized(b, content []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(content))), content...)
}
