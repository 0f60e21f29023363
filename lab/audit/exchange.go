// Package audit answers the question that follows the lessons: does this login keep the
// session id? It is pure: exchanges in, a report out, and for the active run the plan
// and the judgement as values. Who sends requests, reads files and prints is elsewhere.
//
// Nothing here says that a login is secure. An audit says what it saw, what it could
// not see, and which exchange shows it.
package audit

import "time"

// An Exchange is one request and its answer as far as an audit needs it. Bodies, the
// values of posted fields and of the query are not in it: who makes one leaves them out.
type Exchange struct {
	At       time.Duration // since the first exchange of the recording
	Method   string        // "GET"
	URL      string        // absolute, without user and fragment; the query's names stay, their values are gone: "https://shop.test/login?next="
	Cookies  []Pair        // of the Cookie header, in its order, duplicates included
	Set      []string      // the lines of Set-Cookie, in their order
	Status   int           // 0: there is no answer
	Location string        // as URL; "" where the answer has none
	Fields   []string      // names of what was posted, of a form or of the top of a JSON object
	Bearer   bool          // the request has an Authorization header
	HSTS     string        // the value of Strict-Transport-Security, "" for none
	Cache    string        // the value of Cache-Control, "" for none
}

// A Pair is a cookie as a request carries it.
type Pair struct{ Name, Value string }

// A Recording is what a file or a paste held.
type Recording struct {
	Exchanges []Exchange
	Kind      Kind
	Lacks     Lack
	Passwords []string // where the source holds what looks like a password: "request 4, field password". Never the value
	Problems  []string // parts that could not be read, each with its place
}

// A Kind is a form in which exchanges come.
type Kind string

const (
	HAR     Kind = "HAR"
	CURL    Kind = "cURL commands"
	Verbose Kind = "curl -v"
	Raw     Kind = "raw HTTP"
	Table   Kind = "cookie table"
	Live    Kind = "live"
)

// A Lack is what a recording cannot show, whatever is in it.
type Lack uint8

const (
	NoCookies    Lack = 1 << iota // the cookies were taken out: a sanitised HAR
	NoAnswers                     // requests only: ids yes, attributes no
	NoRequests                    // answers only
	NoAttributes                  // Set-Cookie without its attributes
	NoOrder                       // a table of one moment, no sequence
)

// Has reports whether all of what is in l.
func (l Lack) Has(what Lack) bool { return l&what == what }
