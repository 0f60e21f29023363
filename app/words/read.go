package words

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

// A Lane is one of the three panels.
type Lane int

// The lanes, from left to right.
const (
	Attacker Lane = iota
	Server
	Victim
)

// ShopHost is the server's column; every other host is Mallory's.
const ShopHost = "shop.example"

// A piece is a stretch of text. Key is the number of the session key that the
// text is, from 1, or 0 when it is none.
type piece struct {
	Text string
	Key  int
}

// Pieces cuts text at the run's session keys, so that each can be shown as a
// chip. Joined again they are text.
func Pieces(keys []string, text string) []piece {
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

// Short leaves the middle out of every word that is too long to be read.
func Short(text string) string {
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

// Person returns the name of a person as a sentence writes it.
func Person(name string) string {
	switch name {
	case "alice":
		return "Alice"
	case "mallory":
		return "Mallory"
	}
	return name
}

// LaneOf returns the lane of a browser or a host.
func LaneOf(who string) Lane {
	switch who {
	case "alice":
		return Victim
	case ShopHost:
		return Server
	}
	return Attacker
}

// Acting returns the lane in which the step's person sits, or the server's.
func Acting(t *lab.Trace, i int) Lane {
	s := t.Frames[i].Step
	if s.Who == "server" {
		return Server
	}
	return LaneOf(s.Browser())
}

// Title says in a few words who does what in a step.
func Title(t *lab.Trace, i int) string {
	f := t.Frames[i]
	who := Person(f.Step.Who)
	switch {
	case f.Step.Who == "server":
		who = "The server"
	case f.Step.At != "":
		who += " at " + Person(f.Step.At) + "’s browser"
	}
	start, answer, host := "", "", ""
	for _, e := range f.Events {
		switch {
		case e.Kind == event.Request && start == "":
			start, host = e.Message.Start, e.Message.To
		case e.Kind == event.Response && answer == "":
			answer = e.Message.Start
		}
	}
	if start != "" {
		if host != ShopHost {
			start += " from " + host
		}
		return who + ": " + start + " → " + answer
	}
	for _, e := range f.Events {
		if e.Kind == event.Did {
			return who + " " + e.Text
		}
	}
	return who + ": " + f.Step.Verb
}

// Happened says what a step changed, in at most two sentences.
func Happened(t *lab.Trace, i int) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) && len(out) < 2 {
			out = append(out, s)
		}
	}
	events := t.Frames[i].Events
	pick := func(kind event.Kind) (e event.Event, ok bool) {
		for _, x := range events {
			if x.Kind == kind {
				e, ok = x, true
			}
		}
		return e, ok
	}
	if e, ok := pick(event.Refused); ok {
		add(Person(e.Who) + "’s browser refused the cookie: " + e.Refusal.Why)
	}
	if e, ok := pick(event.Whoami); ok && e.User != "" {
		add("The server served " + Person(e.Person) + " as " + Person(e.User) + ".")
	}
	if e, ok := pick(event.Save); ok {
		switch d, gone := pick(event.Delete); {
		case gone && d.Key != e.Key:
			add("The server deleted " + d.Key + " and saved " + e.Key + ": " + sessionOf(e.User) + ".")
		default:
			add("The server saved " + e.Key + ": " + sessionOf(e.User) + ".")
		}
	}
	if e, ok := pick(event.Delete); ok && e.Found {
		if _, saved := pick(event.Save); !saved {
			add("The server deleted " + e.Key + ".")
		}
	}
	if e, ok := pick(event.Learned); ok {
		add("Mallory now knows " + e.Value + ".")
	}
	if e, ok := pick(event.Stored); ok && len(out) == 0 {
		add(Person(e.Who) + "’s browser stored " + e.Value + ".")
	}
	if e, ok := pick(event.Unsign); ok && !e.Found && e.Value != "" {
		add("The server refused the signature.")
	}
	if e, ok := pick(event.Whoami); ok && e.User == "" {
		add("The server served " + Person(e.Person) + " as nobody.")
	}
	if e, ok := pick(event.Did); ok && len(out) == 0 {
		who := Person(e.Who)
		if e.Who == ShopHost {
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
	return Person(user) + "’s session"
}

// KeyMoment reports whether a step is one to stop at: a value is learned,
// planted or refused, somebody logs in, or the verdict points there.
func KeyMoment(t *lab.Trace, i int) bool {
	if t.Verdict.Frame == i || slices.ContainsFunc(t.Verdict.Because, func(c event.Clause) bool { return c.Frame == i }) {
		return true
	}
	return slices.ContainsFunc(t.Frames[i].Events, func(e event.Event) bool {
		return e.Kind == event.Learned || e.Kind == event.Refused || e.Kind == event.Login
	})
}

// Spot returns the line of the source that an event points at: the profile's
// own line where it has one.
func Spot(e event.Event, file string) (event.Line, bool) {
	if len(e.Code) == 0 {
		return event.Line{}, false
	}
	for _, l := range e.Code {
		if l.File == file {
			return l, true
		}
	}
	return e.Code[0], true
}

// Lit returns the line of the server's source that a step is about. ok is false
// when the server did nothing in it.
func Lit(t *lab.Trace, i int) (event.Line, bool) {
	_, line, ok := Telltale(t, i)
	return line, ok
}

// Telltale returns the server's event that says most about a step, and its line.
func Telltale(t *lab.Trace, i int) (told event.Event, line event.Line, ok bool) {
	p, _ := server.ByID(t.Scenario.Profile)
	best := 0
	for _, e := range t.Frames[i].Events {
		l, ok := Spot(e, p.File)
		if !ok {
			continue
		}
		if t.Verdict.Frame == i && e.Seq == t.Verdict.Event {
			return e, l, true
		}
		if w := telling(e); w >= best {
			best, told, line = w, e, l
		}
	}
	return told, line, best > 0
}

// SessionSwitches are those that decide what becomes of a session.
var SessionSwitches = defence.Having(defence.Telling)

// telling orders the server's events by how much they say about a step.
func telling(e event.Event) int {
	switch e.Kind {
	case event.Save:
		return 8
	case event.Delete:
		return 7
	case event.Load:
		return 5
	case event.Unsign:
		if e.Value == "" { // there was nothing to check
			return 1
		}
		return 4
	case event.Ask:
		if SessionSwitches.Has(e.Switch) {
			return 6
		}
		return 1
	case event.Sign, event.Login, event.Logout:
		return 3
	case event.Whoami:
		return 2
	}
	return 1
}

// Ran returns the numbers of the lines of file that ran in a step, sorted.
func Ran(t *lab.Trace, i int, file string) []int {
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

// A StoreRow is a row of the session store beside what it was a step before.
type StoreRow struct {
	Key      string
	User     string
	Was      string // the user before, where it differs
	Data     string
	WasData  string
	Change   Change
	UserDiff bool
	DataDiff bool
}

// StoreRows returns the store after a step, with the rows that the step deleted.
func StoreRows(t *lab.Trace, i int) []StoreRow {
	now := t.Frames[i].State.Rows
	var before []event.Row
	if i > 0 {
		before = t.Frames[i-1].State.Rows
	}
	find := func(rows []event.Row, key string) (event.Row, bool) {
		n := slices.IndexFunc(rows, func(r event.Row) bool { return r.Key == key })
		if n < 0 {
			return event.Row{}, false
		}
		return rows[n], true
	}
	var out []StoreRow
	for _, key := range t.Keys {
		row, is := find(now, key)
		old, was := find(before, key)
		r := StoreRow{Key: key, User: row.User, Data: data(row.Data)}
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

// GateWords says in words at which gate the attack stopped.
func GateWords(g event.Gate) string {
	switch g {
	case event.Obtain:
		return "Mallory never had a value to use"
	case event.Deliver:
		return "it did not get into Alice’s browser"
	case event.Select:
		return "it was not the cookie that the server read at login"
	case event.Accept:
		return "the server did not take it"
	case event.Elevate:
		return "login did not put Alice into it"
	case event.Bind:
		return "the session works in Alice’s browser only"
	case event.Replay:
		return "it no longer worked for Mallory"
	case event.AfterLogout:
		return "it ended when Alice logged out"
	}
	return ""
}

// OutcomeWords says an outcome in a few capitals and a sentence.
func OutcomeWords(o event.Outcome) (word, sentence string) {
	word = strings.ToUpper(strings.ReplaceAll(string(o), "-", " "))
	switch o {
	case event.Hijacked:
		sentence = "The server served Mallory as Alice."
	case event.HijackedWithAccount:
		sentence = "The server served Mallory as Alice, and Mallory needed an account of her own for it."
	case event.Forged:
		sentence = "A form of Mallory’s acted in Alice’s account."
	case event.Trapped:
		sentence = "Alice acted in Mallory’s account."
	case event.Poisoned:
		sentence = "Alice’s session holds what Mallory wrote into it."
	case event.Zombie:
		sentence = "A cookie of Alice’s still worked when she had logged out."
	case event.Broken:
		sentence = "Alice could not use her own account."
	case event.NotApplicable:
		sentence = "This server has no session key that two browsers could share."
	default:
		sentence = "Mallory was never served as Alice."
	}
	return word, sentence
}

// AlsoWords says what held besides the outcome, "" when nothing did.
func AlsoWords(v event.Verdict) string {
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

// Spans reads the inline Markdown that stories use: `code`, *emphasis* and
// **strong**. A mark without its partner is text.
func Spans(text string) []span {
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

// Thousands writes a number with a thin space every three digits.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// OutcomeIcon names the icon of an outcome.
func OutcomeIcon(o event.Outcome) string {
	switch {
	case o.Hijack(), o == event.Forged:
		return "hijacked"
	case o == event.Trapped, o == event.Poisoned:
		return "trapped"
	case o == event.Broken, o == event.Zombie, o == event.NotApplicable:
		return "broken"
	}
	return "defended"
}

// Announcement is what the live region says of a step.
func Announcement(t *lab.Trace, i int) string {
	say := "Step " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(t.Frames)) + ": " + t.Frames[i].Step.Caption
	for _, s := range Happened(t, i) {
		say += " " + t.Label(s)
	}
	if i == len(t.Frames)-1 {
		word, _ := OutcomeWords(t.Verdict.Outcome)
		say += " This run ends: " + strings.ToLower(word) + "."
	}
	return say
}
