package class

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
)

func TestLink(t *testing.T) {
	for _, l := range []Link{
		classLink,
		{Phrase: "x"},
		{Class: "Gruppe Ä 7/b", Phrase: "schöner Kessel = 42 & mehr", Lang: "de"},
		{Class: strings.Repeat("ä", LongestName/2), Phrase: strings.Repeat("b", LongestName), Hide: true, Lang: "pt-BR"},
	} {
		fragment, err := l.Fragment()
		if err != nil || len(fragment) > longestLink || strings.ContainsAny(fragment, "+/=# ") {
			t.Errorf("%+v: %q, %v", l, fragment, err)
		}
		for _, text := range []string{fragment, fragment + "=", fragment + "=="} {
			if back, err := Parse(text); back != l || err != nil {
				t.Errorf("%+v comes back as %+v, %v", l, back, err)
			}
		}
		for n := range fragment {
			if back, err := Parse(fragment[:n]); err == nil || back != (Link{}) {
				t.Errorf("%+v, cut to %d characters, is %+v", l, n, back)
			}
		}
	}
}

func TestLinkErrors(t *testing.T) {
	for _, test := range []struct {
		l    Link
		want string
	}{
		{Link{Class: "C"}, "the class has no phrase"},
		{Link{Class: "C", Phrase: " "}, "the class has no phrase"},
		{Link{Class: strings.Repeat("x", LongestName+1), Phrase: "p"}, "the name of the class has 61 bytes; the most are 60"},
		{Link{Phrase: strings.Repeat("x", LongestName+1)}, "the phrase has 61 bytes; the most are 60"},
		{Link{Class: "a\nb", Phrase: "p"}, "the name of the class has a character that cannot be seen"},
		{Link{Class: "a\u202eb", Phrase: "p"}, "the name of the class has a character that cannot be seen"},
		{Link{Class: "a\xffb", Phrase: "p"}, "the name of the class has a character that cannot be seen"},
		{Link{Phrase: "p\x00"}, "the phrase has a character that cannot be seen"},
		{Link{Phrase: "p", Lang: "../x"}, "is no language"},
		{Link{Phrase: "p", Lang: "abcdefghijklm"}, "the language has 13 bytes"},
	} {
		if text, err := test.l.Fragment(); err == nil || text != "" || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %q, %v", test.l, text, err)
		}
	}
	sealed := func(b string) string {
		return base64.RawURLEncoding.EncodeToString(append([]byte(b), checksum([]byte(b))...))
	}
	for _, test := range []struct{ text, want string }{
		{"", "the class link is empty"},
		{"%", "a character that does not belong"},
		{"AQ AB", "a character that does not belong"},
		{"AQAB", "cut short, or was changed"},
		{sealed("\x02\x00a\nb\n"), "of version 2, and this page reads version 1"},
		{sealed("\x01\x04a\nb\n"), "something that this page does not know"},
		{sealed("\x01\x00a\nb"), "something that this page does not know"},
		{sealed("\x01\x00a\nb\n\n"), "something that this page does not know"},
		{sealed("\x01\x00a\n\n"), "no phrase"},
		{sealed("\x01\x00<b>\u202e\nb\n"), "cannot be seen"},
		{strings.Repeat("A", longestLink+3), "characters; the most are"},
	} {
		if l, err := Parse(test.text); err == nil || l != (Link{}) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.40q: %+v, %v", test.text, l, err)
		}
	}
}

// TestKey: another phrase or another name of the class is another key; how it was typed is
// not.
func TestKey(t *testing.T) {
	k := classLink.key()
	for _, l := range []Link{{Class: " course of  NOVEMBER", Phrase: "Blue kettle\u00a042 "}, {Class: classLink.Class, Phrase: classLink.Phrase, Lang: "de"}} {
		if l.key() != k {
			t.Errorf("%+v has another key", l)
		}
	}
	seen := map[key]bool{k: true}
	for _, l := range []Link{{}, {Class: "Course of November", Phrase: "blue kettle 43"}, {Class: "Course of December", Phrase: "blue kettle 42"}, {Phrase: "blue kettle 42"}} {
		if seen[l.key()] {
			t.Errorf("%+v has the key of another", l)
		}
		seen[l.key()] = true
	}
}

// TestSeed: neighbours in a class with variants have incidents that differ, in one without
// the same, and in no two classes the same.
func TestSeed(t *testing.T) {
	plain := classLink
	plain.Variants = false
	for _, l := range []Link{{}, classLink, plain} {
		a, b := l.Seed("device a", 0), l.Seed("device b", 0)
		if !IsSeed(a) || !IsSeed(b) || a != l.Seed("device a", 0) {
			t.Errorf("%+v: %q and %q", l, a, b)
		}
		if same := a == b; same != (l == plain) {
			t.Errorf("%+v: neighbours the same: %v", l, same)
		}
	}
	if classLink.Seed("a", 0) == (Link{}).Seed("a", 0) || plain.Seed("", 0) == (Link{}).Seed("", 0) {
		t.Error("two classes have the same incident")
	}
}

func FuzzParse(f *testing.F) {
	fragment, err := classLink.Fragment()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(fragment)
	f.Add("AQAB")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse(text)
		if err != nil {
			return
		}
		again, err := l.Fragment()
		if err != nil {
			t.Fatalf("%q is read as %+v, which cannot be written: %v", text, l, err)
		}
		if back, err := Parse(again); back != l || err != nil {
			t.Fatalf("%q: %+v comes back as %+v, %v", text, l, back, err)
		}
	})
}

// TestKeyIsHKDF: the key is that of HKDF.
func TestKeyIsHKDF(t *testing.T) {
	for _, l := range []Link{{Phrase: "x"}, classLink, {Class: "Straße  7A", Phrase: "Blue\u00a0kettle"}} {
		want, err := hkdf.Key(sha256.New, []byte(tidy(l.Phrase)), []byte("fxlab class "+tidy(l.Class)), "completion code, version 1", 36)
		if k := l.key(); err != nil || string(k.mac[:])+string(k.id[:]) != string(want) {
			t.Errorf("%+v: %x, want %x, %v", l, k, want, err)
		}
	}
}

// A phrase of blanks is none: no key is made of it.
func TestBlankPhrase(t *testing.T) {
	for phrase, want := range map[string]bool{"": false, " \u00a0 ": false, "blue": true} {
		if l := (Link{Phrase: phrase}); l.On() != want || (l.key() == key{}) == want {
			t.Errorf("%q: %v", phrase, l.On())
		}
	}
}
