package world_test

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// jarOf writes a browser's cookies as lines.
func jarOf(b event.Browser) (lines []string) {
	for _, e := range b.Jar {
		line := e.Name + "=" + e.Value + " " + e.Host() + e.Path
		if e.Secure {
			line += " Secure"
		}
		if e.HTTPOnly {
			line += " HttpOnly"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestCookieTools(t *testing.T) {
	three := []string{"alice paste a=1", "alice paste a=2; Domain=shop.example; Path=/basket", "alice paste https://blog.shop.example/ b=3; HttpOnly"}
	for _, test := range []struct {
		lines, want []string
	}{
		{nil, []string{"a=1 shop.example/ Secure", "a=2 .shop.example/basket Secure", "b=3 blog.shop.example/ HttpOnly"}},
		{[]string{"alice forget"}, nil},
		{[]string{"alice forget a"}, []string{"b=3 blog.shop.example/ HttpOnly"}},
		{[]string{"alice forget a .shop.example"}, []string{"a=1 shop.example/ Secure", "b=3 blog.shop.example/ HttpOnly"}},
		{[]string{"alice forget a shop.example /"}, []string{"a=2 .shop.example/basket Secure", "b=3 blog.shop.example/ HttpOnly"}},
		{[]string{"alice forget a shop.example /basket"}, []string{"a=1 shop.example/ Secure", "a=2 .shop.example/basket Secure", "b=3 blog.shop.example/ HttpOnly"}},
		{[]string{"mallory@alice forget b", "alice forget a"}, nil},
		{[]string{"alice paste http://shop.example/x/y c=4"}, []string{"a=1 shop.example/ Secure", "a=2 .shop.example/basket Secure", "b=3 blog.shop.example/ HttpOnly", "c=4 shop.example/x"}},
	} {
		tr := playLines(t, append(slices.Clone(three), test.lines...)...)
		if got := jarOf(last(tr, "alice")); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.lines, got, test.want)
		}
	}
}

// Who deletes the cookie that kept her in is not served, and no defence is to blame.
func TestForgotten(t *testing.T) {
	login := []string{"alice get /login", "alice submit user=alice password=correct-horse"}
	for line, want := range map[string]event.Outcome{"alice forget sid": event.NoAttack, "alice forget": event.NoAttack, "alice forget other": event.NoAttack, "mallory@alice forget sid": event.Broken} {
		if got := playLines(t, append(slices.Clone(login), line, "alice get /profile")...).Verdict.Outcome; got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

// A cookie is copied by its name, domain and path.
func TestCopyNamed(t *testing.T) {
	for line, want := range map[string]string{
		"mallory copy x a":                       "1",
		"mallory copy x a .shop.example":         "2",
		"mallory copy x a .shop.example /basket": "2",
		"mallory copy x a shop.example /basket":  "",
		"mallory copy x b":                       "3",
		"mallory copy x nothing":                 "",
		"mallory copy x b blog.shop.example /":   "3",
		"mallory let b=7\nmallory copy x b":      "3",
	} {
		tr := playLines(t, "mallory paste a=1", "mallory paste a=2; Domain=shop.example; Path=/basket", "mallory paste https://blog.shop.example/ b=3", line)
		if got := tr.Vars["x"]; got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// What a line cannot say as it stands has a variable, and a value goes on over blanks.
func TestWrittenValues(t *testing.T) {
	for line, want := range map[string]string{
		"alice submit item=red kettle":                   "red kettle",
		"alice submit item=a${space}b=c":                 "a b=c",
		"alice submit item=5${dollar}x":                  "5$x",
		"alice submit item=a b c":                        "a b c",
		"alice let n=ring\nalice submit item=${n}s":      "rings",
		"alice let n=ring\nalice submit item=$n${nbsp}x": "ring\u00a0x",
		"alice submit item=two${newline}lines":           "two\nlines",
	} {
		tr := playLines(t, "alice get /basket", line)
		got := "nothing"
		for _, e := range tr.Frames[len(tr.Frames)-1].Events {
			if e.Kind == event.Request {
				for _, f := range e.Message.Fields {
					if f.Name == "item" {
						got = f.Value
					}
				}
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	for _, line := range []string{"alice let space=1", "alice copy dollar", "alice let newline=x"} {
		if _, err := script.Parse("x", "title: X\nprofile: signed-id\n\n"+line+"\n"); err == nil {
			t.Errorf("%s is taken", line)
		}
	}
}

// Of several links with one text, and of several forms, a number says which.
func TestWhichOfSeveral(t *testing.T) {
	page := `mallory serve https://evil.test/ <a href=/one>Go  on</a> <a href=/two>Go on</a> <a href=/three>#2 Go on</a> <a href=/four>#2 Off</a>` +
		` <form action=/a><input name=x></form> <form action=/b><input name=x></form>`
	for line, want := range map[string]string{
		"alice click Go on":    "GET /one",
		"alice click #1 Go on": "GET /one",
		"alice click #2 Go on": "GET /three", // that is what it says
		"alice click #3 Go on": "",
		"alice click #2 Off":   "GET /four",
		"alice submit x=1":     "GET /a?x=1",
		"alice submit #2 x=1":  "GET /b?x=1",
		"alice submit #3 x=1":  "",
	} {
		requests, _ := sent(playLines(t, page, "alice get https://evil.test/", line))
		if got := strings.Join(requests, " "); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	var links []int
	for _, b := range last(playLines(t, page, "alice get https://evil.test/"), "alice").Page {
		if b.Tag == "a" {
			links = append(links, b.Link)
		}
	}
	if !slices.Equal(links, []int{1, 2, 1, 1}) {
		t.Errorf("the links are numbered %v", links)
	}
}

// What Mallory put somewhere can be taken away, and the host shows its own page again.
func TestRemove(t *testing.T) {
	lines := []string{"mallory serve https://evil.test/ Set-Cookie: a=b", "mallory serve https://evil.test/ <h1>Mine</h1>"}
	tr := playLines(t, append(slices.Clone(lines), "mallory remove https://evil.test/?x", "alice get https://evil.test/")...)
	if b := last(tr, "alice"); b.Title() != "Prizes" || len(b.Jar) > 0 {
		t.Errorf("%+v", b)
	}
	_, did := sent(playLines(t, append(lines, "mallory remove https://evil.test/other")...))
	if !slices.Equal(did, []string{"has nothing on https://evil.test/other to take away"}) {
		t.Errorf("%q", did)
	}
}

func TestServerWaits(t *testing.T) {
	tr := playLines(t, "alice get /", "server wait 336h")
	f := tr.Frames[1]
	if f.Events[0].Who != event.ShopHost || f.State.Now.Sub(tr.Frames[0].State.Now).Hours() < 336 {
		t.Errorf("%+v", f.Events[0])
	}
	if _, err := lab.Run(tr.Scenario, 0); err != nil {
		t.Error(err)
	}
}
