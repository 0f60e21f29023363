package view

import (
	"cmp"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/script"
)

// strokes are the icons of the page, drawn on 24 by 24 as lines.
var strokes = map[string]string{
	"help":    "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M9.3 9.5a2.7 2.7 0 1 1 3.9 2.4c-.8.4-1.2 1-1.2 1.9M12 17h.01",
	"bag":     "M5 8h14l1 12H4zM9 10.5V7a3 3 0 0 1 6 0v3.5",
	"mallory": "M3 10.5h18M6.5 10.5L8 4.5h8l1.5 6M5 15a3 3 0 0 0 6 0zM13 15a3 3 0 0 0 6 0zM11 15h2",
	"alice":   "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20.5c.7-4.5 3.6-6.5 7.5-6.5s6.8 2 7.5 6.5",
	"server":  "M3 4h18v6H3zM3 14h18v6H3zM6.5 7h.01M6.5 17h.01M10 7h8M10 17h8",
	"back":    "M15 5l-7 7 7 7",
	"next":    "M9 5l7 7-7 7",
	"down":    "M5 9l7 7 7-7",
	"up":      "M5 15l7-7 7 7",
	"reload":  "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
	"lock":    "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	"open":    "M6 11h12v9H6zM8.5 11V7a3.5 3.5 0 0 1 6.8-1",
	"doc":     "M5 4h14v16H5zM8 9h8M8 13h8M8 17h5",
	"cookie":  "M12 3a9 9 0 1 0 9 9 4 4 0 0 1-5-4 4 4 0 0 1-4-5M8.5 9.5h.01M9 15h.01M14.5 15.5h.01",
	"flag":    "M5 21V4h13l-3 4 3 4H5",
	"shield":  "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
	"turn":    "M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3",
	"warn":    "M12 4l9 16H3zM12 10v4M12 17h.01",
	"minus":   "M5 12h14",
	"more":    "M5 11h2v2H5zM11 11h2v2h-2zM17 11h2v2h-2z",
	"first":   "M18 5l-7 7 7 7M7 5v14",
	"last":    "M6 5l7 7-7 7M17 5v14",
	"play":    "M7 4.5l12 7.5-12 7.5z",
	"pause":   "M8 5v14M16 5v14",
	"close":   "M6 6l12 12M18 6L6 18",
	"check":   "M5 12.5l4.5 4.5L19 7.5",
	"grid":    "M4 4h16v16H4zM4 9.3h16M4 14.7h16M9.3 4v16M14.7 4v16",
	"compass": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M15.5 8.5l-2 5-5 2 2-5z",
	"split":   "M4 4h7v16H4zM13 4h7v16h-7z",
	"scale":   "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6.5h5zM19 7l-2.5 6.5h5z",
	"copy":    "M9 8h11v12H9zM15 8V4H4v12h5",
	"pen":     "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
	"plus":    "M12 5v14M5 12h14",
	"undo":    "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3",
	"redo":    "M16 5l4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h3",
	"link":    "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
	"code":    "M9 7l-5 5 5 5M15 7l5 5-5 5",
	"hide":    "M4 4l16 16M9.5 6a9 9 0 0 1 2.5-.4c6 0 9.5 6.4 9.5 6.4a17 17 0 0 1-3 3.6M6.3 7.8A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.5-1.2",
	"eye":     "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5",
	"screen":  "M3 4h18v12H3zM8 20h8M12 16v4",
}

// stroke draws such an icon as large as the text.
func stroke(name string) app.UI {
	return svg("svg").Class("i").Attr("viewBox", "0 0 24 24").Attr("width", "20").Attr("height", "20").Attr("aria-hidden", "true").Attr("focusable", "false").
		Body(svg("path").Attr("d", strokes[name]))
}

// keyShapes are the chips' shapes on 12 by 12.
var keyShapes = [...]string{"M6 1l5.5 10h-11z", "M6 1a5 5 0 1 1 0 10 5 5 0 0 1 0-10", "M1 1h10v10H1z", "M6 0l6 6-6 6-6-6z"}

// key draws the chip of a session id by its number; size is "", "l" or "gone".
func key(n int, size string) app.UI {
	k := (n - 1) % len(keyShapes)
	class := "chip k" + strconv.Itoa(k+1)
	if size != "" {
		class += " " + size
	}
	return el("span", class,
		svg("svg").Attr("viewBox", "0 0 12 12").Attr("width", "12").Attr("height", "12").Attr("aria-hidden", "true").Body(svg("path").Attr("d", keyShapes[k])),
		app.Text("K"+strconv.Itoa(n)))
}

// faceBar is the bar on top: where one is, and the ways in.
type faceBar struct {
	app.Compo
	Number, Of int      // of the lesson in the course
	Title      string   // its title
	Mode       string   // the way in that is shown: "learn", "play" or "reference"
	Play       string   // the link to what Play shows
	Present    string   // the link that shows the same to a class
	Menu       bool     // the list of lessons is open
	First      bool     // the very first view: it names no lesson yet
	Current    string   // the lesson, by name
	Done       []string // the lessons that were gone through, by name
	Keeps      bool     // the list of lessons has the progress to keep
	Forgets    bool     // it was asked once to forget it
	Class      string   // the name of the learner's class, "" for none
	Page       string   // of Reference only: the page that is shown

	// Of Play only:
	Lesson  string // the name of the lesson that is played
	Lessons []*script.Scenario
	Goal    string   // the challenge that is played
	Solved  []string // the challenges that are solved
	Last    string   // the link to the script that she wrote last

	// Of Play and Reference:
	Learn string // the link back to where she was in the course
	More  bool   // what else can be done is listed
}

func (b *faceBar) Render() app.UI {
	way := func(mode, link, title string) app.UI {
		a := node("a", "href=#"+link, "id=way-"+mode).Text(title)
		switch {
		case mode == b.Mode && b.Page != "" && b.Page != mode: // below it
			a = a.Attr("aria-current", "true")
		case mode == b.Mode:
			a = a.Attr("aria-current", "page")
		}
		return a
	}
	return node("header", "class=bar").Body(
		node("a", "class=brand", "href=#learn", "tabindex="+b.brandStop()).Body(brandMark(), txt("span", "name", text.T("app.name"))),
		when(b.Lesson != "", func() app.UI {
			return &memo[picker]{Part: picker{b.Lessons, b.Lesson, b.Title, b.Goal, b.Solved, b.Last}}
		}),
		when(!b.First && b.Mode == "learn", func() app.UI {
			label := text.T("learn.open", "n", b.Number, "of", b.Of, "title", b.Title)
			return node("div", "class=whereabouts").On("focusout", b.left).Body(
				node("button", "type=button", "class=where", "id=lessons", "aria-expanded="+yes(b.Menu), "aria-controls=lesson-list", "aria-label="+label).Body(
					txt("span", "quiet", text.T("learn.place", "n", b.Number, "of", b.Of)), txt("span", "wide", b.Title), stroke("down"),
				).OnClick(b.menu),
				when(b.Menu, func() app.UI {
					return lessonList(b.Current, b.Done, when(b.Keeps, func() app.UI { return keeping(b.Forgets, b.Class) }))
				}),
			)
		}),
		when(b.Mode == "teach", func() app.UI { return txt("span", "where", text.T("page.teach")) }),
		when(b.First, func() app.UI { return txt("span", "quiet tagline", text.T("app.does")) }),
		el("span", "push"),
		node("nav", "class=nav", "aria-label="+text.T("app.ways")).Body(
			way("learn", cmp.Or(b.Learn, "learn"), text.T("app.learn")),
			way("play", b.Play, text.T("app.play")),
			way("reference", "reference", text.T("app.reference")),
		),
		b.present(),
		when(b.Mode != "learn", b.more),
		node("button", "type=button", "class=btn icon plain", "id=show-help", "aria-label="+text.T("app.help")).Body(stroke("help")).OnClick(b.help),
	)
}

// present shows the same to a class. On the very first view it is an icon.
func (b *faceBar) present() app.UI {
	to := node("a", "id=way-present", "class=btn small plain wide", "href=#"+b.Present)
	if b.First {
		return to.Body(stroke("screen"), txt("span", "vh", text.T("app.present")))
	}
	return to.Text(text.T("app.present"))
}

// brandStop keeps the brand out of the way of the Tab key: Learn is two stops on.
func (b *faceBar) brandStop() string {
	if b.Mode != "learn" {
		return "-1"
	}
	return ""
}

// left closes the list of lessons when the focus has left it.
func (b *faceBar) left(ctx app.Context, e app.Event) {
	if to := e.Get("relatedTarget"); b.Menu && to.Truthy() && !ctx.JSSrc().Call("contains", to).Bool() {
		send(ctx, page.LessonsLeft{})
	}
}

func (b *faceBar) menu(ctx app.Context, _ app.Event) { send(ctx, page.Lessons(!b.Menu)) }
func (b *faceBar) help(ctx app.Context, _ app.Event) { send(ctx, page.Help(true)) }

func brandMark() app.UI {
	return svg("svg").Class("i").Attr("viewBox", "0 0 24 24").Attr("width", "24").Attr("height", "24").Attr("aria-hidden", "true").Body(
		svg("rect").Attr("x", "2.5").Attr("y", "2.5").Attr("width", "19").Attr("height", "19").Attr("rx", "4"),
		svg("path").Attr("d", "M12 7l5 9.5H7z").Attr("fill", "currentColor"))
}
