package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/server/listing"
)

// An extract is a few lines of a file around one that is lit.
type extract struct {
	File    string
	From    int // the first of Lines, from 1
	Lines   []string
	Lit     int    // from 1
	State   string // of the lit line: "off" at a switch that is off
	Caption string // which line of the file that runs this is
}

// excerptLines is how many lines of code stand beside a step.
const excerptLines = 5

// codeAt returns the lines of the server around the one that a step is about: in the
// framework's own language where there is a listing, else the Go that runs.
func codeAt(t *lab.Trace, step int) (extract, bool) {
	told, line, ok := words.Telltale(t, step)
	if !ok {
		return extract{}, false
	}
	if other, is := listing.For(t.Scenario.Profile); is {
		if lit := words.InListing(other, t, step, told); lit > 0 {
			return extractOf(other.File, other.Lines(), lit, text.T("code.same", "language", other.Language, "file", line.String())), true
		}
	}
	x := extractOf(line.File, sourceLines(line.File), line.Line, text.T("code.runs", "file", line.String()))
	if told.Kind == event.Ask && !told.On { // in theirs nobody asks
		x.State = text.T("code.off")
	}
	return x, true
}

// extractOf returns the lines of a file around one of them, with that caption.
func extractOf(file string, lines []string, lit int, caption string) extract {
	from := max(0, min(lit-1-excerptLines/2, len(lines)-excerptLines))
	return extract{File: file, From: from + 1, Lines: dedent(lines[from:min(len(lines), from+excerptLines)]), Lit: lit, Caption: caption}
}

// dedent takes from every line the white space that all of them begin with.
func dedent(lines []string) []string {
	out, least := make([]string, len(lines)), -1
	for i, l := range lines {
		out[i] = strings.ReplaceAll(l, "\t", "    ")
		if s := strings.TrimLeft(out[i], " "); s != "" && (least < 0 || len(out[i])-len(s) < least) {
			least = len(out[i]) - len(s)
		}
	}
	for i := range out {
		out[i] = out[i][min(max(least, 0), len(out[i])):]
	}
	return out
}

func (x extract) lines() app.UI {
	return node("div", "class=code", "data-file="+x.File, "role=group", "aria-label="+text.T("code.of", "file", x.File)).Body(each(len(x.Lines), func(i int) app.UI {
		class, note := "ln", ""
		var here app.UI
		if x.From+i == x.Lit {
			class, note, here = "ln lit", x.State, txt("span", "vh", text.T("code.here")+" ")
		}
		return el("div", class, here, txt("span", "n", text.T("learn.number", "n", x.From+i)), txt("code", "", x.Lines[i]), txt("span", "note", note))
	})...)
}
