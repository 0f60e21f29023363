package judge

import "slices"

// A register says what was noted last of a key. In most runs there are few keys, and they
// are looked through; in long ones they are hashed.
type register[K comparable, V any] struct {
	keys   []K
	values []V
	hashed map[K]int // the last index of each key; nil for few
}

// few is how many keys are looked through faster than one is hashed.
const few = 32

func (r *register[K, V]) put(key K, value V) {
	r.keys, r.values = append(r.keys, key), append(r.values, value)
	switch {
	case len(r.keys) == few+1:
		if r.hashed == nil {
			r.hashed = make(map[K]int, 4*few)
		}
		for i, k := range r.keys {
			r.hashed[k] = i
		}
	case len(r.keys) > few:
		r.hashed[key] = len(r.keys) - 1
	}
}

// get returns the last value of a key, nil for none.
func (r *register[K, V]) get(key K) *V {
	if len(r.keys) > few {
		if i, ok := r.hashed[key]; ok {
			return &r.values[i]
		}
		return nil
	}
	for i, k := range slices.Backward(r.keys) {
		if k == key {
			return &r.values[i]
		}
	}
	return nil
}

// again forgets all, and keeps the memory.
func (r *register[K, V]) again() register[K, V] {
	if len(r.keys) > few {
		clear(r.hashed)
	}
	return register[K, V]{r.keys[:0], r.values[:0], r.hashed}
}
