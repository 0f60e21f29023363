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

// Of two cookies that differ only in whose sub-domains get them, each has buttons of its own.
func TestButtonsOfACookie(t *testing.T) {
	m := after(page.ParseFragment("1/signed-id-toss/none/1"), page.NewScript("signed-id"), page.Act{"alice get /"},
		page.Act{"mallory serve https://blog.shop.example/ Set-Cookie: $cookie=x; Domain=shop.example; Path=/"}, page.Act{"alice get https://blog.shop.example/"})
	html := byHand(m)
	for _, want := range []string{`id="copy-alice-0"`, `id="copy-alice-1"`, "of shop.example, path /", "of .shop.example, path /"} {
		if strings.Count(html, want) == 0 || strings.HasPrefix(want, "id=") && strings.Count(html, want) != 1 {
			t.Errorf("%s stands there %d times", want, strings.Count(html, want))
		}
	}
}

// A new script keeps the way back to the one before.
func TestLastScriptIsListed(t *testing.T) {
	m := after(page.ParseFragment("1/signed-id-toss/none/1"), page.NewScript("signed-id"), page.Act{"alice get /"})
	const last = ">My last script<"
	if strings.Contains(strings.Join(strings.Fields(byHand(m)), ""), strings.ReplaceAll(last, " ", "")) {
		t.Error("it is its own last one")
	}
	if m = after(m, page.NewScript("")); !strings.Contains(strings.Join(strings.Fields(byHand(m)), ""), strings.ReplaceAll(last, " ", "")) {
		t.Error("the script before is gone")
	}
}
