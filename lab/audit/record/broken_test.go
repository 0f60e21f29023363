package record

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fixlab/lab/audit"
)

// TestTruncated: of a HAR that breaks off what came before is read, nothing else, and it is
// said where it broke.
func TestTruncated(t *testing.T) {
	text := file(t, "chromium-sensitive.har")
	all := map[string]bool{}
	for _, x := range read(t, text).Exchanges {
		all[told(x)] = true
		x.Status, x.Set, x.Location, x.HSTS, x.Cache = 0, nil, "", "", "" // the request alone
		all[told(x)] = true
	}
	most := 0
	for cut := 0; cut < len(text)-20; cut += 331 {
		r, err := Read(text[:cut])
		if err != nil {
			if cut > 100 && !strings.Contains(err.Error(), "byte ") {
				t.Errorf("cut at %d: %v", cut, err)
			}
			continue
		}
		if len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "the text ends here") {
			t.Errorf("cut at %d: problems %q", cut, r.Problems)
		}
		for _, x := range r.Exchanges {
			if !all[told(x)] && !strings.HasSuffix(x.URL, ".css") { // cached or not comes after the answer
				t.Errorf("cut at %d: %s is not in the whole", cut, told(x))
			}
		}
		most = max(most, len(r.Exchanges))
	}
	if most < 13 {
		t.Errorf("at most %d exchanges were read", most)
	}
}

// TestDamaged: one entry that is not JSON costs that entry alone.
func TestDamaged(t *testing.T) {
	entry := func(path, more string) string {
		return `{"request":{"method":"GET","url":"https://a.test` + path + `"},"response":{"status":200` + more + `}}`
	}
	text := `{"log":{"entries":[` + entry("/1", "") + "," + entry("/2", `,"x":}`) + "," + entry("/3", "") + "," + entry("/4", "") + `]}}`
	r := read(t, text)
	if got, want := tell(r), "GET https://a.test/1 200\nGET https://a.test/2\nGET https://a.test/3 200\nGET https://a.test/4 200"; got != want {
		t.Errorf("got\n%s", got)
	}
	if want := []string{"byte 181, in entry 2 of the HAR: no value"}; !slices.Equal(r.Problems, want) {
		t.Errorf("problems %q, the fault is at %d", r.Problems, strings.Index(text, ":}")+1)
	}
}

func TestErrors(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"", "line 1: no HAR"},
		{"hello\nworld", "line 1: no HAR"},
		{"{}", "byte 0: JSON, but no HAR"},
		{`{"user":"alice"}`, "byte 0: JSON, but no HAR"},
		{`{"log":{"entries":[]}}`, "byte 0: JSON, but no HAR"},
		{`{"log":{"entries":[{"request":{"method":"GET"`, "byte 45, in entry 1 of the HAR: the text ends here"},
		{`{"log":{"entries":[{}]}}`, "entry 1 of the HAR has no request"},
		{`{"log":{"entries":[{"request":{"url":"https://[:::/"}}]}}`, "entry 1 of the HAR has a URL that no browser reads"},
		{"\n\ncurl 'https://a.test", "line 3: a curl command whose quotation mark is not closed"},
		{"curl -X POST", "line 1: a curl command without a URL"},
		{"GET / HTTP/1.1\nAccept: x\n\n", "line 1: a request without a URL or a Host"},
		{"\xff\xfec\x00", "byte 0: the text is UTF-16"},
		{strings.Repeat("x", MaxText+1), "the text has 200 MB"},
	} {
		r, err := Read(row.text)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%.40q: %v, %d exchanges, want %q", row.text, err, len(r.Exchanges), row.want)
		}
	}
}

// TestHostile: what is made to hurt is read within bounds.
func TestHostile(t *testing.T) {
	har := func(request string) string {
		return `{"log":{"entries":[{"request":{"method":"GET","url":"https://a.test/",` + request + `},"response":{"status":200}}]}}`
	}
	many := strings.Repeat(`{"name":"cookie","value":"a=1"},`, 5000)
	for name, text := range map[string]string{
		"deep":              har(`"x":` + strings.Repeat("[", 1e6) + strings.Repeat("]", 1e6)),
		"deep and open":     `{"log":` + strings.Repeat(`{"log":[`, 1e5),
		"many cookies":      har(`"headers":[` + many + `{}]`),
		"a long cookie":     har(`"headers":[{"name":"cookie","value":"a=` + strings.Repeat("x", 1e6) + `"}]`),
		"a long method":     strings.Replace(har(`"x":1`), `"GET"`, `"`+strings.Repeat("G", 1e6)+`"`, 1),
		"a long URL":        strings.Replace(har(`"x":1`), "a.test/", "a.test/"+strings.Repeat("x", 1e6)+"?"+strings.Repeat("y=1&", 1e5), 1),
		"long names":        har(`"postData":{"params":[{"name":"` + strings.Repeat("password", 1e5) + `","value":"x"}]}`),
		"many names":        har(`"postData":{"mimeType":"application/x-www-form-urlencoded","text":"` + strings.Repeat("a=1&", 1e5) + `"}`),
		"no UTF-8":          har("\"headers\":[{\"name\":\"cookie\",\"value\":\"a=\xff\xfe\"}],\"postData\":{\"params\":[{\"name\":\"p\xffassword\",\"value\":\"\xff\"}]}"),
		"half a surrogate":  har(`"headers":[{"name":"cookie","value":"a=\ud800"}]`),
		"backslashes":       har(`"x":"` + strings.Repeat(`\\\"`, 3e5) + `"`),
		"open strings":      strings.Repeat(`{"log":{"entries":[{"request":{"url":"`, 2e4),
		"broken requests":   `{"log":{"entries":[` + strings.Repeat(`{"request":x`, 1e5),
		"open commands":     strings.Repeat("curl $'\n\\", 3e4),
		"quoted commands":   strings.Repeat("curl \"\\\"'\n", 3e4),
		"many commands":     strings.Repeat("curl a.test\n", 3e4),
		"many answers":      strings.Repeat("HTTP/1.1 200 OK\n\n", 3e4),
		"many requests":     strings.Repeat("GET / HTTP/1.1\nHost: a.test\n\n", 3e4),
		"marks":             strings.Repeat("> < * \n", 1e5),
		"rows":              strings.Repeat("a\tb\ta.test\t/\tSession\n", 1e5),
		"hosts in rows":     tableOf(3000),
		"braces":            strings.Repeat("{\n", 1e6),
		"control and spoof": har(`"postData":{"params":[{"name":"\u001b[31mpassword\u202e\u0000","value":"x"}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Read(text)
			check(t, r, err)
		})
	}
}

func tableOf(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("a\tb\t" + strings.Repeat("x", i%50+1) + strings.Repeat("y", i/50) + ".test\t/\tSession\n")
	}
	return b.String()
}

// check is what holds of every answer of Read.
func check(t *testing.T, r audit.Recording, err error) {
	t.Helper()
	if err != nil {
		if len(r.Exchanges) > 0 || len(err.Error()) > 300 {
			t.Errorf("an error beside %d exchanges: %.300v", len(r.Exchanges), err)
		}
		return
	}
	if n := len(r.Exchanges); n == 0 || n > maxItems || r.Kind == "" || len(r.Problems) > maxProblems+3 {
		t.Errorf("%d exchanges of the kind %q, %d problems", n, r.Kind, len(r.Problems))
	}
	texts := slices.Concat(r.Problems, r.Passwords)
	for _, s := range texts {
		if len(s) > 600 || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x202e }) {
			t.Errorf("a message that hurts: %.100q", s)
		}
	}
	for i, x := range r.Exchanges {
		if i > 0 && x.At < r.Exchanges[i-1].At || x.At < 0 {
			t.Errorf("request %d comes at %v", i+1, x.At)
		}
		if x.URL != "" && !strings.HasPrefix(x.URL, "http://") && !strings.HasPrefix(x.URL, "https://") || strings.Contains(x.URL, "#") {
			t.Errorf("the URL %.100q", x.URL)
		}
		if len(x.URL) > maxValue || len(x.Method) > 32 || len(x.Cookies) > maxNames || len(x.Set) > maxNames || len(x.Fields) > maxNames || len(x.HSTS)+len(x.Cache) > 2*maxValue {
			t.Errorf("request %d is too large", i+1)
		}
		for _, c := range x.Cookies {
			texts = append(texts, c.Name, c.Value)
		}
		texts = append(append(append(texts, x.Set...), x.Fields...), x.URL, x.Method, x.Location, x.HSTS, x.Cache)
	}
	for _, s := range texts {
		if !utf8.ValidString(s) || len(s) > maxValue+100 {
			t.Errorf("no UTF-8, or too long: %.100q", s)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"chromium-sanitised.har", "firefox-pages.har", "chromium-curl-bash.txt", "chromium-curl-cmd.txt"} {
		text := file(f, name)
		f.Add(text[:min(len(text), 6000)])
	}
	f.Add("$ curl -v -L -d 'user=a&password=b' http://a.test/login\n> POST /login HTTP/1.1\n> Host: a.test\n> \n< HTTP/1.1 303 See Other\n< Location: /home\n< \n")
	f.Add("sid\tabc\ta.test\t/\tSession\t6\ttrue\tfalse\tNone\n\nPOST / HTTP/1.1\nHost: a.test\n\na=1\nHTTP/1.1 200 OK\nSet-Cookie: a=1\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Read(text)
		check(t, r, err)
	})
}
