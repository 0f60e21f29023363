package lab

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

const head = "title: T\nprofile: signed-id\n\n"

func TestRunErrors(t *testing.T) {
	for _, test := range []struct{ step, want string }{
		{"mallory get https://nowhere.example/", `x.txt:4: no such host "nowhere.example"`},
		{"mallory get ftp://shop.example/", `x.txt:4: "ftp://shop.example/" is not an http or https URL`},
		{"mallory get login", `x.txt:4: "login" is not an http or https URL`},
		{"mallory get http://[x/", `x.txt:4: "http://[x/" is not an http or https URL`},
		{"mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot", `x.txt:4: unknown variable "$loot": name it with copy or let first`},
	} {
		s, err := script.Parse("x", head+test.step+"\n")
		if err != nil {
			t.Fatal(err)
		}
		if _, err = Run(s, 0); err == nil || err.Error() != test.want {
			t.Errorf("%q\n got %v\nwant %s", test.step, err, test.want)
		}
	}
}

var seeds = []string{
	head + "# A caption.\nmallory get /\nmallory copy loot\nmallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Secure\nalice get https://blog.shop.example/\nserver deploy\nalice wait 90s\nalice post /login user=alice password=correct-horse\nalice get /profile\nmallory get /profile\n\n-- want --\nnone hijacked $loot\n\n-- story.md --\nWords.\n",
	"title: T\nprofile: flask-seed\nseed: 7\n\nmallory script $cookie=é\nmallory post /login user=mallory password=hunter2\nmallory@alice paste $cookie=x.é\nalice get /profile\n",
	"title: <b>T</b>\nprofile: django-db\n\nmallory post /basket item=<script>alert(1)</script>\nmallory get /basket\n",
	"title: T\nprofile: cookie-session\n\nmallory get /\nmallory copy loot\nmallory let bait=$loot\nmallory serve https://blog.shop.example/ <script>document.cookie = '$cookie=$bait; Path=/'</script>\nmallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot\nalice get https://blog.shop.example/\nmallory paste $cookie=$loot\n",
	"title: T\nprofile: django-signed-cookies\n\nalice post /basket item=\"\\\nalice get /profile\nalice post /logout\n",
}

// FuzzRun: a run never panics, and the same run twice is the same trace.
func FuzzRun(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, uint32(i*37))
	}
	f.Fuzz(func(t *testing.T, text string, d uint32) {
		s, err := script.Parse("fuzz", text)
		if err != nil {
			return
		}
		a, err := Run(s, defence.Sample(int(d)))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.txt:") {
				t.Errorf("the error does not say where: %v", err)
			}
			return
		}
		b, err := Run(s, defence.Sample(int(d)))
		if err != nil || a.Hash() != b.Hash() {
			t.Errorf("two runs differ: %v", err)
		}
		if n := len(a.Verdict.Because); (n < 1 || n > 3) && a.Cut == "" {
			t.Errorf("%d clauses", n)
		}
	})
}

func TestMalloryCannotReadMinds(t *testing.T) {
	s, err := script.Parse("x", head+"alice get /\nalice copy mine\nmallory paste $cookie=$mine\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(s, 0); err == nil || err.Error() != `x.txt:6: "$mine" is alice's: mallory cannot know it` {
		t.Error(err)
	}
}

// TestRequestURL: a request says what it asks for with its scheme, which its bytes do not.
func TestRequestURL(t *testing.T) {
	s, err := script.Parse("x", head+"mallory serve http://news.example/a Location: https://shop.example/login?x=1%202\nalice get http://news.example/a\n")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := Run(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range tr.Frames {
		for _, e := range f.Events {
			switch {
			case e.Kind == event.Request:
				got = append(got, e.Message.URL)
			case e.Message != nil && e.Message.URL != "":
				t.Errorf("an answer says %q", e.Message.URL)
			}
		}
	}
	if want := "http://news.example/a https://shop.example/login?x=1%202"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestValuesHaveALimit(t *testing.T) {
	s, err := script.Parse("x", head+"mallory let a=xxxxxxxx\n"+strings.Repeat("mallory let a=$a$a\n", 40))
	if err != nil {
		t.Fatal(err)
	}
	tr, err := Run(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	if want := "x.txt:17: a value longer than 64 KiB"; tr.Cut != want || len(tr.Frames) != 14 {
		t.Errorf("%q after %d steps, want %q", tr.Cut, len(tr.Frames), want)
	}
}

// A hostile script ends at a limit, and what it has done up to there is little: within the
// step that comes to a limit nothing goes on.
func TestHostileScriptsEnd(t *testing.T) {
	repeat := strings.Repeat
	for _, test := range []struct{ name, script, want string }{
		{"frames in frames", "mallory serve https://evil.test/ repeat 400 <iframe src=https://evil.test/></iframe>\nalice get https://evil.test/\n", "x.txt:5: more than 8000 events"},
		{"scripts in frames", "mallory serve https://blog.shop.example/x <script>\n" + repeat("mallory serve https://blog.shop.example/x repeat 400 document.cookie='a%d=b';\n", 3) + "mallory serve https://blog.shop.example/x </script>\n" +
			"mallory serve https://blog.shop.example/ repeat 50 <iframe src=https://blog.shop.example/x></iframe>\nalice get https://blog.shop.example/\n", "x.txt:10: more than 8000 events"},
		{"cookies of images", repeat("mallory serve https://evil.test/x Set-Cookie: a=b\n", 300) + "mallory serve https://evil.test/ repeat 50 <img src=https://evil.test/x>\nalice get https://evil.test/\n", "x.txt:305: more than 8000 events"},
		{"a page of much", "mallory serve https://evil.test/ repeat 400 " + repeat("<a href=/?a=b>", 4<<10) + "\n", "x.txt:4: https://evil.test/ has more than 64 KiB"},
		{"pages that are read again and again", "mallory serve https://evil.test/x " + repeat("x", 60<<10) + "\nmallory serve https://evil.test/ repeat 49 <img src=https://evil.test/x>\nalice get https://evil.test/\nalice reload\n", "x.txt:7: more than 3 MiB of requests, pages and sessions in one run"},
		{"a session that grows", "alice let a=xxxxxxxx\n" + repeat("alice let a=$a$a\n", 12) + repeat("alice post /basket item=$a\n", 100), "x.txt:28: more than 3 MiB of requests, pages and sessions in one run"},
		{"a policy", "mallory serve https://evil.test/ Content-Security-Policy: img-src " + repeat("a.b.c ", 2<<10) + "\nalice get https://evil.test/\n", "x.txt:5: a Content-Security-Policy longer than 8 KiB"},
	} {
		s, err := script.Parse("x", head+test.script)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := Run(s, 0)
		if err != nil {
			t.Fatal(err)
		}
		events, raw := 0, 0
		for _, f := range tr.Frames {
			events += len(f.Events)
			for _, e := range f.Events {
				if e.Message != nil {
					raw += len(e.Message.Raw)
				}
			}
		}
		if tr.Cut != test.want || events > 8100 || raw > 8<<20 {
			t.Errorf("%s: %q after %d events and %d bytes of messages, want %q", test.name, tr.Cut, events, raw, test.want)
		}
	}
}

func TestLabel(t *testing.T) {
	tr := &Trace{Keys: []string{"e", "chosen", "chosen2"}}
	for text, want := range map[string]string{
		"she made it up":       "she made it up",
		"sid=chosen.abc":       "sid=K2.abc",
		"chosen2 and chosen":   "K3 and K2",
		"unchosen, chosen-one": "unchosen, chosen-one",
	} {
		if got := tr.Label(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A run over a limit ends there: its steps up to that one are in the trace, with
// what happened in them, and nobody is told a verdict.
func TestRunsHaveALimit(t *testing.T) {
	for _, test := range []struct {
		script, want string
		frames       int
		last         string // the text of an event in the last of them
	}{
		{"mallory get /\nmallory serve https://evil.test/ repeat 400 <a href=\"https://shop.example/?sid=a%d&x=b%d\">x</a>\nmallory get /\n",
			"x.txt:5: Mallory writes more than 500 values", 2, "knows a249: she made it up"},
		{"mallory serve https://evil.test/f.js repeat 400 document.cookie='f%d=x';\n" +
			"mallory serve https://evil.test/ repeat 45 <script src=/f.js></script>\nalice get https://evil.test/\nalice get /\n",
			"x.txt:6: more than 8000 events", 3, "f399=x"},
		{"mallory serve https://evil.test/ repeat 48 <img src=https://shop.example/>\n" + strings.Repeat("alice get https://evil.test/\n", 15),
			"x.txt:17: more than 600 requests in one run", 14, "gets no answer: more than 600 requests in one run"},
		{strings.Repeat("alice get /\n", 401) + "alice get /login\n", "x.txt:404: more than 400 steps", 401, "GET https://shop.example/"},
		{"mallory serve https://evil.test/ repeat 400 " + strings.Repeat("x", 200) + "\nmallory get /\n", "x.txt:4: https://evil.test/ has more than 64 KiB", 1, ""},
	} {
		s, err := script.Parse("x", head+test.script+"\n-- want --\nnone defended\n")
		if err != nil {
			t.Fatal(err)
		}
		tr, err := Run(s, 0)
		if err != nil {
			t.Errorf("%s: %v", test.want, err)
			continue
		}
		if tr.Cut != test.want || len(tr.Frames) != test.frames {
			t.Errorf("%q after %d steps, want %q after %d", tr.Cut, len(tr.Frames), test.want, test.frames)
			continue
		}
		last := tr.Frames[len(tr.Frames)-1]
		if test.last != "" && !slices.ContainsFunc(last.Events, func(e event.Event) bool { return e.Text == test.last }) {
			t.Errorf("%s: the last step has no event %q", test.want, test.last)
		}
		if v := tr.Verdict; v.Outcome != "" || v.Gate != "" || v.Because != nil || v.Frame != len(tr.Frames)-1 {
			t.Errorf("%s: the verdict is %+v", test.want, v)
		}
		if err := tr.Meets(s.Wants[0]); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: a want row says %v", test.want, err)
		}
		var b bytes.Buffer
		if err := Print(&b, tr); err != nil {
			t.Fatal(err)
		}
		end := fmt.Sprintf("\nSTOPPED at step %d of %d, without a verdict: %s\n", test.frames, len(s.Steps), test.want)
		if !strings.HasSuffix(b.String(), end) || !strings.Contains(b.String(), "\n 1 "+s.Steps[0].String()+"\n") {
			t.Errorf("%s: printed\n%.200s … %q", test.want, b.String(), b.String()[max(0, b.Len()-200):])
		}
	}
}
