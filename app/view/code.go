package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/server"
)

// source shows a file of the server as it is compiled. The lit line is the one
// that the step is about; a bar marks every line that ran in it.
type source struct {
	Trace *lab.Trace
	Step  int
	File  string
	Lit   int
}

func (s source) ui() app.UI {
	lines := sourceLines(s.File)
	marked := words.Ran(s.Trace, s.Step, s.File)
	rest := -1 // the line to keep in view when none is lit
	if s.Lit == 0 {
		rest = loginLine(lines)
	}
	return codeList(s.File, lines, marked, s.Lit, rest)
}

// codeList shows a file. ran and lit count from 1, rest from 0.
func codeList(file string, lines []string, ran []int, lit, rest int) app.UI {
	return node("ol", "id=code", "class=code whole-file", "data-scrolls=code", "data-file="+file, "aria-label="+text.T("code.of", "file", file)).Body(
		each(len(lines), func(i int) app.UI {
			_, ran := slices.BinarySearch(ran, i+1)
			return &codeLine{N: i + 1, Text: lines[i], Ran: ran, Lit: i+1 == lit, Rest: i == rest}
		})...,
	)
}

// sourceLines returns the lines of a file of the server.
func sourceLines(file string) []string {
	b, err := server.Source.ReadFile(file)
	if err != nil {
		return []string{err.Error()}
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

type codeLine struct {
	app.Compo
	N        int
	Text     string
	Ran, Lit bool
	Rest     bool // in view while no line is lit
}

// loginLine returns the index of the line at which a server's login begins, -1
// when the file has none.
func loginLine(lines []string) int {
	return slices.IndexFunc(lines, func(l string) bool {
		return strings.HasPrefix(l, "func ") && strings.Contains(l, ") Login(")
	})
}

func (l *codeLine) Render() app.UI {
	class, note := "line", ""
	if l.Ran {
		class, note = class+" ran", " "+text.T("code.ran")
	}
	if l.Lit {
		class, note = class+" lit", " "+text.T("code.lit")
	}
	if l.Rest {
		class += " rest"
	}
	if s := strings.TrimSpace(l.Text); strings.HasPrefix(s, "//") || strings.HasPrefix(s, "#") {
		class += " comment"
	}
	// The number and the arrow are the style sheet's: a file has many lines.
	return node("li", "class="+class, "data-n="+strconv.Itoa(l.N)).Body(
		txt("code", "", strings.ReplaceAll(l.Text, "\t", "    ")),
		when(note != "", func() app.UI { return txt("span", "vh", note) }),
	)
}
