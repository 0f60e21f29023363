package view

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// TestWhyByName: a switch that only changes the name that the script writes stands apart,
// and what comes of the new name right beside it.
func TestWhyByName(t *testing.T) {
	m, _ := page.Start("1/signed-id-toss/none/1", page.Settings{})
	ending := func(o event.Outcome) survey.Ending { return survey.Ending{Outcome: o} }
	alone := survey.Otherwise{Throw: defence.Rotate, On: defence.Rotate, To: ending(event.Defended)}
	name := survey.Named{
		Otherwise: survey.Otherwise{Throw: defence.SecurePrefix, On: defence.SecurePrefix, To: ending(event.Defended)},
		Was:       "sid", New: "__Secure-sid", Ends: ending(event.Hijacked),
	}
	const apart = "Only because this script calls the cookie sid:“__Secure- cookie name” on: stopped. With the new name in the script, __Secure-sid, it ends: hijacked. Compare"
	for _, test := range []struct {
		why  survey.Why
		want string
	}{
		{survey.Why{Alone: []survey.Otherwise{alone}, ByName: []survey.Named{name}}, "One switch alone:“Rotate the session key at login” on: stopped. Compare" + apart},
		{survey.Why{ByName: []survey.Named{name}}, apart},
		{survey.Why{}, "Nothing: with every set of the switches that are explored it ends the same."},
	} {
		b := &because{Trace: m.Trace, Link: m.LinkAt(0), Open: true, Found: &test.why}
		var text strings.Builder
		for _, ui := range b.changes(b.Found) {
			text.WriteString(app.HTMLString(ui))
		}
		got := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text.String(), ""))
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") } // it is written indented
		if bare(got) != bare(test.want) {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
