package page

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"fixlab/lab/bench"
	"fixlab/scenarios"
)

// A Bench is what stands on the signer bench. Its link has the format and the
// value, never a secret.
type Bench struct {
	Scheme string     // by its slug; "" before the bench was first looked at
	Sign   bench.Form // the fields under Sign
	Check  bench.Form // the fields under Verify
	Text   string     // the text to verify
	Flip   int        // the character of Text that is changed, from 1; 0 is none
	Copied string     // the button that copied last
}

// firstScheme is what the bench shows at first.
const firstScheme = "flask"

// A Side is one of the bench's two halves.
type Side int

// The sides.
const (
	Signing Side = iota
	Checking
)

var benchPage = Page{
	Name: "sign",
	link: func(m Model) string { return m.Bench.link() },
	read: func(m Model, parts []string, wrong *scenarios.Faults) Model {
		m.Bench = m.Bench.read(parts, wrong)
		return m
	},
	say:    func(m Model) string { return m.Bench.says() },
	inputs: func(m Model) []Input { return m.Bench.Ready().Inputs() },
}

// A BenchMsg is a message to the bench.
type BenchMsg interface{ bench(Bench) Bench }

type (
	Write struct { // a field's text
		Side  Side
		Field bench.Field
		Text  string
	}
	Paste      string   // the text to verify
	PickScheme string   // a format by its slug
	ToCheck    struct{} // what was signed goes to Verify
	Tamper     int      // with that character, from 1; 0 is none
	TakeTamper struct{} // the tampered text goes to Verify
)

// Update returns b after msg.
func (b Bench) Update(msg BenchMsg) Bench { return msg.bench(b) }

func (w Write) bench(b Bench) Bench {
	b.Copied = ""
	if w.Side == Signing {
		b.Sign[w.Field] = w.Text
	} else {
		b.Check[w.Field] = w.Text
	}
	return b
}

func (p Paste) bench(b Bench) Bench { return b.verify(string(p)) }

func (p PickScheme) bench(b Bench) Bench { return b.pick(string(p)) }

func (ToCheck) bench(b Bench) Bench {
	if made, err := b.Made(); err == nil {
		b = b.verify(made.Text)
		lifetime := b.Check[bench.FieldLifetime]
		b.Check = b.Sign
		b.Check[bench.FieldLifetime] = lifetime
	}
	return b
}

func (t Tamper) bench(b Bench) Bench {
	b.Flip = max(0, min(int(t), utf8.RuneCountInString(b.Text)))
	b.Copied = ""
	return b
}

func (TakeTamper) bench(b Bench) Bench {
	if b.Flip > 0 {
		text, _, _ := bench.Flip(b.Text, b.Flip-1)
		return b.verify(text)
	}
	return b
}

// verify returns b with that text to verify.
func (b Bench) verify(text string) Bench {
	b.Text, b.Flip, b.Copied = text, 0, ""
	return b
}

// Picked returns the format.
func (b Bench) Picked() *bench.Scheme {
	if s := bench.SchemeBySlug(b.Scheme); s != nil {
		return s
	}
	return bench.SchemeBySlug(firstScheme)
}

// Ready returns b with something on it.
func (b Bench) Ready() Bench {
	if b.Scheme != "" {
		return b
	}
	return b.pick(firstScheme)
}

// pick returns b in another format. Secrets stay; so does the value, where both
// formats take JSON or both take text. A text to verify that is no more than
// what was signed is signed anew.
func (b Bench) pick(slug string) Bench {
	next := bench.SchemeBySlug(slug)
	if next == nil || slug == b.Scheme {
		return b
	}
	old := b
	b.Scheme, b.Flip, b.Copied = slug, 0, ""
	b.Sign, b.Check = next.Defaults(), next.Defaults()
	if old.Scheme == "" {
		made, _ := b.Made()
		b.Text = made.Text
		return b
	}
	was := old.Picked()
	b.Sign[bench.FieldSecret], b.Check[bench.FieldSecret] = old.Sign[bench.FieldSecret], old.Check[bench.FieldSecret]
	if value := old.Sign[bench.FieldValue]; was.Asks[0].Long == next.Asks[0].Long && value != was.Asks[0].Default {
		b.Sign[bench.FieldValue] = value
	}
	if made, err := old.Made(); err == nil && made.Text == old.Text {
		if made, err := b.Made(); err == nil {
			b.Text = made.Text
			b.Check[bench.FieldSecret], b.Check[bench.FieldValue] = b.Sign[bench.FieldSecret], b.Sign[bench.FieldValue]
		}
	}
	return b
}

// Made returns what the fields under Sign come to.
func (b Bench) Made() (bench.Made, error) { return b.Picked().Sign(b.Sign) }

// Reading reads a text with the fields under Verify.
func (b Bench) Reading(text string) (bench.Reading, error) { return b.Picked().Read(text, b.Check) }

// FieldError returns what is wrong with that field, "" when err is about another.
func FieldError(err error, f bench.Field) string {
	if wrong, ok := errors.AsType[*bench.FieldError](err); ok && wrong.Field == f {
		return wrong.Why
	}
	return ""
}

// Inputs returns the bench's fields with their values: what is typed is the
// browser's, and a link or a button may change it.
func (b Bench) Inputs() []Input {
	list := []Input{{"bench-format", b.Picked().Slug}, {"bench-text", b.Text}, {"bench-flip", ""}}
	if b.Flip > 0 {
		list[2].Value = strconv.Itoa(b.Flip)
	}
	for _, a := range b.Picked().Asks {
		if a.Signing {
			list = append(list, Input{FieldID(Signing, a.Field), b.Sign[a.Field]})
		}
		if a.Reading {
			list = append(list, Input{FieldID(Checking, a.Field), b.Check[a.Field]})
		}
	}
	return list
}

func FieldID(side Side, f bench.Field) string {
	name := [...]string{"value", "secret", "salt", "name", "choice", "time", "lifetime"}[f]
	if side == Signing {
		return "sign-" + name
	}
	return "verify-" + name
}
