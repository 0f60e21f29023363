package page

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fixlab/lab/audit"
	"fixlab/lab/audit/record"
)

func recorded(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../lab/audit/record/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// heard returns m after messages, and all that the browser is to do for them.
func heard(m Model, msgs ...Msg) (Model, []Effect) {
	var all []Effect
	for _, msg := range msgs {
		var out []Effect
		m, out = m.Update(msg)
		all = append(all, out...)
	}
	return m, all
}

// audited returns the page with that recording read.
func audited(t testing.TB, text string) Model {
	t.Helper()
	m, _ := Start(AuditPage, Settings{})
	m, out := heard(m, OpenRecording{Source: "login.har", Size: len(text)})
	a := AuditOf(m)
	if a.Stage != AuditReading || !slices.Contains(out, Effect(ReadRecording{a.Turn()})) || !slices.Contains(out, Effect(Focus{ID: auditCancel})) {
		t.Fatalf("a recording is chosen: stage %d, %v", a.Stage, out)
	}
	m, out = heard(m, RecordingRead{a.Turn(), 10}, RecordingText{a.Turn(), text})
	if !slices.Contains(out, Effect(DropRecording{})) {
		t.Errorf("the worker goes on: %v", out)
	}
	return m
}

// TestAudit: a recording is read, reported on, looked at otherwise, and forgotten.
func TestAudit(t *testing.T) {
	m := audited(t, recorded(t, "chromium-sensitive.har"))
	a := AuditOf(m)
	if a.Stage != AuditRead || !a.Harm() || a.Title() != "The key did not change" || a.Form() {
		t.Fatalf("stage %d, %v: %s", a.Stage, a.Found.State, a.Found.Says)
	}
	if !strings.HasPrefix(m.unsaid, "The key did not change. The id in sid was K1 before") {
		t.Errorf("it says %q", m.unsaid)
	}
	line, all := a.Line()
	if len(line) != mostPoints || all <= len(line) {
		t.Errorf("%d of %d points", len(line), all)
	}
	i := slices.IndexFunc(line, func(p AuditPoint) bool { return p.Login })
	if i < 1 || line[i].Request != "POST /login" || line[i].Sent.Key != 1 || !strings.Contains(PointSays(line[i]), "the login, 303") {
		t.Errorf("the login is point %d of %+v", i, line)
	}
	cookies, _ := a.Cookies()
	sid := cookies[0]
	if sid.Name != "sid" || sid.Change() != "same" || !sid.Secure || !sid.HTTPOnly || sid.SameSite != "Lax" || sid.Prefix || sid.Host != "shop.test" || len(sid.Values) != len(a.Times()) {
		t.Errorf("the session's cookie is %+v", sid)
	}
	in, other := a.Routes()
	if len(in) == 0 || len(other) == 0 || in[0].Title == "" || !in[0].In() || other[0].In() {
		t.Errorf("routes: %d in, %d not", len(in), len(other))
	}
	if !strings.HasPrefix(a.Command(), "go run ./app audit https://shop.test") || !strings.Contains(a.Command(), " -i-may-test shop.test") {
		t.Errorf("the command is %q", a.Command())
	}
	if got := a.Found.Spilled; len(got) != 2 || got[0] != "request 4, field password" {
		t.Errorf("passwords: %q", got)
	}

	later, _ := heard(m, PickLogin(7))
	if l := AuditOf(later); l.inputs()[0].Value != "7" || l.Logins()[0].Title != "as the page guesses" || slices.Equal(a.Found.Line, l.Found.Line) {
		t.Errorf("another login: %v, %q", l.inputs(), l.Logins()[0].Title)
	}
	none, _ := heard(m, PickLogin(99), PickLogin(-2))
	if AuditOf(none).opt.Login != -1 {
		t.Error("a login that there is not is picked")
	}
	private, _ := heard(m, PickPrivate("/login"))
	if got := AuditOf(private).Found.Private; got != "/login" {
		t.Errorf("the private page is %q", got)
	}
	if back, _ := heard(private, PickPrivate(noPath)); AuditOf(back).Found.Private != a.Found.Private {
		t.Error("the guess does not come back")
	}

	gone, out := heard(m, ForgetRecording{})
	if f := AuditOf(gone); f.Found != nil || len(f.rec.Exchanges) > 0 || len(f.values) > 0 || f.Source != "" || f.Stage != AuditEmpty || !f.Form() {
		t.Errorf("forgotten: %+v", f)
	}
	if !slices.Contains(out, Effect(DropRecording{true})) || !slices.Contains(out, Effect(Focus{headingID, true})) {
		t.Errorf("forgotten: %v", out)
	}
}

// A report shows values masked; one at a time can be seen, until something else is.
func TestAuditMasks(t *testing.T) {
	const secret = "d83e508bbcf2d8f15787f7549aabb5ce"
	m := audited(t, recorded(t, "chromium-sensitive.har"))
	shows := func(m Model) (list []string) {
		for _, v := range AuditOf(m).Values() {
			if v.Shown != "" {
				list = append(list, v.Name+"="+v.Shown)
			}
		}
		return list
	}
	if got := shows(m); got != nil || AuditOf(m).Values()[0].Masked != (MarkedValue{1, "d83e… (32)"}) {
		t.Errorf("at first: %q, %+v", got, AuditOf(m).Values()[0])
	}
	if m, _ := heard(m, ShowValue(1)); !slices.Equal(shows(m), []string{"sid=" + secret}) {
		t.Errorf("shown: %q", shows(m))
	}
	if m, _ := heard(m, ShowValue(1)); m.unsaid != "K1 of sid is shown." {
		t.Errorf("it says %q", m.unsaid)
	}
	if m, _ := heard(m, ShowValue(1), ShowValue(0)); m.unsaid != "K1 of sid is masked again." {
		t.Errorf("it says %q", m.unsaid)
	}
	if m, _ := heard(m, ShowValue(1), ShowValue(2)); len(shows(m)) != 1 || strings.Contains(shows(m)[0], secret) {
		t.Errorf("another is shown: %q", shows(m))
	}
	for _, msg := range []Msg{ShowValue(0), ShowValue(99), PickLogin(3), ForgetRecording{}} {
		if m, _ := heard(m, ShowValue(1), msg); shows(m) != nil {
			t.Errorf("after %#v: %q", msg, shows(m))
		}
	}
}

func TestMarkedPieces(t *testing.T) {
	got := MarkedPieces("The id was ▲ before, ●2 after: ■3.")
	want := []MarkedPiece{{Text: "The id was "}, {Key: 1}, {Text: " before, "}, {Key: 10}, {Text: " after: "}, {Key: 19}, {Text: "."}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	for _, s := range []string{"", "no mark", "1 ▲", "▲", "▲1", "▲99999999999999999999"} {
		whole := ""
		for _, p := range MarkedPieces(s) {
			if p.Key > 0 {
				p.Text = audit.MarkOf(p.Key)
			}
			whole += p.Text
		}
		if s != whole {
			t.Errorf("%q is cut into %q", s, whole)
		}
	}
}

// What cannot be read is told of; the report before stays, and what comes too late counts
// for nothing.
func TestAuditFaults(t *testing.T) {
	m := audited(t, recorded(t, "firefox-all.har"))
	turn := AuditOf(m).Turn()
	for _, test := range []struct {
		name string
		msgs []Msg
		want string // in the fault
	}{
		{"too large", []Msg{OpenRecording{Size: record.MaxText + 1}}, "The recording has 201 MB, and at most 200 MB are read."},
		{"empty", []Msg{OpenRecording{Source: "x.har"}}, "x.har is empty: there is nothing to read."},
		{"no recording", []Msg{OpenRecording{Size: 2}, RecordingText{turn + 1, "hi"}}, "The text cannot be read: line 1: no HAR, "},
		{"no HAR", []Msg{OpenRecording{Source: "a.json", Size: 2}, RecordingText{turn + 1, "{}"}}, "a.json cannot be read: byte 0: JSON, but no HAR"},
		{"the worker", []Msg{OpenRecording{Source: "\x1b[2J\u202e<b>", Size: 2}, RecordingFault{turn + 1, "out of \x07memory"}}, `\x1b[2J\xe2\x80\xae<b> cannot be read: out of \x07memory.`},
		{"too late", []Msg{OpenRecording{Size: 2}, RecordingText{turn, "hi"}, RecordingFault{turn, "no"}}, ""},
		{"cancelled", []Msg{OpenRecording{Size: 2}, CancelRecording{}, RecordingText{turn + 1, "hi"}}, ""},
	} {
		next, out := heard(m, test.msgs...)
		a := AuditOf(next)
		if !strings.Contains(a.Fault, test.want) || (a.Fault == "") != (test.want == "") {
			t.Errorf("%s: it says %q", test.name, a.Fault)
		}
		if a.Found == nil || a.Found.State != audit.Replaced {
			t.Errorf("%s: the report is gone", test.name)
		}
		if a.Stage == AuditReading != (test.name == "too late") {
			t.Errorf("%s: stage %d", test.name, a.Stage)
		}
		if a.Fault != "" && (!a.Form() || !slices.ContainsFunc(out, func(e Effect) bool { return e == Effect(DropRecording{}) })) {
			t.Errorf("%s: %v", test.name, out)
		}
		if a.Fault != "" && !slices.Contains(out, Effect(Focus{ID: auditFault})) {
			t.Errorf("%s: the focus does not go there: %v", test.name, out)
		}
		if kept, _ := heard(next, AnotherRecording(false)); AuditOf(kept).Fault != "" || AuditOf(kept).Found == nil {
			t.Errorf("%s: the report is kept, and so is %q", test.name, AuditOf(kept).Fault)
		}
	}
}

// A recording without cookies is no report of no cookies, and not a word of any report says
// that a login is secure.
func TestAuditStates(t *testing.T) {
	m := audited(t, recorded(t, "chromium-sanitised.har"))
	a := AuditOf(m)
	if want := "This file has no cookies: Chrome leaves them out by default. It does hold 2 password fields; delete it."; a.Found.Says != want || !a.Bare() || a.Harm() {
		t.Errorf("it says %q", a.Found.Says)
	}
	curl := AuditOf(audited(t, recorded(t, "chromium-curl-bash.txt")))
	if cookies, _ := curl.Cookies(); cookies[0].Seen || curl.Kind() != "cURL commands" {
		t.Errorf("%s: %+v", curl.Kind(), cookies[0])
	}
	if har := AuditOf(audited(t, recorded(t, "chromium-sensitive.har"))); slices.Contains(curl.Times(), "Logout") || !slices.Contains(har.Times(), "Logout") {
		t.Errorf("what the logout did is seen in answers only: %q, %q", curl.Times(), har.Times())
	}
	table := AuditOf(audited(t, "sid\td83e508bbcf2d8f15787f7549aabb5ce\tshop.test\t/\tSession\t35\t✓\t✓\tLax\t\t\tMedium\n"))
	if line, _ := table.Line(); table.Found.State != audit.NoLoginSeen || len(table.Times()) != 1 {
		t.Errorf("%s, %d points, %q", table.Found.State, len(line), table.Times())
	}
	for state := range auditStates {
		title := strings.ToLower(Audit{Found: &audit.Observed{State: state}}.Title())
		for _, never := range []string{"secure", "safe", "defended"} {
			if title == "" || strings.Contains(title, never) {
				t.Errorf("%s: %q", state, title)
			}
		}
	}
}

// Nothing of a recording gets into a link, into storage, to another window, or onto the wall.
func TestAuditKeepsNothing(t *testing.T) {
	text := recorded(t, "chromium-sensitive.har")
	m, _ := Start(AuditPage, Settings{Letters: true})
	m, out := heard(m, OpenRecording{Source: "login.har", Size: len(text)}, RecordingText{1, text}, PickLogin(3), PickPrivate("/account"), ShowValue(1), AnotherRecording(true), AnotherRecording(false), CopyText{"audit-copy-command", "x"}, Copied{"audit-copy-command", true})
	if a := AuditOf(m); a.Copied != "audit-copy-command" || m.Fragment() != AuditPage {
		t.Errorf("copied %q, at %s", a.Copied, m.Fragment())
	}
	for _, e := range out {
		switch e := e.(type) {
		case Visit, Store, Keep, KeepTab, KeepDraft, Post, StoreProgress, Download, Title:
			t.Errorf("the browser is to do %#v", e)
		}
	}
	wall, out := heard(m, Shortcut(m, Press{Key: "p"}))
	for _, e := range out {
		if v, is := e.(Visit); is && v.Fragment != PresentPage && !strings.HasPrefix(v.Fragment, PresentPage+"/") {
			t.Errorf("P goes to %q", v.Fragment)
		}
	}
	if wall.Page != PresentPage {
		t.Errorf("P leads to %q", wall.Page)
	}
	if back, _ := heard(wall, Follow(AuditPage)); AuditOf(back).Found == nil {
		t.Error("the report is gone on coming back")
	}
	if fresh, _ := Start(AuditPage, Settings{}); AuditOf(fresh).Found != nil {
		t.Error("a new page has the report of another")
	}
	if broken := ParseFragment(AuditPage + "/x"); broken.Notice == "" || broken.Page != AuditPage {
		t.Errorf("a link with more in it: %q", broken.Notice)
	}
}

// The lab's run that comes nearest opens by its link, and says whose names came along.
func TestAuditPlay(t *testing.T) {
	m := audited(t, recorded(t, "firefox-all.har"))
	link := AuditOf(m).Play()
	if !strings.HasPrefix(link, "1/any-route/rotate+") {
		t.Fatalf("the link is %q", link)
	}
	lab, _ := heard(m, Follow(link))
	if lab.Page != "" || lab.Fragment() != link {
		t.Errorf("it opens %q %q", lab.Page, lab.Fragment())
	}
	if want := "This stands for sid at shop.test: here the cookie is called "; !strings.HasPrefix(lab.Notice, want) {
		t.Errorf("it says %q", lab.Notice)
	}
	if other, _ := heard(m, Follow("1/any-route/none/1")); other.Notice != "" {
		t.Errorf("another run says %q", other.Notice)
	}
}

// Strings of somebody else's stay short and can be seen.
func TestAuditHostile(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	har := `{"log":{"creator":{"name":"x"},"entries":[`
	for i, name := range []string{"<img src=x onerror=alert(1)>", "\\u202eevil", "\\u0000\\u001b[2J", "sid"} {
		if i > 0 {
			har += ","
		}
		har += `{"request":{"method":"POST","url":"https://shop.test/` + strconv.Itoa(i) + `<b>` + name + long[:5000] + `","headers":[{"name":"cookie","value":"` + name + `=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"postData":{"params":[{"name":"password","_filled":true}]}},` +
			`"response":{"status":200,"headers":[{"name":"set-cookie","value":"` + name + `=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb; Domain=` + name + `"}]}}`
	}
	har += `]}}`
	a := AuditOf(audited(t, har))
	var texts []string
	line, _ := a.Line()
	for _, p := range line {
		texts = append(texts, p.Request, PointSays(p))
	}
	cookies, _ := a.Cookies()
	for _, c := range cookies {
		texts = append(texts, c.Name, c.Host, c.Line)
	}
	for _, c := range append(a.Logins(), a.Privates()...) {
		texts = append(texts, c.Title)
	}
	for _, v := range a.Values() {
		texts = append(texts, v.Name, v.Masked.Shown)
	}
	texts = append(texts, a.Found.Says, a.Found.Prove, a.Command(), a.SessionSays(), Audit{Source: long}.What())
	if len(cookies) < 3 || len(line) < 3 {
		t.Errorf("%d cookies, %d points", len(cookies), len(line))
	}
	for _, s := range texts {
		if len(s) > 1500 || strings.ContainsAny(s, "\x00\x1b\u202e") {
			t.Errorf("%d bytes: %.200q", len(s), s)
		}
	}
}

// openAPI is a document whose login says nothing of a new id.
const openAPI = `{
  "openapi": "3.1.0", "info": {"title": "Shop", "version": "1"},
  "components": {"securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sid"}}},
  "paths": {
    "/login": {"post": {"security": [], "responses": {"204": {"description": "in",
      "headers": {"Set-Cookie": {"schema": {"type": "string"}}}}}}},
    "/account": {"get": {"security": [{"session": []}], "responses": {"200": {"description": "yours"}}}}
  }
}`

// A document of OpenAPI is looked through by line, beside a recording or alone.
func TestAuditDocument(t *testing.T) {
	m, _ := Start(AuditPage, Settings{})
	m, out := heard(m, OpenRecording{Source: "api.json", Size: len(openAPI)}, DocumentText{1, openAPI})
	a := AuditOf(m)
	if a.Doc == nil || a.Stage != AuditRead || a.Form() || !slices.Contains(out, Effect(Focus{ID: contractTitle})) {
		t.Fatalf("stage %d, %q, %v", a.Stage, a.Fault, out)
	}
	i := slices.IndexFunc(a.Doc.Findings, func(f audit.DocumentFinding) bool { return f.Rule == "login-issues-new" })
	if i < 0 || a.Doc.Findings[i].Line != 5 || a.Doc.Findings[i].About() == "" {
		t.Errorf("findings: %+v", a.Doc.Findings)
	}
	if !strings.Contains(m.unsaid, "missing in api.json. It is about the document, and not about the server.") {
		t.Errorf("it says %q", m.unsaid)
	}
	text := recorded(t, "firefox-all.har")
	both, _ := heard(m, OpenRecording{Source: "login.har", Size: len(text)}, RecordingText{2, text})
	if a := AuditOf(both); a.Doc == nil || a.Found == nil || a.Name != "login.har" {
		t.Errorf("both: %q", a.Name)
	}
	for text, want := range map[string]string{
		`{"openapi": "3.1.0",}`: "api.json:1: no JSON: ",
		`{"swagger": "2.0"}`:    "api.json:1: Swagger 2.0; ",
		`{"openapi": "3.1.0", "paths": {"/a": {"$ref": "b.yaml"}}}`:                     "this page opens no other file",
		`{"openapi": "3.1.0", "paths": "` + strings.Repeat("x", longestDocument) + `"}`: "The document is too large: at most 16 MB are read.",
	} {
		next, _ := heard(both, OpenRecording{Source: "api.json", Size: 2}, DocumentText{3, text})
		if a := AuditOf(next); !strings.Contains(a.Fault, want) || a.Doc == nil || a.Found == nil {
			t.Errorf("%.40q: %q", text, a.Fault)
		}
	}
	silent, _ := heard(m, OpenRecording{Size: 2}, DocumentText{2, `{"openapi": "3.1.0", "paths": {}}`})
	if got := AuditOf(silent).Doc.Says(); got != "The text speaks neither of a session’s cookie nor of x-session. Nothing follows from that." {
		t.Errorf("of a silent one it says %q", got)
	}
	yaml, _ := heard(m, OpenRecording{Source: "api.yaml", Size: 2}, RecordingText{2, "# ours\n---\nopenapi: 3.1.0\n"})
	if got := AuditOf(yaml).Fault; got != "api.yaml is YAML, which this page does not read. Convert it to JSON, or run fixlab audit -openapi with it." {
		t.Errorf("of YAML it says %q", got)
	}
}
