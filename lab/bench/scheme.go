// Package bench takes signed texts apart and puts them together, for a person who
// types the value, the secret and the time: in each of the thirteen formats that
// package sign knows, with the parts of the text, the working of the signature,
// and commands that make the same signature with other tools.
package bench

import (
	"strings"

	"fixlab/lab/sign"
)

// A Scheme is one format: the fields it takes, how it signs, and how a text of it
// is verified and split. It is immutable and may be shared.
type Scheme struct {
	Name  string // of the format in sign's vectors, "flask.session"
	Slug  string // one word for links, "flask"
	Title string // as it is displayed
	Use   string // a sentence or two: what it is, and where it is used
	Asks  []Ask  // its fields, the value first and the secret second

	// Malleable says why texts other than the one that was signed verify too,
	// "" when none does.
	Malleable string

	signer func(set settings, text string) sign.Signer // text is the one to verify, "" to sign
	write  func(set settings) (string, error)          // serializes the value; nil: it is signed as it is
	read   func(value string) string                   // the serialized value for display; nil: as it is
	cut    func(text string, set settings) []Layer
	recipe func(set settings) recipe
}

// Defaults returns a form with the default of every field.
func (s *Scheme) Defaults() Form {
	var f Form
	for _, a := range s.Asks {
		f[a.Field] = a.Default
	}
	return f
}

// Made is the result of signing, with every step on the way.
type Made struct {
	Text    string // the signed text, as it is sent
	Written string // the value as the format's serializer wrote it, or as it was given
	Check   sign.Check
	MAC     []byte // the raw HMAC
	Layers  []Layer
	Lines   []Line
}

// Sign signs the value in f with its secret, name, salt and time. An error is a
// *FieldError, for a field that is missing, out of range, or not of the format.
func (s *Scheme) Sign(f Form) (Made, error) {
	set, err := settle(s.Asks, f, true)
	if err != nil {
		return Made{}, err
	}
	m := Made{Written: set.value}
	if s.write != nil {
		if m.Written, err = s.write(set); err != nil {
			return Made{}, &FieldError{FieldValue, s.Asks[0].Label + ": " + err.Error() + "."}
		}
	}
	signer := s.signer(set, "")
	if m.Text = signer.Sign(m.Written); m.Text == "" {
		return Made{}, &FieldError{FieldValue, s.Asks[0].Label + ": it is too long. The library signs no more than 4096 characters."}
	}
	m.Check = signer.(sign.Explainer).Explain(m.Text)
	m.MAC = s.recipe(set).sum(m.Check.Message, set.secret)
	m.Layers = s.cut(m.Text, set)
	m.Lines = s.recipe(set).lines(m.Check.Message, set.secret)
	if s.read != nil {
		m.Written = s.read(m.Written)
	}
	return m, nil
}

// A Reading is the result of verifying a text.
type Reading struct {
	Err     error  // nil when it is accepted
	Why     string // one or two sentences; "" when it is accepted
	Value   string // for display, when it is accepted
	Payload string // what can be read without the secret, "" when nothing is encoded
	Check   sign.Check
	Layers  []Layer
}

// Read verifies text with the secret, name, salt, time and lifetime in f. An error
// is a *FieldError; that a text is refused is not an error but Reading.Err, which
// matches sign.ErrBadSignature or sign.ErrCrash.
func (s *Scheme) Read(text string, f Form) (Reading, error) {
	set, err := settle(s.Asks, f, false)
	if err != nil {
		return Reading{}, err
	}
	signer := s.signer(set, text)
	r := Reading{Check: signer.(sign.Explainer).Explain(text), Layers: s.cut(text, set)}
	r.Value, r.Err = signer.Unsign(text)
	if s.read != nil {
		if r.Err == nil {
			r.Value = s.read(r.Value)
		}
		r.Payload = s.peek(text)
	}
	if r.Err != nil {
		r.Why = why(r, set)
	}
	return r, nil
}

// peek returns the payload of text, which takes no secret to read.
func (s *Scheme) peek(text string) string {
	if s.Slug == "cookie-session" {
		for _, p := range s.cut(text, settings{name: guessName(text)})[0].Parts {
			if p.Role == RolePayload {
				text = p.Text
			}
		}
	}
	payload, ok := sign.Peek(text)
	if !ok {
		return ""
	}
	return payload
}

// guessName returns the name of the cookie that another one, with ".sig" at
// the end of its name, belongs to.
func guessName(header string) string {
	for part := range strings.SplitSeq(header, ";") {
		if name, _, ok := strings.Cut(strings.TrimLeft(part, " "), ".sig="); ok {
			return name
		}
	}
	return "session"
}
