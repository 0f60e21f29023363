//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"fixlab/app/page"
)

// The keys of WebDriver, by the names on them.
const (
	tabKey     = "\uE004"
	enterKey   = "\uE007"
	shiftKey   = "\uE008"
	controlKey = "\uE009"
	escapeKey  = "\uE00C"
	pageUp     = "\uE00E"
	pageDown   = "\uE00F"
	endKey     = "\uE010"
	homeKey    = "\uE011"
	leftKey    = "\uE012"
	upKey      = "\uE013"
	rightKey   = "\uE014"
	downKey    = "\uE015"
)

const step = "document.documentElement.dataset.step"

// What the page does in Chromium it does in Firefox. One Firefox, one test after
// the other, each in a profile of its own.
func TestFirefox(t *testing.T) {
	t.Parallel()
	f := startFirefox(t)
	f.watch()
	for _, test := range []struct {
		name string
		test func(*testing.T, *firefox)
		more bool // only when thorough
	}{
		{"LearnByMouse", firefoxMouse, true},
		{"LearnByKeyboard", firefoxKeys, true},
		{"Lesson", firefoxLesson, false},
		{"Keyboard", firefoxKeyboard, true},
		{"HijackByMouse", firefoxHijackMouse, false},
		{"HijackByKeyboard", firefoxHijackKeys, true},
		{"ScriptLink", firefoxScriptLink, false},
		{"Pages", firefoxPages, false},
		{"Present", firefoxPresent, false},
		{"Audit", firefoxAudit, false},
		{"Class", firefoxClass, false},
		{"Notes", firefoxNotes, false},
		{"Embed", firefoxEmbed, false},
		{"Workers", firefoxWorkers, true},
		{"Offline", firefoxOffline, false},
		{"Policy", firefoxPolicy, false},
		{"Hash", firefoxHash, false},
		{"Target", firefoxTarget, true},
		{"LabFile", firefoxFile, false},
		{"LabSandbox", firefoxSandbox, true},
		{"SCORM", firefoxSCORM, false},
	} {
		if test.more && !thorough {
			continue
		}
		t.Run(test.name, func(t *testing.T) { test.test(t, f) })
	}
}

// Lesson 1 of the course by mouse.
func firefoxMouse(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "")
	f.mouse().lessonOne(false)
}

// Lesson 1 of the course by keyboard alone.
func firefoxKeys(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "")
	f.keys().lessonOne(false)
}

// mouse is a hand that moves the mouse and presses its button.
func (f *firefox) mouse() *hand {
	return &hand{TB: f.t, is: f.is, value: f.eval, push: f.click, reach: f.click, types: f.types, press: f.handKey}
}

// keys is a hand on the keyboard.
func (f *firefox) keys() *hand {
	return byKeys(&hand{TB: f.t, is: f.is, value: f.eval, types: f.types, press: f.handKey}, func(key string) {
		if key == "Back" {
			f.strike(shiftKey, tabKey)
			return
		}
		f.strike(tabKey)
	})
}

// handKey presses a key of handKeys and waits until the page has answered.
func (f *firefox) handKey(key string) {
	f.t.Helper()
	switch k := handKeys[key][1]; key {
	case "Back":
		f.press(shiftKey, k)
	case "All", "Offer":
		f.press(controlKey, k)
	default:
		f.press(k)
	}
}

// With the mouse, step by step, to the verdict, which the switches change.
func firefoxLesson(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#1/signed-id-toss/none/1")
	// Without a colour Firefox's scroll bars are white, in dark panels too.
	f.is("getComputedStyle(document.querySelector('.win .page')).scrollbarColor", f.eval("getComputedStyle(document.documentElement).scrollbarColor"))
	f.is("getComputedStyle(document.documentElement).scrollbarColor === 'auto'", "false")
	for n := 2; n <= 9; n++ {
		f.click("#forward")
		f.is(step, fmt.Sprint(n))
		f.is("document.querySelector('#count').textContent", fmt.Sprintf("Step %d of 9", n))
		f.is("document.querySelector('#steps [aria-current=step] .n').textContent", fmt.Sprint(n))
	}
	f.is(outcome, "hijacked")
	f.is("document.querySelector('[data-browser=mallory] .tab').textContent", "Hello alice")
	f.click("#first-rotate")
	f.is(outcome, "defended")
	f.is("document.querySelector('[data-browser=mallory] .tab').textContent", "Unauthorized")
	f.is("location.hash", "#1/signed-id-toss/rotate/9")
	f.click("#first-strict")
	f.is("location.hash", "#1/signed-id-toss/rotate+strict/9")
	f.click("#first-rotate")
	f.click("#first-strict")
	f.is(outcome, "hijacked")
	f.click("#first")
	f.is(step, "1")
}

// Every key of the help.
func firefoxKeyboard(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#1/signed-id-toss/none/1")
	for _, test := range []struct {
		keys             []string
		expression, want string
	}{
		{[]string{rightKey}, step, "2"},
		{[]string{leftKey}, step, "1"},
		{[]string{shiftKey, rightKey}, step, "4"},
		{[]string{endKey}, step, "9"},
		{[]string{homeKey}, step, "1"},
		{[]string{"v"}, step, "7"},
		{[]string{"1"}, outcome, "defended"},
		{[]string{"1"}, outcome, "hijacked"},
		{[]string{"w"}, "document.querySelector('#why').open", "true"},
		{[]string{escapeKey}, "document.querySelector('#why').open", "false"},
		{[]string{"?"}, "document.querySelector('#help').open", "true"},
		{[]string{escapeKey}, "document.querySelector('#help').open", "false"},
		{[]string{"3"}, "document.querySelector('[name=strict]').checked", "true"},
		{[]string{"r"}, "location.hash", "#1/signed-id-toss/none/1"},
		{[]string{" "}, "document.querySelector('#play').innerText.trim()", "Pause"},
		{[]string{escapeKey}, "document.querySelector('#play').innerText.trim()", "Play"},
	} {
		f.press(test.keys...)
		f.is(test.expression, test.want)
	}
	f.click("#steps li:nth-child(3) button")
	f.press(downKey)
	f.is(step, "4")
	f.is("document.activeElement.getAttribute('aria-current')", "step")
	f.press(upKey)
	f.is(step, "3")
}

// Every page opens at its link, under its heading.
func firefoxPages(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#teach") // the whole program, which has them all
	for _, p := range page.Pages {
		switch p.Name {
		case page.ScriptPage: // its links are those of a script: see firefoxScriptLink
			continue
		case page.PresentPage, page.NotesPage: // have no bar: see firefoxPresent
			continue
		}
		f.follow("#" + p.Name)
		f.is("document.documentElement.dataset.page", p.Name)
		f.is("document.querySelectorAll('h1').length", "1")
		f.is("document.title.length > ' · Fixation Lab'.length", "true")
		f.is("document.querySelectorAll('.nav [aria-current]').length", map[bool]string{true: "0", false: "1"}[p.Name == "teach" || p.Name == "code"])
		if p.Name != "learn" && p.Name != "reference" { // their headings say more than their names
			f.is("document.querySelector('h1').textContent", p.Title())
		}
		f.is("document.querySelector('#told')?.innerText ?? ''", "")
	}
	f.follow("#1/signed-id-toss/none/9")
	f.is("document.documentElement.dataset.page", "lab")
	f.is(outcome, "hijacked")
}

// Workers explore one server, and all of them; the pages of tables are filled.
func firefoxWorkers(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#explore")
	f.until("document.querySelector('#explore-says')?.innerText.startsWith('Complete') && !document.querySelector('.cells[aria-busy=true]')")
	f.is("document.querySelectorAll('#what-if tbody tr').length", "31")
	f.is("document.querySelector('[data-row=rotate] td a').innerText", "stopped")
	if !thorough {
		return
	}
	f.follow("#what-stops-what")
	f.until("document.querySelector('#live').textContent.includes('complete')")
	f.is("document.querySelectorAll('#matrix td').length === document.querySelectorAll('#matrix td a').length", "true")
	f.is("document.querySelector('#matrix tr[data-route=cross-site][data-visited=true] td a').textContent", "blocked")
}

// Without its host the lab runs after a reload.
func firefoxOffline(t *testing.T, f *firefox) {
	h := serve(t, hosting{})
	f.open(t, h, "#1/signed-id-toss/none/9")
	f.until("navigator.serviceWorker.controller?.state === 'activated'")
	h.cut()
	f.do("browsingContext.reload", map[string]any{"context": f.tab, "wait": "complete"}, nil)
	f.ready()
	f.is(outcome, "hijacked")
	f.press("1")
	f.is(outcome, "defended")
}

// A violation of the policy is seen here, and so would be one in the other tests.
func firefoxPolicy(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "")
	f.allowed = []string{"policy", "Policy"}
	f.eval(`new Promise((done) => {
		addEventListener("securitypolicyviolation", done);
		const s = document.createElement("script");
		s.textContent = "window.ran = true";
		document.head.append(s);
	})`)
	f.is("window.ran", "undefined")
	if said := strings.Join(f.errors, "\n"); !strings.Contains(said, "against the policy: script-src") {
		t.Errorf("Firefox tells of %q", said)
	}
}
