package export

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// The objects of an archive, by their names in HAR 1.2
// (http://www.softwareishard.com/blog/har-12-spec/). A name that begins with an underscore
// is of our own, as the specification has it under "Custom Fields".
type (
	archive struct {
		Log harLog `json:"log"`
	}
	harLog struct {
		Version string     `json:"version"`
		Creator harCreator `json:"creator"`
		Pages   []harPage  `json:"pages"`
		Entries []harEntry `json:"entries"`
	}
	harCreator struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	harPage struct {
		Started string   `json:"startedDateTime"`
		ID      string   `json:"id"`
		Title   string   `json:"title"`
		Timings struct{} `json:"pageTimings"` // all that it may hold is optional
	}
	harEntry struct {
		Page     string      `json:"pageref"`
		Started  string      `json:"startedDateTime"`
		Time     int         `json:"time"`
		Request  harRequest  `json:"request"`
		Response harResponse `json:"response"`
		Cache    struct{}    `json:"cache"`
		Timings  harTimings  `json:"timings"`
		Browser  string      `json:"_browser"` // whose it is that sent the request
		Step     int         `json:"_step"`    // from 1
	}
	harRequest struct {
		Method      string      `json:"method"`
		URL         string      `json:"url"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harPair   `json:"headers"`
		Query       []harPair   `json:"queryString"`
		Post        *harPost    `json:"postData,omitempty"`
		HeadersSize int         `json:"headersSize"`
		BodySize    int         `json:"bodySize"`
	}
	harResponse struct {
		Status      int         `json:"status"`
		StatusText  string      `json:"statusText"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harPair   `json:"headers"`
		Content     harContent  `json:"content"`
		RedirectURL string      `json:"redirectURL"`
		HeadersSize int         `json:"headersSize"`
		BodySize    int         `json:"bodySize"`
	}
	harPair struct {
		Name     string `json:"name"`
		Value    string `json:"value"`
		Encoding string `json:"_encoding,omitempty"` // see pair
	}
	harCookie struct {
		harPair
		Path     string `json:"path,omitempty"`
		Domain   string `json:"domain,omitempty"`
		Expires  string `json:"expires,omitempty"`
		HTTPOnly bool   `json:"httpOnly"`
		Secure   bool   `json:"secure"`
		SameSite string `json:"sameSite,omitempty"` // younger than HAR 1.2; browsers write it so
	}
	harPost struct {
		MimeType string    `json:"mimeType"`
		Params   []harPair `json:"params"`
		Text     string    `json:"text"` // beside params, which HAR 1.2 would not have: Chrome and Firefox write both, and programs read either
	}
	harContent struct {
		Size     int    `json:"size"`
		MimeType string `json:"mimeType"`
		Text     string `json:"text"`
		Encoding string `json:"encoding,omitempty"`
	}
	harTimings struct {
		Send    int `json:"send"`
		Wait    int `json:"wait"`
		Receive int `json:"receive"`
	}
)

// HAR returns the messages of a run as an HTTP archive, HAR 1.2. The clock in it is that
// of the run, where a step takes a second and a message no time.
func HAR(t *lab.Trace) string {
	h := archive{harLog{Version: "1.2", Creator: harCreator{"Fixation Lab", "1"}, Pages: []harPage{}, Entries: []harEntry{}}}
	for i, f := range t.Frames {
		h.Log.Pages = append(h.Log.Pages, harPage{Started: stamp(f.State.Now), ID: pageID(i), Title: words.Visible(f.Step.String())})
	}
	for _, x := range exchanges(t) {
		h.Log.Entries = append(h.Log.Entries, harEntry{Page: pageID(x.step), Started: stamp(x.at), Request: requestOf(&x.request),
			Response: responseOf(x.response, t.Scenario.Browser, x.at), Browser: x.request.Who, Step: x.step + 1})
	}
	b, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		panic("export: an archive is plain data: " + err.Error())
	}
	return string(b) + "\n"
}

func pageID(step int) string { return "step_" + strconv.Itoa(step+1) }

// stamp writes a time as ISO 8601, as HAR 1.2 asks for.
func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

func requestOf(e *event.Event) harRequest {
	m := read(e.Message.Raw)
	method, rest, _ := strings.Cut(m.start, " ")
	_, query, _ := strings.Cut(e.Message.URL, "?")
	r := harRequest{Method: method, URL: e.Message.URL, HTTPVersion: rest[strings.LastIndexByte(rest, ' ')+1:],
		Cookies: []harCookie{}, Headers: headers(m), Query: form(query), HeadersSize: m.head, BodySize: len(m.body)}
	for _, p := range event.CookiesOf(e) {
		name, value := p.Name(), p.Text
		if _, after, ok := strings.Cut(p.Text, "="); ok {
			value = after
		}
		r.Cookies = append(r.Cookies, harCookie{harPair: pair(name, value)})
	}
	if m.body != "" {
		r.Post = &harPost{MimeType: m.first("Content-Type"), Params: form(m.body), Text: m.body}
	}
	return r
}

// responseOf returns the answer m as a browser of these rules reads it, one without a
// status where nothing answered.
func responseOf(m *event.Message, rules cookie.Rules, at time.Time) harResponse {
	if m == nil {
		return harResponse{Cookies: []harCookie{}, Headers: []harPair{}, HeadersSize: -1, BodySize: -1} // "-1 if the info is not available"
	}
	raw := read(m.Raw)
	version, rest, _ := strings.Cut(raw.start, " ")
	_, says, _ := strings.Cut(rest, " ")
	r := harResponse{Status: m.Status, StatusText: says, HTTPVersion: version, Cookies: []harCookie{}, Headers: headers(raw),
		Content: content(raw), RedirectURL: pair("", raw.first("Location")).Value, HeadersSize: raw.head, BodySize: len(raw.body)}
	for _, line := range raw.all("Set-Cookie") {
		e, ok := rules.Read(at, line)
		if !ok {
			continue // it is among the headers, and no cookie
		}
		c := harCookie{harPair: pair(e.Name, e.Value), Path: e.Path, Domain: e.Domain, HTTPOnly: e.HTTPOnly, Secure: e.Secure}
		if !e.Expires.IsZero() {
			c.Expires = stamp(e.Expires)
		}
		if e.SameSite != cookie.Default {
			c.SameSite = e.SameSite.String()
		}
		r.Cookies = append(r.Cookies, c)
	}
	return r
}

func headers(m message) []harPair {
	out := []harPair{}
	for _, f := range m.fields {
		out = append(out, pair(f.name, f.value))
	}
	return out
}

// content is the body of an answer. JSON holds text: other bytes are in base64.
func content(m message) harContent {
	c := harContent{Size: len(m.body), MimeType: pair("", m.first("Content-Type")).Value, Text: m.body}
	if !utf8.ValidString(m.body) {
		c.Text, c.Encoding = base64.StdEncoding.EncodeToString([]byte(m.body)), "base64"
	}
	return c
}

// pair is a name with its value. Where they are no UTF-8 each byte stands as the character
// of its number, which Fetch calls isomorphic decoding, and _encoding says so.
func pair(name, value string) harPair {
	if utf8.ValidString(name) && utf8.ValidString(value) {
		return harPair{Name: name, Value: value}
	}
	return harPair{isomorphic(name), isomorphic(value), "latin1"}
}

func isomorphic(bytes string) string {
	var b strings.Builder
	for _, c := range []byte(bytes) {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// form returns the fields of a query or of a body, decoded (WHATWG URL 5.1).
func form(encoded string) []harPair {
	out := []harPair{}
	for one := range strings.SplitSeq(encoded, "&") {
		if one == "" {
			continue
		}
		name, value, _ := strings.Cut(strings.ReplaceAll(one, "+", " "), "=")
		out = append(out, pair(cookie.Unescape(name), cookie.Unescape(value)))
	}
	return out
}
