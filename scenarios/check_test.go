package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/server"
)

const tossed = `title: T
profile: signed-id

mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure
alice get https://blog.shop.example/
alice post /login user=alice password=correct-horse
`

// A file that opens no route is played on another server, or it is said which
// step does not fit there; on its own server every step is right, even a wrong one.
func TestAnotherServer(t *testing.T) {
	for _, test := range []struct{ steps, with, want string }{
		{"mallory get /profile\n", "django-db", ""},
		{"mallory get /profile\n", "express-session+tomorrow", ""},
		{"alice post /basket item=tea\n", "django-db", ""},
		{"alice post /basket item=tea\n", "flask-seed", `step 6 on line 9, "alice post /basket item=tea", is answered with 404: This server keeps no basket`},
		{"alice post /logout\n", "flask-session", ""},
		{"alice get /nowhere\n", "django-db", ""}, // it is missing at home too
		{"mallory script sid=x\n", "flask", `step 6 on line 9, "mallory script sid=x", names the cookie sid, and the session cookie of this server is session: write $cookie for either`},
		{"mallory script __Host-sid=x\n", "flask", `step 6 on line 9, "mallory script __Host-sid=x", names the cookie sid, and the session cookie of this server is session: write $cookie for either`},
		{"mallory script my-sid=x\n", "flask", ""},
		{"mallory get /search?sid=x\n", "flask", ""},
		{"mallory script sid=x\n", "signed-id", ""},
	} {
		s, err := Parse("mine", tossed+test.steps)
		if err != nil {
			t.Fatal(err)
		}
		want := test.want
		if want != "" {
			want = "mine cannot be played on " + test.with + ": " + want
		}
		_, err = Play{With: test.with}.RunOf(s)
		if got := textOf(err); got != want {
			t.Errorf("%s on %s\n got %s\nwant %s", test.steps, test.with, got, want)
		}
	}
}

// What is missing on a page is said where the page is the same; what a server
// shows to nobody but its owner is a defence, and no reason to refuse the script.
func TestAnotherServersPages(t *testing.T) {
	const steps = "alice get /\nalice post /login user=alice password=correct-horse\nalice get /transfer\nalice read t token\nmallory get /transfer\nmallory read u token\nalice get /profile\nalice click Send money\n"
	s, err := Parse("mine", "title: T\nprofile: django-db\n\n"+steps)
	if err != nil {
		t.Fatal(err)
	}
	own := run(t, s, 0)
	for _, i := range []int{3, 7} {
		if !acts(own.Frames[i]) {
			t.Fatalf("step %d finds nothing", i+1)
		}
		there := *own
		there.Frames = slices.Clone(own.Frames)
		there.Frames[i].Events = nil
		want := fmt.Sprintf("mine cannot be played on django-db: step %d on line %d, %q, finds no such thing on this server's page", i+1, i+4, own.Frames[i].Step)
		if got := textOf(fits(own, &there)); !strings.HasPrefix(got, want) {
			t.Errorf("got %s\nwant %s", got, want)
		}
		there.Frames[i-1].State.Browsers = nil // she sees another page
		if err := fits(own, &there); err != nil {
			t.Error(err)
		}
	}
	if acts(own.Frames[5]) {
		t.Error("Mallory reads a form that is shown to nobody")
	}
	if _, err := (Play{With: "flask-seed"}).RunOf(s); textOf(err) != `mine cannot be played on flask-seed: step 3 on line 6, "alice get /transfer", is answered with 404: This server keeps no token` {
		t.Error(err)
	}
}

// Every lesson can be played on every server, or the step that does not fit is named.
func TestEveryLessonElsewhere(t *testing.T) {
	plays, refused := 0, 0
	for i, s := range all(t) {
		for k, id := range server.IDs() {
			if testing.Short() && (i+k)%5 != 0 {
				continue
			}
			_, err := Play{s.Name, 0, id}.RunOf(s)
			switch {
			case err == nil:
				plays++
			case strings.Contains(err.Error(), " cannot be played on "+id+": step "):
				refused++
			default:
				t.Errorf("%s on %s: %v", s.Name, id, err)
			}
		}
	}
	if plays == 0 || !testing.Short() && refused == 0 {
		t.Errorf("%d played, %d refused", plays, refused)
	}
}

// A want row may name another server, and the row for a run is found by what it
// comes to, not by how it is spelt.
func TestCheck(t *testing.T) {
	s, err := Parse("mine", tossed+"mallory get /profile\n\n-- want --\nnone hijacked $loot\nnone@django-db+chromium hijacked *\nrotate@django-db hijacked\nnone@express-session hijacked wrong\n")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "", "defended, want hijacked", `hijacked by key "`} {
		_, err := Check(s, s.Wants[i])
		if got := textOf(err); want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q, want %q", s.Wants[i].Row(), got, want)
		}
	}
	for _, test := range []struct {
		on   defence.Set
		with string
		line int // 0: none
	}{{0, "", 12}, {0, "django-db", 13}, {0, "chromium", 12}, {defence.Rotate, "django-db", 14}, {defence.Rotate, "", 0}, {0, "flask", 0}} {
		played, err := Play{With: test.with}.Arrange(s)
		if err != nil {
			t.Fatal(err)
		}
		if w, ok := RowFor(s, played, test.on); w.Line != test.line || ok != (test.line > 0) {
			t.Errorf("%s %s: the row on line %d, want %d", test.on, test.with, w.Line, test.line)
		}
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
