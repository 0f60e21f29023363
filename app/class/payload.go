package class

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
)

// The payload of a code:
//
//	length of all of it            2 bytes, high one first
//	content                        4 bytes, see Content
//	class                          4 bytes, zeros for none
//	day, name, goals, bets         bits, see pack
//	scripts                        deflated, see squeeze
//	checksum of what is before it  2 bytes
//
// The tag behind it is the first 8 bytes of its HMAC-SHA-256 under the key of the class, or
// without a class under the content's name: that one finds slips of the keyboard and
// nothing else.
const (
	headLength = 2 + 4 + 4
	sumLength  = 2
	tagLength  = 8

	// longestPayload bounds one: the bits, and scripts that nothing in the course is like.
	longestPayload = longestScripts + 1<<10
)

func mac(key, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)
}

// tag returns the tag of a payload.
func (k key) tag(payload []byte) []byte {
	secret := k.mac[:]
	if k == (key{}) {
		c := course().content
		secret = c[:]
	}
	return mac(secret, payload)[:tagLength]
}

// pack returns the payload of what was done in a class.
func pack(w Work, id [4]byte) []byte {
	var b bitWriter
	b.put(dayNumber(w.Day), 15)
	name := Learner(w.Name)
	b.number(len(name))
	for i := range len(name) {
		b.put(uint64(name[i]), 8)
	}
	var scripts []string
	room := longestScripts
	for _, x := range course().goals {
		g := w.Goals[x.id]
		touched := g.Solved || g.Hints > 0 || g.Tries > 0
		if b.flag(g.Solved); !g.Solved {
			b.flag(touched)
		}
		if touched {
			b.put(uint64(max(0, min(g.Hints, 3))), 2)
			b.number(max(0, min(g.Tries, mostTries)))
		}
		if !g.Solved {
			continue
		}
		win, ok := x.put(&g.Win)
		if own := g.Win.Script; ok && x.byScript() {
			if room -= len(own) + len(between); room < 0 {
				room, ok = room+len(own)+len(between), false // it is solved all the same, and cannot be played again
			} else {
				scripts = append(scripts, own)
			}
		}
		if b.flag(ok); ok {
			b = append(b, win...)
		}
	}
	for _, bet := range course().bets {
		b.put(bet.number(w.Bets[bet.lesson.Name]), 3)
	}
	c := course().content
	out := slices.Concat([]byte{0, 0}, c[:], id[:], b.bytes(), squeeze(scripts))
	n := len(out) + sumLength
	out[0], out[1] = byte(n>>8), byte(n)
	return append(out, checksum(out)...)
}

// number returns what was bet, of those in a lesson: 0 nothing, 1 to 3 an option, 4 to 6 one
// that she was sure of, 7 one that the bet no longer has.
func (w wager) number(made []Bet) uint64 {
	if w.n >= len(made) || made[w.n].Option == "" {
		return 0
	}
	for i, o := range w.bet().Options {
		if o.Text == made[w.n].Option && made[w.n].Sure {
			return uint64(i + 4)
		} else if o.Text == made[w.n].Option {
			return uint64(i + 1)
		}
	}
	return 7
}

// Other is the option of a bet that the lesson no longer has.
const Other = "?"

// made is the inverse of number.
func (w wager) made(n uint64) Bet {
	options := w.bet().Options
	switch i := int(n+2) % 3; {
	case n == 0:
		return Bet{}
	case n == 7 || i >= len(options):
		return Bet{Option: Other}
	default:
		return Bet{options[i].Text, n > 3}
	}
}

// unpack reads the payload of a code whose head and checksum are right.
func unpack(payload []byte) (w Work, err error) {
	r := bitReader{in: payload[headLength : len(payload)-sumLength]}
	w = Work{Day: dayOf(r.get(15)), Goals: map[string]Goal{}, Bets: map[string][]Bet{}}
	name := make([]byte, r.number(LongestLearner))
	for i := range name {
		name[i] = byte(r.get(8))
	}
	w.Name = Learner(string(name))
	var scripts []string // the IDs of their goals
	for _, x := range course().goals {
		var g Goal
		g.Solved = r.flag()
		if g.Solved || r.flag() {
			g.Hints, g.Tries = int(r.get(2)), r.number(mostTries)
		}
		if g.Solved && r.flag() {
			if x.byScript() {
				scripts = append(scripts, x.id)
			}
			g.Win = x.get(&r)
		}
		if g.Solved || g.Hints > 0 || g.Tries > 0 {
			w.Goals[x.id] = g
		}
	}
	for _, bet := range course().bets {
		if n := r.get(3); n > 0 {
			made := w.Bets[bet.lesson.Name]
			for len(made) <= bet.n {
				made = append(made, Bet{})
			}
			made[bet.n] = bet.made(n)
			w.Bets[bet.lesson.Name] = made
		}
	}
	if r.bad {
		return Work{}, errors.New("the code ends too early")
	}
	texts, err := unsqueeze(r.rest(), len(scripts))
	if err != nil {
		return Work{}, err
	}
	for i, id := range scripts {
		g := w.Goals[id]
		g.Win.Script = texts[i]
		w.Goals[id] = g
	}
	return w, nil
}

func hex4(b [4]byte) string { return hex.EncodeToString(b[:]) }
