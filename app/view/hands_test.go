package view

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/lab/event"
)

// byHand draws Play as it stands.
func byHand(m page.Model) string {
	var b strings.Builder
	for _, ui := range handsView(m, lessons()) {
		b.WriteString(app.HTMLString(ui))
	}
	return b.String()
}

func after(m page.Model, msgs ...page.Msg) page.Model {
	for _, msg := range msgs {
		m, _ = m.Update(msg)
	}
	return m
}

// A script is drawn at each step of it, and before the first.
func TestHandsDrawn(t *testing.T) {
	m := page.ParseFragment("1/signed-id-toss/none/1")
	m = after(m, page.NewScript("signed-id"))
	if html := byHand(m); !strings.Contains(html, `id="script"`) || m.Notice != "" {
		t.Errorf("%s\n%s", m.Notice, html)
	}
	for _, msg := range []page.Msg{
		page.GoTo{Browser: event.Mallory, Address: "shop.example"},
		page.CopyCookie{Browser: event.Mallory, Index: 0},
		page.OpenSite(true),
		page.Template(0),
		page.Publish{URL: "https://evil.test/", Headers: "Set-Cookie: a=b"},
		page.OpenSite(false),
		page.EditCookie{Browser: event.Alice, Index: -1},
		page.CloseCookie{},
		page.OpenMenu(page.HabitMenu),
		page.Do{Browser: event.Alice, Line: "tab"},
		page.OpenMenu(page.ScriptMenu),
		page.Edit{Text: "nonsense", Caret: 3, Offer: true},
		page.TakeBack{},
		page.TakeBack{},
	} {
		if m = after(m, msg); m.Notice != "" {
			t.Errorf("%T: %s", msg, m.Notice)
		}
		byHand(m)
	}
	for _, l := range lessons() {
		m := after(page.ParseFragment("1/"+l.Name+"/none/1"), page.TakeOver{})
		if m.Notice != "" {
			t.Errorf("%s: %s", l.Name, m.Notice)
		}
		byHand(m)
	}
}
