//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"fixlab/app/page"
	"fixlab/lab/ask"
	"fixlab/lab/script"
)

const (
	stage  = "(location.hash.split('/')[2] ?? 'bet')"
	taken  = "Number(document.documentElement.dataset.step)"
	active = "document.activeElement.id"
)

// spoilers are the words for how a run ends. None is in the page before its last step.
const spoilers = `/\b(hijack(ed)?|defended|trapped|poisoned|zombie|exposed|forged|impersonated|verdict|data-outcome)\b/i`

// spoiled is what of the page tells how the run ends: its texts, seen or not, titles,
// attributes, and the document's title. The help, which says what the lab's keys are,
// and the list of pages do not count.
const spoiled = `(() => {
	const copy = document.documentElement.cloneNode(true);
	for (const e of copy.querySelectorAll("dialog, script, style, template, noscript, #lesson-list, meta")) e.remove();
	copy.removeAttribute("data-settled");
	return (document.title + " " + location.hash + " " + copy.outerHTML).match(` + spoilers + `)?.[0] ?? "";
})()`

// unspoiled fails where the page tells how the run ends.
func (b *tab) unspoiled(where string) {
	b.t.Helper()
	if word := b.value(spoiled); word != "" {
		b.t.Errorf("%s: the page says %q", where, word)
	}
	if b.count("#verdict") != 0 {
		b.t.Errorf("%s: there is a verdict", where)
	}
}

// answers returns the places, from 1, of the right answer to a question and of a wrong
// one.
func answers(t testing.TB, s *script.Scenario, at page.Stage) (right, wrong int) {
	t.Helper()
	trace, err := page.RowRun(s)(at.Row)
	if err != nil {
		t.Fatal(err)
	}
	a := s.Course.Asks[at.N]
	for i, p := range (page.Learn{Lesson: s, Stage: slices.Index(page.Stages(s), at), Trace: trace}).Places() {
		if ok, _ := ask.Judge(trace, a, p); ok {
			right = i + 1
		} else {
			wrong = i + 1
		}
	}
	if right == 0 || wrong == 0 {
		t.Fatalf("%s, %q: right is %d, wrong %d", s.Name, a.Ask, right, wrong)
	}
	return right, wrong
}

// ends returns how a row's run ends.
func ends(t testing.TB, s *script.Scenario, row string) string {
	t.Helper()
	trace, err := page.RowRun(s)(row)
	if err != nil {
		t.Fatal(err)
	}
	return string(trace.Verdict.Outcome)
}

// bets picks an option, from 1, and makes the bet.
func (h *hand) bets(option int, how string) {
	h.Helper()
	h.is("document.querySelector('#bet').dataset.committed ?? ''", "")
	h.use(fmt.Sprintf("#bet-%d", option))
	h.is("[...document.querySelectorAll('#bet [aria-checked=true]')].map((e) => e.dataset.bet).join()", fmt.Sprint(option))
	h.use(how)
	h.is(stage+".replace(/-.*/, '')", "act")
	h.is(active, "page-title")
}

// acts takes every step to the result, and looks at the page before each.
func (h *hand) acts() {
	h.Helper()
	for n := 0; !h.has("#verdict"); n++ {
		h.is(taken, fmt.Sprint(n))
		h.is(spoiled, "")
		h.is(sideways, "")
		on := "#next"
		if h.has("[data-act]") {
			on = "#act"
		}
		if n > 0 {
			h.is("'#' + "+active, on) // the focus goes along
		}
		h.use(on)
	}
	h.is(active, "verdict")
}

// sideways names what reaches over the right edge of the window, seen or cut off there.
const sideways = `(() => {
	const html = document.documentElement, over = html.scrollWidth > html.clientWidth ? ["the page"] : [];
	return over.concat([...document.querySelectorAll("main > *, .win")].filter((e) => e.getBoundingClientRect().right > html.clientWidth + 1).map((e) => e.className)).join(", ");
})()`

// A request with Mallory's script in its address is longer than any window.
func TestLongRequest(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`localStorage.setItem("fixlab/progress", JSON.stringify({version: 1, lessons: {"how-did-it-get-there": {seen: [0, 1]}}}))`)
	b.visit("#learn/how-did-it-get-there/act-2/5")
	b.ready()
	b.is("document.querySelector('.msg').textContent.includes('%3Cscript%3E')", "true")
	for _, w := range windows {
		b.size(w[0], w[1])
		b.is(sideways, "")
	}
}

// lessonOne goes through lesson 1 from its bet to lesson 2. A quick hand answers right
// at once, and says nothing of the cards.
func (h *hand) lessonOne(quick bool) {
	h.Helper()
	s := page.Course()[0]
	h.is("document.documentElement.dataset.mode + ' ' + document.documentElement.dataset.lesson", "learn "+s.Name)
	h.is(spoiled, "")

	h.bets(2, "#sure")
	if h.pushes > 2 {
		h.Errorf("a bet takes %d pushes", h.pushes)
	}
	h.pushes = 0
	h.acts()
	if h.pushes > 6 {
		h.Errorf("a hijack by one's own hand takes %d pushes", h.pushes)
	}
	h.is(outcome, "hijacked")
	h.is("document.querySelector('#verdict .said').innerText.replaceAll(/\\s+/g, ' ')", "You said No, sure The answer is: "+page.Holding(s, s.Course.Bets[0])+".")

	h.pushes = 0
	h.use("#next")
	for i, at := range page.Stages(s) {
		if at.Kind != page.AtAsk {
			continue
		}
		h.is("document.querySelector('#ask-text').textContent", s.Course.Asks[at.N].Ask)
		h.is("document.querySelector('[data-ask]').dataset.answered ?? ''", "")
		right, wrong := answers(h.TB, s, at)
		if !quick && i%2 == 0 {
			h.use(fmt.Sprintf("[data-place='%d']", wrong))
			h.is("document.querySelector('[data-ask]').dataset.answered", "wrong")
			h.is("document.querySelector('[data-ask] .told').innerText.startsWith('Not this one')", "true")
		}
		h.use(fmt.Sprintf("[data-place='%d']", right))
		h.is("document.querySelector('[data-ask]').dataset.answered", "right")
		h.is("[...document.querySelectorAll('[data-place][aria-pressed=true]')].map((e) => e.dataset.place).join()", fmt.Sprint(right))
		h.is("document.activeElement.dataset.place", fmt.Sprint(right)) // the focus stays
		h.use("#next")
	}

	h.is(stage, "stop")
	h.is("document.querySelectorAll('[data-stop]').length", fmt.Sprint(len(s.Course.Stops[0].Cards)))
	h.is("document.querySelectorAll('[data-outcome]').length", "0")
	if !quick {
		h.use("[data-stop='3']")
		h.is("document.querySelector('[data-stop=\"3\"]').getAttribute('aria-checked')", "true")
	}
	h.use("#next")
	var want []string
	for _, c := range s.Course.Stops[0].Cards {
		want = append(want, ends(h.TB, s, c.Row))
	}
	h.is("[...document.querySelectorAll('.defence[data-outcome]')].map((e) => e.dataset.outcome).join()", strings.Join(want, ","))
	if quick && h.pushes > 6 {
		h.Errorf("from the result to %d cards with theirs it takes %d pushes", len(want), h.pushes)
	}
	h.use("#next")
	h.is(stage, "card")
	h.is(fmt.Sprintf("document.querySelector('main').innerText.includes(%q)", s.Course.Take), "true")
	h.is("[...document.querySelectorAll('.bets dd p')].map((e) => e.innerText).join()", "You said No, sure,What is true: "+page.Holding(s, s.Course.Bets[0]))
	h.use("#next")
	h.is("location.hash", "#learn/"+page.Course()[1].Name)
	h.is("document.documentElement.dataset.lesson", page.Course()[1].Name)
	h.is(active, "page-title")
}

func TestLessonByMouse(t *testing.T) {
	t.Parallel()
	open(t, "").mouse().lessonOne(false)
}

func TestLessonByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	h := b.keys()
	h.lessonOne(false)

	// The arrow keys go on and back, and are the options' where these have the focus.
	b.press(kb.ArrowRight)
	b.is(stage, "bet") // not without a bet
	h.bets(1, "#guess")
	for n, k := range []string{kb.ArrowRight, kb.ArrowRight, kb.ArrowLeft} {
		b.press(k)
		b.is(taken, []string{"1", "2", "1"}[n])
	}

	// Among the dots they go from dot to dot, and so do Home and End; nothing else does.
	b.eval("document.querySelector('#dot-2').focus(), 0", nil)
	for _, test := range []struct{ key, at, focus string }{
		{kb.ArrowRight, "2", "dot-2"}, {kb.ArrowDown, "3", "dot-3"}, {kb.ArrowLeft, "2", "dot-2"}, {kb.ArrowUp, "1", "dot-1"}, {kb.ArrowUp, "1", "dot-1"},
		{kb.End, h.value("String(document.querySelectorAll('#steps .dot').length)"), "dot-" + h.value("String(document.querySelectorAll('#steps .dot').length)")},
		{kb.Home, "1", "dot-1"},
	} {
		b.press(test.key)
		b.is(taken+" + ' ' + "+active, test.at+" "+test.focus)
	}
	b.eval("document.querySelector('#show-help').focus(), 0", nil)
	b.press(kb.ArrowRight)
	b.is(taken+" + ' ' + "+active, "1 show-help")

	// The list of lessons: Escape and the lesson that is shown close it.
	for _, close := range []func(){func() { b.press(kb.Escape) }, func() { h.use("#lesson-list [aria-current]") }} {
		h.use("#lessons")
		b.is("document.querySelectorAll('#lesson-list').length", "1")
		close()
		b.is("document.querySelectorAll('#lesson-list').length", "0")
	}

	// At a question they leave nothing.
	b.follow("#learn/" + page.Course()[1].Name + "/act")
	b.eval("document.querySelector('#dot-1').focus(), 0", nil)
	b.press(kb.End)
	h.use("#next")
	b.is(stage, "ask")
	b.press(kb.ArrowRight)
	b.press(kb.ArrowLeft)
	b.is(stage, "ask")
}

func TestLessonByTouch(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.size(390, 844)
	h := b.finger()
	b.visit("")
	b.ready()
	h.lessonOne(true)
}
