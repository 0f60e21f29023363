package record

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/audit"
)

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func read(t testing.TB, text string) audit.Recording {
	t.Helper()
	r, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told writes an exchange in one line.
func told(x audit.Exchange) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", x.Method, x.URL)
	if x.Status != 0 {
		fmt.Fprintf(&b, " %d", x.Status)
	}
	for _, c := range x.Cookies {
		fmt.Fprintf(&b, " %s=%s", c.Name, c.Value)
	}
	for _, line := range x.Set {
		fmt.Fprintf(&b, " {%s}", line)
	}
	if x.Location != "" {
		b.WriteString(" to " + x.Location)
	}
	if len(x.Fields) > 0 {
		b.WriteString(" posts " + strings.Join(x.Fields, ","))
	}
	if x.Bearer {
		b.WriteString(" bearer")
	}
	if x.HSTS != "" {
		b.WriteString(" hsts " + x.HSTS)
	}
	if x.Cache != "" {
		b.WriteString(" cache " + x.Cache)
	}
	return b.String()
}

func tell(r audit.Recording) string {
	var lines []string
	for _, x := range r.Exchanges {
		lines = append(lines, told(x))
	}
	return strings.Join(lines, "\n")
}

// path is what the pages of the shop in testdata are told by: method, path, and the id by
// the order in which it was first seen.
func visit(r audit.Recording) (out []string) {
	ids := map[string]string{"": "-"}
	mark := func(v string) string {
		if ids[v] == "" {
			ids[v] = string(rune('A' + len(ids) - 1))
		}
		return ids[v]
	}
	for _, x := range r.Exchanges {
		_, path, _ := strings.Cut(x.URL, "8061")
		if path == "/style.css" {
			continue
		}
		line := x.Method + " " + path
		for _, c := range x.Cookies {
			if c.Name == "sid" {
				line += " sent " + mark(c.Value)
			}
		}
		for _, s := range x.Set {
			if v, ok := strings.CutPrefix(s, "sid="); ok {
				v, _, _ = strings.Cut(v, ";")
				line += " set " + mark(v)
			}
		}
		out = append(out, line)
	}
	return out
}

var kept = []string{
	"GET / set A", "GET /login?next= sent A", "POST /login?next= sent A", "GET /account?welcome= sent A", "GET /account sent A",
	"GET /login?next= sent A", "POST /login?next= sent A", "GET /account?welcome= sent A", "GET /account sent A",
	"POST /logout sent A set -", "GET / set B", "GET /account sent B", "GET /login?next= sent B",
}

// TestChromium reads what Chromium's tools wrote.
func TestChromium(t *testing.T) {
	r := read(t, file(t, "chromium-sensitive.har"))
	if got := visit(r); !slices.Equal(got, kept) {
		t.Errorf("the visit:\n%s", strings.Join(got, "\n"))
	}
	if r.Kind != audit.HAR || r.Lacks != 0 || len(r.Problems) > 0 {
		t.Errorf("%s lacks %b, problems %q", r.Kind, r.Lacks, r.Problems)
	}
	want := "POST https://shop.test:8061/login?next= 303 sid=d83e508bbcf2d8f15787f7549aabb5ce lang=en to https://shop.test:8061/account?welcome= posts user,password,csrf hsts max-age=31536000; includeSubDomains"
	if got := told(r.Exchanges[3]); got != want {
		t.Errorf("the login\ngot  %s\nwant %s", got, want)
	}
	if got := r.Exchanges[0].Set; !slices.Equal(got, []string{"sid=d83e508bbcf2d8f15787f7549aabb5ce; Path=/; HttpOnly; Secure; SameSite=Lax", "lang=en; Path=/; Domain=shop.test; Max-Age=86400"}) {
		t.Errorf("set: %q", got)
	}
	if got := r.Exchanges[len(r.Exchanges)-1].At.Milliseconds(); got != 1337 {
		t.Errorf("the last comes after %d ms", got)
	}
	if want := []string{"request 4, field password", "request 8, field password"}; !slices.Equal(r.Passwords, want) {
		t.Errorf("passwords: %q", r.Passwords)
	}
}

// TestChromiumSanitised: a HAR without cookies says so, and where a password still is.
func TestChromiumSanitised(t *testing.T) {
	r := read(t, file(t, "chromium-sanitised.har"))
	if r.Lacks != audit.NoCookies || len(r.Passwords) != 2 || len(r.Exchanges) != 14 {
		t.Errorf("lacks %b, passwords %q, %d exchanges", r.Lacks, r.Passwords, len(r.Exchanges))
	}
}

// TestChromiumCurl: the commands of the same visit, which Chromium writes newest page first,
// come in the order of the HAR. Two pages that were typed, of which one led to the other,
// name no Referer; they are the last two, and stand the other way round.
func TestChromiumCurl(t *testing.T) {
	bash, cmd := read(t, file(t, "chromium-curl-bash.txt")), read(t, file(t, "chromium-curl-cmd.txt"))
	if tell(bash) != tell(cmd) {
		t.Errorf("bash:\n%s\ncmd:\n%s", tell(bash), tell(cmd))
	}
	var want []string
	for _, line := range kept {
		line, _, _ = strings.Cut(line, " set")
		want = append(want, line)
	}
	n := len(want)
	want[n-2], want[n-1] = want[n-1], want[n-2]
	if got := visit(bash); !slices.Equal(got, want) {
		t.Errorf("the visit:\n%s", strings.Join(got, "\n"))
	}
	if bash.Kind != audit.CURL || bash.Lacks != audit.NoAnswers || len(bash.Problems) != 1 || !strings.Contains(bash.Problems[0], "newest page first") {
		t.Errorf("%s lacks %b, problems %q", bash.Kind, bash.Lacks, bash.Problems)
	}
}

// TestFirefox reads what Firefox wrote: one archive of all, and one a page.
func TestFirefox(t *testing.T) {
	want := []string{
		"GET / set A", "GET /login?next= sent A", "POST /login?next= sent A set B", "GET /account?welcome= sent B", "GET /account sent B",
		"GET /login?next= sent B", "POST /login?next= sent B set C", "GET /account?welcome= sent C", "GET /account sent C",
		"POST /logout sent C set -", "GET / set D", "GET /account sent D", "GET /login?next= sent D",
	}
	for _, name := range []string{"firefox-all.har", "firefox-pages.har"} {
		r := read(t, file(t, name))
		if got := visit(r); !slices.Equal(got, want) {
			t.Errorf("%s:\n%s", name, strings.Join(got, "\n"))
		}
		if r.Lacks != 0 || len(r.Problems) > 0 || len(r.Passwords) != 2 {
			t.Errorf("%s lacks %b, problems %q, passwords %q", name, r.Lacks, r.Problems, r.Passwords)
		}
	}
}

// TestValuesEnd: no value of a query, a field or a body is left, wherever it stood.
func TestValuesEnd(t *testing.T) {
	texts := map[string]string{}
	for _, name := range []string{"chromium-sensitive.har", "chromium-sanitised.har", "chromium-curl-bash.txt", "chromium-curl-cmd.txt", "firefox-all.har", "firefox-pages.har"} {
		texts[name] = file(t, name)
	}
	const curl = `curl -v -u bob:s3cret 'https://bob:s3cret@shop.test/a;jsessionid=s3cret/b?q=s3cret#s3cret' -H 'Authorization: Basic s3cret' -H 'X-Other: s3cret'`
	texts["form"] = curl + ` -d 'user=s3cret&s3=s3cret'`
	texts["json"] = curl + ` --json '{"user":"s3cret","deep":{"password":"s3cret","other":"s3cret"},"list":["s3cret"]}'`
	texts["multipart"] = curl + ` -F user=s3cret -F file=@s3cret`
	texts["broken JSON"] = curl + ` --json '{"user":"s3cret'`
	texts["a file"] = curl + ` -b s3cret -d @s3cret`
	texts["raw"] = "POST /login?next=s3cret HTTP/1.1\nHost: shop.test\nAuthorization: Bearer s3cret\nContent-Type: application/x-www-form-urlencoded\n\nuser=s3cret&password=s3cret\nHTTP/1.1 302 Found\nLocation: /a?token=s3cret#s3cret\nX-Other: s3cret\n\ns3cret"
	for name, text := range texts {
		r, err := Read(text)
		all := fmt.Sprintf("%+v %v", r, err)
		for _, value := range []string{"s3cret", "correct", "horse", "t0k3n", "alice", "mallory"} {
			if strings.Contains(all, value) {
				t.Errorf("%s: %q is still there: %s", name, value, all)
			}
		}
		if err != nil || len(r.Passwords) == 0 {
			t.Errorf("%s: %v, passwords %q", name, err, r.Passwords)
		}
	}
}
