package export_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fixlab/app/export"
	"fixlab/lab/event"
)

// spec are the fields of the objects of HAR 1.2 with their types: s is text, n a number,
// b true or false, t a time, a a list, o an object; those after the bar are optional.
// sameSite is of browsers.
var spec = map[string]string{
	"":              "log:o |",
	"log":           "version:s creator:o entries:a | browser:o pages:a comment:s",
	"creator":       "name:s version:s | comment:s",
	"pages":         "startedDateTime:t id:s title:s pageTimings:o | comment:s",
	"pageTimings":   "| onContentLoad:n onLoad:n comment:s",
	"entries":       "startedDateTime:t time:n request:o response:o cache:o timings:o | pageref:s serverIPAddress:s connection:s comment:s",
	"request":       "method:s url:s httpVersion:s cookies:a headers:a queryString:a headersSize:n bodySize:n | postData:o comment:s",
	"response":      "status:n statusText:s httpVersion:s cookies:a headers:a content:o redirectURL:s headersSize:n bodySize:n | comment:s",
	"cookies":       "name:s value:s | path:s domain:s expires:t httpOnly:b secure:b comment:s sameSite:s",
	"headers":       "name:s value:s | comment:s",
	"queryString":   "name:s value:s | comment:s",
	"postData":      "mimeType:s params:a text:s | comment:s",
	"params":        "name:s | value:s fileName:s contentType:s comment:s",
	"content":       "size:n mimeType:s | compression:n text:s encoding:s comment:s",
	"cache":         "| beforeRequest:o afterRequest:o comment:s",
	"timings":       "send:n wait:n receive:n | blocked:n dns:n connect:n ssl:n comment:s",
	"beforeRequest": "lastAccess:t eTag:s hitCount:n | expires:t comment:s",
}

// faults returns what is wrong with an object of that name, and with all in it.
func faults(name string, object map[string]any) (out []string) {
	required, optional, _ := strings.Cut(spec[name], "|")
	kinds := map[string]string{}
	for _, word := range strings.Fields(required + optional) {
		field, kind, _ := strings.Cut(word, ":")
		kinds[field] = kind
		if _, has := object[field]; !has && strings.Contains(" "+required, " "+word+" ") {
			out = append(out, name+" lacks "+field)
		}
	}
	for field, value := range object {
		ok := false
		switch value := value.(type) {
		case string:
			ok = kinds[field] == "s"
			if kinds[field] == "t" {
				_, err := time.Parse(time.RFC3339, value)
				ok = err == nil
			}
		case float64:
			ok = kinds[field] == "n" && value == float64(int(value)) && value >= -1
		case bool:
			ok = kinds[field] == "b"
		case map[string]any:
			ok = kinds[field] == "o"
			out = append(out, faults(field, value)...)
		case []any:
			ok = kinds[field] == "a"
			for _, one := range value {
				object, is := one.(map[string]any)
				if ok = ok && is; is {
					out = append(out, faults(field, object)...)
				}
			}
		}
		if !ok && !strings.HasPrefix(field, "_") {
			out = append(out, fmt.Sprintf("%s has %s: %v", name, field, value))
		}
	}
	return out
}

// TestSpecBites shows that the structural check finds what it is to find.
func TestSpecBites(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:         " lacks log",
		`{"log": 1}`: " has log: 1",
		`{"log": {"version": "1.2", "creator": {"name": "x", "version": "1", "odd": "", "_odd": 1}, "entries": []}}`:                                                              "creator has odd: ",
		`{"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [], "pages": [{"startedDateTime": "today", "id": "", "title": "", "pageTimings": {}}]}}`: "pages has startedDateTime: today",
		`{"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [], "pages": [1]}}`:                                                                      "log has pages: [1]",
	} {
		var v map[string]any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(faults("", v), "; "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// An archive is what a reader of one looks at.
type archive struct {
	Log struct {
		Version string
		Creator struct{ Name, Version string }
		Pages   []struct{ ID, Title, StartedDateTime string }
		Entries []struct {
			Pageref, StartedDateTime string
			Request                  struct {
				Method, URL, HTTPVersion string
				Cookies, Headers         []pair
				QueryString              []pair
				PostData                 *struct {
					MimeType, Text string
					Params         []pair
				}
				HeadersSize, BodySize int
			}
			Response struct {
				Status                               int
				StatusText, HTTPVersion, RedirectURL string
				Cookies                              []cookie
				Headers                              []pair
				Content                              struct {
					Size                     int
					MimeType, Text, Encoding string
				}
				HeadersSize, BodySize int
			}
			Browser string `json:"_browser"`
			Step    int    `json:"_step"`
		}
	}
}

type pair struct {
	Name, Value string
	Encoding    string `json:"_encoding"`
}

type cookie struct {
	pair
	Path, Domain, Expires, SameSite string
	HTTPOnly, Secure                bool
}

// bytes undoes what the archive does to bytes that are no UTF-8.
func (p pair) bytes(t *testing.T) (name, value string) {
	t.Helper()
	back := func(s string) string {
		switch p.Encoding {
		case "":
			return s
		case "latin1":
			var b []byte
			for _, r := range s {
				if r > 0xff {
					t.Fatalf("%q is not of bytes", s)
				}
				b = append(b, byte(r))
			}
			return string(b)
		}
		t.Fatalf("an encoding %q", p.Encoding)
		return ""
	}
	return back(p.Name), back(p.Value)
}

func opened(t *testing.T, text string) (a archive) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// lines writes headers as a message has them, and returns the values of those of a name.
func lines(t *testing.T, headers []pair, of string) (text string, values []string) {
	t.Helper()
	for _, h := range headers {
		name, value := h.bytes(t)
		if text += name + ": " + value + "\r\n"; name == of {
			values = append(values, value)
		}
	}
	return text + "\r\n", values
}

// TestHAR: of every run the archive is what the specification asks for, and the bytes of
// every message can be made of it again.
func TestHAR(t *testing.T) {
	for name, tr := range runs(t) {
		text := export.HAR(tr)
		if !utf8.ValidString(text) {
			t.Errorf("%s: no UTF-8", name)
		}
		var any map[string]any
		if err := json.Unmarshal([]byte(text), &any); err != nil {
			t.Fatal(err)
		}
		if got := faults("", any); got != nil {
			t.Errorf("%s: %s", name, strings.Join(got, "; "))
		}
		a := opened(t, text)
		requests, responses := messages(tr, event.Request), messages(tr, event.Response)
		if len(a.Log.Entries) != len(requests) || len(a.Log.Pages) != len(tr.Frames) || a.Log.Version != "1.2" {
			t.Fatalf("%s: HAR %s, %d entries and %d pages of %d requests and %d steps", name, a.Log.Version, len(a.Log.Entries), len(a.Log.Pages), len(requests), len(tr.Frames))
		}
		before := ""
		for i, x := range a.Log.Entries {
			e := requests[i]
			at := fmt.Sprintf("%s, entry %d", name, i)
			if x.StartedDateTime <= before {
				t.Errorf("%s begins at %s, the one before at %s", at, x.StartedDateTime, before)
			}
			before = x.StartedDateTime
			if page := a.Log.Pages[e.Frame]; x.Pageref != page.ID || page.ID != fmt.Sprintf("step_%d", e.Frame+1) || x.Step != e.Frame+1 || x.Browser != e.Who || x.StartedDateTime[:19] != page.StartedDateTime[:19] {
				t.Errorf("%s is of %s, step %d, %s, %s; want step %d of %s", at, x.Pageref, x.Step, x.Browser, x.StartedDateTime, e.Frame+1, e.Who)
			}

			scheme, rest, _ := strings.Cut(x.Request.URL, "://")
			host, _, _ := strings.Cut(rest, "/")
			if scheme != "http" && scheme != "https" || host != e.Message.To || strings.Contains(rest, "#") || x.Request.Method+" "+strings.TrimPrefix(rest, host) != e.Message.Start {
				t.Errorf("%s asks for %q, want %q from %s", at, x.Request.URL, e.Message.Start, e.Message.To)
			}
			head, sent := lines(t, x.Request.Headers, "Cookie")
			head = e.Message.Start + " " + x.Request.HTTPVersion + "\r\n" + head
			body := ""
			if x.Request.PostData != nil {
				body = x.Request.PostData.Text
			}
			if got := head + body; got != e.Message.Raw || x.Request.HeadersSize != len(head) || x.Request.BodySize != len(body) {
				t.Errorf("%s is sent as\n%q, want\n%q", at, got, e.Message.Raw)
			}
			var each []string
			for _, c := range x.Request.Cookies {
				name, value := c.bytes(t)
				if name == "" {
					each = append(each, value)
					continue
				}
				each = append(each, name+"="+value)
			}
			if got := strings.Join(sent, "|"); got != e.Message.Cookies || strings.Join(each, "; ") != got {
				t.Errorf("%s sends the cookies %q, %q, want %q", at, got, each, e.Message.Cookies)
			}

			if len(responses) == 0 || responses[0].Seq < e.Seq || i+1 < len(requests) && responses[0].Seq > requests[i+1].Seq {
				if x.Response.Status != 0 || x.Response.HeadersSize != -1 || x.Response.BodySize != -1 {
					t.Errorf("%s has no answer, and is answered %d", at, x.Response.Status)
				}
				continue
			}
			m := responses[0].Message
			responses = responses[1:]
			head, set := lines(t, x.Response.Headers, "Set-Cookie")
			head = fmt.Sprintf("%s %d %s\r\n%s", x.Response.HTTPVersion, x.Response.Status, x.Response.StatusText, head)
			body = x.Response.Content.Text
			if x.Response.Content.Encoding == "base64" {
				b, err := base64.StdEncoding.DecodeString(body)
				if err != nil {
					t.Error(err)
				}
				body = string(b)
			}
			if got := head + body; got != m.Raw || x.Response.HeadersSize != len(head) || x.Response.BodySize != len(body) || x.Response.Content.Size != len(body) {
				t.Errorf("%s is answered by\n%.2000q, want\n%.2000q", at, got, m.Raw)
			}
			if want := setIn(m.Raw); !slices.Equal(set, want) {
				t.Errorf("%s sets %q, want %q", at, set, want)
			}
			if len(x.Response.Cookies) > len(set) {
				t.Errorf("%s has %d cookies of %q", at, len(x.Response.Cookies), set)
			}
		}
		if len(responses) > 0 {
			t.Errorf("%s: %d answers are in no entry", name, len(responses))
		}
	}
}

// setIn returns the Set-Cookie lines of a message, read without the package that is tested.
func setIn(raw string) (out []string) {
	for rest := raw[:strings.Index(raw, "\r\n\r\n")]; ; {
		var ok bool
		if _, rest, ok = strings.Cut(rest, "\r\nSet-Cookie: "); !ok {
			return out
		}
		line, _, _ := strings.Cut(rest, "\r\n")
		out = append(out, line)
	}
}

// TestHARFields: what is worked out of the bytes.
func TestHARFields(t *testing.T) {
	a := opened(t, export.HAR(run(t, `title: T
profile: signed-id

mallory serve http://news.example/ Location: https://shop.example/search?q=a+b%26c&q=&x
mallory serve http://news.example/ Set-Cookie: a="1"; Path=/x; Domain=.news.example; Max-Age=60; SameSite=none; HttpOnly
mallory serve http://news.example/ Set-Cookie: b=2; Secure; Expires=Fri, 02 Jan 2026 00:00:00 GMT
alice get http://news.example/#top
alice post /login user=alice password=correct-horse
`)))
	x := a.Log.Entries[0]
	if got, want := x.Request.URL+" "+x.Response.RedirectURL+fmt.Sprint(" ", x.Response.Status, " ", x.Response.StatusText), "http://news.example/ https://shop.example/search?q=a+b%26c&q=&x 302 Found"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	want := []cookie{
		{pair: pair{Name: "a", Value: `"1"`}, Path: "/x", Domain: ".news.example", Expires: "2026-01-01T09:01:04.000Z", SameSite: "None", HTTPOnly: true},
		{pair: pair{Name: "b", Value: "2"}, Expires: "2026-01-02T00:00:00.000Z", Secure: true},
	}
	if got := x.Response.Cookies; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	x = a.Log.Entries[1]
	if want := []pair{{Name: "q", Value: "a b&c"}, {Name: "q"}, {Name: "x"}}; !slices.Equal(x.Request.QueryString, want) || x.StartedDateTime != "2026-01-01T09:00:04.001Z" || x.Response.Content.MimeType != "text/html; charset=utf-8" {
		t.Errorf("%+v", x)
	}
	post := a.Log.Entries[2].Request.PostData
	if want := []pair{{Name: "user", Value: "alice"}, {Name: "password", Value: "correct-horse"}}; post.MimeType != "application/x-www-form-urlencoded" || !slices.Equal(post.Params, want) {
		t.Errorf("%+v", post)
	}
	if c := a.Log.Creator; c.Name != "Fixation Lab" || c.Version != "1" || a.Log.Pages[3].Title != "alice get http://news.example/#top" {
		t.Errorf("by %+v, %+v", c, a.Log.Pages)
	}
}

// TestHostileHAR: the run that the other tests rely on has in it what it is for.
func TestHostileHAR(t *testing.T) {
	a := opened(t, export.HAR(run(t, hostile)))
	latin, coded, long, unanswered, control := 0, 0, 0, 0, 0
	for _, x := range a.Log.Entries {
		for _, h := range slices.Concat(x.Request.Headers, x.Response.Headers, x.Request.QueryString, x.Request.Cookies) {
			if h.Encoding != "" {
				latin++
			}
			if len(h.Value) >= 60<<10 {
				long++
			}
			if strings.ContainsAny(h.Value, "\x00\x1b") {
				control++
			}
		}
		if x.Response.Content.Encoding != "" {
			coded++
		}
		if x.Response.Status == 0 {
			unanswered++
		}
	}
	if latin < 3 || coded < 2 || long == 0 || unanswered == 0 || control == 0 {
		t.Errorf("%d pairs and %d bodies that are no UTF-8, %d long headers, %d with control characters, %d requests without an answer", latin, coded, long, control, unanswered)
	}
}
