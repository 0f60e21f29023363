package page

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"fixlab/lab/bench"
	"fixlab/lab/near"
	"fixlab/lab/sign"
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

// longestLinked bounds the value that a link holds, in bytes. A longer one stays
// on the page.
const longestLinked = 1000

// A Side is one of the bench's two halves.
type Side int

// The sides.
const (
	Signing Side = iota
	Checking
)

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

func (w Write) apply(m Model) Model {
	b := &m.Bench
	b.Copied = ""
	if w.Side == Signing {
		b.Sign[w.Field] = w.Text
	} else {
		b.Check[w.Field] = w.Text
	}
	return m
}

func (p Paste) apply(m Model) Model {
	m.Bench.Text, m.Bench.Flip, m.Bench.Copied = string(p), 0, ""
	return m
}

func (p PickScheme) apply(m Model) Model {
	m.Bench = m.Bench.pick(string(p))
	return m
}

func (ToCheck) apply(m Model) Model {
	b := &m.Bench
	if made, err := b.Made(); err == nil {
		b.Text, b.Flip, b.Copied = made.Text, 0, ""
		lifetime := b.Check[bench.FieldLifetime]
		b.Check = b.Sign
		b.Check[bench.FieldLifetime] = lifetime
	}
	return m
}

func (t Tamper) apply(m Model) Model {
	m.Bench.Flip = max(0, min(int(t), utf8.RuneCountInString(m.Bench.Text)))
	m.Bench.Copied = ""
	return m
}

func (TakeTamper) apply(m Model) Model {
	if b := &m.Bench; b.Flip > 0 {
		b.Text, _, _ = bench.Flip(b.Text, b.Flip-1)
		b.Flip, b.Copied = 0, ""
	}
	return m
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

func (b Bench) Made() (bench.Made, error) { return b.Picked().Sign(b.Sign) }

func (b Bench) Reading(text string) (bench.Reading, error) { return b.Picked().Read(text, b.Check) }

// FieldError returns what is wrong with that field, "" when err is about another.
func FieldError(err error, f bench.Field) string {
	var wrong *bench.FieldError
	if errors.As(err, &wrong) && wrong.Field == f {
		return wrong.Why
	}
	return ""
}

// benchLink is the format and the value, where they are not those at first.
func benchLink(m Model) string {
	b := m.Bench
	if b.Scheme == "" {
		return ""
	}
	s := b.Picked()
	value := b.Sign[bench.FieldValue]
	switch {
	case value != s.Asks[0].Default && len(value) <= longestLinked && utf8.ValidString(value):
		return s.Slug + "/" + url.PathEscape(value)
	case s.Slug != firstScheme:
		return s.Slug
	}
	return ""
}

// readBench undoes benchLink.
func readBench(m Model, parts []string) (Model, string) {
	wrong := ""
	slug := firstScheme
	if len(parts) > 0 {
		if slug = parts[0]; bench.SchemeBySlug(slug) == nil {
			var slugs []string
			for _, s := range bench.Schemes {
				slugs = append(slugs, s.Slug)
			}
			wrong = "there is no format " + quote(slug)
			if all := near.Match(slug, slugs); len(all) > 0 {
				slug = near.Closest(slug, all)
			} else {
				slug = firstScheme
			}
		}
	}
	m.Bench = m.Bench.Ready().pick(slug)
	s := m.Bench.Picked()
	value := s.Asks[0].Default
	if len(parts) > 1 {
		switch text := parts[1]; {
		case !utf8.ValidString(text):
			wrong = "its value is not UTF-8"
		case len(text) > longestLinked:
			wrong = "its value is longer than " + strconv.Itoa(longestLinked) + " bytes"
		default:
			// A text area knows one kind of line end.
			value = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		}
	} else if old := m.Bench.Sign[bench.FieldValue]; len(old) > longestLinked {
		value = old // a link cannot hold it
	}
	if len(parts) > 2 {
		wrong = "it has more parts than three"
	}
	if value != m.Bench.Sign[bench.FieldValue] {
		before, err := m.Bench.Made()
		m.Bench.Sign[bench.FieldValue] = value
		if after, bad := m.Bench.Made(); err == nil && bad == nil && before.Text == m.Bench.Text {
			m.Bench.Text, m.Bench.Check[bench.FieldValue] = after.Text, value
		}
	}
	return m, wrong
}

// A BenchVerdict is what becomes of the text under Verify.
type BenchVerdict struct {
	Reading  bench.Reading
	Accepted bool
	Word     string // "ACCEPTED", "REFUSED", "CRASH" or ""
	Says     string // why
}

// Judged returns what becomes of text under the fields of Verify.
func (b Bench) Judged(text string) BenchVerdict {
	if text == "" {
		return BenchVerdict{Says: "There is nothing to verify. Paste a signed text."}
	}
	r, err := b.Reading(text)
	switch {
	case err != nil:
		return BenchVerdict{Says: err.Error()}
	case r.Err == nil:
		return BenchVerdict{r, true, "ACCEPTED", "The signature is right."}
	case errors.Is(r.Err, sign.ErrCrash):
		return BenchVerdict{r, false, "CRASH", r.Why}
	}
	return BenchVerdict{r, false, "REFUSED", r.Why}
}

// Proves is what a good signature of the format says, and what it does not.
func Proves(s *bench.Scheme) (does, not string) {
	does = "that somebody with the secret made this text, so this server did."
	if stamped(s) {
		return does + " Here also when, to the second.", "for whom it was made, or who shows it now. A copy is as good as the original."
	}
	return does, "for whom it was made, who shows it now, or when it was made. A copy is as good as the original."
}

func stamped(s *bench.Scheme) bool {
	for _, a := range s.Asks {
		if a.Field == bench.FieldTime {
			return true
		}
	}
	return false
}

// A tampering is what becomes of the text with one character changed.
type tampering struct {
	Before, Is, After string // the text around the changed character
	Says              string // which character it is, and what it was
	Verdict           BenchVerdict
	Note              string // what that means
}

// Tampered returns what becomes of the text with the chosen character changed.
// ok is false when none is chosen.
func (b Bench) Tampered() (t tampering, ok bool) {
	if b.Flip < 1 || b.Flip > utf8.RuneCountInString(b.Text) {
		return t, false
	}
	text, was, is := bench.Flip(b.Text, b.Flip-1)
	at := offset(b.Text, b.Flip-1)
	t.Before, t.Is, t.After = text[:at], is, text[at+len(is):]
	t.Verdict = b.Judged(text)
	whole := b.Judged(b.Text)
	t.Says = "Character " + strconv.Itoa(b.Flip) + place(whole.Reading.Layers, at) + ": " + Visible(was) + " became " + Visible(is) + "."
	switch {
	case t.Verdict.Accepted && whole.Accepted && t.Verdict.Reading.Value == whole.Reading.Value:
		t.Note = "Another text, the same value: the format is malleable here. " + b.Picked().Malleable
	case t.Verdict.Accepted && whole.Accepted:
		t.Note = "Another text with another value."
	case t.Verdict.Accepted:
		t.Note = "The text was refused as it was, and is right now."
	}
	return t, true
}

// offset returns the byte at which the i-th character of text begins, from 0.
func offset(text string, i int) int {
	for at := range text {
		if i == 0 {
			return at
		}
		i--
	}
	return len(text)
}

// place says in which part of a text a byte is.
func place(layers []bench.Layer, at int) string {
	if len(layers) == 0 {
		return ""
	}
	for _, p := range layers[0].Parts {
		if at < len(p.Text) {
			switch p.Role {
			case bench.RoleMark:
				return ", a separator"
			case bench.RoleOther:
				return ""
			}
			return ", in the " + string(p.Role)
		}
		at -= len(p.Text)
	}
	return ""
}

// longestTried bounds the text whose every character is tried.
const longestTried = 400

// Survey says which single characters of an accepted text can be changed.
func (b Bench) Survey() string {
	v := b.Judged(b.Text)
	if !v.Accepted {
		return ""
	}
	at, tried := b.Picked().Accepted(b.Text, b.Check, longestTried)
	n := utf8.RuneCountInString(b.Text)
	switch {
	case !tried:
		return ""
	case len(at) == 0:
		return "Each of the " + strconv.Itoa(n) + " characters was tried: with any one of them changed so, the text is refused."
	}
	var list []string
	for _, i := range at {
		list = append(list, strconv.Itoa(i+1)+place(v.Reading.Layers, offset(b.Text, i)))
	}
	return "Each of the " + strconv.Itoa(n) + " characters was tried: with any one of them changed so, the text is refused, but not with number " + strings.Join(list, "; number ") + "."
}

// A jump is a character worth changing.
type jump struct {
	Label string
	At    int // from 1
}

// Jumps returns the last character of each part that says something.
func (b Bench) Jumps(layers []bench.Layer) []jump {
	if len(layers) == 0 {
		return nil
	}
	var out []jump
	n := 0
	for _, p := range layers[0].Parts {
		n += utf8.RuneCountInString(p.Text)
		if p.Role != bench.RoleMark && p.Role != bench.RoleOther && len(out) < 6 {
			out = append(out, jump{"Last of the " + string(p.Role), n})
		}
	}
	return out
}

// benchSays is what the live region says of the bench.
func benchSays(m Model) string {
	b := m.Bench.Ready()
	say := func(v BenchVerdict) string {
		if v.Word == "" {
			return v.Says
		}
		return v.Word[:1] + strings.ToLower(v.Word[1:]) + ". " + v.Says
	}
	if b.Copied != "" {
		return "Copied."
	}
	if t, ok := b.Tampered(); ok {
		return t.Says + " " + say(t.Verdict) + " " + t.Note
	}
	return "Verify: " + say(b.Judged(b.Text))
}

// Visible writes text so that every character of it can be seen.
func Visible(text string) string {
	clean := true
	for _, r := range text {
		clean = clean && strconv.IsPrint(r) && r != '\ufffd'
	}
	if clean {
		return text
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case strconv.IsPrint(r) && (r != '\ufffd' || n > 1):
			b.WriteString(text[i : i+n])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		default:
			for _, c := range []byte(text[i : i+n]) {
				b.Write([]byte{'\\', 'x', hex[c>>4], hex[c&15]})
			}
		}
		i += n
	}
	return b.String()
}

// HexOf writes bytes in hex with a space between them.
func HexOf(text string) string {
	const hex = "0123456789abcdef"
	b := make([]byte, 0, 3*len(text))
	for i := range len(text) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, hex[text[i]>>4], hex[text[i]&15])
	}
	return string(b)
}

// BytesOf writes a range of n bytes, counted from 0.
func BytesOf(from, n int) string {
	if n == 1 {
		return "byte " + strconv.Itoa(from)
	}
	return "bytes " + strconv.Itoa(from) + "–" + strconv.Itoa(from+n-1)
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
