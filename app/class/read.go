package class

import (
	"bytes"
	"crypto/hmac"
	"slices"

	"fixlab/lab/goal"
)

// A State is what came of reading a code. Each has one.
type State int

// The states.
const (
	Fine      State = iota // it is of this class, and every win in it was won again
	Refused                // it is of this class, and a win in it was not won again
	CutOff                 // it does not go on to its end
	Edited                 // a character was changed, taken out or put in
	Foreign                // it is of another class, or of none
	Outdated               // it is of a lab with other lessons or challenges, or of another version of codes
	Duplicate              // it says what one before it says
)

// Evidence is what a code comes to.
type Evidence struct {
	State State
	Code  string // in groups of five; of one that is cut off, or of another version, as it was found
	Line  int    // of the text that it was found in

	Work             // what it says; nothing unless it is Fine, Refused, Foreign, Outdated or Duplicate
	Class   string   // the name of the class's key, eight hexadecimal digits; zeros for none
	Content string   // see the function Content
	Results []Result // by goal, in order; empty unless it is Fine or Refused

	First int // Duplicate: the index of the one that it repeats
	Like  int // the index of one before it with the same answers, where that is no chance; below 0 for none
	Has   int // CutOff: how many characters of its payload are there
	Wants int // and how many there should be; below 0 when that is not known

	payload []byte
}

// A Result is what became of a goal.
type Result struct {
	ID     string
	Status Status
	Goal   Goal
	Fails  goal.Verdict // of a win that is refused: the parts that do not hold
	Err    error        // or why it could not be played
}

// A Status is how far a learner has come with a goal.
type Status int

// The statuses.
const (
	Untouched Status = iota
	Tried
	Won     // and won again
	Claimed // the code says so, and has nothing that could be played again
	Lost    // the code says so, and it was not won again
)

// A Reader reads the codes of one class, one after the other. It remembers those before. The
// zero Reader reads those of no class.
type Reader struct {
	link Link
	all  []Evidence
	at   grounds
}

// NewReader returns a reader for the codes of the class of l; of the zero Link for those of
// no class.
func NewReader(l Link) Reader { return Reader{link: l, at: grounds{}} }

// Link is that of the class whose codes r reads.
func (r Reader) Link() Link { return r.link }

// All returns all that was read.
func (r Reader) All() []Evidence { return r.all }

// Read returns what all codes in a text come to.
func Read(text string, l Link) []Evidence {
	r := NewReader(l)
	for _, f := range Find(text) {
		r = r.Read(f)
	}
	return r.all
}

// Read returns r once it has read one code more.
func (r Reader) Read(f Found) Reader {
	if r.at == nil {
		r.at = grounds{}
	}
	r.all = append(slices.Clip(r.all), r.read(f))
	return r
}

func (r Reader) read(f Found) Evidence {
	key, own := r.link.key(), !r.link.On() || r.link.Variants // each learner has an incident of her own
	e := Evidence{State: CutOff, Code: f.Text, Line: f.Line, Like: -1, Has: len(f.payload), Wants: declared(f.payload)}
	switch {
	case f.version != codeVersion:
		e.State = Outdated
		return e
	case !f.whole && (e.Wants < 0 || e.Has < e.Wants+tagText):
		return e
	}
	if e.State = Edited; !f.whole || len(f.payload) != e.Wants || len(f.payload) > crockford.EncodedLen(longestPayload) {
		return e
	}
	payload, wrong := decoded(f.payload)
	if wrong || len(payload) <= headLength+sumLength {
		return e
	}
	if !summed(payload) {
		return e
	}
	tag, wrong := decoded(f.tag)
	if wrong && f.loose {
		e.State = CutOff
	}
	if wrong {
		return e
	}
	var content, id [4]byte
	copy(content[:], payload[2:])
	copy(id[:], payload[6:])
	known := content == course().content
	if id == key.id && (known || id != [4]byte{}) && !hmac.Equal(tag, key.tag(payload)) {
		if f.loose {
			e.State = CutOff
		}
		return e
	}
	e.Code = written(payload, tag)
	e.Class, e.Content = hex4(id), hex4(content)
	if known {
		if e.Work, wrong = unpacked(payload); wrong {
			return e
		}
	}
	switch {
	case id != key.id:
		e.State = Foreign
		return e
	case !known:
		e.State = Outdated
		return e
	}
	payload = pack(e.Work, id) // without bits that say nothing
	if e.First = slices.IndexFunc(r.all, func(o Evidence) bool { return o.payload != nil && bytes.Equal(o.payload, payload) }); e.First >= 0 {
		e.State = Duplicate
		return e
	}
	e.First, e.payload, e.State = 0, payload, Fine
	for _, x := range course().goals {
		result := r.at.replay(x, e.Goals[x.id])
		if result.Status == Lost {
			e.State = Refused
		}
		e.Results = append(e.Results, result)
	}
	e.Like = slices.IndexFunc(r.all, func(o Evidence) bool { return alike(o.Results, e.Results, own) })
	return e
}

// decoded reads characters of the alphabet; every way of writing the same bytes but one is
// wrong.
func decoded(text string) (b []byte, wrong bool) {
	b, err := crockford.DecodeString(text)
	return b, err != nil || crockford.EncodeToString(b) != text
}

func unpacked(payload []byte) (w Work, wrong bool) {
	w, err := unpack(payload)
	return w, err != nil
}
