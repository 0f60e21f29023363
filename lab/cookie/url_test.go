package cookie

import (
	"net/url"
	"testing"
)

func TestParseURL(t *testing.T) {
	for _, c := range []struct{ base, text, want string }{
		{"", "https://site.test", "https://site.test/"},
		{"", " HTTPS:site.test ", "https://site.test/"},
		{"", `http:\\site.test\a\b?c\d#e\f`, `http://site.test/a/b?c\d#e\f`},
		{"", "https:///site.test/x", "https://site.test/x"},
		{"", "https://site.test/a/../b/./c/..", "https://site.test/b/"},
		{"", "https://site.test/a/%2e%2e/b/.%2E/c/%2e", "https://site.test/c/"},
		{"", "https://site.test/a/.../b", "https://site.test/a/.../b"},
		{"", "https://site.test/../../a", "https://site.test/a"},
		{"", "https://site.test/a//b", "https://site.test/a//b"},
		{"", "ht\ntps://si\tte.test/a\r\nb", "https://site.test/ab"},
		{"", "https://site.test/a%", "https://site.test/a%"},
		{"", "https://site.test/a%zz/%41", "https://site.test/a%zz/%41"},
		{"", "https://site.test/aé b\"<>^`{|}~'", "https://site.test/a%C3%A9%20b%22%3C%3E%5E%60%7B|%7D~'"},
		{"", "https://site.test/?é '\"`", "https://site.test/?%C3%A9%20%27%22`"},
		{"", "https://site.test?", "https://site.test/?"},
		{"", "https://u:p@site.test:443/", "https://u:p@site.test/"},
		{"", "http://a@b@site.test:00080/", "http://a%40b@site.test/"},
		{"", "http://site.test:443/", "http://site.test:443/"},
		{"", "https://site.test:/", "https://site.test/"},
		{"", "https://site.test:65536/", ""},
		{"", "https://site.test:x/", ""},
		{"", "https://sh%6fp.test/", "https://shop.test/"},
		{"", "https://a%2fb.test/", ""},
		{"", "https://a b.test/", ""},
		{"", "https:///", ""},
		{"", "https://u@/", ""},
		{"", "https://SITE.Test./", "https://site.test./"},
		{"", "https://ｓite。test/", "https://site.test/"},
		{"", "https://s\u00adi\u200bte.test/", "https://site.test/"},
		{"", "https://BÜCHER.test/", "https://xn--bcher-kva.test/"},
		{"", "https://bu\u0308cher.test/", "https://xn--bcher-kva.test/"},
		{"", "https://faß.test/", "https://xn--fa-hia.test/"},
		{"", "https://実験.test/", "https://xn--rbt666l.test/"},
		{"", "https://3年b組金八先生.test/", "https://xn--3b-ww4c5e180e575a65lsy2b.test/"},
		{"", "https://пример.испытание/", "https://xn--e1afmkfd.xn--80akhbyknj4f/"},
		{"", "https://𝔰𝕀ⓣ𝖊.test/", "https://site.test/"},
		{"", "https://site\u00a0.test/", ""},
		{"", "https://ﬁrst①İ.test/", "https://xn--first1i-die.test/"},
		{"", "https://\u0301a.test/", ""},
		{"", "http://127.1/", "http://127.0.0.1/"},
		{"", "http://0x7f000001/", "http://127.0.0.1/"},
		{"", "http://010.0.0.1./", "http://8.0.0.1/"},
		{"", "http://1.2.3.256/", ""},
		{"", "http://1.2.3.4.5/", ""},
		{"", "http://1.2.3.09/", ""},
		{"", "http://1.2.3.4a/", "http://1.2.3.4a/"},
		{"", "http://[0:0::1]:80/", "http://[::1]/"},
		{"", "http://[::1/", ""},
		{"", "//site.test/", ""},
		{"", "/x", ""},
		{"", "", ""},
		{"", "ftp://site.test/", ""},
		{"", "javascript:1", ""},

		{"https://site.test/a/b?c#d", "", "https://site.test/a/b?c"},
		{"https://site.test/a/b?c#d", "x", "https://site.test/a/x"},
		{"https://site.test/a/b?c#d", "?x", "https://site.test/a/b?x"},
		{"https://site.test/a/b?c#d", "#x", "https://site.test/a/b?c#x"},
		{"https://site.test/a/b?c#d", "../../x/", "https://site.test/x/"},
		{"https://site.test/a/b?c#d", `\x`, "https://site.test/x"},
		{"https://site.test/a/b?c#d", `/\shop.test/x`, "https://shop.test/x"},
		{"https://site.test/a/b?c#d", `\\shop.test\x`, "https://shop.test/x"},
		{"https://site.test/a/b?c#d", "///shop.test/x", "https://shop.test/x"},
		{"https://site.test/a/b?c#d", "https:/shop.test/x", "https://site.test/shop.test/x"},
		{"https://site.test/a/b?c#d", "https:x", "https://site.test/a/x"},
		{"https://site.test/a/b?c#d", `https:\\shop.test`, "https://shop.test/"},
		{"https://site.test/a/b?c#d", "http:/shop.test/x", "http://shop.test/x"},
		{"https://site.test/a/b?c#d", "https:///shop.test/x", "https://shop.test/x"},
		{"https://site.test/a%zz/b", "c", "https://site.test/a%zz/c"},
		{"https://site.test/a/b", "mailto:x", ""},
		{"https://site.test/a/b", "c:d", ""},
		{"https://site.test/a/b", "./c:d", "https://site.test/a/c:d"},
	} {
		var base *url.URL
		if c.base != "" {
			base, _ = ParseURL(nil, c.base)
		}
		got := ""
		if u, ok := ParseURL(base, c.text); ok {
			got = u.Scheme + "://"
			if u.User != nil {
				got += u.User.String() + "@"
			}
			got += u.Host + pathOf(u)
			if u.ForceQuery || u.RawQuery != "" {
				got += "?" + u.RawQuery
			}
			if u.Fragment != "" {
				got += "#" + Unescape(u.EscapedFragment())
			}
		}
		if got != c.want {
			t.Errorf("%q at %q: %q, want %q", c.text, c.base, got, c.want)
		}
	}
}

// FuzzParseURL: what comes of any text, once written out, reads back as itself.
func FuzzParseURL(f *testing.F) {
	f.Add("https://site.test/a/b?c", `..\%2e/x|%zz?é#y`)
	f.Add("http://[::1]:8080/", "//ｓite。test:080/a/../b")
	f.Add("https://site.test/", "https:/x^")
	f.Fuzz(func(t *testing.T, at, text string) {
		base, _ := ParseURL(nil, at)
		u, ok := ParseURL(base, text)
		if !ok {
			return
		}
		full := u.Scheme + "://" + u.Host + pathOf(u)
		if u.ForceQuery || u.RawQuery != "" {
			full += "?" + u.RawQuery
		}
		again, ok := ParseURL(nil, full)
		if !ok || again.Host != u.Host || pathOf(again) != pathOf(u) || again.RawQuery != u.RawQuery || again.Path != u.Path {
			t.Fatalf("%q at %q is %q, which is %+v", text, at, full, again)
		}
	})
}
