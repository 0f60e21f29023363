//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// put makes the text of a field that of a person's paste.
func (b *tab) put(selector, text string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); e.value = %q; e.dispatchEvent(new Event(e.tagName === "SELECT" ? "change" : "input", {bubbles: true})); })()`, selector, text), nil)
	b.settled()
}

const (
	verifyWord = "document.querySelector('#bench-verdict').dataset.word"
	tamperWord = "document.querySelector('#tamper-verdict').dataset.word"
)

// Every page can be reached from the bar on top, and Back comes back.
func TestPages(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/rotate/3")
	b.is("document.querySelector('.nav [aria-current=page]').textContent", "Play")
	b.click("#way-reference")
	b.settled()
	b.is("document.querySelector('.nav [aria-current=page]').textContent", "Reference")
	b.click(".entries a[href^='#sign']")
	b.reopened("sign")
	b.settled()
	b.is("location.hash", "#sign")
	b.is("document.querySelector('h1').textContent", "Signer bench")
	b.is("document.querySelectorAll('h1').length", "1")
	b.is("document.activeElement.tagName", "H1")
	b.is("document.title.startsWith('Signer bench')", "true")
	b.is("document.querySelector('.nav [aria-current]').textContent", "Reference")
	b.until("document.querySelector('#live').textContent === 'Signer bench'")
	b.is("document.querySelector('#slider')", "null")
	b.press("1", "r", kb.ArrowRight) // the lab's keys are the lab's
	b.is("location.hash", "#sign")

	b.back()
	b.is("document.documentElement.dataset.page", "reference")
	b.back()
	b.is("document.documentElement.dataset.page", "lab")
	b.is("location.hash", "#1/signed-id-toss/rotate/3")
	b.is("document.activeElement.tagName", "H1")
	b.is("document.querySelector('[name=rotate]').checked", "true")
	b.forward()
	b.is("document.documentElement.dataset.page", "reference")
	b.is("document.querySelector('.nav').checkVisibility()", "true")
	b.click("#way-play")
	b.settled()
	b.is("document.documentElement.dataset.page", "lab")
	b.is("location.hash", "#1/signed-id-toss/rotate/3")

	b = open(t, "#sgin")
	if text := b.text("#told"); !strings.Contains(text, "This link is broken") || !strings.Contains(text, `no page "sgin"`) {
		t.Errorf("the page says %q", text)
	}
	b = open(t, "#sign/flsk/%7B%7D")
	if text := b.text("#told"); !strings.Contains(text, `no format "flsk"`) {
		t.Errorf("the page says %q", text)
	}
	b.is("location.hash", "#sign/flask/%7B%7D")
	b.is("document.querySelector('#sign-value').value", "{}")
	b.click("#dismiss")
	b.settled()
	b.is("document.querySelector('#told').innerText", "")
}

func TestBench(t *testing.T) {
	t.Parallel()
	b := open(t, "#sign")
	b.is("document.querySelectorAll('#bench-format option').length", "13")
	b.is(verifyWord, "ACCEPTED")

	// Sign: the very cookie that Flask makes.
	b.put("#sign-value", `{"user":"alice","role":"admin"}`)
	const flask = "eyJyb2xlIjoiYWRtaW4iLCJ1c2VyIjoiYWxpY2UifQ.ZVPxAA."
	var signed string
	b.eval("[...document.querySelectorAll('#signed .bit')].map((e) => e.textContent).join('')", &signed)
	if !strings.HasPrefix(signed, flask) {
		t.Errorf("signed %q, want %q…", signed, flask)
	}
	b.is("[...document.querySelectorAll('#signed .bit')].map((e) => e.dataset.label ?? '').join()", "payload,,time,,signature")
	b.is("[...document.querySelectorAll('#bench-sign .part-list .role')].map((e) => e.textContent).join()", "payload,separator,time,separator,signature")
	b.is("document.querySelectorAll('[data-line]').length", "3")
	b.is("decodeURIComponent(location.hash)", `#sign/flask/{"user":"alice","role":"admin"}`)
	// What is typed in one go is one place to come back to.
	var length int
	b.eval("history.length", &length)
	b.put("#sign-value", `{"user":"bob"}`)
	b.put("#sign-value", `{"user":"carol"}`)
	b.is("history.length", fmt.Sprint(length))

	// Verify.
	b.click("#to-verify")
	b.settled()
	b.is(verifyWord, "ACCEPTED")
	b.is("document.querySelector('#bench-payload').textContent", `{"user":"carol"}`)
	b.put("#verify-secret", "another")
	b.is(verifyWord, "REFUSED")
	if text := b.text("#bench-verdict"); !strings.Contains(text, "the secret or the value is not the one") {
		t.Errorf("the reason is %q", text)
	}
	b.until("document.querySelector('#live').textContent.includes('Refused. The signature is wrong')")
	b.put("#verify-secret", "super-secret-key")
	b.put("#verify-time", "1800000000")
	if text := b.text("#bench-verdict"); !strings.Contains(text, "It was signed at 2023-11-14 22:13:20 UTC") {
		t.Errorf("the reason is %q", text)
	}
	b.put("#verify-time", "1700000000")
	if text := b.text("#bench-verify .proves"); !strings.Contains(text, "It does not prove") || !strings.Contains(text, "for whom") {
		t.Errorf("the page does not say what a signature does not prove: %q", text)
	}

	// Tamper: the last character of Flask's signature has unused bits.
	var n int
	b.eval("[...document.querySelector('#bench-text').value].length", &n)
	b.put("#bench-flip", fmt.Sprint(n))
	b.is(tamperWord, "ACCEPTED")
	if text := b.text("#tampered"); !strings.Contains(text, "malleable") || !strings.Contains(text, fmt.Sprintf("Character %d, in the signature", n)) {
		t.Errorf("tampering says %q", text)
	}
	b.put("#bench-flip", "2")
	b.is(tamperWord, "REFUSED")
	b.is("document.querySelector('#tampered mark').textContent.length", "1")
	b.click("#take-tamper")
	b.settled()
	b.is("document.activeElement.id", "bench-text")
	b.is(verifyWord, "REFUSED")
	b.is("document.querySelector('#bench-flip').value", "")

	// A whole line of a message, and another format.
	b.put("#bench-format", "seed")
	b.put("#bench-text", "Set-Cookie: session="+flask+"AAAAAAAAAAAAAAAAAAAAAAAAAAA; HttpOnly; Path=/")
	b.click("#use-value")
	b.settled()
	b.is("document.activeElement.id", "bench-text") // the button is gone
	b.is("document.querySelector('#bench-text').value", flask+"AAAAAAAAAAAAAAAAAAAAAAAAAAA")
	if text := b.text("#bench-hint"); !strings.Contains(text, "It looks like: Flask: its own session") {
		t.Errorf("the hint is %q", text)
	}
	b.click("#use-flask")
	b.settled()
	b.is("document.activeElement.id", "bench-format")
	b.is("document.querySelector('#bench-format').value", "flask")
	b.is(verifyWord, "REFUSED")
	b.is("document.querySelector('#bench-payload').textContent", `{"role":"admin","user":"alice"}`) // anybody can read it

	// No secret is in the link.
	b.put("#sign-secret", "hunter2-hunter2")
	b.is("(location.href + document.title).includes('hunter2')", "false")
}

// Every format signs, verifies what it signed, and tells its parts.
func TestBenchFormats(t *testing.T) {
	t.Parallel()
	b := open(t, "#sign")
	var slugs []string
	b.eval("[...document.querySelectorAll('#bench-format option')].map((e) => e.value)", &slugs)
	slugs = some(slugs, 4)
	for _, slug := range slugs {
		b.put("#bench-format", slug)
		b.is(verifyWord, "ACCEPTED")
		b.click("#to-verify")
		b.settled()
		b.is(verifyWord, "ACCEPTED")
		b.is("document.querySelectorAll('#bench-sign .bytes tbody tr').length > 0", "true")
		b.is("/^[0-9a-f]{40,}$/.test([...document.querySelectorAll('#bench-sign .working dd')][4].textContent)", "true")
		b.click("#tamper button")
		b.settled()
		b.is("document.querySelector('#tampered .bench-verdict') !== null", "true")
	}
	b.back()
	b.is("document.querySelector('#bench-format').value", slugs[len(slugs)-2])
}

// What is typed or linked is text, wherever it turns up.
func TestBenchHostile(t *testing.T) {
	t.Parallel()
	const hostile = `<img src=x onerror="document.title='owned'">'"$(id)`
	b := open(t, "#sign/seed/%3Cimg%20src=x%20onerror=%22document.title='owned'%22%3E")
	for _, slug := range []string{"seed", "cookie-signature", "django-cookie", "cookie-session"} {
		b.put("#bench-format", slug)
		if slug == "cookie-session" {
			b.put("#sign-value", `{"user":"<img src=x onerror=alert(1)>"}`)
		} else {
			b.put("#sign-value", hostile)
		}
		b.click("#to-verify")
		b.settled()
		b.is(verifyWord, "ACCEPTED")
	}
	b.put("#bench-text", hostile)
	b.put("#bench-flip", "3")
	b.is("document.querySelectorAll('main img, main script').length", "0")
	b.is("document.title.includes('owned')", "false")
}

// The whole of it by keyboard alone.
func TestBenchByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	tabTo := func(id string) {
		t.Helper()
		for range 80 {
			b.run(chromedp.KeyEvent(kb.Tab))
			var at string
			b.eval("document.activeElement.id || document.activeElement.getAttribute('href') || ''", &at)
			if at == id {
				return
			}
		}
		t.Fatalf("no %s among the tab stops", id)
	}
	tabTo("way-reference")
	b.press(kb.Enter)
	b.is("document.activeElement.tagName", "H1")
	tabTo("#sign")
	b.run(chromedp.KeyEvent(kb.Enter))
	b.reopened("sign")
	b.settled()
	b.is("document.activeElement.tagName", "H1")
	tabTo("bench-format")
	b.press(kb.Home) // not by its letters, which have to come within a second
	b.is("document.querySelector('#bench-format').value", "seed")
	tabTo("sign-value")
	b.press("x", "y") // the caret stays where it is
	b.is("document.querySelector('#sign-value').value.endsWith('xy') || document.querySelector('#sign-value').value.startsWith('xy')", "true")
	tabTo("to-verify")
	b.press(kb.Enter)
	b.is(verifyWord, "ACCEPTED")
	b.is("document.activeElement.id", "to-verify") // the focus stays
	tabTo("bench-flip")
	b.press("3")
	b.is(tamperWord, "REFUSED")
	tabTo("no-tamper")
	b.press(" ")
	b.is("document.querySelector('#tamper-verdict')", "null")
	b.is("document.activeElement.id", "bench-flip")
}

func TestBenchCopy(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before("Object.defineProperty(navigator, 'clipboard', {value: {writeText: (text) => { window.copied = text; return Promise.resolve(); }}})")
	b.visit("#sign")
	b.ready()
	b.click("#copy-signed")
	b.until("window.copied && document.querySelector('#copy-signed').innerText === 'Copied'")
	b.is("window.copied === document.querySelector('#bench-text').value", "true")
	b.click("#bench-sign details:last-of-type summary")
	b.click("#copy-python3")
	b.until("document.querySelector('#copy-python3').innerText === 'Copied'")
	b.is("window.copied === document.querySelector('[data-line=python3]').textContent && window.copied.startsWith('python3 -c ')", "true")
	b.is("document.querySelector('#bench-sign details:last-of-type').open", "true") // it stays unfolded
}

func TestBenchAccessible(t *testing.T) {
	t.Parallel()
	b := open(t, "#sign")
	if thorough { // with more on it, it is looked at below
		b.accessible()
	}
	b.fits(1366)
	b.eval("document.querySelectorAll('details').forEach((e) => e.open = true)", nil)
	b.put("#bench-text", "eyJhIjoxfQ.ZVPxAA.AAAA")
	b.put("#bench-flip", "4")
	b.put("#sign-time", "now")
	b.settled()
	b.accessible()
	for _, width := range []int64{1366, 320} {
		b.size(width, 768)
		b.put("#bench-format", map[int64]string{1366: "seed", 320: "gorilla"}[width])
		b.fits(width)
		for _, s := range b.small("button, select, input, textarea, summary, .nav a") {
			t.Errorf("%d px: too small: %s", width, s)
		}
	}
	b.accessible()
	b.is("document.querySelectorAll('[style]').length", "0")
	b.spaced()
	b.fits(1366, 320)
}
