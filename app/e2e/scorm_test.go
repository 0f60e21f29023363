//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"fixlab/app/class"
	"fixlab/app/page"
	"fixlab/scenarios"
)

// sco opens the page of the LMS package in a tab whose window has the strict LMS. says are
// what the LMS has of the learner, in JavaScript.
func sco(t *testing.T, says string) *tab {
	t.Helper()
	b := serve(t, hosting{Dir: scoDir(t, nil)}).tab(t)
	b.before("window.lmsSays = " + says + ";\n" + string(mustRead(t, "testdata/lms/clock.js")) + string(mustRead(t, "testdata/lms/strict.js")))
	b.visit("index.html")
	b.ready()
	return b
}

// refusedNothing fails where the LMS has refused a call.
func (b *tab) refusedNothing() {
	b.t.Helper()
	if got := b.value("lms.refused.join('\\n')"); got != "" {
		b.t.Errorf("the LMS refused:\n%s", got)
	}
}

const (
	lmsBar  = "document.querySelector('#notice p')?.innerText ?? ''"
	commits = "lms.calls.filter(({call}) => call.startsWith('LMSCommit')).length"
)

func inLMS(of string) string { return fmt.Sprintf("(lms.kept[%q] ?? '-')", "cmi."+of) }

// A learner bets, plays, leaves, comes back to the same state, solves the rest and passes. The
// strictest LMS refuses none of it.
func TestSCORM(t *testing.T) {
	t.Parallel()
	b := sco(t, "{}")
	b.is("document.querySelector('#notice p').innerText", "Your progress is saved in the LMS.")
	b.is("lms.now['cmi.core.lesson_status']", "incomplete")
	b.is("localStorage.length", "0")
	h := b.mouse()
	first := page.Course()[0]
	h.bets(1, "#sure")
	b.settled()
	b.is(commits, "1")
	b.is("lms.now['cmi.interactions.0.id']", first.Name+".bet-1")
	result := "wrong"
	if page.Holding(first, first.Course.Bets[0]) == first.Course.Bets[0].Options[0].Text {
		result = "correct"
	}
	b.is("lms.now['cmi.interactions.0.result']", result)
	h.acts()
	b.settled()
	// That was within ten seconds of the first time.
	b.is(commits, "1")
	b.eval("goOn(10000), 1", nil)
	b.is(commits, "2")
	where := b.value("location.hash.slice(1)")
	b.is(inLMS("core.lesson_location"), where)
	b.is(inLMS("core.score.raw"), "") // it would count as an end
	progress := b.value("localStorage.getItem('fixlab/progress')")
	b.refusedNothing()

	// The next visit goes on at the same place.
	b.run(chromedp.Navigate("about:blank"))
	b.visit("index.html")
	b.ready()
	b.refusedNothing()
	b.is(inLMS("core.entry"), "resume")
	b.until(fmt.Sprintf("location.hash === %q", "#"+where))
	b.settled()
	b.eval("document.querySelector('#next')?.click(), 1", nil)
	b.settled()
	if was, is := readProgress(t, progress), readProgress(t, b.value("localStorage.getItem('fixlab/progress')")); fmt.Sprint(was.Lessons[first.Name].Bets) != fmt.Sprint(is.Lessons[first.Name].Bets) {
		t.Errorf("it goes on with %+v, and was %+v", is, was)
	}
	b.is("Object.keys(lms.now).filter((key) => /interactions.*id$/.test(key)).length", "1") // the bet is not told of again
	b.refusedNothing()

	// All but one challenge were solved on another visit; the last one passes.
	most := everything(t)
	most.Challenges["one-switch"] = page.Done{}
	packed, _ := most.Packed(3450)
	b = sco(t, fmt.Sprintf(`{"cmi.suspend_data": %q + "|12-34", "cmi.core.lesson_status": "incomplete", "cmi.core.lesson_location": "challenge/one-switch"}`, packed))
	b.is("localStorage.getItem('fixlab/1/seed')", "12-34")
	b.is("lms.now['cmi.core.lesson_status']", "incomplete")
	s, err := scenarios.Challenge("one-switch")
	if err != nil {
		t.Fatal(err)
	}
	solve(b, s, 0, "12-34")
	b.until(solvedNow + " === 'true'")
	b.settled()
	b.until(inLMS("core.lesson_status") + " === 'passed'") // at once
	b.is(inLMS("core.score.raw"), "100")
	b.is(fmt.Sprintf("Object.keys(lms.kept).filter((key) => /objectives.*status$/.test(key) && lms.kept[key] === 'passed').length === %d", len(class.Goals())), "true")
	b.click("#lms-exit")
	b.until("lms.state === 'closed'")
	b.is(active, "notice")
	b.is("lms.now['cmi.core.exit']", "")
	b.is(lmsBar, "Saved in the LMS. You can close this page; what you do from here on is not saved.")
	b.refusedNothing()
	// Nothing is said to it any more, and a worse end changes nothing.
	calls := b.value("lms.calls.length")
	b.follow("learn")
	b.settled()
	b.eval("dispatchEvent(new PageTransitionEvent('pagehide')), 1", nil)
	b.is("lms.calls.length", calls)
}

func readProgress(t *testing.T, text string) page.Progress {
	t.Helper()
	p, err := page.ParseProgress(text)
	if err != nil {
		t.Fatalf("%v: %q", err, text)
	}
	return p
}

// everything is the progress of who has done everything.
func everything(t *testing.T) page.Progress {
	t.Helper()
	p := page.Progress{Version: 1, Lessons: map[string]page.Record{}, Challenges: map[string]page.Done{}}
	for _, s := range page.Course() {
		r := page.Record{Done: true}
		for _, b := range s.Course.Bets {
			r.Bets = append(r.Bets, page.Made{Option: b.Options[0].Text})
		}
		p.Lessons[s.Name] = r
	}
	for _, id := range class.Goals() {
		p.Challenges[id] = page.Done{Solved: true}
	}
	return p
}

// What the LMS says of the learner is heeded: a review changes nothing, what was passed stays so,
// a mark of its own counts, and what cannot be read does no harm.
func TestSCORMHeeds(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"review", "browse"} {
		if mode == "browse" && !thorough {
			continue
		}
		b := sco(t, fmt.Sprintf(`{"cmi.core.lesson_mode": %q}`, mode))
		b.mouse().bets(1, "#sure")
		b.settled()
		b.is("document.querySelector('#notice p').innerText", "Your LMS shows this for review: nothing is saved.")
		b.click("#lms-exit")
		b.is("lms.calls.filter(({call}) => /Set|Commit/.test(call)).length", "0")
		b.is("lms.state", "closed")
		b.refusedNothing()
	}
	most := everything(t)
	most.Challenges["decoys"], most.Lessons[page.Course()[1].Name] = page.Done{}, page.Record{}
	packed, _ := most.Packed(3450)
	for i, test := range []struct{ says, status, raw string }{
		{`{"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "99"}`, "passed", "99"},
		{`{"cmi.core.lesson_status": "completed"}`, "completed", ""},
		{`{"cmi.core.lesson_status": "failed"}`, "failed", ""},
		{`{"cmi.core.lesson_status": "browsed"}`, "incomplete", ""},
		{`{"cmi.student_data.mastery_score": "96", "cmi.suspend_data": ` + fmt.Sprintf("%q", packed) + `}`, "incomplete", ""},
		{`{"cmi.launch_data": "pass=50", "cmi.suspend_data": ` + fmt.Sprintf("%q", packed) + `}`, "passed", "93"},
		{`{"cmi.suspend_data": "1|damaged!", "cmi.core.lesson_location": "%zz"}`, "incomplete", ""},
		{`{"cmi.suspend_data": "an older package's", "cmi.core.lesson_location": "1/no/such"}`, "incomplete", ""},
	} {
		if i%5 > 0 && !thorough {
			continue
		}
		b := sco(t, test.says)
		b.eval("location.hash = '#learn/"+page.Course()[1].Name+"', 1", nil)
		b.settled()
		b.mouse().bets(1, "#guess")
		b.settled()
		b.click("#lms-exit")
		b.is(inLMS("core.lesson_status"), test.status)
		if got := b.value(inLMS("core.score.raw")); got != test.raw {
			t.Errorf("%s: the score is %q, want %q", test.says, got, test.raw)
		}
		b.refusedNothing()
	}
}

// An LMS that keeps nothing is said to keep nothing, and one that keeps again to do so.
func TestSCORMBroken(t *testing.T) {
	t.Parallel()
	b := sco(t, "{}")
	b.eval("lms.broken = true, 1", nil)
	b.mouse().bets(1, "#sure")
	b.settled()
	b.is(lmsBar, "Not saved in the LMS: copy your code. Your code")
	b.click("#notice a")
	b.until("document.querySelector('#code-name')?.value === 'Doe, Jane' && document.querySelector('#code-text').innerText !== ''")
	b.eval("lms.broken = false, goOn(10000), 1", nil)
	b.is(lmsBar, "Your progress is saved in the LMS.")
	b.is(inLMS("core.lesson_status"), "incomplete")
	b.eval("lms.broken = true, 1", nil)
	b.click("#lms-exit")
	b.is(lmsBar, "Not saved in the LMS: copy your code. Your code")
	if n := b.value("lms.refused.filter((r) => !/^LMS(Commit|Finish) 101$/.test(r)).length"); n != "0" {
		b.refusedNothing()
	}
}

// The strict LMS refuses what another one lets through: else it would prove nothing.
func TestStrictLMS(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{Dir: scoDir(t, map[string][]byte{"bare.html": []byte("<!doctype html><title>LMS</title>"), "strict.js": mustRead(t, "testdata/lms/strict.js")})}).tab(t)
	b.allow("404")
	b.visit("bare.html")
	b.eval(`new Promise((done) => { const s = document.createElement("script"); s.src = "strict.js"; s.onload = () => done(1); document.head.append(s); })`, nil)
	good := [][2]string{
		{"cmi.suspend_data", strings.Repeat("x", 4096)}, {"cmi.core.session_time", "0000:12:03.40"}, {"cmi.core.exit", ""}, {"cmi.core.score.raw", "100"},
		{"cmi.objectives.0.id", "a"}, {"cmi.interactions.0.id", "a.bet-1"}, {"cmi.interactions.0.result", "wrong"}, {"cmi.core.lesson_status", "completed"},
	}
	bad := [][2]string{
		{"cmi.suspend_data", strings.Repeat("x", 4097)}, {"cmi.suspend_data", "é"}, {"cmi.interactions.0.id", "a b"}, {"cmi.interactions.0.id", ""},
		{"cmi.interactions.0.result", "incorrect"}, {"cmi.core.exit", "normal"}, {"cmi.core.session_time", "0:12:03"}, {"cmi.core.session_time", "PT5S"},
		{"cmi.core.lesson_status", "not attempted"}, {"cmi.core.lesson_status", "done"}, {"cmi.core.score.raw", "101"}, {"cmi.core.score.raw", "-1"}, {"cmi.core.score.raw", "70.5"},
		{"cmi.core.lesson_location", strings.Repeat("x", 256)}, {"cmi.objectives.2.id", "gap"}, {"cmi.interactions.2.id", "gap"}, {"cmi.interactions.1.type", "choice"},
		{"cmi.completion_status", "completed"}, {"cmi.core.student_name", "Me"}, {"cmi.objectives._count", "1"}, {"cmi.core._children", "x"},
		{"cmi.interactions.0.type", "multiple"}, {"cmi.interactions.0.latency", "14"}, {"cmi.interactions.0.time", "24:00:00"}, {"cmi.interactions.0.student_response", "yes"},
	}
	set := func(pair [2]string) string {
		name, _ := json.Marshal(pair[0])
		value, _ := json.Marshal(pair[1])
		return b.value(fmt.Sprintf("API.LMSSetValue(%s, %s)", name, value))
	}
	if set(good[0]) != "false" || b.value("API.LMSInitialize()") != "false" || b.value("API.LMSInitialize('')") != "true" || b.value("API.LMSInitialize('')") != "false" {
		t.Error("it does not insist on the order of calls")
	}
	for _, pair := range good {
		if set(pair) != "true" {
			t.Errorf("it refuses %.60q", pair)
		}
	}
	before := b.value("JSON.stringify(lms.now)")
	for _, pair := range bad {
		if set(pair) != "false" {
			t.Errorf("it takes %.60q", pair)
		}
	}
	if b.value("API.LMSGetValue('cmi.interactions.0.id')") != "" || b.value("API.LMSGetLastError()") != "404" || b.value("JSON.stringify(lms.now)") != before {
		t.Error("it lets read what is write-only, or keeps what it refuses")
	}
	if b.value("API.LMSFinish('')") != "true" || set(good[0]) != "false" || b.value("API.LMSCommit('')") != "false" {
		t.Error("it takes something after the end")
	}
	if n := b.value("lms.refused.length"); n != fmt.Sprint(len(bad)+6) {
		t.Errorf("it notes %s refusals of %d", n, len(bad)+6)
	}
}

func mustRead(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// frame is what the page around a SCO looks at.
const frame = "document.querySelector('iframe').contentWindow"

// lmsPage is a page of an LMS with the SCO in a frame, and scorm-again as its runtime. What is
// committed stays in sessionStorage.
const lmsPage = `<!doctype html><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">
<script src="scorm-again.js"></script><script>
	window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
	const had = sessionStorage.getItem("cmi");
	if (had) API.loadFromJSON(JSON.parse(had).cmi, "cmi");
	window.commits = 0;
	API.on("LMSCommit", () => { commits++; sessionStorage.setItem("cmi", JSON.stringify(API.renderCommitCMI(true))); });
	API.on("LMSFinish", () => { sessionStorage.setItem("finished", 1 + Number(sessionStorage.getItem("finished"))); sessionStorage.setItem("cmi", JSON.stringify(API.renderCommitCMI(true))); });
	window.errors = [];
	API.on("CommitError", () => errors.push("commit"));
</script>
<iframe src="index.html" width="1340" height="740"></iframe>`

// again is scorm-again's runtime for SCORM 1.2; make tools fetches it.
func again(t testing.TB) map[string][]byte {
	return map[string][]byte{"lms.html": []byte(lmsPage), "scorm-again.js": mustRead(t, "../../.cache/scorm12.min.js")}
}

// A known runtime keeps the progress of a SCO in a frame too, up to the moment at which the
// frame goes away, and gives it back.
func TestSCORMAgain(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{Dir: scoDir(t, again(t))}).tab(t)
	b.visit("lms.html")
	scormAgain(t, b.until, b.is, func() { b.run(chromedp.Navigate("about:blank")); b.visit("lms.html") })
	b.eval(`navigator.serviceWorker.getRegistrations().then((all) => { if (all.length) throw new Error("there is a service worker") })`, nil)
	if i := slices.IndexFunc(b.requests(), func(url string) bool { return strings.Contains(url, "sw.js") }); i >= 0 {
		t.Error("a service worker is asked for in a frame")
	}
}

func scormAgain(t *testing.T, until func(string), is func(expression, want string), reopen func()) {
	t.Helper()
	first := page.Course()[0]
	until(frame + ".document.documentElement.dataset.ready === 'true'")
	is("API.cmi.core.lesson_status", "incomplete")
	until("(" + frame + ".document.querySelector('#bet-1').click(), true)")
	until(frame + ".document.querySelector('#bet-1').ariaChecked === 'true'")
	until("(" + frame + ".document.querySelector('#sure').click(), true)")
	until("commits === 1")
	is("API.cmi.interactions.childArray.length", "1")
	is(fmt.Sprintf("JSON.stringify(API.renderCommitCMI(true)).includes('%s.bet-1')", first.Name), "true")
	is(fmt.Sprintf("API.cmi.objectives.childArray.length === %d", len(class.Goals())), "true")
	until("(" + frame + ".document.querySelector('#next, #act').click(), true)")
	until(frame + ".location.hash.endsWith('/act/1')")
	where := "#learn/" + first.Name + "/act/1"
	reopen()
	is("sessionStorage.finished", "1")
	until(frame + ".document.documentElement?.dataset.ready === 'true'")
	is(frame+".location.hash", where)
	is("API.cmi.suspend_data.length > 20", "true")
	is(frame+".document.querySelector('[aria-current=step], main') !== null", "true")
	is(frame+".localStorage.getItem('fixlab/progress').slice(0, 2)", "1|") // as the LMS has kept it
	until("(" + frame + ".document.querySelector('#back').click(), true)")
	until(frame + ".location.hash.endsWith('/act')")
	until("(" + frame + ".document.querySelector('#back').click(), true)")
	until(frame + ".document.querySelector('#bet')?.dataset.committed")
	is("errors.length", "0")
}
