package view

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// drawn returns the HTML of a page, without line breaks and indents.
func drawn(keys []string, b event.Browser) string {
	var out strings.Builder
	for line := range strings.Lines(app.HTMLString(pageView(window{Trace: &lab.Trace{Keys: keys}}, b))) {
		out.WriteString(strings.TrimSpace(line))
	}
	return out.String()
}

// What a lesson shows looks like a page of its kind.
func TestPageView(t *testing.T) {
	trace, err := scenarios.Play{Lesson: "signed-id-toss"}.Run()
	if err != nil {
		t.Fatal(err)
	}
	page := func(step int, who string) string {
		return drawn(trace.Keys, trace.Frames[step-1].State.Browser(who))
	}
	last := len(trace.Frames)
	for _, test := range []struct {
		what, html string
		want       []string
	}{
		{"the front page", page(1, event.Mallory), []string{`class="site shop"`, `aria-label="A kettle"`, `<p class="price">€24</p>`, `<span class="link">Basket</span>`}},
		{"the blog", page(4, event.Alice), []string{`class="site blog"`, `aria-label="A tram in Lisbon"`, `>Ten days in Lisbon</h3>`, "We missed the tram"}},
		{"the login", page(6, event.Alice), []string{`<span class="label">Name </span><span class="input"></span>`, `<span class="fakebtn">Log in</span>`}},
		{"the account", page(last, event.Mallory), []string{`<div class="acc"><dl><div><dt>Name</dt><dd>Alice Moreau</dd></div>`, `<dt>Card</dt><dd>•••• 4242</dd></div></dl>`}},
	} {
		for _, want := range test.want {
			if !strings.Contains(test.html, want) {
				t.Errorf("%s lacks %s:\n%s", test.what, want, test.html)
			}
		}
	}
}

// What an attacker wrote is text, and nothing that one can use.
func TestPageViewIsText(t *testing.T) {
	const hostile = `<img src=x onerror=alert(1)>"'`
	var blocks []event.Block
	for _, tag := range []string{"h1", "h2", "h3", "p", "a", "li", "dt", "dd", "label", "input", "textarea", "button", "script"} {
		for form := range 2 {
			blocks = append(blocks, event.Block{Tag: tag, Text: hostile, Name: hostile, Type: hostile, Form: form})
		}
	}
	for _, url := range []string{"https://evil.test/", "https://shop.example/" + hostile, ":" + hostile} {
		html := drawn(nil, event.Browser{URL: url, Page: blocks})
		if n := strings.Count(html, "&lt;img"); n != len(blocks) {
			t.Errorf("%s: %d of %d texts are there:\n%s", url, n, len(blocks), html)
		}
		for _, bad := range []string{"<img", "<a ", "<a>", "<input", "<button", "<form", "<script", "href"} {
			if strings.Contains(html, bad) {
				t.Errorf("%s: %s in\n%s", url, bad, html)
			}
		}
	}
	fields := []event.Block{{Tag: "select"}, {Tag: "option", Text: hostile, Value: hostile, On: true}, {Tag: "input", Type: "checkbox", Name: hostile, Value: hostile, On: true}}
	if html := drawn(nil, event.Browser{URL: "https://evil.test/", Page: fields}); html != `<div class="site blog"><span class="input">&lt;img src=x onerror=alert(1)&gt;&#34;&#39;</span><span class="tickbox on">✓</span></div>` {
		t.Errorf("a list and a box are drawn as %s", html)
	}
	secret := drawn(nil, event.Browser{URL: "https://evil.test/", Page: []event.Block{{Tag: "input", Type: "password", Text: "hunter2"}}})
	if strings.Contains(secret, "hunter2") || !strings.Contains(secret, "•••••••") {
		t.Errorf("a password is shown: %s", secret)
	}
}

// A picture has its own greys only, and each shape is one.
func TestPictures(t *testing.T) {
	for heading, p := range pictures {
		html := app.HTMLString(p.ui())
		if n := strings.Count(html, "<path"); n != len(p.shapes) || p.label == "" {
			t.Errorf("%s: %d of %d shapes, label %q", heading, n, len(p.shapes), p.label)
		}
		for _, s := range p.shapes {
			if s.grey < 0 || s.grey > 4 || s.width != "" && s.grey < 3 {
				t.Errorf("%s: the style sheet has no class for %+v", heading, s)
			}
		}
	}
}
