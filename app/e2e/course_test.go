//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"fixlab/app/page"
	"fixlab/lab/server"
)

// Every lesson is gone through to its card by clicks, in one tab. No run tells its end
// before its last step, and nothing goes wrong on the way.
func TestEveryLesson(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`addEventListener("securitypolicyviolation", (e) => console.error("against the policy: " + e.violatedDirective + " " + e.blockedURI), true)`)
	b.visit("")
	b.ready()
	h := b.mouse()
	wide := func(where string) {
		t.Helper()
		if !thorough { // lesson 1 stands for all: TestCourseLooks
			return
		}
		b.eval("document.activeElement.blur(), scrollTo(0, 0), 0", nil)
		b.look(where, [2]int64{320, 640}, windows[0])
		b.size(1366, 768)
	}
	for i, s := range page.Course() {
		if !thorough && i == 3 { // the model goes through all of them
			return
		}
		if i > 0 {
			b.is("location.hash", "#learn/"+s.Name)
		}
		b.is("document.title.startsWith(document.querySelector('h1').textContent.split(': ')[1])", "true")
		count := map[page.Kind]int{}
		for _, at := range page.Stages(s) {
			count[at.Kind]++
			where := fmt.Sprintf("%s, %s %d", s.Name, [...]string{"bet", "run", "question", "cards", "framework", "card"}[at.Kind], count[at.Kind])
			b.is("document.querySelectorAll('h1').length", "1")
			switch at.Kind {
			case page.AtBet:
				b.unspoiled(where)
				wide(where)
				h.bets(1+i%len(s.Course.Bets[at.N].Options), []string{"#sure", "#guess"}[i%2])
			case page.AtAct:
				h.acts()
				wide(where)
				b.is(outcome, ends(t, s, at.Row))
				h.use("#next")
			case page.AtAsk:
				right, _ := answers(t, s, at)
				h.use(fmt.Sprintf("[data-place='%d']", right))
				b.is("document.querySelector('[data-ask]').dataset.answered", "right")
				wide(where)
				h.use("#next")
			case page.AtStop:
				b.is("document.querySelectorAll('[data-outcome]').length", "0")
				h.use("#next")
				for n, c := range s.Course.Stops[at.N].Cards {
					b.is(fmt.Sprintf("document.querySelectorAll('.defence')[%d].dataset.outcome", n), ends(t, s, c.Row))
				}
				wide(where)
				h.use("#next")
			case page.AtOwn:
				b.is("document.querySelectorAll('.servers tbody tr').length", fmt.Sprint(len(server.Profiles)))
				wide(where)
				b.choose("#framework", "django-db")
				b.is("document.querySelectorAll('.servers').length", "0")
				b.is("document.querySelector('pre[data-scrolls=test]').innerText.includes('sessionid')", "true")
				wide(where + ", of Django")
				b.accessible()
				h.use("#next")
			case page.AtCard:
				b.is(fmt.Sprintf("document.querySelector('main').innerText.includes(%q)", s.Course.Take), "true")
				b.is("document.querySelectorAll('.terms dt').length", fmt.Sprint(len(s.Course.Terms)))
				wide(where)
				if i < len(page.Course())-1 {
					h.use("#next")
				}
			}
		}
	}
	b.is("document.querySelectorAll('#next').length", "0") // after the last lesson comes nothing
	h.use("#lessons")
	b.is("document.querySelectorAll('#lesson-list .done').length", fmt.Sprint(len(page.Course())))
}

// What comes after a bet is not reached before it; Back and Forward go from stage to
// stage, and stand at the step where one left.
func TestCourseLinks(t *testing.T) {
	t.Parallel()
	const lesson = "#learn/signed-is-not-yours"
	b := open(t, lesson+"/stop")
	told := func(want string) {
		t.Helper()
		if text := b.text("#told"); !strings.Contains(text, want) {
			t.Errorf("the page says %q, want %q in it", text, want)
		}
	}
	b.is("location.hash", lesson)
	told("the bet comes first")
	b.unspoiled("after a link to the cards")
	b.accessible()
	for _, test := range [][2]string{
		{lesson + "/card", "the bet comes first"},
		{lesson + "/ask-2", "the bet comes first"},
		{lesson + "/acts", `no stage "acts"`},
		{"#learn/sign", `no lesson "sign"`},
		{"#learn/%3Cimg%3E/1", "no lesson"},
		{lesson + "/act/1/2", "more parts than four"},
		{lesson + "/act/99", `no step "99"`},
	} {
		b.follow(test[0])
		told(test[1])
		b.unspoiled(test[0])
	}

	b.follow(lesson)
	b.is("document.querySelector('#told').innerText", "")
	h := b.mouse()
	h.bets(1, "#sure")
	h.acts()
	h.use("#next")
	b.is("location.hash", lesson+"/ask")
	b.back()
	b.is("location.hash", lesson+"/act/6")
	b.is(outcome, "hijacked")
	b.back()
	b.is("location.hash", lesson)
	b.is("document.querySelector('#bet').dataset.committed", "Yes")
	b.is("document.querySelector('#verdict')", "null")
	b.forward()
	b.is("location.hash", lesson+"/act/6")
	b.forward()
	b.is("location.hash", lesson+"/ask")
	b.follow(lesson + "/act/3")
	b.is(taken, "3")
	b.unspoiled("back at step 3")
	h.use("#steps li:nth-child(5) button")
	b.is("location.hash", lesson+"/act/5")

	// The ways in: the lab, and back to where she was in the course.
	h.use("#way-play")
	b.is("document.documentElement.dataset.mode", "play")
	b.back()
	b.is("location.hash", lesson+"/act/5")
	h.use("#lessons")
	b.is("document.querySelectorAll('#lesson-list ol a').length", fmt.Sprint(len(page.Course())))
	b.press(kb.Tab, kb.Escape)
	b.is("document.querySelector('#lesson-list')", "null")
	b.is(active, "lessons")
	h.use("#lessons")
	h.use("#lesson-list li:nth-child(3) a")
	b.is("location.hash", "#learn/"+page.Course()[2].Name)
	b.is("document.querySelector('#lesson-list')", "null")
}
