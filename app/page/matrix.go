package page

import (
	"slices"

	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// MatrixLesson is the lesson that the table plays over every route.
const MatrixLesson = scenarios.Open

// MatrixColumns are the table's columns: what the cookie is given, and how that is
// written; "" for nothing.
var MatrixColumns = [...]struct {
	Set     defence.Set
	Written string
}{
	{0, ""},
	{defence.HTTPOnly, "HttpOnly"},
	{defence.Secure, "Secure"},
	{defence.SameSiteStrict, "SameSite=Strict"},
	{defence.SecurePrefix, "__Secure-"},
	{defence.HostPrefix, "__Host-"},
	{defence.HostHTTPPrefix, "__Host-Http-"},
}

// ColumnTitle is what the i-th column is called.
func ColumnTitle(i int) string {
	if written := MatrixColumns[i].Written; written != "" {
		return written
	}
	return text.T("matrix.no-attribute")
}

// A Matrix is the table of what stops what, as far as it is played.
type Matrix struct {
	Cells []Observation // row by row, and from left to right
	asked int           // how many the page was asked to play
}

// A MatrixMsg is a message to the table.
type MatrixMsg interface{ matrix(Matrix) Matrix }

// An Observation is one cell: what Alice's login gets in each of the two browsers.
type Observation struct {
	Chromium, Firefox Sight
}

// A Sight is what one run brought to Alice's login.
type Sight struct {
	Delivery lab.Delivery // "" while it is not known
	Link     string       // to the run, at the step that shows it
}

// Differs reports whether the two browsers bring different values.
func (o Observation) Differs() bool { return o.Chromium.Delivery != o.Firefox.Delivery }

// MatrixSize is how many cells there are: each route twice, for an empty jar
// and for one with a cookie of the shop in it.
func MatrixSize() int { return len(scenarios.Routes) * 2 * len(MatrixColumns) }

// Observed is what the cells from From on have come to.
type Observed struct {
	From  int
	Cells []Observation
}

// Update returns x after msg.
func (x Matrix) Update(msg MatrixMsg) Matrix { return msg.matrix(x) }

func (o Observed) matrix(x Matrix) Matrix {
	if o.From == len(x.Cells) {
		x.Cells = slices.Concat(x.Cells, o.Cells)
	}
	return x
}

// observe has further cells played, a whole route at a time: to draw the table is
// work too.
func (x Matrix) observe() (Matrix, []Effect) {
	from := len(x.Cells)
	if from == MatrixSize() || x.asked > from {
		return x, nil
	}
	route := 2 * len(MatrixColumns)
	x.asked = from + route - from%route
	return x, []Effect{Observe{from, x.asked}}
}

// PlayCell plays the i-th cell: row by row, and from left to right.
func PlayCell(s *script.Scenario, i int) Observation {
	row, column := i/len(MatrixColumns), MatrixColumns[i%len(MatrixColumns)]
	setup := s.Setup
	setup.Route, setup.Visited = scenarios.Routes[row/2].Name, row%2 == 1
	in := func(browser cookie.Rules) Sight {
		setup.Browser = browser
		return look(s, setup, column.Set)
	}
	return Observation{Chromium: in(cookie.Chromium), Firefox: in(cookie.Firefox)}
}

// look plays s with that setup and those switches.
func look(s *script.Scenario, setup script.Setup, on defence.Set) Sight {
	played, err := scenarios.Arrange(s, setup)
	if err != nil {
		panic("the page: " + err.Error()) // every cell is played by a test
	}
	t, err := lab.Run(played, on)
	if err != nil {
		panic("the page: " + err.Error())
	}
	delivery, frame := t.Delivered()
	return Sight{delivery, LinkTo(Played(s, setup, on), frame)}
}

// differ counts the cells in which Firefox brings something else.
func (x Matrix) differ() int {
	n := 0
	for _, o := range x.Cells {
		if o.Differs() {
			n++
		}
	}
	return n
}

// InFirefox says in how many cells Firefox brings something else.
func (x Matrix) InFirefox() string {
	if n := x.differ(); n > 0 {
		return text.T("matrix.firefox-differs", "n", n)
	}
	return text.T("matrix.firefox-same")
}

// DeliveryWords says a delivery in the words of a cell, and its icon.
func DeliveryWords(d lab.Delivery) (word, symbol string) {
	switch d {
	case lab.Alone:
		return text.T("matrix.alone"), "open"
	case lab.Before:
		return text.T("matrix.before"), "first"
	case lab.After:
		return text.T("matrix.after"), "last"
	case lab.Blocked:
		return text.T("matrix.blocked"), "shield"
	}
	return text.T("matrix.unknown"), "warn"
}

// says is what the live region says when the table is complete.
func (x Matrix) says() string {
	if len(x.Cells) < MatrixSize() {
		return ""
	}
	blocked := 0
	for _, o := range x.Cells {
		if o.Chromium.Delivery == lab.Blocked {
			blocked++
		}
	}
	return text.T("matrix.say-complete", "n", len(x.Cells), "blocked", blocked) + " " + x.InFirefox()
}
