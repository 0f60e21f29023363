package world_test

import (
	"fmt"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// TestBrowser plays scripts and looks at what the browsers did: each line of
// want must occur, in this order, among the events of the run.
func TestBrowser(t *testing.T) {
	const evil = "mallory serve https://evil.test/ "
	for _, test := range []struct {
		name, header, on, script, want string
	}{
		{"a link is a top-level GET that another site started", "", "samesite-strict",
			"alice get /\n" + evil + "<a href=\"https://shop.example/profile\">Prize</a>\nalice get https://evil.test/\nalice click Prize\n",
			"withheld samesite-strict\nrequest GET https://shop.example/profile < https://evil.test"},
		{"and Lax goes along, also into a new window", "", "lax",
			"alice get /\n" + evil + "<a href='https://shop.example/profile' target=_blank>My  Prize</a>\nalice get https://evil.test/\nalice click My Prize\n",
			"request GET https://shop.example/profile < https://evil.test\nunsign the signature of"},
		{"a form of another site, two minutes later", "", "none",
			"alice get /\n" + evil + "<form method=post action=https://shop.example/basket><input name=item value=a></form>\nalice get https://evil.test/\nalice wait 3m\nalice submit\n",
			"withheld samesite-default\nrequest POST https://shop.example/basket < https://evil.test [Origin: https://evil.test] [item=a]"},
		{"a form's fields are filled in", "", "none",
			"alice get /login\nalice submit user=alice password=correct-horse\n",
			"request POST https://shop.example/login < https://shop.example [&user=alice&password=correct-horse]\nlogin alice"},
		{"a GET form", "", "none",
			evil + "<form action=/next><input name=a value='x y'></form>\nalice get https://evil.test/\nalice submit\n",
			"request GET https://evil.test/next?a=x+y < https://evil.test"},
		{"a field that is not there", "", "none", "alice get /login\nalice submit coupon=1\n", "did finds no field coupon"},
		{"an image sends and stores nothing across sites", "", "none",
			"alice get /\n" + evil + "<img src=https://shop.example/>\nalice get https://evil.test/\n",
			"withheld samesite-default\nrequest GET https://shop.example/ < https://evil.test\nrefused samesite-set"},
		{"a frame's script is in a third party's document", "", "none",
			evil + "<iframe src=https://shop.example/search?q=%3Cscript%3Edocument.cookie='a=b'%3C/script%3E></iframe>\nalice get https://evil.test/\n",
			"request GET https://shop.example/search?q=%3Cscript%3Edocument.cookie=%27a=b%27%3C/script%3E < https://evil.test\nrefused samesite-set"},
		{"a frame of a sibling is not", "", "none",
			"mallory serve https://blog.shop.example/ <iframe src=https://shop.example/search?q=%3Cscript%3Edocument.cookie='a=b'%3C/script%3E></iframe>\nalice get https://blog.shop.example/\n",
			"stored a=b"},
		{"a script from another host runs in the page that loads it", "", "none",
			"mallory serve https://evil.test/x.js document.cookie = 'a=b; Path=/'; alert(1)\n" +
				"mallory serve https://blog.shop.example/ <script src=https://evil.test/x.js></script>\nalice get https://blog.shop.example/\n",
			"request GET https://evil.test/x.js < https://blog.shop.example\nstored a=b; Path=/\ndid skips a script"},
		{"each hop of a redirect", "", "none",
			"mallory serve http://news.example/ Location: https://evil.test/two\nmallory serve https://evil.test/two Location: https://shop.example/\nmallory serve https://evil.test/two Set-Cookie: h=1\nalice get http://news.example/\n",
			"response 302 Found\nrequest GET https://evil.test/two <\nresponse 302 Found\nstored h=1\nrequest GET https://shop.example/ <\nresponse 200 OK"},
		{"a POST that is redirected becomes a GET", "", "none",
			"mallory serve https://evil.test/go Location: https://shop.example/\n" + evil + "<form method=post action=/go><input name=a value=1></form>\nalice get https://evil.test/\nalice submit\n",
			"request POST https://evil.test/go < https://evil.test [Origin: https://evil.test] [a=1]\nrequest GET https://shop.example/ < https://evil.test"},
		{"a form that a 307 sends to plain http", "", "none",
			evil + "<form method=post action=/go></form>\nmallory serve https://evil.test/go Status: 307\nmallory serve https://evil.test/go Location: http://shop.example/x\n" +
				"mallory serve http://shop.example/x Set-Cookie: sid=ATT; Path=/\nalice get https://evil.test/\nalice submit\n",
			"request POST https://evil.test/go < https://evil.test [Origin: https://evil.test]\nresponse 307 Temporary Redirect\ndid sends no form over plain http"},
		{"redirects end", "", "none",
			"mallory serve https://evil.test/a Location: https://evil.test/a\nalice get https://evil.test/a\n", "did gets no answer: more than 20 redirects"},
		{"http to the shop itself", "browser: draft", "none", "alice get http://shop.example/\n",
			"request GET http://shop.example/ <\nresponse 301 Moved Permanently\nrequest GET https://shop.example/ <"},
		{"HSTS with sub-domains", "", "hsts-subdomains",
			"alice get /\nmallory serve http://x.shop.example/ Set-Cookie: a=b; Domain=shop.example\nalice get http://x.shop.example/\n",
			"did knows by HSTS that x.shop.example wants https\ndid gets no answer"},
		{"HSTS for the host only", "", "hsts",
			"alice get /\nmallory serve http://x.shop.example/ Set-Cookie: a=b; Domain=shop.example\nalice get http://x.shop.example/\n",
			"request GET http://x.shop.example/ <\nstored a=b"},
		{"HSTS is not learned over http", "", "none",
			"mallory serve http://shop.example/ Strict-Transport-Security: max-age=1000\nmallory serve http://shop.example/ Location: http://shop.example/x\nmallory serve http://shop.example/x Set-Cookie: a=b\nalice get http://shop.example/\n",
			"request GET http://shop.example/x <\nstored a=b"},
		{"no frame over http into an https page", "", "none",
			evil + "<iframe src=http://shop.example/></iframe><img src=http://shop.example/>\nalice get https://evil.test/\n",
			"request GET https://shop.example/ < https://evil.test\ndid loads no iframe over plain http"},
		{"overflow", "", "httponly",
			"alice get /\nalice wait 61s\nmallory serve https://blog.shop.example/f.js repeat 200 document.cookie='f%d=; Domain=shop.example; Secure; Path=/';\n" +
				"mallory serve https://blog.shop.example/ <script src=/f.js></script>\nalice get https://blog.shop.example/\nalice get /profile\n",
			"stored f0=; Domain=shop.example; Secure; Path=/\nevicted throws out"},
		{"tomorrow's browser keeps schemes apart", "browser: tomorrow", "none",
			"mallory serve http://news.example/ Location: http://shop.example/\nmallory serve http://shop.example/ Set-Cookie: sid=x; Path=/\nalice get http://news.example/\nalice get /login\n",
			"stored sid=x; Path=/\nwithheld scheme-bound"},
		{"a redirect over another site loses Strict in Firefox", "browser: firefox", "samesite-strict",
			"alice get /\nmallory serve https://evil.test/ Location: https://shop.example/\nalice get https://evil.test/\n",
			"stored sid=\nwithheld samesite-strict\nrequest GET https://shop.example/ <\nstored sid="},
		{"and not in Chromium", "", "samesite-strict",
			"alice get /\nmallory serve https://evil.test/ Location: https://shop.example/\nalice get https://evil.test/\n",
			"stored sid=\nrequest GET https://shop.example/ <\nresponse 200 OK"},
		{"the first of two Strict-Transport-Security headers counts", "", "none",
			"mallory serve https://blog.shop.example/ Strict-Transport-Security: max-age=0\nmallory serve https://blog.shop.example/ Strict-Transport-Security: max-age=9\n" +
				"mallory serve http://blog.shop.example/ <p>plain</p>\nalice get https://blog.shop.example/\nalice get http://blog.shop.example/\n",
			"request GET https://blog.shop.example/ <\nresponse 200 OK\nrequest GET http://blog.shop.example/ <\nresponse 200 OK"},
		{"the cache gives everybody the same cookie", "", "none",
			"server cache\nmallory get /\nalice get /\n", "did its cache keeps this answer\nresponse 200 OK\nstored sid="},
		{"a page of a host that does not exist", "", "none", evil + "<a href=https://no.test/>x</a>\nalice get https://evil.test/\nalice click x\n", "did gets no answer: no such host"},
		{"hostile text is text", "", "none",
			"alice get /search?q=%3Cimg%20src=x%20onerror=alert(1)%3E%3Cscript%3Ealert(1)%3C/script%3E\n",
			"response 200 OK\nrequest GET https://shop.example/x < https://shop.example\ndid skips a script"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := defence.Parse(test.on)
			if err != nil {
				t.Fatal(err)
			}
			s, err := script.Parse("x", "title: T\nprofile: signed-id\n"+test.header+"\n\n"+test.script)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := lab.Run(s, d)
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, f := range tr.Frames {
				for _, e := range f.Events {
					all = append(all, told(e))
				}
			}
			rest := all
			for want := range strings.SplitSeq(test.want, "\n") {
				for len(rest) > 0 && !strings.HasPrefix(rest[0], want) {
					rest = rest[1:]
				}
				if len(rest) == 0 {
					t.Fatalf("no %q in order in\n%s", want, strings.Join(all, "\n"))
				}
				rest = rest[1:]
			}
		})
	}
}

// told is an event as the table above writes it.
func told(e event.Event) string {
	switch {
	case e.Kind == event.Request:
		text := fmt.Sprintf("%s %s < %s", e.Kind, e.Text, e.Message.Initiator)
		head, body, _ := strings.Cut(e.Message.Raw, "\r\n\r\n")
		if _, origin, ok := strings.Cut(head, "\r\nOrigin: "); ok && strings.Contains(e.Message.Initiator, "evil") {
			origin, _, _ = strings.Cut(origin, "\r\n")
			text += " [Origin: " + origin + "]"
		}
		if i := strings.Index(body, "&user="); i >= 0 {
			body = body[i:] // without the token
		}
		if body != "" {
			text += " [" + body + "]"
		}
		return strings.TrimSuffix(text, " ")
	case e.Refusal != nil:
		return fmt.Sprintf("%s %s", e.Kind, e.Refusal.Rule)
	case e.Kind == event.Login:
		return fmt.Sprintf("%s %s", e.Kind, e.User)
	}
	return fmt.Sprintf("%s %s", e.Kind, e.Text)
}

func TestServeErrors(t *testing.T) {
	for _, test := range []struct{ step, want string }{
		{"mallory serve https://shop.example/ hello", `x.txt:4: mallory cannot answer for https://shop.example: want blog.shop.example, evil.test or an http URL`},
		{"mallory serve evil.test hello", `x.txt:4: "evil.test" is not an http or https URL`},
		{"mallory serve https://evil.test/ repeat x y", `x.txt:4: want "repeat N TEXT" with N from 1 to 400, got "repeat x y"`},
		{"alice click Prize", `x.txt:4: alice sees no page yet`},
		{"alice submit", `x.txt:4: alice sees no page yet`},
		{"mallory serve https://evil.test/ repeat 60 <iframe src=/></iframe>\nalice get https://evil.test/", `x.txt:5: more than 8000 events`},
		{"mallory route", `x.txt:4: "route" is not filled in`},
	} {
		s, err := script.Parse("x", "title: T\nprofile: signed-id\n\n"+test.step+"\n")
		if err != nil {
			t.Errorf("%s: %v", test.step, err)
			continue
		}
		says := ""
		if tr, err := lab.Run(s, 0); err != nil {
			says = err.Error()
		} else {
			says = tr.Cut
		}
		if says != test.want {
			t.Errorf("%s: got %q, want %s", test.step, says, test.want)
		}
	}
}
