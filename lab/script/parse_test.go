package script

import (
	"reflect"
	"strings"
	"testing"
)

const head = "title: T\nprofile: signed-id\n\n"

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "x.txt:1: the header has no title"},
		{"title: T\n\nmallory get /\n", "x.txt:4: the header has no profile"},
		{head, "x.txt:4: no steps"},
		{"title T\n", `x.txt:1: want "key: value" in the header, got "title T"`},
		{"titel: T\n", `x.txt:1: unknown key "titel", did you mean "title"?`},
		{"title: T\ntitle: U\n", `x.txt:2: a second "title"`},
		{"title: T\nprofile: singed-id\n", `x.txt:2: unknown profile "singed-id", did you mean "signed-id"?`},
		{head + "mallory pots /\n", `x.txt:4: unknown verb "pots", did you mean "post"?`},
		{head + "malory get /\n", `x.txt:4: unknown actor "malory", did you mean "mallory"? (want mallory, alice or server; mallory@alice sits at alice's browser)`},
		{head + "mallory@bob get /\n", `x.txt:4: unknown actor "mallory@bob" (want mallory, alice or server; mallory@alice sits at alice's browser)`},
		{head + "mallory@ get /\n", `x.txt:4: unknown actor "mallory@", did you mean "mallory"? (want mallory, alice or server; mallory@alice sits at alice's browser)`},
		{head + "mallory\n", `x.txt:4: want "who verb …", got "mallory"`},
		{head + "mallory get\n", `x.txt:4: "get" takes URL`},
		{head + "server deploy now\n", `x.txt:4: "deploy" takes nothing`},
		{head + "alice deploy\n", `x.txt:4: "deploy" is not something alice does`},
		{head + "alice wait long\n", `x.txt:4: "long" is not a duration from 0s to ten years, such as 90s or 336h`},
		{head + "alice wait -1s\n", `x.txt:4: "-1s" is not a duration from 0s to ten years, such as 90s or 336h`},
		{head + "mallory let loot\n", `x.txt:4: want NAME=VALUE, got "loot"`},
		{head + "mallory copy $loot\n", `x.txt:4: "$loot" is not a name: want letters and digits`},
		{head + "alice post /login user\n", `x.txt:4: want NAME=VALUE, got "user"`},
		{head + "alice get /\n-- wants --\n", `x.txt:5: unknown section "wants", did you mean "want"?`},
		{head + "alice get /\n-- want --\nrotat defended\n", `x.txt:6: unknown switch "rotat", did you mean "rotate" or "rotate-secret"?`},
		{head + "alice get /\n-- want --\nnone defnded\n", `x.txt:6: unknown outcome "defnded", did you mean "defended"?`},
		{head + "alice get /\n-- want --\nnone\n", `x.txt:6: want "defences outcome [key]", got "none"`},
		{head + "alice get /\n-- want --\nnone defended\nnone broken\n", "x.txt:7: a second row for none; the first is on line 6"},
	} {
		_, err := Parse("x", test.text)
		if err == nil || err.Error() != test.want {
			t.Errorf("%q\n got %v\nwant %s", test.text, err, test.want)
		}
	}
}

func TestCaption(t *testing.T) {
	s, err := Parse("x", head+"# One \u202esentence\u202c\n# in \u2066two lines.\nmallory  get   /\nalice get /\n\n-- story.md --\nA\n\nB\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Steps[0].Caption, "One sentence in two lines."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if s.Steps[0].Line != 6 || s.Steps[1].Caption != "" || s.Story != "A\n\nB" || s.Steps[0].String() != "mallory get /" {
		t.Errorf("%+v", s)
	}
}

var seeds = []string{
	strings.Replace(head, "\n\n", "\non: lax+domain-cookie\n\n", 1) + "alice get /\n" + course,
	challenge,
	head + "# A caption.\nmallory get /\nmallory copy loot\nmallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Secure\nalice get https://blog.shop.example/\nserver deploy\nalice wait 90s\nalice post /login user=alice password=correct-horse\nalice get /profile\nmallory get /profile\n\n-- want --\nnone hijacked $loot\n\n-- story.md --\nWords.\n",
	"title: T\nprofile: flask-seed\nseed: 7\n\nmallory script $cookie=é\nmallory post /login user=mallory password=hunter2\nmallory@alice paste $cookie=x.é\nalice get /profile\n",
	"title: <b>T</b>\nprofile: django-db\n\nmallory post /basket item=<script>alert(1)</script>\nmallory get /basket\n",
	"title: T\nprofile: django-signed-cookies\n\nalice post /basket item=\"\\\nalice get /profile\nalice post /logout\n",
}

// FuzzParse: what format writes, Parse reads back as the same scenario.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("fuzz", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.txt:") {
				t.Errorf("the error does not say where: %v", err)
			}
			return
		}
		again, err := Parse("fuzz", format(s))
		if err != nil {
			t.Fatalf("%v\n%s", err, format(s))
		}
		for _, x := range []*Scenario{s, again} { // format moves lines
			x.Text = ""
			for i := range x.Steps {
				x.Steps[i].Line = 0
			}
			for i := range x.Wants {
				x.Wants[i].Line = 0
			}
			if c := x.Course; c != nil {
				for i := range c.Bets {
					c.Bets[i].Line = 0
				}
				for i := range c.Asks {
					c.Asks[i].Line = 0
				}
				for i := range c.Stops {
					c.Stops[i].Line = 0
					for j := range c.Stops[i].Cards {
						c.Stops[i].Cards[j].Line = 0
					}
				}
				for i := range c.Goals {
					unlined(&c.Goals[i])
				}
				for i := range c.Scripts {
					c.Scripts[i].Line = 0
					for j := range c.Scripts[i].Steps {
						c.Scripts[i].Steps[j].Line = 0
					}
				}
			}
		}
		if !reflect.DeepEqual(s, again) {
			t.Errorf("got %+v\nwant %+v", again, s)
		}
	})
}

// unlined takes the numbers of lines out of g.
func unlined(g *Goal) {
	g.Line = 0
	for i := range g.rows {
		g.rows[i].line = 0
	}
	for i := range g.Claims {
		g.Claims[i].Line = 0
	}
	for _, trials := range [][]Trial{g.Also, g.Fails} {
		for i := range trials {
			trials[i].Line = 0
		}
	}
}

func TestParseFragmentErrors(t *testing.T) {
	for text, want := range map[string]string{
		"title: T\ndoes: X\neach: key\n\nalice get /\n":    `routes/x.txt:3: a route is gone once for each cookie, not for each "key"`,
		"title: T\ndoes: X\neahc: cookie\n\nalice get /\n": `routes/x.txt:3: unknown key "eahc", did you mean "each"?`,
		"title: T\n\nalice get /\n":                        "routes/x.txt:4: the header does not say what it does",
	} {
		if _, err := ParseFragment("routes", "x", text); err == nil || err.Error() != want {
			t.Errorf("%q\n got %v\nwant %s", text, err, want)
		}
	}
}
