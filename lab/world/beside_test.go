package world_test

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// besides plays steps on cookie-session, whose session is in two cookies.
func besides(t *testing.T, profile, on, steps string) *lab.Trace {
	t.Helper()
	s, err := script.Parse("x", "title: T\nprofile: "+profile+"\nseed: 1\n\n"+steps)
	if err != nil {
		t.Fatal(err)
	}
	d, err := defence.Parse(on)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, d)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// What was seen of cookie-session 2.1.1: whoever has both cookies is served, after
// logout too; the data alone is nothing; planted data is Alice's after login.
func TestBothCookies(t *testing.T) {
	const (
		login  = "alice post /login user=alice password=correct-horse\n"
		gnome  = "mallory post /basket item=gnome\nmallory copy loot\n"
		after  = "alice get /basket\nmallory paste $cookie=$loot\nmallory get /profile\n"
		stolen = login + "mallory@alice copy loot\n"
		header = "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure\nalice get https://blog.shop.example/\n"
		page   = "mallory serve https://blog.shop.example/ <script>document.cookie = \"$cookie=$loot; Domain=shop.example; Path=/login; Secure\"</script>\nalice get https://blog.shop.example/\n"
		link   = "mallory serve https://evil.test/ <a href=\"https://shop.example/search?q=%3Cscript%3Edocument.cookie%3D%22$$cookie%3D$$loot%3B%20Path%3D/%3B%20Secure%22%3C/script%3E\">Prize</a>\nalice get https://evil.test/\nalice click Prize\n"
		prefs  = "mallory serve https://evil.test/ <a href=\"https://shop.example/prefs?name=$$cookie&value=$$loot%3B%20Path%3D/%3B%20Secure\">Prize</a>\nalice get https://evil.test/\nalice click Prize\n"
	)
	for _, test := range []struct {
		name, on, steps string
		want            event.Outcome
	}{
		{"replayed after logout", "none", login + "alice copy mine\nalice post /logout\nalice paste $cookie=$mine\nalice get /profile\n", event.Zombie},
		{"replayed after logout, prefixed", "host-http-prefix", login + "alice copy mine\nalice post /logout\nalice paste $cookie=$mine\nalice get /profile\n", event.Zombie},
		{"a stolen copy", "none", stolen + "mallory paste $cookie=$loot\nmallory get /profile\n", event.Hijacked},
		{"a stolen copy by another name", "none", stolen + "mallory let bait=$loot\nmallory paste $cookie=$bait\nmallory get /profile\n", event.Hijacked},
		{"a stolen copy by a script", "none", stolen + "mallory script $cookie=$loot\nmallory get /profile\n", event.Hijacked},
		{"a stolen copy, prefixed", "host-prefix", stolen + "mallory paste $cookie=$loot\nmallory get /profile\n", event.Hijacked},
		{"a stolen copy, elsewhere", "bind-device", stolen + "mallory paste $cookie=$loot\nmallory get /profile\n", event.Defended},
		{"the data alone", "none", stolen + "mallory let bait=other\nmallory let bait=$loot; Path=/\nmallory paste $cookie=$bait\nmallory get /profile\n", event.Defended},
		{"planted by a header", "none", gnome + header + login + after, event.Poisoned},
		{"planted by a page's script", "none", gnome + page + login + after, event.Poisoned},
		{"planted by a link's script", "none", gnome + link + login + after, event.Poisoned},
		{"planted by hand", "none", gnome + "mallory@alice paste $cookie=$loot\n" + login + after, event.Poisoned},
		{"planted by a header, dropped at login", "flush", gnome + "mallory@alice paste $cookie=$loot\n" + login + after, event.NotApplicable},
		{"planted, prefixed", "host-prefix", gnome + header + login + after, event.Defended},
		{"a link that sets one cookie", "none", gnome + prefs + login + after, event.NotApplicable},
	} {
		if tr := besides(t, "cookie-session", test.on, test.steps); tr.Verdict.Outcome != test.want {
			t.Errorf("%s: %s, want %s", test.name, tr.Verdict.Outcome, test.want)
		}
	}
	tr := besides(t, "cookie-session", "none", gnome+prefs)
	if !slices.ContainsFunc(tr.Frames[2].Events, func(e event.Event) bool {
		return strings.Contains(e.Text, "room for one cookie") && strings.Contains(e.Text, "session.sig")
	}) {
		t.Error("nothing says that the link carries one cookie")
	}
}

// What is set is set as it would be on the wire: one line for each cookie, in that
// order, and one for a server whose session is in one.
func TestOneLineForEachCookie(t *testing.T) {
	for _, test := range []struct {
		profile, on, step string
		want              []string // the names of what alice stores
	}{
		{"cookie-session", "none", "mallory@alice paste $cookie=$loot; HttpOnly", []string{"session", "session.sig"}},
		{"cookie-session", "host-prefix", "mallory@alice paste $cookie=$loot", []string{"__Host-session", "__Host-session.sig"}},
		{"cookie-session", "none", "mallory@alice script $cookie=$loot", []string{"session", "session.sig"}},
		{"cookie-session", "none", "mallory@alice paste other=$loot", []string{"other"}},
		{"cookie-session", "none", "mallory@alice paste $cookie=chosen", []string{"session"}},
		{"cookie-session", "none", "mallory serve https://blog.shop.example/ set-cookie: $cookie=$loot; Domain=shop.example\nalice get https://blog.shop.example/", []string{"session", "session.sig"}},
		{"cookie-session", "none", "mallory serve https://blog.shop.example/ <script>document.cookie='a=b';document.cookie='$cookie=$loot';document.cookie='c=d'</script>\nalice get https://blog.shop.example/", []string{"a", "session", "session.sig", "c"}},
		{"flask", "none", "mallory@alice paste $cookie=$loot", []string{"session"}},
	} {
		tr := besides(t, test.profile, test.on, "mallory get /\nmallory copy loot\n"+test.step+"\n")
		var got []string
		for _, f := range tr.Frames {
			for _, e := range f.Events {
				if e.Kind == event.Stored && e.Who == "alice" {
					name, _, _ := strings.Cut(e.Line, "=")
					got = append(got, name)
				}
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s, %s: %q, want %q", test.profile, test.step, got, test.want)
		}
	}
}
