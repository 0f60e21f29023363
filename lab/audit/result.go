package audit

import "strings"

// A Verdict is what came of one check.
type Verdict string

const (
	Worked        Verdict = "worked"         // the attack worked, or the weakness is there
	DidNotWork    Verdict = "did not work"   // it was tried, under controls that held, and did not
	Held          Verdict = "held"           // a control came out as it must
	Inconclusive  Verdict = "inconclusive"   // it was tried, and nothing follows from it
	NotApplicable Verdict = "not applicable" // there is nothing to try here, and Because says what is missing
	NotTried      Verdict = "not tried"      // it was left out, and Because says why
)

// A Class is what a check's having worked means.
type Class string

const (
	Control  Class = "control"  // it must come out right before anything else counts
	Attack   Class = "attack"   // somebody else is in the victim's account
	Weakness Class = "weakness" // a rule is broken that would have limited harm
)

// A Reference is a requirement that a check is about.
type Reference struct {
	ID    string // "ASVS 5.0 7.2.4", "CWE-384", "WSTG-SESS-03"
	Title string // in the words of this lab
}

// An Evidence is one thing that was seen: in which exchange, and what.
type Evidence struct {
	Exchange int    // its place in the transcript, from 0; -1: no single one
	Request  string // "POST /login"
	Status   int
	Says     string // what was seen, values masked
}

// A Result is one check and what came of it.
type Result struct {
	ID       string // "F1"
	Title    string // what is tried, as a short sentence without a full stop
	Class    Class
	Verdict  Verdict
	Asked    bool   // of one that was not tried: it was asked for, and left out all the same
	Because  string // a sentence
	Cause    string // what in the server makes this work, a sentence; "" unless it worked
	Mend     string // the lines that mend it in the recognised framework; "" where none is known
	Play     string // how the lab shows the same: a play's words, "any-route/none@express-session"; "" for none
	Refs     []Reference
	Cookies  []string // the names that it is about
	Evidence []Evidence
}

// A DocumentFinding is something in a document that describes the server: what it leaves out of a
// login and its cookies, or what it says and the server does not do.
type DocumentFinding struct {
	Rule  string // "login-issues-new"
	Title string // what the rule asks for, as a short sentence without a full stop
	File  string // as the document was named
	Line  int    // from 1
	Says  string // sentences, without line numbers
	Refs  []Reference
}

// Says is what was tried, and why it came out as it did, in sentences.
func (r Result) Says() string { return r.Title + ". " + r.Because }

// About names the requirements that r is about: "ASVS 5.0 3.3.4, CWE-1004".
func (r Result) About() string { return ids(r.Refs) }

// About is like Result's.
func (f DocumentFinding) About() string { return ids(f.Refs) }

func ids(refs []Reference) string {
	var list []string
	for _, r := range refs {
		list = append(list, r.ID)
	}
	return strings.Join(list, ", ")
}

// An Ending is what a whole audit comes to.
type Ending string

const (
	Vulnerable     Ending = "vulnerable" // an attack worked
	Weak           Ending = "weak"       // no attack worked; a weakness was seen
	NoAttackWorked Ending = "no attack worked"
	Unsettled      Ending = "inconclusive"
	NoLogin        Ending = "no login" // the login did not work
	Unreachable    Ending = "unreachable"
	OnlyRead       Ending = "document only" // no server was asked: a document was read
)

// A Report is a whole active audit, or what was read in a document without one.
type Report struct {
	Target    string // the URL as it was asked for
	Ending    Ending
	Because   string            // one sentence
	Session   []string          // the cookies that carry the session, found by leaving others out
	Framework string            // as recognised, "" where it was not
	Results   []Result          // in the order of the plan
	Planting  []string          // how somebody else could put a session cookie into a browser, a sentence each
	Document  string            // the file that describes the server, "" for none
	Findings  []DocumentFinding // in Document, by line
	Exchanges []Exchange
	Logins    int // tried, wrong passwords included
	Requests  int
	Seconds   float64
}
