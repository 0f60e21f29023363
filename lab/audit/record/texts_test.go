package record

import (
	"strings"
	"testing"

	"fixlab/lab/audit"
)

// TestTexts reads every form that is no HAR, and what programs make of HAR.
func TestTexts(t *testing.T) {
	har := func(creator string, entries ...string) string {
		return `{"log":{"version":"1.2","creator":{"name":"` + creator + `","version":"1"},"entries":[` + strings.Join(entries, ",") + `]}}`
	}
	entry := func(request, response string) string {
		return `{"startedDateTime":"2026-01-02T03:04:05.000Z","request":{"method":"GET","url":"https://a.test/",` + request + `},"response":{"status":200,` + response + `}}`
	}
	for _, row := range []struct {
		name, text, want string
		kind             audit.Kind
		lacks            audit.Lack
	}{
		{"bash, quotes", "curl 'https://a.test/x' -H $'Cookie: a=it\\'s\\u0021\\x41' -H \"X: \\\"y\\\"\" --compressed",
			"GET https://a.test/x a=it's!A", audit.CURL, audit.NoAnswers},
		{"short options together", `curl -sSkLXPOST -b'a=1; b=2' https://a.test/x -dq=1`, "POST https://a.test/x a=1 b=2 posts q", audit.CURL, audit.NoAnswers},
		{"long options with values", `curl --max-time 5 -o out.html --cookie a=1 --proxy http://p.test --url a.test/x`, "GET http://a.test/x a=1", audit.CURL, audit.NoAnswers},
		{"several on a line", `curl a.test/1; curl a.test/2 && curl a.test/3 | jq .`, "GET http://a.test/1\nGET http://a.test/2", audit.CURL, audit.NoAnswers},
		{"next", `curl a.test/1 -d a=1 --next a.test/2`, "POST http://a.test/1 posts a\nGET http://a.test/2", audit.CURL, audit.NoAnswers},
		{"prompts and continued lines", "me@box:~$ curl https://a.test/1 \\\n  -b 'a=1' 2>/dev/null >out\nPS C:\\Users> curl.exe https://a.test/2", "GET https://a.test/1 a=1\nGET https://a.test/2", audit.CURL, audit.NoAnswers},
		{"get with data", `curl -G a.test/x --data-urlencode 'q=a&b' -d r=1`, "GET http://a.test/x?q=&r=", audit.CURL, audit.NoAnswers},
		{"head, put", "curl -I a.test/x\ncurl -T file a.test/y", "HEAD http://a.test/x\nPUT http://a.test/y", audit.CURL, audit.NoAnswers},
		{"json", `curl a.test/x --json '{"user":{"email":"m","password":"p"},"remember":true}'`, "POST http://a.test/x posts user,user.password,remember", audit.CURL, audit.NoAnswers},
		{"json by its type", `curl a.test/x -H 'Content-Type: application/json' -d '{"a":1,"b":[2]}'`, "POST http://a.test/x posts a,b", audit.CURL, audit.NoAnswers},
		{"form", `curl a.test/x -F user=a -F 'file=@x;type=image/png'`, "POST http://a.test/x posts user,file", audit.CURL, audit.NoAnswers},
		{"cmd, a percent and a newline", "curl --url ^\"https://a.test/?q=^%^20^\" ^\r\n  -b ^\"a=^\\^\"x^\\^\"; b=c^\\^\\d^\" ^\r\n  --data-raw ^\"u=1^&p=2^\n\n^&q=3^\" &\r\ncurl ^\"https://a.test/2^\"", "POST https://a.test/?q= a=\"x\" b=c\\d posts u,p,q\nGET https://a.test/2", audit.CURL, audit.NoAnswers},
		{"bearer", `curl a.test -H 'authorization: Bearer x'`, "GET http://a.test/ bearer", audit.CURL, audit.NoAnswers},

		{"curl -v", "*   Trying 127.0.0.1:443...\n* SSL connection using TLSv1.3\n> POST /login?n=1 HTTP/2\n> Host: a.test\n> cookie: sid=1\n> cookie: b=2\n>\n} [27 bytes data]\n< HTTP/2 302\n* Added cookie sid=\"2\"\n< set-cookie: sid=2; Path=/\n< set-cookie: x=1\n< location: /home\n< cache-control: no-store\n<\n<html>",
			"POST https://a.test/login?n= 302 sid=1 b=2 {sid=2; Path=/} {x=1} to https://a.test/home cache no-store", audit.Verbose, 0},
		{"curl -v with its command, followed", "$ curl -v -L -d 'user=a&password=b' http://a.test/login\n> POST /login HTTP/1.1\n> Host: a.test\n> \n< HTTP/1.1 100 Continue\n< \n< HTTP/1.1 303 See Other\n< Location: /home\n< Set-Cookie: sid=1\n< \n> GET /home HTTP/1.1\n> Host: a.test\n> Cookie: sid=1\n> \n< HTTP/1.1 200 OK\n< ",
			"POST http://a.test/login 303 {sid=1} to http://a.test/home posts user,password\nGET http://a.test/home 200 sid=1", audit.Verbose, 0},
		{"curl -i with its command", "$ curl -i http://a.test/x -b sid=1\r\nHTTP/1.1 200 OK\r\nSet-Cookie: sid=2; HttpOnly\r\nStrict-Transport-Security: max-age=1\r\n\r\n<p>HTTP</p>\r\n", "GET http://a.test/x 200 sid=1 {sid=2; HttpOnly} hsts max-age=1", audit.Raw, 0},
		{"curl -i -L", "curl -iL http://a.test/x\nHTTP/1.1 302 Found\nLocation: https://a.test/y\n\nHTTP/1.1 200 OK\n\nhello", "GET http://a.test/x 302 to https://a.test/y\nGET https://a.test/y 200", audit.Raw, 0},
		{"an answer alone", "HTTP/1.1 200 OK\nSet-Cookie: a=1\n\n", "  200 {a=1}", audit.Raw, audit.NoRequests},

		{"raw, a form", "POST /login HTTP/1.1\r\nHost: a.test\r\nOrigin: http://a.test\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: sid=1\r\n\r\nuser=a&password=b\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: sid=2\r\n\r\n", "POST http://a.test/login 200 sid=1 {sid=2} posts user,password", audit.Raw, 0},
		{"raw, parts", "POST /up HTTP/1.1\nHost: localhost:80\nContent-Type: multipart/form-data; boundary=x\n\n--x\nContent-Disposition: form-data; name=\"user\"\n\na\n--x\nContent-Disposition: form-data; name=\"password\"\n\nb\n--x--", "POST http://localhost/up posts user,password", audit.Raw, audit.NoAnswers},

		{"Chrome's table", "Name\tValue\tDomain\tPath\tExpires / Max-Age\tSize\tHttpOnly\tSecure\tSameSite\tPartition Key Site\tCross Site\tPriority\nsid\tabc\ta.test\t/\tSession\t6\t✓\t✓\tLax\t\t\tMedium\nlang\ten\t.a.test\t/\t2027-01-02T03:04:05.000Z\t6\t\t\t\t\t\tMedium\n",
			" https://a.test/ {sid=abc; Path=/; SameSite=Lax; Secure; HttpOnly} {lang=en; Domain=a.test; Path=/; Expires=Sat, 02 Jan 2027 03:04:05 GMT}", audit.Table, audit.NoRequests | audit.NoAnswers | audit.NoOrder},
		{"Firefox's row without its head", "sid\tabc\ta.test\t/\tSession\t6\ttrue\tfalse\tNone\tSat, 28 Nov 2026 01:09:10 GMT", " https://a.test/ {sid=abc; Path=/; HttpOnly}", audit.Table, audit.NoRequests | audit.NoAnswers | audit.NoOrder},

		{"HTTP/2 names, cookies in parts", har("x", entry(`"headers":[{"name":"cookie","value":"a=1"},{"name":"cookie","value":"b=2"}]`, `"headers":[{"name":"set-cookie","value":"a=2"}]`)), "GET https://a.test/ 200 a=1 b=2 {a=2}", audit.HAR, 0},
		{"lines joined by newline", har("x", entry(`"headers":[]`, `"headers":[{"name":"Set-Cookie","value":"a=1; Path=/\nb=2"}]`)), "GET https://a.test/ 200 {a=1; Path=/} {b=2}", audit.HAR, 0},
		{"Safari joins by comma", har("WebKit Web Inspector", entry(`"headers":[]`, `"headers":[{"name":"Set-Cookie","value":"a=1; Expires=Sat, 02 Jan 2027 03:04:05 GMT; Path=/, b=2,3; Path=/"}]`)), "GET https://a.test/ 200 {a=1; Expires=Sat, 02 Jan 2027 03:04:05 GMT; Path=/} {b=2,3; Path=/}", audit.HAR, 0},
		{"joined by comma, the array tells", har("x", entry(`"headers":[]`, `"headers":[{"name":"Set-Cookie","value":"a=1, z=0, b=2"}],"cookies":[{"name":"a","value":"1, z=0"},{"name":"b","value":"2"}]`)), "GET https://a.test/ 200 {a=1, z=0} {b=2}", audit.HAR, 0},
		{"cookies in the arrays alone", har("x", entry(`"headers":[],"cookies":[{"name":"a","value":"1"}]`, `"headers":[],"cookies":[{"name":"a","value":"2","path":"/","expires":"2027-01-02T03:04:05Z","httpOnly":true,"secure":true,"sameSite":"Strict"}]`)), "GET https://a.test/ 200 a=1 {a=2; Path=/; Expires=Sat, 02 Jan 2027 03:04:05 GMT; SameSite=Strict; Secure; HttpOnly}", audit.HAR, 0},
		{"and there without attributes", har("x", entry(`"headers":[]`, `"headers":[],"cookies":[{"name":"a","value":"2"}]`)), "GET https://a.test/ 200 {a=2}", audit.HAR, audit.NoAttributes},
		{"no cookies, of Firefox", har("Firefox", entry(`"headers":[]`, `"headers":[]`)), "GET https://a.test/ 200", audit.HAR, 0},
		{"no cookies, of Chrome", har("WebInspector", entry(`"headers":[]`, `"headers":[]`)), "GET https://a.test/ 200", audit.HAR, audit.NoCookies},
		{"no cookies, of Chrome, with what it would take out", har("WebInspector", entry(`"headers":[{"name":"authorization","value":"Bearer x"}]`, `"headers":[]`)), "GET https://a.test/ 200 bearer", audit.HAR, 0},
		{"cleaned by another", har("x", entry(`"headers":[{"name":"cookie","value":"sid=[sid redacted]"}]`, `"headers":[{"name":"set-cookie","value":"[redacted]"}]`)), "GET https://a.test/ 200", audit.HAR, audit.NoCookies},
		{"a deleted cookie is no redacted one", har("x", entry(`"headers":[]`, `"headers":[{"name":"set-cookie","value":"sid=\"\"; Max-Age=0"}]`)), `GET https://a.test/ 200 {sid=""; Max-Age=0}`, audit.HAR, 0},
		{"from the cache", har("WebInspector", `{"_fromCache":"disk","request":{"url":"https://a.test/c"},"response":{"headers":[{"name":"set-cookie","value":"old=1"}]}}`, entry(`"headers":[{"name":"cookie","value":"a=1"}]`, `"headers":[]`)), "GET https://a.test/ 200 a=1", audit.HAR, 0},
		{"other schemes", har("x", `{"request":{"method":"GET","url":"data:,"}}`, entry(`"headers":[]`, `"headers":[]`)), "GET https://a.test/ 200", audit.HAR, 0},
		{"what the page made narrow", har("x", `{"request":{"method":"POST","url":"https://a.test/l","postData":{"params":[{"name":"user"},{"name":"password","_filled":true}]}}}`), "POST https://a.test/l posts user,password", audit.HAR, audit.NoAnswers},
		{"a HAR behind a command", "curl http://a.test/x -b a=1\n\n" + har("x", entry(`"headers":[]`, `"headers":[]`)), "GET http://a.test/x a=1\nGET https://a.test/ 200", audit.HAR, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := Read(row.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := tell(r); got != row.want {
				t.Errorf("\ngot  %s\nwant %s", got, row.want)
			}
			if r.Kind != row.kind || r.Lacks != row.lacks {
				t.Errorf("%s lacks %b, want %s and %b", r.Kind, r.Lacks, row.kind, row.lacks)
			}
		})
	}
}

// TestOrder: a HAR's entries come by their time, which has a zone.
func TestOrder(t *testing.T) {
	at := func(when, path string) string {
		return `{"startedDateTime":"` + when + `","request":{"method":"GET","url":"https://a.test` + path + `"},"response":{"status":200}}`
	}
	r := read(t, `{"log":{"entries":[`+at("2026-01-01T10:00:02.500Z", "/3")+","+at("2026-01-01T11:00:01+01:00", "/2")+","+at("2026-01-01T05:00:00.000-0500", "/1")+`]}}`)
	if got, want := tell(r), "GET https://a.test/1 200\nGET https://a.test/2 200\nGET https://a.test/3 200"; got != want {
		t.Errorf("got\n%s", got)
	}
	if got := r.Exchanges[2].At.Milliseconds(); got != 2500 {
		t.Errorf("%d ms", got)
	}
}

// TestCommandsWithoutOrder: what a browser copied and no Referer puts in order has none.
func TestCommandsWithoutOrder(t *testing.T) {
	const page = " -H 'sec-fetch-mode: navigate' -H 'accept: */*'\n"
	for _, row := range []struct {
		text  string
		order bool
	}{
		{"curl a.test/1" + page + "curl a.test/2" + page, false},
		{"curl a.test/1" + page + "curl a.test/2 -e http://a.test/1" + page, true},
		{"curl a.test/2 -H 'Referer: http://a.test/1'" + page + "curl a.test/1" + page, true},
		{"curl a.test/1\ncurl a.test/2", true}, // written by hand
	} {
		r := read(t, row.text)
		if got := !r.Lacks.Has(audit.NoOrder); got != row.order {
			t.Errorf("%s: an order: %v", row.text, got)
		}
		if row.order && !strings.HasSuffix(r.Exchanges[0].URL, "/1") {
			t.Errorf("%s: first %s", row.text, r.Exchanges[0].URL)
		}
	}
}
