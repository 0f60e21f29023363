//go:build !wasm

package audit

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// page of HTML at an address, for tests.
func answerOf(address, kind, body string) *answer {
	u, _ := url.Parse(address)
	return &answer{url: u, status: 200, header: http.Header{"Content-Type": {kind}}, body: []byte(body)}
}

// TestShows: a mark is a text that stands by itself.
func TestShows(t *testing.T) {
	for _, x := range []struct {
		body, mark string
		want       bool
	}{
		{"<p>Hello alice</p>", "alice", true},
		{"<p>Hello alice2</p>", "alice", false},
		{"<p>malice</p>", "alice", false},
		{"<p>malice, alice</p>", "alice", true},
		{`<input value="alice">`, "alice", true},
		{"Alice Moreau", "alice", false},
		{"a&#64;b.example", "a@b.example", true},
		{"<p>x@b.example</p>", "a@b.example", false},
		{"", "alice", false},
		{"anything", "", false},
		{`{"user":{"name":"alice"}}`, "json:/user/name=alice", true},
		{`{"user":{"name":"alice2"}}`, "json:/user/name=alice", false},
		{`{"n":[{"a/b":7}]}`, "json:/n/0/a~1b=7", true},
		{`{"id":1234567}`, "json:/id=1234567", true},
		{`{"user":null}`, "json:/user/name=alice", false},
		{`nonsense`, "json:/user=alice", false},
	} {
		if got := shows(answerOf("http://x/", "text/html", x.body), x.mark); got != x.want {
			t.Errorf("%q in %q: %v", x.mark, x.body, got)
		}
	}
}

// TestForms: what a browser would send of the forms that login pages have.
func TestForms(t *testing.T) {
	for _, x := range []struct{ name, body, want string }{
		{"plain", `<form method=post action=in><input name=u><input name=p type=password></form>`, "POST http://x/a/in u=U&p=P"},
		{"hidden field and button", `<form method=POST><input type=hidden name=t value="1 2"><input name=email type=email><input type=password name=pw><button name=go value=1>Log in</button><button name=other value=2>Forgot</button></form>`,
			"POST http://x/a/login t=1+2&email=U&pw=P&go=1"},
		{"boxes and lists", `<form method=post><input name=user><input type=password name=pass><input type=checkbox name=remember><input type=checkbox name=ok checked><select name=l><option>a<option value=b selected>B</select><textarea name=n>x</textarea></form>`,
			"POST http://x/a/login user=U&pass=P&ok=on&l=b&n=x"},
		{"the one that logs in", `<form method=post action=/signup>Sign up<input name=user><input type=password name=p></form><form method=post action=/login>Log in<input name=user><input type=password name=p></form>`,
			"POST http://x/login user=U&p=P"},
		{"not the one with two passwords", `<form method=post action=/join><input name=user><input type=password name=p><input type=password name=p2></form><form method=post action=/enter><input name=who><input type=password name=p></form>`,
			"POST http://x/enter who=U&p=P"},
		{"base", `<base href="http://x/deep/"><form method=post action=go><input name=user><input type=password name=p></form>`, "POST http://x/deep/go user=U&p=P"},
		{"Tomcat's shortest", `<form action="j_security_check" method=post>login</form>`, "POST http://x/a/j_security_check j_username=U&j_password=P"},
		{"search before it", `<form action=/search><input name=q></form><form method=post><input name=username><input type=password name=password></form>`, "POST http://x/a/login username=U&password=P"},
		{"fields outside it", `<input form=f name=csrf type=hidden value=t><form id=f method=post></form><form id=g method=post action=/search><input name=q></form><input form=f name=user><input form=f type=password name=p><button form=f formaction=/enter name=b value=1>Log in</button>`,
			"POST http://x/enter csrf=t&user=U&p=P&b=1"},
		{"the button says how", `<form action=/find><input name=user><input type=password name=p><button formmethod=post formaction=/in>Log in</button><button formaction=/forgot>Forgot</button></form>`, "POST http://x/in user=U&p=P"},
		{"a disabled fieldset", `<form method=post><fieldset disabled><input name=old value=1></fieldset><input name=user><input type=password name=p></form>`, "POST http://x/a/login user=U&p=P"},
		{"a blog is no login", `<form method=post action=/blog/subscribe><input name=user><input type=password name=p></form><form method=post action=/login><input name=user><input type=password name=q></form>`, "POST http://x/login user=U&q=P"},
		{"no form", `<p>nothing</p>`, ""},
		{"a token only", `<form method=post><input name=csrf value=x></form>`, ""},
	} {
		f := toLogIn(read(answerOf("http://x/a/login", "text/html", x.body)))
		got := ""
		if f != nil {
			f.fields[f.user()].value, f.fields[f.password()].value = "U", "P"
			got = f.method + " " + f.action.String() + " " + f.values()
		}
		if got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

// TestTemplate: -form in its two spellings.
func TestTemplate(t *testing.T) {
	who := Account{Name: "alice", Password: "a&b=c {user}"}
	for text, want := range map[string]string{
		"user={user}&pass={pass}":                "user=alice&pass=a%26b%3Dc+%7Buser%7D",
		"login={user}, pw={pass}, kind=customer": "login=alice&pw=a%26b%3Dc+%7Buser%7D&kind=customer",
		"user=email&pass=pwd":                    "email=alice&pwd=a%26b%3Dc+%7Buser%7D",
		"u%5Bname%5D={user}":                     "u%5Bname%5D=alice",
	} {
		if got := (form{fields: template(text, who)}).values(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestLikeness: an invented id has the shape of the genuine one, and is another.
func TestLikeness(t *testing.T) {
	for _, id := range []string{"0123456789abcdef0123456789abcdef", "A0B1C2D3E4F5A0B1C2D3E4F5A0B1C2D3", "6f1c1b9a-2b8d-4c1e-9f0a-1d2c3b4a5f6e", "0123456789abcdefghijklmnpq", "Zm9vYmFyYmF6_-quux"} {
		got := likeness(id)
		if got == id || len(got) != len(id) {
			t.Errorf("%s: %s", id, got)
		}
		for i := range id {
			if kind(id[i]) != kind(got[i]) {
				t.Errorf("%s: %s differs in kind at %d", id, got, i)
			}
		}
	}
	if got := likeness("s%3Aabcdefgh12345678"); !strings.HasPrefix(got[1:], "%3A") {
		t.Errorf("what is escaped has changed: %s", got)
	}
	if got := likeness(strings.Repeat("x", 500)); len(got) != 32 {
		t.Errorf("a value too long to be an id: %s", got)
	}
}

func kind(c byte) string {
	switch {
	case c >= '0' && c <= '9':
		return "digit"
	case c >= 'a' && c <= 'z':
		return "small"
	case c >= 'A' && c <= 'Z':
		return "large"
	}
	return string(c)
}

// TestMasked: no value of a query is written down, nor who is in an address.
func TestMasked(t *testing.T) {
	u, err := url.Parse("https://me:pw@x.example/a?sid=secret&next=%2Fb&x#frag")
	if err != nil {
		t.Fatal(err)
	}
	if got := masked(u); got != "https://x.example/a?sid=&next=&x=" {
		t.Error(got)
	}
}

// TestReadBounds: what a page holds without end is taken to a bound, and in the time of a
// page: elements within elements of their kind are the worst.
func TestReadBounds(t *testing.T) {
	const size = 2 << 20
	fill := func(head, unit string) string { return head + strings.Repeat(unit, (size-len(head))/len(unit)) }
	for name, body := range map[string]string{
		"links in objects":   fill(strings.Repeat("<object><a href=x>", 250), "x "),
		"links in svg":       fill("<svg>"+strings.Repeat("<a href=x>", 500), "x "),
		"forms in forms":     fill(strings.Repeat("<form><div></form>", 250), "<input name=a>"),
		"forms in templates": fill(strings.Repeat("<template><form>", 250), "<input name=a>"),
		"forms":              fill("", "<form method=post><input name=a value=b></form>"),
		"links":              fill("", "<a href=x>y</a>"),
		"bodies":             fill("", "<BODY a"+strings.Repeat("b", 10)+" c>"),
		"documents":          fill("", "<html a=b>"),
		"a long text":        fill("<form><textarea name=a>", "x"),
	} {
		p := read(answerOf("http://x/", "text/html", body))
		fields, text := 0, 0
		for _, f := range p.forms {
			fields, text = fields+len(f.fields), max(text, len(f.text))
			for _, x := range f.fields {
				text = max(text, len(x.value))
			}
		}
		for _, l := range p.links {
			text = max(text, len(l.text))
		}
		if len(p.forms) > maxForms || fields > maxFields || len(p.links) > maxLinks || text > maxText {
			t.Errorf("%s: %d forms, %d fields, %d links, texts of %d", name, len(p.forms), fields, len(p.links), text)
		}
	}
	// What a browser does not take for a form, or does not show yet, is none.
	p := read(answerOf("http://x/", "text/html", `<template><form><input type=password name=t></form></template><svg><a href=y></a><form></svg><form action=/in><input name=u><template><input name=no></template><input type=password name=p></form><a href=/z>z</a>`))
	if len(p.forms) != 1 || p.forms[0].action.Path != "/in" || p.forms[0].values() != "u=&p=" || len(p.links) != 1 {
		t.Errorf("%+v", p)
	}
}
