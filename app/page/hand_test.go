package page

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab/event"
	"fixlab/scenarios"
)

// steps returns the lines of the script that is shown.
func steps(m Model) (lines []string) {
	for _, s := range m.Scenario.Steps {
		lines = append(lines, s.String())
	}
	return lines
}

func empty(t *testing.T) Model {
	t.Helper()
	m := linked(t, "1/signed-id-toss/none/1").then(NewScript("signed-id"))
	if !m.ByHand() || len(m.Trace.Frames) > 0 || m.Notice != "" {
		t.Fatalf("no script is begun: %s", m.Notice)
	}
	return m
}

// A hijack by hand: every act is one line, and the page goes to the new step.
func TestByHand(t *testing.T) {
	m := empty(t)
	for i, act := range []struct {
		msg  Msg
		line string
	}{
		{GoTo{event.Mallory, "shop.example"}, "mallory get /"},
		{CopyCookie{event.Mallory, 0}, "mallory copy loot"},
		{Publish{"https://blog.shop.example/", "Set-Cookie: $cookie=$loot; Domain=shop.example;\n  Path=/login; Secure", ""},
			"mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/login; Secure"},
		{Act(habit("Reads the blog")), "alice get https://blog.shop.example/"},
		{GoTo{event.Alice, "https://shop.example/login"}, "alice get /login"},
		{Submit{event.Alice, 1, map[string]string{PageField(event.Alice, fieldNamed(t, "user")): "alice", PageField(event.Alice, fieldNamed(t, "password")): "correct-horse"}},
			"alice submit user=alice password=correct-horse"},
		{GoTo{event.Mallory, "/profile"}, "mallory get /profile"},
	} {
		m = m.then(act.msg)
		if got := steps(m); m.Notice != "" || len(got) != i+1 || got[i] != act.line || m.Step != i {
			t.Fatalf("%T: %q at step %d, want %q: %s", act.msg, got, m.Step+1, act.line, m.Notice)
		}
	}
	if m.Trace.Verdict.Outcome != event.Hijacked {
		t.Errorf("it ends %s", m.Trace.Verdict.Outcome)
	}
	if m = m.then(Flip(1 << 0)); !m.ByHand() || m.Step != 6 {
		t.Error("a switch leaves the script")
	}
}

// fieldNamed returns the index of the block of that field on the shop's login page.
func fieldNamed(t *testing.T, name string) int {
	t.Helper()
	m := empty(t).then(GoTo{event.Alice, "/login"})
	i := slices.IndexFunc(m.stateOf(event.Alice).Page, func(b event.Block) bool { return b.Tag == "input" && b.Name == name })
	if i < 0 {
		t.Fatalf("there is no field %s", name)
	}
	return i
}

func habit(title string) []string {
	for _, h := range (Model{}).Habits() {
		if h.Title == title {
			return h.Lines
		}
	}
	return nil
}

// Each gesture is the line that says it.
func TestGestures(t *testing.T) {
	shop := empty(t).then(GoTo{event.Alice, "/"})
	for _, test := range []struct {
		name  string
		from  Model
		msgs  []Msg
		lines []string
	}{
		{"a link", shop, []Msg{Click{event.Alice, "Log in", 1}}, []string{"alice click Log in"}},
		{"the second of two", shop, []Msg{Act{"mallory serve https://evil.test/ <a href=/1>Go</a> <a href=/2>Go</a>", "alice get https://evil.test/"}, Click{event.Alice, "Go", 2}},
			[]string{"mallory serve https://evil.test/ <a href=/1>Go</a> <a href=/2>Go</a>", "alice get https://evil.test/", "alice click #2 Go"}},
		{"a link is sent", shop, []Msg{SendLink("https://evil.test/")}, []string{"alice get https://evil.test/"}},
		{"back and reload", shop, []Msg{Do{event.Alice, "reload"}, Do{event.Alice, "back"}}, []string{"alice reload", "alice back"}},
		{"a tab", shop, []Msg{Do{event.Alice, "tab"}, Do{event.Alice, "tab 1"}}, []string{"alice tab", "alice tab 1"}},
		{"an address without a scheme", shop, []Msg{GoTo{event.Alice, " evil.test/a b "}}, []string{"alice get https://evil.test/a%20b"}},
		{"no address", shop, []Msg{GoTo{event.Alice, "  "}}, nil},
		{"the dollar in an address", shop, []Msg{GoTo{event.Alice, "/search?q=$5"}}, []string{"alice get /search?q=${dollar}5"}},
		{"a cookie is copied", shop, []Msg{CopyCookie{event.Alice, 0}}, []string{"alice copy loot"}},
		{"and once more", shop, []Msg{CopyCookie{event.Alice, 0}, CopyCookie{event.Alice, 0}}, []string{"alice copy loot", "alice copy loot2"}},
		{"a cookie is deleted", shop, []Msg{ClearCookie{event.Alice, 0}}, []string{"alice forget sid"}},
		{"one of two", shop, []Msg{EditCookie{event.Alice, -1}, CookieField{"name", "sid"}, CookieField{"value", "x"}, CookieField{"path", "/basket"}, SaveCookie{}, ClearCookie{event.Alice, 1}},
			[]string{"alice paste $cookie=x; Path=/basket", "alice forget sid shop.example /basket"}},
		{"Mallory sits there", shop, []Msg{SitDown(true), CopyCookie{event.Alice, 0}, GoTo{event.Alice, "/profile"}}, []string{"mallory@alice copy loot", "mallory@alice get /profile"}},
		{"a new cookie", shop, []Msg{EditCookie{event.Mallory, -1}, CookieField{"name", "a"}, CookieField{"value", "b"}, SaveCookie{}}, []string{"mallory paste a=b"}},
		{"for all subdomains", shop, []Msg{EditCookie{event.Mallory, -1}, CookieField{"name", "a"}, CookieField{"value", "b"}, CookieField{"domain", ".shop.example"}, CookieField{"samesite", "Lax"}, CookieField{"age", "60"}, SaveCookie{}},
			[]string{"mallory paste a=b; Domain=shop.example; SameSite=Lax; Max-Age=60"}},
		{"not Secure", shop, []Msg{EditCookie{event.Mallory, -1}, CookieField{"name", "a"}, CookieField{"value", "b"}, CookieField{"secure", "false"}, SaveCookie{}}, []string{"mallory paste https://shop.example/ a=b; Path=/"}},
		{"of another host", shop, []Msg{EditCookie{event.Mallory, -1}, CookieField{"name", "a"}, CookieField{"value", "b"}, CookieField{"domain", "evil.test"}, CookieField{"httponly", "true"}, SaveCookie{}},
			[]string{"mallory paste https://evil.test/ a=b; Path=/; Secure; HttpOnly"}},
		{"by a script", shop, []Msg{EditCookie{event.Mallory, -1}, CookieField{"name", "a"}, CookieField{"value", "b"}, CookieField{"script", "true"}, SaveCookie{}}, []string{"mallory script a=b; Path=/; Secure"}},
		{"another value", shop, []Msg{EditCookie{event.Alice, 0}, CookieField{"value", "x y"}, SaveCookie{}}, []string{"alice paste https://shop.example/ $cookie=x y; Path=/"}},
		{"another path", shop, []Msg{EditCookie{event.Alice, 0}, CookieField{"value", "x"}, CookieField{"path", "/a"}, SaveCookie{}}, []string{"alice forget sid", "alice paste https://shop.example/ $cookie=x; Path=/a"}},
		{"a value that has a name", shop, []Msg{CopyCookie{event.Alice, 0}, EditCookie{event.Alice, 0}, SaveCookie{}}, []string{"alice copy loot", "alice paste https://shop.example/ $cookie=$loot; Path=/"}},
		{"a form with blanks", shop.then(GoTo{event.Alice, "/basket"}), []Msg{Submit{event.Alice, 1, map[string]string{PageField(event.Alice, basketField(shop)): "red  kettle=1"}}}, []string{"alice submit item=red${space}${space}kettle=1"}},
	} {
		m := test.from.then(test.msgs...)
		if got := steps(m)[len(test.from.Scenario.Steps):]; !slices.Equal(got, test.lines) || m.Notice != "" {
			t.Errorf("%s: %q, want %q: %s", test.name, got, test.lines, m.Notice)
		}
	}
}

func basketField(m Model) int {
	m = m.then(GoTo{event.Alice, "/basket"})
	return slices.IndexFunc(m.stateOf(event.Alice).Page, func(b event.Block) bool { return b.Tag == "input" && b.Name == "item" })
}

// What is edited and saved again as it was is the same cookie.
func TestCookieAsItWas(t *testing.T) {
	m := empty(t)
	for _, line := range []string{"a=1", "a=1; Domain=shop.example; Path=/x; SameSite=Strict", "https://shop.example/ a=1; Path=/", "https://blog.shop.example/ a=1; HttpOnly; Path=/; SameSite=None; Secure"} {
		before := m.then(Act{"alice paste " + line})
		after := before.then(EditCookie{event.Alice, 0}, SaveCookie{})
		x, y := before.stateOf(event.Alice).Jar, after.stateOf(event.Alice).Jar
		if len(x) != 1 || len(y) != 1 {
			t.Fatalf("%s: %d cookies, then %d: %s", line, len(x), len(y), after.Notice)
		}
		a, b := x[0], y[0]
		if a.Name != b.Name || a.Value != b.Value || a.Host() != b.Host() || a.Path != b.Path || a.Secure != b.Secure || a.HTTPOnly != b.HTTPOnly || a.SameSite != b.SameSite {
			t.Errorf("%s: %+v has become %+v by %q", line, a, b, steps(after))
		}
	}
}

// A lesson is taken over at any step: what was up to there stays.
func TestTakeOver(t *testing.T) {
	m := linked(t, "1/any-route/none/5/django-db+xss")
	for n := range len(m.Trace.Frames) {
		at := m.then(Go(n))
		taken := at.then(TakeOver{})
		if got := steps(taken); len(got) != n+1 || got[n] != at.Trace.Frames[n].Step.String() || taken.Step != n || taken.Scenario.Profile != "django-db" {
			t.Errorf("at step %d: %q", n+1, got)
		}
		if taken.Trace.Frames[n].State.Browser(event.Alice).URL != at.Trace.Frames[n].State.Browser(event.Alice).URL {
			t.Errorf("at step %d Alice is somewhere else", n+1)
		}
		acted := at.then(Act{"alice get /"}) // to act is to take over
		if got := steps(acted); len(got) != n+2 || acted.Notice != "" {
			t.Errorf("after an act at step %d: %q, %s", n+1, got, acted.Notice)
		}
	}
	// What the lesson's route needs is granted, and nothing else.
	if m = m.then(TakeOver{}); !slices.Equal(m.Scenario.Grants, []string{"js@target"}) {
		t.Errorf("it grants %q", m.Scenario.Grants)
	}
	if barred := m.then(SitDown(true), CopyCookie{event.Alice, 0}); len(steps(barred)) != len(steps(m)) || !strings.Contains(barred.Notice, "device") {
		t.Errorf("an act that is not granted: %q, %s", steps(barred), barred.Notice)
	}
}

func TestUndo(t *testing.T) {
	m := empty(t)
	var texts []string
	for _, line := range []string{"alice get /", "alice get /login", "mallory get /"} {
		texts = append(texts, m.Scenario.Text)
		m = m.then(Act{line})
	}
	last := m.Scenario.Text
	for i := range slices.Backward(texts) {
		if m = m.then(TakeBack{}); m.Scenario.Text != texts[i] || m.Step != max(0, i-1) {
			t.Fatalf("taken back to %q at step %d, want %q", m.Scenario.Text, m.Step+1, texts[i])
		}
	}
	if m.CanTakeBack() || m.then(TakeBack{}).Scenario.Text != texts[0] {
		t.Error("there is more to take back than was done")
	}
	for range texts {
		m = m.then(Again{})
	}
	if m.Scenario.Text != last || m.CanDoAgain() {
		t.Errorf("done again it is %q", m.Scenario.Text)
	}
	// A new act after that forks.
	m = m.then(TakeBack{}, Act{"alice get /basket"})
	if m.CanDoAgain() || steps(m)[2] != "alice get /basket" {
		t.Errorf("after a new act: %q", steps(m))
	}
	// So does an act at an earlier step; taken back, the later ones are there again.
	before := m.Scenario.Text
	m = m.then(Go(0), Act{"mallory get /"})
	if got := steps(m); !slices.Equal(got, []string{"alice get /", "mallory get /"}) {
		t.Errorf("an act at the first step: %q", got)
	}
	if m = m.then(TakeBack{}); m.Scenario.Text != before {
		t.Errorf("taken back it is %q", m.Scenario.Text)
	}
	// What came by a link is taken back line by line.
	opened := linked(t, "1/any-route/none/4").then(Follow(m.Fragment()), PlayOffer{})
	for range 3 {
		opened = opened.then(TakeBack{})
	}
	if len(opened.Scenario.Steps) != 0 || !opened.CanDoAgain() {
		t.Errorf("%q is left", steps(opened))
	}
}

// An act that cannot be played leaves all as it is, and the notice says why.
func TestCannot(t *testing.T) {
	m := empty(t).then(Act{"alice get /"})
	for line, why := range map[string]string{
		"alice get https://nowhere.example/":           `no such host "nowhere.example"`,
		"alice paste a=$nothing":                       `unknown variable "$nothing"`,
		"alice git /":                                  `unknown verb "git"`,
		"mallory serve https://shop.example/ <b>x</b>": "mallory cannot answer for https://shop.example",
	} {
		next := m.then(Act{line})
		if next.Scenario != m.Scenario || !strings.Contains(next.Notice, why) || strings.Contains(next.Notice, "script.txt") {
			t.Errorf("%s: %s", line, next.Notice)
		}
	}
}

func TestEditor(t *testing.T) {
	m := empty(t).then(Act{"alice get /"})
	written := m.Scenario.Text + "alice get /login\n"
	typing := m.then(Edit{Text: written, Caret: len(written)})
	if !typing.Hand.Drafting || typing.Written() != written || len(typing.Scenario.Steps) != 1 {
		t.Errorf("while it is typed: %q", steps(typing))
	}
	if old := typing.then(EditRests(typing.Hand.typing - 1)); !old.Hand.Drafting && typing.Hand.typing > 1 {
		t.Error("it is played before it rests")
	}
	rested := typing.then(EditRests(typing.Hand.typing))
	if rested.Hand.Drafting || len(rested.Scenario.Steps) != 2 || rested.Step != 1 || rested.then(TakeBack{}).Scenario.Text != m.Scenario.Text {
		t.Errorf("at rest: %q", steps(rested))
	}
	wrong := m.then(Edit{Text: m.Scenario.Text + "alice git /\n", Caret: 3}, EditRests(0))
	if len(wrong.Hand.Faults) != 1 || wrong.Hand.Faults[0].Line != 6 || !strings.Contains(wrong.Hand.Faults[0].Says, `"get"`) || len(wrong.Scenario.Steps) != 1 {
		t.Errorf("%+v, %q", wrong.Hand.Faults, steps(wrong))
	}
	if acted := wrong.then(Act{"alice get /"}); acted.Written() != wrong.Written() || acted.Notice == "" {
		t.Error("an act throws away what was typed")
	}
	if back := wrong.then(TakeBack{}); back.Written() != m.Scenario.Text || !back.CanDoAgain() || back.then(Again{}).Written() != wrong.Written() {
		t.Error("what was typed is not taken back, or not done again")
	}
	// Only its run shows that there is no such link target; the text stays.
	unplayed := m.then(Edit{Text: m.Scenario.Text + "alice let x=https://nowhere.example/\nalice get $x\nalice get /\n"}, EditRests(0))
	if len(unplayed.Hand.Faults) != 1 || !strings.Contains(unplayed.Hand.Faults[0].Says, "no such host") || unplayed.Hand.Faults[0].Line != 7 {
		t.Errorf("%+v", unplayed.Hand.Faults)
	}
}

// Words are offered where the caret is, and taken.
func TestWordsOffered(t *testing.T) {
	m := empty(t)
	written := m.Scenario.Text + "\nalice g"
	m = m.then(Edit{Text: written, Caret: len(written), Offer: true})
	if len(m.Hand.Words) == 0 || !strings.HasPrefix(m.Hand.Words[0].Text, "get") {
		t.Fatalf("offered %+v", m.Hand.Words)
	}
	next, effects := m.Update(TakeWord(0))
	if !strings.HasSuffix(next.Written(), "alice get ") {
		t.Errorf("taken: %q", next.Written())
	}
	if !slices.Contains(effects, Effect(Caret{scriptID, next.Written(), len(next.Written())})) {
		t.Errorf("the caret is not put behind it: %v", effects)
	}
	if n := len(m.Hand.Words); n > 1 && m.then(PickWord(-1)).Hand.Word != n-1 {
		t.Error("up from the first is not the last")
	}
	if m.then(NoWords{}).Hand.Words != nil {
		t.Error("the list does not close")
	}
}

func TestCheckWants(t *testing.T) {
	text := "title: X\nprofile: signed-id\n\nmallory get /\nmallory copy loot\nmallory@alice paste $cookie=$loot\nalice post /login user=alice password=correct-horse\nmallory get /profile\n\n-- want --\nnone hijacked $loot\nrotate hijacked $loot\n"
	m := empty(t).then(Opened(text), PlayOffer{}, CheckWants{})
	if got := m.Hand.Checked; len(got) != 2 || got[0].Fault != "" || !strings.Contains(got[1].Fault, "defended") {
		t.Errorf("%+v, %s", got, m.Notice)
	}
	if m = m.then(Act{"alice get /"}); m.Hand.Checked != nil {
		t.Error("what was checked stands beside another script")
	}
	if m = empty(t).then(CheckWants{}); m.Notice == "" {
		t.Error("nothing is said of a script without rows")
	}
}

// A script that comes by a link is shown before it is played; one's own is not.
func TestOffer(t *testing.T) {
	m := empty(t).then(Act{"mallory get /", "mallory serve https://evil.test/ <h1>Hi</h1>", "alice get https://evil.test/"}, Flip(1))
	link := m.Fragment()
	if !strings.HasPrefix(link, "2/") {
		t.Fatal(link)
	}
	stranger := ParseFragment("#" + link)
	if stranger.Page != ScriptPage || stranger.Fragment() != link || stranger.Hand.Offer.Text != m.Scenario.Text || stranger.Notice != "" {
		t.Errorf("%s at %q: %s", stranger.Fragment(), stranger.Page, stranger.Notice)
	}
	about := stranger.Hand.Offer.About
	if about.Steps["mallory"] != 2 || about.Steps["alice"] != 1 || !slices.Equal(about.Hosts, []string{"evil.test"}) || about.On != m.Defences {
		t.Errorf("%+v", about)
	}
	played := stranger.then(PlayOffer{})
	if played.Page != "" || played.Fragment() != link || played.Step != m.Step || played.Defences != m.Defences {
		t.Errorf("played it is %s", played.Fragment())
	}
	if again := played.then(Follow("reference"), Follow(link)); again.Page != "" || again.Fragment() != link {
		t.Errorf("what was played is asked about again: %q", again.Page)
	}
	// A reload of the page knows what was seen.
	reloaded, _ := Start(link, Settings{Script: played.Hand.Seen()})
	if reloaded.Page != "" || reloaded.Fragment() != link {
		t.Errorf("after a reload: %q, %s", reloaded.Page, reloaded.Fragment())
	}
	// The link alone leads to the last step.
	short := ParseFragment(strings.Join(strings.Split(link, "/")[:2], "/")).then(PlayOffer{})
	if short.Step != len(m.Trace.Frames)-1 || short.Defences != 0 {
		t.Errorf("the script alone: %s", short.Fragment())
	}
	if other := ParseFragment("1/~" + strings.TrimPrefix(link, "2/")); other.Page != ScriptPage || other.Trace != nil && len(other.Trace.Frames) > 0 && other.Scenario.Name == m.Scenario.Name {
		t.Errorf("by a link that begins with 1/ it is played: %q", other.Page)
	}
	if other := linked(t, "1/any-route/none/1").then(Follow("1/~" + strings.TrimPrefix(link, "2/"))); other.Page != ScriptPage {
		t.Errorf("followed, it is played: %q", other.Page)
	}
	for _, hostile := range []string{"title: <b>\u202e\nprofile: signed-id\n\nalice git /\n", "", "\x00", strings.Repeat("x", 300<<10)} {
		m := empty(t).then(Opened(hostile))
		if m.Page != ScriptPage || len(m.Hand.Offer.Faults) == 0 {
			t.Errorf("%.20q has no fault", hostile)
		}
		if m = m.then(PlayOffer{}); !m.ByHand() || m.Written() != hostile {
			t.Errorf("%.20q is not in the editor", hostile)
		}
	}
}

func TestHandEffects(t *testing.T) {
	m := empty(t)
	has := func(msg Msg, wanted func(Effect) bool) {
		t.Helper()
		if _, effects := m.Update(msg); !slices.ContainsFunc(effects, wanted) {
			t.Errorf("%T: %v", msg, effects)
		}
	}
	has(Act{"alice get /"}, func(e Effect) bool {
		v, ok := e.(Visit)
		return ok && !v.Replace && strings.HasPrefix(v.Fragment, "2/")
	})
	has(Act{"alice get /"}, func(e Effect) bool { _, ok := e.(KeepScripts); return ok })
	has(Edit{Text: "x"}, func(e Effect) bool { a, ok := e.(After); return ok && a.Wait == editAfter })
	has(SaveScript{}, func(e Effect) bool { return e == Effect(Download{"script.txt", m.Scenario.Text}) })
	has(CopyScript{}, func(e Effect) bool { return e == Effect(CopyAddress{scriptButton}) })
	has(ChooseScript{}, func(e Effect) bool { return e == Effect(Upload{Script: true}) })
	m = m.then(Act{"alice get /"})
	for _, kind := range []Export{"har", "mermaid", "md"} {
		has(kind, func(e Effect) bool {
			d, ok := e.(Download)
			return ok && strings.HasPrefix(d.Name, "run.") && len(d.Text) > 100
		})
	}
	if next := m.then(Copied{scriptButton, true}); !strings.Contains(next.Notice, "clipboard") {
		t.Error(next.Notice)
	}
	long := m
	for i := 0; len(long.Fragment()) <= shortLink; i++ {
		noise := scenarios.Packed(long.Scenario.Name)
		long = long.then(Act{"alice paste a=" + noise[max(1, len(noise)-200):]})
		if i > 100 {
			t.Fatalf("after %d acts the link has %d characters: %s", i, len(long.Fragment()), long.Notice)
		}
	}
	if next := long.then(Copied{scriptButton, true}); !strings.Contains(next.Notice, "file") {
		t.Error(next.Notice)
	}
}

// Any two states of one's own play can be compared.
func TestCompareOwn(t *testing.T) {
	m := empty(t).then(Act{"alice get /"})
	if m.then(CompareRemembered{}).Page == "compare" {
		t.Error("nothing is remembered")
	}
	m = m.then(RememberRun{}, Act{"alice get /login"})
	c := m.then(CompareRemembered{})
	if c.Page != "compare" || len(c.Compare.Trace.Frames) != 1 || len(c.Trace.Frames) != 2 || c.Notice != "" {
		t.Fatalf("%q, %s", c.Page, c.Notice)
	}
	if stranger := ParseFragment(c.Fragment()); stranger.Page != ScriptPage {
		t.Errorf("a stranger's comparison is played without a question: %q", stranger.Page)
	}
	again, _ := Start(c.Fragment(), Settings{Script: c.Hand.Seen()})
	if again.Page != "compare" || again.Fragment() != c.Fragment() || again.Notice != "" {
		t.Errorf("the link leads to %s: %s", again.Fragment(), again.Notice)
	}
	if back := c.then(Follow(m.Fragment())); !back.ByHand() || back.Fragment() != m.Fragment() {
		t.Errorf("back it is %s", back.Fragment())
	}
}

// What is typed into a page stays while the other browser acts, and goes with the page.
func TestTyped(t *testing.T) {
	m := empty(t).then(GoTo{event.Alice, "/login"})
	id := PageField(event.Alice, fieldNamed(t, "user"))
	m = m.then(Type{id, "ali"}, GoTo{event.Mallory, "/"})
	if !slices.Contains(m.Inputs(), Input{id, "ali"}) {
		t.Error("what Alice typed is lost as Mallory acts")
	}
	if m = m.then(GoTo{event.Alice, "/"}, GoTo{event.Alice, "/login"}); !slices.Contains(m.Inputs(), Input{id, ""}) {
		t.Error("what was typed stands on another page")
	}
}

// The setup of a script is its header.
func TestHeader(t *testing.T) {
	m := empty(t).then(Act{"alice get /"}, SetServer("flask"), SetHead{"seed", "7"}, SetRules(3))
	if !strings.HasPrefix(m.Scenario.Text, "title: My script\nprofile: flask\nseed: 7\nbrowser: firefox\n\nalice get /") || m.Scenario.Profile != "flask" {
		t.Errorf("%q", m.Scenario.Text)
	}
	if bad := m.then(SetHead{"on", "nonsense"}); bad.Scenario != m.Scenario || !strings.Contains(bad.Notice, "nonsense") {
		t.Errorf("%q, %s", bad.Scenario.Text, bad.Notice)
	}
	if m = m.then(SetHead{"on", "rotate"}, SetHead{"grants", "nothing"}); m.Scenario.On == 0 || m.Scenario.Grants == nil || m.Step != 0 {
		t.Errorf("%q", m.Scenario.Text)
	}
}

// Mallory's site: what is added is added, what is changed is put there anew.
func TestSite(t *testing.T) {
	blog := "https://blog.shop.example/"
	m := empty(t).then(Publish{blog, "Set-Cookie: a=1", "<h1>Mine</h1>\n\n  <p>Text: more</p>\n"})
	want := []string{"mallory serve " + blog + " Set-Cookie: a=1", "mallory serve " + blog + " <h1>Mine</h1> <p>Text: more</p>"}
	if got := steps(m); !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
	if more := m.then(Publish{blog, "Set-Cookie: a=1", "<h1>Mine</h1> <p>Text: more</p>"}); len(steps(more)) != 2 || more.Notice == "" {
		t.Errorf("the same once more: %q, %q", steps(more), more.Notice)
	}
	if more := m.then(Publish{blog, "Set-Cookie: a=1\nSet-Cookie: b=2", "<h1>Mine</h1> <p>Text: more</p>"}); !slices.Equal(steps(more)[2:], []string{"mallory serve " + blog + " Set-Cookie: b=2"}) {
		t.Errorf("a header more: %q", steps(more))
	}
	if other := m.then(Publish{blog, "", "<h1>Other</h1>"}); !slices.Equal(steps(other)[2:], []string{"mallory remove " + blog, "mallory serve " + blog + " <h1>Other</h1>"}) {
		t.Errorf("another page: %q", steps(other))
	}
	script := "<script>\n// a comment\ndocument.cookie='a=b  c'\n</script>"
	kept := m.then(Publish{"https://evil.test/", "", script})
	if got := kept.then(Act{"alice get https://evil.test/"}).stateOf(event.Alice).Jar; len(got) != 1 || got[0].Value != "b  c" {
		t.Errorf("a script of several lines: %q sets %+v", steps(kept), got)
	}
	for _, html := range []string{"Note: this is text", "repeat 3 x"} {
		page := empty(t).then(Publish{"https://evil.test/", "", html + "<p>x</p>"}, Act{"alice get https://evil.test/"})
		for _, e := range page.Trace.Frames[len(page.Trace.Frames)-1].Events {
			if e.Kind == event.Response && !strings.Contains(e.Message.Raw, html+"<p>x</p>") {
				t.Errorf("%q: %q", steps(page), e.Message.Raw)
			}
		}
	}
	seen := m.then(Preview{blog, "Set-Cookie: a=1\nSet-Cookie: __Host-b=2", "<h1>Mine</h1> <p>Text: more</p>"})
	if len(steps(seen)) != 2 || len(seen.Hand.Site.Preview) == 0 || seen.Notice != "" {
		t.Errorf("%q, %q: %s", steps(seen), seen.Hand.Site.Preview, seen.Notice)
	}
}

// Every template can be published, and its route does with it what it says.
func TestTemplates(t *testing.T) {
	all := Templates()
	if len(all) < 15 {
		t.Fatalf("%d templates", len(all))
	}
	for i := range all {
		m := empty(t).then(GoTo{event.Mallory, "/"}, CopyCookie{event.Mallory, 0}, OpenSite(true), Template(i))
		s := m.Hand.Site
		m = m.then(Publish{s.URL, s.Headers, s.HTML})
		if n := len(steps(m)); m.Notice != "" || n < 3 {
			t.Errorf("%s: %q: %s", all[i].Title, steps(m), m.Notice)
		}
	}
}

// What has no value yet is not published as it is written; a link that is sent shows what
// stands on the site; and a new script begins with an empty one.
func TestSiteAsItStands(t *testing.T) {
	m := empty(t).then(Act{"mallory get /"}, OpenSite(true), Template(0))
	site := m.Hand.Site
	if !strings.Contains(site.Headers+site.HTML, "$loot") {
		t.Fatalf("the template is %+v", site)
	}
	for _, msg := range []Msg{Publish{site.URL, site.Headers, site.HTML}, Preview{site.URL, site.Headers, site.HTML}, SendLink(site.URL)} {
		if next := m.then(msg); next.Scenario != m.Scenario || !strings.HasPrefix(next.Notice, "$loot ") {
			t.Errorf("%T: %q, %s", msg, steps(next), next.Notice)
		}
	}
	m = m.then(Act{"mallory copy loot"}, OpenSite(true))
	m.Hand.Site = site
	sent := m.then(SendLink(site.URL))
	if got := steps(sent); len(got) < 4 || !strings.HasPrefix(got[2], "mallory serve "+site.URL) || got[len(got)-1] != "alice get "+site.URL {
		t.Errorf("sent: %q", got)
	}
	if back := sent.then(TakeBack{}); back.Scenario.Text != m.Scenario.Text || back.Hand.Site.Open != sent.Hand.Site.Open {
		t.Errorf("one undo leaves %q", steps(back))
	}
	if next := sent.then(NewScript("")); next.Hand.Site.HTML+next.Hand.Site.Headers != "" {
		t.Errorf("a new script begins with %+v", next.Hand.Site)
	}
}

// What cannot stand in the header stays in its field.
func TestHeadIsKept(t *testing.T) {
	m := empty(t)
	wrong := m.then(SetHead{"on", "nonsense"})
	if wrong.Notice == "" || !slices.Contains(wrong.Inputs(), Input{"head-on", "nonsense"}) || wrong.Written() != m.Written() {
		t.Errorf("%s, %q", wrong.Notice, wrong.Inputs())
	}
	if right := wrong.then(SetHead{"on", "strict"}); right.Notice != "" || !slices.Contains(right.Inputs(), Input{"head-on", "strict"}) {
		t.Errorf("%s, %q", right.Notice, right.Inputs())
	}
}

// An address that nobody can open stays in the bar, to be mended.
func TestAddressIsKept(t *testing.T) {
	m := empty(t).then(Type{AddressField(event.Alice), "not a host"}, GoTo{event.Alice, "not a host"})
	if m.Notice == "" || m.Hand.Typed[AddressField(event.Alice)] != "not a host" {
		t.Errorf("%q stands there, %s", m.Hand.Typed, m.Notice)
	}
}

// A cookie that the form cannot say is not written as another one.
func TestCookieForm(t *testing.T) {
	m := empty(t).then(GoTo{event.Alice, "/"})
	for _, test := range []struct {
		wrong  string
		fields []Msg
	}{
		{"value", []Msg{CookieField{"name", "a"}, CookieField{"value", "b; HttpOnly"}}},
		{"name", []Msg{CookieField{"name", "https://evil.test/"}, CookieField{"value", "b"}}},
		{"name", []Msg{CookieField{"name", "a=b"}, CookieField{"value", "c"}}},
		{"name", nil},
		{"age", []Msg{CookieField{"name", "a"}, CookieField{"age", "1;2"}}},
		{"domain", []Msg{CookieField{"name", "a"}, CookieField{"value", "b"}, CookieField{"domain", "evil.test"}, CookieField{"script", "true"}}},
	} {
		form := m.then(EditCookie{event.Alice, -1}).then(test.fields...)
		next, said := form.says(SaveCookie{})
		if next.Scenario != m.Scenario || next.Hand.Cookie.Wrong != test.wrong || said == "" || said != next.Hand.Cookie.Fault {
			t.Errorf("%v: %q, field %q, said %q", test.fields, steps(next), next.Hand.Cookie.Wrong, said)
		}
		if again, twice := next.says(SaveCookie{}); twice != said {
			t.Errorf("%v: once more %q", test.fields, twice)
		} else if again.then(CookieField{"name", "b"}).Hand.Cookie.Wrong != "" {
			t.Errorf("%v: it is called wrong as it is mended", test.fields)
		}
	}
	if next := m.then(EditCookie{event.Alice, -1}, CookieField{"samesite", NoSameSite}, CookieField{"name", "a"}, SaveCookie{}); strings.Contains(next.Written(), "SameSite") {
		t.Errorf("no SameSite is written: %q", steps(next))
	}
	aged := m.then(Act{"alice paste p=1; Max-Age=100"}, EditCookie{event.Alice, 1}, SaveCookie{})
	if jar := aged.stateOf(event.Alice).Jar; len(jar) != 2 || jar[1].Expires.IsZero() {
		t.Errorf("%q makes it a session's cookie", steps(aged))
	}
}

// The address bar shows where the browser is, whatever was typed to come there.
func TestAddressAfterwards(t *testing.T) {
	m := empty(t).then(GoTo{event.Alice, "/"}, Type{AddressField(event.Alice), "http://shop.example/"}, GoTo{event.Alice, "http://shop.example/"})
	if !slices.Contains(m.Inputs(), Input{AddressField(event.Alice), m.stateOf(event.Alice).URL}) {
		t.Errorf("%v", m.Inputs())
	}
}

// What is being written is not lost: not by a reload, nor by a look at another page, nor by a
// lesson that is opened meanwhile.
func TestDraftStays(t *testing.T) {
	m := empty(t).then(Act{"alice get /"})
	draft := m.Scenario.Text + "alice gte /\n"
	next, effects := m.then(Edit{Text: draft, Caret: len(draft)}).Update(EditRests(0))
	if !slices.Contains(effects, Effect(KeepDraft(draft))) {
		t.Errorf("it is not kept: %v", effects)
	}
	if again, _ := Start(next.Fragment(), Settings{Script: next.Hand.Seen(), Draft: draft}); again.Written() != draft || len(again.Hand.Faults) != 1 {
		t.Errorf("after a reload: %q", again.Written())
	}
	if back := next.then(Follow("reference"), Follow(next.Fragment())); back.Written() != draft {
		t.Errorf("after a look at another page: %q", back.Written())
	}
	left := next.then(Open("any-route"))
	if left.Hand.Last == "" || left.then(Follow(left.Hand.Last), PlayOffer{}).Written() != draft {
		t.Errorf("after a lesson: %s", left.Hand.Last)
	}
	if _, effects := next.Update(TakeBack{}); !slices.Contains(effects, Effect(KeepDraft(""))) {
		t.Errorf("what was taken back is kept: %v", effects)
	}
}
