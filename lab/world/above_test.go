package world

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fixlab/lab/cookie"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A site answers for the hosts of a test: what it serves by URL without query, as
// header lines, an empty line and a body. A line "Status: 307" is the status.
type site map[string]string

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, ok := s[r.URL.Scheme+"://"+r.URL.Host+r.URL.Path]
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	head, body, _ := strings.Cut(text, "\n\n")
	status := http.StatusOK
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "":
		case "Status":
			status = int(value[0]-'0')*100 + int(value[1]-'0')*10 + int(value[2]-'0')
		case "Content-Type":
			w.Header().Set(name, value)
		default:
			w.Header().Add(name, value)
		}
	}
	w.WriteHeader(status)
	w.Write([]byte(body))
}

// cookies are one of each SameSite, and of none, for shop.test.
const cookies = "Set-Cookie: st=1; SameSite=Strict; Secure\nSet-Cookie: lx=1; SameSite=Lax; Secure\nSet-Cookie: no=1; SameSite=None; Secure\nSet-Cookie: df=1; Secure\n\n"

// page puts html at https://shop.test/.
func at(body string) site { return site{"https://shop.test/": "\n\n" + body} }

// TestAbove plays pages as Chromium 156 was observed to take them, unless a row
// says where it is from: what is asked for, with the cookies that go along and
// the Origin of a POST, and p=… for a cookie p that shop.test has in the end.
func TestAbove(t *testing.T) {
	const (
		sets   = "document.cookie='p=1'"
		script = "<script>" + sets + "</script>"
	)
	shop := func(head string) site { return site{"https://shop.test/": head + "\n\n" + script} }
	evil := func(body string) site {
		return site{"https://evil.test/": "\n\n" + body, "https://shop.test/": cookies, "https://shop.test/x": "\n\n"}
	}
	for _, test := range []struct {
		name  string
		pages site
		steps string // the first is a visit of https://shop.test/, unless it is given
		want  string // of requests after the visits, then the cookie, then what is said
	}{
		{"frames shop > evil > shop", site{
			"https://shop.test/":      cookies + "<iframe src=https://evil.test/></iframe>",
			"https://evil.test/":      "\n\n<iframe src=https://shop.test/inner></iframe>",
			"https://shop.test/inner": "\n\n<img src=/pix><script>document.cookie='p=1'</script>",
		}, "", "GET https://evil.test/ | GET https://shop.test/inner no | GET https://shop.test/pix no"},
		{"frames shop > shop", site{
			"https://shop.test/":      cookies + "<iframe src=/inner></iframe>",
			"https://shop.test/inner": "\n\n<img src=/pix>" + script,
		}, "", "GET https://shop.test/inner st lx no df | GET https://shop.test/pix st lx no df | p=1"},
		{"frames shop > blog.shop > shop", site{
			"https://shop.test/":      cookies + "<iframe src=https://blog.shop.test/></iframe>",
			"https://blog.shop.test/": "\n\n<iframe src=https://shop.test/inner></iframe>",
			"https://shop.test/inner": "\n\n" + script,
		}, "", "GET https://blog.shop.test/ | GET https://shop.test/inner st lx no df | p=1"},

		{"a form to plain http", at("<form method=post action=http://shop.test/x><input name=a></form>"), "submit", "is not secure"},
		{"a GET form to plain http", at("<form action=http://shop.test/x><input name=a></form>"), "submit", "is not secure"},
		{"a form redirected to plain http with 307", site{"https://shop.test/": "\n\n<form method=post action=/go></form>", "https://shop.test/go": "Status: 307\nLocation: http://shop.test/x"}, "submit",
			"POST https://shop.test/go [https://shop.test] | is not secure"},
		{"with 308", site{"https://shop.test/": "\n\n<form method=post action=/go></form>", "https://shop.test/go": "Status: 308\nLocation: http://shop.test/x"}, "submit",
			"POST https://shop.test/go [https://shop.test] | is not secure"},
		{"with 302 nothing of the form goes on", site{"https://shop.test/": "\n\n<form method=post action=/go></form>", "https://shop.test/go": "Status: 302\nLocation: http://plain.invalid/x"}, "submit",
			"POST https://shop.test/go [https://shop.test] | GET http://plain.invalid/x"},
		{"with 307 neither does a GET form", site{"https://shop.test/": "\n\n<form action=/go></form>", "https://shop.test/go": "Status: 307\nLocation: http://plain.invalid/x"}, "submit",
			"GET https://shop.test/go? | GET http://plain.invalid/x"},
		{"a link to plain http", at("<a href=http://plain.invalid/x>x</a>"), "click x", "GET http://plain.invalid/x"},

		{"img onerror", at("<img src=x onerror=\"" + sets + "\">"), "", "GET https://shop.test/x | p=1"},
		{"img onerror with an empty src", at("<img src onerror=\"" + sets + "\">"), "", "p=1"},
		{"img onerror without a src", at("<img onerror=\"" + sets + "\">"), "", ""},
		{"img onload of what is no image", at("<img src=x onload=\"" + sets + "\">"), "", "GET https://shop.test/x"},
		{"img onload of an image", site{"https://shop.test/": "\n\n<img src=x onload=\"" + sets + "\">", "https://shop.test/x": "Content-Type: image/png\n\n"}, "", "GET https://shop.test/x | p=1"},
		{"img onerror of an image", site{"https://shop.test/": "\n\n<img src=x onerror=\"" + sets + "\">", "https://shop.test/x": "Content-Type: image/png\n\n"}, "", "GET https://shop.test/x"},
		{"svg onload", at("<svg onload=\"" + sets + "\">"), "", "p=1"},
		{"SVG OnLoad", at("<SVG/OnLoad=document.cookie=&quot;p=1&quot;>"), "", "p=1"},
		{"body onload", at("<body onload=\"" + sets + "\">"), "", "p=1"},
		{"iframe onload", at("<iframe onload=\"" + sets + "\"></iframe>"), "", "p=1"},
		{"onload of a frame that does not answer", at("<iframe src=https://no.invalid/ onload=\"" + sets + "\"></iframe>"), "", "GET https://no.invalid/ | gets no answer | p=1"},
		{"script onerror", at("<script src=https://no.invalid/ onerror=\"" + sets + "\"></script>"), "", "GET https://no.invalid/ | gets no answer | p=1"},
		{"a handler that the lab does not know is said", at("<input autofocus onfocus=\"" + sets + "\">"), "", "does not run onfocus of <input>"},
		{"a script in a handler that it cannot read is said", at("<img src=x onerror=alert(1)>"), "", "GET https://shop.test/x | skips a script"},
		{"var", at("<script>var v; document.cookie='p='+v</script>"), "", "p=undefined"},
		{"var with a value", at("<script>var a = 'x', b = 2\nlet c = a+b; document.cookie = `p=` + c + 3</script>"), "", "p=x23"},
		{"a sum of numbers", at("<script>var v = 1; document.cookie='p='+v; document.cookie=v+v</script>"), "", "p=1 | skips a script"},
		{"an unknown name", at("<script>document.cookie='p='+x</script>"), "", "skips a script"},
		{"window.document", at("<script>window.document.cookie='p=1'</script>"), "", "p=1"},
		{"cookieStore", at("<script>cookieStore.set('p', '1')</script>"), "", "p=1"},
		{"cookieStore with an object", at("<script>cookieStore.set({name: 'p', value: '1'})</script>"), "", "skips a script"},
		{"srcdoc", at("<iframe srcdoc=\"<script>document.cookie='p=1'</script>\"></iframe>"), "", "p=1"},
		{"srcdoc beats src", at("<iframe src=/x srcdoc=\"<script>document.cookie='p=1'</script>\"></iframe>"), "", "p=1"},
		{"srcdoc in a sandbox", at("<iframe sandbox=allow-scripts srcdoc=\"<script>document.cookie='p=1'</script>\"></iframe>"), "", "skips a script in a sandbox"},
		{"a sandbox without scripts", at("<iframe sandbox=allow-same-origin srcdoc=\"<script>document.cookie='p=1'</script>\"></iframe>"), "", "a sandbox forbids it"},
		{"a javascript: frame", at("<iframe src=\"javascript:document.cookie='p=1'\"></iframe>"), "", "p=1"},
		{"a javascript: link", at("<a href=\" java\nscript:document.cookie=%27p=1%27\">x</a>"), "click x", "p=1"},
		{"a javascript: link with a stray % (WHATWG URL 1.3)", at("<a href=\"javascript:document.cookie=%27p=5%%27\">x</a>"), "click x", "p=5%"},
		{"a data: script", at("<script src=\"data:,document.cookie='p=1'\"></script>"), "", "p=1"},
		{"a data: script in base64", at("<script src=\"data:text/javascript;base64,ZG9jdW1lbnQuY29va2llPSdwPTEn\"></script>"), "", "p=1"},
		{"a data: frame has no cookies", at("<iframe src=\"data:text/html,<script>document.cookie='p=1'</script>\"></iframe>"), "", "does not look into a frame"},

		{"type application/json", at("<script type=application/json>" + sets + "</script>"), "", ""},
		{"type module", at("<script type=module>" + sets + "</script>"), "", "p=1"},
		{"type text/javascript", at("<script type=' Text/JavaScript '>" + sets + "</script>"), "", "p=1"},
		{"an empty type", at("<script type=''>" + sets + "</script>"), "", "p=1"},
		{"type with a parameter", at("<script type='text/javascript; charset=utf-8'>" + sets + "</script>"), "", ""},
		{"language", at("<script language=vbscript>" + sets + "</script>"), "", ""},
		{"a template", at("<template>" + script + "<img src=/x></template>"), "", ""},
		{"behind a template", at("<template>" + script + "</template>" + script), "", "p=1"},
		{"an unclosed script", at("<script>" + sets), "", ""},
		{"text/plain", shop("Content-Type: text/plain"), "", ""},
		{"application/json", shop("Content-Type: application/json; charset=utf-8"), "", ""},
		{"a script of type image/png", site{"https://shop.test/": "\n\n<script src=x></script>", "https://shop.test/x": "Content-Type: image/png\n\n" + sets}, "", "GET https://shop.test/x | does not run a script of the type image/png"},
		{"a script of type text/plain", site{"https://shop.test/": "\n\n<script src=x></script>", "https://shop.test/x": "Content-Type: text/plain\n\n" + sets}, "", "GET https://shop.test/x | p=1"},
		{"with nosniff", site{"https://shop.test/": "\n\n<script src=x></script>", "https://shop.test/x": "Content-Type: text/plain\nX-Content-Type-Options: nosniff\n\n" + sets}, "", "GET https://shop.test/x | does not run a script of the type text/plain"},
		{"a module of type text/html (HTML 8.1.4.2)", site{"https://shop.test/": "\n\n<script type=module src=x></script>", "https://shop.test/x": "\n\n" + sets}, "", "GET https://shop.test/x | does not run a script of the type text/html"},
		{"a module", site{"https://shop.test/": "\n\n<script type=module src=x></script>", "https://shop.test/x": "Content-Type: text/javascript\n\n" + sets}, "", "GET https://shop.test/x | p=1"},
		{"nomodule", at("<script nomodule>" + sets + "</script>"), "", ""},
		{"in a textarea, a title, a noscript, a style, a comment", at("<textarea>" + script + "</textarea><title>" + script + "</title><style>" + script + "</style><!--" + script + "-->"), "", ""},
		{"in a select", at("<select>" + script + "</select>"), "", "p=1"},

		{"default-src 'self'", shop("Content-Security-Policy: default-src 'self'"), "", "Content-Security-Policy forbids it"},
		{"script-src before default-src", shop("Content-Security-Policy: default-src 'none'; script-src 'unsafe-inline'"), "", "p=1"},
		{"a policy about images", shop("Content-Security-Policy: img-src 'none'"), "", "p=1"},
		{"Report-Only", shop("Content-Security-Policy-Report-Only: default-src 'self'"), "", "p=1"},
		{"two policies", shop("Content-Security-Policy: script-src 'unsafe-inline'\nContent-Security-Policy: script-src 'self'"), "", "Content-Security-Policy forbids it"},
		{"a nonce beside 'unsafe-inline'", shop("Content-Security-Policy: script-src 'unsafe-inline' 'nonce-x'"), "", "Content-Security-Policy forbids it"},
		{"the right nonce", site{"https://shop.test/": "Content-Security-Policy: script-src 'nonce-x'\n\n<script nonce=x>" + sets + "</script>"}, "", "p=1"},
		{"the right hash", shop("Content-Security-Policy: script-src 'sha256-/AAA' 'sha256-" + hashOf(sets) + "'"), "", "p=1"},
		{"another hash", shop("Content-Security-Policy: script-src 'sha256-" + hashOf(sets+" ") + "'"), "", "Content-Security-Policy forbids it"},
		{"a handler", site{"https://shop.test/": "Content-Security-Policy: script-src 'self' 'nonce-x'\n\n<svg nonce=x onload=\"" + sets + "\">"}, "", "does not run onload: the page's Content-Security-Policy forbids it"},
		{"srcdoc has its parent's", site{"https://shop.test/": "Content-Security-Policy: script-src 'self'\n\n<iframe srcdoc=\"<script>document.cookie='p=1'</script>\"></iframe>"}, "", "Content-Security-Policy forbids it"},
		{"a meta element", at("<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">" + script), "", "Content-Security-Policy forbids it"},
		{"a meta element in the body", at("<body><meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">" + script), "", "p=1"},
		{"a meta element behind a title", at("<title>a</title>\n<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">" + script), "", "Content-Security-Policy forbids it"},
		{"a meta element behind text", at("a<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">" + script), "", "p=1"},
		{"a meta element behind", at(script + "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">"), "", "p=1"},
		{"a script of the site itself", site{"https://shop.test/": "Content-Security-Policy: script-src 'self'\n\n<script src=x></script>", "https://shop.test/x": "\n\n" + sets}, "", "GET https://shop.test/x | p=1"},
		{"a script of another", site{"https://shop.test/": "Content-Security-Policy: script-src 'self' *.shop.test\n\n<script src=https://evil.test/x></script>", "https://evil.test/x": "\n\n" + sets}, "", "does not run a script from https://evil.test/x"},

		{"300 is not followed", site{"https://shop.test/": "Status: 300\nLocation: /x\n\n"}, "", ""},
		{"nor 304", site{"https://shop.test/": "Status: 304\nLocation: /x\n\n"}, "", "stays on the page"},
		{"nor 305", site{"https://shop.test/": "Status: 305\nLocation: /x\n\n"}, "", ""},
		{"nor 306", site{"https://shop.test/": "Status: 306\nLocation: /x\n\n"}, "", ""},
		{"308 is", site{"https://shop.test/": "Status: 308\nLocation: /x\n\n"}, "", "GET https://shop.test/x"},

		{"an image to plain http", site{"https://shop.test/": "\n\n<img src=/i>", "https://shop.test/i": "Status: 302\nLocation: http://shop.test/x"}, "", "GET https://shop.test/i | GET https://shop.test/x"},
		{"a frame to plain http", site{"https://shop.test/": "\n\n<iframe src=/i></iframe>", "https://shop.test/i": "Status: 302\nLocation: http://shop.test/x"}, "", "GET https://shop.test/i | loads no iframe over plain http"},
		{"a script to plain http", site{"https://shop.test/": "\n\n<script src=/i></script>", "https://shop.test/i": "Status: 302\nLocation: http://shop.test/x"}, "", "GET https://shop.test/i | loads no script over plain http"},

		{"meta refresh", evil("<meta http-equiv=refresh content='0;url=https://shop.test/x'>"), "get https://shop.test/; get https://evil.test/", "GET https://shop.test/x lx no df"},
		{"Refresh", site{"https://evil.test/": "Refresh: 1; URL='https://shop.test/x'\n\n", "https://shop.test/": cookies}, "get https://shop.test/; get https://evil.test/", "GET https://shop.test/x lx no df"},
		{"Refresh of the site itself", site{"https://shop.test/": cookies + "<meta http-equiv=refresh content='0, /x'>"}, "", "GET https://shop.test/x st lx no df"},
		{"Refresh of the same page", at("<meta http-equiv=refresh content=5>"), "", "does not load the page again"},
		{"a long wait", at("<meta http-equiv=refresh content='3600; url=/x'>"), "", "does not wait"},
		{"Refresh in a frame of another site", site{"https://shop.test/": cookies + "<iframe src=https://evil.test/></iframe>", "https://evil.test/": "\n\n<meta http-equiv=refresh content='0 https://shop.test/x'>"}, "",
			"GET https://evil.test/ | GET https://shop.test/x no"},
		{"no Refresh", at("<meta http-equiv=refresh content='soon; url=/x'>"), "", ""},
		{"Refresh to a script", at("<meta http-equiv=refresh content=\"0;url=javascript:document.cookie='p=1'\">"), "", ""},

		{"one separator only", at("<meta http-equiv=refresh content='0;;url=/x'>"), "", "GET https://shop.test/;url=/x"},
		{"of two the last", at("<meta http-equiv=refresh content='0;url=/x'><meta http-equiv=refresh content='0;url=/y'>"), "", "GET https://shop.test/y"},
		{"of two the sooner", at("<meta http-equiv=refresh content='1;url=/x'><meta http-equiv=refresh content='9;url=/y'>"), "", "GET https://shop.test/x"},
		{"of two the good one", at("<meta http-equiv=refresh content=bad><meta http-equiv=refresh content='0;url=/y'>"), "", "GET https://shop.test/y"},
		{"a header and a meta element", site{"https://shop.test/": "Refresh: 0;url=/x\n\n<meta http-equiv=refresh content='0;url=/y'>"}, "", "GET https://shop.test/y"},
		{"a base behind it", at("<meta http-equiv=refresh content='0;url=x'><base href=https://evil.test/>"), "", "GET https://shop.test/x"},
		{"Refresh in srcdoc", at("<iframe srcdoc=\"<meta http-equiv=refresh content='0;url=/x'>\"></iframe>"), "", "GET https://shop.test/x"},
		{"Refresh in a sandbox", at("<iframe sandbox srcdoc=\"<meta http-equiv=refresh content='0;url=/x'>\"></iframe>"), "", "a sandbox forbids it"},

		{"a base that is none is the first all the same", at("<base href=javascript:1><base href=https://evil.test/><a href=b>x</a>"), "click x", "GET https://shop.test/b"},
		{"base (HTML 4.2.3)", at("<base href=https://evil.test/a/><base href=/no/><a href=b>x</a>"), "click x", "GET https://evil.test/a/b"},
		{"base in srcdoc", at("<base href=/b/><iframe srcdoc='<img src=a>'></iframe>"), "", "GET https://shop.test/b/a"},
		{"base for images", at("<img src=a><base href=/b/><img src=a>"), "", "GET https://shop.test/b/a | GET https://shop.test/b/a"},

		{"no-referrer", site{"https://evil.test/": "Referrer-Policy: no-referrer\n\n<form method=post action=https://shop.test/x></form>"}, "get https://evil.test/; submit", "POST https://shop.test/x [null]"},
		{"a referrer", evil("<form method=post action=https://shop.test/x></form>"), "get https://evil.test/; submit", "POST https://shop.test/x [https://evil.test]"},
		{"no-referrer in a meta element", evil("<meta name=referrer content=no-referrer><form method=post action=https://shop.test/x></form>"), "get https://evil.test/; submit", "POST https://shop.test/x [null]"},
		{"a 307 across origins", site{"https://shop.test/": "\n\n<form method=post action=https://evil.test/></form>", "https://evil.test/": "Status: 307\nLocation: https://shop.test/x\n\n"}, "submit",
			"POST https://evil.test/ [https://shop.test] | POST https://shop.test/x [null]"},
		{"a 307 within one", site{"https://shop.test/": "\n\n<form method=post action=/a></form>", "https://shop.test/a": "Status: 307\nLocation: /x\n\n"}, "submit",
			"POST https://shop.test/a [https://shop.test] | POST https://shop.test/x [https://shop.test]"},

		{"an image in select", at("<select><img src=x onerror=\"" + sets + "\"></select>"), "", "GET https://shop.test/x | p=1"},
		{"in the title of an svg", at("<svg><title>" + script + "</title></svg>"), "", "p=1"},
		{"in the style of an svg", at("<svg><style>" + script + "</style></svg>"), "", "p=1"},
		{"in the textarea of an svg", at("<svg><textarea>" + script + "</textarea></svg>"), "", "p=1"},
		{"in a title in a foreignObject", at("<svg><foreignObject><title>" + script + "</title></foreignObject></svg>"), "", ""},
		{"in a title behind an svg", at("<svg></svg><title>" + script + "</title>"), "", ""},
		{"in svg with entities", at("<svg><script>document.cookie=&#39;p=1&#39;</script></svg>"), "", "p=1"},
		{"in svg as CDATA", at("<svg><script><![CDATA[" + sets + "]]></script></svg>"), "", "p=1"},
		{"in svg by href", site{"https://shop.test/": "\n\n<svg><script href=x /></svg>", "https://shop.test/x": "\n\n" + sets}, "", "GET https://shop.test/x | p=1"},
		{"in svg by src", site{"https://shop.test/": "\n\n<svg><script src=x></script></svg>", "https://shop.test/x": "\n\n" + sets}, "", ""},
		{"in math", at("<math>" + script + "</math>"), "", ""},
		{"in the mi of math", at("<math><mi>" + script + "</mi></math>"), "", "p=1"},
		{"in a shadow root", at("<div><template shadowrootmode=open>" + script + "</template></div>"), "", "p=1"},
		{"in a template of svg", at("<svg><template>" + script + "</template></svg>"), "", "p=1"},
		{"for and event", at("<script for=x event=onclick>" + sets + "</script>"), "", ""},
		{"for window, event onload", at("<script for=window event=onload>" + sets + "</script>"), "", "p=1"},
		{"an empty src beside a text", at("<script src='' onerror=\"document.cookie='p=2'\">" + sets + "</script>"), "", "p=2"},
		{"a script that is not found", site{"https://shop.test/": "\n\n<script src=x onerror=\"document.cookie='p=2'\"></script>", "https://shop.test/x": "Status: 404\n\n" + sets}, "", "GET https://shop.test/x | p=2"},
		{"a script with crossorigin", site{"https://shop.test/": "\n\n<script crossorigin src=https://evil.test/x></script>", "https://evil.test/x": "\n\n" + sets}, "", "GET https://evil.test/x | asks for CORS"},
		{"a module with CORS", site{"https://shop.test/": "\n\n<script type=module src=https://evil.test/x></script>", "https://evil.test/x": "Content-Type: text/javascript\nAccess-Control-Allow-Origin: *\n\n" + sets}, "", "GET https://evil.test/x | p=1"},
		{"comments in a script", at("<script><!-- x\n// y\n/* z */ " + sets + "</script>"), "", "p=1"},
		{"two types", shop("Content-Type: text/plain, text/html"), "", "p=1"},
		{"two types, text last", shop("Content-Type: text/html, text/plain"), "", ""},
		{"no type that is one", shop("Content-Type: foo"), "", "p=1"},
		{"no type that is one, with nosniff", shop("Content-Type: foo\nX-Content-Type-Options: nosniff"), "", ""},
		{"XHTML", site{"https://shop.test/": "Content-Type: application/xml\n\n<html xmlns='http://www.w3.org/1999/xhtml'>" + script + "</html>"}, "", "p=1"},
		{"XML without a namespace", site{"https://shop.test/": "Content-Type: image/svg+xml\n\n<svg>" + script + "</svg>"}, "", ""},
		{"nosniff in a list", site{"https://shop.test/": "\n\n<script src=x></script>", "https://shop.test/x": "Content-Type: text/plain\nX-Content-Type-Options: nosniff, x\n\n" + sets}, "", "GET https://shop.test/x | does not run a script of the type text/plain"},

		{"a module after scripts", at("<script type=module>document.cookie='p=module'</script>" + script), "", "p=module"},
		{"defer after scripts", site{"https://shop.test/": "\n\n<script defer src=x></script>" + script, "https://shop.test/x": "\n\ndocument.cookie='p=defer'"}, "", "GET https://shop.test/x | p=defer"},
		{"onerror after scripts", at("<img src=x onerror=\"document.cookie='p=img'\">" + script), "", "GET https://shop.test/x | p=img"},
		{"onload of svg after scripts", at("<svg onload=\"document.cookie='p=svg'\"></svg>" + script), "", "p=svg"},
		{"a frame after scripts", site{"https://shop.test/": "\n\n<iframe src=x></iframe>" + script, "https://shop.test/x": "\n\n<script>document.cookie='p=frame'</script>"}, "", "GET https://shop.test/x | p=frame"},
		{"srcdoc after scripts", at("<iframe srcdoc=\"<script>document.cookie='p=frame'</script>\"></iframe>" + script), "", "p=frame"},
		{"an empty frame at once", at("<iframe onload=\"document.cookie='p=frame'\"></iframe>" + script), "", "p=1"},

		{"an element that the lab does not load is said", at("<object data=/x></object>"), "", "does not load what <object> names"},
		{"a fourth frame is said", site{"https://shop.test/": "\n\n<iframe src=/1></iframe>", "https://shop.test/1": "\n\n<iframe src=/2></iframe>", "https://shop.test/2": "\n\n<iframe src=/3></iframe>", "https://shop.test/3": "\n\n<iframe src=/4></iframe>"}, "",
			"GET https://shop.test/1 | GET https://shop.test/2 | GET https://shop.test/3 | this lab goes 3 frames deep"},
		{"a fifty-first element is said", at(strings.Repeat("<script></script>", 50) + script), "", "loads and runs nothing more of the page"},
		{"onload of a blocked frame", at("<iframe src=http://shop.test/x onload=\"" + sets + "\"></iframe>"), "", "loads no iframe over plain http"},

		{"sandbox", site{"https://shop.test/": cookies[:len(cookies)-1] + "Content-Security-Policy: sandbox allow-scripts\n\n<img src=/pix>" + script}, "", "GET https://shop.test/pix no | skips a script in a sandbox"},
		{"sandbox without scripts", shop("Content-Security-Policy: sandbox"), "", "a sandbox forbids it"},
		{"sandbox without forms", site{"https://shop.test/": "Content-Security-Policy: sandbox\n\n<form action=/x></form>"}, "submit", "does not submit the form"},
		{"a hash of a handler", site{"https://shop.test/": "Content-Security-Policy: script-src 'unsafe-hashes' 'sha256-" + hashOf(sets) + "'\n\n<svg onload=\"" + sets + "\">"}, "", "p=1"},
		{"without 'unsafe-hashes'", site{"https://shop.test/": "Content-Security-Policy: script-src 'sha256-" + hashOf(sets) + "'\n\n<svg onload=\"" + sets + "\">"}, "", "does not run onload"},

		{"the hash of a javascript: URL is of all of it", site{"https://shop.test/": "Content-Security-Policy: script-src 'unsafe-hashes' 'sha256-" + hashOf("javascript:"+sets) + "'\n\n<iframe src=\"javascript:" + sets + "\"></iframe>"}, "", "p=1"},
		{"a directive that is not ASCII", shop("Content-Security-Policy: script-src ‘self’"), "", "p=1"},
		{"any host", site{"https://shop.test/": "Content-Security-Policy: script-src https://*\n\n<script src=https://evil.test/x></script>", "https://evil.test/x": "\n\n" + sets}, "", "GET https://evil.test/x | p=1"},
		{"a meta element behind a template", at("<template>a</template><meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">" + script), "", "Content-Security-Policy forbids it"},
		{"a meta element behind the head", at("<head></head><meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">" + script), "", "Content-Security-Policy forbids it"},
		{"a meta element behind the end of a body", at("</body><meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">" + script), "", "p=1"},
		{"sandbox in a meta element", at("<meta http-equiv=Content-Security-Policy content=sandbox>" + script), "", "p=1"},
		{"images by img-src", site{"https://shop.test/": "Content-Security-Policy: img-src 'self'\n\n<img src=https://evil.test/a><img src=/b><img src=/c>", "https://shop.test/c": "Status: 302\nLocation: https://evil.test/d"}, "",
			"does not ask for https://evil.test/a | GET https://shop.test/b | GET https://shop.test/c | does not ask for https://evil.test/d"},
		{"an image that is forbidden is an error", site{"https://shop.test/": "Content-Security-Policy: img-src 'none'\n\n<img src=/b onerror=\"" + sets + "\">"}, "", "does not ask for https://shop.test/b | p=1"},
		{"frames by default-src", site{"https://shop.test/": "Content-Security-Policy: default-src 'self'\n\n<iframe src=https://evil.test/></iframe><iframe src=/b></iframe>"}, "", "does not ask for https://evil.test/ | GET https://shop.test/b"},
		{"frames by child-src", site{"https://shop.test/": "Content-Security-Policy: child-src 'self'\n\n<iframe src=https://evil.test/></iframe>"}, "", "does not ask for https://evil.test/"},
		{"forms by form-action", site{"https://shop.test/": "Content-Security-Policy: form-action 'self'\n\n<form method=post action=https://evil.test/></form>"}, "submit", "does not ask for https://evil.test/"},
		{"and where they are redirected", site{"https://shop.test/": "Content-Security-Policy: form-action 'self'\n\n<form method=post action=/a></form>", "https://shop.test/a": "Status: 302\nLocation: https://evil.test/x"}, "submit", "POST https://shop.test/a [https://shop.test] | does not ask for https://evil.test/x"},
		{"no form-action by default-src", site{"https://shop.test/": "Content-Security-Policy: default-src 'self'\n\n<form method=post action=https://evil.test/></form>"}, "submit", "POST https://evil.test/ [https://shop.test]"},
		{"base-uri", site{"https://shop.test/": "Content-Security-Policy: base-uri 'self'\n\n<base href=https://evil.test/><img src=a>"}, "", "GET https://shop.test/a"},
		{"frame-ancestors", site{"https://shop.test/": "\n\n<iframe src=/f></iframe><iframe src=https://evil.test/></iframe>", "https://shop.test/f": "Content-Security-Policy: frame-ancestors 'self'\n\n" + script, "https://evil.test/": "Content-Security-Policy: frame-ancestors 'self'\n\n<img src=/z>"}, "",
			"GET https://shop.test/f | GET https://evil.test/ | does not show the page in a frame | p=1"},
		{"X-Frame-Options", site{"https://shop.test/": "\n\n<iframe src=/f></iframe>", "https://shop.test/f": "X-Frame-Options: DENY\n\n" + script}, "", "GET https://shop.test/f | does not show the page in a frame"},
		{"X-Frame-Options below another site", site{"https://shop.test/": "\n\n<iframe src=https://evil.test/></iframe>", "https://evil.test/": "\n\n<iframe src=https://shop.test/f></iframe>", "https://shop.test/f": "X-Frame-Options: SAMEORIGIN\n\n<img src=/z>"}, "",
			"GET https://evil.test/ | GET https://shop.test/f | does not show the page in a frame"},
		{"a hash without its padding", shop("Content-Security-Policy: script-src 'sha256-" + strings.TrimRight(hashOf(sets), "=") + "'"), "", "p=1"},
		{"an empty hash beside 'unsafe-inline'", shop("Content-Security-Policy: script-src 'unsafe-inline' 'sha256-'"), "", "p=1"},
		{"a script redirected to where none may come from", site{"https://shop.test/": "Content-Security-Policy: script-src 'self'\n\n<script src=x></script>", "https://shop.test/x": "Status: 302\nLocation: https://evil.test/x"}, "",
			"GET https://shop.test/x | does not run a script from https://evil.test/x"},
		{"a path counts for nothing after a redirect", site{"https://shop.test/": "Content-Security-Policy: script-src 'self' https://evil.test/y\n\n<script src=x></script>", "https://shop.test/x": "Status: 302\nLocation: https://evil.test/x", "https://evil.test/x": "\n\n" + sets}, "",
			"GET https://shop.test/x | GET https://evil.test/x | p=1"},
		{"void", at("<iframe src=\"javascript:void(document.cookie='p=1')\"></iframe>"), "", "p=1"},

		{"a link to a frame", site{"https://shop.test/": cookies, "https://evil.test/": "\n\n<iframe name=f></iframe><a target=f href=https://shop.test/x>x</a>"}, "get https://shop.test/; get https://evil.test/; click x", "GET https://shop.test/x no"},
		{"a form to a frame over plain http", at("<iframe name=f></iframe><form target=f action=http://shop.test/x></form>"), "submit", "loads no iframe over plain http"},
		{"a base with a target", site{"https://shop.test/": cookies, "https://evil.test/": "\n\n<base target=f><iframe name=f></iframe><a href=https://shop.test/x>x</a>"}, "get https://shop.test/; get https://evil.test/; click x", "GET https://shop.test/x no"},
		{"a javascript: form", at("<form action=\"javascript:" + sets + "\"></form>"), "submit", "p=1"},
		{"a form with the method dialog", at("<form method=dialog></form>"), "submit", "which sends nothing"},
		{"a field of a form elsewhere", at("<form id=q action=/x></form><input form=q name=a value=1>"), "submit", "GET https://shop.test/x?a=1"},
		{"a form without fields", at("<form action=/x></form>"), "submit", "GET https://shop.test/x?"},
		{"a control before javascript:", at("<a href=\"\x01javascript:" + sets + "\">x</a>"), "click x", "p=1"},
		{"in an annotation of math", at("<math><annotation-xml encoding=text/html>" + script + "</annotation-xml></math>"), "", "p=1"},
		{"a link with tags in it", at("<a href=/x><b>x</b></a>"), "click x", "GET https://shop.test/x"},
		{"no link without an href", at("<a>x</a>"), "click x", "finds no link x"},
		{"boxes and buttons", at("<form action=/x><input type=checkbox name=a><input type=checkbox checked name=b><input type=submit name=c value=1><input disabled name=d value=1><input name=e value=1></form><input name=f value=1>"), "submit", "GET https://shop.test/x?b=on&c=1&e=1"},
		{"a form in a form", at("<form action=/x><input name=a value=1><form action=/y><input name=b value=2></form>"), "submit", "GET https://shop.test/x?a=1&b=2"},
		{"two places", site{"https://shop.test/": "Status: 302\nLocation: /x\nLocation: /y\n\n"}, "", "redirects to several places"},
		{"no content", site{"https://shop.test/": "Status: 204\n\n"}, "", "stays on the page"},

		{"same-origin", site{"https://evil.test/": "Referrer-Policy: same-origin\n\n<form method=post action=https://shop.test/x></form>"}, "get https://evil.test/; submit", "POST https://shop.test/x [null]"},
		{"same-origin at home", site{"https://shop.test/": "Referrer-Policy: same-origin\n\n<form method=post action=https://shop.test/x></form>"}, "submit", "POST https://shop.test/x [https://shop.test]"},
		{"two Referrer-Policy headers", site{"https://evil.test/": "Referrer-Policy: unsafe-url\nReferrer-Policy: no-referrer\n\n<form method=post action=https://shop.test/x></form>"}, "get https://evil.test/; submit", "POST https://shop.test/x [null]"},
		{"a list in a meta element", evil("<meta name=referrer content='unsafe-url, no-referrer'><form method=post action=https://shop.test/x></form>"), "get https://evil.test/; submit", "POST https://shop.test/x [https://evil.test]"},
		{"never in a meta element", evil("<meta name=referrer content=never><form method=post action=https://shop.test/x></form>"), "get https://evil.test/; submit", "POST https://shop.test/x [null]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			steps := test.steps
			if !strings.HasPrefix(steps, "get ") {
				steps = strings.TrimSuffix("get https://shop.test/; "+steps, "; ")
			}
			if got := above(t, cookie.Chromium, test.pages, strings.Split(steps, "; ")); !same(got, test.want) {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, " | "), test.want)
			}
		})
	}
}

// hrefs are written as in the table of a browser's behaviour: all of them reach
// shop.test from a page of evil.test.
func TestHrefs(t *testing.T) {
	for _, test := range []struct{ href, want string }{
		{`\\shop.test\x`, "https://shop.test/x"}, {`/\shop.test/x`, "https://shop.test/x"}, {`https:\\shop.test/x`, "https://shop.test/x"},
		{`https:///shop.test/x`, "https://shop.test/x"}, {`https://sh%6fp.test/x`, "https://shop.test/x"}, {`https://ｓhop.test/x`, "https://shop.test/x"},
		{`https://shop。test/x`, "https://shop.test/x"}, {"ht\ttps://sh\nop.test/x", "https://shop.test/x"},
		{`https:/shop.test/x`, "https://evil.test/shop.test/x"},
	} {
		pages := site{"https://evil.test/": "\n\n<a href=\"" + test.href + "\">x</a>"}
		if got := above(t, cookie.Chromium, pages, []string{"get https://evil.test/", "click x"}); !same(got, "GET "+test.want) {
			t.Errorf("%q: got %q, want %s", test.href, got, test.want)
		}
	}
}

// TestAboveInFirefox plays pages as TestAbove does, where Firefox 153 was observed
// to part from Chromium.
func TestAboveInFirefox(t *testing.T) {
	const (
		sets   = "document.cookie='p=1'"
		script = "<script>" + sets + "</script>"
	)
	for _, test := range []struct {
		name  string
		pages site
		steps string
		want  string
	}{
		{"frames shop > evil > shop", site{
			"https://shop.test/":      cookies + "<iframe src=https://evil.test/></iframe>",
			"https://evil.test/":      "\n\n<iframe src=https://shop.test/inner></iframe>",
			"https://shop.test/inner": "Set-Cookie: q=1; SameSite=None; Secure\n\n<img src=/pix>" + script,
		}, "get https://shop.test/", "GET https://evil.test/ | GET https://shop.test/inner | GET https://shop.test/pix q"},
		{"a sandbox", site{"https://shop.test/": cookies + "<iframe sandbox src=/inner></iframe>", "https://shop.test/inner": "\n\n<img src=/pix>"}, "get https://shop.test/",
			"GET https://shop.test/inner st lx no df | GET https://shop.test/pix"},
		{"a javascript: frame after scripts", at("<iframe src=\"javascript:document.cookie='p=frame'\"></iframe>" + script), "get https://shop.test/", "p=frame"},
		{"a 307 from home to another origin", site{"https://shop.test/": "\n\n<form method=post action=/a></form>", "https://shop.test/a": "Status: 307\nLocation: https://evil.test/x"}, "get https://shop.test/; submit",
			"POST https://shop.test/a [https://shop.test] | POST https://evil.test/x [https://shop.test]"},
		{"a 307 from there and back", site{"https://shop.test/": "\n\n<form method=post action=https://evil.test/a></form>", "https://evil.test/a": "Status: 307\nLocation: https://shop.test/x"}, "get https://shop.test/; submit",
			"POST https://evil.test/a [https://shop.test] | POST https://shop.test/x [null]"},
		{"form-action and a redirect", site{"https://shop.test/": "Content-Security-Policy: form-action 'self'\n\n<form method=post action=/a></form>", "https://shop.test/a": "Status: 302\nLocation: https://evil.test/x"}, "get https://shop.test/; submit",
			"POST https://shop.test/a [https://shop.test] | GET https://evil.test/x"},
		{"onload of a frame that does not answer", at("<iframe src=https://no.invalid/ onload=\"" + sets + "\"></iframe>"), "get https://shop.test/", "GET https://no.invalid/ | gets no answer"},
		{"onload of a forbidden frame", site{"https://shop.test/": "Content-Security-Policy: frame-src 'none'\n\n<iframe src=/b onload=\"" + sets + "\"></iframe>"}, "get https://shop.test/", "does not ask for https://shop.test/b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := above(t, cookie.Firefox, test.pages, strings.Split(test.steps, "; ")); !same(got, test.want) {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, " | "), test.want)
			}
		})
	}
}

// above plays steps of alice's with the rules of a browser and returns what
// happened on the way.
func above(t *testing.T, rules cookie.Rules, pages site, steps []string) (saw []string) {
	t.Helper()
	s, err := script.Parse("x", "title: T\nprofile: signed-id\n\nalice get /\n")
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(s, 0, new(Memo))
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"shop.test", "blog.shop.test", "evil.test", "plain.invalid"} {
		w.net[host] = pages
	}
	b := &w.alice
	b.jar.Rules = rules
	w.person, w.at = event.Alice, event.Alice
	for _, s := range steps {
		verb, arg, _ := strings.Cut(s, " ")
		w.wrote = []string{event.Alice, event.Alice}
		switch verb {
		case "get":
			err = w.visit(b, arg)
		case "click":
			err = w.click(b, arg)
		case "submit":
			err = w.submit(b, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range w.Events {
		switch {
		case e.Kind == event.Did:
			saw = append(saw, e.Text)
		case e.Kind == event.Request && e.Message.Initiator != "" || e.Kind == event.Request && e.Message.To != "evil.test" && !strings.HasSuffix(e.Text, ".test/"):
			text := e.Text
			for pair := range strings.SplitSeq(e.Message.Cookies, "; ") {
				if name, _, _ := strings.Cut(pair, "="); name != "" && name != "p" {
					text += " " + name
				}
			}
			if _, origin, ok := strings.Cut(e.Message.Raw, "\r\nOrigin: "); ok {
				origin, _, _ = strings.Cut(origin, "\r\n")
				text += " [" + origin + "]"
			}
			saw = append(saw, text)
		}
	}
	all, _ := b.jar.Get(w.now, &url.URL{Scheme: "https", Host: "shop.test", Path: "/"}, cookie.Context{TopLevel: true})
	for _, c := range all {
		if c.Name == "p" {
			saw = append(saw, "p="+c.Value)
		}
	}
	return saw
}

// same reports whether what was seen holds what is wanted, part by part and
// nothing else, in any order of the cookie.
func same(saw []string, want string) bool {
	parts := strings.Split(want, " | ")
	if want == "" {
		parts = nil
	}
	if len(parts) != len(saw) {
		return false
	}
	left := append([]string(nil), saw...)
	for _, part := range parts {
		found := false
		for i, s := range left {
			asks := strings.HasPrefix(s, "GET ") || strings.HasPrefix(s, "POST ") || strings.HasPrefix(s, "p=")
			if asks && s == part || !asks && strings.Contains(s, part) {
				left, found = append(left[:i], left[i+1:]...), true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}
