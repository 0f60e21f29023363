// Package defence names the switches a learner can throw.
package defence

import (
	"fmt"
	"math/bits"
	"strings"

	"fixlab/lab/near"
)

// A Set is a set of switches. The zero Set is a server with none of them on.
type Set uint64

// Has reports whether s contains every switch of t.
func (s Set) Has(t Set) bool { return s&t == t }

// String returns the form that Parse accepts, such as "rotate+strict"; "none" when empty.
func (s Set) String() string {
	if s == 0 {
		return "none"
	}
	var names []string
	for i := range All {
		if s.Has(All[i].Set) {
			names = append(names, All[i].Name)
		}
	}
	return strings.Join(names, "+")
}

// Parse is the inverse of String. The error names the first unknown switch and
// what it may have meant, or all there are, or two switches that exclude each
// other.
func Parse(text string) (Set, error) {
	if text == "none" {
		return 0, nil
	}
	var s Set
	for name := range strings.SplitSeq(text, "+") {
		d, ok := byName(name)
		if !ok {
			return 0, fmt.Errorf("unknown switch %q%s", name, near.Choices(name, Names()))
		}
		if others := s & d.Excludes(); others != 0 {
			return 0, fmt.Errorf("%s and %s exclude each other", others, d.Name)
		}
		s |= d.Set
	}
	return s, nil
}

// Excludes returns the switches that cannot be on together with d.
func (d *Info) Excludes() (s Set) {
	for i := range All {
		if o := &All[i]; d.Choice != "" && o.Choice == d.Choice && o.Set != d.Set {
			s |= o.Set
		}
	}
	return s
}

// Valid reports whether Parse accepts s: no two of its switches exclude each other.
func (s Set) Valid() bool {
	for i := range All {
		if d := &All[i]; s.Has(d.Set) && s&d.Excludes() != 0 {
			return false
		}
	}
	return true
}

// Rivals returns the switches that exclude one of s.
func (s Set) Rivals() (out Set) {
	for i := range All {
		if s.Has(All[i].Set) {
			out |= All[i].Excludes()
		}
	}
	return out
}

// Flip returns s with the switch d thrown: off when it was on; on, and without
// what it excludes, when it was off.
func (s Set) Flip(d Set) Set {
	if s.Has(d) {
		return s &^ d
	}
	for i := range All {
		if All[i].Set == d {
			s &^= All[i].Excludes()
		}
	}
	return s | d
}

// Len returns how many switches are in s.
func (s Set) Len() int { return bits.OnesCount64(uint64(s)) }

// Infos returns the rows of s in display order.
func (s Set) Infos() []Info { return rows(func(d *Info) bool { return s.Has(d.Set) }) }

// Having returns the switches with the trait t.
func Having(t Trait) Set { return sum(rows(func(d *Info) bool { return d.Is&t != 0 })) }

// Set returns the switches of the layer.
func (l Layer) Set() Set { return sum(rows(func(d *Info) bool { return d.Layer == l })) }

// Set returns the switches of the choice.
func (c Choice) Set() Set { return sum(rows(func(d *Info) bool { return d.Choice == c })) }

// Numbered returns the rows that have a digit, as the digits stand on a keyboard:
// 1 to 9, and 0.
func Numbered() (list []Info) {
	for _, digit := range "1234567890" {
		list = append(list, rows(func(d *Info) bool { return d.Digit == string(digit) })...)
	}
	return list
}

// Names returns the switches' names in display order.
func Names() (names []string) {
	for i := range All {
		names = append(names, All[i].Name)
	}
	return names
}

// rows returns those of All that fit.
func rows(fits func(*Info) bool) (list []Info) {
	for i := range All {
		if fits(&All[i]) {
			list = append(list, All[i])
		}
	}
	return list
}

func sum(list []Info) (s Set) {
	for _, d := range list {
		s |= d.Set
	}
	return s
}

func byName(name string) (*Info, bool) {
	for i := range All {
		if All[i].Name == name {
			return &All[i], true
		}
	}
	return nil, false
}

// Sample returns the n-th of a fixed series of sets that Parse accepts: the
// empty one, each switch alone, and then mixtures of a few and of many. It is
// for checks that cannot try every set there is.
func Sample(n int) Set {
	if n == 0 {
		return 0
	}
	if n <= len(All) {
		return All[n-1].Set
	}
	var s Set
	mixed := uint64(n) * 0x9E3779B97F4A7C15
	few := n%2 == 0
	for _, d := range All {
		mixed ^= mixed >> 29
		mixed *= 0xBF58476D1CE4E5B9
		if mixed>>60&1 == 1 && (!few || mixed>>61&1 == 1) {
			s = s.Flip(d.Set)
		}
	}
	return s
}
