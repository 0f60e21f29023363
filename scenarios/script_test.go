package scenarios

import (
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

const written = "title: Mine\nprofile: signed-id\nseed: 1\n\nmallory get /\nmallory copy loot\nalice paste $cookie=$loot\n"

// A script is had by its name, as a lesson is, and a link to it leads to the same run.
func TestOwn(t *testing.T) {
	text := strings.Replace(written, "alice paste", "mallory@alice paste", 1) + "alice post /login user=alice password=correct-horse\nmallory get /profile\n"
	s, err := Own(text)
	if err != nil {
		t.Fatal(err)
	}
	if !IsOwn(s.Name) || s.Title != "Mine" {
		t.Errorf("%q, %q", s.Name, s.Title)
	}
	if back, err := Text(s.Name); err != nil || back != text {
		t.Errorf("its text comes back as %q, %v", back, err)
	}
	was, err := lab.Run(s, 0)
	if err != nil || was.Verdict.Outcome != event.Hijacked {
		t.Fatal(was, err)
	}
	p := Of(s, s.Setup, 0)
	link := p.Link(2)
	if !strings.HasPrefix(link, "2/") || !strings.HasSuffix(link, "/none/3") {
		t.Error(link)
	}
	for _, words := range []string{p.String(), link, "#" + link, "https://lab.example/x/#" + link} {
		back, err := ParsePlay(words)
		if err != nil || back != p {
			t.Errorf("%s is read as %v, %v", words, back, err)
			continue
		}
		is, err := back.Run()
		if err != nil || is.Hash() != was.Hash() {
			t.Errorf("%s is another run: %v", words, err)
		}
	}
}

func TestOwnFaults(t *testing.T) {
	for text, want := range map[string]string{
		"title: X\n\nalice get /\n":                                                    "script.txt:4: the header has no profile",
		"title: X\nprofile: signed-id\n\nalice git /\n":                                `script.txt:4: unknown verb "git", did you mean "get"`,
		"title: X\nprofile: signed-id\n\nmallory route\n":                              "script.txt:4: ",
		"title: X\nprofile: signed-id\n\nalice get /\n-- want --\nnone@xss defended\n": "script.txt:6: ",
	} {
		if _, err := Own(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	s, err := Own("title: X\nprofile: signed-id\n\nalice get https://nowhere.example/\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lab.Run(s, 0); err == nil || !strings.HasPrefix(err.Error(), "script.txt:4: no such host") {
		t.Error(err)
	}
	for _, name := range []string{"~", "~!", "~AAAA", "~" + strings.Repeat("x", 5000)} {
		if _, err := Get(name); err == nil || len(err.Error()) > 200 {
			t.Errorf("%.20s: %v", name, err)
		}
		var wrong Faults
		if m := Mend(name, "none", "", &wrong); m.Own.Name != First || wrong.None() {
			t.Errorf("%.20s: %v, %v", name, m.Own.Name, wrong)
		}
	}
}

// A script without steps is played as well: nothing has happened.
func TestNoSteps(t *testing.T) {
	s, err := Own("title: X\nprofile: django-db\n")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, 0)
	if err != nil || len(tr.Frames) > 0 || tr.Verdict.Outcome != event.NoAttack || tr.Cookie != "sessionid" {
		t.Errorf("%+v, %v", tr, err)
	}
	if _, err := script.Parse("x", "title: X\nprofile: django-db\n"); err == nil {
		t.Error("a lesson may have no steps")
	}
}
