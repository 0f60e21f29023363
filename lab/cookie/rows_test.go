package cookie

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A row is a short story in wire text. Its lines are
//
//	URL HOW ORIGIN <- Set-Cookie line ! rule   a response sets, and the rule refuses
//	URL HOW ORIGIN js line ! rule              a script in the document assigns
//	URL HOW ORIGIN -> Cookie header ! rules    what is sent, and what holds the others back
//	URL HOW ORIGIN reads document.cookie       what a script sees
//	wait 105s
//	jar 3                                      how many cookies are stored
//
// HOW ORIGIN is link, post, img or frame and who started it; without it the
// URL was typed.
type row struct {
	name  string
	rules Rules
	lines string
}

func TestRows(t *testing.T) {
	for i := range rows {
		if wrong := rows[i].play(0, 0); wrong != "" {
			t.Errorf("%s: %s", rows[i].name, wrong)
		}
	}
}

func (r *row) play(skip uint64, lacks trait) string {
	b := newBrowser(r.rules, skip)
	b.jar.lacks = lacks
	for text := range strings.SplitSeq(strings.TrimSpace(r.lines), "\n") {
		text = strings.Trim(text, "\t") // spaces at the end may matter
		if text == "" {
			continue
		}
		if wrong := r.line(b, text); wrong != "" {
			return text + ": " + wrong
		}
		b.tick()
	}
	return ""
}

func (r *row) line(b *browser, text string) string {
	if after, ok := strings.CutPrefix(text, "wait "); ok {
		d, err := time.ParseDuration(after)
		if err != nil {
			return err.Error()
		}
		b.now = b.now.Add(d)
		return ""
	}
	if after, ok := strings.CutPrefix(text, "jar "); ok {
		if got := fmt.Sprint(len(b.jar.All())); got != after {
			return got + " cookies"
		}
		return ""
	}
	for _, op := range []string{"<-", "js", "->", "reads"} {
		head, arg, ok := strings.Cut(text+" ", " "+op+" ")
		if !ok {
			continue
		}
		arg, want, _ := strings.Cut(" "+strings.TrimSuffix(arg, " "), " ! ")
		arg = strings.TrimPrefix(arg, " ")
		arg = strings.NewReplacer(`\t`, "\t", `\1`, "\x01", `\n`, "\n").Replace(arg)
		words := strings.Fields(head)
		u, from := mustURL(words[0]), Context{TopLevel: true}
		if len(words) == 3 {
			from = Context{Initiator: words[2], TopLevel: true}
			switch words[1] {
			case "post":
				from.Method = "POST"
			case "img", "frame":
				from.TopLevel, from.Top = false, words[2]
			case "link":
			default:
				return "no such way: " + words[1]
			}
		}
		got := ""
		switch op {
		case "<-", "js":
			if op == "js" {
				from.API = Script
			}
			for i, line := range strings.Split(arg, " && ") {
				if i > 0 {
					b.tick()
				}
				if _, err := b.jar.Set(b.now, u, line, from); err != nil {
					got = err.(*Refusal).Rule
				}
			}
			if got != want {
				return fmt.Sprintf("refused by %q, want %q", got, want)
			}
		case "->", "reads":
			if op == "reads" {
				from.API = Script
			}
			for _, w := range b.jar.Withheld(b.now, u, from) {
				if got != "" {
					got += ","
				}
				got += w.Rule
			}
			if h := Header(getOf(&b.jar, b.now, u, from)); h != arg {
				return fmt.Sprintf("got %q", h)
			}
			if op == "->" && got != want {
				return fmt.Sprintf("withheld by %q, want %q", got, want)
			}
		}
		return ""
	}
	return "cannot read the line"
}

// fill returns n lines that set f0, f1, … with the given attributes.
func fill(u string, n int, attributes string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s <- f%d=x%s\n", u, i, attributes)
	}
	return b.String()
}

// filled is what fill set, from the cookie from to the one before to.
func filled(from, to int) string {
	var all []string
	for i := from; i < to; i++ {
		all = append(all, fmt.Sprintf("f%d=x", i))
	}
	return strings.Join(all, "; ")
}

var rows = []row{
	// 6265bis-22 5.6
	{"space and tab are trimmed, nothing else is", Chromium, `
		https://site.test/ <-  a 	= 	b ;Path=/
		https://site.test/ -> a=b`},
	{"a tab inside is refused", Chromium, `
		https://site.test/ <- a=b\tc ! tab
		https://site.test/ <- a\tb=c ! tab
		https://site.test/ <- a=b; Foo=x\ty ! tab
		https://site.test/ <- a=b;\tSecure\t
		jar 1`},
	{"a tab inside is fine by the draft", Draft, `
		https://site.test/ <- a=b\tc
		jar 1`},
	{"control characters void the line", Chromium, `
		https://site.test/ <- a=\1 ! control-character
		https://site.test/ <- a=b; Path=/\1 ! control-character
		https://site.test/ js a=b\nc=d ! control-character
		jar 0`},
	{"nothing at all", Chromium, `
		https://site.test/ <- = ! empty
		https://site.test/ <-   ; Secure ! empty
		https://site.test/ <- a=
		https://site.test/ -> a=`},
	{"the first = and the first ; count", Chromium, `
		https://site.test/ <- a=b=c;d=e
		https://site.test/ -> a=b=c`},
	{"4096 bytes of name and value", Chromium, `
		https://site.test/ <- abc=` + strings.Repeat("x", 4093) + `
		https://site.test/ <- abcd=` + strings.Repeat("x", 4093) + ` ! size
		https://site.test/ <- ` + strings.Repeat("n", 4097) + ` ! size
		jar 1`},
	{"attributes up to 1024 bytes", Chromium, `
		https://site.test/ <- a=1; Path=/` + strings.Repeat("p", 1023) + `
		https://site.test/ -> ! path
		https://site.test/ <- b=1; Path=/x; Path=/` + strings.Repeat("p", 1024) + `
		https://site.test/x -> b=1 ! path`},
	{"the last attribute counts", Chromium, `
		https://site.test/ <- a=1; SameSite=Strict; SameSite=Bogus
		https://site.test/ link https://evil.test -> a=1
		https://site.test/ <- b=1; Path=/x; Path=y
		https://site.test/ -> a=1; b=1`},
	{"names of attributes fold ASCII only", Chromium, `
		https://site.test/ <- a=1; ſecure
		http://site.test/ -> a=1`},

	// 5.6.1, 5.6.2, 5.5
	{"Max-Age", Chromium, `
		https://site.test/ <- a=1; Max-Age=10 && b=1; Max-Age=+10 && c=1; Max-Age=1x && d=1; Max-Age=-0 && e=1; Max-Age=99999999999999999999
		https://site.test/ -> a=1; b=1; c=1; e=1
		wait 10s
		https://site.test/ -> c=1; e=1
		wait 9610h
		https://site.test/ -> c=1`},
	{"Max-Age by the draft", Draft, `
		https://site.test/ <- b=1; Max-Age=+10 && c=1; Max-Age=0; Max-Age=x
		wait 10s
		https://site.test/ -> b=1`},
	{"a bad last Max-Age hides a good one in Chromium", Chromium, `
		https://site.test/ <- c=1; Max-Age=0; Max-Age=x
		https://site.test/ -> c=1`},
	{"Max-Age beats Expires", Chromium, `
		https://site.test/ <- a=1; Max-Age=0; Expires=Fri, 01 Jan 2038 00:00:00 GMT
		https://site.test/ <- b=1; Max-Age=9; Expires=Fri, 01 Jan 1999 00:00:00 GMT
		https://site.test/ -> b=1`},
	{"years of two digits", Chromium, `
		https://site.test/ <- a=1; Expires=Fri, 01-Jan-70 00:00:00 GMT && b=1; Expires=01 Jan 69 00:00:00
		https://site.test/ -> b=1
		wait 9600h
		https://site.test/ -> `},
	{"a year before 1601", Chromium, `
		https://site.test/ <- a=1; Expires=01 Jan 1600 00:00:00
		jar 0`},
	{"a year before 1601 by the draft", Draft, `
		https://site.test/ <- a=1; Expires=01 Jan 1600 00:00:00
		jar 1`},
	{"an expired cookie deletes its like and no other", Chromium, `
		https://site.test/ <- a=1 && a=2; Path=/x && a=3; Domain=site.test
		https://site.test/ <- a=; Max-Age=0
		https://site.test/x -> a=2; a=3`},

	// 5.1.3, 5.6.3
	{"a Domain must cover its host", Chromium, `
		https://www.site.test/ <- a=1; Domain=blog.site.test ! domain
		https://www.site.test/ <- a=1; Domain=ite.test ! domain
		https://www.site.test/ <- a=1; Domain=a.www.site.test ! domain
		https://www.site.test/ <- a=1; Domain=SITE.test
		https://blog.site.test/ -> a=1`},
	{"public suffixes", Chromium, `
		https://shop.example.co.uk/ <- a=1; Domain=co.uk ! public-suffix
		https://shop.example.co.uk/ <- a=1; Domain=uk ! public-suffix
		https://a.github.io/ <- a=1; Domain=.github.io ! public-suffix
		https://github.io/ <- a=1; Domain=github.io
		https://a.github.io/ -> ! domain
		https://a.b.ck/ <- a=1; Domain=b.ck ! public-suffix
		https://a.www.ck/ <- a=1; Domain=www.ck
		https://b.city.kobe.jp/ <- a=1; Domain=city.kobe.jp
		https://b.other.kobe.jp/ <- a=1; Domain=other.kobe.jp ! public-suffix`},
	{"Domain is ASCII by the draft", Draft, `
		https://www.site.test/ <- a=1; Domain=ｓite.test ! domain-ascii`},
	{"Domain is mapped in Chromium", Chromium, `
		https://www.site.test/ <- a=1; Domain=é.site.test ! domain
		https://www.site.test/ <- a=1; Domain=site .test ! domain-ascii
		https://www.site.test/ <- a=1; Domain=．ｓ­Ｉte。test
		https://site.test/ -> a=1`},
	{"a bar in a path", Chromium, `
		https://site.test/a|b <- a=1; Path=/a|b && b=1; Path=/a%7Cb
		https://site.test/a|b -> b=1 ! path`},
	{"Firefox: a bar in a path", Firefox, `
		https://site.test/a|b <- a=1; Path=/a|b && b=1; Path=/a%7Cb
		https://site.test/a|b -> a=1 ! path`},
	{"addresses", Chromium, `
		http://10.0.0.1/ <- a=1; Domain=10.0.0.1
		http://10.0.0.1/ <- a=1; Domain=0.0.1 ! domain
		http://[::1]/ <- b=1; Secure
		http://[::1]:8080/ -> b=1 ! domain`},
	{"a lone dot is no Domain by the draft", Draft, `
		https://www.site.test/ <- a=1; Domain=.
		https://www.site.test/ -> a=1`},
	{"loopback is as good as https", Chromium, `
		http://localhost:8080/ <- a=1; Secure && __Host-b=1; Secure; Path=/
		http://127.0.0.9/ <- c=1; Secure
		http://x.localhost/ <- d=1; Secure
		http://localhost/ -> a=1; __Host-b=1 ! domain,domain
		http://site.test/ <- e=1; Secure ! secure-origin`},

	// 5.1.4
	{"default path", Chromium, `
		https://site.test/a/b <- a=1
		https://site.test/a -> a=1
		https://site.test/ab -> ! path
		https://site.test/A/b -> ! path`},
	{"a query is no path", Chromium, `
		https://site.test?a/b/c <- a=1
		https://site.test/ -> a=1`},

	// 5.7 steps 13 to 16
	{"Secure needs a secure origin", Chromium, `
		http://site.test/ <- a=1; Secure ! secure-origin
		http://site.test/ js a=1; Secure ! secure-origin`},
	{"a script and HttpOnly", Chromium, `
		https://site.test/ js a=1; HttpOnly ! httponly-script
		https://site.test/ <- a=1; HttpOnly
		https://site.test/ js a=2 ! httponly-replace
		https://site.test/ js a=; Max-Age=0 ! httponly-replace
		https://site.test/ js a=2; Path=/x
		https://site.test/x -> a=2; a=1
		https://site.test/x reads a=2`},
	{"http leaves Secure cookies alone", Chromium, `
		https://www.site.test/ <- a=1; Secure; Path=/x
		http://www.site.test/ <- a=2; Path=/x ! leave-secure-alone
		http://www.site.test/ <- a=2; Path=/x/y ! leave-secure-alone
		http://site.test/ <- a=2; Path=/x ! leave-secure-alone
		http://b.www.site.test/ <- a=2; Path=/x ! leave-secure-alone
		http://www.site.test/ js a=2; Path=/x ! leave-secure-alone
		http://www.site.test/ <- a=3
		http://blog.site.test/ <- a=4; Path=/x
		https://www.site.test/x -> a=1; a=3 ! domain`},

	// 5.7 steps 17 to 19
	{"SameSite on setting", Chromium, `
		https://site.test/ img https://evil.test <- a=1 ! samesite-set
		https://site.test/ img https://evil.test <- a=1; SameSite=Lax ! samesite-set
		https://site.test/ frame https://evil.test <- a=1; SameSite=Strict ! samesite-set
		https://site.test/ frame https://evil.test <- a=1; SameSite=None ! samesite-none
		https://site.test/ frame https://evil.test <- a=1; SameSite=None; Secure
		https://site.test/ frame https://evil.test js b=1 ! samesite-set
		https://site.test/ frame https://evil.test js c=1; SameSite=None; Secure
		https://site.test/ frame https://evil.test reads a=1; c=1
		https://site.test/ post https://evil.test <- d=1; SameSite=Strict
		https://site.test/ frame https://www.site.test <- e=1; SameSite=Strict`},

	// 5.4 and 5.7 steps 20 to 22
	{"prefixes", Chromium, `
		https://site.test/ <- __Secure-a=1 ! secure-prefix
		http://site.test/ <- __Secure-a=1; Secure ! secure-prefix
		https://site.test/ <- __Secure-a=1; Secure; Domain=site.test
		https://site.test/ <- __Host-a=1; Path=/ ! host-prefix
		https://site.test/ <- __Host-a=1; Secure ! host-prefix
		https://site.test/ <- __Host-a=1; Secure; Path=/; Domain=site.test ! host-prefix
		https://site.test/ js __Host-a=1; Secure; Path=/
		https://site.test/ js __Http-a=1; Secure ! http-prefix
		https://site.test/ js __Http-a=1; Secure; HttpOnly ! httponly-script
		https://site.test/ <- __Http-a=1; HttpOnly ! http-prefix
		https://site.test/ <- __Http-a=1; HttpOnly; Secure; Domain=site.test
		https://site.test/ <- __Host-Http-a=1; Secure; Path=/ ! http-prefix
		https://site.test/ <- __Host-Http-a=1; Secure; HttpOnly ! host-prefix
		https://site.test/ <- __Host-Http-a=1; Secure; HttpOnly; Path=/
		https://site.test/ <- __hOsT-a=1 ! host-prefix
		https://site.test/ <- = __secure-a ! nameless-prefix
		https://site.test/ <- __Host-Http-x ! nameless-prefix
		https://site.test/ <- =a=b ! nameless-equals
		http://localhost/ <- __Host-l=1; Secure; Path=/
		jar 5`},
	{"prefixes by the draft", Draft, `
		https://site.test/ js __Http-a=1
		https://site.test/ <- __Host-Http-a=1; Secure; Path=/
		https://site.test/ <- =a=b
		https://site.test/ <- =__Host-a=b ! nameless-prefix
		http://site.test/ <- __Host-a=1; Secure; Path=/ ! secure-origin
		jar 3`},

	// 5.7 step 23
	{"a new value is a new cookie in Chromium", Chromium, `
		https://site.test/ <- a=1 && b=1 && c=1
		https://site.test/ <- a=2 && b=1; Secure
		https://site.test/ -> b=1; c=1; a=2`},
	{"by the draft it is not", Draft, `
		https://site.test/ <- a=1 && b=1 && c=1
		https://site.test/ <- a=2 && b=1; Secure
		https://site.test/ -> a=2; b=1; c=1`},
	{"name, domain, host-only and path make a cookie", Chromium, `
		https://site.test/ <- a=1 && a=2; Domain=site.test && a=3; Path=/x && A=4
		https://site.test/x -> a=3; a=1; a=2; A=4`},

	// 5.8.3, 5.6.7
	{"what crosses sites", Chromium, `
		https://site.test/ <- n=1; SameSite=None; Secure && l=1; SameSite=Lax && s=1; SameSite=Strict && d=1
		https://site.test/ -> n=1; l=1; s=1; d=1
		https://site.test/ link https://evil.test -> n=1; l=1; d=1 ! samesite-strict
		https://site.test/ link null -> n=1; l=1; d=1 ! samesite-strict
		https://site.test/ post https://evil.test -> n=1; d=1 ! samesite-lax,samesite-strict
		https://site.test/ img https://evil.test -> n=1 ! samesite-lax,samesite-strict,samesite-default
		https://site.test/ frame https://evil.test reads n=1
		https://site.test/ post https://www.site.test:8443 -> n=1; l=1; s=1; d=1
		https://site.test/ post http://site.test -> n=1; d=1 ! samesite-lax,samesite-strict
		wait 2m1s
		https://site.test/ post https://evil.test -> n=1 ! samesite-lax,samesite-strict,samesite-default
		https://site.test/ link https://evil.test -> n=1; l=1; d=1 ! samesite-strict`},
	{"sites end at the public suffix", Chromium, `
		https://a.github.io/ <- s=1; SameSite=Strict
		https://a.github.io/ link https://b.github.io -> ! samesite-strict
		https://a.github.io/ link https://c.a.github.io -> s=1`},
	{"order of what is sent", Chromium, `
		https://site.test/ <- c=1 && b=1; Path=/x && a=1; Path=/xy && d=1; Path=/x
		https://site.test/x/ -> b=1; d=1; c=1 ! path`},
	{"neither mail nor files have cookies", Chromium, `
		ftp://site.test/ <- a=1 ! scheme
		file:///etc/hosts <- a=1 ! scheme`},

	// CHIPS
	{"partitions", Chromium, `
		https://site.test/ <- p=1; Partitioned ! partitioned
		https://site.test/ <- p=1; Partitioned; Secure && p=2; Secure
		https://site.test/ frame https://evil.test <- p=3; Partitioned; Secure; SameSite=None
		https://site.test/ -> p=1; p=2 ! partition
		https://site.test/ img https://evil.test -> p=3 ! partition,samesite-default
		https://site.test/ img http://evil.test -> ! partition,samesite-default,partition
		https://site.test/ img https://www.evil.test -> p=3 ! partition,samesite-default
		http://localhost/ <- q=1; Partitioned; Secure`},
	{"the draft knows none", Draft, `
		https://site.test/ <- p=1; Partitioned
		https://site.test/ -> p=1`},

	// 6.1
	{"a site has 180 cookies, then 150", Chromium, fill("https://site.test/", 180, "") + "jar 180\n" + `
		https://www.site.test/ <- a=1
		jar 150
		https://evil.test/ <- a=1
		jar 151`},
	{"a partition has 180 cookies of a site, and 10240 bytes", Chromium, fill("https://site.test/", 180, "; Secure; Partitioned") + `
		https://www.site.test/ <- a=1; Secure; Partitioned
		jar 180
		https://site.test/ frame https://evil.test <- b=` + strings.Repeat("x", 4000) + `; Secure; Partitioned; SameSite=None
		https://site.test/ frame https://evil.test <- c=` + strings.Repeat("x", 4000) + `; Secure; Partitioned; SameSite=None
		jar 182
		https://site.test/ frame https://evil.test <- d=` + strings.Repeat("x", 4000) + `; Secure; Partitioned; SameSite=None
		jar 182`},
	{"the draft evicts one by one", Draft, fill("https://site.test/", 50, "; Secure") + `
		https://site.test/ <- a=1
		jar 50
		https://site.test/ reads ` + filled(0, 50)},
	{"the draft evicts the least recently used", Draft, fill("https://site.test/", 50, "; Path=/f; Secure") + `
		wait 1s
		https://site.test/f -> ` + filled(0, 50) + `
		https://site.test/ <- a=1; Secure
		wait 1s
		https://site.test/ -> a=1` + " ! " + strings.TrimSuffix(strings.Repeat("path,", 49), ",")},
	{"Priority decides who goes", Chromium, `
		https://site.test/ <- a=1; Priority=High && b=1; Priority=Low && c=1
		` + fill("https://site.test/", 180, "; Path=/f; Priority=Low") + `
		https://site.test/ reads a=1; c=1`},

	// Chromium, behind flags
	{"tomorrow a host's cookie shuts out its shadows", Tomorrow, `
		https://blog.site.test/ <- sid=ATT; Domain=site.test
		https://site.test/ -> sid=ATT
		https://site.test/ <- sid=VIC; Path=/app
		https://site.test/ -> ! shadow,path
		https://site.test/app -> sid=VIC ! shadow`},
	{"tomorrow http and https are two worlds", Tomorrow, `
		http://site.test/ <- sid=ATT
		https://site.test/ -> ! scheme-bound
		https://site.test/ <- sid=VIC
		https://site.test/ -> sid=VIC ! scheme-bound
		http://site.test/ -> sid=ATT ! scheme-bound`},
	{"tomorrow ports are worlds too", Tomorrow, `
		https://site.test:8443/ <- sid=ATT && d=1; Domain=site.test
		https://site.test/ -> d=1 ! port-bound
		https://site.test:443/ <- sid=VIC
		https://site.test/ -> d=1; sid=VIC ! port-bound
		https://site.test:8443/ -> sid=ATT; d=1 ! port-bound`},
	{"today they are not", Chromium, `
		https://site.test:8443/ <- sid=ATT
		https://site.test/ -> sid=ATT
		http://site.test/ -> sid=ATT`},

	{"SameSite by the draft", Draft, `
		http://site.test/ <- a=1; SameSite=None ! samesite-none
		https://site.test/ <- d=1 && s=1; SameSite=Strict
		https://site.test/ img https://evil.test -> ! samesite-default,samesite-strict
		https://site.test/ link http://site.test -> d=1 ! samesite-strict`},

	// Firefox 153
	{"Firefox: every cookie has a name", Firefox, `
		https://site.test/ <- abc && c=1
		https://site.test/ <- =abc ! nameless
		https://site.test/ <- =a=b ! nameless
		https://site.test/ <- = ! empty
		https://site.test/ <- __Host-a ! host-prefix
		https://site.test/ -> abc=; c=1`},
	{"Firefox: a tab is a character", Firefox, `
		https://site.test/ <- a\tb=c\td; Path=/\tx
		https://site.test/ -> ! path`},
	{"Firefox: flags of any length", Firefox, `
		https://site.test/ <- a=1; HttpOnly=` + strings.Repeat("x", 1025) + ` && b=1; Path=/` + strings.Repeat("x", 1024) + `
		https://site.test/ -> a=1; b=1
		https://site.test/ reads b=1`},
	{"Firefox: Max-Age", Firefox, `
		https://site.test/ <- a=1 && b=1 && c=1; Max-Age=+0 && d=1; Max-Age=0.5 && e=1; Max-Age=9223372036854775808x
		https://site.test/ <- a=2; Max-Age=-1.5 && b=2; Max-Age=-x
		https://site.test/ -> c=1; d=1; e=1`},
	{"Firefox: a new value is as old as the old one", Firefox, `
		https://site.test/ <- a=1 && b=1 && c=1
		https://site.test/ <- b=2; HttpOnly
		https://site.test/ -> a=1; b=2; c=1`},
	{"Firefox: __Host- and what comes of its Path and Domain", Firefox, `
		https://site.test/ <- __Host-a=1; Secure
		https://site.test/x/ <- __Host-b=1; Secure ! host-prefix
		https://site.test/ <- __Host-c=1; Secure; Path=/; Domain=site.test ! host-prefix
		https://test./ <- __Host-d=1; Secure; Domain=test.
		http://site.test/ <- __Host-e=1; Secure ! secure-origin
		https://site.test/ <- __Host-Http-f=1; Secure ! http-prefix
		https://site.test/ -> __Host-a=1 ! domain`},
	{"Firefox: Domain is ASCII", Firefox, `
		https://www.site.test/ <- a=1; Domain=ｓite.test ! domain-ascii`},
	{"Firefox: third parties have a jar for each site above them", Firefox, `
		https://site.test/ <- v=1; SameSite=None; Secure
		https://site.test/ img https://evil.test <- v=2; SameSite=None; Secure && d=1
		https://site.test/ img https://evil.test <- s=1; SameSite=Lax ! samesite-set
		https://site.test/ img https://evil.test -> v=2; d=1 ! third-party
		https://site.test/ frame https://www.evil.test reads v=2; d=1
		https://site.test/ img https://other.test -> ! third-party,partition,partition
		https://site.test/ img http://evil.test -> ! third-party,partition,partition
		https://site.test/ -> v=1 ! partition,partition
		jar 3`},
	{"Firefox: no SameSite is None, and sites have no scheme", Firefox, `
		https://site.test/ <- d=1 && l=1; SameSite=Lax && s=1; SameSite=Strict
		wait 3m
		https://site.test/ post https://evil.test -> d=1 ! samesite-lax,samesite-strict
		https://site.test/ post http://site.test -> d=1; l=1; s=1
		https://site.test/ img http://www.site.test -> d=1; l=1; s=1
		http://site.test/ <- n=1; SameSite=None ! samesite-none`},
	{"Firefox: http leaves alone what goes to its host", Firefox, `
		https://www.site.test/ <- a=1; Secure && b=1; Secure; Max-Age=9
		http://site.test/ <- a=2
		http://site.test/ <- a=2; Domain=site.test ! leave-secure-alone
		http://x.www.site.test/ <- a=2
		http://www.site.test/ <- a=2 ! leave-secure-alone
		wait 10s
		https://www.site.test/ -> a=1 ! domain,domain
		http://www.site.test/ <- b=2 ! leave-secure-alone
		jar 4`},
	{"Firefox: what a script sees", Firefox, `
		https://site.test/ <- a=1; HttpOnly && b=1 && c=1
		https://site.test/ js a=2 ! httponly-replace
		https://site.test/ js b=2
		https://site.test/ -> a=1; b=2; c=1
		https://site.test/ reads c=1; a=2; b=2
		https://site.test/ js a=2; Max-Age=0 ! httponly-replace
		https://site.test/ reads c=1; b=2
		https://site.test/ <- c=3; HttpOnly
		https://site.test/ js c=4 ! httponly-replace
		https://site.test/ reads b=2`},
	{"Firefox: a document of the site hears of HttpOnly", Firefox, `
		https://site.test/ -> 
		https://site.test/ -> 
		https://site.test/ <- a=1; HttpOnly
		https://www.site.test/ js a=2; Domain=site.test
		https://site.test/ js a=2 ! httponly-replace
		https://site.test/ reads a=2
		https://site.test/ -> a=1; a=2
		https://evil.test/ <- b=1; HttpOnly
		https://evil.test/ -> b=1 ! domain,domain
		https://evil.test/ js b=2 ! httponly-replace
		https://evil.test/ reads b=2
		https://evil.test/ <- b=3; HttpOnly
		https://evil.test/ js b=4 ! httponly-replace
		https://evil.test/ reads `},
	{"Firefox: of 180 cookies 31 go, Secure ones last", Firefox, `
		https://site.test/ <- a=1; Secure && b=1; Priority=High
		` + fill("https://site.test/", 178, "; Path=/f") + `
		jar 180
		https://site.test/f <- f0=y; Path=/f
		jar 180
		https://site.test/ <- c=1
		jar 150
		https://site.test/ reads a=1; c=1`},
	{"Firefox: a site that is full of Secure cookies", Firefox, fill("https://site.test/", 180, "; Path=/f; Secure") + `
		https://site.test/ <- a=1 ! full
		https://site.test/ frame https://evil.test <- a=2
		https://site.test/ <- a=3; Secure
		jar 151
		https://site.test/ reads a=3`},
}
