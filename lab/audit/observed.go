package audit

import "fixlab/lab/cookie"

// Options are what a person may tell of a recording.
type Options struct {
	Login   int    // which exchange is the login; -1: guess
	Private string // the path of a page that only who is logged in sees; "": guess
}

// A State is what a recording shows of the session id over the login.
type State string

const (
	Kept         State = "kept"           // the id was the same before the login and after it
	Replaced     State = "replaced"       // the login gave a new one
	OnlyAtLogin  State = "only at login"  // there was none before
	SealedChange State = "encrypted"      // the value changed, and what is in it cannot be seen
	NoID         State = "no id"          // the cookie is the session, signed data
	Ambiguous    State = "ambiguous"      // several cookies look like the session, and they do not agree
	NoSession    State = "no session"     // no cookie of the recording looks like one
	NoLoginSeen  State = "no login seen"  // no request of the recording is a login that went through
	NoCookieSeen State = "no cookie seen" // the recording was made without cookies
)

// An Observed is all that a recording shows without anything being sent: what a page or a
// command prints from top to bottom. No sentence in it holds a value that is not masked.
type Observed struct {
	State    State
	Says     string     // the answer, in at most three sentences; never that a login is secure
	Prove    string     // what to do to find out what the answer leaves open, a sentence
	Evidence []Evidence // for Says

	Session   []string // the names of the cookies that carry the session, as far as can be seen
	Sure      bool     // they were recognised by shape and name; else it is a guess
	SureWhy   string   // what the choice rests on, a sentence
	Framework string   // as recognised, "" where it was not
	Site      string   // the host that the report is about

	Line    []Point  // the time line: the exchanges with Site, uneventful ones drawn together
	Cookies []Row    // the cookies of Site: the session's first
	Faults  []Result // weaknesses that need no attack to be seen, see Attributes
	Routes  []Way    // see Routes
	Notes   []Note   // what often leads astray, and is so here
	Limits  []string // what this recording cannot show, a sentence each
	Private string   // the path that was taken for a private page, "" for none
	Play    string   // the nearest run of the lab: a play's words; "" where there is none
	Command string   // the command that would tell the rest, for a shell
	Spilled []string // where the recording holds what looks like a password
	Broken  []string // what of it could not be read
}

// A Moment is what an exchange does to a session.
type Moment string

const (
	Plain        Moment = ""
	Login        Moment = "login"
	LoginFailed  Moment = "login that failed"
	SecondFactor Moment = "second factor"
	LoginAgain   Moment = "login again"
	Logout       Moment = "logout"
	Callback     Moment = "return from another login" // of OAuth, OpenID Connect, SAML or CAS
)

// A Point is an exchange on the time line, or several alike.
type Point struct {
	Exchange int    // the first
	Count    int    // how many it stands for
	Request  string // "POST /login"
	Status   int
	Moment   Moment
	Sent     Masked // the session's value in the request
	Got      Masked // the value that the answer sets
	Gone     bool   // the answer deletes the cookie
	Private  bool   // it is a private page, shown
}

// A Row is a cookie in the table.
type Row struct {
	Name     string
	Role     string       // token.Role
	Session  bool         // it is one of Observed.Session
	Format   string       // the shape, "" for none that is known
	Start    Masked       // the value before the login
	Login    Masked       // after the login
	Again    Masked       // after the second login
	Logout   Masked       // after the logout, where answers were recorded
	Line     string       // how it was set last with a value, masked; "" where that was not seen
	Set      cookie.Entry // as that line reads, without the value
	Exchange int          // whose answer set it so, -1 for none
	Size     int          // name and value in bytes, at most
	Findings []Finding
}

// A Finding is one requirement on a cookie.
type Finding struct {
	Ref   Reference
	Says  string // a sentence
	Fault bool   // the requirement is not met, as far as it applies to this cookie
}

// A Note is one of the things that lead observers astray, seen in this recording.
type Note struct {
	Trap     int // its number in the list of the audit's traps
	Says     string
	Evidence []Evidence
}
