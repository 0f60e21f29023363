package edit

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

var known = Words{scenarios.Routes, scenarios.Tokens, []string{"session id", "deploy"}}

// TestComplete: | is the cursor, and what stands from the offset on is named with the
// suggestions.
func TestComplete(t *testing.T) {
	const told = head + "mallory get /\nmallory copy loot\nalice copy hers\nmallory serve https://evil.test/win <b>x</b>\n"
	for _, test := range []struct{ text, typed, want string }{
		{"|", "", "title: , profile: , seed: , route: , token: , jar: , on: , grants: , challenge: , browser: "},
		{"title: T\np|", "p", "profile: "},
		{"title: T\n|\nseed: 1\n\nalice get /\n", "", "profile: , route: , token: , jar: , on: , grants: , challenge: , browser: "},
		{"prof|: x", "prof", "profile: "},
		{"title: T\nprofile: singed-id|", "singed-id", "signed-id"},
		{"title: T\nprofile: django-c|", "django-c", "django-cache, django-cached-db, django-db"},
		{"route: network|", "network", "network-redirect, network-subdomain, network-img"},
		{"token: |", "", "trap, forged, own, oracle"},
		{"jar:|", "", "fresh, visited"},
		{"browser: fire|", "fire", "firefox"},
		{"on: rotate+str|", "str", "strict"},
		{"on: lax+samesite|", "samesite", ""},
		{"title: anything|", "", ""},
		{head + "|", "", "mallory , alice , server , mallory@alice , alice@mallory "},
		{head + "mal|", "mal", "mallory , mallory@alice "},
		{head + "malory|", "malory", "mallory "},
		{head + "mallory s|", "s", "submit , serve , script "},
		{head + "server |", "", "deploy, cache, wait "},
		{head + "mallory@alice pa|", "pa", "paste "},
		{head + "bob |", "", ""},
		{head + "# mal|", "", ""},
		{"title: T\nprofile: x\nmallory ge|", "ge", "get "},
		{head + "alice get /s|", "/s", "/signup, /sso, /step-up, /search?q="},
		{head + "alice get https://shop.example/log|", "https://shop.example/log", "https://shop.example/login"},
		{told + "alice get https://e|", "https://e", "https://evil.test/win, https://evil.test/"},
		{told + "alice get http://|", "http://", "http://news.example/, http://shop.example/, http://blog.shop.example/, http://evil.test/"},
		{told + "alice get / |", "", ""},
		{head + "alice post /lo|", "/lo", "/login , /logout"},
		{head + "alice post /login user=alice |", "", "password="},
		{head + "alice post https://shop.example/basket |", "", "item="},
		{head + "alice get /transfer\nalice submit |", "", "to=, amount=, token="},
		{head + "alice post /login user=|", "", ""},
		{head + "mallory read csrf to|", "to", "to, token"},
		{head + "mallory let l|", "l", "loot="},
		{told + "mallory paste |", "", "$cookie="},
		{told + "mallory paste $cookie=$|", "$", "$loot, $cookie, $bait, $nbsp"},
		{told + "alice paste $cookie=$h|", "$h", "$hers"},
		{told + "alice paste $cookie=${l|", "${l", "${loot}"},
		{told + "mallory get /?x=$$lo|", "$lo", "$loot"},
		{told + "mallory paste $cookie=$lot|", "$lot", "$loot"},
		{head + "mallory token\nmallory paste $cookie=$|", "$", "$loot, $cookie, $bait, $nbsp"},
		{told + "mallory paste $cookie=$loot;S|", "S", "Secure, SameSite=Lax, SameSite=Strict, SameSite=None"},
		{told + "mallory script $cookie=$loot; samesite=|", "samesite=", "SameSite=Lax, SameSite=Strict, SameSite=None"},
		{told + "mallory serve |", "", "https://evil.test/win, https://blog.shop.example/ , https://evil.test/ , http://news.example/ , http://shop.example/ , http://blog.shop.example/ , http://evil.test/ "},
		{told + "mallory serve https://evil.test/ Ref|", "Ref", "Referrer-Policy: , Refresh: "},
		{told + "mallory serve https://evil.test/ Set-Cookie: $cookie=$loot; Dom|", "Dom", "Domain=shop.example"},
		{told + "mallory serve https://evil.test/ Location: https://evil|", "https://evil", "https://evil.test/win, https://evil.test/"},
		{told + "mallory serve https://evil.test/ Status: 30|", "30", "302, 303, 307, 308"},
		{told + "mallory serve https://evil.test/ <p>x</p><ifr|", "<ifr", `<iframe src="https://shop.example/"></iframe>`},
		{head + "mallory wait |", "", "90s, 30m, 1h, 24h, 168h, 336h, 720h, 8760h"},
		{head + "mallory wait 90s |", "", ""},
		{head + "mallory join a|", "a", "alice"},
		{head + "mallory forget |", "", ""},
		{head + "alice get /\n-- s|", "-- s", "-- story.md --, -- stop --, -- script NAME --"},
		{head + "alice get /\n-|", "-", "-- want --, -- story.md --, -- card --, -- bet --, -- ask --, -- stop --, -- goal --, -- script NAME --, -- notes --"},
		{told + "-- want --\nno|", "no", "none"},
		{told + "-- want --\nrotate+rotate-s|", "rotate-s", "rotate-secret"},
		{told + "-- want --\nnone@vis|", "vis", "visited"},
		{told + "-- want --\nnone@django-db+xss|", "xss", "xss, xss-path, xss-overflow"},
		{told + "-- want --\nnone hija|", "hija", "hijacked, hijacked-with-account"},
		{told + "-- want --\nnone hijacked |", "", "$hers, $loot, *"},
		{told + "-- card --\ngoal: x\n|", "", "minutes: , take: , term: , own: "},
		{told + "-- card --\nterm: s|", "s", "session id"},
		{told + "-- stop --\ncard: rotate-|", "rotate-", "rotate-secret, rotate"},
		{told + "-- stop --\ncard: strict | T | S.\n-- bet --\nas|", "as", "ask: "},
		{told + "-- story.md --\nmal|", "", ""},
	} {
		before, after, _ := cutLast(test.text)
		text, at := before+after, len(before)
		from, list := Complete(text, at, known)
		if got := strings.Join(texts(list), ", "); got != test.want || text[from:at] != test.typed && len(list) > 0 {
			t.Errorf("%q: %q for %q, want %q for %q", test.text, got, text[from:at], test.want, test.typed)
		}
	}
}

// cutLast cuts a text at its last |, the cursor.
func cutLast(text string) (before, after string, ok bool) {
	i := strings.LastIndexByte(text, '|')
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

func TestApply(t *testing.T) {
	for _, test := range []struct{ text, put, want string }{
		{"ti|", "title: ", "title: |"},
		{"ti|tle: X", "title: ", "title: |X"},
		{head + "|", "mallory ", head + "mallory |"},
		{head + "mal|lory get /", "mallory ", head + "mallory |get /"},
		{head + "malory| get /", "mallory ", head + "mallory |get /"},
		{head + "mallory g| /", "get ", head + "mallory get |/"},
		{head + "alice get /l|\nalice get /", "/login", head + "alice get /login|\nalice get /"},
		{head + "mallory paste $cookie=$l|; Secure", "$loot", head + "mallory paste $cookie=$loot|; Secure"},
		{head + "mallory paste $cookie=x; dom|ain", "Domain=shop.example", head + "mallory paste $cookie=x; Domain=shop.example|"},
		{head + "mallory copy ä$é|", "x", head + "mallory copy x|"},
	} {
		before, after, _ := cutLast(test.text)
		text, at := Apply(before+after, len(before), Suggestion{Text: test.put})
		if got := text[:at] + "|" + text[at:]; got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

// TestTyped: whoever takes suggestions only writes a file without faults, and each that is
// offered while the files of the repository are typed leaves a word of theirs whole.
func TestTyped(t *testing.T) {
	text, at := "", 0
	for _, typed := range []string{"ti", "T\npro", "\nro", "sibling-ht", "\n\nmal", "ge", "/", "\nmal", "cop", "lo", "\nmal", "serv", "https://bl", "Set", "$cook", "$l", "; Do", "; Path", "; Secu",
		"\nal", "ge", "https://bl", "\nal", "pos", "/log", "us", "alice pass", "correct-horse\nmallory@", "pas", "$co", "$lo", "\nmal", "ge", "/prof", "\n-- w", "\nno", " hij", " $lo", "\nrot", " defe"} {
		i := strings.LastIndexAny(typed, " \n") + 1
		text, at = text[:at]+typed[:i]+typed[i:]+text[at:], at+len(typed)
		_, list := Complete(text, at, known)
		if typed == "/" { // as it stands
			continue
		}
		if len(list) == 0 {
			t.Fatalf("nothing for %q at the end of\n%s", typed, text[:at])
		}
		text, at = Apply(text, at, list[0])
		if typed == "\npro" || strings.HasSuffix(typed, "\npro") {
			text, at = text[:at]+"signed-id"+text[at:], at+len("signed-id")
		}
	}
	if list := Faults(text, known); list != nil {
		t.Errorf("%v\n%s", list, text)
	}
}

// TestServer: the paths, the forms and their fields are the server's.
func TestServer(t *testing.T) {
	run := func(steps string) *lab.Trace {
		s, err := script.Parse("x", head+"alice post /login user=alice password=correct-horse\n"+steps)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := lab.Run(s, 0)
		if err != nil {
			t.Fatal(err)
		}
		return tr
	}
	for _, p := range paths {
		if b := shown(run("alice get " + p.Text + "\n")); b.Status != http.StatusOK && p.Text != "/prefs?name=" {
			t.Errorf("GET %s: %d", p.Text, b.Status)
		}
	}
	for _, f := range forms {
		if b := shown(run("alice post " + f.path + "\n")); b.Status == http.StatusNotFound {
			t.Errorf("POST %s: %d", f.path, b.Status)
		}
		for _, x := range f.fields {
			tr := run("alice get " + f.path + "\nalice submit " + x.Text + "x\n")
			if !slices.ContainsFunc(last(tr).Events, func(e event.Event) bool { return e.Kind == event.Request }) {
				t.Errorf("the form at %s has no field %s", f.path, x.Text)
			}
		}
	}
	for _, s := range sites {
		run("alice get " + s.Text + "\n")
	}
	for _, s := range servable {
		run("mallory serve " + s.Text + " x\n")
	}
	for _, s := range durations {
		run("mallory wait " + s.Text + "\n")
	}
	for _, s := range snippets {
		run("mallory copy loot\nmallory serve https://evil.test/ " + s.Text + "\nalice get https://evil.test/\n")
	}
	if all := switches(); len(all) != len(defence.All) {
		t.Error(all)
	}
}

func last(t *lab.Trace) lab.Frame { return t.Frames[len(t.Frames)-1] }

func shown(t *lab.Trace) event.Browser { f := last(t); return f.State.Browser("alice") }

// TestLinear: what is looked at grows as the text does.
func TestLinear(t *testing.T) {
	const size = 256 << 10
	for _, part := range []string{
		"alice get /\n", "mallory let a%d=$a%d\n", "mallory serve https://evil.test/%d <p>$x</p>\n", "x", "$", "$a", "${", "mallory token\n", "\n", "-- want --\n", "-- card --\n", "rotate+", " a",
		"title: %d\n", "mallory get $x%d\n", "mallory get '\"\n",
	} {
		for _, before := range []string{"", head, head + "mallory paste ", head + "mallory serve http://x/ ", head + "alice get /\n-- want --\n", head + "alice get /\n-- card --\n", head + "alice get /\n-- want --\nnone@"} {
			var b strings.Builder
			b.WriteString(before)
			for i := 0; b.Len() < size-64; i++ {
				if strings.Contains(part, "%") {
					fmt.Fprint(&b, strings.ReplaceAll(part, "%d", fmt.Sprint(i)))
				} else {
					b.WriteString(part)
				}
			}
			text := b.String()
			for _, at := range []int{0, len(before), len(text) / 2, len(text)} {
				if c := placed(text, at, known); c.work > 2*len(text)+1000 || len(c.list) > mostSuggestions {
					t.Errorf("%q after %q: looked at %d bytes for a completion", part, before, c.work)
				}
			}
			if list, work := faults(text, known); work > 2*len(text) || len(list) > mostFaults {
				t.Errorf("%q after %q: looked at %d bytes for %d faults", part, before, work, len(list))
			}
		}
	}
}

func FuzzComplete(f *testing.F) {
	for _, text := range files(f) {
		f.Add(text, len(text)/2)
	}
	f.Add("\ufeffmallory", 2)
	f.Add(head+"mallory serve http://é/ <ä$é", 1<<30)
	f.Add(head+"alice get /\n-- want --\nrotate+\u00a0lax@+", -1)
	words := known
	f.Fuzz(func(t *testing.T, text string, at int) {
		from, list := Complete(text, at, words)
		if from < 0 || from > max(0, min(at, len(text))) || len(list) > mostSuggestions {
			t.Fatalf("from %d of %d, %d suggestions", from, at, len(list))
		}
		valid := utf8.ValidString(text)
		if valid && from < len(text) && !utf8.RuneStart(text[from]) {
			t.Fatalf("%d is within a rune", from)
		}
		for _, s := range list {
			if s.Text == "" {
				t.Fatal("an empty suggestion")
			}
			put, end := Apply(text, at, s)
			if end < 0 || end > len(put) || put[from:end] != s.Text || !strings.HasPrefix(put, text[:from]) || valid && !utf8.ValidString(put) {
				t.Fatalf("%q put into %q at %d: %q, %d", s.Text, text, at, put, end)
			}
		}
	})
}

func FuzzFaults(f *testing.F) {
	for _, text := range files(f) {
		f.Add(text)
	}
	f.Add("\ufeffmallory get /é\r\n\x01 'é'")
	f.Fuzz(func(t *testing.T, text string) {
		list := Faults(text, known)
		_, err := script.Parse("x", text)
		if err != nil && (len(list) == 0 || err.Error() != fmt.Sprintf("x.txt:%d: %s", list[0].Line, list[0].Says)) || len(list) > mostFaults {
			t.Fatalf("%v, Parse says %v", list, err)
		}
		lines := strings.Split(text, "\n")
		for _, x := range list {
			if x.Line < 1 || x.Line > len(lines) || x.From < 0 || x.From > x.To || x.To > len(lines[x.Line-1]) || x.Says == "" {
				t.Fatalf("%+v is outside", x)
			}
			if line := lines[x.Line-1]; utf8.ValidString(line) && (!utf8.ValidString(line[:x.From]) || !utf8.ValidString(line[x.From:x.To])) {
				t.Fatalf("%+v is within a rune", x)
			}
		}
		if err != nil || list == nil {
			return
		}
		s, err := scenarios.Parse("x", text)
		if err != nil {
			return
		}
		if tr, err := lab.Run(s, 0); err == nil && tr.Cut == "" && !strings.Contains(text, "${") && !strings.Contains(text, "$space") && !strings.Contains(text, "$dollar") && !strings.Contains(text, "$newline") {
			t.Fatalf("%v, and it plays", list)
		}
	})
}
