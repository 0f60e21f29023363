//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"fixlab/app/words"
)

// A hostileLink is made to cost much, to put a script or marks into the page, or to
// stop it.
type hostileLink struct {
	name, fragment string
	long           bool // longer than a link may be
	opened         bool // and not only followed
}

var hostileLinks = []hostileLink{
	{"percent signs", strings.Repeat("%", 500_000), true, true},
	{"plus signs", "1/signed-id-toss/" + strings.Repeat("+", 500_000), true, false},
	{"slashes", strings.Repeat("/", 500_000), true, false},
	{"words", "compare/any-route/none/1/vs/" + strings.Repeat("own+trap+", 50_000), true, false},
	{"cut in an escape", "sign/seed/" + strings.Repeat("%41", 100_000), true, true},
	{"as long as may be", "1/signed-id-toss/" + strings.Repeat("a+", 2039), false, false},
	{"escaped twice", "1/%25253Cimg%2520src=x%253E/none/1", false, false},
	{"a tag", "1/<img src=x onerror=window.owned=1>/none/1", false, true},
	{"a tag in a switch", "1/signed-id-toss/%3Cimg%20src%3Dx%20onerror%3Dwindow.owned%3D1%3E+\"'`/1", false, false},
	{"a tag in a page", "sign/%3Cscript%3Ewindow.owned=1%3C/script%3E", false, false},
	{"marks", "1/%E2%80%AE\u2066\u200f%1B%5B2J%00%C2%9B/none/1", false, false},
	{"no UTF-8", "1/%FF%FE%C0%AF/none/%80", false, true},
}

// A hostile link is told about in a notice of at most five clauses in which all can
// be seen, whether it is opened or followed; nothing of it runs or becomes HTML, and
// what the loader and the page make of a long one is short.
func TestHostileLinks(t *testing.T) {
	t.Parallel()
	there := open(t, "#sign") // the whole program, which has all pages
	for _, link := range hostileLinks {
		there.follow("#" + link.fragment)
		link.isTold(there)
	}
	for i, link := range hostileLinks {
		if !link.opened || !thorough && i != 0 && i != 7 {
			continue
		}
		b := there.host.tab(t)
		b.before(`window.rewritten = 0;
			for (const method of ["replaceState", "pushState"]) {
				const was = history[method];
				history[method] = function (state, title, url) {
					window.rewritten = Math.max(window.rewritten, String(url).length);
					return was.apply(this, arguments);
				};
			}`)
		b.visit("#" + link.fragment)
		b.ready()
		b.settled()
		b.is("window.rewritten > 0 && window.rewritten < 13000", "true") // 4097 bytes, each as %25
		link.isTold(b)
	}
}

// isTold fails unless the page shows what it should after the link.
func (l hostileLink) isTold(b *tab) {
	b.t.Helper()
	said := b.text("#told p")
	what, _, _ := strings.Cut(said, "Shown instead: ")
	if !strings.HasPrefix(said, "This link is broken: ") || l.long != strings.Contains(said, "it is longer than 4096 bytes") {
		b.t.Errorf("%s: it says %q", l.name, said)
	}
	if strings.Count(what, "; ") > 4 || len(said) > 3000 || words.Visible(said) != said {
		b.t.Errorf("%s: the notice is %q", l.name, said)
	}
	b.is("window.owned", "undefined")
	b.is("document.querySelectorAll('img[src=x], #told img, #told script').length", "0")
	b.is("location.hash.length < 200", "true")
}
