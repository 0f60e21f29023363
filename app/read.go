package main

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

// shopHost is the server's column; every other host is Mallory's.
const shopHost = "shop.example"

// A piece is a stretch of text. Key is the number of the session key that the
// text is, from 1, or 0 when it is none.
type piece struct {
	Text string
	Key  int
}

// pieces cuts text at the run's session keys, so that each can be shown as a
// chip. Joined again they are text.
func pieces(keys []string, text string) []piece {
	var out []piece
	plain := 0
	for i := 0; i < len(text); {
		key := keyAt(keys, text, i)
		if key == 0 {
			i++
			continue
		}
		if i > plain {
			out = append(out, piece{Text: text[plain:i]})
		}
		i += len(keys[key-1])
		out = append(out, piece{keys[key-1], key})
		plain = i
	}
	if plain < len(text) {
		out = append(out, piece{Text: text[plain:]})
	}
	return out
}

// keyAt returns the number of the longest key that stands at text[i:] as a word of its own.
func keyAt(keys []string, text string, i int) int {
	best := 0
	if i > 0 && isWord(text[i-1]) && !(i >= 3 && text[i-3] == '%') { // "%3A" is a colon
		return 0
	}
	for n, key := range keys {
		if key == "" || !strings.HasPrefix(text[i:], key) || best > 0 && len(key) <= len(keys[best-1]) {
			continue
		}
		if end := i + len(key); end < len(text) && isWord(text[end]) {
			continue
		}
		best = n + 1
	}
	return best
}

func isWord(c byte) bool {
	return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// short leaves the middle out of every word that is too long to be read.
func short(text string) string {
	const longest, head, tail = 28, 10, 4
	var b strings.Builder
	for text != "" {
		n := strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 || !isWord(byte(r)) })
		switch {
		case n == 0:
			n = 1
			for n < len(text) && text[n]&0xC0 == 0x80 {
				n++
			}
		case n < 0:
			n = len(text)
		}
		if word := text[:n]; n > longest && word[0] < 0x80 {
			b.WriteString(word[:head] + "…" + word[n-tail:])
		} else {
			b.WriteString(word)
		}
		text = text[n:]
	}
	return b.String()
}

// person returns the name of a person as a sentence writes it.
func person(name string) string {
	switch name {
	case "alice":
		return "Alice"
	case "mallory":
		return "Mallory"
	}
	return name
}

// lane returns the lane of a browser or a host.
func lane(who string) Lane {
	switch who {
	case "alice":
		return Victim
	case shopHost:
		return Server
	}
	return Attacker
}

// acting returns the lane in which the step's person sits, or the server's.
func acting(t *lab.Trace, i int) Lane {
	s := t.Frames[i].Step
	if s.Who == "server" {
		return Server
	}
	return lane(s.Browser())
}

// title says in a few words who does what in a step.
func title(t *lab.Trace, i int) string {
	f := t.Frames[i]
	who := person(f.Step.Who)
	switch {
	case f.Step.Who == "server":
		who = "The server"
	case f.Step.At != "":
		who += " at " + person(f.Step.At) + "’s browser"
	}
	start, answer, host := "", "", ""
	for _, e := range f.Events {
		switch {
		case e.Kind == lab.Request && start == "":
			start, host = e.Message.Start, e.Message.To
		case e.Kind == lab.Response && answer == "":
			answer = e.Message.Start
		}
	}
	if start != "" {
		if host != shopHost {
			start += " from " + host
		}
		return who + ": " + start + " → " + answer
	}
	for _, e := range f.Events {
		if e.Kind == lab.Did {
			return who + " " + e.Text
		}
	}
	return who + ": " + f.Step.Verb
}

// happened says what a step changed, in at most two sentences.
func happened(t *lab.Trace, i int) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) && len(out) < 2 {
			out = append(out, s)
		}
	}
	events := t.Frames[i].Events
	pick := func(kind lab.Kind) (e lab.Event, ok bool) {
		for _, x := range events {
			if x.Kind == kind {
				e, ok = x, true
			}
		}
		return e, ok
	}
	if e, ok := pick(lab.Refused); ok {
		add(person(e.Who) + "’s browser refused the cookie: " + e.Refusal.Why)
	}
	if e, ok := pick(lab.Whoami); ok && e.User != "" {
		add("The server served " + person(e.Person) + " as " + person(e.User) + ".")
	}
	if e, ok := pick(lab.Save); ok {
		switch d, gone := pick(lab.Delete); {
		case gone && d.Key != e.Key:
			add("The server deleted " + d.Key + " and saved " + e.Key + ": " + sessionOf(e.User) + ".")
		default:
			add("The server saved " + e.Key + ": " + sessionOf(e.User) + ".")
		}
	}
	if e, ok := pick(lab.Delete); ok && e.Found {
		if _, saved := pick(lab.Save); !saved {
			add("The server deleted " + e.Key + ".")
		}
	}
	if e, ok := pick(lab.Learned); ok {
		add("Mallory now knows " + e.Value + ".")
	}
	if e, ok := pick(lab.Stored); ok && len(out) == 0 {
		add(person(e.Who) + "’s browser stored " + e.Value + ".")
	}
	if e, ok := pick(lab.Unsign); ok && !e.Found && e.Value != "" {
		add("The server refused the signature.")
	}
	if e, ok := pick(lab.Whoami); ok && e.User == "" {
		add("The server served " + person(e.Person) + " as nobody.")
	}
	if e, ok := pick(lab.Did); ok && len(out) == 0 {
		who := person(e.Who)
		if e.Who == shopHost {
			who = "The server"
		}
		add(who + " " + e.Text + ".")
	}
	if len(out) == 0 {
		add("Nothing changed on the server.")
	}
	return out
}

func sessionOf(user string) string {
	if user == "" {
		return "an anonymous session"
	}
	return person(user) + "’s session"
}

// keyMoment reports whether a step is one to stop at: a value is learned,
// planted or refused, somebody logs in, or the verdict points there.
func keyMoment(t *lab.Trace, i int) bool {
	if t.Verdict.Frame == i || slices.ContainsFunc(t.Verdict.Because, func(c lab.Clause) bool { return c.Frame == i }) {
		return true
	}
	return slices.ContainsFunc(t.Frames[i].Events, func(e lab.Event) bool {
		return e.Kind == lab.Learned || e.Kind == lab.Refused || e.Kind == lab.Login
	})
}

// spot returns the line of the source that an event points at: the profile's
// own line where it has one.
func spot(e lab.Event, file string) (lab.Line, bool) {
	if len(e.Code) == 0 {
		return lab.Line{}, false
	}
	for _, l := range e.Code {
		if l.File == file {
			return l, true
		}
	}
	return e.Code[0], true
}

// lit returns the line of the server's source that a step is about. ok is false
// when the server did nothing in it.
func lit(t *lab.Trace, i int) (lab.Line, bool) {
	_, line, ok := telltale(t, i)
	return line, ok
}

// telltale returns the server's event that says most about a step, and its line.
func telltale(t *lab.Trace, i int) (event lab.Event, line lab.Line, ok bool) {
	p, _ := server.ByID(t.Scenario.Profile)
	best := 0
	for _, e := range t.Frames[i].Events {
		l, ok := spot(e, p.File)
		if !ok {
			continue
		}
		if t.Verdict.Frame == i && e.Seq == t.Verdict.Event {
			return e, l, true
		}
		if w := telling(e); w >= best {
			best, event, line = w, e, l
		}
	}
	return event, line, best > 0
}

// sessionSwitches are those that decide what becomes of a session; the others
// are about the cookie.
const sessionSwitches = defence.Rotate | defence.Flush | defence.KeepOldRecord | defence.Strict | defence.RotateSecret | defence.SecretFallback

// telling orders the server's events by how much they say about a step.
func telling(e lab.Event) int {
	switch e.Kind {
	case lab.Save:
		return 8
	case lab.Delete:
		return 7
	case lab.Load:
		return 5
	case lab.Unsign:
		if e.Value == "" { // there was nothing to check
			return 1
		}
		return 4
	case lab.Ask:
		if sessionSwitches.Has(e.Switch) {
			return 6
		}
		return 1
	case lab.Sign, lab.Login, lab.Logout:
		return 3
	case lab.Whoami:
		return 2
	}
	return 1
}

// ran returns the numbers of the lines of file that ran in a step, sorted.
func ran(t *lab.Trace, i int, file string) []int {
	var out []int
	for _, e := range t.Frames[i].Events {
		for _, l := range e.Code {
			if l.File == file {
				out = append(out, l.Line)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// A Change says how a row differs from the step before.
type Change string

// The changes.
const (
	Same    Change = ""
	New     Change = "new"
	Changed Change = "changed"
	Deleted Change = "deleted"
)

// A storeRow is a row of the session store beside what it was a step before.
type storeRow struct {
	Key      string
	User     string
	Was      string // the user before, where it differs
	Data     string
	WasData  string
	Change   Change
	UserDiff bool
	DataDiff bool
}

// storeRows returns the store after a step, with the rows that the step deleted.
func storeRows(t *lab.Trace, i int) []storeRow {
	now := t.Frames[i].State.Rows
	var before []lab.Row
	if i > 0 {
		before = t.Frames[i-1].State.Rows
	}
	find := func(rows []lab.Row, key string) (lab.Row, bool) {
		n := slices.IndexFunc(rows, func(r lab.Row) bool { return r.Key == key })
		if n < 0 {
			return lab.Row{}, false
		}
		return rows[n], true
	}
	var out []storeRow
	for _, key := range t.Keys {
		row, is := find(now, key)
		old, was := find(before, key)
		r := storeRow{Key: key, User: row.User, Data: data(row.Data)}
		switch {
		case !is && !was:
			continue
		case !is:
			r.Change, r.User, r.Data = Deleted, old.User, data(old.Data)
		case !was:
			r.Change = New
		case old.User != row.User || data(old.Data) != r.Data:
			r.Change, r.Was, r.WasData = Changed, old.User, data(old.Data)
			r.UserDiff, r.DataDiff = old.User != row.User, r.WasData != r.Data
		}
		out = append(out, r)
	}
	return out
}

// data writes a session's values in one line, without the user.
func data(v session.Values) string {
	var out []string
	for _, f := range v {
		if f.Name != session.User {
			out = append(out, f.Name+": "+f.Value)
		}
	}
	return strings.Join(out, "; ")
}

// gateWords says in words at which gate the attack stopped.
func gateWords(g lab.Gate) string {
	switch g {
	case lab.Obtain:
		return "Mallory never had a value to use"
	case lab.Deliver:
		return "it did not get into Alice’s browser"
	case lab.Select:
		return "it was not the cookie that the server read at login"
	case lab.Accept:
		return "the server did not take it"
	case lab.Elevate:
		return "login did not put Alice into it"
	case lab.Bind:
		return "the session works in Alice’s browser only"
	case lab.Replay:
		return "it no longer worked for Mallory"
	case lab.AfterLogout:
		return "it ended when Alice logged out"
	}
	return ""
}

// outcomeWords says an outcome in a few capitals and a sentence.
func outcomeWords(o lab.Outcome) (word, sentence string) {
	word = strings.ToUpper(strings.ReplaceAll(string(o), "-", " "))
	switch o {
	case lab.Hijacked:
		sentence = "The server served Mallory as Alice."
	case lab.HijackedWithAccount:
		sentence = "The server served Mallory as Alice, and Mallory needed an account of her own for it."
	case lab.Forged:
		sentence = "A form of Mallory’s acted in Alice’s account."
	case lab.Trapped:
		sentence = "Alice acted in Mallory’s account."
	case lab.Poisoned:
		sentence = "Alice’s session holds what Mallory wrote into it."
	case lab.Zombie:
		sentence = "A cookie of Alice’s still worked when she had logged out."
	case lab.Broken:
		sentence = "Alice could not use her own account."
	case lab.NotApplicable:
		sentence = "This server has no session key that two browsers could share."
	default:
		sentence = "Mallory was never served as Alice."
	}
	return word, sentence
}

// alsoWords says what held besides the outcome, "" when nothing did.
func alsoWords(v lab.Verdict) string {
	if len(v.Also) == 0 {
		return ""
	}
	var names []string
	for _, o := range v.Also {
		names = append(names, strings.ReplaceAll(string(o), "-", " "))
	}
	return "Also: " + strings.Join(names, ", ") + "."
}

// A span is a stretch of a story: Mark is 'c' for code, 'e' for emphasis, 's'
// for strong emphasis, or 0.
type span struct {
	Text string
	Mark byte
}

// spans reads the inline Markdown that stories use: `code`, *emphasis* and
// **strong**. A mark without its partner is text.
func spans(text string) []span {
	var out []span
	plain := ""
	for text != "" {
		mark, sign := byte(0), ""
		switch {
		case text[0] == '`':
			mark, sign = 'c', "`"
		case strings.HasPrefix(text, "**"):
			mark, sign = 's', "**"
		case text[0] == '*':
			mark, sign = 'e', "*"
		}
		inner, rest, ok := "", "", false
		if mark != 0 {
			inner, rest, ok = strings.Cut(text[len(sign):], sign)
		}
		if !ok || inner == "" {
			n := max(1, len(sign))
			plain, text = plain+text[:n], text[n:]
			continue
		}
		if plain != "" {
			out, plain = append(out, span{Text: plain}), ""
		}
		out, text = append(out, span{inner, mark}), rest
	}
	if plain != "" {
		out = append(out, span{Text: plain})
	}
	return out
}

// announcement is what the live region says of a step.
func announcement(m Model) string {
	f := m.Trace.Frames[m.Step]
	say := "Step " + strconv.Itoa(m.Step+1) + " of " + strconv.Itoa(len(m.Trace.Frames)) + ": " + f.Step.Caption
	for _, s := range happened(m.Trace, m.Step) {
		say += " " + m.Trace.Label(s)
	}
	if m.Step == len(m.Trace.Frames)-1 {
		word, _ := outcomeWords(m.Trace.Verdict.Outcome)
		say += " This run ends: " + strings.ToLower(word) + "."
	}
	return say
}
