//go:build e2e

package e2e

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/emulation"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/ledongthuc/pdf"
)

// papers are the pages to print.
var papers = []string{"handout", "glossary", "questions", "key", "notes"}

// A sheet of paper, in inches.
type paper struct {
	name          string
	width, height float64
}

var (
	a4       = paper{"A4", 210 / 25.4, 297 / 25.4}
	usLetter = paper{"Letter", 8.5, 11}
)

// A printed line is what stands at one height of a page.
type printedLine struct {
	text string
	y    float64 // from the bottom of the page, as a part of its height
	size float64 // of its largest letter, in points
}

// prints prints the page that is open, and returns the lines of each sheet from top to
// bottom.
func (b *tab) prints(on paper) (sheets [][]printedLine) {
	b.t.Helper()
	var file []byte
	b.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		file, _, err = devtools.PrintToPDF().WithPaperWidth(on.width).WithPaperHeight(on.height).WithPrintBackground(true).Do(ctx)
		return err
	}))
	r, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range r.NumPage() {
		page := r.Page(i + 1)
		rows := map[int][]pdf.Text{}
		for _, letter := range page.Content().Text {
			at := int(math.Round(letter.Y))
			for _, near := range []int{at - 1, at + 1} { // a mark in another font stands a little higher
				if rows[near] != nil {
					at = near
				}
			}
			rows[at] = append(rows[at], letter)
		}
		var lines []printedLine
		for at, letters := range rows {
			slices.SortStableFunc(letters, func(a, b pdf.Text) int { return cmp.Compare(a.X, b.X) })
			l := printedLine{y: float64(at) / (on.height * 72)}
			for _, x := range letters {
				l.text += x.S
				l.size = max(l.size, x.FontSize)
			}
			lines = append(lines, l)
		}
		slices.SortFunc(lines, func(a, b printedLine) int { return cmp.Compare(b.y, a.y) })
		sheets = append(sheets, lines)
	}
	return sheets
}

// letters counts those of a text: what a page prints stands in another order than in its
// source, with numbers and boxes beside it.
func letters(text string) map[rune]int {
	n := map[rune]int{}
	for _, r := range plain(text) {
		n[r]++
	}
	return n
}

// plain is a text without all that is no letter.
func plain(text string) string {
	text = strings.NewReplacer("ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi").Replace(text)
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, text)
}

// What is printed is what the page says, all of it and nothing else: no link, no hint and no
// control. No heading stands alone at the foot of a sheet.
func TestPaperPrints(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	for _, name := range papers {
		b.visit(name + ".html")
		var says string
		var heads []string
		b.eval("document.querySelector('main').textContent", &says)
		b.eval("[...document.querySelectorAll('h1, h2, h3, caption, thead, .ask')].map((e) => e.textContent)", &heads)
		for _, on := range []paper{a4, usLetter} {
			sheets := b.prints(on)
			where := fmt.Sprintf("%s on %s", name, on.name)
			var all strings.Builder
			for i, lines := range sheets {
				for _, l := range lines {
					all.WriteString(l.text)
					if l.size < 7.5 {
						t.Errorf("%s, sheet %d: %q in %.1f points", where, i+1, l.text, l.size)
					}
				}
				if len(lines) == 0 {
					t.Fatalf("%s: sheet %d is empty", where, i+1)
				}
				last := plain(lines[len(lines)-1].text)
				if slices.ContainsFunc(heads, func(head string) bool { return last != "" && strings.HasSuffix(plain(head), last) }) {
					t.Errorf("%s: sheet %d ends with the heading %q", where, i+1, lines[len(lines)-1].text)
				}
			}
			if got, want := letters(all.String()), letters(says); !maps.Equal(got, want) {
				t.Errorf("%s: of %d letters %d are printed:\n%s", where, len(plain(says)), len(plain(all.String())), all.String())
			}
			begins := func(sheet int, text string) {
				if sheet < 0 || sheet >= len(sheets) || plain(sheets[sheet][0].text) != plain(text) {
					t.Errorf("%s: sheet %d does not begin with %q", where, sheet+1, text)
				}
			}
			switch name {
			case "handout", "questions":
				if len(sheets) != 1 {
					t.Errorf("%s: %d sheets, want 1", where, len(sheets))
				}
			case "notes": // each lesson has its own
				lessons := slices.DeleteFunc(slices.Clone(heads), func(head string) bool { return !strings.HasPrefix(head, "Lesson ") })
				orders := len(sheets) - len(lessons)
				if orders < 1 || orders > 3 {
					t.Errorf("%s: %d sheets for %d lessons and the running orders", where, len(sheets), len(lessons))
				}
				begins(0, "Speaker notes")
				for i, lesson := range lessons {
					begins(orders+i, lesson)
				}
			case "key":
				for _, chapter := range []string{"Lessons", "Challenges"} {
					if !slices.ContainsFunc(sheets, func(lines []printedLine) bool { return lines[0].text == chapter }) {
						t.Errorf("%s: no sheet begins with %q", where, chapter)
					}
				}
			}
		}
	}
}

// Paper is light whatever the screen is.
func TestPaperIsLight(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.visit("key.html")
	dark := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}
	colours := func() (got string) {
		b.eval("[document.documentElement, document.body, document.querySelector('.right')].map((e) => getComputedStyle(e).backgroundColor).concat(getComputedStyle(document.body).color).join(' ')", &got)
		return got
	}
	b.run(emulation.SetEmulatedMedia().WithFeatures(dark))
	if got := colours(); !strings.HasSuffix(got, "rgb(236, 238, 240)") {
		t.Errorf("on a dark screen the page is %s", got)
	}
	b.run(emulation.SetEmulatedMedia().WithMedia("print").WithFeatures(dark))
	if got := colours(); got != strings.Repeat("rgba(0, 0, 0, 0) ", 3)+"rgb(26, 28, 32)" {
		t.Errorf("on paper it is %s", got)
	}
}

// The pages read as well on a screen, by keyboard too, and lead back to the lab.
func TestPaperOnScreen(t *testing.T) {
	t.Parallel()
	for _, name := range papers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, hosting{}).tab(t)
			b.visit(name + ".html")
			b.accessible(name)
			for _, width := range []int64{1366, 390, 320} {
				b.size(width, 844)
				b.is("document.documentElement.scrollWidth <= document.documentElement.clientWidth", "true")
			}
			b.is("[...document.querySelectorAll('body *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 13).length", "0")
			b.is("[...document.querySelectorAll('a')].filter((e) => e.getBoundingClientRect().height < 24).length", "0")
			b.is("document.querySelectorAll('script, [style], button, input').length", "0")
			b.is("document.querySelectorAll('[aria-current=page]').length", "1")
			b.run(chromedp.KeyEvent(kb.Tab))
			b.is("document.activeElement.textContent", "Fixation Lab")
			b.is("getComputedStyle(document.activeElement).outlineStyle", "solid")
			b.is("document.activeElement.href", b.host.URL)
		})
	}
}

// No visit loads them, and they are there offline all the same.
func TestPaperOffline(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.allow("net::ERR_") // the host is asked first
	b.visit("index.html" + deep)
	b.offlineReady()
	for _, url := range b.requests() {
		if strings.Contains(url, "paper-") || slices.ContainsFunc(papers, func(name string) bool { return strings.Contains(url, name+".html") }) {
			t.Errorf("the visit loads %s", url)
		}
	}
	b.host.cut()
	for _, name := range papers {
		b.eval(fmt.Sprintf("location.href = %q, 1", b.host.URL+name+".html"), nil)
		b.until(fmt.Sprintf("location.pathname.endsWith(%q) && document.readyState === 'complete'", name+".html"))
		b.is("document.querySelectorAll('h1').length", "1")
		b.is("getComputedStyle(document.querySelector('h1')).fontSize", "24px") // it has its style sheet
	}
}
