//go:build !wasm

package view

import (
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/event"
)

// reach returns the page of lesson 1 at the first stage of a kind.
func reach(t *testing.T, kind page.Kind) page.Model {
	t.Helper()
	m, _ := page.Start("", page.Settings{})
	for range 50 {
		if m.Learn.At().Kind == kind {
			return m
		}
		if m.Learn.At().Kind == page.AtBet {
			m, _ = m.Update(page.PickOption(1))
			m, _ = m.Update(page.Commit(true))
		} else {
			m, _ = m.Update(page.Onward{})
		}
	}
	t.Fatal("no such stage")
	return m
}

func faced(m page.Model, messages ...page.Msg) string {
	for _, msg := range messages {
		m, _ = m.Update(msg)
	}
	return visible(app.HTMLString(face(m)))
}

// tags returns the start tags that have all of those parts.
func tags(html string, parts ...string) []string {
	var out []string
	for _, tag := range regexp.MustCompile(`<\w[^>]*>`).FindAllString(html, -1) {
		has := true
		for _, p := range parts {
			has = has && strings.Contains(tag, p)
		}
		if has {
			out = append(out, tag)
		}
	}
	return out
}

// attribute returns the value of an attribute of a start tag.
func attribute(tag, name string) string {
	_, rest, _ := strings.Cut(tag, " "+name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// Each defence is a choice under its own name, in a group under the question, and each
// way on comes after what it leads away from.
func TestNamesOfChoices(t *testing.T) {
	m := reach(t, page.AtStop)
	html := faced(m)
	radios := tags(html, `role="radio"`)
	for i, s := range m.Learn.Lesson.Course.Stops[0].Cards {
		if name := attribute(radios[i], "aria-label"); name != "This one: "+s.Title {
			t.Errorf("choice %d is called %q", i+1, name)
		}
	}
	group := tags(html, `role="radiogroup"`)
	if len(group) != 1 || attribute(group[0], "aria-labelledby") != "stop-ask" || len(tags(html, `id="stop-ask"`)) != 1 {
		t.Errorf("the choices are in %q", group)
	}
	for html, last := range map[string]string{html: `role="radio"`, faced(reach(t, page.AtAsk)): "data-place="} {
		if strings.LastIndex(html, last) > strings.Index(html, `id="next"`) {
			t.Errorf("the way on comes before %s", last)
		}
	}
	ran := faced(m, page.Onward{})
	if len(tags(ran, `id="stops"`, `tabindex="-1"`, `role="group"`)) != 1 {
		t.Error("the results are no group that can have the focus")
	}
	if strings.Count(ran, `gone"`) == 0 || strings.Count(ran, `gone"`) != strings.Count(ran, `> deleted<`) {
		t.Error("a session id that is struck through is not said to be deleted")
	}
}

// No stage has a second region that speaks, and none a stop of the dots without a name
// that says what it shows.
func TestOneVoice(t *testing.T) {
	ask := reach(t, page.AtAsk)
	own, _ := page.Start("learn/"+page.Course()[0].Name+"/act", page.Settings{})
	for where, html := range map[string]string{
		"a question": faced(ask, page.PickOption(1)), "the run": faced(own, page.Onward{}, page.Explain(own.Learn.Lesson.Course.Terms[0])),
	} {
		for _, tag := range tags(html, `role="status"`) {
			if !strings.Contains(tag, `id="told"`) && !strings.Contains(tag, `id="notice"`) {
				t.Errorf("%s: %s", where, tag)
			}
		}
	}
	trace := own.Learn.Trace
	dots := tags(faced(own), `class="dot `)
	for i, tag := range dots {
		name, who := attribute(tag, "aria-label"), map[words.Lane]string{words.Attacker: "Mallory", words.Server: "Server", words.Victim: "Alice"}[words.Acting(trace, i)]
		if !strings.Contains(name, who) || strings.Contains(name, "changes") != changes(trace, i) || attribute(tag, "id") != page.DotID(i+1) {
			t.Errorf("dot %d is %s", i+1, tag)
		}
	}
	if len(dots) != len(trace.Frames) {
		t.Errorf("%d dots for %d steps", len(dots), len(trace.Frames))
	}
}

// Headings go down one level at a time, at every step and stage of every lesson.
func TestHeadings(t *testing.T) {
	level := regexp.MustCompile(`<h([1-6])[ >]`)
	for _, lesson := range page.Course() {
		m, _ := page.Start("learn/"+lesson.Name, page.Settings{})
		for range 200 {
			was := 0
			for _, h := range level.FindAllStringSubmatch(faced(m), -1) {
				n := int(h[1][0] - '0')
				if n > was+1 {
					t.Errorf("%s: level %d follows level %d", m.Fragment(), n, was)
				}
				was = n
			}
			if m.Learn.At().Kind == page.AtCard {
				break
			}
			if m.Learn.At().Kind == page.AtBet {
				m, _ = m.Update(page.PickOption(1))
				m, _ = m.Update(page.Commit(true))
				continue
			}
			m, _ = m.Update(page.Onward{})
		}
	}
}

// A wire is read aloud once: by itself, or by the line that says the same.
func TestWireIsReadOnce(t *testing.T) {
	bet := reach(t, page.AtBet)
	if w := tags(faced(bet), `class="wire`); len(w) != 1 || attribute(w[0], "aria-label") != "K1 goes from Mallory to Alice" || attribute(w[0], "role") != "img" {
		t.Errorf("at the bet: %q", w)
	}
	m, _ := page.Start("learn/"+page.Course()[0].Name+"/act", page.Settings{})
	for n := 1; !m.Learn.Ended(); n++ {
		m, _ = m.Update(page.Onward{})
		sent, _ := carrier(m.Learn.Trace, n)
		for _, w := range tags(faced(m), `class="wire `) {
			if hidden := strings.Contains(w, " aria-hidden"); sent == nil || hidden == m.Learn.Ended() || m.Learn.Ended() && attribute(w, "aria-label") == "" {
				t.Errorf("after step %d: %s", n, w)
			}
		}
	}
}

// The list of lessons follows its button, and the lesson that is shown closes it. A
// question from before has nothing to go back to.
func TestLessonsFollowTheirButton(t *testing.T) {
	m, _ := page.Start("learn/"+page.Course()[1].Name, page.Settings{})
	b := faceBar{Number: 2, Of: 8, Title: m.Learn.Lesson.Title, Mode: "learn", Menu: true, Current: m.Learn.Lesson.Name, Done: []string{page.Course()[0].Name}}
	html := app.HTMLString(b.Render())
	button := tags(html, `id="lessons"`)
	if len(button) != 1 || attribute(button[0], "aria-label") != "2 of 8 "+m.Learn.Lesson.Title+", lessons" {
		t.Errorf("the button is %q", button)
	}
	at, list, after := strings.Index(html, `id="lessons"`), strings.Index(html, `id="lesson-list"`), strings.Index(html, `id="way-learn"`)
	if list < at || list > after || strings.Count(html, `class="done"`) != 1 || len(tags(html, `aria-current="page"`, m.Learn.Lesson.Name)) != 1 {
		t.Errorf("the bar is %s", html)
	}
	ask := reach(t, page.AtAsk)
	if !strings.Contains(faced(ask), `id="back"`) {
		t.Error("a question has no way back")
	}
	if ask.Learn.Asked = true; strings.Contains(faced(ask), `id="back"`) {
		t.Error("a question from before has a way back")
	}
}

// What is seen of a browser by its colour or by an icon is said, and the same name is
// not read three times.
func TestWindowSays(t *testing.T) {
	m, _ := page.Start("learn/"+page.Course()[0].Name+"/act", page.Settings{})
	m, _ = m.Update(page.Onward{})
	html := app.HTMLString(window{Trace: m.Learn.Trace, Taken: 1, Name: event.Mallory, Next: true}.ui())
	if len(tags(html, `class="tabs"`, "aria-hidden")) != 1 {
		t.Error("the tab, and whose it is, are read once more")
	}
	for _, want := range []string{`id="browser-mallory"`, `>Mallory’s browser</h2>`, text.T("browser.address"), `role="list"`, `role="listitem"`, "set by shop.example", " signed</span>"} {
		if !strings.Contains(html, want) {
			t.Errorf("the window has no %s: %s", want, html)
		}
	}
	plain := window{Trace: m.Learn.Trace, Taken: 1, Name: event.Mallory}
	for url, want := range map[string]bool{"http://shop.example/": true, "https://shop.example/": false} {
		var b strings.Builder
		for _, e := range plain.address(event.Browser{URL: url}) {
			if e != nil {
				b.WriteString(app.HTMLString(e))
			}
		}
		if strings.Contains(b.String(), text.T("browser.plain")) != want {
			t.Errorf("%s: %s", url, b.String())
		}
	}
}
