//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"fixlab/app/words"
	"fixlab/scenarios"
)

const (
	written  = "document.querySelector('#script').value"
	playHash = "document.documentElement.dataset.hash"
)

// in is a CSS selector of something in a person's window.
func in(who, selector string) string { return fmt.Sprintf("[data-browser=%s] %s", who, selector) }

// goes types an address into a person's browser.
func (h *hand) goes(who, address string) {
	h.Helper()
	h.fills(in(who, "input[name=address]"), address)
	h.press("Enter")
}

// scripted fails unless the script has those steps, and they are at the last of them.
func (h *hand) scripted(profile string, lines ...string) {
	h.Helper()
	want := "title: My script\nprofile: " + profile + "\nseed: 1\n"
	if len(lines) > 0 {
		want += "\n" + strings.Join(lines, "\n") + "\n"
	}
	h.is(written, want)
	h.is(step, fmt.Sprint(max(1, len(lines))))
}

// handServers are the servers that are hijacked by hand, with a lesson of each.
var handServers = []struct{ profile, lesson string }{
	{"signed-id", "#1/signed-id-toss/none/1"},
	{"django-db", "#1/django-planted-key/none/1"},
}

// hijacks has Mallory hijack Alice's session in an empty script. Every act is a line of it.
func (h *hand) hijacks(profile string) {
	h.Helper()
	var lines []string
	does := func(line string) {
		h.Helper()
		lines = append(lines, line)
		h.scripted(profile, lines...)
		if h.Failed() {
			h.Fatalf("the page says %q", h.value("document.querySelector('#told')?.innerText ?? ''"))
		}
	}
	h.scripted(profile)
	h.goes("mallory", "shop.example")
	does("mallory get /")
	h.use(in("mallory", "[data-cookie] button[name=copy]"))
	does("mallory copy loot")
	h.use("#open-site")
	h.fills("#site textarea[name=headers]", "Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/")
	h.use("#site button[name=publish]")
	does("mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/")
	h.use("#habits")
	h.use("[data-habit='2']")
	does("alice get https://blog.shop.example/")
	h.is("document.querySelectorAll('#habit-list').length", "0")
	h.goes("alice", "https://shop.example/login")
	does("alice get /login")
	h.fills(in("alice", "[data-page] input[name=user]"), "alice")
	h.fills(in("alice", "[data-page] input[name=password]"), "correct-horse")
	h.use(in("alice", "[data-page] button.fakebtn"))
	does("alice submit user=alice password=correct-horse")
	h.is(outcome, "defended") // so far: she has not looked
	h.goes("mallory", "shop.example/profile")
	does("mallory get /profile")
	h.is(outcome, "hijacked")
	h.is("document.querySelector('[data-browser=mallory] .tab').textContent", "Hello alice")
}

// begins begins an empty script on the server that is shown.
func (h *hand) begins() {
	h.Helper()
	h.use("#take-over")
	h.use("#script-more")
	h.use("#script-new")
}

// picks begins one by the list of lessons, whose first entry it is. A key opens the list, and
// picks nothing before Enter.
func (h *hand) picks() {
	h.Helper()
	h.reach("#pick-lesson")
	lesson := h.value("document.querySelector('#pick-lesson').value")
	h.press("Home")
	h.press("Home")
	h.is("document.querySelector('#pick-lesson').value + document.querySelectorAll('#script').length", lesson+"0")
	h.press("Enter")
	h.is("document.querySelector('#pick-lesson').selectedOptions[0].text", "My script")
}

func TestHijackByHand(t *testing.T) {
	t.Parallel()
	for i, s := range handServers { // unless thorough, one by mouse and the other by keyboard
		if thorough || i == 0 {
			t.Run(s.profile+" by mouse", func(t *testing.T) {
				t.Parallel()
				h := open(t, s.lesson).mouse()
				h.begins()
				h.hijacks(s.profile)
			})
		}
		if thorough || i == 1 {
			t.Run(s.profile+" by keyboard", func(t *testing.T) {
				t.Parallel()
				h := open(t, s.lesson).keys()
				h.picks()
				h.hijacks(s.profile)
			})
		}
	}
}

// The same in Firefox, by mouse.
func firefoxHijackMouse(t *testing.T, f *firefox) {
	firefoxHijack(t, f, (*firefox).mouse)
}

// And by keyboard alone.
func firefoxHijackKeys(t *testing.T, f *firefox) {
	firefoxHijack(t, f, (*firefox).keys)
}

func firefoxHijack(t *testing.T, f *firefox, hand func(*firefox) *hand) {
	for _, s := range handServers {
		if s.profile != "signed-id" && !thorough {
			continue
		}
		t.Run(s.profile, func(t *testing.T) {
			f.open(t, serve(t, hosting{}), s.lesson)
			h := hand(f)
			h.begins()
			h.hijacks(s.profile)
		})
	}
}

// A handState is one in which Play by hand is looked at.
type handState struct {
	name, at string
	does     func(b *tab)
	offered  bool // it is a page to read
	over     bool // a list lies over the page
}

// open has a tab show it.
func (s handState) open(b *tab) {
	b.t.Helper()
	if at := b.value("location.hash"); at != s.at {
		b.follow(s.at)
	}
	if s.does != nil {
		s.does(b)
	}
	b.settled()
}

var handStates = func() []handState {
	clicks := func(selectors ...string) func(*tab) {
		return func(b *tab) {
			b.t.Helper()
			for _, s := range selectors {
				b.click(s)
				b.settled()
			}
		}
	}
	return []handState{
		{name: "an empty script", at: "#1/signed-id-toss/none/1", does: func(b *tab) { b.choose("#pick-lesson", "+") }},
		{name: "in the middle", at: "#1/any-route/none/7/xss-path+visited", does: clicks("#take-over")},
		{name: "Mallory's site", at: "#1/signed-id-toss/none/4", does: clicks("#take-over", "#open-site")},
		{name: "a cookie's form", at: "#1/any-route/none/8/xss-path+visited", does: clicks("#take-over", in("alice", "button[name=edit]"))},
		{name: "a login form", at: "#1/signed-id-toss/none/5", does: clicks("#take-over")},
		{name: "the habits", at: "#1/signed-id-toss/none/5", does: clicks("#take-over", "#habits"), over: true},
		{name: "more for the script", at: "#1/signed-id-toss/none/5", does: clicks("#take-over", "#script-more"), over: true},
		{name: "a fault", at: "#1/django-planted-key/none/7", does: func(b *tab) {
			b.t.Helper()
			clicks("#take-over")(b)
			b.writes(b.value(written) + "alice gt /\n")
			b.is("document.querySelectorAll('#script-faults p').length", "1")
		}},
		{name: "offered", at: "#" + scriptLink(hijack), offered: true},
		{name: "offered with a fault", at: "#" + scriptLink(strings.Replace(hijack, "alice", "alic", 1)), offered: true},
	}
}()

// hijack is a script that one could be sent.
const hijack = `title: Sent
profile: signed-id
seed: 1
grants: device

mallory get /
mallory copy loot
mallory@alice paste $cookie=$loot
alice post /login user=alice password=correct-horse
mallory get /profile

-- want --
none    hijacked   $loot
rotate  hijacked   $loot
`

// scriptLink is the fragment of the link to a script.
func scriptLink(text string) string { return "2/" + strings.TrimPrefix(scenarios.NameOf(text), "~") }

// writes puts a text into the script, in the place of what stands there, as a paste does.
func (b *tab) writes(text string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`((e) => { e.focus(); e.select(); document.execCommand("insertText", false, %q); return 0 })(document.querySelector("#script"))`, text), nil)
	b.settled()
}

// Play by hand looks right in every window, with forced colours too, and every stop of the
// Tab key is seen.
func TestHandLooks(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	for i, s := range handStates {
		s.open(b)
		if s.over {
			b.shapes(s.name)
		} else {
			b.look(s.name, windows...)
		}
		if thorough || i%3 == 1 {
			b.media("forced-colors", "active")
			b.accessible(s.name + ", forced colours")
			b.media()
		}
		b.size(1366, 768)
	}
}

// linesOf are the steps of the script as it stands in the editor.
const linesOf = written + `.split("\n").filter((l) => /^(mallory|alice|server)/.test(l)).join("|")`

// A lesson is taken over at a step in its middle. An act at an earlier step forks; what was
// done is taken back and done again, by buttons and by the browser's; a reload asks nothing.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/3")
	h := b.mouse()
	const taken = "mallory get /|mallory copy loot|mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$bait; Domain=shop.example; Path=/login; Secure"
	h.use("#take-over")
	b.is(linesOf, taken)
	b.is(step, "3")
	h.goes("alice", "shop.example/login")
	b.is(linesOf, taken+"|alice get /login")
	whole := b.value(written)
	h.use("#back")
	h.use("#back")
	b.is(step, "2")
	b.is(linesOf, taken+"|alice get /login") // to look back changes nothing
	h.use("#back")
	b.is("document.activeElement.id + document.activeElement.ariaDisabled", "backtrue")
	h.use("#forward")
	b.is(step, "2")
	h.use(in("mallory", "button[name=reload]"))
	const forked = "mallory get /|mallory copy loot|mallory reload"
	b.is(linesOf, forked)
	b.is(step, "3")

	h.use("#undo")
	b.is(written, whole)
	h.use("#redo")
	b.is(linesOf, forked)
	b.is("document.activeElement.id + document.activeElement.ariaDisabled", "redotrue") // what does nothing more keeps the focus
	h.use("#redo")
	b.is(linesOf, forked)

	b.back()
	b.is(written, whole)
	b.forward()
	b.is(linesOf, forked)
	link, hash := b.value("location.hash"), b.value(playHash)
	b.run(chromedp.Reload())
	b.ready()
	b.settled()
	b.is("location.hash", link)
	b.is(linesOf, forked)
	b.is("document.querySelectorAll('#play-offer').length", "0")
	b.is(playHash, hash)
	h.use("#undo") // line by line, as it came by a link
	b.is(linesOf, "mallory get /|mallory copy loot")

	// An act in a lesson takes it over.
	b.follow("#1/signed-id-toss/none/2")
	h.goes("alice", "shop.example")
	b.is(linesOf, "mallory get /|mallory copy loot|alice get /")
}

// shownText is a script as it is shown before it is played: what cannot be seen can be seen.
func shownText(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = words.Visible(lines[i])
	}
	return strings.Join(lines, "\n")
}

// offeredFirst fails unless a script that came by a link or in a file is shown, and nothing of
// it is played; then it is played.
func (h *hand) offeredFirst(text string) {
	h.Helper()
	h.is("document.documentElement.dataset.page", "2")
	h.is("document.querySelector('pre#script').textContent", shownText(text))
	h.is("document.querySelectorAll('#verdict, [data-browser], textarea').length", "0")
	h.use("#play-offer")
	h.is("document.querySelectorAll('#play-offer').length", "0")
	h.is(written, text)
}

// A link to a script goes from one browser to the other and back, and is the same run there.
func firefoxScriptLink(t *testing.T, f *firefox) {
	b := open(t, "#1/any-route/none/7/xss-path+visited")
	b.mouse().use("#take-over")
	b.press("1")
	link, hash, text := b.value("location.hash"), b.value(playHash), b.value(written)

	f.open(t, b.host, link)
	f.is(playHash+" === "+fmt.Sprintf("%q", hash), "false")
	h := f.mouse()
	h.offeredFirst(text)
	f.is("location.hash", link)
	f.is(playHash, hash)
	h.goes("mallory", "shop.example/profile")
	f.is(linesOf+".endsWith('|mallory get /profile')", "true")

	link, hash, text = f.eval("location.hash"), f.eval(playHash), f.eval(written)
	there := b.host.tab(t)
	there.visit(link)
	there.ready()
	there.mouse().offeredFirst(text)
	there.is("location.hash", link)
	there.is(playHash, hash)
}

// What is typed is played when it rests. A mistake is told by its line and the nearest word,
// and the text stays. Words are offered, taken by keys, and hold no one in the field.
func TestScriptEditor(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.stopClock()
	b.visit("#1/signed-id-toss/none/1")
	b.ready()
	b.settled()
	h := b.mouse()
	h.use("#take-over")
	h.use("#script-more")
	h.use("#script-new")
	b.is("document.querySelectorAll('#script-list').length", "0")
	const rest = 500 * time.Millisecond
	h.reach("#script")
	b.is(active, "script")
	h.press("All")
	h.press("Right")
	h.types("\nalice get /login")
	b.is("document.querySelectorAll('#count').length + document.querySelector('#count').textContent", "1No steps")
	b.advance(rest)
	b.is("document.querySelector('#count').textContent", "Step 1 of 1")
	b.is("document.querySelector('#address-alice').value", "https://shop.example/login")
	b.is(active, "script")

	h.types("\nalice gte /")
	b.advance(rest)
	b.is("document.querySelector('#script-faults').innerText.startsWith('Line 6:')", "true")
	b.is("document.querySelector('#script-faults').innerText.includes('\"get\"')", "true")
	b.is("document.querySelector('#script').getAttribute('aria-invalid')", "true")
	b.is("document.querySelector('.l.bad').textContent.trim()", "alice gte /")
	b.is(linesOf, "alice get /login|alice gte /")
	b.is("document.querySelector('#count').textContent", "Step 1 of 1")
	h.use("#undo")
	b.is(linesOf, "alice get /login")

	// A verb by the arrows and Enter, a variable by Tab.
	h.reach("#script")
	h.press("All")
	h.press("Right")
	h.types("\nmallory get /\nmallory c")
	h.press("Offer")
	const picked = "document.querySelector('#script-words [aria-selected=true] code').textContent"
	first := b.value(picked)
	h.press("Down")
	b.is(picked+" !== "+fmt.Sprintf("%q", first), "true")
	for i := 0; b.value(picked) != "copy" && i < 20; i++ {
		h.press("Down")
	}
	h.press("Enter")
	b.is(written+".endsWith('\\nmallory copy ')", "true")
	h.press("Escape")
	h.types("loot\nmallory paste $cookie=$l")
	h.press("Offer")
	b.is(picked, "$loot")
	h.press("Tab")
	b.is(active, "script")
	b.is(linesOf+".endsWith('|mallory paste $cookie=$loot')", "true")
	b.advance(rest)
	b.is("document.querySelector('#count').textContent", "Step 4 of 4")

	// What is played is undone by the keys as by the buttons.
	b.run(chromedp.KeyEvent("z", chromedp.KeyModifiers(input.ModifierCtrl)))
	b.settled()
	b.is(linesOf, "alice get /login")
	b.run(chromedp.KeyEvent("y", chromedp.KeyModifiers(input.ModifierCtrl)))
	b.settled()
	b.is(linesOf+".endsWith('|mallory paste $cookie=$loot')", "true")

	// No trap: Escape closes the list, and Tab leaves.
	h.types("\nali")
	h.press("Offer")
	b.is("document.querySelectorAll('#script-words').length", "1")
	h.press("Escape")
	b.is("document.querySelectorAll('#script-words').length", "0")
	b.is(active, "script")
	h.press("Tab")
	b.is(active+" !== 'script'", "true")
	b.is("document.querySelector('#script').closest('section').contains(document.activeElement)", "true")
}

// A file that is chosen or dropped is offered first. Its rows are checked, and what is saved
// is its text.
func TestScriptFile(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	h := b.mouse()
	h.begins()
	dir := t.TempDir()
	file := filepath.Join(dir, "sent.txt")
	if err := os.WriteFile(file, []byte(hijack), 0o600); err != nil {
		t.Fatal(err)
	}
	h.use("#script-more")
	b.upload(file, func() { h.use("#script-open") })
	b.until("document.querySelector('#play-offer')")
	h.offeredFirst(hijack)
	b.is(outcome, "hijacked")
	h.use("#check")
	b.is("[...document.querySelectorAll('#checked li')].map((e) => e.dataset.holds).join()", "true,false")
	b.is("document.querySelector('#checked li:last-child').innerText.includes('defended')", "true")
	b.download(dir, func() { h.use("#save") })
	if saved, err := os.ReadFile(filepath.Join(dir, "script.txt")); err != nil || string(saved) != hijack {
		t.Errorf("saved is %q, %v", saved, err)
	}

	// Mallory sits at Alice's browser: it is granted here.
	h.use("#habits")
	h.use("#sit")
	b.is("document.querySelector('#sit').getAttribute('aria-checked')", "true")
	h.goes("alice", "shop.example/profile")
	b.is(linesOf+".endsWith('|mallory@alice get /profile')", "true")

	dropped := strings.Replace(hijack, "grants: device", "grants: nothing", 1)
	dropped = strings.Replace(dropped, "mallory@alice paste $cookie=$loot\n", "", 1)
	b.eval(fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([%q], "dropped.txt"));
		document.querySelector("#script").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
	})(), 0`, dropped), nil)
	b.until("document.querySelector('#play-offer')")
	h.offeredFirst(dropped)

	// And here it is not, and says why.
	h.use("#habits")
	b.is("document.querySelector('#sit').getAttribute('aria-disabled') + document.querySelector('#sit-why').textContent", "trueNot granted here: device.")
	h.use("#sit")
	b.is("document.querySelector('#sit').getAttribute('aria-checked')", "false")
	h.press("Escape")
	b.is("document.querySelectorAll('#habit-list').length + "+active, "0habits")
}

// Cookies are added, edited and deleted; one that is refused says why.
func TestCookiesByHand(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	h := b.mouse()
	h.begins()
	h.goes("alice", "shop.example")
	const jar = "[...document.querySelectorAll('[data-browser=alice] [data-cookie]')].map((e) => e.dataset.cookie).join()"
	h.use(in("alice", "button[name=add]"))
	b.is(active, "cookie-name")
	h.fills("#cookie-name", "theme")
	h.fills("#cookie-value", "dark")
	h.use("#cookie-form [name=save]")
	b.is(linesOf, "alice get /|alice paste theme=dark")
	b.is(jar, "theme,sid")
	b.is(active, "cookies-alice")

	h.use(in("alice", "[data-cookie=theme] [name=edit]"))
	b.is(active, "cookie-value")
	h.fills("#cookie-value", "light")
	h.press("Enter")
	b.is(linesOf, "alice get /|alice paste theme=dark|alice paste theme=light")
	b.is("document.querySelector('[data-browser=alice] [data-cookie=theme]').innerText.includes('light')", "true")

	h.use(in("alice", "[data-cookie=theme] [name=edit]"))
	h.press("Escape")
	b.is("document.querySelectorAll('#cookie-form').length + "+active, "0cookies-alice")
	h.use(in("alice", "[data-cookie=theme] [name=delete]"))
	b.is(linesOf+".endsWith('|alice forget theme')", "true")
	b.is(jar, "sid")

	h.use(in("alice", "button[name=add]"))
	h.fills("#cookie-name", "__Host-x")
	h.fills("#cookie-value", "1")
	h.fills("#cookie-domain", ".shop.example")
	h.use("#cookie-form [name=save]")
	b.is(jar, "sid")
	b.is("document.querySelector('[data-browser=alice] .notice')?.innerText.includes('__Host-')", "true")
}

// hostileScript holds in its title, comments, headers, cookies and pages what is to become a
// part of the real page, marks that turn letters around, and words longer than any window.
var hostileScript = func() string {
	img, end, long := "<img src=x onerror=window.owned=1>", "</textarea><script>window.owned=1</script>", strings.Repeat("W", 900)
	escaped := strings.ReplaceAll(img+end, "<", "&lt;")
	return "title: " + img + end + " \u202edrawkcab\u2069 " + long + "\nprofile: signed-id\nseed: 1\n\n" +
		"# " + end + img + "\u202e " + long + "\n" +
		"mallory serve https://evil.test/ X-Evil: " + img + end + "\n" +
		"mallory serve https://evil.test/ Set-Cookie: a=" + strings.ReplaceAll(img, " ", "/") + "</textarea>; Path=/\n" +
		"mallory serve https://evil.test/ <h1>" + escaped + " \u202e" + long + "</h1><p>" + escaped + "</p><a href=/>" + escaped + "</a>" + img +
		"<iframe src=//evil.test></iframe><form action=/x><label>" + escaped + "<input name=a value=\"" + escaped + "\"></label><button>" + escaped + long + "</button></form>\n" +
		"alice get https://evil.test/\n" +
		"alice paste <img/src=x/onerror=" + strings.ReplaceAll(img, " ", "/") + long + "\n" +
		"mallory get https://evil.test/\n"
}()

// Nothing of a hostile script runs, becomes HTML or leaves, and no page of it is wider than
// the window.
func TestHostileScript(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	const html = "document.querySelectorAll('img').length + ' ' + document.querySelectorAll('script').length + ' ' + document.querySelectorAll('iframe').length"
	before := b.value(html)
	harmless := func(where string) {
		t.Helper()
		for _, w := range windows {
			b.size(w[0], w[1])
			b.settled()
			b.is(fmt.Sprintf("%q + (document.documentElement.scrollWidth - document.documentElement.clientWidth)", where+" "), where+" 0")
		}
		b.size(1366, 768)
		b.is(html, before)
		b.is("window.owned", "undefined")
		b.is("document.querySelectorAll('[onerror], [src=x]').length", "0")
	}
	b.follow("#" + scriptLink(hostileScript))
	harmless("offered")
	h := b.mouse()
	h.offeredFirst(hostileScript)
	harmless("played")
	for n := 1; n <= 6; n++ {
		b.follow(fmt.Sprintf("#%s/none/%d", scriptLink(hostileScript), n))
		b.is(step, fmt.Sprint(n))
		harmless(fmt.Sprintf("step %d", n))
	}
	for _, sheet := range []string{"http", "mallory", "alice", "server", "result"} {
		b.press("\u001b")
		b.click("#show-" + sheet)
		b.settled()
		harmless(sheet)
	}
	b.press("\u001b")
	b.click(in("alice", "[name=edit]"))
	b.settled()
	harmless("a cookie's form")
	b.click("#open-site")
	h.fills("#site textarea[name=html]", "<p>"+strings.Repeat("W", 300)+"</p></textarea><img src=x onerror=window.owned=1>")
	h.use("#site [name=preview]")
	harmless("a preview")
	h.use("#site [name=publish]")
	harmless("published")
	b.click("#open-site")
	b.writes(hostileScript + "alice gt " + strings.Repeat("W", 300) + "<img src=x onerror=window.owned=1>\n")
	b.is("document.querySelectorAll('#script-faults p').length > 0", "true")
	harmless("a fault")
}

// What is typed quickly into the middle of a script stands there as it was typed, though the
// page answers each key and plays the script between them.
func TestTypingIsKept(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	h := b.mouse()
	h.begins()
	lines := strings.Repeat("alice get /\nmallory get /\n", 20)
	b.writes("title: T\nprofile: signed-id\n\nmallory get /\n" + lines)
	for n := range 4 {
		b.eval(`(() => {
			const e = document.querySelector("#script"), at = e.value.indexOf("\n", e.value.indexOf("mallory get /"));
			e.focus(); e.setSelectionRange(at, at);
			return 0;
		})()`, nil)
		const typed = "\nalice post /login user=alice password=correct-horse"
		for _, part := range []string{typed[:12], typed[12:30], typed[30:]} {
			b.run(chromedp.KeyEvent(part))
			b.eval("document.querySelector('#forward, #back').click(), 0", nil) // it is drawn anew meanwhile
		}
		b.settled()
		want := "title: T\nprofile: signed-id\n\nmallory get /" + strings.Repeat(typed, n+1) + "\n" + lines
		b.is(written, want)
		if t.Failed() {
			return
		}
	}
}
