//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixlab/lab/audit/record"
)

// loginID is the session id in the recordings, and secrets are what stands in them besides.
const loginID = "d83e508bbcf2d8f15787f7549aabb5ce"

var secrets = []string{"correct", "horse", "t0k3n", "alice", "mallory"}

func recordingPath(name string) string {
	path, err := filepath.Abs("../../lab/audit/record/testdata/" + name)
	if err != nil {
		panic(err)
	}
	return path
}

func recordingText(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(recordingPath(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// quoted writes a text as JavaScript does.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// chooseFile is what a browser does when a file of that text is chosen.
func chooseFile(name, text string) string {
	return `(() => {
		const files = new DataTransfer(), field = document.querySelector("#audit-file");
		files.items.add(new File([` + quoted(text) + `], ` + quoted(name) + `));
		field.files = files.files;
		field.dispatchEvent(new Event("change", {bubbles: true}));
	})()`
}

// kept is all that the browser keeps of a page's own, as text.
const keptText = `(async () => JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, history.state, document.title, document.cookie,
	await indexedDB.databases(), await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((r) => r.url)))]))()`

// TestAudit: a file is chosen and a text pasted, the login changed, a value unmasked, all of it
// forgotten, without a host and without a trace.
func TestAudit(t *testing.T) {
	t.Parallel()
	b := open(t, "#audit")
	b.offlineReady()
	b.run(chromedp.Reload())
	b.ready()
	b.host.cut() // from here on there is no network
	asked := len(b.requests())
	b.run(chromedp.SetUploadFiles("#audit-file", []string{recordingPath("chromium-sensitive.har")}))
	b.until("document.activeElement?.id === 'audit-result'")
	b.is("document.querySelector('#audit-answer').dataset.state + document.querySelector('#audit-answer').className", "keptresult bad")
	b.is("document.querySelector('#audit-answer .because').innerText.replace(/\\s+/g, ' ')", "The id in sid was K1 before the login and K1 after it. Whoever knew it before is logged in after.")
	b.until("document.querySelector('#live').textContent.startsWith('The key did not change. The id in sid was ')")
	b.is("document.querySelector('.time li.login .request').innerText", "POST /login")
	b.is("document.querySelector('#audit-cookie-table tbody tr').innerText.includes('same')", "true")
	b.is("document.querySelectorAll('#audit-route-table tbody tr').length > 3", "true")
	b.is("document.querySelector('#audit-spilled').innerText.includes('request 4, field password')", "true")
	b.is("document.body.innerText.includes('"+loginID+"')", "false")
	b.is("document.querySelector('#audit-form').hidden", "true")
	b.accessible("the report")
	b.fits(1366, 1024, 390, 320)
	b.size(1366, 768)

	// Another request is the login: the report follows.
	b.put("#audit-login", "7")
	b.is("document.querySelector('#audit-login').value + document.querySelector('.time li.login p:last-child').innerText", "70.9 s, the login, 303")
	b.is("document.querySelectorAll('.time li.login').length", "1")
	b.put("#audit-login", "-1")
	b.is("document.querySelector('#audit-answer').dataset.state", "kept")

	// One value, and then none.
	b.eval("document.querySelector('#audit-values').open = true", nil)
	b.click("#audit-show-1")
	b.settled()
	b.is("document.querySelector('#audit-values').innerText.split('"+loginID+"').length", "2")
	b.is("document.activeElement.id", "audit-show-1")
	b.click("#audit-show-1")
	b.settled()
	b.is("document.body.innerText.includes('"+loginID+"')", "false")

	// The nearest run, and back again.
	b.click("#audit-play")
	b.until("document.documentElement.dataset.page === 'lab'")
	b.is("document.querySelector('#told p').innerText.startsWith('This stands for sid at shop.test')", "true")
	b.back()
	b.is("document.querySelector('#audit-answer').dataset.state", "kept")
	var kept string
	b.eval(keptText, &kept)
	for _, s := range append(secrets, loginID, "chromium-sensitive", "/account") {
		if strings.Contains(kept, s) {
			t.Errorf("the browser keeps %q: %s", s, kept)
		}
	}

	// Present shows nothing of it.
	b.press("p")
	b.until("document.documentElement.dataset.page === 'present'")
	b.is("document.body.innerText.includes('sid at') || document.body.innerText.includes('d83e')", "false")
	b.back()

	b.click("#audit-again")
	b.settled()
	b.put("#audit-text", "no recording")
	b.click("#audit-read")
	b.until("!document.querySelector('#audit-fault').hidden")
	b.is("document.querySelector('#audit-fault').innerText.trim()", "The text cannot be read: line 1: no HAR, no cURL command, no output of curl -v or curl -i, no raw HTTP and no cookie table begins here or later.")
	b.is("document.activeElement.id + document.querySelector('#audit-text').value", "audit-faultno recording")
	b.is("document.querySelector('#audit-answer').dataset.state", "kept") // nothing is lost
	b.put("#audit-text", recordingText(t, "chromium-sanitised.har"))
	b.click("#audit-read")
	b.until("document.querySelector('#audit-answer').dataset.state === 'no cookie seen'")
	b.is("document.querySelector('#audit-answer .because').innerText", "This file has no cookies: Chrome leaves them out by default. It does hold 2 password fields; delete it.")
	b.is("document.querySelector('#audit-anew').checkVisibility()", "true")
	b.click("#audit-again")
	b.settled()
	b.put("#audit-text", `{"openapi": "3.1.0", "info": {"title": "<img src=x onerror=window.owned=1>"}, "paths": {"/login": {"post": {"responses": {"204": {"headers": {"Set-Cookie": {"schema": {"type": "string"}}}}}}}}}`)
	b.click("#audit-read")
	b.until("document.activeElement.id === 'contract-title'")
	b.is("document.querySelector('#contract-table').innerText.includes('ASVS 5.0 7.2.4') + String(window.owned)", "trueundefined")
	b.is("document.querySelector('#audit-answer').dataset.state", "no cookie seen")
	b.click("#audit-forget")
	b.settled()
	b.is("document.querySelector('#audit-text').value + document.querySelector('#audit-file').value + document.querySelectorAll('.report, #audit-source').length", "0")
	b.is("document.activeElement.id", "page-title")
	b.until("document.querySelector('#live').textContent.startsWith('All of it is forgotten')")
	b.accessible("the form")
	if more := b.requests()[asked:]; len(more) > 0 {
		for _, u := range more {
			if !strings.HasPrefix(u, "blob:") && !strings.Contains(u, "/boot-") && !strings.HasSuffix(u, "/icon.svg") { // the worker, and the tab's icon, from the cache
				t.Errorf("it asks for %s", u)
			}
		}
	}
}

// What is hostile in a recording is text, and short.
func TestAuditHostile(t *testing.T) {
	t.Parallel()
	b := open(t, "#audit")
	name := `<img src=x onerror=window.owned=1>`
	entry := func(n int, cookie string) map[string]any {
		return map[string]any{
			"request": map[string]any{"method": "POST", "url": fmt.Sprintf("https://shop.test/%d%s%s", n, name, strings.Repeat("y", 3000)),
				"headers":  []any{map[string]any{"name": "Cookie", "value": cookie + "=0123456789abcdef0123456789abcdef"}},
				"postData": map[string]any{"text": `{"password":"hunter2hunter2"}`, "mimeType": "application/json"}},
			"response": map[string]any{"status": 200, "headers": []any{map[string]any{"name": "Set-Cookie", "value": cookie + "=fedcba9876543210fedcba9876543210; Domain=" + name}}},
		}
	}
	har, err := json.Marshal(map[string]any{"log": map[string]any{"creator": map[string]any{"name": name}, "entries": []any{
		entry(1, "sid"), entry(2, name), entry(3, "\u202egnitrats"), entry(4, "\x00\x1b[2J"), entry(5, strings.Repeat("N", 1<<20)), entry(6, "sid"), nil, 7,
	}}})
	if err != nil {
		t.Fatal(err)
	}
	b.eval(chooseFile(name+".har", string(har)), nil)
	b.until("document.querySelector('#audit-answer')")
	b.settled()
	b.is("document.querySelectorAll('main img, main script').length + String(window.owned)", "0undefined")
	b.is("document.querySelector('#audit-source b').innerText", name+".har")
	b.is("document.querySelectorAll('#audit-cookie-table tbody tr').length > 2", "true")
	b.is(`[...document.querySelectorAll("main *")].flatMap((e) => [...e.childNodes]).some((n) => n.nodeType === 3 && (n.data.length > 2000 || /[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/.test(n.data)))`, "false")
	b.is("document.querySelector('#audit-broken').innerText.length < 2000", "true")
	b.fits(1366, 320)
}

// What the worker hands on of a HAR is read as the HAR itself is, and has no value in it but
// those of cookies.
func TestAuditNarrow(t *testing.T) {
	t.Parallel()
	b := open(t, "#audit")
	narrow := func(text string) (out string) {
		b.eval(`new Promise((done) => {
			const worker = fixlabWorker(new Blob([`+quoted(text)+`]));
			worker.onmessage = ({data}) => { if ("text" in data || data.fault) { worker.terminate(); done(data.text ?? "fault: " + data.fault); } };
		})`, &out)
		return out
	}
	post := func(kind, text string) string {
		return `{"log":{"creator":{"name":"x"},"entries":[{"request":{"method":"POST","url":"https://bob:s3cret@a.test/a;jsessionid=s3cret/b?q=s3cret&pwd=s3cret&empty=#s3cret","headers":[{"name":"AUTHORIZATION","value":"Basic s3cret"},{"name":"X-Other","value":"s3cret"}],` +
			`"cookies":[{"name":"a","value":"1"}],"postData":{"mimeType":"` + kind + `","text":` + quoted(text) + `}},` +
			`"response":{"status":302,"content":{"text":"s3cret"},"redirectURL":"/x?token=s3cret#s3cret","headers":[{"name":"Set-Cookie","value":"a=1\nb=2; Path=/"},{"name":"cache-control","value":"no-store"}],"cookies":[{"name":"a","value":"1","httpOnly":true,"expires":null}]}}]}}`
	}
	texts := map[string]string{
		"form":      post("application/x-www-form-urlencoded", "user=s3cret&pass%77ord=s3cret&empty=&none&a+b=s3cret"),
		"JSON":      post("application/json", `{"user":"s3cret","deep":{"password":"s3cret","other":"s3cret","none":{"pwd":""}},"list":["s3cret"],"n":null,"pass":0}`),
		"multipart": post("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\ns3cret\r\n--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\ns3cret\r\n--x--"),
		"no body":   post("", ""),
		"plain":     post("text/plain", "s3cret=s3cret"),
		"no header": `{"log":{"entries":[{"_fromCache":"disk","request":{"method":"GET","url":"https://a.test/"}},{"request":{"method":"GET","url":"https://a.test/","cookies":[{"name":"a","value":"1"}]},"response":{"status":200,"cookies":[{"name":"a","value":"2","path":"/","secure":true,"expires":"2027-01-01T00:00:00Z"}]}}]}}`,
	}
	for _, name := range []string{"chromium-sensitive.har", "chromium-sanitised.har", "firefox-all.har"} {
		texts[name] = recordingText(t, name)
	}
	for name, text := range texts {
		got := narrow(text)
		for _, s := range append(secrets, "s3cret") {
			if strings.Contains(got, s) {
				t.Errorf("%s: %q is handed on: %s", name, s, got)
			}
		}
		want, err := record.Read(text)
		if err != nil {
			t.Fatal(name, err)
		}
		read, err := record.Read(got)
		if err != nil || !reflect.DeepEqual(read, want) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", name, err, read, want)
		}
	}
	for name, text := range map[string]string{"no JSON": "curl https://a.test/", "two HARs": texts["form"] + texts["JSON"], "cut short": texts["form"][:400], "empty": ""} {
		if got := narrow(text); got != text {
			t.Errorf("%s is handed on as %q", name, got)
		}
	}
	for _, text := range []string{"{}", "[1]", `{"log":{}}`, `{"log":{"entries":"x"}}`, "7", `"x"`} {
		if got := narrow(text); got != "{}" && got != text {
			t.Errorf("%s is handed on as %q", text, got)
		}
	}
	var wide string
	b.eval(`new Promise((done) => {
		const text = "\ufeffcurl https://a.test/ü", worker = fixlabWorker(new Blob([new Uint16Array([...text].map((c) => c.charCodeAt(0)))]));
		worker.onmessage = ({data}) => { if ("text" in data) done(data.text) };
	})`, &wide)
	if wide != "curl https://a.test/ü" {
		t.Errorf("UTF-16 is handed on as %q", wide)
	}
}

// A file can be dropped anywhere on the page, and reading it cancelled.
func TestAuditDrop(t *testing.T) {
	t.Parallel()
	b := open(t, "#audit")
	b.eval(`(() => {
		const files = new DataTransfer();
		files.items.add(new File([`+quoted(recordingText(t, "firefox-all.har"))+`], "dropped.har"));
		window.went = [new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer: files}), new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: files})]
			.map((e) => document.querySelector("#audit-recipe").dispatchEvent(e));
	})()`, nil)
	b.until("document.querySelector('#audit-answer')?.dataset.state === 'replaced'")
	b.is("window.went.join() + document.querySelector('#audit-source b').innerText", "false,falsedropped.har")
	b.is("document.querySelector('#audit-answer').className", "result open") // no green: nobody knows
	b.click("#audit-again")
	b.settled()
	b.is("document.activeElement.id", "audit-file")
	// A worker that never answers.
	b.eval(`window.real = fixlabWorker, window.fixlabWorker = () => window.mute = {postMessage() {}, terminate() { this.ended = true }}`, nil)
	b.put("#audit-text", "curl https://a.test/")
	b.click("#audit-read")
	b.settled()
	b.is("document.activeElement.id + document.querySelector('#audit-reading').checkVisibility()", "audit-canceltrue")
	b.press(kb.Enter)
	b.is("window.mute.ended + document.activeElement.id + document.querySelector('#audit-text').value", "trueaudit-filecurl https://a.test/")
	b.is("document.querySelector('#audit-answer').dataset.state", "replaced")
	b.eval(`window.fixlabWorker = () => null`, nil)
	b.click("#audit-read")
	b.until("document.querySelector('#audit-fault').innerText.includes('this browser has no workers')")
	b.eval(`window.fixlabWorker = real`, nil)
	b.click("#audit-read")
	b.until("document.querySelector('#audit-source b').innerText === 'The text'")
}

// firefoxAudit: a recording is read, reported on and forgotten.
func firefoxAudit(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#audit")
	f.eval(chooseFile("login.har", recordingText(t, "chromium-sensitive.har")))
	f.until("document.activeElement?.id === 'audit-result'")
	f.is("document.querySelector('#audit-answer').dataset.state", "kept")
	f.is("document.querySelector('.time li.login .request').innerText", "POST /login")
	f.is("document.body.innerText.includes('"+loginID+"')", "false")
	f.is("document.documentElement.scrollWidth > innerWidth", "false")
	f.click("#audit-forget")
	f.is("document.querySelectorAll('.report').length + document.activeElement.id", "0page-title")
}
