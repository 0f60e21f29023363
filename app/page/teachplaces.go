package page

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"fixlab/app/class"
	"fixlab/app/text"
	"fixlab/scenarios"
	"fixlab/scenarios/plans"
)

// A Place is what an item of a running order can open, or a learner by a link.
type Place struct {
	Link  string // as plans.Item has it
	Short string // a few letters, as "3" of challenge 3
	Title string
}

// A PlaceGroup is places of one kind.
type PlaceGroup struct {
	Title  string
	Places []Place
}

// Places are the lessons as they are presented, the challenges, and the pages to print.
// They are put together once, and nobody writes to them.
func Places() []PlaceGroup {
	allPlaces.Do(func() { allPlaces.groups = places() })
	return allPlaces.groups
}

var allPlaces struct {
	sync.Once
	groups []PlaceGroup
}

func places() []PlaceGroup {
	lessons := PlaceGroup{Title: text.T("teach.lessons")}
	for i, s := range Course() {
		n := strconv.Itoa(i + 1)
		lessons.Places = append(lessons.Places, Place{presentWord + s.Name, n, text.T("teach.lesson", "n", i+1, "title", s.Title)})
	}
	challenges := PlaceGroup{Title: text.T("teach.challenges")}
	for i, s := range class.Challenges() {
		for part := range s.Course.Goals {
			p := Place{LinkToGoal(Task{Challenge: s, N: part}.ID()), strconv.Itoa(i + 1), text.T("goal.numbered", "n", i+1, "title", s.Title)}
			if len(s.Course.Goals) > 1 {
				p.Short += "." + strconv.Itoa(part+1)
				p.Title = text.T("goal.numbered-part", "n", i+1, "part", part+1, "title", s.Title)
			}
			challenges.Places = append(challenges.Places, p)
		}
	}
	print := PlaceGroup{Title: text.T("teach.print")}
	for _, name := range plans.Files {
		title := text.T("teach.file." + strings.TrimSuffix(name, ".html"))
		print.Places = append(print.Places, Place{name, title, title})
	}
	return []PlaceGroup{lessons, challenges, print}
}

// ClassPlaces are what a learner opens by a link: the lessons and the challenges.
func ClassPlaces() []PlaceGroup {
	all := slices.Clone(Places()[:2])
	all[0].Places = slices.Clone(all[0].Places)
	for i, p := range all[0].Places {
		all[0].Places[i].Link = "learn/" + strings.TrimPrefix(p.Link, presentWord)
	}
	return all
}

const presentWord = PresentPage + "/"

// placeOf returns the place of a link; of one that is none of Places it is the link itself.
func placeOf(link string) Place {
	for _, g := range Places() {
		for _, p := range g.Places {
			if p.Link == link {
				return p
			}
		}
	}
	return Place{link, link, link}
}

// PlaceShort and PlaceTitle name what a link opens.
func PlaceShort(link string) string { return placeOf(link).Short }
func PlaceTitle(link string) string { return placeOf(link).Title }

// PlacesTitle names what the links of an item open.
func PlacesTitle(links string) string {
	var all []string
	for _, l := range strings.Fields(links) {
		all = append(all, PlaceTitle(l))
	}
	return strings.Join(all, ", ")
}

// PlaceHref is the address of what a link opens. It is not ok where that is none of the lab's
// own places, or something in one of them: who wrote the running order may be anybody, and
// whoever presses Open would be in another class, or have a script on the wall that she has
// not read.
func PlaceHref(link string) (href string, ok bool) {
	if slices.Contains(plans.Files, link) {
		return link, true
	}
	within := func(p Place) bool { return link == p.Link || strings.HasPrefix(link, p.Link+"/") }
	for _, g := range slices.Concat(Places()[:2], ClassPlaces()) {
		ok = ok || slices.ContainsFunc(g.Places, within)
	}
	if run, is := strings.CutPrefix(link, "1/"); is { // of a lesson
		lesson, _, _ := strings.Cut(run, "/")
		_, err := scenarios.Get(lesson)
		ok = err == nil && !scenarios.IsOwn(lesson)
	}
	return "#" + link, ok
}
