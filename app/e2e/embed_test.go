//go:build e2e

package e2e

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"fixlab/app/page"
)

// A lesson in somebody else's page: the lesson and one link, from 640 by 400 on. It takes no
// focus, hears no key before it has it, keeps no site offline, and sends to the whole lab what it
// does not show itself.
func TestEmbed(t *testing.T) {
	t.Parallel()
	first := page.Course()[0].Name
	around := func(link string) []byte {
		return []byte(`<!doctype html><meta charset="utf-8"><title>A wiki</title><link rel="icon" href="data:,"><textarea id="wiki" autofocus></textarea><iframe src="` + link + `" width="640" height="400"></iframe>`)
	}
	site := serve(t, hosting{})
	b := serve(t, hosting{Dir: packDir(t, map[string][]byte{"wiki.html": around(site.URL + "#embed/" + first)})}).tab(t)
	b.elsewhere = true
	b.visit("wiki.html")
	const ready = `document.documentElement.dataset.ready === "true"`
	b.frameUntil(ready)
	b.is(active, "wiki")
	b.run(chromedp.KeyEvent("b2p")) // the wiki's
	b.frameUntil("location.hash === '#embed/" + first + "' && !document.querySelector('.nav') && document.querySelector('#whole-lab').target === '_blank'")
	b.is("document.querySelector('#wiki').value", "b2p")
	b.frameUntil("document.documentElement.scrollWidth <= 640 && document.querySelector('#sure').getBoundingClientRect().bottom <= 400")
	click := func(selector string) {
		t.Helper()
		b.frameUntil("(document.querySelector(" + fmt.Sprintf("%q", selector) + ").click(), true)")
	}
	click("#bet-1")
	b.frameUntil("document.querySelector('#bet-1').ariaChecked === 'true'")
	click("#sure")
	b.frameUntil("location.hash === '#embed/" + first + "/act' && document.querySelector('#act, #next').getBoundingClientRect().bottom <= 400")
	b.frameUntil("document.querySelector('#whole-lab').href.endsWith('?#learn/" + first + "/act')")
	for _, u := range b.requests() {
		if at, err := url.Parse(u); err != nil || strings.HasSuffix(at.Path, "sw.js") {
			t.Errorf("an embedded lesson asks for %s", u)
		}
	}

	// The one file does it in a sandbox.
	b = serve(t, hosting{Dir: packDir(t, map[string][]byte{"around.html": []byte(`<!doctype html><title>Around</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="lab.html#embed/` + first + `" width="640" height="400"></iframe>`)})}).tab(t)
	b.visit("around.html")
	b.frameUntil(ready + " && document.querySelector('.embedded') !== null && location.hash === '#embed/" + first + "'")

	// By its query, at the top of a tab, it is the same; what it does not show opens beside it.
	b = site.tab(t)
	b.before(`window.open = (...args) => { window.opened = args.join(" "); }`)
	b.visit("?embed#learn/" + first)
	b.ready()
	b.is("document.querySelector('.nav') === null && document.querySelector('#whole-lab') !== null", "true")
	b.eval("{ const a = document.createElement('a'); a.href = '#1/signed-id-toss/none/1'; document.querySelector('main').append(a); a.click(); a.remove() } 1", nil)
	b.until("window.opened === '?#1/signed-id-toss/none/1 _blank noopener'")
	b.settled()
	b.is("location.hash", "#embed/"+first)
	b.eval(`navigator.serviceWorker.getRegistrations().then((all) => { if (all.length) throw new Error("there is a service worker") })`, nil)
	for _, size := range [][2]int64{{640, 400}, {1024, 576}} {
		b.run(chromedp.EmulateViewport(size[0], size[1]))
		b.settled()
		b.is(sideways, "")
		b.accessible(fmt.Sprintf("embedded at %dx%d", size[0], size[1]))
	}
}

// A lesson without its frame is played, and its one link leads to all of the lab.
func firefoxEmbed(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#embed/signed-is-not-yours")
	f.is("document.querySelectorAll('.nav').length + document.querySelector('#whole-lab').getAttribute('href')", "0?#learn/signed-is-not-yours")
	f.click("[role=radio]")
	f.settled()
	f.click("#sure")
	f.settled()
	f.is("location.hash", "#embed/signed-is-not-yours/act")
	f.is("document.querySelector('#whole-lab').getAttribute('href')", "?#learn/signed-is-not-yours/act")
}
