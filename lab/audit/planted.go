package audit

import "strings"

// Planted says in one sentence by which of the lab's routes a browser without a cookie of
// the site would take a planted one, and by which not; "" where nothing was computed. Which
// ones are open is the site's own affair: a program can plant anything.
func Planted(ways []Way, browser string) string {
	var in, out []string
	for _, w := range ways {
		switch {
		case w.Browser != browser:
		case w.Empty.Fate == Lands, w.Empty.Fate == Shadows:
			in = append(in, w.Route)
		case w.Empty.Fate == Stopped:
			out = append(out, w.Route)
		}
	}
	if in == nil && out == nil {
		return ""
	}
	none := func(list []string) string {
		if list == nil {
			return "none"
		}
		return strings.Join(list, ", ")
	}
	return "Of the lab’s routes these would plant such a cookie in " + browser + ": " + none(in) + ". These would not: " + none(out) + "."
}
