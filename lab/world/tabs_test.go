package world_test

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// playLines plays lines on the server signed-id.
func playLines(t *testing.T, lines ...string) *lab.Trace {
	t.Helper()
	s, err := script.Parse("x", "title: X\nprofile: signed-id\nseed: 1\n\n"+strings.Join(lines, "\n")+"\n")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// sent returns the first lines of the requests of the last step, and its other texts.
func sent(tr *lab.Trace) (requests, did []string) {
	for _, e := range tr.Frames[len(tr.Frames)-1].Events {
		switch e.Kind {
		case event.Request:
			line := e.Message.Start
			if e.Message.Cookies != "" {
				line += " with cookies"
			}
			requests = append(requests, line)
		case event.Did:
			did = append(did, e.Text)
		}
	}
	return requests, did
}

func last(tr *lab.Trace, who string) event.Browser {
	return tr.Frames[len(tr.Frames)-1].State.Browser(who)
}

func TestBackAndReload(t *testing.T) {
	for _, test := range []struct {
		name     string
		lines    []string
		url      string
		requests []string
		did      string
	}{
		{"nothing before", []string{"alice back"}, "", nil, "has no page to go back to"},
		{"one page", []string{"alice get /", "alice back"}, "https://shop.example/", nil, "has no page to go back to"},
		{"nothing to reload", []string{"alice reload"}, "", nil, "has no page to load again"},
		{"a page that may be kept", []string{"alice get https://blog.shop.example/", "alice get /", "alice back"}, "https://blog.shop.example/", nil,
			"goes back to https://blog.shop.example/, as it was left"},
		{"the shop may not be kept", []string{"alice get /", "alice get https://blog.shop.example/", "alice back"}, "https://shop.example/", []string{"GET / with cookies"},
			"goes back to https://shop.example/, which may not be kept: it is asked for again"},
		{"back twice", []string{"alice get https://evil.test/", "alice get https://blog.shop.example/", "alice get /", "alice back", "alice back"}, "https://evil.test/", nil,
			"goes back to https://evil.test/, as it was left"},
		{"nothing before the first", []string{"alice get https://evil.test/", "alice get https://blog.shop.example/", "alice back", "alice back"}, "https://evil.test/", nil, "has no page to go back to"},
		{"reload is no new page", []string{"alice get https://evil.test/", "alice get /", "alice reload", "alice back"}, "https://evil.test/", nil, "goes back to https://evil.test/, as it was left"},
		{"back to what came of a form sends nothing", []string{"alice get /login", "alice submit user=alice password=correct-horse", "alice get /", "alice back"}, "https://shop.example/login", nil,
			"goes back to https://shop.example/login, which came of a form and may not be kept: nothing is sent before she says so by reloading"},
		{"and by a reload it does", []string{"alice get /login", "alice submit user=alice password=correct-horse", "alice get /", "alice back", "alice reload"}, "https://shop.example/login", []string{"POST /login with cookies"},
			"loads https://shop.example/login again, and says yes to sending the form again"},
		{"a form is sent again", []string{"alice get /login", "alice submit user=alice password=correct-horse", "alice reload"}, "https://shop.example/login", []string{"POST /login with cookies"},
			"loads https://shop.example/login again, and says yes to sending the form again"},
	} {
		tr := playLines(t, test.lines...)
		requests, did := sent(tr)
		if got := last(tr, "alice").URL; got != test.url || !slices.Equal(requests, test.requests) || !slices.Contains(did, test.did) {
			t.Errorf("%s: at %s, sent %q, did %q", test.name, got, requests, did)
		}
	}
}

// Who started the request that led to a page has started its reload: a cookie that is
// Strict stays away both times.
func TestReloadKeepsWhoStarted(t *testing.T) {
	lines := []string{
		"alice paste a=b; SameSite=Strict",
		"mallory serve https://evil.test/ <a href=https://shop.example/>Shop</a>",
		"alice get https://evil.test/",
		"alice click Shop",
	}
	for _, more := range [][]string{nil, {"alice reload"}} {
		requests, _ := sent(playLines(t, append(lines, more...)...))
		if !slices.Equal(requests, []string{"GET /"}) && len(more) == 0 {
			t.Errorf("sent %q", requests)
		}
	}
	tr := playLines(t, append(lines, "alice reload")...)
	for _, e := range tr.Frames[len(tr.Frames)-1].Events {
		if e.Kind == event.Request && strings.Contains(e.Message.Cookies, "a=b") {
			t.Errorf("the reload sends %q", e.Message.Cookies)
		}
	}
	tr = playLines(t, append(lines, "alice get /")...)
	if !strings.Contains(tr.Frames[len(tr.Frames)-1].Events[0].Message.Cookies, "a=b") {
		t.Error("a typed address does not send it")
	}
}

func TestTabs(t *testing.T) {
	tr := playLines(t, "alice get /login", "alice tab", "alice get https://blog.shop.example/", "alice tab 1", "alice submit user=alice password=correct-horse", "alice tab 2")
	b := last(tr, "alice")
	if b.URL != "https://blog.shop.example/" || b.Tab != 1 || !slices.Equal(b.Tabs, []string{"Logged in", "Ten days in Lisbon"}) {
		t.Errorf("%+v", b)
	}
	if b := tr.Frames[1].State.Browser("alice"); b.URL != "" || !slices.Equal(b.Tabs, []string{"Log in", ""}) {
		t.Errorf("a new tab: %+v", b)
	}
	if b := tr.Frames[4].State.Browser("alice"); b.Title() != "Logged in" {
		t.Errorf("back in the first tab: %+v", b)
	}
	for lines, want := range map[string]string{
		"alice tab 2":                         "x.txt:5: alice has no tab 2",
		strings.Repeat("alice tab\n", 9):      "x.txt:13: a browser has 9 tabs at most",
		"alice tab\nalice tab\nmallory tab 3": "x.txt:7: mallory has no tab 3",
	} {
		s, err := script.Parse("x", "title: X\nprofile: signed-id\nseed: 1\n\n"+lines+"\n")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := lab.Run(s, 0); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", lines, err, want)
		}
	}
}
