package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
)

// A picture is drawn beside what a simulated page is about.
type picture struct {
	label, box, fit string
	shapes          []shape
}

// A shape is a path in one of the five greys --art0 to --art4: filled, or a line where
// it has a width.
type shape struct {
	grey  int
	d     string
	width string
}

// pictures are the drawings by the heading that they belong to.
var pictures = map[string]picture{
	"Kettle": {"kettle", "0 0 160 120", "xMidYMid meet", []shape{
		{0, "M-1200-300h2560v420h-2560z", ""},
		{1, "M-1200 92h2560v400h-2560z", ""},
		{2, "M38 98a44 5 0 0 1 88 0 44 5 0 0 1-88 0z", ""},
		{4, "M52 46h56l8 46a6 6 0 0 1-6 6H50a6 6 0 0 1-6-6z", ""},
		{3, "M52 46h12l-6 52h-8a6 6 0 0 1-6-6z", ""},
		{4, "M46 56L28 46l-4 6 20 22z", ""},
		{4, "M108 50c22-2 26 30 7 36", "7"},
		{3, "M56 46c2-12 46-12 48 0z", ""},
		{4, "M75 33a5 5 0 0 1 10 0 5 5 0 0 1-10 0z", ""},
	}},
	"Ten days in Lisbon": {"tram", "0 -40 480 150", "xMidYMax slice", []shape{
		{0, "M0-90h480v200H0z", ""},
		{1, "M281-10a13 13 0 0 1 26 0 13 13 0 0 1-26 0zM0 64l60-26 50 22 70-40 66 34 58-22 80 36 96-30v72H0z", ""},
		{2, "M20 52h44v58H20zM70 42h36v68H70zM112 58h40v52h-40zM330 50h42v60h-42zM378 40h36v70h-36zM420 56h44v54h-44z", ""},
		{0, "M28 60h8v10h-8zM46 60h8v10h-8zM78 52h8v10h-8zM92 52h8v10h-8zM78 70h8v10h-8zM92 70h8v10h-8zM120 68h8v10h-8zM136 68h8v10h-8z" +
			"M338 60h8v10h-8zM356 60h8v10h-8zM386 52h8v10h-8zM400 52h8v10h-8zM428 66h8v10h-8zM446 66h8v10h-8z", ""},
		{4, "M188 46h108a6 6 0 0 1 6 6v44H182V52a6 6 0 0 1 6-6z", ""},
		{1, "M194 54h20v18h-20zM220 54h20v18h-20zM246 54h20v18h-20zM272 54h20v18h-20z", ""},
		{3, "M182 80h120v5H182z", ""},
		{4, "M203 98a7 7 0 0 1 14 0 7 7 0 0 1-14 0zM267 98a7 7 0 0 1 14 0 7 7 0 0 1-14 0z", ""},
		{4, "M242 46l16-22h24", "3"},
		{3, "M0 22c160 8 320 8 480-2", "1.5"},
		{3, "M0 105h480", "2"},
	}},
}

// bag is the mark of the shop, drawn as a line on 24 by 24.
const bag = "M5 8h14l1 12H4zM9 10.5V7a3 3 0 0 1 6 0v3.5"

func (p picture) ui() app.UI {
	drawing := with(svg("svg"), "viewBox="+p.box, "preserveAspectRatio="+p.fit, "role=img", "aria-label="+text.T("art."+p.label), "focusable=false")
	return el("div", "pic", drawing.Body(each(len(p.shapes), func(i int) app.UI {
		s := p.shapes[i]
		class := "fill" + string(rune('0'+s.grey))
		if s.width != "" {
			return with(svg("path"), "class=line"+class[4:], "stroke-width="+s.width, "d="+s.d)
		}
		return with(svg("path"), "class="+class, "d="+s.d)
	})...))
}

// shopMark draws the bag.
func shopMark() app.UI {
	return with(svg("svg"), "class=bag", "width=1em", "height=1em", "viewBox=0 0 24 24", "aria-hidden=true", "focusable=false").Body(with(svg("path"), "d="+bag))
}
