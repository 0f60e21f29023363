//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	qr "github.com/piglig/go-qr"

	"fixlab/app/class"
	"fixlab/scenarios/plans"
)

const taughtAt = "https://lab.example.org/"

// write types a text into a field.
func (b *tab) write(selector, text string) {
	b.t.Helper()
	b.eval(fmt.Sprintf("(() => { const e = document.querySelector(%q); e.focus(); e.select(); })()", selector), nil)
	b.run(chromedp.KeyEvent(text))
	b.settled()
}

// printed returns the text of the page on paper, and how many sheets it takes.
func (b *tab) printed() (text string, sheets int) {
	b.t.Helper()
	var pdf []byte
	b.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = devtools.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).Do(ctx)
		return err
	}))
	file := filepath.Join(b.t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		b.t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		b.t.Fatalf("pdftotext: %v; apt-get install poppler-utils", err)
	}
	return string(out), strings.Count(string(out), "\f")
}

// A running order is edited by keyboard, kept over a reload, sent as a link, and taken over
// where the link is opened.
func TestTeachOrder(t *testing.T) {
	t.Parallel()
	b := open(t, "#teach")
	b.is("location.hash", "#teach")
	b.is("document.querySelectorAll('.order tbody tr').length + document.title", "11Teach · Fixation Lab")
	b.click("#edit-plan")
	b.settled()
	b.is("document.activeElement.id", "plan-minutes")
	b.write("#plan-0-what", "Welcome")
	b.write("#plan-0-minutes", "9")
	b.is("document.querySelector('#plan-fits').innerText", "50 of 45 minutes: 5 minutes too many. If you are late, leave out * and save 4 minutes.")
	b.until("document.querySelector('#live').textContent === '50 of 45 minutes: 5 minutes too many.'")
	b.click("#plan-1-up")
	b.settled()
	b.is("document.activeElement.id + document.querySelector('#plan-1-what').value", "plan-0-downWelcome")
	b.press(kb.Enter)
	b.is("document.activeElement.id + document.querySelector('#plan-1-what').value", "plan-1-downLesson 1")
	b.click("#plan-10-cut")
	b.settled()
	b.is("document.querySelector('#told').innerText.split('\\n')[0] + document.querySelectorAll('.items li').length", "Deleted: Handout.10")
	b.click("#notice-undo")
	b.settled()
	b.is("document.querySelectorAll('.items li').length", "11")
	b.accessible("editing")
	b.click("#edit-plan")
	b.settled()
	b.is("document.activeElement.id + document.querySelector('.order tbody').innerText.startsWith('0\\tWelcome')", "edit-plantrue")
	b.run(chromedp.Reload())
	b.ready()
	b.is("document.querySelector('.order tbody').innerText.startsWith('0\\tWelcome')", "true")
	var kept string
	b.eval("localStorage.getItem('fixlab/1/plan')", &kept)
	p, err := plans.Parse(kept)
	if err != nil || p.Items[0].What != "Welcome" || p.Total() != 50 {
		t.Errorf("for the notes is kept %q: %v", kept, err)
	}
	b.click("#reset-plan")
	b.settled()
	b.is("document.querySelector('.order tbody').innerText.startsWith('0\\tWelcome')", "false")
	b.click("#notice-undo")
	b.settled()
	b.is("document.querySelector('.order tbody').innerText.startsWith('0\\tWelcome')", "true")

	other := serve(t, hosting{}).tab(t)
	other.visit("#teach/plan/" + p.Pack())
	other.ready()
	other.is("document.querySelector('.order tbody').innerText.startsWith('0\\tWelcome') + String(localStorage.getItem('fixlab/1/plan'))", "truenull")
	other.click("#take-plan")
	other.settled()
	other.is("location.hash + localStorage.getItem('fixlab/1/plan').includes('do: Welcome')", "#teach/45true")
	other.follow("#teach/plan/" + p.Pack()[:40])
	other.is("document.querySelector('#told').innerText.includes('cut short')", "true")
}

// The class link is a picture that a camera reads, large and on paper too; on this
// computer's own address there is none, and the page says what to do.
func TestTeachClass(t *testing.T) {
	t.Parallel()
	b := open(t, "#teach")
	b.is("document.querySelectorAll('.qr').length + '' + document.querySelector('#class-fault').innerText.includes('works on this computer only')", "0true")
	b.look("teach", windows...)
	b.accessible("teach")
	b.write("#class-address", "lab.example.org")
	b.write("#class-name", "Klasse 7a")
	b.click("#propose")
	b.settled()
	b.is("document.querySelector('#class-phrase').value.split(' ').length", "4")
	b.click("#class-variants")
	b.settled()
	var phrase string
	b.eval("document.querySelector('#class-phrase').value", &phrase)
	want := class.Link{Class: "Klasse 7a", Phrase: phrase, Hide: true, Variants: true}
	fragment, err := want.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	link := taughtAt + "#class/" + fragment
	b.is("document.querySelector('#the-link').innerText", link)
	scan := func(where string) {
		t.Helper()
		var shot []byte
		b.run(chromedp.Screenshot(".qr", &shot, chromedp.NodeVisible))
		picture, err := png.Decode(bytes.NewReader(shot))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := qr.Decode(picture); err != nil || got != link {
			t.Errorf("%s: a camera reads %q, %v, want %q", where, got, err, link)
		}
	}
	b.media("prefers-color-scheme", "dark")
	scan("in the dark")
	b.media()
	b.run(chromedp.Reload())
	b.ready()
	b.is("document.querySelector('#the-link').innerText", link)
	b.click("#show-large")
	b.settled()
	b.is("location.hash + document.activeElement.innerText", "#teach/showClass link")
	b.is("document.querySelectorAll('.bar').length + '' + document.querySelector('.poster').innerText.includes('Klasse 7a')", "0true")
	for _, size := range [][2]int64{{1366, 768}, {1920, 1080}, {1024, 768}} {
		b.size(size[0], size[1])
		b.settled()
		b.is("document.documentElement.scrollHeight <= innerHeight && document.querySelector('.qr').getBoundingClientRect().height > innerHeight / 2 || document.documentElement.scrollHeight + ' in ' + innerHeight + ' ' + document.querySelector('.qr').getBoundingClientRect().height", "true")
	}
	scan("large")
	b.look("large", windows...)
	b.accessible("large")
	text, sheets := b.printed()
	plain := strings.Join(strings.Fields(text), "")
	if sheets != 1 || !strings.Contains(plain, "Klasse7a") || !strings.Contains(plain, strings.TrimPrefix(link, taughtAt)) || strings.Contains(text, "Close") || strings.Contains(text, "Learn") {
		t.Errorf("on %d sheets:\n%s", sheets, text)
	}
	b.click("#close-sheet")
	b.settled()
	b.is("location.hash + document.activeElement.id", "#teach/45page-title")
}

// The other sheets, on paper; and all of the group is cleared when that is asked for twice.
func TestTeachSheets(t *testing.T) {
	t.Parallel()
	b := open(t, "#teach")
	b.write("#class-name", "Klasse 7a")
	b.follow("#teach/card")
	b.write("#card-name", "Ada <b>")
	b.look("card", windows...)
	b.accessible("card")
	text, sheets := b.printed()
	for _, want := range []string{"Ada <b>", "Klasse 7a", "0 of 14 solved", "no proof"} {
		if !strings.Contains(text, want) {
			t.Errorf("the card has no %q:\n%s", want, text)
		}
	}
	if sheets != 1 || strings.Contains(text, "Close") || strings.Contains(text, "Without a name") {
		t.Errorf("the card is on %d sheets:\n%s", sheets, text)
	}
	b.follow("#teach/links")
	b.look("links", windows...)
	b.accessible("links")
	if text, sheets = b.printed(); sheets > 2 || !strings.Contains(text, "12") || !strings.Contains(text, "challenge/step-up") || strings.Contains(text, "Close") {
		t.Errorf("the links are on %d sheets:\n%s", sheets, text)
	}
	b.follow("#teach/45")
	if text, sheets = b.printed(); sheets > 1 || !strings.Contains(text, "One pair shows its script") || strings.Contains(text, "Edit") {
		t.Errorf("the running order is on %d sheets:\n%s", sheets, text)
	}
	b.click("#end-class")
	b.settled()
	b.is("document.querySelector('#end-class').innerText + document.querySelector('#class-name').value", "Press once more to reset everythingKlasse 7a")
	b.click("#end-class")
	b.settled()
	b.is("document.querySelector('#class-name').value + document.querySelector('#told').innerText.split('\\n')[0]", "The class, its votes and codes, and the progress on this device are cleared.")
}
