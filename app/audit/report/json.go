//go:build !wasm

package report

import (
	"encoding/json"
	"io"

	"fixlab/lab/audit"
)

// Format and Version say what JSON writes. A program may rely on every key of one version;
// new keys may come without a new one.
const (
	Format  = "fixlab-audit"
	Version = 1
)

// A document is the JSON of a report. No list is null, and no key is left out but "left".
type document struct {
	Format    string     `json:"format"`    // "fixlab-audit"
	Version   int        `json:"version"`   // 1
	Target    string     `json:"target"`    // the URL as it was asked for
	Ending    string     `json:"ending"`    // audit.Ending
	Because   string     `json:"because"`   // one sentence
	Planting  []string   `json:"planting"`  // how somebody else could put a session cookie into a browser
	Session   []string   `json:"session"`   // names of the cookies that carry the session
	Framework string     `json:"framework"` // "" where it was not recognised
	Results   []result   `json:"results"`
	Document  string     `json:"document"` // the file that describes the server, "" for none
	Findings  []finding  `json:"findings"`
	Exchanges []exchange `json:"exchanges"`
	Logins    int        `json:"logins"`
	Requests  int        `json:"requests"`
	Seconds   float64    `json:"seconds"`
}

type result struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	Class    string      `json:"class"`   // audit.Class
	Verdict  string      `json:"verdict"` // audit.Verdict
	Asked    bool        `json:"asked"`   // not tried, although it was asked for
	Because  string      `json:"because"`
	Cause    string      `json:"cause"`
	Mend     string      `json:"mend"` // lines of source
	Play     string      `json:"play"` // words for "fixlab play"
	Refs     []reference `json:"refs"`
	Cookies  []string    `json:"cookies"`
	Evidence []evidence  `json:"evidence"`
}

type reference struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type finding struct {
	Rule  string      `json:"rule"`
	Title string      `json:"title"` // what the rule asks for
	File  string      `json:"file"`
	Line  int         `json:"line"` // from 1
	Says  string      `json:"says"`
	Refs  []reference `json:"refs"`
}

type evidence struct {
	Exchange int    `json:"exchange"` // its place in exchanges, from 0; -1 for none
	Request  string `json:"request"`
	Status   int    `json:"status"`
	Says     string `json:"says"`
}

type exchange struct {
	At       float64  `json:"at"` // seconds since the first
	Method   string   `json:"method"`
	URL      string   `json:"url"`
	Cookies  []pair   `json:"cookies"` // of the request
	Set      []string `json:"set"`     // lines of Set-Cookie
	Status   int      `json:"status"`  // 0: no answer
	Location string   `json:"location"`
	Fields   []string `json:"fields"` // names of what was posted
	Bearer   bool     `json:"bearer"`
	HSTS     string   `json:"hsts"`
	Cache    string   `json:"cache"`
	Left     int      `json:"left,omitempty"` // cookies that the lists leave out
}

type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// JSON writes r as one object; report.md says what is in it. Cookie values are masked
// unless o.Values.
func JSON(w io.Writer, r audit.Report, o Options) error {
	text, err := json.MarshalIndent(copied(r, o.Values), "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n')) // in one piece, see the door of the commands
	return err
}
