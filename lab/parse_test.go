package lab

import (
	"strings"
	"testing"

	"fixlab/lab/script"
)

const head = "title: T\nprofile: signed-id\n\n"

func TestRunErrors(t *testing.T) {
	for _, test := range []struct{ step, want string }{
		{"mallory get https://nowhere.example/", `x.txt:4: no such host "nowhere.example"`},
		{"mallory get ftp://shop.example/", `x.txt:4: "ftp://shop.example/" is not an http or https URL`},
		{"mallory get login", `x.txt:4: "login" is not an http or https URL`},
		{"mallory get /%zz", `x.txt:4: "/%zz" is not a URL`},
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
		a, err := Run(s, set(d))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.txt:") {
				t.Errorf("the error does not say where: %v", err)
			}
			return
		}
		b, err := Run(s, set(d))
		if err != nil || a.Hash() != b.Hash() {
			t.Errorf("two runs differ: %v", err)
		}
		if n := len(a.Verdict.Because); n < 1 || n > 3 {
			t.Errorf("%d clauses", n)
		}
	})
}
