package script

import (
	"slices"
	"strings"
	"testing"
)

const mine = "title: Mine\nprofile: signed-id\n\n# First.\nmallory get /\n\nalice get /\n# Third.\nalice get /login\n\n-- want --\nnone defended\n"

func verbsOf(s *Scenario) (all []string) {
	for _, step := range s.Steps {
		all = append(all, step.String())
	}
	return all
}

func TestAppend(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"to nothing", "title: X\nprofile: signed-id\n", "title: X\nprofile: signed-id\n\nalice get /\n"},
		{"to nothing, without a last line end", "title: X\nprofile: signed-id", "title: X\nprofile: signed-id\n\nalice get /\n"},
		{"to nothing, with lines to spare", "title: X\nprofile: signed-id\n\n\n", "title: X\nprofile: signed-id\n\nalice get /\n\n\n"},
		{"before a section", mine, strings.Replace(mine, "/login\n", "/login\nalice get /\n", 1)},
		{"right before a section", "title: X\nprofile: signed-id\n\nmallory get /\n-- want --\nnone defended\n", "title: X\nprofile: signed-id\n\nmallory get /\nalice get /\n\n-- want --\nnone defended\n"},
		{"to steps", "title: X\nprofile: signed-id\n\nmallory get /\n", "title: X\nprofile: signed-id\n\nmallory get /\nalice get /\n"},
	} {
		got := Append(test.text, "alice get /")
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		s, err := Draft("x", got)
		if err != nil || s.Steps[len(s.Steps)-1].String() != "alice get /" {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestCut(t *testing.T) {
	s, err := Parse("mine", mine)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		text := Cut(mine, s, n)
		got, err := Draft("mine", text)
		if err != nil {
			t.Fatal(n, err)
		}
		if want := verbsOf(s)[:min(n, 3)]; !slices.Equal(verbsOf(got), want) || len(got.Wants) != 1 || got.Steps != nil && got.Steps[0].Caption != "First." {
			t.Errorf("%d: %q gives %q, want %q", n, text, verbsOf(got), want)
		}
	}
	plain := "title: X\nprofile: signed-id\n\nalice get /\nalice get /login\n"
	if s, err = Parse("x", plain); err != nil {
		t.Fatal(err)
	}
	if got, want := Cut(plain, s, 1), "title: X\nprofile: signed-id\n\nalice get /\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := Cut(plain, s, 0), "title: X\nprofile: signed-id\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSetKey(t *testing.T) {
	for _, test := range []struct{ text, key, value, want string }{
		{mine, "profile", "flask", strings.Replace(mine, "signed-id", "flask", 1)},
		{mine, "seed", "7", strings.Replace(mine, "signed-id\n", "signed-id\nseed: 7\n", 1)},
		{mine, "seed", "", mine},
		{strings.Replace(mine, "\n\n", "\nseed: 1\n\n", 1), "seed", "", mine},
		{"title: X\nprofile: flask", "jar", "visited", "title: X\nprofile: flask\njar: visited"},
	} {
		if got := SetKey(test.text, test.key, test.value); got != test.want {
			t.Errorf("%s=%s: %q, want %q", test.key, test.value, got, test.want)
		}
	}
}

func TestValue(t *testing.T) {
	named := func(name string) bool { return name == "loot" || name == "cookie" }
	for text, want := range map[string]string{
		"":                    "",
		"ring":                "ring",
		"red kettle":          "red kettle",
		"a  b":                "a${space}${space}b",
		" a ":                 "${space}a${space}",
		"a b=c d":             "a${space}b=c d",
		"two\nlines":          "two${newline}lines",
		"a\u00a0b":            "a${nbsp}b",
		"5$":                  "5${dollar}",
		"$5 $loot $$loot":     "${dollar}5 $loot $$loot",
		"${loot}s":            "${loot}s",
		"$cookie=$loot.x":     "$cookie=$loot.x",
		"$unknown":            "${dollar}unknown",
		"$$unknown":           "${dollar}${dollar}unknown",
		"\u2003":              "${space}",
		"über € <b>&\"quoted": "über € <b>&\"quoted",
	} {
		if got := Value(text, named); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestGrants(t *testing.T) {
	const all = "mallory serve https://evil.test/ <h1>Mine</h1>\nmallory get /\nmallory paste a=b\nserver deploy\n"
	for _, test := range []struct{ grants, line, fault string }{
		{"", "mallory@alice copy loot", ""},
		{"grants: device\n", "mallory@alice copy loot", ""},
		{"grants: nothing\n", "mallory@alice copy loot", `x.txt:9: this needs device, which the header does not grant: that Mallory had her hands on Alice's browser`},
		{"grants: nothing\n", "server cache", "this needs cache"},
		{"grants: nothing\n", "mallory serve https://blog.shop.example/ <h1>Mine</h1>", ""},
		{"grants: hdr@sib\n", "mallory serve https://blog.shop.example/ Set-Cookie: a=b", "this needs https@sib"},
		{"grants: hdr@sib https@sib\n", "mallory serve https://blog.shop.example/ Set-Cookie: a=b", ""},
		{"grants: hdr@sib https@sib\n", `mallory serve https://blog.shop.example/ <script>document.cookie="a=b"</script>`, "this needs js@sib"},
		{"grants: hdr@sib\n", "mallory serve http://shop.example/ Set-Cookie: a=b", "this needs net"},
		{"grants: nothing\n", "mallory post /login user=mallory password=hunter2", "this needs acct"},
		{"grants: nothing\n", "mallory serve https://evil.test/ <a href=https://shop.example/search?q=x>Prize</a>", "this needs js@target"},
		{"grants: devise\n", "alice get /", `x.txt:3: unknown capability "devise", did you mean "device"?`},
	} {
		text := "title: X\nprofile: signed-id\n" + test.grants + "\n" + all + test.line + "\n"
		if test.grants == "" {
			text = strings.Replace(text, "signed-id\n", "signed-id\n\n", 1)
		}
		_, err := Parse("x", text)
		if test.fault == "" && err != nil || test.fault != "" && (err == nil || !strings.Contains(err.Error(), test.fault)) {
			t.Errorf("%s%s: %v, want %q", test.grants, test.line, err, test.fault)
		}
	}
}
