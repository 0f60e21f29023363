package export

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// Mermaid returns a run as a sequence diagram
// (https://mermaid.js.org/syntax/sequenceDiagram.html): an arrow for each request and each
// answer, with the session cookie in it, and notes for what became of cookies and for what
// decided.
func Mermaid(t *lab.Trace) string {
	d := &diagram{t: t, stored: map[string]bool{}}
	d.lanes = []string{event.Mallory}
	for _, x := range exchanges(t) {
		if host := x.request.Message.To; host != event.ShopHost && !slices.Contains(d.lanes, host) {
			d.lanes = append(d.lanes, host)
		}
	}
	d.lanes = append(d.lanes, event.ShopHost, event.Alice)
	d.WriteString("sequenceDiagram\n    title " + escaped(t.Scenario.Title) + "\n")
	for i, who := range d.lanes {
		d.WriteString("    participant " + laneID(i) + " as " + escaped(words.Person(who)) + "\n")
	}
	for i := range t.Frames {
		d.step(i)
	}
	_, says := words.OutcomeWords(t.Verdict.Outcome)
	d.note(result(t)+" "+says, event.Mallory, event.Alice)
	return d.String()
}

// A diagram is one that is being written.
type diagram struct {
	strings.Builder
	t      *lab.Trace
	lanes  []string        // who is in it, from left to right
	stored map[string]bool // by browser and line: stored before
}

func laneID(i int) string { return "P" + strconv.Itoa(i+1) }

// id returns the participant's name in the statements. Who is in no lane stands in that of
// the shop.
func (d *diagram) id(who string) string {
	if i := slices.Index(d.lanes, who); i >= 0 {
		return laneID(i)
	}
	return laneID(len(d.lanes) - 2)
}

func (d *diagram) arrow(from, sign, to string, says ...string) {
	d.WriteString("    " + d.id(from) + sign + d.id(to) + ": " + lines(says...) + "\n")
}

func (d *diagram) note(says string, over ...string) {
	for i, who := range over {
		over[i] = d.id(who)
	}
	d.WriteString("    Note over " + strings.Join(over, ",") + ": " + lines(says) + "\n")
}

// step writes what happened in step i.
func (d *diagram) step(i int) {
	f := d.t.Frames[i]
	n := strconv.Itoa(i + 1)
	for _, e := range f.Events {
		switch e.Kind {
		case event.Request:
			says := append([]string{n + " " + brief(d.t, e.Message.Start)}, d.session(event.CookiesOf(&e))...)
			d.arrow(e.Who, "->>", e.Message.To, says...)
		case event.Response:
			var set []event.Pair
			for _, line := range read(e.Message.Raw).all("Set-Cookie") {
				set = append(set, event.Pair{Text: event.WireOf(line)})
			}
			d.arrow(e.Message.From, "-->>", e.Message.To, append([]string{e.Message.Start}, d.session(set)...)...)
		case event.Stored:
			if at := e.Who + " " + e.Line; !d.stored[at] {
				d.stored[at] = true
				d.note(text.T("export.stores", "cookie", brief(d.t, e.Line)), e.Who)
			}
		case event.Refused:
			d.note(text.T("export.refuses", "cookie", brief(d.t, e.Line), "why", e.Refusal.Why), e.Who)
		case event.Login:
			d.note(text.T("export.login", "user", e.User), e.Who)
		case event.Did:
			d.note(n+" "+brief(d.t, e.Text), e.Who)
		case event.Learned:
			d.note(text.T("did.learned", "value", brief(d.t, e.Value)), event.Mallory)
		}
	}
	for _, c := range d.t.Verdict.Because {
		if c.Frame == i {
			d.note(text.T("export.because", "n", i+1, "why", brief(d.t, c.Text)), event.Mallory, event.Alice)
		}
	}
}

// session returns those of some cookies that go by the session cookie's name, as servers
// read names.
func (d *diagram) session(cookies []event.Pair) (says []string) {
	for _, p := range cookies {
		if strings.TrimSpace(p.Name()) == d.t.Cookie {
			says = append(says, brief(d.t, p.Text))
		}
	}
	return says
}

// What a diagram holds of a text, and in a line of it: Mermaid draws none of more than
// 50 000 characters.
const (
	longest  = 180
	lineFits = 48
)

// lines writes each text in as many lines as it needs.
func lines(texts ...string) string {
	var out []string
	for _, s := range texts {
		s = words.Visible(s)
		if len(s) > longest {
			s = strings.ToValidUTF8(s[:longest], "") + "…"
		}
		line := ""
		for word := range strings.FieldsSeq(s) {
			if line != "" && utf8.RuneCountInString(line)+utf8.RuneCountInString(word) >= lineFits {
				out, line = append(out, line), ""
			}
			line = strings.TrimLeft(line+" "+word, " ")
		}
		out = append(out, line)
	}
	for i, line := range out {
		out[i] = escaped(line)
	}
	return strings.Join(out, "<br/>")
}

// plain are the characters of ASCII, besides letters and digits, that mean nothing to Mermaid in a text.
const plain = " !'()*+,-./=?@^_|~"

// escaped writes text so that it is text to Mermaid. A character that may mean something
// is #NN; by its number ("Entity codes to escape characters"), and so is the first letter
// of "end", which ends a block, and those characters that Mermaid itself puts in the place
// of # and ; (encodeEntities in its utils.ts).
func escaped(s string) string {
	s = words.Visible(s)
	var b strings.Builder
	for i, r := range s {
		switch {
		case isEnd(s, i),
			r < 0x80 && !letter(byte(r)) && strings.IndexByte(plain, byte(r)) < 0,
			strings.ContainsRune("ﬂ°¶ß", r):
			b.WriteString("#" + strconv.Itoa(int(r)) + ";")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isEnd reports whether the word "end" stands at s[i:], in any case.
func isEnd(s string, i int) bool {
	n := i + len("end")
	return n <= len(s) && strings.EqualFold(s[i:n], "end") && (i == 0 || !letter(s[i-1])) && (n == len(s) || !letter(s[n]))
}

// letter reports whether c is a letter or a digit of ASCII.
func letter(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
