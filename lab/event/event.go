package event

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// The hosts of every run, besides those that Mallory sets up.
const (
	ShopHost  = "shop.example"
	BlogHost  = "blog.shop.example"  // a sibling that Mallory writes on
	EvilHost  = "evil.test"          // Mallory's own site
	ForumHost = "forum.shop.example" // another sibling, which Mallory can write on over plain http
	NewsHost  = "news.example"       // knows plain http only, and so anybody on the way can answer for it
)

// The persons of every run.
const (
	Mallory = "mallory" // the attacker
	Alice   = "alice"   // the victim
)

// Accounts are those that there are from the start, and whose they are.
var Accounts = map[string]string{"alice": Alice, "mallory": Mallory}

// Passwords are those of Accounts.
var Passwords = map[string]string{"alice": "correct-horse", "mallory": "hunter2"}

// Foreign reports whether a page of another origin than the shop's started a
// request: it may come without the cookie, and that is what SameSite is for.
func Foreign(from string) bool {
	return from != "" && from != "https://"+ShopHost
}

// String returns "signed_id.go:42".
func (l Line) String() string { return fmt.Sprintf("%s:%d", l.File, l.Line) }

// Quoted returns s for a sentence, shortened when it is long.
func Quoted(s string) string {
	if s == "" {
		return "nothing"
	}
	if len(s) > 240 {
		return strings.ToValidUTF8(s[:237], "") + "…"
	}
	return s
}

// A Kind says what sort of thing an Event is.
type Kind string

// The kinds of events. Those from Ask on happen in the server and point at a
// line of its source.
const (
	Request  Kind = "request"  // a browser sends Message
	Response Kind = "response" // a host answers with Message
	Shown    Kind = "shown"    // a browser shows a page of the shop's with something of an account or a session on it: User, Key, Data
	Stored   Kind = "stored"   // a browser stores a cookie
	Refused  Kind = "refused"  // a browser refuses a cookie: Refusal says why
	Withheld Kind = "withheld" // a browser does not send a cookie: Refusal says why
	Evicted  Kind = "evicted"  // a browser throws cookies out to make room
	Did      Kind = "did"      // a person did something in her own browser, or the operator with the server: Act
	Learned  Kind = "learned"  // Mallory learned Value: Reason

	Ask    Kind = "ask"    // the server looks at a switch: Switch, On
	Random Kind = "random" // the server draws random bytes
	Load   Kind = "load"   // the store is asked for Key; User is whose it is; Found
	Save   Kind = "save"   // the store keeps Key; User is whose it is
	Delete Kind = "delete" // the store forgets Key
	Sign   Kind = "sign"   // the signer makes Value of Plain; User is whose session that is: Check
	Unsign Kind = "unsign" // the signer checks Value: Found, Plain, Reason, Check; User as for Sign
	Login  Kind = "login"  // the password or the ticket was right: User, By
	Whoami Kind = "whoami" // the server decides whom it serves: User, "" for nobody
	Logout Kind = "logout"

	Transfer Kind = "transfer" // the shop sent User's money
	Opened   Kind = "opened"   // the shop opened the account User: By
	Denied   Kind = "denied"   // the shop refuses the request: Reason; User is the account that it was to come into
)

// Kinds are all of them.
var Kinds = []Kind{Request, Response, Shown, Stored, Refused, Withheld, Evicted, Did, Learned,
	Ask, Random, Load, Save, Delete, Sign, Unsign, Login, Whoami, Logout, Transfer, Opened, Denied}

// Server reports whether events of the kind happen in the server, at a line of its source.
func (k Kind) Server() bool { return slices.Index(Kinds, k) >= slices.Index(Kinds, Ask) }

// An Act is something a person did in her own browser.
type Act string

// The acts that a verdict can hang on.
const (
	Forgot   Act = "forgot"   // she deleted all cookies
	Prepared Act = "prepared" // she took or made a value for later use
	Dropped  Act = "dropped"  // her browser deletes a cookie: Line
)

// An Event is one thing that happened. What it says is in its fields; Text says
// it again for people, and nothing is decided by it.
type Event struct {
	Seq  int    // from 1, over the whole run
	Who  string // the browser or host that did it: "alice", "mallory", "shop.example"
	Kind Kind
	Text string // one short sentence
	Code []Line // the server's source, innermost call first; empty outside the server

	Person string         // who did the step
	At     string         // the browser she sat at
	Act    Act            // Did: what was done, where more than its text hangs on it
	Key    string         // the session key it is about, if any
	Value  string         // the cookie's value it is about, if any
	Plain  string         // Sign and Unsign: what Value was made of, as the signer's door saw it; "" when it is not known
	Line   string         // Stored, Refused and Dropped: the cookie line; Withheld: "name=value"
	Reason string         // Learned: how; Unsign: why the value was refused; Denied: a Denial
	User   string         // see the Kinds
	By     string         // Request: who wrote the link or the markup that sent it, "" when the person at the browser did it all herself or it was the shop's own; Response: the person who answered in place of a host; Login and Opened: whose word the credential was; Save and Sign: whose word it is that the shop puts into the session, "" when it puts none
	Data   session.Values // Save, Sign and Unsign: what the session holds; Shown: what of it is on the page
	Switch defence.Set    // Ask
	On     bool           // Ask: the answer
	Found  bool           // Load and Delete: the record is there; Unsign: the signature is right
	Row    bool           // Unsign: Value is what the store holds under the key last asked for
	Late   bool           // Unsign: the signature is right, and too old

	Message *Message        // Request and Response
	Check   *sign.Check     // Sign and Unsign
	Refusal *cookie.Refusal // Refused and Withheld

	Frame int // the index of its frame
}

// Spot returns the line of the server's source that e points at: the first of its Code in
// file, else the innermost. It is not ok outside the server.
func (e Event) Spot(file string) (l Line, ok bool) {
	if len(e.Code) == 0 {
		return l, false
	}
	if i := slices.IndexFunc(e.Code, func(l Line) bool { return l.File == file }); i >= 0 {
		return e.Code[i], true
	}
	return e.Code[0], true
}

// A Message is an HTTP request or response.
type Message struct {
	From, To string // a browser's name or a host
	Start    string // "POST /login" or "200 OK"
	Status   int    // of a response
	Raw      string // the whole text, with CRLF line ends
	URL      string // of a request: what it asks for, with scheme and host and without a fragment, which Raw does not tell whole

	Initiator string // of a request: the origin that started it, "" when the person did

	Cookies string  // of a request: its Cookie header
	Fields  []Field // of a request: those of its query and of its body
	Query   int     // how many of Fields are the query's
}

// ToShop reports whether a request is one to the server under attack.
func (m *Message) ToShop() bool { return m.To == ShopHost }

// A Line is a line of the source that the learner reads.
type Line struct {
	File string // in server.Source
	Line int    // from 1
	Func string // "signedID.Login"
}

// A Snapshot is how things stand after a step. It is for looking at; it is
// never an input.
type Snapshot struct {
	Now      time.Time
	Browsers []Browser // mallory's, then alice's
	Rows     []Row     // the session store, in order of Trace.Keys
	Knows    []Fact    // what Mallory knows, in the order she learned it
	Secrets  []string  // the signing secrets; the first signs, all verify
}

// A Browser is what a person sees.
type Browser struct {
	Name   string // "mallory" or "alice"
	URL    string // of the page shown; "" before the first
	Status int    // of the response; 0 before the first
	Page   []Block
	Jar    []cookie.Entry
	Back   bool     `json:",omitempty"` // there is a page to go back to
	Tabs   []string `json:",omitempty"` // the titles of its tabs; nil while it has one
	Tab    int      `json:",omitempty"` // the index of the one that is looked at
}

// Title is what a tab with that page is called: its first heading, or its host; "" for an
// empty one.
func (b *Browser) Title() string {
	for _, block := range b.Page {
		if block.Tag == "h1" {
			return block.Text
		}
	}
	_, rest, _ := strings.Cut(b.URL, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// A Block is one piece of a rendered page. The options of a list follow it, a block each; one
// of which several can be picked is a box with the list's name.
type Block struct {
	Tag        string // "h1", "h2", "h3", "p", "a", "li", "dt", "dd", "label", "input", "textarea", "select", "option" or "button"
	Text       string // of a field that one types into what stands in it
	Name, Type string // of a field or a button: its name and its type, "password", say
	Link       int    `json:",omitempty"` // of an "a" that leads somewhere: which link it is of those with its text, from 1
	Form       int    // the form that it is in, counted from 1; 0 for none
	Value      string `json:",omitempty"` // what is sent for a box that is ticked, an option that is picked, a button that is pressed
	On         bool   `json:",omitempty"` // the box is ticked, the option is picked
	Off        bool   `json:",omitempty"` // it is disabled
	For        int    `json:",omitempty"` // of a label of another field than the one after it: that one's index, from 1
}

// Box reports whether a block is a box to tick: a checkbox or a radio button.
func (b *Block) Box() bool {
	return (b.Tag == "input" || b.Tag == "option") && (b.Type == "checkbox" || b.Type == "radio")
}

// Field reports whether a block is something that one fills in.
func (b *Block) Field() bool {
	return b.Tag == "input" || b.Tag == "textarea" || b.Tag == "select" || b.Box()
}

// Submits reports whether a block is a button that sends a form.
func (b *Block) Submits() bool {
	return b.Tag == "button" && b.Form > 0 && b.Type != "button" && b.Type != "reset"
}

// Options returns the options of the list at an index of a page: the blocks after it.
func Options(page []Block, at int) []Block {
	end := at + 1
	for end < len(page) && page[end].Tag == "option" {
		end++
	}
	return page[at+1 : end]
}

// A Row is one record of the session store, decoded.
type Row struct {
	Key  string
	User string // "" while anonymous
	Data session.Values
	Raw  string // as stored
}

// A Fact is a value that Mallory knows.
type Fact struct {
	Value string
	Frame int    // the step at which she learned it
	How   string // "she made it up", "the server gave it to her", …
}

// Browser returns the snapshot's browser of that name.
func (s *Snapshot) Browser(name string) Browser {
	for _, b := range s.Browsers {
		if b.Name == name {
			return b
		}
	}
	return Browser{Name: name}
}

// Differs reports whether a reader is shown something else of e than of o: who, what
// kind, the text or the raw message. Seq, which only counts, is left aside.
func (e Event) Differs(o Event) bool {
	raw := func(m *Message) string {
		if m == nil {
			return ""
		}
		return m.Raw
	}
	return e.Who != o.Who || e.Kind != o.Kind || e.Text != o.Text || raw(e.Message) != raw(o.Message)
}
