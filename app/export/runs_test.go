package export_test

import (
	"fmt"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// hostile is a scenario in which every text is out to break what it is written into.
var hostile = "title: `evil` ``` <script>alert(1)</script> [x](https://evil.test) ![i](//e) %%{init: {}}%% end; #35; \"q\" style classDef www.evil.test a@evil.test ﬂ°°60¶ß $$x$$ &lt; ~~~\n" +
	`profile: signed-id
seed: 1

# 1. - + <b onclick="x()">Caption</b> [l](javascript:x) <!-- ` + "``` `` `" + ` ; end %% #x https://evil.test/ http://evil.test WWW.evil.test {{x}} | a_b_c
mallory serve https://blog.shop.example/ X-Odd: "quoted"; 'single' <img src=x onerror=alert(1)> %%{init}%% end # ; ` + "````" + ` \ \n {{x}} ` + "\xff\xfe \u202e" + `
mallory serve https://blog.shop.example/ X-Long: ` + strings.Repeat("<x;>", 15<<10) + `
mallory serve https://blog.shop.example/ Set-Cookie: sid="a` + "\xe9" + `b"; Path=/; Max-Age=60; SameSite=Lax; Secure; HttpOnly
mallory serve https://blog.shop.example/ Set-Cookie: nameless
mallory serve https://blog.shop.example/ Set-Cookie: end=<b>;Domain=other.example
mallory serve https://blog.shop.example/ <p>` + "\xff" + `</p><img src="https://nowhere.example/?end;#frag">
alice get https://blog.shop.example/?q=%ff&a=b+c&bad=%zz&end;=%3Cscript%3E&=&style:#x;
alice get https://blog.shop.example/end;?<b>
alice get /prefs?name=a&value=%1b%5b31m%00%0d%0aX:y
alice get /prefs?name=b&value=%ff%c3%a9%3C
alice get /search?q=%ff%3Cb%3E%60
alice get /
# end
alice script sid=<b>` + "```" + `;end
alice post /login user=alice password=correct-horse x=` + "\xff%0a&=#;`" + `
alice post /login user=<end>&;# password=%%{x}
mallory get /profile
`

// runs are every lesson's, with no switch on and with some, one that was cut, and the
// hostile one.
func runs(t *testing.T) map[string]*lab.Trace {
	t.Helper()
	all, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*lab.Trace{}
	for i, s := range all {
		for _, d := range []defence.Set{0, defence.Sample(i + 1)} {
			tr, err := lab.Run(s, d)
			if err != nil {
				t.Fatal(err)
			}
			out[fmt.Sprint(s.Name, " ", d)] = tr
		}
	}
	out["hostile"] = run(t, hostile)
	out["cut"] = run(t, "title: Long\nprofile: signed-id\n"+strings.Repeat("\nalice get /", 401)+"\n")
	if out["cut"].Cut == "" {
		t.Fatal("nothing cut it")
	}
	return out
}

func run(t *testing.T, text string) *lab.Trace {
	t.Helper()
	s, err := scenarios.Parse("mine", text)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := lab.Run(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// messages returns the events of a run that are requests or answers.
func messages(tr *lab.Trace, kind event.Kind) (out []event.Event) {
	for i, f := range tr.Frames {
		for _, e := range f.Events {
			if e.Kind == kind {
				e.Frame = i
				out = append(out, e)
			}
		}
	}
	return out
}
